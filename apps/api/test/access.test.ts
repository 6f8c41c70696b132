import { routes, type RouteId } from '../../../libs/domain/api/routes.ts';
import type { Route } from '../../../libs/domain/api/route.ts';
import type { ApiClient } from './support/client.ts';
import { askCheck, postNotice } from './support/public-notice.ts';
import { here, playScene, there, type Scene } from './support/scene.ts';
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

describe('公示与异议', () => {
  const form = {
    no: 2,
    named: true,
    name: '吴先明',
    phone: '13985612345',
    contact: 'wxm@example.org',
    text: '本人在该社区居住，反映其工作年限计算有误。',
    truthful: true as const,
  };
  const stranger = () => server.anonymous();
  let noticeId: string;
  let caseId: string;
  let code: string;
  beforeAll(async () => {
    const poster = await server.db.account.findUniqueOrThrow({ where: { userName: 'county-org-520602-1' } });
    ({ noticeId } = await postNotice(server.db, { unitCode: here.county, posterId: poster.id, people: 120 }));
  });

  test('anybody reads what stands, page by page and by name, with names and posts only', async () => {
    const { items } = await stranger().ok('publicNotices');
    expect(items).toMatchObject([{ id: noticeId, status: 'open', listed: 120, days: 5 }]);
    const first = await stranger().ok('publicNotice', { params: { id: noticeId } });
    expect([first.rows.length, first.found, first.pages]).toEqual([50, 120, 3]);
    expect(Object.keys(first.rows[0]!).sort()).toEqual(['detail', 'name', 'no', 'post', 'unitName']);
    expect((await stranger().ok('publicNotice', { params: { id: noticeId }, query: { q: '公示人120' } })).rows).toMatchObject([
      { no: 120 },
    ]);
    const none = '00000000-0000-4000-8000-000000000000';
    expect((await stranger().call('publicNotice', { params: { id: none } })).code).toBe('NotFound');
    expect((await stranger().raw('GET', `/api/public/notices/${encodeURIComponent("' OR 1=1 --")}`)).code).toBe('BadRequest');
  });

  test('anybody objects and asks by a code how far it has come, which tells nothing of anybody', async () => {
    ({ code } = await stranger().ok('object', { params: { id: noticeId }, body: form }));
    const state = await stranger().ok('objectionState', { body: { code: code.toLowerCase() } });
    expect(state).toMatchObject({ state: 'received', named: true, outcome: null });
    expect(JSON.stringify(state)).not.toMatch(/公示人|吴先明|139856/);
    expect((await stranger().call('objectionState', { body: { code: 'ABCD-EFGH-JKMN-PQRS' } })).code).toBe('NotFound');
    caseId = await askCheck(server.db, noticeId);
  });

  test('what does not fit is refused by name, and nothing is kept of it', async () => {
    const before = await server.db.objection.count();
    const knocks = async (body: object, type = 'application/json') =>
      (
        await stranger().raw('POST', `/api/public/notices/${noticeId}/objections`, {
          headers: { 'content-type': type },
          body: JSON.stringify(body),
        })
      ).code;
    expect(await knocks({ ...form, phone: '1398561' })).toBe('BadRequest');
    expect(await knocks({ ...form, website: 'http://spam.example' })).toBe('BadRequest');
    expect(await knocks({ ...form, text: `${'有'.repeat(30)}\u0000` })).toBe('BadRequest');
    expect(await knocks({ ...form, text: '有'.repeat(2_001) })).toBe('BadRequest');
    expect(await knocks({ ...form, no: { $ne: 1 } })).toBe('BadRequest');
    expect(await knocks({ ...form, no: 121 })).toBe('NotOnNotice');
    expect(await knocks({ ...form, text: '有'.repeat(1_100_000) })).toBe('TooLarge');
    // a form of another site cannot send JSON
    expect(await knocks(form, 'text/plain')).toBe('WrongContentType');
    expect(await knocks(form, 'application/x-www-form-urlencoded')).toBe('WrongContentType');
    expect(await server.db.objection.count()).toBe(before);
  });

  test('who objects stands nowhere in the clear, and only those who deal with it see it', async () => {
    const secrets = ['吴先明', '13985612345', 'wxm@example.org', '反映其工作年限'];
    const kept = await server.db.$queryRaw<{ text: string }[]>`
      SELECT to_jsonb(c)::text AS text FROM "case" c WHERE id = ${caseId}::uuid UNION ALL SELECT to_jsonb(o)::text FROM objection o
      UNION ALL SELECT body FROM ledger_entry UNION ALL SELECT to_jsonb(m)::text FROM message m UNION ALL SELECT to_jsonb(m)::text FROM mail m UNION ALL SELECT to_jsonb(t)::text FROM task t`;
    const sealed = await server.db.objection.findMany({ select: { sealed: true } });
    for (const secret of secrets) expect(sealed.some((row) => Buffer.from(row.sealed).includes(secret))).toBe(false);
    for (const secret of secrets)
      expect([secret, ...kept.map(({ text }) => text), server.api.log()].filter((text) => text.includes(secret))).toEqual([secret]);
    expect(kept.some(({ text }) => text.includes(code.replaceAll('-', '')) || text.includes(code))).toBe(false);
    const look = async (name: string) => (await server.signIn(scene.users[name]!)).call('objectionContent', { params: { id: caseId } });
    for (const name of [
      'COUNTY_HR here',
      'STREET_HR here',
      'COUNTY_ORG there',
      'CITY_ORG here',
      'AUDITOR here',
      'SYSTEM_ADMIN here',
      'WORKER self',
    ])
      expect([name, (await look(name)).code]).toEqual([name, 'ObjectionForHandlers']);
    expect((await look('COUNTY_ORG here')).body).toEqual({
      name: form.name,
      phone: form.phone,
      contact: form.contact,
      text: form.text,
      named: true,
    });
    expect(await server.db.ledgerEntry.count({ where: { caseId, verb: 'objection.view', accepted: true } })).toBe(1);
    expect(await server.db.ledgerEntry.count({ where: { caseId, verb: 'objection.view', accepted: false } })).toBe(7);
  });

  test('its office sees the objections of its notices and registers what comes by letter; nobody else does', async () => {
    const office = await server.signIn(scene.users['COUNTY_ORG here']!);
    const elsewhere = await server.signIn(scene.users['COUNTY_ORG there']!);
    expect((await office.ok('notices')).items).toMatchObject([{ id: noticeId, objections: 1, openObjections: 1 }]);
    expect((await elsewhere.ok('notices')).items).toEqual([]);
    const view = await office.ok('notice', { params: { id: noticeId } });
    expect(view).toMatchObject({ mayRegister: true, objections: [{ about: '2 · 公示人2', outcome: null, caseId }] });
    expect(JSON.stringify(view)).not.toContain(form.name);
    expect((await elsewhere.call('notice', { params: { id: noticeId } })).code).toBe('NotInYourUnits');
    expect((await elsewhere.call('registerObjection', { params: { id: noticeId }, body: form })).code).toBe('NotInYourUnits');
    await office.ok('registerObjection', { params: { id: noticeId }, body: { ...form, no: 3 } });
    expect((await office.ok('notice', { params: { id: noticeId } })).objections).toHaveLength(2);
  });

  test('after the end it is refused with where to go instead', async () => {
    const poster = await server.db.account.findUniqueOrThrow({ where: { userName: 'county-org-520602-1' } });
    const over = await postNotice(server.db, { unitCode: here.county, posterId: poster.id, endedDaysAgo: 1 });
    const late = await stranger().call('object', { params: { id: over.noticeId }, body: form });
    expect([late.status, late.code]).toEqual([409, 'NoticeOver']);
    expect((late.body as unknown as { detail: string }).detail).toMatch(/0856-0000000.*组织二科/);
  });
});

test('a county’s own days are changed by its administrator of the system, and no other county’s nor the nation’s', async () => {
  const { passwordHash } = await server.db.account.findUniqueOrThrow({ where: { userName: 'system-5206-1' } });
  const userName = `system-${here.county}`;
  const made = { userName, displayName: '石兴云', status: 'active', passwordHash, email: `${userName}@demo.miaopu.local` };
  const { id: accountId } = await server.db.account.create({ data: made });
  await server.db.postHeld.create({
    data: { accountId, role: 'SYSTEM_ADMIN', unitCode: here.county, fromOn: new Date('2020-01-01T00:00:00Z') },
  });
  const own = await server.signIn(userName);
  const festival = { name: '苗族四月八', from: '2026-05-25', to: '2026-05-25' };
  const table = (unit: string) => ({ unit, official: true, source: '区政府通知', off: [festival], makeUp: [] });
  const changes = async (unit: string) => {
    const params = { year: 2026 };
    const looked = await own.call('previewCalendar', { params, body: table(unit) });
    const changed = await own.call('changeCalendar', { params, body: { ...table(unit), reason: '区里自定的节日' } });
    return [looked.code, changed.code];
  };
  expect(await changes('')).toEqual(['NotAllowed', 'NotAllowed']);
  expect(await changes(there.county)).toEqual(['NotAllowed', 'NotAllowed']);
  expect(await changes(here.county)).toEqual([null, null]);
  const offOf = async (unit: string) => (await own.ok('calendarYear', { params: { year: 2026 }, query: { unit } })).off;
  expect(await offOf(here.county)).toEqual([festival.from]);
  expect(await offOf('')).not.toContain(festival.from);
  expect(await offOf(there.county)).toEqual([]);
  expect(await server.db.ledgerEntry.count({ where: { accountId, accepted: false } })).toBe(4);
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
