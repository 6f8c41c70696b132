import { seedReference } from '../../prisma/seed/reference.ts';
import { freshDatabase, type TestDatabase } from '../../test/support/database.ts';
import { toDateColumn } from '../domain/dates.ts';
import { addFirstFacts } from './facts.ts';
import { addPeople } from './people.ts';
import { formal, keys, newPerson } from './people.fixture.ts';
import { registerResidents, staffingOn } from './staffing.ts';

const at = new Date('2026-06-01T02:00:00Z');
const by = {
  actor: { accountId: '00000000-0000-4000-8000-000000000001', personId: null, name: '甲', posts: [], standsInFor: [] },
  at,
  origin: 'test',
};
let testing: TestDatabase;

beforeAll(async () => {
  testing = await freshDatabase();
  await seedReference(testing.db);
  const { code: community } = await testing.db.unit.findFirstOrThrow({ where: { parentCode: '520602002' }, orderBy: { code: 'asc' } });
  await testing.db.$transaction(async (tx) => {
    const people = await addPeople(tx, keys, [newPerson(1), newPerson(2), newPerson(3)], at);
    await addFirstFacts(
      tx,
      people.map(({ id }, i) => ({
        personId: id,
        kind: 'employment' as const,
        fromOn: '2026-01-05',
        // the third has left at the end of May
        toOn: i === 2 ? '2026-05-31' : null,
        value: { ...formal, joinedOn: '2026-01-05' },
        unitCode: community,
        ground: 'import:1',
      })),
      at,
    );
  });
});
afterAll(() => testing.close());

const register = (county: string, asOf: string, residents: number) =>
  testing.db.$transaction((tx) => registerResidents(tx, by, { county, asOf, residents, source: '统计公报' }));
const bijiang = async (on: string) => (await staffingOn(testing.db, on)).counties.find(({ code }) => code === '520602')!;

test('every county of the city stands in the list, with the people who are at work on the day', async () => {
  const { counties, all, standard, assumed } = await staffingOn(testing.db, '2026-06-01');
  expect(counties).toHaveLength(10);
  expect([standard.per10000, assumed]).toEqual([18, false]);
  expect(await bijiang('2026-05-31')).toMatchObject({ headcount: 3 });
  expect(await bijiang('2026-06-01')).toMatchObject({ headcount: 2, residents: null, required: null, gap: null, ratio: null });
  expect(all).toMatchObject({ headcount: 2, residents: null, gap: null });
});

test('a figure counts from its day; a correction of the same day takes its place and keeps it', async () => {
  expect(await register('520602', '2026-12-31', 1)).toMatchObject({ refused: 'FigureAhead' });
  await register('520602', '2025-12-31', 9_000);
  await register('520602', '2026-03-31', 20_000);
  await register('520602', '2026-03-31', 10_000);
  expect(await bijiang('2026-03-30')).toMatchObject({ residents: 9_000, asOf: '2025-12-31', required: 17, headcount: 3, gap: 14 });
  expect(await bijiang('2026-06-01')).toMatchObject({ residents: 10_000, required: 18, gap: 16, ratio: 200, source: '统计公报' });
  const kept = await testing.db.residentFigure.findMany({ where: { asOf: toDateColumn('2026-03-31') }, orderBy: { residents: 'asc' } });
  expect(kept.map(({ residents, endedAt }) => [residents, endedAt === null])).toEqual([
    [10_000, true],
    [20_000, false],
  ]);
  const entries = await testing.db.ledgerEntry.findMany({ where: { verb: 'staffing.residents' }, orderBy: { id: 'asc' } });
  expect(entries.map(({ body }) => (JSON.parse(body) as { after: { residents: number } }).after.residents)).toEqual([
    9_000, 20_000, 10_000,
  ]);
});

test('the city is added up once every county has its figure', async () => {
  const { counties } = await staffingOn(testing.db, '2026-06-01');
  for (const { code, residents } of counties) if (residents === null) await register(code, '2026-01-01', 10_000);
  expect((await staffingOn(testing.db, '2026-06-01')).all).toEqual({
    headcount: 2,
    residents: 100_000,
    required: 180,
    gap: 178,
    ratio: 20,
  });
});
