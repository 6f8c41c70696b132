import { makeCalendar, type CalendarTable } from '../domain/calendar.ts';
import type { Pace } from '../domain/mail-wishes.ts';
import type { MailTemplate } from './params.ts';
import { mailTiming, wayOf, type Way } from './policy.ts';

const table = (year: number): CalendarTable => ({
  year,
  unitCode: '',
  official: true,
  source: 'test',
  off: year === 2026 ? [{ name: '国庆节', from: '2026-10-01', to: '2026-10-07' }] : [],
  makeUp: year === 2026 ? [{ name: '国庆节', on: '2026-10-10' }] : [],
  version: 1,
});
const calendar = makeCalendar([table(2026)]);
const shanghai = (text: string) => new Date(`${text.replace(' ', 'T')}:00+08:00`);

describe('when a mail leaves', () => {
  test.each([
    ['in office hours at once', '2026-11-24 10:00', '2026-11-24 10:00'],
    ['at 20:59 at once', '2026-11-24 20:59', '2026-11-24 20:59'],
    ['at 21:00 the next morning', '2026-11-24 21:00', '2026-11-25 08:30'],
    ['before 08:00 the same morning', '2026-11-24 07:59', '2026-11-24 08:30'],
    ['at 08:00 at once', '2026-11-24 08:00', '2026-11-24 08:00'],
    ['on a Friday night on Monday', '2026-11-27 21:30', '2026-11-30 08:30'],
    ['on a Sunday on Monday', '2026-11-29 10:00', '2026-11-30 08:30'],
    ['in the holiday week after it', '2026-10-03 10:00', '2026-10-08 08:30'],
    ['on a Saturday that makes up for it at once', '2026-10-10 10:00', '2026-10-10 10:00'],
  ])('%s', (_, at, leaves) => expect(mailTiming(calendar, shanghai(at)).notBefore).toEqual(shanghai(leaves)));

  test.each([
    ['over before mail leaves again: at once', '2026-11-28 09:00', '2026-11-30 00:00', '2026-11-28 09:00'],
    ['over at that very moment: at once', '2026-11-28 09:00', '2026-11-30 08:30', '2026-11-28 09:00'],
    ['later: in the morning', '2026-11-28 09:00', '2026-12-01 00:00', '2026-11-30 08:30'],
    ['passed already: in the morning', '2026-11-28 09:00', '2026-11-28 00:00', '2026-11-30 08:30'],
  ])('a legal end that is %s', (_, at, end, leaves) => {
    expect(mailTiming(calendar, shanghai(at), { legalEndAt: shanghai(end) }).notBefore).toEqual(shanghai(leaves));
  });

  test('without a calendar for the year at once rather than never', () => {
    expect(mailTiming(calendar, shanghai('2027-01-03 03:00'))).toEqual({ notBefore: shanghai('2027-01-03 03:00'), pressing: false });
  });
});

test.each([
  ['overdue', '2026-11-24 10:00', '2026-11-20 17:30', true],
  ['due today', '2026-11-24 10:00', '2026-11-24 17:30', true],
  ['due on the next working day', '2026-11-27 10:00', '2026-11-30 17:30', true],
  ['due at 24:00 of the next working day', '2026-11-24 10:00', '2026-11-26 00:00', true],
  ['due on the working day after', '2026-11-24 10:00', '2026-11-26 17:30', false],
  ['due in a year without a calendar', '2026-12-31 10:00', '2027-01-05 17:30', false],
])('%s presses: %s', (_, at, due, presses) => {
  expect(mailTiming(calendar, shanghai(at), { dueAt: shanghai(due) }).pressing).toBe(presses);
});

test('no due date does not press; a legal end before the next morning does', () => {
  expect(mailTiming(calendar, shanghai('2026-11-24 10:00'), { dueAt: null }).pressing).toBe(false);
  expect(mailTiming(calendar, shanghai('2026-11-28 09:00'), { legalEndAt: shanghai('2026-11-30 00:00') }).pressing).toBe(true);
});

type Row = [what: string, template: MailTemplate, asked: 'name' | 'group', presses: boolean, usual: Way, digest: Way, each: Way];
const rows: Row[] = [
  ['a new task by name', 'task-opened', 'name', false, 'at-once', 'digest', 'at-once'],
  ['a new task of a group', 'task-opened', 'group', false, 'digest', 'digest', 'at-once'],
  ['a new task of a group that presses', 'task-opened', 'group', true, 'at-once', 'at-once', 'at-once'],
  ['a reminder by name', 'task-reminder', 'name', false, 'at-once', 'digest', 'at-once'],
  ['a reminder of a group', 'task-reminder', 'group', false, 'digest', 'digest', 'at-once'],
  ['an overdue one put above', 'task-escalated', 'group', true, 'at-once', 'at-once', 'at-once'],
  ['a return', 'task-returned', 'name', false, 'at-once', 'digest', 'at-once'],
  ['urging', 'task-urged', 'group', false, 'at-once', 'at-once', 'at-once'],
  ['a copy', 'task-copied', 'name', false, 'at-once', 'digest', 'at-once'],
  ['a withdrawal', 'case-withdrawn', 'name', false, 'at-once', 'digest', 'at-once'],
  ['an ending', 'case-ended', 'name', false, 'at-once', 'digest', 'at-once'],
  ['a formal notice', 'worker-notice', 'name', false, 'at-once', 'at-once', 'at-once'],
  ['an activation code', 'activation-code', 'name', false, 'at-once', 'at-once', 'at-once'],
  ['an incident', 'incident', 'group', false, 'at-once', 'at-once', 'at-once'],
  ['the digest itself', 'digest', 'name', false, 'at-once', 'at-once', 'at-once'],
];
test.each(rows)('%s comes as each wishes it', (_, template, asked, pressing, ...ways) => {
  const paces: Pace[] = ['usual', 'digest', 'each'];
  const told = paces.map((pace) => wayOf({ template, toGroup: asked === 'group', pressing }, { pace, copies: true }));
  expect(told).toEqual(ways);
  // without mail for copies only the copy changes
  const withoutCopies = paces.map((pace) => wayOf({ template, toGroup: asked === 'group', pressing }, { pace, copies: false }));
  expect(withoutCopies).toEqual(template === 'task-copied' ? ['inbox', 'inbox', 'inbox'] : ways);
});
