import type { RefusalText } from '../refusal-text.ts';

export const personnelRefusals = {
} satisfies Record<string, RefusalText>;
