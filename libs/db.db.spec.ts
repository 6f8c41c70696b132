import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '../prisma/generated/client.ts';
import { freshDatabase, type TestDatabase } from '../test/support/database.ts';
import { createDb, Prisma, type Db, type Tx } from './db.ts';

let database: TestDatabase;
let db: Db;
let prisma: PrismaClient;

beforeAll(async () => {
  database = await freshDatabase({ connections: 4 });
  db = database.db;
  prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: database.url, max: 1, options: '-c TimeZone=UTC' }) });
});
afterAll(async () => {
  await prisma.$disconnect();
  await database.close();
});

const unit = (code: string) => ({ code, name: code, level: 'city', path: `${code}/`, validFrom: new Date('2000-01-01T00:00:00.000Z') });
const codes = async () => (await db.unit.findMany({ orderBy: { code: 'asc' } })).map(({ code }) => code);
afterEach(() => db.unit.deleteMany());

describe('raw statements have the values that Prisma has', () => {
  const at = new Date('2026-11-24T17:30:00.123Z');
  const summer = new Date('1988-06-01T00:00:00.000Z');
  const day = new Date('2026-11-24T00:00:00.000Z');
  test.each<[string, Prisma.Sql]>([
    ['whole numbers', Prisma.sql`SELECT 1::int AS a, 9007199254740993::bigint AS b, 2::smallint AS c, ${5}::int AS d, ${12n}::bigint AS e`],
    ['fractions', Prisma.sql`SELECT 1.5::float8 AS a, 12.30::numeric AS b, ${0.25}::float8 AS c`],
    [
      'instants',
      Prisma.sql`SELECT ${at}::timestamptz AS a, ${summer}::timestamptz AS b, '2026-11-24 01:02:03.456'::timestamp AS c, '1900-01-01T00:00:00+08:05:43'::timestamptz AS d`,
    ],
    ['days', Prisma.sql`SELECT ${day}::date AS a, '2026-02-28'::date AS b, ${'2026-11-24'}::date AS c`],
    ['texts and nothing', Prisma.sql`SELECT ${'苗圃'}::text AS a, ${null}::text AS b, ''::text AS c, true AS d, ${false}::boolean AS e`],
    ['identifiers', Prisma.sql`SELECT '6f2997e3-ebf1-4c09-be91-ffbb5a604027'::uuid AS a`],
    [
      'JSON',
      Prisma.sql`SELECT '{"a": [1, null, "x"]}'::jsonb AS a, 'null'::json AS b, ${JSON.stringify({ c: 1 })}::jsonb AS c, ${{ d: 2 }}::jsonb AS d`,
    ],
    ['bytes', Prisma.sql`SELECT '\\x00ff10'::bytea AS a, ${new Uint8Array([1, 2, 255])}::bytea AS b, ''::bytea AS c`],
    [
      'lists',
      Prisma.sql`SELECT ${['a', 'b"c', 'd,e']}::text[] AS a, ${[1, 2]}::int[] AS b, ${[1n, 2n]}::bigint[] AS c, ${[true, false]}::boolean[] AS d, '{}'::text[] AS e, array[null, 'x'] AS f`,
    ],
    ['lists of instants', Prisma.sql`SELECT ${[at.toISOString()]}::timestamptz[] AS a, '{2026-11-24,2000-02-29}'::date[] AS b`],
  ])('%s', async (_, query) => {
    const [ours] = await db.$queryRaw<object[]>(query);
    const [theirs] = await prisma.$queryRaw<object[]>(query);
    expect(ours).toStrictEqual(theirs);
  });

  test('instants in a list are written in UTC, not in the host’s zone', async () => {
    const [row] = await db.$queryRaw<{ at: string }[]>`SELECT (${[at]}::timestamptz[])[1] = ${at.toISOString()}::timestamptz AS at`;
    expect(row!.at).toBe(true);
  });

  test('parts of SQL are put in with their values in order', async () => {
    const part = Prisma.sql`${2}::int + ${3}::int`;
    expect(await db.$queryRaw`SELECT ${1}::int AS a, ${part} AS b, ${4}::int AS c`).toEqual([{ a: 1, b: 5, c: 4 }]);
  });

  test('a changing statement tells how many rows it changed', async () => {
    await db.unit.createMany({ data: [unit('1'), unit('2')] });
    expect(await db.$executeRaw`UPDATE unit SET name = ${'x'} WHERE code IN ('1', '2', '3')`).toBe(2);
  });
});

describe('a transaction', () => {
  test('holds raw statements and models together, and shows nothing outside before it ends', async () => {
    await db.$transaction(async (tx) => {
      await tx.$executeRaw`INSERT INTO unit (code, name, level, path, valid_from) VALUES ('1', 'raw', 'city', '1/', '2000-01-01')`;
      await tx.unit.create({ data: unit('2') });
      expect((await tx.unit.findMany()).map(({ code }) => code).sort()).toEqual(['1', '2']);
      expect(await tx.$queryRaw`SELECT count(*)::int AS count FROM unit`).toEqual([{ count: 2 }]);
      expect(await codes()).toEqual([]);
    });
    expect(await codes()).toEqual(['1', '2']);
  });

  test('that throws leaves nothing behind, neither raw nor by a model', async () => {
    const fails = db.$transaction(async (tx) => {
      await tx.unit.create({ data: unit('1') });
      await tx.$executeRaw`UPDATE unit SET name = 'changed'`;
      throw new Error('on the way');
    });
    await expect(fails).rejects.toThrow('on the way');
    expect(await codes()).toEqual([]);
  });

  test('whose failed statement was passed over does not look like a success', async () => {
    const fails = db.$transaction(async (tx) => {
      await tx.unit.create({ data: unit('1') });
      await tx.$queryRaw`SELECT 1 / 0`.catch(() => undefined);
    });
    await expect(fails).rejects.toThrow('rolled back');
    expect(await codes()).toEqual([]);
  });

  test('reads by a model what itself wrote, also while others read the same at the same moment', async () => {
    await db.unit.createMany({ data: ['1', '2', '3'].map(unit) });
    let wrote = 0;
    let allWrote = () => undefined as void;
    const everyoneWrote = new Promise<void>((resolve) => (allWrote = resolve));
    const renames = (code: string) => async (tx: Tx) => {
      await tx.$executeRaw`UPDATE unit SET name = ${`new ${code}`} WHERE code = ${code}`;
      if (++wrote === 3) allWrote();
      await everyoneWrote;
      const both = await Promise.all(['1', '2', '3'].map((each) => tx.unit.findUnique({ where: { code: each } })));
      return both.map((found) => found!.name);
    };
    const seen = await Promise.all(
      ['1', '2', '3'].map((code) => db.$transaction(renames(code), { isolationLevel: Prisma.TransactionIsolationLevel.RepeatableRead })),
    );
    expect(seen.map((names, i) => names[i])).toEqual(['new 1', 'new 2', 'new 3']);
    seen.forEach((names, i) => names.forEach((name, j) => expect(name).toBe(i === j ? `new ${j + 1}` : String(j + 1))));
  });

  test('keeps the isolation that was asked for', async () => {
    const level = await db.$transaction(
      (tx) => tx.$queryRaw<{ level: string }[]>`SELECT current_setting('transaction_isolation') AS level`,
      { isolationLevel: Prisma.TransactionIsolationLevel.Serializable },
    );
    expect(level).toEqual([{ level: 'serializable' }]);
  });

  test('that takes longer than its time is rolled back, and its connection with it', async () => {
    const slow = db.$transaction(
      async (tx) => {
        await tx.unit.create({ data: unit('1') });
        await tx.$queryRaw`SELECT pg_sleep(5)::text`;
      },
      { timeout: 200 },
    );
    await expect(slow).rejects.toThrow('not over within 200 ms');
    expect(await codes()).toEqual([]);
  });

  test('gives its connection back, whichever way it ends', async () => {
    const small = createDb(database.url, { connections: 1 });
    for (let i = 0; i < 3; i++) {
      await small.$transaction((tx) => tx.unit.count());
      await small.$transaction(() => Promise.reject(new Error('no'))).catch(() => undefined);
      await small.$transaction((tx) => tx.$queryRaw`SELECT nonsense`).catch(() => undefined);
    }
    expect(await small.$queryRaw`SELECT 1 AS one`).toEqual([{ one: 1 }]);
    await small.$disconnect();
  });
});

test('a connection that the server ends while nobody uses it harms nobody', async () => {
  const own = createDb(database.url, { connections: 1 });
  const [{ pid }] = (await own.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`) as [{ pid: number }];
  await db.$queryRaw`SELECT pg_terminate_backend(${pid}::int)`;
  const gone = async () =>
    (await db.$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count FROM pg_stat_activity WHERE pid = ${pid}::int`)[0]!.count === 0;
  while (!(await gone()));
  await own.$queryRaw`SELECT 1`.catch(() => undefined);
  expect(await own.$queryRaw`SELECT 1 AS one`).toEqual([{ one: 1 }]);
  await own.$disconnect();
  await expect(own.$queryRaw`SELECT 1`).rejects.toThrow();
});

test('a session of the database is in UTC, whatever the server’s zone', async () => {
  expect(await db.$queryRaw`SELECT current_setting('TimeZone') AS zone`).toEqual([{ zone: 'UTC' }]);
});
