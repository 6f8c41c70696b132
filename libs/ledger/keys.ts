import { createHmac, createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sha256 } from './entry.ts';
import { sizeOfLog } from './seals-log.ts';

/** What seals are signed with, what encrypted fields are hashed with, and where seals are written down outside the database. */
export interface LedgerKeys {
  privateKey: KeyObject;
  publicKey: KeyObject;
  keyId: string;
  fieldKey: Buffer;
  sealsLog: string;
}

/** The name of a public key: the first 16 hex digits of SHA-256 over its SPKI form. */
export const keyIdOf = (publicKey: KeyObject): string =>
  sha256(publicKey.export({ type: 'spki', format: 'der' }))
    .toString('hex')
    .slice(0, 16);

/**
 * Opens the ledger's keys. `keyFile` (LEDGER_KEY_FILE) must exist when named; without it `dir`/ledger-ed25519.pem is used, and made at the
 * first start, readable by its owner alone. The public key is laid beside it, to be handed to whoever wants to verify.
 */
export async function openLedgerKeys(options: { dir: string; keyFile?: string; sealsLog?: string }): Promise<LedgerKeys> {
  const { dir, keyFile, sealsLog = path.join(dir, 'seals.log') } = options;
  await mkdir(dir, { recursive: true });
  const pem = keyFile ? await readFile(keyFile) : await readOrMake(path.join(dir, 'ledger-ed25519.pem'), () => firstSigningKey(sealsLog));
  const privateKey = createPrivateKey(pem);
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error('The ledger key must be an Ed25519 private key in PEM');
  const publicKey = createPublicKey(privateKey);
  await writeFile(path.join(dir, 'ledger-ed25519.pub.pem'), publicKey.export({ type: 'spki', format: 'pem' }));
  const fieldKey = Buffer.from(
    (await readOrMake(path.join(dir, 'ledger-field.key'), () => randomBytes(32).toString('hex'))).toString().trim(),
    'hex',
  );
  if (fieldKey.length !== 32) throw new Error('ledger-field.key must hold 32 bytes in hex');
  return { privateKey, publicKey, keyId: keyIdOf(publicKey), fieldKey, sealsLog };
}

/**
 * What stands in the ledger for an encrypted field or an address: an HMAC, so that equal values can be seen to be equal, and nobody without
 * the key can try all ID numbers against it.
 */
export const keyed = ({ fieldKey }: Pick<LedgerKeys, 'fieldKey'>, value: string): string =>
  `hmac-sha256:${createHmac('sha256', fieldKey).update(value).digest('hex')}`;

// Where seals are on record there was a key: a new one in its place would hide the loss until somebody verifies.
async function firstSigningKey(sealsLog: string) {
  if ((await sizeOfLog(sealsLog)) > 0) {
    throw new Error(
      `账本签名密钥丢失：${sealsLog} 中已有封存，却没有密钥文件。请从备份恢复密钥。 The ledger's key is gone while ${sealsLog} holds seals: restore it.`,
    );
  }
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
}

// Several processes may start at once: the file appears whole under its name, and whoever comes second reads the first one's.
async function readOrMake(file: string, make: () => string | Buffer | Promise<string | Buffer>): Promise<Buffer> {
  const found = await readFile(file).catch(absent);
  if (found) return found;
  const draft = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`;
  await writeFile(draft, await make(), { mode: 0o600, flag: 'wx' });
  try {
    await link(draft, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await unlink(draft);
  }
  return readFile(file);
}

const absent = (error: NodeJS.ErrnoException) => {
  if (error.code !== 'ENOENT') throw error;
  return null;
};
