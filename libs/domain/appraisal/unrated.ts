import { laterOf, lastDayOfTerm, type IsoDate } from '../dates.ts';
import type { EmploymentStatus } from '../person.ts';
import type { UnratedRules } from './rules.ts';

/** Why somebody is not rated (不定等次). */
export type WhyUnrated = 'probation' | 'shortService' | 'longLeave';
export const unratedTitles: Record<WhyUnrated, string> = {
  probation: '年末仍在试用期',
  shortService: '当年在岗工作时间不足',
  longLeave: '当年请假累计时间过长',
};

/** What decides whether somebody is rated in a year. */
export interface YearServed {
  /** Employment as it stands on the last day of the year. */
  status: EmploymentStatus;
  /** The first day in the post. */
  workedFrom: IsoDate;
  /** Days on leave in the year, as the street has them; annual leave does not count. */
  leaveDays: number;
}

/** Whole months in the post in a year, both days counted: 1 July to 31 December are six, 2 July to 31 December five. */
export function monthsServed(workedFrom: IsoDate, year: number): number {
  const [first, last] = [laterOf(workedFrom, `${year}-01-01`), `${year}-12-31`];
  let months = 0;
  while (months < 12 && lastDayOfTerm(first, months + 1) <= last) months += 1;
  return months;
}

/** Why somebody is not rated in a year, the first ground that holds; null for whoever is. */
export function whyUnrated({ status, workedFrom, leaveDays }: YearServed, year: number, rules: UnratedRules): WhyUnrated | null {
  if (rules.probation && status === 'probation') return 'probation';
  if (monthsServed(workedFrom, year) < rules.minMonths) return 'shortService';
  return leaveDays > rules.maxLeaveDays ? 'longLeave' : null;
}
