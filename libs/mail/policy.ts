import { isMissingYear, nextMailMoment, workingDaysBetween, type Calendar } from '../domain/calendar.ts';
import { dateOf } from '../domain/dates.ts';
import type { Pace } from '../domain/mail-wishes.ts';
import type { MailTemplate } from './params.ts';

/** What a mail is about in time: the due moment of its task, and the legal end that binds, where there is one. */
export interface MailDates {
  dueAt?: Date | null;
  legalEndAt?: Date | null;
}

/** When a mail may leave, and whether its matter presses: due within one working day, overdue, or at its legal end before mail leaves again. */
export interface MailTiming {
  notBefore: Date;
  pressing: boolean;
}

/** How a mail reaches a person: as one of its own, within the daily digest, or not at all (the console shows it). */
export type Way = 'at-once' | 'digest' | 'inbox';

/** Formal notices, urging, and what keeps the account and the system going: no wish holds these back. */
const always: ReadonlySet<MailTemplate> = new Set<MailTemplate>([
  'worker-notice',
  'task-urged',
  'activation-code',
  'sign-in-code',
  'incident',
  'digest',
]);
/** What the digest says anyway as long as the task is open: kept back, it leaves no row. Anything else kept back waits for the digest as news. */
export const isShownAsTask = (template: MailTemplate): boolean =>
  template === 'task-opened' || template === 'task-reminder' || template === 'task-returned' || template === 'task-escalated';

/**
 * When a mail caused at `at` may leave: not from 21:00 to 08:00 and not on days off, unless its legal end would be over by then. Without a calendar for
 * the year it leaves at once rather than never.
 */
export function mailTiming(calendar: Calendar, at: Date, { dueAt, legalEndAt }: MailDates = {}): MailTiming {
  const quietUntil = nextMailMoment(calendar, at);
  const moment = isMissingYear(quietUntil) ? at : quietUntil.at;
  const overByThen = Boolean(legalEndAt && legalEndAt > at && legalEndAt <= moment);
  return { notBefore: overByThen ? at : moment, pressing: overByThen || isDueWithinOneWorkingDay(calendar, at, dueAt ?? null) };
}

function isDueWithinOneWorkingDay(calendar: Calendar, at: Date, dueAt: Date | null): boolean {
  if (!dueAt) return false;
  // an end at 24:00 is the last moment of its own day
  const left = workingDaysBetween(calendar, dateOf(at), dateOf(new Date(dueAt.getTime() - 1)));
  return !isMissingYear(left) && left.days <= 1;
}

/**
 * How a mail reaches somebody. Asked by name or as a member of a panel: at once. Asked as one of a group: in the digest, unless it presses. Who wishes
 * all in the digest, or each at once, gets that; what presses, formal notices and urging come at once whatever was wished.
 */
export function wayOf(
  { template, toGroup, pressing }: { template: MailTemplate; toGroup: boolean; pressing: boolean },
  { pace, copies }: { pace: Pace; copies: boolean },
): Way {
  if (template === 'task-copied' && !copies) return 'inbox';
  if (always.has(template) || pressing || pace === 'each') return 'at-once';
  if (pace === 'usual' && !toGroup) return 'at-once';
  return 'digest';
}
