import { freshDatabase, type TestDatabase } from '../../test/support/database.ts';
import { addWorkingDays, isWorkingDay } from '../domain/calendar.ts';
import { festivals, year2025, year2026 } from '../domain/calendar.fixture.ts';
import { loadCalendar, putYear, readYear } from './calendar.ts';
import { provisionalTable } from './provisional.ts';

let testing: TestDatabase;
const at = new Date('2026-11-24T02:00:00Z');
beforeEach(async () => {
  testing = await freshDatabase();
});
afterEach(() => testing.close());

const put = (table: Parameters<typeof putYear>[1]) => testing.db.$transaction((tx) => putYear(tx, table, at));
const load = (county = '') => loadCalendar(testing.db, county);

describe('calendar tables', () => {
  test('an empty shelf counts nothing', async () => {
    expect(addWorkingDays(await load(), '2026-11-24', 1)).toEqual({ missingYear: 2026 });
  });

  test('a table counts from the moment it is put, and a county’s festivals for that county alone', async () => {
    expect(await put(year2025)).toMatchObject({ before: null, changed: true });
    await put(year2026);
    await put(festivals);
    expect(addWorkingDays(await load(), '2026-04-29', 5)).toEqual({ on: '2026-05-09', tentative: false });
    expect(addWorkingDays(await load('520628'), '2026-04-29', 5)).toEqual({ on: '2026-05-11', tentative: false });
    expect(addWorkingDays(await load('520602'), '2026-04-29', 5)).toEqual({ on: '2026-05-09', tentative: false });
  });

  test('a changed table is seen at the next read, an unchanged one is the same object', async () => {
    await put(year2026);
    const before = await load();
    expect(await load()).toBe(before);
    const declared = { ...year2026, makeUp: [...year2026.makeUp, { name: '国庆节', on: '2026-11-28' }] };
    expect(await put(declared)).toMatchObject({ before: year2026, changed: true, after: { version: 2 } });
    expect(isWorkingDay(await load(), '2026-11-28')).toMatchObject({ working: true });
    expect(isWorkingDay(before, '2026-11-28')).toMatchObject({ working: false });
  });

  test('a change rolled back leaves no trace, neither here nor in what is remembered', async () => {
    await put(year2026);
    await expect(
      testing.db.$transaction(async (tx) => {
        await putYear(tx, { ...year2026, makeUp: [{ name: '国庆节', on: '2026-11-28' }] }, at);
        expect(isWorkingDay(await loadCalendar(tx, ''), '2026-11-28')).toMatchObject({ working: true });
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    expect(isWorkingDay(await load(), '2026-11-28')).toMatchObject({ working: false });
    await put({ ...year2026, makeUp: [{ name: '国庆节', on: '2026-12-05' }] });
    expect(isWorkingDay(await load(), '2026-11-28')).toMatchObject({ working: false });
    expect(isWorkingDay(await load(), '2026-12-05')).toMatchObject({ working: true });
  });

  test('the official table takes the provisional one’s place, never the other way', async () => {
    await put(year2026);
    await put(provisionalTable(2027));
    expect(addWorkingDays(await load(), '2026-12-31', 1)).toEqual({ on: '2027-01-04', tentative: true });
    const official = { ...provisionalTable(2027), official: true, source: 'notice' };
    expect(await put(official)).toMatchObject({ before: { official: false }, after: { official: true, version: 2 } });
    expect(addWorkingDays(await load(), '2026-12-31', 1)).toEqual({ on: '2027-01-04', tentative: false });
    expect(await put(provisionalTable(2027))).toMatchObject({ refused: 'OfficialCalendarStands' });
    expect(await readYear(testing.db, 2027)).toMatchObject({ official: true, version: 2 });
  });

  test('the same table again is no change', async () => {
    await put(year2026);
    expect(await put(year2026)).toMatchObject({ changed: false, after: { version: 1 } });
  });

  test('an unsound table is refused with its fault', async () => {
    const verdict = await put({ ...year2026, makeUp: [{ name: '国庆节', on: '2026-10-07' }] });
    expect(verdict).toMatchObject({ refused: 'CalendarNotSound', params: { detail: '2026-10-07 既是放假日又是调休上班日' } });
    expect(await readYear(testing.db, 2026)).toBeNull();
  });
});
