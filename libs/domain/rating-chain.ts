import type { Rating } from './person-words.ts';

/** 年度考核 of a year, as its final result stands on record. */
export interface RatedYear {
  year: number;
  rating: Rating;
}

const byYear = (ratings: readonly RatedYear[]): RatedYear[] => [...ratings].sort((a, b) => a.year - b.year);
const isRated = ({ rating }: RatedYear): boolean => rating !== 'unrated';

/** The latest year with a rating; 不定等次 neither counts nor resets anything. */
export const latestRated = (ratings: readonly RatedYear[]): RatedYear | null => byYear(ratings).findLast(isRated) ?? null;

/** The first rated year after another. */
export const nextRated = (ratings: readonly RatedYear[], after: number): RatedYear | null =>
  byYear(ratings).find((one) => one.year > after && isRated(one)) ?? null;

/**
 * What the next rated year means after a failing one: `recovered` (anything better, 基本合格 too, breaks the chain), `adjacent` (连续两年不合格), `apart`
 * (failing again with an unrated year or none on record between: somebody must look).
 */
export type Chain = 'recovered' | 'adjacent' | 'apart';
export const chainOf = (firstYear: number, next: RatedYear): Chain =>
  next.rating !== 'failed' ? 'recovered' : next.year === firstYear + 1 ? 'adjacent' : 'apart';
