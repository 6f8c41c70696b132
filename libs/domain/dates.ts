/**
 * Dates of law: ISO strings `YYYY-MM-DD` in Asia/Shanghai, which is UTC+8 all year since 1991, so a fixed offset is exact.
 * Two such strings compare by `<` and `>` as the dates do. No clock and no `Intl`: the same code runs in a story, a server and a browser.
 */
export type IsoDate = string;

const DAY_MS = 86_400_000;
const OFFSET_MS = 8 * 3_600_000;
const WEEKDAYS = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'] as const;

function parts(on: IsoDate): [year: number, month: number, day: number] {
  return [Number(on.slice(0, 4)), Number(on.slice(5, 7)), Number(on.slice(8, 10))];
}

function fromParts(year: number, month: number, day: number): IsoDate {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function dayNumber(on: IsoDate): number {
  return Date.parse(`${on}T00:00:00Z`) / DAY_MS;
}

/** The date in Asia/Shanghai at an instant. */
export function dateOf(at: Date): IsoDate {
  return new Date(at.getTime() + OFFSET_MS).toISOString().slice(0, 10);
}

/** The wall clock in Asia/Shanghai at an instant, `HH:MM`. */
export function timeOf(at: Date): string {
  return new Date(at.getTime() + OFFSET_MS).toISOString().slice(11, 16);
}

/** The instant of a wall-clock time `HH:MM` on a day; `24:00` is the start of the next day. */
export function instantOf(on: IsoDate, time: string): Date {
  const [hours, minutes] = time.split(':').map(Number) as [number, number];
  return new Date(startOfDay(on).getTime() + (hours * 60 + minutes) * 60_000);
}

export function startOfDay(on: IsoDate): Date {
  return new Date(Date.parse(`${on}T00:00:00Z`) - OFFSET_MS);
}

/** 24:00 of a day, the first instant no longer in it (Civil Code art. 203). */
export function endOfDay(on: IsoDate): Date {
  return startOfDay(addDays(on, 1));
}

export function yearOf(on: IsoDate): number {
  return Number(on.slice(0, 4));
}

/** 1 is Monday, 7 is Sunday. */
export function weekdayOf(on: IsoDate): number {
  return ((((dayNumber(on) + 3) % 7) + 7) % 7) + 1;
}

export function addDays(on: IsoDate, days: number): IsoDate {
  return new Date((dayNumber(on) + days) * DAY_MS).toISOString().slice(0, 10);
}

/** Days from one date to another, the first not counted; negative when `to` is earlier. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** The corresponding date so many months on, or that month's last day where there is none (Civil Code art. 202). */
export function addMonths(on: IsoDate, months: number): IsoDate {
  const [year, month, day] = parts(on);
  const index = year * 12 + (month - 1) + months;
  const targetYear = Math.floor(index / 12);
  const targetMonth = (index % 12) + 1;
  return fromParts(targetYear, targetMonth, Math.min(day, daysInMonth(targetYear, targetMonth)));
}

/**
 * The last day of a term written from–to (contract, probation): its first day counts, so it ends the day before the corresponding date,
 * or on the month's last day where that month has no such date. A day more would pass the legal maximum.
 */
export function lastDayOfTerm(startsOn: IsoDate, months: number): IsoDate {
  const corresponding = addMonths(startsOn, months);
  return corresponding.slice(8) === startsOn.slice(8) ? addDays(corresponding, -1) : corresponding;
}

/** Whole months of a term written from–to, both days counted: 2026-01-05 to 2029-01-04 is 36. */
export function monthsOfTerm(startsOn: IsoDate, endsOn: IsoDate): number {
  const [fromYear, fromMonth] = parts(startsOn);
  const [toYear, toMonth] = parts(endsOn);
  let months = Math.max(0, (toYear - fromYear) * 12 + (toMonth - fromMonth) + 1);
  while (months > 0 && lastDayOfTerm(startsOn, months) > endsOn) months -= 1;
  return months;
}

/** Full years completed on a day; the anniversary itself counts, 29 February's falls on the 28th in common years. 0 before the start. */
export function completedYears(from: IsoDate, on: IsoDate): number {
  const years = yearOf(on) - yearOf(from);
  return Math.max(0, addMonths(from, years * 12) > on ? years - 1 : years);
}

export const earlierOf = (a: IsoDate, b: IsoDate): IsoDate => (a < b ? a : b);
export const laterOf = (a: IsoDate, b: IsoDate): IsoDate => (a > b ? a : b);

/** For running text: 2026年6月1日. */
export function formatDate(on: IsoDate): string {
  const [year, month, day] = parts(on);
  return `${year}年${month}月${day}日`;
}

/** For tables and lists: 11月26日(周四). */
export function formatDay(on: IsoDate): string {
  const [, month, day] = parts(on);
  return `${month}月${day}日(${WEEKDAYS[weekdayOf(on) - 1]})`;
}

/** For deadlines: 11月26日(周四) 17:30. */
export function formatMoment(at: Date): string {
  return `${formatDay(dateOf(at))} ${timeOf(at)}`;
}

/** For ends of legal periods, which last until 24:00: midnight is told as 24:00 of the day that it ends. */
export function formatEnd(at: Date): string {
  return timeOf(at) === '00:00' ? `${formatDay(addDays(dateOf(at), -1))} 24:00` : formatMoment(at);
}

/** A date as a `@db.Date` column wants it. */
export function toDateColumn(on: IsoDate): Date {
  return new Date(`${on}T00:00:00Z`);
}

/** A date as a `@db.Date` column gives it. */
export function fromDateColumn(value: Date): IsoDate {
  return value.toISOString().slice(0, 10);
}
