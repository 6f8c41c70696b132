import type { RefusalText } from '../refusal.ts';

export const personnelRefusals = {
} satisfies Record<string, RefusalText>;
