import ExcelJS from 'exceljs';
import { seedReference } from '../../prisma/seed/reference.ts';
import { freshDatabase, type TestDatabase } from '../../test/support/database.ts';
import { catalogue } from '../../workflows/catalogue.ts';
import { instantOf, toDateColumn } from '../domain/dates.ts';
import type { Actor, Role } from '../domain/roles.ts';
import { addFirstFacts } from '../people/facts.ts';
import { addPeople } from '../people/people.ts';
import { formal, idNumber, keys, newPerson, placed } from '../people/people.fixture.ts';
import { deedsOf } from './deeds.ts';
import { overdueAt } from './overdue.ts';
import { ratingsOf } from './ratings.ts';
import { reportScope, type ReportScope } from './scope.ts';
import { reportSheets } from './sheets.ts';
import { teamOn } from './team.ts';
import { timesOf } from './times.ts';
import { reportWorkbook } from './workbook.ts';

const at = instantOf('2026-10-12', '10:00');
let testing: TestDatabase;
let street: ReportScope;
let county: ReportScope;
let community: { code: string; name: string };

const people = [
  // 29 until the next day, 30, 50, and one of another county
  { bornOn: '1996-10-13', education: '本科', rating: 'excellent' },
  { bornOn: '1996-10-12', education: '高中及以下', rating: 'failed' },
  { bornOn: '1976-01-01', education: '大专', rating: 'competent' },
  { bornOn: '1986-01-01', education: '本科', rating: 'competent' },
] as const;

beforeAll(async () => {
  testing = await freshDatabase();
  const { db } = testing;
  await seedReference(db);
  const select = { code: true, name: true, path: true };
  street = await db.unit.findUniqueOrThrow({ where: { code: '520602002' }, select });
  county = await db.unit.findUniqueOrThrow({ where: { code: '520602' }, select });
  community = await db.unit.findFirstOrThrow({ where: { parentCode: street.code }, orderBy: { code: 'asc' }, select });
  const elsewhere = await db.unit.findFirstOrThrow({ where: { level: 'community', path: { contains: '/520603/' } } });
  await db.$transaction(async (tx) => {
    const made = await addPeople(
      tx,
      keys,
      people.map(({ bornOn, education }, n) => newPerson(n, { bornOn, education, idNo: idNumber(n, bornOn) })),
      at,
    );
    for (const [n, { id: personId }] of made.entries()) {
      const fact = { personId, unitCode: n === 3 ? elsewhere.code : community.code, ground: 'import:1', toOn: null };
      const rating = { year: 2025, rating: people[n]!.rating };
      await addFirstFacts(
        tx,
        [
          { ...fact, kind: 'employment', fromOn: '2020-01-05', value: { ...formal, joinedOn: '2020-01-05' } },
          { ...fact, kind: 'rating', fromOn: '2025-01-01', toOn: '2025-12-31', unitCode: null, value: rating },
          ...(n === 0 ? [{ ...fact, kind: 'post-grade-step' as const, fromOn: '2021-01-01', unitCode: null, value: placed }] : []),
        ],
        at,
      );
    }
  });
});
afterAll(() => testing.close());

const actor = (role: Role, unit: { code: string; name: string; path: string }): Actor => ({
  accountId: '00000000-0000-4000-8000-000000000001',
  personId: null,
  name: '甲',
  posts: [{ role, unitCode: unit.code, unitName: unit.name, unitPath: unit.path, title: null }],
  standsInFor: [],
});

test('a report is of one’s own units and below', async () => {
  const roles = ['STREET_HR', 'COUNTY_ORG'] as const;
  expect(await reportScope(testing.db, actor('STREET_HR', street), roles)).toEqual(street);
  expect(await reportScope(testing.db, actor('STREET_HR', street), roles, community.code)).toMatchObject({ code: community.code });
  expect(await reportScope(testing.db, actor('STREET_HR', street), roles, county.code)).toMatchObject({ refused: 'NotInYourUnits' });
  expect(await reportScope(testing.db, actor('WORKER', street), roles)).toMatchObject({ refused: 'NotInYourUnits' });
  expect(await reportScope(testing.db, actor('COUNTY_ORG', county), roles, '520603')).toMatchObject({ refused: 'NotInYourUnits' });
});

test('ages are full years on the day: a birthday counts from its own day', async () => {
  const team = await teamOn(testing.db, county, '2026-10-12');
  expect(team).toMatchObject({ headcount: 3, meanAge: 36.3, college: 6667 });
  expect(team.ages.map(({ count }) => count)).toEqual([1, 1, 0, 1]);
  expect((await teamOn(testing.db, county, '2026-10-11')).ages.map(({ count }) => count)).toEqual([2, 0, 0, 1]);
  expect(team.educations).toEqual([
    { education: '高中及以下', count: 1 },
    { education: '大专', count: 1 },
    { education: '本科', count: 1 },
  ]);
  expect(team.posts).toEqual([
    { post: 5, count: 1 },
    { post: null, count: 2 },
  ]);
  expect(team.units).toEqual([{ code: street.code, name: street.name, headcount: 3, meanAge: 36.3, college: 6667 }]);
  expect(await teamOn(testing.db, county, '2019-12-31')).toMatchObject({ headcount: 0, meanAge: null, college: null, units: [] });
});

test('ratings are counted where people were at the year’s end', async () => {
  expect(await ratingsOf(testing.db, county)).toEqual({
    year: 2025,
    years: [2025],
    counts: { excellent: 1, failed: 1, competent: 1 },
    units: [{ code: street.code, name: street.name, counts: { excellent: 1, failed: 1, competent: 1 } }],
  });
  expect(await ratingsOf(testing.db, county, 2024)).toMatchObject({ year: 2024, counts: {}, units: [] });
});

interface Past {
  from: string;
  to: string | null;
  ending?: string;
  outcome?: string;
  unitCode?: string;
  hold?: [from: string, to: string];
}
let made = 0;
/** A case with one stage that lasted as long as it did, or that still waits at a desk. */
async function past({ from, to, ending, outcome = 'confirmed', unitCode = community.code, hold }: Past): Promise<void> {
  made += 1;
  const [startedAt, endedAt] = [instantOf(from, '10:00'), to && instantOf(to, '16:00')];
  const { id } = await testing.db.case.create({
    data: {
      caseNo: `试用-${made}`,
      process: 'probation',
      naturalKey: String(made),
      run: 1,
      title: `试用 ${made}`,
      unitCode,
      status: endedAt ? 'ended' : 'running',
      outcome: endedAt ? outcome : null,
      ending: ending ?? null,
      startedAt,
      endedAt,
      input: {},
      pinned: {},
    },
  });
  await testing.db.stageRun.create({
    data: {
      caseId: id,
      stage: 'street',
      round: 1,
      seq: 1,
      openedAt: startedAt,
      dueAt: instantOf('2026-10-10', '17:30'),
      status: endedAt ? 'closed' : 'open',
      closedAt: endedAt,
    },
  });
  if (hold)
    await testing.db.hold.create({
      data: {
        caseId: id,
        reason: '等待',
        documentNo: '1',
        byId: '00000000-0000-4000-8000-000000000001',
        fromAt: instantOf(hold[0], '09:00'),
        toAt: instantOf(hold[1], '09:00'),
      },
    });
  if (!endedAt)
    await testing.db.task.create({
      data: {
        caseId: id,
        process: 'probation',
        stage: 'street',
        round: 1,
        status: 'open',
        audienceRole: 'STREET_HR',
        audienceUnit: street.code,
        openedAt: startedAt,
        dueAt: instantOf('2026-10-10', '17:30'),
      },
    });
}

test('working days from start to end: rest days and days held are not counted', async () => {
  // 29, 30 September, then 8, 9 and the working Saturday 10 October: five; held on 8 October for two of them: three
  await past({ from: '2026-09-28', to: '2026-10-10' });
  await past({ from: '2026-09-28', to: '2026-10-10', hold: ['2026-10-08', '2026-10-10'] });
  await past({ from: '2026-10-09', to: '2026-10-09' });
  await past({ from: '2026-09-28', to: '2026-10-10', ending: 'withdrawn', outcome: 'withdrawn' });
  await past({ from: '2026-09-28', to: '2026-10-10', unitCode: '520603' });
  await past({ from: '2026-09-28', to: null });
  const period = { from: '2026-10-01', to: '2026-10-12' };
  const all = { count: 3, p50: 3, p90: 5 };
  expect(await timesOf(testing.db, county, period)).toEqual({
    missingYear: null,
    processes: [{ process: 'probation', ...all, stages: [{ stage: 'street', ...all }] }],
  });
  expect((await timesOf(testing.db, county, { ...period, from: '2026-10-10' })).processes[0]).toMatchObject({ count: 2, p50: 3 });
  expect(await timesOf(testing.db, county, { from: '2026-01-01', to: '2026-09-30' })).toEqual({ missingYear: null, processes: [] });
});

test('what waits beyond its due moment is counted at its desk', async () => {
  const desk = { unit: { code: street.code, name: street.name }, role: 'STREET_HR', open: 1 };
  const due = instantOf('2026-10-10', '17:30');
  expect(await overdueAt(testing.db, county, at)).toEqual([{ ...desk, overdue: 1, oldestDueAt: due }]);
  expect(await overdueAt(testing.db, county, due)).toEqual([{ ...desk, overdue: 0, oldestDueAt: null }]);
});

test('figures are told with their source, and only where there is something to count', async () => {
  const deeds = await deedsOf(testing.db, catalogue, county, '2026-10-12');
  expect(deeds.map(({ key, value }) => [key, value])).toEqual([
    ['ended/probation', 3],
    ['headcount', 3],
    ['meanAge', 36.3],
    ['college', 66.67],
  ]);
  expect(deeds[0]!.from).toContain('试用');
  const residents = { countyCode: county.code, source: '统计公报', recordedById: '00000000-0000-4000-8000-000000000001', recordedAt: at };
  await testing.db.residentFigure.createMany({
    data: [
      { ...residents, asOf: toDateColumn('2025-12-31'), residents: 3_000 },
      { ...residents, asOf: toDateColumn('2026-06-30'), residents: 2_000 },
    ],
  });
  const staffing = (await deedsOf(testing.db, catalogue, county, '2026-10-12')).find(({ key }) => key === 'staffing');
  expect(staffing).toMatchObject({ value: 15, before: { value: 10, on: '2025-12-31' } });
});

test('a year without a calendar is said, and nothing is computed from it', async () => {
  await past({ from: '2023-12-28', to: '2026-10-12' });
  expect(await timesOf(testing.db, county, { from: '2026-10-12', to: '2026-10-12' })).toEqual({ missingYear: 2023, processes: [] });
});

test('the workbook has a sheet for each report', async () => {
  const sheets = await reportSheets(testing.db, catalogue, county, { on: '2026-10-12', from: '2026-10-01', to: '2026-10-11', at });
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load((await reportWorkbook(sheets)).buffer as ArrayBuffer);
  expect(workbook.worksheets.map(({ name }) => name)).toEqual(['队伍结构', '办理用时', '超期', '考核等次', '选育护用']);
  const [team, times] = workbook.worksheets;
  expect(team!.getRow(4).values).toEqual([undefined, '合计', 3, 36.3, 66.67]);
  expect(times!.getRow(4).values).toEqual([undefined, catalogue.probation!.title, catalogue.probation!.stages.street!.title, 3, 3, 5]);
});
