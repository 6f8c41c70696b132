import { freshDatabase, type TestDatabase } from '../../test/support/database.ts';
import { loadCalendar, putYear } from '../../libs/calendar/calendar.ts';
import { addWorkingDays, allowance, isMissingYear, isWorkingDay } from '../../libs/domain/calendar.ts';
import { year2025, year2026 } from '../../libs/domain/calendar.fixture.ts';
import { addDays } from '../../libs/domain/dates.ts';
import { entryPolicy, payPolicy, rolePosts } from '../../libs/domain/post-grade.ts';
import { policyOn, putPolicy } from '../../libs/policies/policies.ts';
import { calendarYears } from './calendar-years.ts';
import { policies } from './policies.ts';
import { seedReference } from './reference.ts';
import { contract as probation } from '../../workflows/processes/probation/contract.ts';

let testing: TestDatabase;
beforeAll(async () => {
  testing = await freshDatabase();
  await seedReference(testing.db);
});
afterAll(() => testing.close());

describe('what the product starts with', () => {
  test('the units of both cities', async () => {
    expect(await testing.db.unit.groupBy({ by: ['level'], _count: true, orderBy: { level: 'asc' } })).toEqual([
      { level: 'city', _count: 2 },
      { level: 'community', _count: 335 + 253 },
      { level: 'county', _count: 10 },
      { level: 'street', _count: 181 + 36 },
    ]);
  });

  test('2025 and 2026 as the notices have them, 2027 provisional, 2028 not at all', async () => {
    const calendar = await loadCalendar(testing.db, '');
    expect(addWorkingDays(calendar, '2026-09-24', 5)).toEqual({ on: '2026-10-09', tentative: false });
    expect(addWorkingDays(calendar, '2027-02-04', 1)).toEqual({ on: '2027-02-09', tentative: true });
    expect(isWorkingDay(calendar, '2028-01-04')).toEqual({ missingYear: 2028 });
  });

  test('every day of the shipped tables agrees with a second typing of the notices', async () => {
    const calendar = await loadCalendar(testing.db, '');
    const typed = { tables: { 2025: year2025, 2026: year2026 }, overlay: {} };
    let working = 0;
    for (let on = '2025-01-01'; on <= '2026-12-31'; on = addDays(on, 1)) {
      expect([on, isWorkingDay(calendar, on)]).toEqual([on, isWorkingDay(typed, on)]);
      const day = isWorkingDay(calendar, on);
      if (!isMissingYear(day) && day.working) working += 1;
    }
    expect(working).toBe(248 + 248);
    expect(calendarYears.map(({ year, official }) => [year, official])).toEqual([
      [2025, true],
      [2026, true],
      [2027, false],
    ]);
  });

  test('policies that read as their rules want them, each with its source, defaults of ours marked', async () => {
    const valueOf = async (key: string) => (await policyOn(testing.db, key, '520602', '2026-11-24')).value;
    expect(entryPolicy.safeParse(await valueOf('postGrade.entry')).success).toBe(true);
    expect(payPolicy.safeParse(await valueOf('pay')).success).toBe(true);
    expect(rolePosts.safeParse(await valueOf('postGrade.roles')).success).toBe(true);
    expect(await valueOf('probation.reminders')).toEqual([30, 15, 7, 3]);
    for (const within of Object.values((await valueOf('probation.within')) as object))
      expect(allowance.safeParse(within).success).toBe(true);
    expect(policies.filter(({ source }) => !source)).toEqual([]);
    expect(policies.filter(({ assumed }) => !assumed).map(({ key }) => key)).toEqual(['probation.payShare', 'staffing.standard']);
  });

  test('the time allowed for each stage of probation is the one that its contract names', async () => {
    const { value } = await policyOn(testing.db, 'probation.within', '', '2026-11-24');
    const named = Object.fromEntries(Object.entries(probation.stages).map(([stage, { within }]) => [stage, within]));
    expect(value).toEqual(named);
  });

  test('every policy that the probation reads is there', async () => {
    for (const key of probation.policies) expect(policies.map((policy) => policy.key)).toContain(key);
  });

  test('seeding again keeps what people have changed since', async () => {
    const at = new Date('2026-11-24T02:00:00Z');
    const official = { ...year2026, year: 2027, source: 'notice', off: [], makeUp: [] };
    await testing.db.$transaction(async (tx) => {
      await putYear(tx, official, at);
      await putPolicy(tx, {
        key: 'probation.reviewBefore',
        unitCode: '',
        effectiveFrom: '2025-01-01',
        value: 45,
        assumed: false,
        source: 'x',
      });
    });
    await seedReference(testing.db);
    expect(isWorkingDay(await loadCalendar(testing.db, ''), '2027-02-05')).toEqual({ working: true, tentative: false });
    expect((await policyOn(testing.db, 'probation.reviewBefore', '', '2026-11-24')).value).toBe(45);
  });
});
