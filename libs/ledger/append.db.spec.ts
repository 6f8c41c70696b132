import { randomUUID } from 'node:crypto';
import { freshDatabase, type TestDatabase } from '../../test/support/database.ts';
import { append, appendMany } from './append.ts';
import { bodyOf, entryHash, GENESIS, type Act } from './entry.ts';

let database: TestDatabase;
beforeAll(async () => (database = await freshDatabase()));
afterAll(() => database.close());

const at = new Date('2026-11-24T01:00:00.123Z');
const newCase = () => randomUUID();
const act = (caseId: string, more: Partial<Act> = {}): Act => ({
  chain: `case:${caseId}`,
  verb: 'answer',
  accepted: true,
  at,
  actor: { accountId: '0d9f6a40-8a1e-4a53-9a0e-7a3e5d6b0001', posts: [{ role: 'STREET_HR', unitCode: '520602001', title: '党建办干事' }] },
  caseId,
  ...more,
});
const entriesOf = (chain: string) => database.db.ledgerEntry.findMany({ where: { chain }, orderBy: { seq: 'asc' } });

test('an act is kept as canonical JSON, with its columns, and its hash follows from body, place and predecessor', async () => {
  const caseId = newCase();
  const first = act(caseId, { after: { 意见: '同意', b: 2, a: [1, null] }, round: 1 });
  const second = act(caseId, { verb: 'return', accepted: false, refusal: { code: 'TaskNotOpen', params: {} } });
  await database.db.$transaction(async (tx) => {
    await append(tx, first);
    await append(tx, second);
  });

  const [one, two] = await entriesOf(`case:${caseId}`);
  expect(one!.body).toBe(bodyOf(first));
  expect(one!.body).toContain('"after":{"a":[1,null],"b":2,"意见":"同意"}');
  expect(JSON.parse(one!.body)).toMatchObject({ v: 1, chain: `case:${caseId}`, at: '2026-11-24T01:00:00.123Z', round: 1 });
  expect(one).toMatchObject({ seq: 1, verb: 'answer', accepted: true, at, caseId, personId: null, accountId: first.actor!.accountId });
  expect(two).toMatchObject({ seq: 2, verb: 'return', accepted: false });
  expect(Buffer.from(one!.hash)).toEqual(entryHash(GENESIS, 1, one!.body));
  expect(Buffer.from(two!.hash)).toEqual(entryHash(one!.hash, 2, two!.body));
});

test('a transaction that fails leaves no entry, no head and nothing to seal', async () => {
  const caseId = newCase();
  const waiting = await database.db.ledgerUnsealed.count();
  const failing = database.db.$transaction(async (tx) => {
    await append(tx, act(caseId));
    throw new Error('the act failed');
  });
  await expect(failing).rejects.toThrow('the act failed');
  expect(await entriesOf(`case:${caseId}`)).toEqual([]);
  expect(await database.db.ledgerChain.findUnique({ where: { chain: `case:${caseId}` } })).toBeNull();
  expect(await database.db.ledgerUnsealed.count()).toBe(waiting);
});

test('many at once come back in the order given, each chain counted by itself', async () => {
  const [a, b] = [newCase(), newCase()].sort() as [string, string];
  const acts = [act(b), act(a), act(b, { verb: 'second' }), { ...act(a), chain: 'system' as const, actor: null }];
  const places = await database.db.$transaction((tx) => appendMany(tx, acts));
  expect(places.map(({ chain, seq }) => [chain, seq])).toEqual([
    [`case:${b}`, 1],
    [`case:${a}`, 1],
    [`case:${b}`, 2],
    ['system', 1],
  ]);
  const kept = await database.db.ledgerEntry.findMany({ where: { id: { in: places.map(({ id }) => id) } } });
  for (const [i, place] of places.entries()) expect(kept.find(({ id }) => id === place.id)!.body).toBe(bodyOf(acts[i]!));
  expect(kept.find(({ chain }) => chain === 'system')!.accountId).toBeNull();
});

test('forty transactions on one chain serialise: no number twice, none left out, each linked to the one before', async () => {
  const caseId = newCase();
  await Promise.all(Array.from({ length: 40 }, (_, i) => database.db.$transaction((tx) => append(tx, act(caseId, { detail: { i } })))));
  const entries = await entriesOf(`case:${caseId}`);
  expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
  let prev: Uint8Array = GENESIS;
  for (const entry of entries) {
    expect(Buffer.from(entry.prevHash)).toEqual(Buffer.from(prev));
    expect(Buffer.from(entry.hash)).toEqual(entryHash(prev, entry.seq, entry.body));
    prev = entry.hash;
  }
});

test('transactions that share two chains wait for each other and never deadlock', async () => {
  const [a, b] = [newCase(), newCase()];
  const pairs = Array.from({ length: 30 }, (_, i) => (i % 2 ? [act(a), act(b)] : [act(b), act(a)]));
  await Promise.all(pairs.map((acts) => database.db.$transaction((tx) => appendMany(tx, acts))));
  expect(await entriesOf(`case:${a}`)).toHaveLength(30);
  expect(await entriesOf(`case:${b}`)).toHaveLength(30);
});

test('a value that JSON cannot hold fails the act', async () => {
  const caseId = newCase();
  await expect(database.db.$transaction((tx) => append(tx, act(caseId, { after: { score: Number.NaN } })))).rejects.toThrow();
  expect(await entriesOf(`case:${caseId}`)).toEqual([]);
});

describe('nobody changes what was written, the owner of the tables not either', () => {
  beforeAll(() => database.db.$transaction((tx) => append(tx, act(newCase()))));

  test.each([
    `UPDATE ledger_entry SET verb = 'x'`,
    `DELETE FROM ledger_entry`,
    `TRUNCATE ledger_entry`,
    `UPDATE ledger_seal SET count = 0`,
    `DELETE FROM ledger_seal`,
    `TRUNCATE ledger_seal`,
    `UPDATE ledger_seal_item SET position = 0`,
    `DELETE FROM ledger_seal_item`,
    `TRUNCATE ledger_seal_item`,
    `DELETE FROM ledger_chain`,
    `TRUNCATE ledger_chain`,
  ])('%s', async (sql) => {
    await expect(database.db.$executeRawUnsafe(sql)).rejects.toThrow('append-only');
  });

  test('nor under session_replication_role = replica', async () => {
    const attempt = database.db.$transaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
      await tx.$executeRaw`DELETE FROM ledger_entry`;
    });
    await expect(attempt).rejects.toThrow('append-only');
  });
});
