import type { Rating } from '../person-words.ts';
import { hundredths, type Score } from '../recruitment/score.ts';
import type { ExcellentCap } from './rules.ts';

/** Of a street, somebody with the rating that is proposed. `total` is null where nobody is to be rated by score. */
export interface Proposed {
  id: string;
  rating: Rating;
  total: Score | null;
}

/** 优秀名额 of a street with so many people rated: percent × people, in whole ten-thousandths, its fraction as the rule says. */
export function excellentPlaces(rated: number, { percent, fraction }: ExcellentCap): number {
  const tenThousandths = hundredths(percent) * rated;
  return Math.floor((tenThousandths + (fraction === 'halfUp' ? 5_000 : 0)) / 10_000);
}

export interface CapCheck {
  /** People rated; whoever is 不定等次 does not count. */
  rated: number;
  places: number;
  excellent: number;
  /** So many too many; 0 when the cap is kept. */
  over: number;
  /** Of those too many, who comes down by their total: the lowest first. */
  down: string[];
  /** Equal totals at the last place: so many of them come down, and the street says who. */
  tied: { ids: string[]; choose: number };
}

/** 优秀比例核对 of one street: whether more are proposed than there are places, and who comes down. Ids are listed as they were given. */
export function capCheck(people: readonly Proposed[], cap: ExcellentCap): CapCheck {
  const rated = people.filter(({ rating }) => rating !== 'unrated').length;
  const best = people.filter(({ rating }) => rating === 'excellent');
  const places = excellentPlaces(rated, cap);
  const over = Math.max(0, best.length - places);
  const none = { rated, places, excellent: best.length, over, down: [], tied: { ids: [], choose: 0 } };
  if (over === 0) return none;
  const counted = ({ total }: Proposed) => total ?? -1;
  // the first of those who find no place
  const line = counted([...best].sort((a, b) => counted(b) - counted(a))[places]!);
  const below = best.filter((one) => counted(one) < line).map(({ id }) => id);
  const at = best.filter((one) => counted(one) === line).map(({ id }) => id);
  const choose = over - below.length;
  return choose === at.length
    ? { ...none, down: best.filter(({ id }) => below.includes(id) || at.includes(id)).map(({ id }) => id) }
    : { ...none, down: below, tied: { ids: at, choose } };
}
