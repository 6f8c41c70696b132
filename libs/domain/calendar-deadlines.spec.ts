import fc from 'fast-check';
import {
  calendarDays,
  dueAt,
  formatAllowance,
  isMissingYear,
  isWorkingDay,
  LEGAL_END,
  months,
  nextMailMoment,
  reminderMoments,
  workingDays,
} from './calendar.ts';
import { national } from './calendar.fixture.ts';
import { addDays, dateOf, formatMoment, instantOf } from './dates.ts';

const instant = instantOf;
const works = (day: string) => {
  const result = isWorkingDay(national, day);
  return !isMissingYear(result) && result.working;
};

describe('deadlines', () => {
  test.each([
    ['five working days close at 17:30 of the fifth', '2026-11-19', '16:00', workingDays(5), '11月26日(周四) 17:30'],
    ['opened on a Saturday, Monday is the first day', '2026-11-21', '10:00', workingDays(1), '11月23日(周一) 17:30'],
    ['opened in the evening, the next working day is the first', '2026-11-20', '23:59', workingDays(1), '11月23日(周一) 17:30'],
    ['opened after midnight, that day is not counted', '2026-11-20', '00:00', workingDays(1), '11月23日(周一) 17:30'],
    ['30 days ending on a Saturday move to Monday', '2026-10-29', '10:00', calendarDays(30), '11月30日(周一) 17:30'],
    ['three days ending in a holiday move behind it', '2026-09-29', '10:00', calendarDays(3), '10月8日(周四) 17:30'],
    ['a month ends on the last day of a shorter one', '2026-01-31', '10:00', months(1), '2月28日(周六) 17:30'],
  ])('%s', (_, day, time, allowance, due) => {
    const result = dueAt(national, instant(day, time), allowance);
    expect(isMissingYear(result) ? result : formatMoment(result.at)).toBe(due);
  });

  test('a legal end lasts until 24:00 of its day', () => {
    expect(dueAt(national, instant('2026-11-19', '10:00'), calendarDays(5), LEGAL_END)).toMatchObject({
      at: instant('2026-11-25', '00:00'),
      on: '2026-11-24',
    });
  });

  test('the time allowed is told with its unit', () => {
    expect([workingDays(5), calendarDays(30), months(2)].map(formatAllowance)).toEqual(['5 个工作日', '30 日', '2 个月']);
  });
});

describe('reminders', () => {
  const told = (allowance: Parameters<typeof reminderMoments>[2], day: string, time = '10:00') => {
    const result = reminderMoments(national, instant(day, time), allowance);
    return isMissingYear(result) ? result : result.reminders.map(({ kind, at }) => `${kind} ${formatMoment(at)}`);
  };

  test('at half and four fifths of ten working days at 09:00, then at the due moment', () => {
    expect(told(workingDays(10), '2026-11-09')).toEqual([
      'reminder50 11月16日(周一) 09:00',
      'reminder80 11月19日(周四) 09:00',
      'due 11月23日(周一) 17:30',
    ]);
  });

  test('half of five is the third day', () => {
    expect(told(workingDays(5), '2026-11-19')).toEqual([
      'reminder50 11月24日(周二) 09:00',
      'reminder80 11月25日(周三) 09:00',
      'due 11月26日(周四) 17:30',
    ]);
  });

  test('with one day there is one reminder that morning', () => {
    expect(told(workingDays(1), '2026-11-19')).toEqual(['reminder80 11月20日(周五) 09:00', 'due 11月20日(周五) 17:30']);
  });

  test('calendar days remind on working days', () => {
    expect(told(calendarDays(10), '2026-11-16')).toEqual([
      'reminder50 11月23日(周一) 09:00',
      'reminder80 11月24日(周二) 09:00',
      'due 11月26日(周四) 17:30',
    ]);
  });

  test('lie in order, after the opening and not after the due moment, whatever the time allowed', () => {
    const anyAllowance = fc.oneof(
      fc.integer({ min: 1, max: 60 }).map(workingDays),
      fc.integer({ min: 1, max: 90 }).map(calendarDays),
      fc.integer({ min: 1, max: 3 }).map(months),
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: 23 }), anyAllowance, (offset, hour, allowance) => {
        const openedAt = instant(addDays('2025-01-01', offset), `${String(hour).padStart(2, '0')}:15`);
        const result = reminderMoments(national, openedAt, allowance);
        const due = dueAt(national, openedAt, allowance);
        if (isMissingYear(result) || isMissingYear(due)) return;
        const times = result.reminders.map(({ at }) => at.getTime());
        expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
        expect(times[0]).toBeGreaterThan(openedAt.getTime());
        expect(result.reminders.at(-1)).toEqual({ kind: 'due', at: due.at });
        for (const { at } of result.reminders) expect(works(dateOf(at))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('mail', () => {
  test.each([
    ['in office hours it goes at once', '2026-11-24', '10:12', '11月24日(周二) 10:12'],
    ['at 08:00 sharp it goes at once', '2026-11-24', '08:00', '11月24日(周二) 08:00'],
    ['before 08:00 it waits for the morning', '2026-11-24', '07:59', '11月24日(周二) 08:30'],
    ['from 21:00 it waits for the next working day', '2026-11-27', '21:00', '11月30日(周一) 08:30'],
    ['on a Saturday it waits for Monday', '2026-11-28', '10:00', '11月30日(周一) 08:30'],
    ['in a holiday it waits for its end', '2026-10-01', '10:00', '10月8日(周四) 08:30'],
    ['on a make-up Saturday it goes at once', '2026-10-10', '09:00', '10月10日(周六) 09:00'],
  ])('%s', (_, day, time, sent) => {
    const result = nextMailMoment(national, instant(day, time));
    expect(isMissingYear(result) ? result : formatMoment(result.at)).toBe(sent);
  });
});
