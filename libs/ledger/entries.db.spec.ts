import { randomUUID } from 'node:crypto';
import { freshDatabase, type TestDatabase } from '../../test/support/database.ts';
import { appendMany } from './append.ts';
import { entriesPage, type EntriesQuery } from './entries.ts';
import type { Act } from './entry.ts';

let database: TestDatabase;
afterAll(() => database.close());

const [officer, other] = [randomUUID(), randomUUID()];
const [worker, colleague] = [randomUUID(), randomUUID()];
const [caseA, caseB] = [randomUUID(), randomUUID()];
const day = (n: number) => new Date(Date.UTC(2026, 10, n));

beforeAll(async () => {
  database = await freshDatabase();
  const { db } = database;
  await db.account.createMany({
    data: [
      { id: officer, userName: 'officer', displayName: '田晓梅' },
      { id: other, userName: 'other', displayName: '龙建华' },
    ],
  });
  const person = { sex: 'female', bornOn: day(1), idNoMasked: '****', idNoCipher: Buffer.alloc(1) };
  await db.person.createMany({
    data: [
      { ...person, id: worker, staffNo: 'E00412', name: '杨秀英', idNoIndex: 'a' },
      { ...person, id: colleague, staffNo: 'E00413', name: '杨_胜', idNoIndex: 'b' },
    ],
  });
  const act = (n: number, more: Partial<Act> & Pick<Act, 'chain' | 'verb'>): Act => ({
    accepted: true,
    at: day(n),
    actor: { accountId: officer },
    ...more,
  });
  await db.$transaction(async (tx) => {
    for (const entry of [
      act(1, { chain: `case:${caseA}`, verb: 'start', caseId: caseA, personId: worker }),
      act(2, { chain: `case:${caseA}`, verb: 'answer', caseId: caseA, personId: worker, before: { grade: 18 }, after: { grade: 17 } }),
      act(3, { chain: `case:${caseB}`, verb: 'start', caseId: caseB, personId: colleague }),
      act(4, { chain: `case:${caseB}`, verb: 'answer', caseId: caseB, personId: colleague, accepted: false, actor: { accountId: other } }),
      act(5, { chain: `person:${worker}`, verb: 'view-record', personId: worker, actor: { accountId: other } }),
      act(6, { chain: 'system', verb: 'calendar-change', actor: null }),
    ]) {
      await appendMany(tx, [entry]);
    }
  });
});

const days = async (query: Partial<EntriesQuery>) =>
  (await entriesPage(database.db, { limit: 50, ...query })).items.map(({ at }) => at.getUTCDate());

test.each<[string, Partial<EntriesQuery>, number[]]>([
  ['everything, newest first', {}, [6, 5, 4, 3, 2, 1]],
  ['a case', { caseId: caseA }, [2, 1]],
  ['a person, in cases and outside', { personId: worker }, [5, 2, 1]],
  ['an officer', { accountId: other }, [5, 4]],
  ['a verb', { verb: 'answer' }, [4, 2]],
  ['refusals', { accepted: false }, [4]],
  ['a verb, accepted', { verb: 'answer', accepted: true }, [2]],
  ['from a day on', { from: day(5) }, [6, 5]],
  ['up to a day, not included', { to: day(3) }, [2, 1]],
  ['a person by part of the name', { q: '秀英' }, [5, 2, 1]],
  ['a person by staff number, in any case of letters', { q: 'e00413' }, [4, 3]],
  ['an officer by name', { q: '龙建华' }, [5, 4]],
  ['a name with a character that SQL reads as any', { q: '杨_' }, [4, 3]],
  ['nobody of that name', { q: '无此人' }, []],
])('%s', async (_, query, expected) => {
  expect(await days(query)).toEqual(expected);
});

test('pages join without a gap and end', async () => {
  const seen: number[] = [];
  let before: string | null | undefined;
  do {
    const page = await entriesPage(database.db, { limit: 4, ...(before && { before }) });
    seen.push(...page.items.map(({ at }) => at.getUTCDate()));
    before = page.next;
  } while (before);
  expect(seen).toEqual([6, 5, 4, 3, 2, 1]);
});

test('a row names people and shows what was before and after', async () => {
  const [row] = (await entriesPage(database.db, { limit: 1, verb: 'answer', accepted: true })).items;
  expect(row).toMatchObject({
    account: { id: officer, name: '田晓梅' },
    person: { id: worker, name: '杨秀英', staffNo: 'E00412' },
    case: { id: caseA },
    act: { before: { grade: 18 }, after: { grade: 17 } },
    sealNo: null,
  });
});
