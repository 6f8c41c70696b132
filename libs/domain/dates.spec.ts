import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import {
  addDays,
  addMonths,
  completedYears,
  dateOf,
  daysBetween,
  endOfDay,
  formatDate,
  formatDay,
  formatEnd,
  formatMoment,
  fromDateColumn,
  instantOf,
  lastDayOfTerm,
  monthsOfTerm,
  startOfDay,
  timeOf,
  toDateColumn,
  weekdayOf,
} from './dates.ts';
import { isIsoDate } from './iso-date.ts';

const anyDate = fc.integer({ min: -25_000, max: 40_000 }).map((n) => Temporal.PlainDate.from('1970-01-01').add({ days: n }).toString());

describe('dates in Asia/Shanghai', () => {
  test.each([
    ['2026-11-24T15:59:59.999Z', '2026-11-24', '23:59'],
    ['2026-11-24T16:00:00.000Z', '2026-11-25', '00:00'],
    ['2026-07-01T16:00:00.000Z', '2026-07-02', '00:00'],
    ['2025-12-31T16:00:00.000Z', '2026-01-01', '00:00'],
  ])('at %s the date is %s and the clock %s', (instant, date, time) => {
    expect(dateOf(new Date(instant))).toBe(date);
    expect(timeOf(new Date(instant))).toBe(time);
  });

  test('a day begins at 00:00 and ends at 24:00, which is no longer in it', () => {
    expect(startOfDay('2026-11-26').toISOString()).toBe('2026-11-25T16:00:00.000Z');
    expect(endOfDay('2026-11-26').toISOString()).toBe('2026-11-26T16:00:00.000Z');
    expect(instantOf('2026-11-26', '17:30').toISOString()).toBe('2026-11-26T09:30:00.000Z');
    expect(instantOf('2026-11-26', '24:00')).toEqual(endOfDay('2026-11-26'));
  });

  test('agrees with the Asia/Shanghai zone at any instant since 1992', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('1992-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }), (at) => {
        const zoned = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO('Asia/Shanghai');
        expect(dateOf(at)).toBe(zoned.toPlainDate().toString());
        expect(timeOf(at)).toBe(zoned.toPlainTime().toString({ smallestUnit: 'minute' }));
      }),
    );
  });

  test.each([
    ['2026-02-28', true],
    ['2024-02-29', true],
    ['2026-02-29', false],
    ['2026-13-01', false],
    ['2026-00-10', false],
    ['2026-6-1', false],
    ['20260601', false],
    ['2026-06-01T00:00', false],
    ['', false],
  ])('%s exists: %s', (text, exists) => expect(isIsoDate(text)).toBe(exists));
});

describe('counting', () => {
  test('days, months, weekdays agree with the calendar library', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -4000, max: 4000 }), fc.integer({ min: -300, max: 300 }), (on, days, months) => {
        const plain = Temporal.PlainDate.from(on);
        expect(addDays(on, days)).toBe(plain.add({ days }).toString());
        expect(daysBetween(on, addDays(on, days))).toBe(days);
        expect(addMonths(on, months)).toBe(plain.add({ months }, { overflow: 'constrain' }).toString());
        expect(weekdayOf(on)).toBe(plain.dayOfWeek);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2025-12-31', 2, '2026-02-28'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-01-15', -1, '2025-12-15'],
    ['2026-09-15', 2, '2026-11-15'],
  ])('%s and %i months on: %s (Civil Code art. 202)', (from, months, to) => expect(addMonths(from, months)).toBe(to));

  test.each([
    ['2026-01-05', 6, '2026-07-04'],
    ['2025-08-31', 6, '2026-02-28'],
    ['2025-08-29', 6, '2026-02-28'],
    ['2025-08-28', 6, '2026-02-27'],
    ['2025-09-01', 6, '2026-02-28'],
    ['2023-08-31', 6, '2024-02-29'],
    ['2023-08-29', 6, '2024-02-28'],
    ['2026-01-05', 36, '2029-01-04'],
    ['2026-01-01', 12, '2026-12-31'],
  ])('a term from %s of %i months ends on %s', (startsOn, months, endsOn) => expect(lastDayOfTerm(startsOn, months)).toBe(endsOn));

  test.each([
    ['2026-01-05', '2029-01-04', 36],
    ['2026-01-05', '2029-01-03', 35],
    ['2026-01-05', '2029-01-05', 36],
    ['2026-01-05', '2026-01-05', 0],
    ['2026-01-05', '2025-01-05', 0],
    ['2025-08-31', '2026-02-28', 6],
  ])('%s to %s is %i whole months', (from, to, months) => expect(monthsOfTerm(from, to)).toBe(months));

  test('a term never reaches a day that would make it longer than its months', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 1, max: 120 }), (startsOn, months) => {
        const endsOn = lastDayOfTerm(startsOn, months);
        expect(monthsOfTerm(startsOn, endsOn)).toBe(months);
        expect(monthsOfTerm(startsOn, addDays(endsOn, -1))).toBe(months - 1);
      }),
    );
  });

  test.each([
    ['2000-03-10', '2018-03-09', 17],
    ['2000-03-10', '2018-03-10', 18],
    ['2000-02-29', '2018-02-27', 17],
    ['2000-02-29', '2018-02-28', 18],
    ['2016-06-01', '2026-01-01', 9],
    ['2026-06-01', '2026-01-01', 0],
    ['2026-06-01', '2024-01-01', 0],
  ])('from %s to %s are %i full years', (from, on, years) => expect(completedYears(from, on)).toBe(years));
});

describe('written for people', () => {
  test('running text, tables, deadlines, legal ends', () => {
    expect(formatDate('2026-06-01')).toBe('2026年6月1日');
    expect(formatDay('2026-11-26')).toBe('11月26日(周四)');
    expect(formatMoment(new Date('2026-11-26T09:30:00Z'))).toBe('11月26日(周四) 17:30');
    expect(formatEnd(endOfDay('2026-11-29'))).toBe('11月29日(周日) 24:00');
    expect(formatEnd(new Date('2026-11-26T09:30:00Z'))).toBe('11月26日(周四) 17:30');
  });

  test('a date survives its column', () => {
    expect(fromDateColumn(toDateColumn('2026-03-01'))).toBe('2026-03-01');
    expect(toDateColumn('2026-03-01').toISOString()).toBe('2026-03-01T00:00:00.000Z');
  });
});
