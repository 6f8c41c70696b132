import { freshDatabase, type TestDatabase } from '../../test/support/database.ts';
import { seedReference } from '../../prisma/seed/reference.ts';
import type { Employment } from '../domain/person.ts';
import { addFirstFacts, type NewFact } from './facts.ts';
import { peoplePage, type PeopleQuery } from './page.ts';
import { addPeople, peopleByIdNumber, personAsOf, revealIdNumber } from './people.ts';
import { formal, idNumber, keys, newPerson, onProbation, placed } from './people.fixture.ts';

let testing: TestDatabase;
let ids: string[];
const at = new Date('2026-06-01T02:00:00Z');
const employed = (personId: string | undefined, unitCode: string, value: Employment): NewFact => ({
  personId: personId ?? '',
  kind: 'employment',
  fromOn: value.joinedOn,
  value,
  unitCode,
  ground: 'import:1',
});

beforeAll(async () => {
  testing = await freshDatabase();
  await seedReference(testing.db);
  const communityOf = async (street: string) =>
    (await testing.db.unit.findFirst({ where: { parentCode: street }, orderBy: { code: 'asc' } }))?.code ?? '';
  const [northGate, elsewhere] = [await communityOf('520602002'), await communityOf('520603001')];
  await testing.db.$transaction(async (tx) => {
    const people = [newPerson(1), newPerson(2, { name: '石明远', education: null }), newPerson(3, { name: '向_50%' })];
    ids = (await addPeople(tx, keys, people, at)).map(({ id }) => id);
    const contract = {
      kind: 'LABOUR' as const,
      startsOn: '2026-06-01',
      endsOn: '2029-05-31',
      probationMonths: 6,
      probationEndsOn: '2026-11-30',
    };
    await addFirstFacts(
      tx,
      [
        employed(ids[0], northGate, onProbation),
        employed(ids[1], elsewhere, { ...formal, joinedOn: '2020-01-01' }),
        employed(ids[2], northGate, { ...formal, joinedOn: '2026-09-01' }),
        { personId: ids[0] ?? '', kind: 'contract', fromOn: '2026-06-01', toOn: '2029-05-31', value: contract, ground: 'import:1' },
        { personId: ids[0] ?? '', kind: 'post-grade-step', fromOn: '2026-06-01', value: placed, ground: 'import:1', assumed: true },
      ],
      at,
    );
  });
});
afterAll(() => testing.close());

const page = (query: Partial<PeopleQuery>) => peoplePage(testing.db, { unitPath: '5206/', on: '2026-11-24', limit: 20, ...query });
const names = async (query: Partial<PeopleQuery>) => (await page(query)).items.map(({ name }) => name);

describe('the roster', () => {
  test('a line says who, where, as what, and until when on probation', async () => {
    const { items } = await page({ unitPath: '5206/520602/', limit: 1 });
    expect(items[0]).toMatchObject({
      staffNo: 'E00001',
      name: '向文君',
      age: 34,
      county: '碧江区',
      street: '环北街道',
      postTitle: '社区专职工作人员',
      post: 5,
      gradeLabel: '五岗二级一档',
      status: 'probation',
      joinedOn: '2026-06-01',
      probationEndsOn: '2026-11-30',
    });
    expect(items[0]?.community).toMatch(/社区$/);
  });

  test('shows those whose unit is asked for, on the day that is asked for', async () => {
    expect(await names({})).toEqual(['向文君', '石明远', '向_50%']);
    expect(await names({ unitPath: '5206/520603/' })).toEqual(['石明远']);
    expect(await names({ unitPath: '5206/520602/', on: '2026-08-31' })).toEqual(['向文君']);
    expect(await names({ on: '2020-06-01' })).toEqual(['石明远']);
    expect(await names({ unitPath: '4419/' })).toEqual([]);
  });

  test('is searched by part of a name, a staff number or a community, wildcards taken as written', async () => {
    expect(await names({ q: '文君' })).toEqual(['向文君']);
    expect(await names({ q: 'e00002' })).toEqual(['石明远']);
    expect(await names({ q: '%' })).toEqual(['向_50%']);
    expect(await names({ q: '_' })).toEqual(['向_50%']);
    const community = (await page({ q: '石明远' })).items[0]?.community ?? '';
    expect(await names({ q: community.slice(0, 2) })).toContain('石明远');
    expect(await names({ q: "'; DROP TABLE person; --" })).toEqual([]);
  });

  test('is turned page by page without a gap or a repetition', async () => {
    const first = await page({ limit: 2 });
    const second = await page({ limit: 2, after: first.next ?? '' });
    expect([...first.items, ...second.items].map(({ staffNo }) => staffNo)).toEqual(['E00001', 'E00002', 'E00003']);
    expect(second.next).toBeNull();
    expect((await page({ limit: 3 })).next).toBeNull();
  });

  test('is narrowed by status', async () => {
    expect(await names({ status: 'probation' })).toEqual(['向文君']);
    expect(await names({ status: 'ended' })).toEqual([]);
  });
});

describe('a person', () => {
  test('stands with their units and facts, without any ID number', async () => {
    const person = await personAsOf(testing.db, ids[0] ?? '', '2026-11-24');
    expect(person?.units.map(({ name }) => name).slice(0, 3)).toEqual(['铜仁市', '碧江区', '环北街道']);
    expect(Object.keys(person?.inForce ?? {}).sort()).toEqual(['contract', 'employment', 'post-grade-step']);
    expect(person?.inForce['post-grade-step']?.assumed).toBe(true);
    expect(person).not.toHaveProperty('idNoCipher');
    expect(JSON.stringify(person)).not.toContain(idNumber(1));
    expect(await personAsOf(testing.db, '00000000-0000-4000-8000-000000000000', '2026-11-24')).toBeNull();
  });

  test('their ID number is not in the table, is revealed by key and found by index', async () => {
    const rows = await testing.db.$queryRaw<{ row: string }[]>`SELECT p::text || encode(p.id_no_cipher, 'escape') AS row FROM person p`;
    for (const { row } of rows) expect(row).not.toMatch(/520690\d{11}/);
    expect(await revealIdNumber(testing.db, keys, ids[0] ?? '')).toBe(idNumber(1));
    expect(await revealIdNumber(testing.db, keys, '00000000-0000-4000-8000-000000000000')).toMatchObject({ refused: 'NotFound' });
    const found = await peopleByIdNumber(testing.db, keys, [idNumber(2), idNumber(9)]);
    expect([...found.entries()]).toEqual([[idNumber(2), { id: ids[1], staffNo: 'E00002', name: '石明远' }]]);
  });

  test('the same ID number is not put on record twice', async () => {
    const again = testing.db.$transaction((tx) => addPeople(tx, keys, [newPerson(1, { name: '别名' })], at));
    await expect(again).rejects.toThrow('id_no_index');
    expect(await testing.db.person.count({ where: { name: '别名' } })).toBe(0);
  });

  test('staff numbers run on behind the highest, and two at once do not meet', async () => {
    const added = await Promise.all(
      [20, 30].map((n) => testing.db.$transaction((tx) => addPeople(tx, keys, [newPerson(n), newPerson(n + 1)], at))),
    );
    expect(
      added
        .flat()
        .map(({ staffNo }) => staffNo)
        .sort(),
    ).toEqual(['E00004', 'E00005', 'E00006', 'E00007']);
  });
});
