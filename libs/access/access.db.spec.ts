import { freshDatabase, type TestDatabase } from '../../test/support/database.ts';
import { toDateColumn } from '../domain/dates.ts';
import type { Role } from '../domain/roles.ts';
import { actorOf } from './actor.ts';
import { countAttempt, forgetAttempts, lockedUntil } from './attempts.ts';
import { grantPost } from './posts.ts';
import { findSession, openSession, tokenHashOf } from './session.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  await database.db.unit.createMany({
    data: [
      { code: '5206', name: '铜仁市', level: 'city', path: '5206/', validFrom: toDateColumn('2000-01-01') },
      { code: '520602', name: '碧江区', level: 'county', parentCode: '5206', path: '5206/520602/', validFrom: toDateColumn('2000-01-01') },
    ],
  });
});
afterAll(() => database?.close());

const AT = new Date('2026-11-24T02:00:00Z');
let n = 0;
const account = () => database.db.account.create({ data: { userName: `user-${++n}`, displayName: '田芳', status: 'active' } });
const post = (accountId: string, role: Role, fromOn: string, toOn: string | null = null, unitCode = '520602') =>
  database.db.postHeld.create({ data: { accountId, role, unitCode, fromOn: toDateColumn(fromOn), toOn: toOn && toDateColumn(toOn) } });
const admin = {
  actor: { accountId: '00000000-0000-4000-8000-000000000000', name: '麻静', personId: null, posts: [], standsInFor: [] },
  at: AT,
  origin: 'test',
};

describe('posts held on a day', () => {
  test.each([
    ['2026-01-04', []],
    ['2026-01-05', ['COUNTY_HR']],
    ['2026-06-30', ['COUNTY_HR']],
    ['2026-07-01', ['COUNTY_ORG']],
  ])('on %s: %j', async (on, held) => {
    const { id } = await account();
    await post(id, 'COUNTY_HR', '2026-01-05', '2026-06-30');
    await post(id, 'COUNTY_ORG', '2026-07-01');
    const actor = await actorOf(database.db, id, on);
    expect(actor!.posts.map(({ role }) => role)).toEqual(held);
  });

  test('carry the unit with its path', async () => {
    const { id } = await account();
    await post(id, 'COUNTY_HR', '2026-01-05');
    expect((await actorOf(database.db, id, '2026-02-01'))!.posts).toEqual([
      { role: 'COUNTY_HR', unitCode: '520602', unitPath: '5206/520602/', unitName: '碧江区', title: null },
    ]);
  });

  test('nobody is nobody', async () => expect(await actorOf(database.db, '00000000-0000-4000-8000-000000000001', '2026-02-01')).toBeNull());
});

describe('administrators are separate', () => {
  const grant = (accountId: string, role: Role, fromOn: string, toOn?: string) =>
    database.db.$transaction((tx) => grantPost(tx, admin, { accountId, role, unitCode: '520602', fromOn, toOn: toOn ?? null }));

  test('a deciding officer is refused an administrator role, on the record', async () => {
    const { id } = await account();
    await grant(id, 'COUNTY_ORG', '2026-01-01');
    expect(await grant(id, 'AUDITOR', '2026-06-01')).toMatchObject({ refused: 'AdministratorsAreSeparate' });
    const entries = await database.db.ledgerEntry.findMany({ where: { chain: `account:${id}` }, orderBy: { seq: 'asc' } });
    expect(entries.map(({ verb, accepted }) => [verb, accepted])).toEqual([
      ['post.grant', true],
      ['post.grant', false],
    ]);
    expect((await actorOf(database.db, id, '2026-07-01'))!.posts.map(({ role }) => role)).toEqual(['COUNTY_ORG']);
  });

  test('one after the other is allowed', async () => {
    const { id } = await account();
    await grant(id, 'COUNTY_ORG', '2026-01-01', '2026-05-31');
    expect(await grant(id, 'AUDITOR', '2026-06-01')).toMatchObject({ id: expect.any(String) as string });
  });

  test('the database refuses such a row, whoever writes it', async () => {
    const { id } = await account();
    await post(id, 'SYSTEM_ADMIN', '2026-01-01');
    await expect(post(id, 'STREET_HR', '2026-02-01')).rejects.toThrow(/Administrators hold no other role/);
    await expect(post(id, 'SECURITY_ADMIN', '2026-02-01')).rejects.toThrow(/Administrators hold no other role/);
    const other = await account();
    await post(other.id, 'STREET_HR', '2026-01-01');
    await expect(post(other.id, 'AUDITOR', '2025-01-01', '2026-01-01')).rejects.toThrow(/Administrators hold no other role/);
  });
});

describe('wrong passwords', () => {
  const minutes = (count: number) => new Date(AT.getTime() + count * 60_000);

  test('five in a row lock a name for a quarter of an hour', async () => {
    const attempts = [];
    for (let i = 0; i < 6; i += 1) attempts.push(await countAttempt(database.db, 'liu', minutes(i)));
    expect(attempts.map(({ left }) => left)).toEqual([4, 3, 2, 1, 0, 0]);
    expect(attempts.map(({ lockedUntil: until }) => until)).toEqual([null, null, null, null, null, minutes(19)]);
    expect(attempts[4]!.locksUntil).toEqual(minutes(19));
    expect(await lockedUntil(database.db, 'liu', minutes(18.9))).toEqual(minutes(19));
    expect(await lockedUntil(database.db, 'liu', minutes(19))).toBeNull();
  });

  test('an attempt during the lock does not prolong it', async () => {
    for (let i = 0; i < 5; i += 1) await countAttempt(database.db, 'feng', AT);
    await countAttempt(database.db, 'feng', minutes(14));
    expect((await countAttempt(database.db, 'feng', minutes(15))).lockedUntil).toBeNull();
  });

  test('counting begins anew after the lock, and after a right password', async () => {
    for (let i = 0; i < 5; i += 1) await countAttempt(database.db, 'qin', AT);
    expect(await countAttempt(database.db, 'qin', minutes(16))).toMatchObject({ lockedUntil: null, left: 4 });
    await forgetAttempts(database.db, 'qin');
    expect(await countAttempt(database.db, 'qin', minutes(17))).toMatchObject({ left: 4 });
  });

  test('many at once are no more than five', async () => {
    const attempts = await Promise.all(Array.from({ length: 20 }, () => countAttempt(database.db, 'tan', AT)));
    expect(attempts.filter(({ lockedUntil: until }) => until === null)).toHaveLength(5);
  });

  test('names are kept as hashes, in whatever case they were typed', async () => {
    await countAttempt(database.db, 'My-Secret-Password', AT);
    expect(await countAttempt(database.db, 'my-secret-password', AT)).toMatchObject({ left: 3 });
    const rows = await database.db.signInAttempt.findMany();
    for (const { nameHash } of rows) expect(nameHash).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('a session', () => {
  const rules = { idleMinutes: 30, hours: 12 };
  const later = (minutes: number) => new Date(AT.getTime() + minutes * 60_000);
  const opened = async () => {
    const { id } = await account();
    const { token } = await openSession(database.db, id, AT, rules);
    return { id, hash: tokenHashOf(token), token };
  };

  test('keeps no token, only its hash', async () => {
    const { token, hash } = await opened();
    const row = await database.db.session.findUniqueOrThrow({ where: { tokenHash: hash } });
    expect(JSON.stringify(row)).not.toContain(token);
  });

  test('ends when it was idle', async () => {
    const { hash } = await opened();
    expect(await findSession(database.db, hash, later(29), rules)).not.toBeNull();
    expect(await findSession(database.db, hash, later(58), rules)).not.toBeNull();
    expect(await findSession(database.db, hash, later(88.5), rules)).toBeNull();
  });

  test('ends after its hours however busy it is', async () => {
    const { hash } = await opened();
    for (let minutes = 20; minutes < 720; minutes += 20) expect(await findSession(database.db, hash, later(minutes), rules)).not.toBeNull();
    expect(await findSession(database.db, hash, later(720), rules)).toBeNull();
  });

  test('ends when the account is closed', async () => {
    const { hash, id } = await opened();
    await database.db.account.update({ where: { id }, data: { status: 'disabled' } });
    expect(await findSession(database.db, hash, later(1), rules)).toBeNull();
  });
});
