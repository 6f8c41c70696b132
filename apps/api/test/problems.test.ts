import net from 'node:net';
import { startServer, type Server } from './support/server.ts';
import type { ApiClient } from './support/client.ts';

let server: Server;
let officer: ApiClient;
beforeAll(async () => {
  server = await startServer();
  officer = await server.signIn('county-org-520602-1');
}, 240_000);
afterAll(() => server?.close());

const json = { 'content-type': 'application/json' };
const nested = (depth: number) => `{"process":"x","input":{"a":${'['.repeat(depth)}${']'.repeat(depth)}}}`;

test.each([
  ['an address that is not there', 'GET', '/api/nothing', {}, 404, 'NotFound'],
  ['a method that the address does not take', 'PUT', '/api/session', {}, 405, 'WrongMethod'],
  ['a body that is no JSON', 'POST', '/api/rehearsals', { headers: json, body: '{"process":' }, 400, 'BadRequest'],
  ['a body of another type', 'POST', '/api/rehearsals', { headers: { 'content-type': 'text/plain' }, body: 'x' }, 415, 'WrongContentType'],
  [
    'a form where JSON is wanted',
    'POST',
    '/api/rehearsals',
    { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'a=1' },
    415,
    'WrongContentType',
  ],
  ['JSON where a file is wanted', 'POST', '/api/roster/imports', { headers: json, body: '{}' }, 415, 'WrongContentType'],
  ['no body', 'POST', '/api/rehearsals', { headers: json }, 400, 'BadRequest'],
  [
    'a body that poisons prototypes',
    'POST',
    '/api/rehearsals',
    { headers: json, body: '{"process":"x","input":{"__proto__":{"a":1}}}' },
    400,
    'BadRequest',
  ],
  [
    'a body without end',
    'POST',
    '/api/rehearsals',
    { headers: json, body: JSON.stringify({ process: 'x', input: { a: 'x'.repeat(1_100_000) } }) },
    413,
    'TooLarge',
  ],
  ['nesting without end', 'POST', '/api/rehearsals', { headers: json, body: nested(5_000) }, 400, 'BadRequest'],
  ['the character NUL', 'POST', '/api/rehearsals', { headers: json, body: '{"process":"x","input":{"a":"\\u0000"}}' }, 400, 'BadRequest'],
  ['half a character', 'POST', '/api/rehearsals', { headers: json, body: '{"process":"x","input":{"a":"\\ud83d"}}' }, 400, 'BadRequest'],
  ['an id that is none', 'GET', '/api/people/1%20OR%201=1', {}, 400, 'BadRequest'],
  ['an address that cannot be read', 'GET', '/api/people/%zz', {}, 400, 'BadRequest'],
  ['a query out of bounds', 'GET', '/api/people?limit=1000', {}, 400, 'BadRequest'],
  ['a day that does not exist', 'GET', '/api/people/00000000-0000-4000-8000-000000000000?on=2026-02-30', {}, 400, 'BadRequest'],
  ['a cursor that is none', 'GET', '/api/mails?after=x', {}, 400, 'BadRequest'],
  [
    'a key that cannot be kept',
    'POST',
    '/api/rehearsals',
    { headers: { ...json, 'idempotency-key': 'x'.repeat(101) }, body: '{"process":"x","input":{}}' },
    400,
    'BadRequest',
  ],
] as const)('%s is told as a problem', async (_, method, path, request, status, code) => {
  const answer = await officer.raw(method, path, request);
  expect([answer.status, answer.code]).toEqual([status, code]);
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  const problem = answer.body as { type: string; detail: string; requestId: string };
  expect(problem).toMatchObject({ type: `urn:miaopu:problem:${code}`, status, requestId: answer.headers.get('x-request-id') });
  expect(problem.detail).toMatch(/[\u4e00-\u9fff].*。$/);
  expect(JSON.stringify(problem)).not.toMatch(/node_modules|at \w+ \(|SELECT|prisma/i);
});

test.each([
  ['has no boundary', 'multipart/form-data', '--x\r\n'],
  ['is cut short', 'multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\nPK'],
  ['has no parts', 'multipart/form-data; boundary=x', '--x--\r\n'],
])('a form that %s is a bad request', async (_, type, body) => {
  const answer = await officer.raw('POST', '/api/roster/imports', { headers: { 'content-type': type }, body });
  expect([answer.status, answer.code]).toEqual([400, 'BadRequest']);
});

test('every fault of a request is told at once, in Chinese, by its place', async () => {
  const { body } = await server.anonymous().raw('POST', '/api/session', { headers: json, body: '{"userName":"  "}' });
  const { errors } = body as { errors: { path: string; message: string }[] };
  expect(errors.map(({ path }) => path)).toEqual(['body.userName', 'body.password']);
  for (const { message } of errors) expect(message).toMatch(/[\u4e00-\u9fff]/);
});

test('what is no HTTP at all is told so, and the connection closed', async () => {
  const { hostname, port } = new URL(server.url);
  const socket = net.connect(Number(port), hostname);
  socket.end('NONSENSE\r\n\r\n');
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  expect(text).toMatch(/^HTTP\/1\.1 400 Bad Request\r\nContent-Type: application\/problem\+json/);
});

test('an allowed method is named where another was tried', async () => {
  const { headers } = await officer.raw('PUT', '/api/session');
  expect(headers.get('allow')!.split(', ').sort()).toEqual(['DELETE', 'GET', 'POST']);
});

test('a fault of ours is told without its inside, logged, and becomes an incident', async () => {
  await server.db.$executeRawUnsafe('ALTER TABLE mail RENAME TO mail_away');
  const answer = await officer.call('mails');
  await server.db.$executeRawUnsafe('ALTER TABLE mail_away RENAME TO mail');
  expect([answer.status, answer.code]).toEqual([500, 'Internal']);
  expect(JSON.stringify(answer.body)).not.toMatch(/mail_away|relation|SELECT/);
  const { requestId } = answer.body as unknown as { requestId: string };
  expect(server.api.log()).toContain(requestId);
  let opened = 0;
  for (const end = Date.now() + 5_000; Date.now() < end && opened === 0;)
    opened = await server.db.incident.count({ where: { kind: 'Fault' } });
  expect(opened).toBe(1);
});

test('pages of the console, where it is not built, are no pages', async () => {
  const answer = await fetch(`${server.url}/tasks`, { headers: { accept: 'text/html' } });
  expect(answer.status).toBe(404);
});

test('the answers’ headers let a browser load nothing from outside', async () => {
  for (const path of ['/api/docs', '/api/openapi.json', '/healthz']) {
    const { headers } = await fetch(`${server.url}${path}`);
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'self';/);
    expect(headers.get('content-security-policy')).not.toMatch(/https?:|\*|script-src/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  }
});

test('readiness follows the database, and says that Temporal is away', async () => {
  const answer = await fetch(`${server.url}/readyz`);
  expect([answer.status, await answer.json()]).toEqual([200, { status: 'ok', database: 'ok', temporal: 'away' }]);
});

test('measures are for this machine, or for the bearer of the token', async () => {
  expect(await (await fetch(`${server.url}/metrics`)).text()).toContain('http_request_duration_seconds_bucket{le="0.002",method="GET"');
  expect((await fetch(`${server.url}/metrics`, { headers: { 'x-forwarded-for': '10.0.0.1' } })).status).toBe(404);
});

test('ends by itself when its supervisor asks, with what was under way answered', async () => {
  const other = await startServer({ seed: 'none' });
  const under = fetch(`${other.url}/readyz`);
  await under;
  expect(await other.api.stop()).toBe(0);
  await expect(fetch(`${other.url}/healthz`)).rejects.toThrow();
  await other.close();
});

test('does not start with settings that cannot be used, and says which', async () => {
  await expect(startServer({ seed: 'none', env: { SESSION_HOURS: 'forever', PUBLIC_URL: 'ftp://x' } })).rejects.toThrow(
    /SESSION_HOURS.*PUBLIC_URL|PUBLIC_URL.*SESSION_HOURS/s,
  );
});
