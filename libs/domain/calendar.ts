import { z } from 'zod';
import { addDays, addMonths, dateOf, daysBetween, instantOf, weekdayOf, yearOf, type IsoDate } from './dates.ts';
import { isoDate } from './iso-date.ts';
import { refuse, type Refusal } from './refusal.ts';

/** 放假: days off under one name, both ends included. */
const daysOff = z.object({ name: z.string().min(1), from: isoDate, to: isoDate });
/** 调休上班日, under the name of the holiday that it makes up for. */
const makeUpDay = z.object({ name: z.string().min(1), on: isoDate });

/**
 * One year of the working-day calendar: the State Council's notice (`unitCode` ""), or a county's own festivals.
 * `official: false` is a provisional table, worked out from the law before the notice is out.
 */
export const calendarTable = z
  .object({
    year: z.int().min(2000).max(2100),
    unitCode: z.string().default(''),
    official: z.boolean(),
    source: z.string().min(1),
    off: z.array(daysOff),
    makeUp: z.array(makeUpDay),
    version: z.int().min(1).default(1),
  })
  .superRefine((table, context) => {
    for (const { name, from, to } of table.off) {
      if (from > to) context.addIssue({ code: 'custom', path: ['off'], message: `“${name}”的开始日期晚于结束日期` });
    }
    const days = [...table.off.flatMap(({ from, to }) => [from, to]), ...table.makeUp.map(({ on }) => on)];
    for (const day of days) {
      if (!belongsTo(table.year, day)) context.addIssue({ code: 'custom', path: ['off'], message: `${day} 不属于 ${table.year} 年` });
    }
    for (const { on } of table.makeUp) {
      if (isOff(table, on)) context.addIssue({ code: 'custom', path: ['makeUp'], message: `${on} 既是放假日又是调休上班日` });
    }
  });
export type CalendarTable = z.infer<typeof calendarTable>;

/** A New Year notice may also name days at the end of December before. */
const belongsTo = (year: number, on: IsoDate) => yearOf(on) === year || on.startsWith(`${year - 1}-12-`);

/** What a county's working days follow from, as plain JSON: the State Council's tables and the county's own, by year. */
export interface Calendar {
  readonly tables: Readonly<Record<string, CalendarTable>>;
  readonly overlay: Readonly<Record<string, CalendarTable>>;
}

/** No table for that year: nothing is counted and nothing is guessed. */
export interface MissingYear {
  missingYear: number;
}
/** `tentative` when a provisional table was used: the result moves when the official one comes. */
export type Counted<T> = (T & { tentative: boolean }) | MissingYear;

export const isMissingYear = (value: object): value is MissingYear => 'missingYear' in value;
export const missingCalendar = ({ missingYear }: MissingYear): Refusal => refuse('MissingCalendar', { year: missingYear });

export function makeCalendar(tables: readonly CalendarTable[], overlay: readonly CalendarTable[] = []): Calendar {
  const byYear = (list: readonly CalendarTable[]) => Object.fromEntries(list.map((table) => [String(table.year), table]));
  return { tables: byYear(tables), overlay: byYear(overlay) };
}

const isOff = (table: CalendarTable, on: IsoDate) => table.off.some(({ from, to }) => from <= on && on <= to);
const isMakeUp = (table: CalendarTable, on: IsoDate) => table.makeUp.some((day) => day.on === on);

/** What a table, or next year's at the turn of the year, says of a day. */
function named(tables: Calendar['tables'], on: IsoDate): { working: boolean; official: boolean } | undefined {
  const year = yearOf(on);
  for (const table of [tables[year], tables[year + 1]]) {
    if (!table) continue;
    if (isOff(table, on)) return { working: false, official: table.official };
    if (isMakeUp(table, on)) return { working: true, official: table.official };
  }
  return undefined;
}

/** A weekday not in a holiday, or a make-up day; the county's own festival wins over both. */
export function isWorkingDay(calendar: Calendar, on: IsoDate): Counted<{ working: boolean }> {
  const table = calendar.tables[yearOf(on)];
  if (!table) return { missingYear: yearOf(on) };
  const own = named(calendar.overlay, on);
  const general = named(calendar.tables, on);
  const working = own?.working ?? general?.working ?? weekdayOf(on) <= 5;
  const officials = [table.official, calendar.overlay[yearOf(on)]?.official ?? true, own?.official ?? true, general?.official ?? true];
  return { working, tentative: officials.includes(false) };
}

interface Day {
  on: IsoDate;
  verdict: ReturnType<typeof isWorkingDay>;
}
/** The day after each day that was counted through. A calendar is never changed, a new one takes its place: what is found out of one stays true. */
const counted = new WeakMap<Calendar, Map<IsoDate, Day>>();

function dayAfter(calendar: Calendar, on: IsoDate): Day {
  let days = counted.get(calendar);
  if (!days) counted.set(calendar, (days = new Map()));
  let day = days.get(on);
  if (!day) {
    const next = addDays(on, 1);
    days.set(on, (day = { on: next, verdict: isWorkingDay(calendar, next) }));
  }
  return day;
}

/** The n-th working day after a day, which is itself not counted; from a day off, the next working day is the first. 0 is the day itself. */
export function addWorkingDays(calendar: Calendar, from: IsoDate, n: number): Counted<{ on: IsoDate }> {
  if (!Number.isInteger(n) || n < 0) throw new RangeError(`working days: ${n}`);
  let on = from;
  let left = n;
  let tentative = false;
  while (left > 0) {
    const day = dayAfter(calendar, on);
    if (isMissingYear(day.verdict)) return day.verdict;
    tentative ||= day.verdict.tentative;
    if (day.verdict.working) left -= 1;
    on = day.on;
  }
  return { on, tentative };
}

/** Working days after `from` up to and with `to`; negative when `to` is the earlier, so that 0 is the same day or only rest days between. */
export function workingDaysBetween(calendar: Calendar, from: IsoDate, to: IsoDate): Counted<{ days: number }> {
  const [first, last, sign] = from <= to ? [from, to, 1] : [to, from, -1];
  let days = 0;
  let tentative = false;
  for (let on = first; on < last;) {
    const day = dayAfter(calendar, on);
    if (isMissingYear(day.verdict)) return day.verdict;
    tentative ||= day.verdict.tentative;
    if (day.verdict.working) days += 1;
    on = day.on;
  }
  return { days: days === 0 ? 0 : sign * days, tentative };
}

/** The day itself when it is a working day, otherwise the next one (Civil Code art. 203, every rest day taken as a holiday). */
export function rollForward(calendar: Calendar, on: IsoDate): Counted<{ on: IsoDate }> {
  const day = isWorkingDay(calendar, on);
  if (isMissingYear(day)) return day;
  if (day.working) return { on, tentative: day.tentative };
  const next = addWorkingDays(calendar, on, 1);
  return isMissingYear(next) ? next : { on: next.on, tentative: next.tentative || day.tentative };
}

/** Time allowed, its unit always named. */
export const allowance = z.union([
  z.strictObject({ workingDays: z.int().min(1).max(500) }),
  z.strictObject({ calendarDays: z.int().min(1).max(3660) }),
  z.strictObject({ months: z.int().min(1).max(120) }),
]);
export type Allowance = z.infer<typeof allowance>;
export const workingDays = (n: number): Allowance => ({ workingDays: n });
export const calendarDays = (n: number): Allowance => ({ calendarDays: n });
export const months = (n: number): Allowance => ({ months: n });

/** 5 个工作日, 30 日, 2 个月. */
export function formatAllowance(value: Allowance): string {
  if ('workingDays' in value) return `${value.workingDays} 个工作日`;
  return 'calendarDays' in value ? `${value.calendarDays} 日` : `${value.months} 个月`;
}

/** How an end is read. Office deadlines close at 17:30; a legal end lasts until `24:00` of its day. */
export interface DueRules {
  closeOfBusiness: string;
  /** Whether an end on a rest day moves to the next working day; terms of contract and probation never do. */
  rolls: boolean;
  /** While the working-day clock stood still; earliest first. */
  holds: readonly Held[];
}
export const OFFICE_DEADLINE: DueRules = { closeOfBusiness: '17:30', rolls: true, holds: [] };
export const LEGAL_END: DueRules = { closeOfBusiness: '24:00', rolls: true, holds: [] };

/** 挂起, from one moment to another. */
export interface Held {
  from: Date;
  to: Date;
}

/**
 * The working days by which holds move the `n`-th working day after a moment, read at `time` of the day. The day on which a hold begins is not counted,
 * that on which it ends is; what was past when a hold began does not move; of a hold that began before the moment only what lies after it counts.
 */
export function heldWorkingDays(
  calendar: Calendar,
  openedAt: Date,
  n: number,
  time: string,
  holds: readonly Held[],
): Counted<{ days: number }> {
  let held = 0;
  let tentative = false;
  for (const { from, to } of holds.filter((hold) => hold.to > openedAt)) {
    const day = addWorkingDays(calendar, dateOf(openedAt), n + held);
    if (isMissingYear(day)) return day;
    if (from >= instantOf(day.on, time)) break;
    const days = workingDaysBetween(calendar, dateOf(from > openedAt ? from : openedAt), dateOf(to));
    if (isMissingYear(days)) return days;
    held += days.days;
    tentative ||= days.tentative;
  }
  return { days: held, tentative };
}

/** The `n`-th working day after a moment on which the clock ran. */
function workingDayOn(calendar: Calendar, openedAt: Date, n: number, time: string, holds: readonly Held[]): Counted<{ on: IsoDate }> {
  const held = heldWorkingDays(calendar, openedAt, n, time, holds);
  return isMissingYear(held) ? held : addWorkingDays(calendar, dateOf(openedAt), n + held.days);
}

function endOn(
  calendar: Calendar,
  openedAt: Date,
  allowance: Allowance,
  { rolls, closeOfBusiness, holds }: DueRules,
): Counted<{ on: IsoDate }> {
  if ('workingDays' in allowance) return workingDayOn(calendar, openedAt, allowance.workingDays, closeOfBusiness, holds);
  const from = dateOf(openedAt);
  const on = 'calendarDays' in allowance ? addDays(from, allowance.calendarDays) : addMonths(from, allowance.months);
  return rolls ? rollForward(calendar, on) : { on, tentative: false };
}

/** The last moment of the time allowed from an event on; the event's own day is not counted (Civil Code art. 201–203). */
export function dueAt(
  calendar: Calendar,
  openedAt: Date,
  allowance: Allowance,
  rules: Partial<DueRules> = {},
): Counted<{ at: Date; on: IsoDate }> {
  const all = { ...OFFICE_DEADLINE, ...rules };
  const end = endOn(calendar, openedAt, allowance, all);
  if (isMissingYear(end)) return end;
  return { at: instantOf(end.on, all.closeOfBusiness), on: end.on, tentative: end.tentative };
}

export type ReminderKind = 'reminder50' | 'reminder80' | 'due';
export interface Reminder {
  kind: ReminderKind;
  at: Date;
}

const REMINDER_TIME = '09:00';
const TENTHS = { reminder50: 5, reminder80: 8 } as const;

/**
 * When to remind: 09:00 of day ⌈n·50 %⌉ and ⌈n·80 %⌉, working days where the time is in working days, otherwise calendar days moved to a
 * working day; and the due moment. In order of time; where two fall together, and where one would not be before the due moment, the later kind stays.
 */
export function reminderMoments(
  calendar: Calendar,
  openedAt: Date,
  allowance: Allowance,
  rules: Partial<DueRules> = {},
): Counted<{ reminders: Reminder[] }> {
  const due = dueAt(calendar, openedAt, allowance, rules);
  if (isMissingYear(due)) return due;
  let tentative = due.tentative;
  const byMoment = new Map<number, Reminder>();
  for (const kind of ['reminder50', 'reminder80'] as const) {
    const day = reminderDay(calendar, openedAt, due.on, allowance, TENTHS[kind], rules.holds ?? []);
    if (isMissingYear(day)) return day;
    tentative ||= day.tentative;
    const at = instantOf(day.on, REMINDER_TIME);
    if (at > openedAt && at < due.at) byMoment.set(at.getTime(), { kind, at });
  }
  return { reminders: [...byMoment.values(), { kind: 'due', at: due.at }], tentative };
}

function reminderDay(
  calendar: Calendar,
  openedAt: Date,
  dueOn: IsoDate,
  allowance: Allowance,
  tenths: number,
  holds: readonly Held[],
): Counted<{ on: IsoDate }> {
  if ('workingDays' in allowance)
    return workingDayOn(calendar, openedAt, Math.ceil((allowance.workingDays * tenths) / 10), REMINDER_TIME, holds);
  const openedOn = dateOf(openedAt);
  return rollForward(calendar, addDays(openedOn, Math.ceil((daysBetween(openedOn, dueOn) * tenths) / 10)));
}

/** The quiet hours of mail and the moment when it starts again. */
const MAIL = { from: '08:00', until: '21:00', digest: '08:30' };

/** `at` itself when mail may go out then, otherwise 08:30 of the next working day (quiet 21:00–08:00 and on days off). */
export function nextMailMoment(calendar: Calendar, at: Date): Counted<{ at: Date }> {
  const on = dateOf(at);
  const today = isWorkingDay(calendar, on);
  if (isMissingYear(today)) return today;
  const [opens, closes] = [instantOf(on, MAIL.from), instantOf(on, MAIL.until)];
  if (today.working && at >= opens && at < closes) return { at, tentative: today.tentative };
  if (today.working && at < opens) return { at: instantOf(on, MAIL.digest), tentative: today.tentative };
  const next = addWorkingDays(calendar, on, 1);
  return isMissingYear(next) ? next : { at: instantOf(next.on, MAIL.digest), tentative: next.tentative || today.tentative };
}
