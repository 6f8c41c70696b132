import { addWorkingDays, isMissingYear, rollForward, type Allowance, type Calendar, type Counted } from './calendar.ts';
import { addDays, addMonths, dateOf, daysBetween, instantOf, type IsoDate } from './dates.ts';

/** How an end is read. Office deadlines close at 17:30; a legal end lasts until `24:00` of its day. */
export interface DueRules {
  closeOfBusiness: string;
  /** Whether an end on a rest day moves to the next working day; terms of contract and probation never do. */
  rolls: boolean;
}
export const OFFICE_DEADLINE: DueRules = { closeOfBusiness: '17:30', rolls: true };
export const LEGAL_END: DueRules = { closeOfBusiness: '24:00', rolls: true };

function endOn(calendar: Calendar, from: IsoDate, allowance: Allowance, rolls: boolean): Counted<{ on: IsoDate }> {
  if ('workingDays' in allowance) return addWorkingDays(calendar, from, allowance.workingDays);
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
  const { closeOfBusiness, rolls } = { ...OFFICE_DEADLINE, ...rules };
  const end = endOn(calendar, dateOf(openedAt), allowance, rolls);
  if (isMissingYear(end)) return end;
  return { at: instantOf(end.on, closeOfBusiness), on: end.on, tentative: end.tentative };
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
  const openedOn = dateOf(openedAt);
  let tentative = due.tentative;
  const byMoment = new Map<number, Reminder>();
  for (const kind of ['reminder50', 'reminder80'] as const) {
    const day = reminderDay(calendar, openedOn, due.on, allowance, TENTHS[kind]);
    if (isMissingYear(day)) return day;
    tentative ||= day.tentative;
    const at = instantOf(day.on, REMINDER_TIME);
    if (at > openedAt && at < due.at) byMoment.set(at.getTime(), { kind, at });
  }
  return { reminders: [...byMoment.values(), { kind: 'due', at: due.at }], tentative };
}

function reminderDay(calendar: Calendar, openedOn: IsoDate, dueOn: IsoDate, allowance: Allowance, tenths: number) {
  if ('workingDays' in allowance) return addWorkingDays(calendar, openedOn, Math.ceil((allowance.workingDays * tenths) / 10));
  return rollForward(calendar, addDays(openedOn, Math.ceil((daysBetween(openedOn, dueOn) * tenths) / 10)));
}
