import type { Rating } from '../person-words.ts';

/** What an officer says of a proposed rating: as it stands, or another. */
export const verdicts = ['asProposed', 'excellent', 'competent', 'basic', 'failed', 'unrated'] as const;
export type Verdict = (typeof verdicts)[number];

/** The stages that decide on a rating, in their order; each starts from what the one before has made of it. */
export const ratingStages = ['scoring', 'committee', 'review', 'recheck', 'appealAnswer', 'complaintAnswer'] as const;

/** The rating after those who have decided so far: the latest who set another wins. Null where nobody has one to start from. */
export const ratingAfter = (proposed: Rating | null, said: readonly (Verdict | undefined)[]): Rating | null =>
  said.reduce<Rating | null>((rating, verdict) => (verdict && verdict !== 'asProposed' ? verdict : rating), proposed);
