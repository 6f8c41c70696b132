import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isPassword } from '../../libs/access/password.ts';
import type { DemoAccount } from '../../libs/access/demo-accounts.ts';
import { freshDatabase, type TestDatabase } from '../../test/support/database.ts';
import { invent, seedDemo } from './demo.ts';
import { seedReference } from './reference.ts';

let database: TestDatabase;
const dataDir = mkdtempSync(path.join(tmpdir(), 'miaopu-demo-'));
const file = path.join(dataDir, 'demo-accounts.json');
const accountsInFile = () => JSON.parse(readFileSync(file, 'utf8')) as DemoAccount[];

beforeAll(async () => {
  database = await freshDatabase();
  await seedReference(database.db);
  await seedDemo(database.db, dataDir);
});
afterAll(async () => {
  rmSync(dataDir, { recursive: true, force: true });
  await database?.close();
});

const holders = (level: string) => database.db.$queryRaw<{ role: string; least: number; most: number; units: number }[]>`
  SELECT role, min(n)::int AS least, max(n)::int AS most, count(*)::int AS units FROM (
    SELECT p.role, u.code, count(*) AS n FROM unit u JOIN post_held p ON p.unit_code = u.code WHERE u.level = ${level} GROUP BY 1, 2) counted
  GROUP BY 1 ORDER BY 1`;

test('every street and every county has the people that a case needs', async () => {
  const streets = await database.db.unit.count({ where: { level: 'street', path: { startsWith: '5206/' } } });
  expect(await holders('street')).toEqual([
    { role: 'STREET_HR', least: 2, most: 2, units: streets },
    { role: 'STREET_PARTY_COMMITTEE', least: 7, most: 7, units: streets },
    { role: 'UNION', least: 1, most: 1, units: streets },
  ]);
  expect(await holders('county')).toEqual([
    { role: 'COUNTY_CIVIL', least: 1, most: 1, units: 10 },
    { role: 'COUNTY_FINANCE', least: 1, most: 1, units: 10 },
    { role: 'COUNTY_HR', least: 2, most: 2, units: 10 },
    { role: 'COUNTY_ORG', least: 2, most: 2, units: 10 },
    { role: 'UNION', least: 1, most: 1, units: 10 },
  ]);
  expect((await holders('city')).map(({ role }) => role)).toEqual(['AUDITOR', 'CITY_ORG', 'SECURITY_ADMIN', 'SYSTEM_ADMIN']);
});

test('thirty communities in twenty-two towns of the partner city have a contact each', async () => {
  const hosts = await database.db.$queryRaw<{ community: string; town: string }[]>`
    SELECT u.code AS community, u.parent_code AS town FROM post_held p JOIN unit u ON u.code = p.unit_code WHERE p.role = 'HOST_CONTACT' AND u.level = 'community'`;
  expect(hosts).toHaveLength(30);
  expect(new Set(hosts.map(({ community }) => community)).size).toBe(30);
  expect(new Set(hosts.map(({ town }) => town)).size).toBe(22);
});

test('each committee has one chair', async () => {
  const chairs = await database.db.postHeld.groupBy({
    by: ['unitCode'],
    where: { role: 'STREET_PARTY_COMMITTEE', title: '党工委书记' },
    _count: true,
  });
  expect(new Set(chairs.map(({ _count }) => _count))).toEqual(new Set([1]));
});

test('the list names one account for each role and level, with a password that is right, for its owner’s eyes', async () => {
  const accounts = accountsInFile();
  expect(accounts.map(({ role }) => role)).toContain('街道（乡镇）党（工）委委员');
  expect(accounts).toHaveLength(13);
  expect(statSync(file).mode & 0o077).toBe(0);
  for (const { userName, password } of accounts.slice(0, 3)) {
    const { passwordHash, demo } = await database.db.account.findUniqueOrThrow({ where: { userName } });
    expect(demo && (await isPassword(password, passwordHash))).toBe(true);
  }
});

test('a second run changes nothing; without the list the accounts get a new password', async () => {
  const before = accountsInFile();
  const count = await database.db.account.count();
  await seedDemo(database.db, dataDir);
  expect(accountsInFile()).toEqual(before);
  rmSync(file);
  await seedDemo(database.db, dataDir);
  const after = accountsInFile();
  expect(after.map(({ userName }) => userName)).toEqual(before.map(({ userName }) => userName));
  expect(after[0]!.password).not.toBe(before[0]!.password);
  expect(await database.db.account.count()).toBe(count);
});

test('the same units get the same people', () => {
  const units = [
    { code: '520602', level: 'county' },
    { code: '520602001', level: 'street' },
  ];
  expect(invent(units)).toEqual(invent(units));
  expect(new Set(invent(units).map(({ userName }) => userName)).size).toBe(invent(units).length);
});
