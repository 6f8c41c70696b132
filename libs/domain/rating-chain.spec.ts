import { chainOf, latestRated, nextRated, type RatedYear } from './rating-chain.ts';
import type { Rating } from './person-words.ts';

const years = (of: Record<number, Rating>): RatedYear[] => Object.entries(of).map(([year, rating]) => ({ year: Number(year), rating }));

test.each<[number, Record<number, Rating>, string | null, string]>([
  [2025, { 2025: 'failed', 2026: 'failed' }, 'adjacent', 'two years in a row'],
  [2025, { 2025: 'failed', 2026: 'basic' }, 'recovered', '基本合格 breaks the chain'],
  [2025, { 2025: 'failed', 2026: 'excellent' }, 'recovered', 'better'],
  [2025, { 2025: 'failed', 2026: 'unrated' }, null, 'not rated: the watch stays open'],
  [2025, { 2025: 'failed', 2026: 'unrated', 2027: 'failed' }, 'apart', 'failing, not rated, failing: somebody must look'],
  [2025, { 2025: 'failed', 2026: 'unrated', 2027: 'competent' }, 'recovered', 'better after a year that does not count'],
  [2025, { 2025: 'failed', 2027: 'failed' }, 'apart', 'a year that is not on record'],
  [2026, { 2025: 'failed', 2026: 'failed', 2027: 'failed' }, 'adjacent', 'three in a row propose again'],
  [2025, { 2024: 'competent', 2025: 'failed' }, null, 'nothing after it yet'],
])('after %i failing, %j: %s (%s)', (first, recorded, chain) => {
  const next = nextRated(years(recorded), first);
  expect(next && chainOf(first, next)).toBe(chain);
});

test('the latest rated year is not an unrated one, in whatever order they are recorded', () => {
  expect(latestRated(years({ 2026: 'unrated', 2024: 'competent', 2025: 'failed' }).reverse())).toEqual({ year: 2025, rating: 'failed' });
  expect(latestRated(years({ 2026: 'unrated' }))).toBeNull();
});
