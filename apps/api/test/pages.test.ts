import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startServer, type Server } from './support/server.ts';

const webDist = mkdtempSync(path.join(tmpdir(), 'miaopu-web-'));
let server: Server;
beforeAll(async () => {
  mkdirSync(path.join(webDist, 'assets'));
  writeFileSync(path.join(webDist, 'index.html'), '<!doctype html><title>苗圃</title>');
  writeFileSync(path.join(webDist, 'assets/index-abc123.js'), 'export {};');
  server = await startServer({ seed: 'none', env: { WEB_DIST: webDist } });
}, 240_000);
afterAll(async () => {
  await server?.close();
  rmSync(webDist, { recursive: true, force: true });
});

const get = (address: string, accept = 'text/html', method = 'GET') => fetch(`${server.url}${address}`, { method, headers: { accept } });

test.each(['/', '/tasks', '/cases/8c2e3d5a?tab=map', '/people/E00001', '/apiary'])('%s is a page of the console', async (address) => {
  const answer = await get(address);
  expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
    200,
    'text/html; charset=utf-8',
    '<!doctype html><title>苗圃</title>',
  ]);
  expect(answer.headers.get('cache-control')).toBe('no-cache');
  expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'self';/);
});

test('assets carry their hash and are kept for ever', async () => {
  const answer = await get('/assets/index-abc123.js', '*/*');
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
});

test.each([
  ['an asset of an earlier build', '/assets/index-old.js', '*/*', 'GET'],
  ['an address of the API', '/api/nothing', 'text/html', 'GET'],
  ['a page that is posted to', '/tasks', 'text/html', 'POST'],
  ['a file outside', '/..%2f..%2fetc%2fpasswd', '*/*', 'GET'],
])('%s is no page', async (_, address, accept, method) => {
  const answer = await get(address, accept, method);
  expect(answer.status).toBe(404);
  expect(((await answer.json()) as { code: string }).code).toBe('NotFound');
});

test('a calendar that is not there is no page of the console either', async () => {
  const answer = await get(`/calendar/${'A'.repeat(43)}.ics`, '*/*');
  expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([404, 'NotFound']);
});
