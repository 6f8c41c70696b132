import { addMonths, formatDate, type IsoDate } from './dates.ts';
import { refuse, type Refusal } from './refusal.ts';
import { codesOf, countyCodeOf, isWithin } from './unit.ts';

// Rules of 代理 that need no look into the database.

/** No substitution is longer; a longer absence is a matter for the post itself. */
export const LONGEST_MONTHS = 12;

/** `PeriodNotSound` unless the period (both days counted) begins today or later, does not end before it begins, and is no longer than a year. */
export function periodFault({ fromOn, toOn }: { fromOn: IsoDate; toOn: IsoDate }, today: IsoDate): Refusal | null {
  if (fromOn < today) return refuse('PeriodNotSound', { why: `不能早于今天（${formatDate(today)}）开始` });
  if (toOn < fromOn) return refuse('PeriodNotSound', { why: '结束日期不能早于开始日期' });
  if (toOn >= addMonths(fromOn, LONGEST_MONTHS)) return refuse('PeriodNotSound', { why: '最长一年' });
  return null;
}

/** Where substitutes of somebody may come from: `path` and the units above it, and with `below` those below it too. */
export interface Line {
  path: string;
  below: boolean;
}

/** The line of an office: its county with everything in it, and the city above. For a city's own office, that city's offices alone. */
export function lineOf(unitPath: string): Line {
  const county = countyCodeOf(unitPath);
  const [city, ...beneath] = codesOf(unitPath);
  return county ? { path: `${city}/${county}/`, below: true } : { path: `${city}/`, below: beneath.length > 0 };
}

export const isInLine = (unitPath: string, { path, below }: Line): boolean =>
  isWithin(path, unitPath) || (below && isWithin(unitPath, path));
