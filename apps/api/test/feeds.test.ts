import { createDesk } from '../../../libs/desk/desk.ts';
import { addDays, dateOf, instantOf } from '../../../libs/domain/dates.ts';
import { readCalendar, timeOf } from '../../../test/support/ical.ts';
import { catalogue } from '../../../workflows/catalogue.ts';
import type { ApiClient } from './support/client.ts';
import { here, playScene, type Scene } from './support/scene.ts';
import { startServer, type Server } from './support/server.ts';

let server: Server;
let scene: Scene;
let officer: ApiClient;
const lastDay = addDays(dateOf(new Date()), 30);
beforeAll(async () => {
  server = await startServer({ env: { PUBLIC_URL: 'https://hr.example.org', RATE_CALENDARS_PER_MINUTE: '40' } });
  scene = await playScene(server);
  const dates = [{ key: 'lastDay', title: '试用期届满', on: lastDay }];
  await createDesk({ db: server.db, catalogue }).setDates({ caseId: scene.case, at: new Date(), dates });
  officer = await server.signIn(scene.users['STREET_HR here']!);
}, 240_000);
afterAll(() => server?.close());

const fetchFeed = (path: string, headers: Record<string, string> = {}) => fetch(`${server.url}${path}`, { headers });
async function read(path: string) {
  const answer = await fetchFeed(path);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8']);
  return readCalendar(new Uint8Array(await answer.arrayBuffer()));
}
const make = async (client: ApiClient) => (await client.ok('makeCalendarFeed')).path;

test('open tasks stand in it as something to do and as a deadline, at the very moment that the list shows', async () => {
  const { items } = await officer.ok('tasks', { query: { caseId: scene.case } });
  const { components } = await read(await make(officer));
  const mine = components.filter(({ props }) => props.UID!.value.startsWith(`task-${scene.task}`));
  expect(mine.map(({ kind }) => kind).sort()).toEqual(['VEVENT', 'VTODO']);
  const due = new Date(items[0]!.due.at!);
  for (const { kind, props } of mine) {
    expect(timeOf(props[kind === 'VTODO' ? 'DUE' : 'DTSTART']!)).toEqual(due);
    expect(props.SUMMARY!.value).toMatch(/^田新人1.*：街道考核/);
    expect(props.URL!.value).toBe(`https://hr.example.org/tasks/${scene.task}`);
  }
});

test('the dates of a case are whole days in the calendar of the person concerned', async () => {
  const own = await server.signIn(scene.users['WORKER self']!);
  const { components } = await read(await make(own));
  const found = components.find(({ props }) => props.UID!.value === `case-${scene.case}-lastDay@miaopu`);
  expect(found!.props.DTSTART).toEqual({ value: lastDay.replaceAll('-', ''), params: { VALUE: 'DATE' } });
  expect(found!.props.SUMMARY!.value).toMatch(/试用期届满$/);
});

test("somebody else's calendar has nothing of it, and no calendar says more of a person than a title", async () => {
  const stranger = await server.signIn(scene.users['STREET_HR there']!);
  const answer = await fetchFeed(await make(stranger));
  const text = (await answer.text()).replaceAll('\r\n ', '');
  expect(text).not.toContain(scene.task);
  const mine = (await (await fetchFeed(await make(officer))).text()).replaceAll('\r\n ', '');
  const person = await server.db.person.findUniqueOrThrow({ where: { id: scene.person } });
  for (const secret of [person.idNoMasked, person.staffNo, person.phone, scene.person, 'street-hr'].filter(Boolean))
    expect(mine).not.toContain(secret);
});

test('the same thing keeps its UID, and what has not changed is not sent again', async () => {
  const path = await make(officer);
  const first = await fetchFeed(path);
  const etag = first.headers.get('etag')!;
  const uids = readCalendar(new Uint8Array(await first.arrayBuffer())).components.map(({ props }) => props.UID!.value);
  for (const given of [etag, `W/${etag}, "other"`, '*']) {
    const again = await fetchFeed(path, { 'if-none-match': given });
    expect([again.status, await again.text()]).toEqual([304, '']);
  }
  const due = instantOf(addDays(lastDay, 1), '00:00');
  await server.db.task.update({ where: { id: scene.task }, data: { dueAt: due } });
  const moved = await fetchFeed(path, { 'if-none-match': etag });
  expect(moved.status).toBe(200);
  const { components } = readCalendar(new Uint8Array(await moved.arrayBuffer()));
  expect(components.map(({ props }) => props.UID!.value).sort()).toEqual([...uids].sort());
  // 24:00 is the end of its day
  const todo = components.find(({ props }) => props.UID!.value === `task-${scene.task}@miaopu`);
  expect(todo!.props.DUE).toEqual({ value: lastDay.replaceAll('-', ''), params: { VALUE: 'DATE' } });
});

test('a new address ends the one before; revoked, it is gone; only its hash is kept, and the ledger knows of both without it', async () => {
  const first = await make(officer);
  expect((await officer.ok('calendarFeed')).madeAt).not.toBeNull();
  const second = await make(officer);
  expect((await fetchFeed(first)).status).toBe(404);
  await read(second);
  expect((await officer.ok('calendarFeed')).lastReadAt).not.toBeNull();
  await officer.ok('revokeCalendarFeed');
  const gone = await fetchFeed(second);
  expect([gone.status, ((await gone.json()) as { code: string }).code]).toEqual([404, 'NotFound']);
  expect(await officer.ok('calendarFeed')).toEqual({ madeAt: null, lastReadAt: null });

  const token = /\/calendar\/(.+)\.ics/.exec(await make(officer))![1]!;
  const kept = await server.db.$queryRaw<{ rows: string }[]>`
    SELECT coalesce(string_agg(f::text, ''), '') || (SELECT string_agg(body, '') FROM ledger_entry WHERE verb LIKE 'feed.%') AS rows FROM calendar_feed f`;
  expect(kept[0]!.rows).not.toContain(token);
  expect(kept[0]!.rows).toContain('"feed.revoke"');
  expect(server.api.log()).not.toContain(token);
});

test.each([
  '/calendar/.ics',
  '/calendar/short.ics',
  `/calendar/${'A'.repeat(43)}.ics`,
  '/calendar/%00.ics',
  `/calendar/${'A'.repeat(300)}.ics`,
])('%s is no calendar', async (path) => expect((await fetchFeed(path)).status).toBe(404));

test('an account that is no longer active has no calendar', async () => {
  const path = await make(await server.signIn('county-civil-520602-1'));
  await read(path);
  await server.db.account.update({ where: { userName: 'county-civil-520602-1' }, data: { status: 'disabled' } });
  expect((await fetchFeed(path)).status).toBe(404);
});

test('an address is asked so often a minute and then told to wait; people can still sign in', async () => {
  const path = await make(officer);
  let answer = await fetchFeed(path);
  for (let n = 0; n < 60 && answer.status === 200; n += 1) answer = await fetchFeed(path);
  expect([answer.status, Number(answer.headers.get('retry-after')) > 0]).toEqual([429, true]);
  expect((await server.signIn(`county-hr-${here.county}-1`)).csrfToken).not.toBe('');
});
