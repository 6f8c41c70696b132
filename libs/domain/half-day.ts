import { isMissingYear, isWorkingDay, type Calendar } from './calendar.ts';
import { addDays, dateOf, instantOf, type IsoDate } from './dates.ts';

const OPENS = '08:30';
const NOON = '12:00';

/**
 * The half working day in which a moment lies, as `2026-11-24 am`, and when the next one begins: the morning runs from 08:30 to noon, the afternoon until
 * 08:30 of the next working day, so that rest days belong to the afternoon before them. In a year without a table every day counts.
 */
export function halfDayOf(calendar: Calendar, at: Date): { half: string; until: Date } {
  const works = (on: IsoDate): boolean => {
    const day = isWorkingDay(calendar, on);
    return isMissingYear(day) || day.working;
  };
  const today = dateOf(at);
  const begun = works(today) && at >= instantOf(today, OPENS);
  if (begun && at < instantOf(today, NOON)) return { half: `${today} am`, until: instantOf(today, NOON) };
  let last = begun ? today : addDays(today, -1);
  while (!works(last)) last = addDays(last, -1);
  let next = addDays(last, 1);
  while (!works(next)) next = addDays(next, 1);
  return { half: `${last} pm`, until: instantOf(next, OPENS) };
}
