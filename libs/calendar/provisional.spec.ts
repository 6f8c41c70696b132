import { isMissingYear, isWorkingDay, makeCalendar } from '../domain/calendar.ts';
import { addDays, weekdayOf } from '../domain/dates.ts';
import { calendarTable } from '../domain/calendar.ts';
import { provisionalTable } from './provisional.ts';

const offDays = (year: number) =>
  provisionalTable(year).off.map(({ name, from, to }) => (from === to ? `${name} ${from}` : `${name} ${from}–${to}`));

describe('a provisional table', () => {
  test('has the thirteen days of the law for 2027', () => {
    expect(offDays(2027)).toEqual([
      '元旦 2027-01-01',
      '春节 2027-02-05–2027-02-08',
      '清明节 2027-04-05',
      '劳动节 2027-05-01–2027-05-02',
      '端午节 2027-06-09',
      '中秋节 2027-09-15',
      '国庆节 2027-10-01–2027-10-03',
    ]);
  });

  // Lunar dates as the State Council's notices of those years have them.
  test.each([
    [2025, '2025-01-28', '2025-04-04', '2025-05-31', '2025-10-06'],
    [2026, '2026-02-16', '2026-04-05', '2026-06-19', '2026-09-25'],
  ])('%i: 除夕 %s, 清明 %s, 端午 %s, 中秋 %s', (year, eve, qingming, dragonBoat, midAutumn) => {
    const from = Object.fromEntries(provisionalTable(year).off.map((days) => [days.name, days.from]));
    expect(from).toMatchObject({ 春节: eve, 清明节: qingming, 端午节: dragonBoat, 中秋节: midAutumn });
  });

  test('is sound, marked, and has no make-up days in any year to come', () => {
    for (let year = 2027; year <= 2050; year += 1) {
      const table = provisionalTable(year);
      expect(calendarTable.parse(table)).toEqual(table);
      expect(table.official).toBe(false);
      const calendar = makeCalendar([table]);
      for (let on = `${year}-01-01`; on <= `${year}-12-31`; on = addDays(on, 1)) {
        const day = isWorkingDay(calendar, on);
        if (isMissingYear(day)) throw new Error(on);
        expect(day.tentative).toBe(true);
        if (weekdayOf(on) > 5) expect(day.working).toBe(false);
      }
    }
  });
});
