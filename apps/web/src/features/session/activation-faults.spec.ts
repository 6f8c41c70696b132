import { activationFaults } from './activation-faults.ts';

const filled = { userName: 'E00001', code: '7KQ4-2M9X', password: '苗圃不长草-2026', again: '苗圃不长草-2026' };

describe('setting a password with an activation code', () => {
  test('says nothing against what the server may judge', () => {
    expect(activationFaults(filled)).toEqual({});
  });

  test.each([
    ['no account', { userName: ' ' }, ['userName']],
    ['no code', { code: '' }, ['code']],
    ['a password one character short', { password: '苗圃不长草2026', again: '苗圃不长草2026' }, ['password']],
    ['two different passwords', { again: '苗圃不长草-2027' }, ['again']],
    ['the account as password', { userName: 'longjingyi2026', password: 'longjingyi2026', again: 'longjingyi2026' }, ['password']],
  ])('%s is told at its field', (_, change, fields) => {
    expect(Object.keys(activationFaults({ ...filled, ...change }))).toEqual(fields);
  });

  test('counts what is missing', () => {
    expect(activationFaults({ ...filled, password: '12345678', again: '12345678' }).password).toBe('密码还差 2 位（至少 10 位）');
  });
});
