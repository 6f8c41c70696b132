import { routes, type RouteId } from '../../../libs/domain/api/routes.ts';
import type { Route } from '../../../libs/domain/api/route.ts';
import type { ApiClient } from './support/client.ts';
import { playScene, type Scene } from './support/scene.ts';
import { startServer, type Server } from './support/server.ts';
import { everybody, whoMay } from './support/who-may.ts';

let server: Server;
let scene: Scene;
const clients = new Map<string, ApiClient>();
beforeAll(async () => {
  server = await startServer();
  scene = await playScene(server);
  for (const name of everybody) clients.set(name, await server.signIn(scene.users[name]!));
}, 240_000);
afterAll(() => server?.close());

const ids = Object.keys(whoMay) as RouteId[];
const describedIds = ids.filter((id) => (routes[id] as Route).access !== 'public');

/** What a knock is answered with: `ok`, or the refusal's code. */
async function knock(id: RouteId, client: ApiClient): Promise<string> {
  const { status, code } = await client.call(id, whoMay[id].send(scene) as never);
  return status < 300 ? 'ok' : (code ?? String(status));
}
/** Refusals on record, by user name. */
async function refusalsOnRecord(): Promise<Map<string, number>> {
  const rows = await server.db.$queryRaw<{ userName: string; count: number }[]>`
    SELECT a.user_name AS "userName", count(*)::int AS count FROM ledger_entry e JOIN account a ON a.id = e.account_id WHERE NOT e.accepted GROUP BY 1`;
  return new Map(rows.map(({ userName, count }) => [userName, count]));
}

/** Everybody knocks: at once where looking changes nothing, one after the other where it does. */
async function everybodyKnocks(id: RouteId): Promise<Map<string, string>> {
  const knocks = (name: string) => knock(id, clients.get(name)!);
  if ((routes[id] as Route).method === 'GET')
    return new Map(await Promise.all(everybody.map(async (name) => [name, await knocks(name)] as const)));
  const told = new Map<string, string>();
  for (const name of everybody) told.set(name, await knocks(name));
  return told;
}

test('the table has a row for every route', () => expect([...ids].sort()).toEqual(Object.keys(routes).sort()));

test.each(describedIds)('%s: not without signing in', async (id) => {
  expect(await knock(id, server.anonymous())).toBe('NotSignedIn');
});

test.each(describedIds.filter((id) => (routes[id] as Route).method !== 'GET'))(
  '%s: not without the page’s token, nor with another page’s',
  async (id) => {
    const [own, other] = [clients.get('COUNTY_HR here')!, clients.get('COUNTY_HR there')!];
    const stolen = server.anonymous();
    stolen.cookie = own.cookie;
    expect(await knock(id, stolen)).toBe('CsrfRefused');
    stolen.csrfToken = other.csrfToken;
    expect(await knock(id, stolen)).toBe('CsrfRefused');
  },
);

// In the table's order: a route may change what a later one finds.
describe.each(ids.filter((id) => (routes[id] as Route).access !== 'public'))('%s', (id) => {
  const row = whoMay[id];
  const expected = (name: string) => Object.entries(row.let).find(([, names]) => names.includes(name))?.[0] ?? row.else;

  test('lets in whom the table names, and records whom it refuses', async () => {
    const before = await refusalsOnRecord();
    const told = await everybodyKnocks(id);
    const after = await refusalsOnRecord();
    expect(Object.fromEntries(told)).toEqual(Object.fromEntries(everybody.map((name) => [name, expected(name)])));
    const recorded = everybody.filter((name) => after.get(scene.users[name]!) === (before.get(scene.users[name]!) ?? 0) + 1);
    const refused = everybody.filter((name) => !['ok', 'NotFound', 'WorkbookEmpty'].includes(told.get(name)!));
    expect(recorded).toEqual(refused);
  });
});

test('a post that has ended opens nothing, within five seconds', async () => {
  const officer = await server.signIn('county-hr-520602-2');
  expect((await officer.call('person', { params: { id: scene.person } })).status).toBe(200);
  await server.db
    .$executeRaw`UPDATE post_held SET to_on = current_date - 1 WHERE account_id = (SELECT id FROM account WHERE user_name = 'county-hr-520602-2')`;
  let code: string | null = null;
  for (const end = Date.now() + 6_000; Date.now() < end && code === null;)
    ({ code } = await officer.call('person', { params: { id: scene.person } }));
  expect(code).toBe('NotInYourUnits');
});

test('every look at a record is recorded, with what was shown', async () => {
  const officer = await server.signIn('county-org-520602-1');
  const before = await server.db.ledgerEntry.count({ where: { personId: scene.person, verb: 'person.view', accepted: true } });
  await officer.ok('person', { params: { id: scene.person } });
  const record = await officer.ok('person', { params: { id: scene.person }, query: { on: '2026-01-01' } });
  expect(await server.db.ledgerEntry.count({ where: { personId: scene.person, verb: 'person.view', accepted: true } })).toBe(before + 2);
  const me = await officer.ok('whoAmI');
  expect(record.views[0]).toMatchObject({ who: me.name, what: '查阅档案' });
});

test('no answer and no log holds a full ID number or a name of the roster but the one asked for', async () => {
  const people = await server.db.person.findMany({ select: { name: true } });
  for (const { name } of people) expect(server.api.log()).not.toContain(name);
  const officer = await server.signIn('county-hr-520602-1');
  const { idNo } = await officer.ok('idNumber', { params: { id: scene.person }, body: { purpose: '核对合同' } });
  expect(idNo).toMatch(/^520690\d{11}[\dX]$/);
  for (const answer of [
    await officer.ok('person', { params: { id: scene.person } }),
    await officer.ok('people'),
    await officer.ok('case', { params: { id: scene.case } }),
  ])
    expect(JSON.stringify(answer)).not.toContain(idNo);
  expect(server.api.log()).not.toContain(idNo);
});
