import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { keyed, keyIdOf, openLedgerKeys, openLedgerReader } from './keys.ts';

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
  // whoever has the value but not the key can neither read it back nor compute it
  expect(keyed(keys, '520602199001011234')).not.toContain('520602199001011234');
  expect(keyed(keys, '520602199001011234')).toMatch(/^hmac-sha256:[0-9a-f]{64}$/);
});

describe('whoever only writes entries and checks seals', () => {
  test('reads the public key that the sealer lays down, and needs no signing key', async () => {
    const reader = await openLedgerReader({ dir });
    expect(await reader.publicKey()).toBeNull();
    const signing = path.join(dir, 'signing');
    await mkdir(signing);
    const keys = await openLedgerKeys({ dir, signingDir: signing });
    expect(keyIdOf((await reader.publicKey())!)).toBe(keys.keyId);
    expect(reader.fieldKey).toEqual(keys.fieldKey);
    expect((await readdir(dir)).sort()).toEqual(['ledger-ed25519.pub.pem', 'ledger-field.key', 'signing']);
    await rm(signing, { recursive: true });
    expect(keyIdOf((await (await openLedgerReader({ dir })).publicKey())!)).toBe(keys.keyId);
  });

  test('may be handed a public key of their own', async () => {
    const [own, other] = [path.join(dir, 'own'), path.join(dir, 'other')];
    const { keyId } = await openLedgerKeys({ dir: own });
    await openLedgerKeys({ dir: other });
    const reader = await openLedgerReader({ dir: other, publicKeyFile: path.join(own, 'ledger-ed25519.pub.pem') });
    expect(keyIdOf((await reader.publicKey())!)).toBe(keyId);
  });
});
