import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { deploy, migrationsOnDisk } from '../../scripts/migrate.mjs';
import { drift } from '../../scripts/schema-drift.mjs';

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}
const migration = (name: string, sql: string): Migration => ({ name, sql, checksum: `sum of ${sql}`.slice(0, 64) });
const table = migration('1_table', 'create table thing (id int);');
const functions = migration(
  '2_functions',
  `create function twice(n int) returns int language plpgsql as $$ begin n := n + n; return n; end; $$; insert into thing values (1); insert into thing values (2);`,
);
const broken = migration('3_broken', 'insert into thing values (3);\ninsert into nothing values (1);');

describe('migrations', () => {
  let url: string;
  let client: pg.Client;

  beforeEach(async () => {
    const admin = new pg.Client({ connectionString: process.env.TEST_PG_URL });
    await admin.connect();
    const name = `m_${randomBytes(6).toString('hex')}`;
    await admin.query(`create database ${name}`);
    await admin.end();
    const address = new URL(process.env.TEST_PG_URL!);
    address.pathname = `/${name}`;
    url = address.href;
    client = new pg.Client({ connectionString: url });
    await client.connect();
  });
  afterEach(() => client.end());

  const things = async () => (await client.query('select count(*)::int as n from thing')).rows[0].n;

  test('apply once, whole scripts with function bodies, and are written down as Prisma does', async () => {
    expect(await deploy(url, [table, functions])).toEqual(['1_table', '2_functions']);
    expect(await deploy(url, [table, functions])).toEqual([]);
    expect((await client.query('select twice(4) as n')).rows[0].n).toBe(8);
    expect(await things()).toBe(2);
    const { rows } = await client.query(
      'select migration_name, finished_at is not null as done, applied_steps_count as steps from _prisma_migrations order by 1',
    );
    expect(rows).toEqual(['1_table', '2_functions'].map((name) => ({ migration_name: name, done: true, steps: 1 })));
  });

  test('several processes that migrate at once apply each of them once', async () => {
    const applied = await Promise.all([1, 2, 3].map(() => deploy(url, [table, functions])));
    expect(applied.flat().sort()).toEqual(['1_table', '2_functions']);
    expect(await things()).toBe(2);
  });

  test('one that fails leaves nothing behind, tells its line, and can be mended', async () => {
    await expect(deploy(url, [table, broken])).rejects.toThrow(/3_broken \(line 2\).*nothing/);
    expect(await things()).toBe(0);
    expect(await deploy(url, [table, { ...broken, sql: 'insert into thing values (3);' }])).toEqual(['3_broken']);
  });

  test('a database is left alone when an applied migration was changed, or is unknown here', async () => {
    await deploy(url, [table, functions]);
    await expect(deploy(url, [{ ...table, checksum: 'another' }, functions])).rejects.toThrow('1_table 在应用之后被改动');
    await expect(deploy(url, [table])).rejects.toThrow('数据库比程序新');
  });

  test('add up to schema.prisma', async () => {
    expect(await drift(process.env.TEST_PG_URL!)).toBeNull();
  });

  test('a column that only the schema knows is told as missing', async () => {
    const [init, ...rest] = migrationsOnDisk() as [Migration, ...Migration[]];
    const without = {
      ...init,
      sql: init.sql.replace(/^\s*"staff_no" TEXT NOT NULL,\n/m, '').replace(/^CREATE UNIQUE INDEX "person_staff_no_key".*\n/m, ''),
    };
    expect(without.sql).not.toBe(init.sql);
    expect(await drift(process.env.TEST_PG_URL!, [without, ...rest])).toContain('ADD COLUMN     "staff_no" TEXT NOT NULL');
  });
});
