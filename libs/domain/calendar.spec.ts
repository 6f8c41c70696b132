import fc from 'fast-check';
import { refusalText } from './refusal.ts';
import {
  addWorkingDays,
  calendarDays,
  calendarTable,
  dueAt,
  isMissingYear,
  isWorkingDay,
  LEGAL_END,
  makeCalendar,
  missingCalendar,
  months,
  nextMailMoment,
  reminderMoments,
  rollForward,
  workingDays,
  workingDaysBetween,
  type Calendar,
  type CalendarTable,
} from './calendar.ts';
import { county, festivals, national, year2025, year2026 } from './calendar.fixture.ts';
import { addDays, instantOf, weekdayOf } from './dates.ts';

const on = (result: ReturnType<typeof addWorkingDays>) => (isMissingYear(result) ? result : result.on);
const works = (calendar: Calendar, day: string) => {
  const result = isWorkingDay(calendar, day);
  return isMissingYear(result) ? result : result.working;
};
const daysOf = (year: number) => Array.from({ length: 365 }, (_, i) => addDays(`${year}-01-01`, i));
const instant = instantOf;

describe('a year of the State Council’s table', () => {
  test.each([
    [2025, 248, 18, 5],
    [2026, 248, 19, 6],
  ])('%i has %i working days, %i weekday holidays, %i make-up days', (year, working, weekdayHolidays, makeUps) => {
    const days = daysOf(year);
    const weekday = (day: string) => weekdayOf(day) <= 5;
    expect(days.filter((day) => works(national, day) === true)).toHaveLength(working);
    expect(days.filter((day) => weekday(day) && works(national, day) === false)).toHaveLength(weekdayHolidays);
    expect(days.filter((day) => !weekday(day) && works(national, day) === true)).toHaveLength(makeUps);
  });

  test.each([
    ['a make-up Saturday', '2026-05-09', true],
    ['a make-up Sunday', '2026-01-04', true],
    ['a holiday Wednesday', '2026-10-07', false],
    ['a common Saturday', '2026-11-28', false],
    ['a common Thursday', '2026-11-26', true],
  ])('%s, %s, is a working day: %s', (_, day, working) => expect(works(national, day)).toBe(working));
});

describe('public notices', () => {
  test.each([
    ['2025-09-26', '2025-10-10', '2025-10-13', '2025-10-03'],
    ['2026-02-10', '2026-02-24', '2026-02-26', '2026-02-17'],
    ['2026-04-29', '2026-05-09', '2026-05-12', '2026-05-06'],
    ['2026-05-06', '2026-05-12', '2026-05-14', '2026-05-13'],
    ['2026-06-15', '2026-06-23', '2026-06-25', '2026-06-22'],
    ['2026-09-18', '2026-09-24', '2026-09-29', '2026-09-25'],
    ['2026-09-24', '2026-10-09', '2026-10-12', '2026-10-01'],
    ['2026-09-29', '2026-10-12', '2026-10-14', '2026-10-06'],
  ])('posted on %s, five working days end on %s, seven on %s, and not on %s', (posted, five, seven, naive) => {
    expect(on(addWorkingDays(national, posted, 5))).toBe(five);
    expect(on(addWorkingDays(national, posted, 7))).toBe(seven);
    const mondayToFriday = makeCalendar([
      { ...year2025, off: [], makeUp: [] },
      { ...year2026, off: [], makeUp: [] },
    ]);
    expect(on(addWorkingDays(mondayToFriday, posted, 5))).toBe(naive);
    expect(five).not.toBe(naive);
  });
});

describe('a county’s own festivals', () => {
  test('its day off wins over the make-up day, and moves only its own deadlines', () => {
    expect(works(national, '2026-05-09')).toBe(true);
    expect(works(county, '2026-05-09')).toBe(false);
    expect(works(county, '2026-05-25')).toBe(false);
    expect(works(county, '2025-05-26')).toBe(true);
    expect(on(addWorkingDays(county, '2026-04-29', 5))).toBe('2026-05-11');
    expect(on(addWorkingDays(national, '2026-04-29', 5))).toBe('2026-05-09');
  });

  test('its own make-up day works where the general table rests', () => {
    const withMakeUp = makeCalendar([year2026], [{ ...festivals, makeUp: [{ name: '四月八', on: '2026-05-30' }] }]);
    expect(works(withMakeUp, '2026-05-30')).toBe(true);
  });
});

describe('a year without a table', () => {
  test('is an answer of its own, wherever the count meets it, and no weekday is guessed', () => {
    expect(isWorkingDay(national, '2027-01-04')).toEqual({ missingYear: 2027 });
    expect(addWorkingDays(national, '2026-12-28', 5)).toEqual({ missingYear: 2027 });
    expect(workingDaysBetween(national, '2026-12-30', '2027-01-05')).toEqual({ missingYear: 2027 });
    expect(rollForward(national, '2027-01-02')).toEqual({ missingYear: 2027 });
    expect(dueAt(national, instant('2026-12-25', '10:00'), workingDays(10))).toEqual({ missingYear: 2027 });
    expect(reminderMoments(national, instant('2026-12-25', '10:00'), workingDays(10))).toEqual({ missingYear: 2027 });
    expect(nextMailMoment(national, instant('2026-12-31', '21:30'))).toEqual({ missingYear: 2027 });
    expect(isWorkingDay(makeCalendar([year2026]), '2025-12-31')).toEqual({ missingYear: 2025 });
  });

  test('does not disturb a count that ends before it', () => {
    expect(addWorkingDays(national, '2026-12-28', 3)).toEqual({ on: '2026-12-31', tentative: false });
  });

  test('is told in words that say nothing was guessed', () => {
    expect(refusalText(missingCalendar({ missingYear: 2027 }))).toBe('2027 年工作日历还没有导入，期限暂不能确定，没有按周一至周五推算。');
  });

  test('an end that does not move on rest days needs no table', () => {
    const due = dueAt(national, instant('2026-12-25', '10:00'), months(2), { ...LEGAL_END, rolls: false });
    expect(due).toEqual({ at: instant('2027-02-26', '00:00'), on: '2027-02-25', tentative: false });
  });
});

describe('a provisional table', () => {
  const provisional: CalendarTable = { ...year2026, year: 2027, official: false, off: [], makeUp: [] };
  const calendar = makeCalendar([year2026, provisional]);

  test('marks every result that used it as tentative, and only those', () => {
    expect(addWorkingDays(calendar, '2026-12-28', 3)).toEqual({ on: '2026-12-31', tentative: false });
    expect(addWorkingDays(calendar, '2026-12-28', 4)).toEqual({ on: '2027-01-01', tentative: true });
    expect(workingDaysBetween(calendar, '2026-12-31', '2027-01-01')).toEqual({ days: 1, tentative: true });
    expect(dueAt(calendar, instant('2026-12-31', '10:00'), workingDays(1))).toMatchObject({ tentative: true });
    expect(dueAt(calendar, instant('2026-12-01', '10:00'), calendarDays(32))).toMatchObject({ on: '2027-01-04', tentative: true });
    expect(reminderMoments(calendar, instant('2026-12-31', '10:00'), workingDays(1))).toMatchObject({ tentative: true });
    expect(nextMailMoment(calendar, instant('2026-12-31', '22:00'))).toEqual({ at: instant('2027-01-01', '08:30'), tentative: true });
  });

  test('a notice naming the last days of the year before counts there too', () => {
    const newYear: CalendarTable = { ...provisional, official: true, makeUp: [{ name: '元旦', on: '2026-12-27' }] };
    expect(works(makeCalendar([year2026, newYear]), '2026-12-27')).toBe(true);
    expect(works(makeCalendar([year2026]), '2026-12-27')).toBe(false);
  });
});

describe('against a recount day by day', () => {
  // The oracle knows only lists of single days, counted by Date.
  const list = (tables: CalendarTable[]) =>
    new Set(
      tables.flatMap(({ off }) =>
        off.flatMap(({ from, to }) => daysOf(Number(from.slice(0, 4))).filter((day) => from <= day && day <= to)),
      ),
    );
  const offDays = list([year2025, year2026]);
  const makeUps = new Set([year2025, year2026].flatMap(({ makeUp }) => makeUp.map((day) => day.on)));
  const ownDays = list([festivals]);
  const oracle = (day: string, own: boolean) => {
    if (own && ownDays.has(day)) return false;
    if (makeUps.has(day)) return true;
    return !offDays.has(day) && ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
  };

  test('adding, counting back and rolling agree for any start and county', () => {
    const start = fc.integer({ min: 0, max: 729 }).map((offset) => new Date(Date.UTC(2025, 0, 1 + offset)).toISOString().slice(0, 10));
    fc.assert(
      fc.property(start, fc.integer({ min: 1, max: 40 }), fc.boolean(), (from, n, own) => {
        const calendar = own ? county : national;
        let day = new Date(`${from}T00:00:00Z`);
        for (let left = n; left > 0;) {
          day = new Date(day.getTime() + 86_400_000);
          if (oracle(day.toISOString().slice(0, 10), own)) left -= 1;
        }
        const expected = day.toISOString().slice(0, 10);
        const result = addWorkingDays(calendar, from, n);
        if (expected >= '2027') return expect(result).toEqual({ missingYear: 2027 });
        expect(result).toEqual({ on: expected, tentative: false });
        expect(workingDaysBetween(calendar, from, expected)).toEqual({ days: n, tentative: false });
        expect(workingDaysBetween(calendar, expected, from)).toEqual({ days: -n, tentative: false });
        const rolled = rollForward(calendar, from);
        expect(rolled).toEqual({ on: oracle(from, own) ? from : on(addWorkingDays(calendar, from, 1)), tentative: false });
      }),
      { numRuns: 2_500 },
    );
  });
});

describe('a table as it is loaded', () => {
  test.each([
    ['a range that ends before it starts', { off: [{ name: '国庆节', from: '2026-10-07', to: '2026-10-01' }] }],
    ['a day of another year', { off: [{ name: '国庆节', from: '2027-10-01', to: '2027-10-07' }] }],
    ['a day both off and made up', { makeUp: [{ name: '国庆节', on: '2026-10-07' }] }],
    ['a date that does not exist', { makeUp: [{ name: '国庆节', on: '2026-02-30' }] }],
  ])('is refused with %s', (_, fault) => expect(calendarTable.safeParse({ ...year2026, ...fault }).success).toBe(false));

  test('is taken when sound', () => expect(calendarTable.parse(year2026)).toEqual(year2026));
});
