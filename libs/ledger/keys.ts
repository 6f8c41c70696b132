import { createHmac, createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { link, mkdir, readFile, rename, unlink, writeFile } from 'node:fs/promises';
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

/** What a process needs that writes entries and checks seals, but makes none: it never touches the signing key. */
export interface LedgerReader {
  fieldKey: Buffer;
  sealsLog: string;
  /** What seals are checked with; null until the first sealer has laid it down. */
  publicKey(): Promise<KeyObject | null>;
}

/** The name of a public key: the first 16 hex digits of SHA-256 over its SPKI form. */
export const keyIdOf = (publicKey: KeyObject): string =>
  sha256(publicKey.export({ type: 'spki', format: 'der' }))
    .toString('hex')
    .slice(0, 16);

const PUBLIC = 'ledger-ed25519.pub.pem';

/**
 * Opens the ledger's keys for sealing. `keyFile` (LEDGER_KEY_FILE) must exist when named; without it `signingDir`/ledger-ed25519.pem is used, and made at
 * the first start, readable by its owner alone. The public key is laid into `dir`, to be handed to whoever wants to verify.
 */
export async function openLedgerKeys(options: {
  dir: string;
  signingDir?: string;
  keyFile?: string;
  sealsLog?: string;
}): Promise<LedgerKeys> {
  const { dir, signingDir = dir, keyFile, sealsLog = path.join(dir, 'seals.log') } = options;
  await mkdir(dir, { recursive: true });
  const pem = keyFile
    ? await readFile(keyFile)
    : await readOrMake(path.join(signingDir, 'ledger-ed25519.pem'), () => firstSigningKey(sealsLog));
  const privateKey = createPrivateKey(pem);
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error('The ledger key must be an Ed25519 private key in PEM');
  const publicKey = createPublicKey(privateKey);
  await layDown(path.join(dir, PUBLIC), publicKey.export({ type: 'spki', format: 'pem' }).toString());
  return { privateKey, publicKey, keyId: keyIdOf(publicKey), fieldKey: await openFieldKey(dir), sealsLog };
}

/**
 * Opens what is needed to write entries and to check seals. The public key is `publicKeyFile` (LEDGER_PUBLIC_KEY_FILE), or the one that the sealer has
 * laid into `dir`; it is looked for when it is first needed.
 */
export async function openLedgerReader(options: { dir: string; publicKeyFile?: string; sealsLog?: string }): Promise<LedgerReader> {
  const { dir, publicKeyFile = path.join(dir, PUBLIC), sealsLog = path.join(dir, 'seals.log') } = options;
  await mkdir(dir, { recursive: true });
  let known: KeyObject | null = null;
  return {
    fieldKey: await openFieldKey(dir),
    sealsLog,
    async publicKey() {
      const pem = known ? null : await readFile(publicKeyFile).catch(absent);
      if (pem) known = createPublicKey(pem);
      return known;
    },
  };
}

async function openFieldKey(dir: string): Promise<Buffer> {
  const hex = await readOrMake(path.join(dir, 'ledger-field.key'), () => randomBytes(32).toString('hex'));
  const fieldKey = Buffer.from(hex.toString().trim(), 'hex');
  if (fieldKey.length !== 32) throw new Error('ledger-field.key must hold 32 bytes in hex');
  return fieldKey;
}

// Whoever reads it meanwhile finds the whole file, the one before or this one.
async function layDown(file: string, text: string): Promise<void> {
  if ((await readFile(file, 'utf8').catch(absent)) === text) return;
  const draft = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`;
  await writeFile(draft, text);
  await rename(draft, file);
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
