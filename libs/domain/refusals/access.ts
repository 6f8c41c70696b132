import type { RefusalText } from '../refusal.ts';

export const accessRefusals = {
} satisfies Record<string, RefusalText>;
