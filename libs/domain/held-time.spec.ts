import { z } from 'zod';
import { makeCalendar, calendarDays, dueAt, isMissingYear, workingDays } from './calendar.ts';
import { national, year2026 } from './calendar.fixture.ts';
import type { StageContract } from './contract.ts';
import { formatEnd, instantOf } from './dates.ts';
import { stageDates, type Hold } from './stage-dates.ts';

// September and October 2026: 25–27 September off, 28–30 at work, 1–7 October off, 8 (Thu), 9 (Fri) and, made up, 10 (Sat) at work, then Monday the 12th.
const at = (text: string) => instantOf(`2026-${text.slice(0, 5)}`, text.slice(6));
const hold = (from: string, to: string | null): Hold => ({ from: at(from), to: to === null ? null : at(to) });
const stage = (within = workingDays(5)): StageContract => ({
  title: '审核',
  kind: 'opinion',
  audience: { subject: true },
  within,
  answer: z.object({}),
});
const opened = at('09-28 10:00');
const told = ({ dueAt: due, legalEndAt, entries }: ReturnType<typeof stageDates>) => ({
  due: due && formatEnd(due),
  legalEnd: legalEndAt && formatEnd(legalEndAt),
  entries: entries.map((entry) => `${entry.kind} ${formatEnd(entry.at)}`),
});
const dates = (holds: Hold[], ask: object = {}, within = workingDays(5), openedAt = opened) =>
  told(stageDates(national, stage(within), { stage: 'check', round: 1, ...ask }, openedAt, openedAt, holds));

describe('five working days from Monday 28 September', () => {
  test('without a hold: the make-up Saturday is the fifth', () =>
    expect(dates([])).toEqual({
      due: '10月10日(周六) 17:30',
      legalEnd: null,
      entries: ['reminder50 10月8日(周四) 09:00', 'reminder80 10月9日(周五) 09:00', 'due 10月10日(周六) 17:30'],
    }));

  test('held over the holidays, three working days are added to the end and to both reminders', () =>
    expect(dates([hold('09-29 15:00', '10-09 10:00')])).toEqual({
      due: '10月14日(周三) 17:30',
      legalEnd: null,
      entries: ['reminder50 10月12日(周一) 09:00', 'reminder80 10月13日(周二) 09:00', 'due 10月14日(周三) 17:30'],
    }));

  test.each<[string, Hold[], string]>([
    ['rest days alone move nothing', [hold('10-01 09:00', '10-07 20:00')], '10月10日(周六) 17:30'],
    ['nor does a hold within one day', [hold('09-29 09:00', '09-29 16:00')], '10月10日(周六) 17:30'],
    ['the day of the resumption counts as held, that of the hold does not', [hold('09-30 18:00', '10-08 08:00')], '10月12日(周一) 17:30'],
    ['a make-up Saturday held is one day', [hold('10-09 10:00', '10-10 16:00')], '10月12日(周一) 17:30'],
    ['held in the morning of the last day, it moves', [hold('10-10 10:00', '10-13 10:00')], '10月13日(周二) 17:30'],
    ['held in its evening, it was overdue already', [hold('10-10 17:30', '10-13 10:00')], '10月10日(周六) 17:30'],
    [
      'what a first hold has moved, a second one moves on',
      [hold('09-29 09:00', '09-30 09:00'), hold('10-12 09:00', '10-13 12:00')],
      '10月13日(周二) 17:30',
    ],
    ['without the first the second comes too late', [hold('10-12 09:00', '10-13 12:00')], '10月10日(周六) 17:30'],
    ['a hold that was over before it counts for nothing', [hold('09-21 09:00', '09-24 09:00')], '10月10日(周六) 17:30'],
    ['opened in the middle of a hold, it has its whole time after it', [hold('09-22 09:00', '09-29 10:00')], '10月12日(周一) 17:30'],
  ])('%s', (_, holds, due) => expect(dates(holds).due).toBe(due));

  test('a reminder that was past when the hold began stays where it was', () =>
    expect(dates([hold('10-09 10:00', '10-10 16:00')]).entries.slice(0, 2)).toEqual([
      'reminder50 10月8日(周四) 09:00',
      'reminder80 10月9日(周五) 09:00',
    ]));
});

describe('while the case is held', () => {
  const ends = { endsOn: '2026-12-01' };
  test('a time in working days has no end yet, and nothing falls due but the law’s end', () =>
    expect(dates([hold('09-29 15:00', null)], ends)).toEqual({
      due: null,
      legalEnd: '12月1日(周二) 24:00',
      entries: ['legalEnd 12月1日(周二) 24:00'],
    }));

  test('what was overdue before keeps its due moment and is not pressed', () =>
    expect(dates([hold('10-10 18:00', null)])).toEqual({ due: '10月10日(周六) 17:30', legalEnd: null, entries: [] }));

  test('a time in calendar days runs on', () => {
    expect(dates([hold('09-29 15:00', null)], ends, calendarDays(15)).due).toBe('10月13日(周二) 17:30');
    expect(dates([hold('09-29 15:00', '10-20 10:00')], ends, calendarDays(15)).due).toBe('10月13日(周二) 17:30');
  });

  test('a stage that lapses waits for its full time, which the hold makes longer, but never beyond the law’s end', () => {
    const lapses = { lapsesOn: '2026-10-09', ...ends };
    expect(dates([], lapses).legalEnd).toBe('10月10日(周六) 24:00');
    expect(dates([hold('09-29 15:00', null)], lapses).legalEnd).toBe('12月1日(周二) 24:00');
    expect(dates([hold('09-29 15:00', '10-09 10:00')], lapses).legalEnd).toBe('10月14日(周三) 24:00');
    expect(dates([hold('09-29 15:00', '11-30 10:00')], lapses)).toMatchObject({
      due: '12月1日(周二) 24:00',
      legalEnd: '12月1日(周二) 24:00',
    });
  });
});

test('held into a year without a table, nothing is counted and nothing guessed', () => {
  const due = dueAt(national, at('12-28 10:00'), workingDays(2), {
    holds: [{ from: at('12-29 10:00'), to: instantOf('2027-01-05', '10:00') }],
  });
  expect(isMissingYear(due) && due.missingYear).toBe(2027);
});

test('a hold counted by a provisional table makes the end tentative', () => {
  const provisional = makeCalendar([{ ...year2026, official: false }]);
  const of = stageDates(provisional, stage(), { stage: 'check', round: 1 }, opened, opened, [hold('09-29 15:00', '10-09 10:00')]);
  expect(of).toMatchObject({ tentative: true, dueAt: at('10-14 17:30') });
});
