import { loggedError } from './logged-error.ts';

const secrets = ['向文君', '520690199203080012', '19900000000', 'w00000@example.org'];
const words = `Key (id_no)=(${secrets[1]}) of ${secrets[0]} <${secrets[3]}> ${secrets[2]}`;

class DatabaseError extends Error {
  severity = 'ERROR';
  routine = '_bt_check_unique';
  code = '23505';
  detail = words;
  override name = 'error';
}
class PrismaClientKnownRequestError extends Error {
  override name = 'PrismaClientKnownRequestError';
  code = 'P2002';
  clientVersion = '7';
  meta = { driverAdapterError: new DatabaseError(words) };
}

test.each([
  ['of the database', new DatabaseError(words)],
  ['of its client', new PrismaClientKnownRequestError(words)],
  ['with a cause of the database', new Error('It failed', { cause: new DatabaseError(words) })],
  ['that is a text', words],
])('an error %s is logged without values', (_, error) => {
  const logged = JSON.stringify(loggedError(error));
  for (const secret of secrets) expect(logged).not.toContain(secret);
});

test('kind, code, cause and places stay', () => {
  const logged = loggedError(new PrismaClientKnownRequestError(words));
  expect(logged).toMatchObject({ name: 'PrismaClientKnownRequestError', code: 'P2002', cause: { code: '23505' } });
  expect(logged.at!.join()).toContain('logged-error.spec');
});

test('addresses and long numbers are blotted out of other words', () => {
  expect(loggedError(new Error(`550 <${secrets[3]}> refused, ${secrets[1]}, port 5432\nsecond line`)).message).toBe(
    '550 <…@…> refused, …, port 5432',
  );
});
