import type { RefusalText } from '../refusal.ts';

export const deskRefusals = {
} satisfies Record<string, RefusalText>;
