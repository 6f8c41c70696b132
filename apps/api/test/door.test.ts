import { startServer, type Server } from './support/server.ts';

let server: Server;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.close());

test('signs in, is known, signs out', async () => {
  const officer = await server.signIn('county-hr-520602-1');
  const me = await officer.ok('whoAmI');
  expect(me.posts.map(({ role }) => role)).toEqual(['COUNTY_HR']);
  for (const id of ['workbench','units','people','processes','tasks','cases','mails','demoInbox','incidents','probationCandidates'] as const) { const a = await officer.call(id); console.log(id, a.status, JSON.stringify(a.body).slice(0,300)); }
  console.log(JSON.stringify(await officer.call('calendarYear', { params: { year: 2026 } })).slice(0, 400));
  const auditor = await server.signIn('auditor-5206-1');
  console.log(JSON.stringify((await auditor.call('ledger')).body).slice(0,900));
  console.log(JSON.stringify((await auditor.call('verify')).body).slice(0,900));
  console.log(JSON.stringify((await auditor.call('ledgerProof', { params: { id: '1' } })).body).slice(0,900));
  expect((await officer.call('signOut')).status).toBe(204);
  expect((await officer.call('whoAmI')).code).toBe('NotSignedIn');
  console.log(server.api.log());
});
