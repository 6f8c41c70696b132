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
  expect((await officer.call('signOut')).status).toBe(204);
  expect((await officer.call('whoAmI')).code).toBe('NotSignedIn');
});
