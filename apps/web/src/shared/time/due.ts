import type { z } from 'zod';
import type { due } from '../../../../../libs/domain/api/case-views.ts';
import { dateOf, formatDate, formatDay, formatEnd, timeOf, yearOf } from '../../../../../libs/domain/dates.ts';
import { text } from '../text/zh-CN.ts';

export type Due = z.infer<typeof due>;

/** A due moment in the two parts that every list shows: how long still, and when. */
export interface DueText {
  left: string;
  when: string | null;
  tone: 'plain' | 'soon' | 'late' | 'unknown';
}

/** 11月26日(周四) 17:30, with the year where it is not this one. */
export function momentText(at: Date, now: Date): string {
  const year = yearOf(dateOf(new Date(at.getTime() - 1)));
  return year === yearOf(dateOf(now)) ? formatEnd(at) : `${text.due.year(year)}${formatEnd(at)}`;
}

/** 11月26日(周四), with the year where it is not this one. */
export function dayText(on: string, now: Date): string {
  return yearOf(on) === yearOf(dateOf(now)) ? formatDay(on) : `${text.due.year(yearOf(on))}${formatDay(on)}`;
}

/** 今天 10:12, 11月20日(周五) 16:48: for what has happened. */
export function pastText(at: string, now: Date): string {
  const moment = new Date(at);
  const on = dateOf(moment);
  if (on === dateOf(now)) return `${text.due.today} ${timeOf(moment)}`;
  return `${dayText(on, now)} ${timeOf(moment)}`;
}

export const longDate = (on: string | null): string => (on ? formatDate(on) : text.common.none);

export function dueText(value: Due, now: Date): DueText {
  if (value.state === 'none') return { left: text.due.none, when: null, tone: 'plain' };
  if (value.state === 'held') return { left: text.due.held, when: text.due.heldWhen, tone: 'plain' };
  if (value.state === 'unknown' || !value.at) return { left: text.due.unknown, when: text.due.noCalendar, tone: 'unknown' };
  const when = `${momentText(new Date(value.at), now)}${value.tentative ? text.due.tentative : ''}`;
  return { left: leftText(value), when, tone: value.state === 'overdue' ? 'late' : value.state === 'soon' ? 'soon' : 'plain' };
}

function leftText({ state, workingDaysLeft }: Due): string {
  if (workingDaysLeft === null) return state === 'overdue' ? text.due.late : text.due.dueOn;
  if (state === 'overdue') return workingDaysLeft === 0 ? text.due.lateToday : text.due.lateBy(Math.abs(workingDaysLeft));
  return workingDaysLeft === 0 ? text.due.todayDue : text.due.left(workingDaysLeft);
}
