import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { keyed, openLedgerKeys } from './keys.ts';

let dir: string;
beforeEach(async () => (dir = await mkdtemp(path.join(tmpdir(), 'ledger-keys-'))));
afterEach(() => rm(dir, { recursive: true }));

test('the first start makes a key that only its owner reads; later starts use the same', async () => {
  const first = await openLedgerKeys({ dir });
  expect((await stat(path.join(dir, 'ledger-ed25519.pem'))).mode & 0o777).toBe(0o600);
  expect((await stat(path.join(dir, 'ledger-field.key'))).mode & 0o777).toBe(0o600);
  const second = await openLedgerKeys({ dir });
  expect(second.keyId).toBe(first.keyId);
  expect(second.fieldKey).toEqual(first.fieldKey);
  expect(await readFile(path.join(dir, 'ledger-ed25519.pub.pem'), 'utf8')).toContain('BEGIN PUBLIC KEY');
});

test('processes that start together end up with one key', async () => {
  const opened = await Promise.all(Array.from({ length: 8 }, () => openLedgerKeys({ dir })));
  expect(new Set(opened.map(({ keyId }) => keyId)).size).toBe(1);
});

test('a key that is gone while seals are on record is not replaced by another', async () => {
  await openLedgerKeys({ dir });
  await writeFile(path.join(dir, 'seals.log'), '{"no":1,"hash":"ab"}\n');
  await rm(path.join(dir, 'ledger-ed25519.pem'));
  await expect(openLedgerKeys({ dir })).rejects.toThrow('密钥丢失');
});

test('a key file that is named must be there, and be an Ed25519 key', async () => {
  const keyFile = path.join(dir, 'named.pem');
  await expect(openLedgerKeys({ dir, keyFile })).rejects.toThrow('ENOENT');
  await writeFile(keyFile, 'not a key');
  await expect(openLedgerKeys({ dir, keyFile })).rejects.toThrow();
});

test('a keyed value tells equal from different and depends on the key', async () => {
  const keys = await openLedgerKeys({ dir });
  expect(keyed(keys, '520602199001011234')).toBe(keyed(keys, '520602199001011234'));
  expect(keyed(keys, '520602199001011234')).not.toBe(keyed(keys, '520602199001011235'));
  expect(keyed({ fieldKey: Buffer.alloc(32) }, 'x')).not.toBe(keyed(keys, 'x'));
  expect(keyed(keys, '520602199001011234')).not.toContain('5206');
});
