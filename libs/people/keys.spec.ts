import { mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { indexOf, openIdNumber, openObjection, openPersonKeys, personKeysFrom, sealIdNumber, sealObjection } from './keys.ts';

const keys = personKeysFrom('0123456789abcdef'.repeat(4));
const other = personKeysFrom('f'.repeat(64));
const idNo = '11010519491231002X';

describe('ID numbers at rest', () => {
  test('open with their key, and look different each time', () => {
    const [once, again] = [sealIdNumber(keys, idNo), sealIdNumber(keys, idNo)];
    expect(openIdNumber(keys, once)).toBe(idNo);
    expect(once.idNoCipher).not.toEqual(again.idNoCipher);
    expect(once.idNoIndex).toBe(again.idNoIndex);
    expect(Buffer.from(once.idNoCipher).includes(Buffer.from('1949'))).toBe(false);
    expect(once.idNoMasked).toBe('1101************2X');
  });

  test('do not open with another key, in another record, or with a byte changed', () => {
    const sealed = sealIdNumber(keys, idNo);
    expect(() => openIdNumber(other, sealed)).toThrow();
    expect(() => openIdNumber(keys, { ...sealed, idNoIndex: indexOf(keys, '110105194912310038') })).toThrow();
    for (const at of [0, 1, 13, 29, sealed.idNoCipher.length - 1]) {
      const bent = Uint8Array.from(sealed.idNoCipher);
      bent[at] = (bent[at] ?? 0) ^ 1;
      expect(() => openIdNumber(keys, { ...sealed, idNoCipher: bent })).toThrow();
    }
  });

  test('are found by an index that another key does not give', () => {
    expect(indexOf(keys, idNo)).toMatch(/^[0-9a-f]{64}$/);
    expect(indexOf(other, idNo)).not.toBe(indexOf(keys, idNo));
  });
});

test('an objection opens with its key and under its own id alone, and shows nothing of what it says', () => {
  const content = JSON.stringify({ name: '吴先明', text: '工作年限计算有误' });
  const sealed = sealObjection(keys, 'a', content);
  expect(openObjection(keys, 'a', sealed)).toBe(content);
  expect(Buffer.from(sealed).includes(Buffer.from('吴先明'))).toBe(false);
  expect(() => openObjection(keys, 'b', sealed)).toThrow();
  expect(() => openObjection(other, 'a', sealed)).toThrow();
});

describe('the key file', () => {
  const folder = () => mkdtemp(path.join(tmpdir(), 'person-key-'));

  test('is made once, for its owner alone, even when several processes start at once', async () => {
    const dir = path.join(await folder(), 'keys');
    const opened = await Promise.all(Array.from({ length: 8 }, () => openPersonKeys({ dir })));
    for (const each of opened) expect(each).toEqual(opened[0]);
    expect(await openPersonKeys({ dir })).toEqual(opened[0]);
    expect(await readdir(dir)).toEqual(['person.key']);
    expect((await stat(path.join(dir, 'person.key'))).mode & 0o777).toBe(0o600);
  });

  test('named, must be there and sound', async () => {
    const dir = await folder();
    const keyFile = path.join(dir, 'elsewhere.key');
    await expect(openPersonKeys({ dir, keyFile })).rejects.toThrow('ENOENT');
    await writeFile(keyFile, 'not a key');
    await expect(openPersonKeys({ dir, keyFile })).rejects.toThrow('32 bytes');
    await writeFile(keyFile, `${'0123456789abcdef'.repeat(4)}\n`);
    expect(await openPersonKeys({ dir, keyFile })).toEqual(keys);
    expect(await readFile(keyFile, 'utf8')).toContain('0123456789abcdef');
    expect(await readdir(dir)).toEqual(['elsewhere.key']);
  });
});
