import { hashPassword, isPassword, passwordFault, readableSecret } from './password.ts';

test.each([
  ['nine characters', 'x7#Kq9!vB'],
  ['the account itself', 'longjianying-2026'],
  ['a common word with digits and marks', 'Password!2026'],
  ['digits in a row', '1234567890'],
  ['letters in a row', 'abcdefghij'],
  ['keys in a row', 'qwertyuiop'],
  ['a few characters over and over', 'abababababab'],
])('refuses %s', (_, password) => {
  expect(passwordFault(password, 'longjianying')).toMatchObject({ refused: 'WeakPassword' });
});

test.each([['锦江夜雨十年灯不眠'.slice(0, 9) + '7'], ['correct horse battery'], ['x7#Kq9!vB2']])('takes %s', (password) => {
  expect(passwordFault(password, 'longjianying')).toBeNull();
});

test('knows a password again, however its characters were composed', async () => {
  const hash = await hashPassword('café-au-lait-77');
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await isPassword('cafe\u0301-au-lait-77', hash)).toBe(true);
  expect(await isPassword('cafe-au-lait-77', hash)).toBe(false);
});

test('nobody has the password that stands in for an unknown account', async () => {
  expect(await isPassword('nobody has this password', null)).toBe(false);
});

test('secrets to be typed avoid characters that look alike', () => {
  const secrets = Array.from({ length: 200 }, () => readableSecret(2));
  for (const secret of secrets) expect(secret).toMatch(/^[2-9A-HJKMNP-Z]{5}-[2-9A-HJKMNP-Z]{5}$/);
  expect(new Set(secrets).size).toBe(secrets.length);
});
