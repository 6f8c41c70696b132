import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { maskIdNumber } from '../domain/id-number.ts';

/** What ID numbers are kept under: one key to read them, another to find them. Both are derived from the key file. */
export interface PersonKeys {
  cipherKey: Buffer;
  indexKey: Buffer;
  /** Under which it is kept who objects to a public notice, and what they say. */
  objectionKey: Buffer;
  /** Under which half-finished applications and findings about candidates are kept. */
  candidateKey: Buffer;
}

const KEY_BYTES = 32;
const derive = (master: Buffer, purpose: string) => Buffer.from(hkdfSync('sha256', master, '', `miaopu person ${purpose}`, KEY_BYTES));

/**
 * Opens the key of ID numbers: 32 bytes in hex. `keyFile` (PERSON_KEY_FILE) must exist when named; without it `dir`/person.key is used, and made
 * at the first start, readable by its owner alone. Whoever loses it loses every ID number.
 */
export async function openPersonKeys({ dir, keyFile }: { dir: string; keyFile?: string }): Promise<PersonKeys> {
  const text = keyFile ? await readFile(keyFile, 'utf8') : await readOrMake(dir, 'person.key');
  return personKeysFrom(text);
}

/** The keys that a key file's text stands for. */
export function personKeysFrom(text: string): PersonKeys {
  const hex = text.trim();
  if (!/^[0-9a-f]{64}$/i.test(hex)) throw new Error('The key of ID numbers must be 32 bytes in hex');
  const master = Buffer.from(hex, 'hex');
  return {
    cipherKey: derive(master, 'id number'),
    indexKey: derive(master, 'id number index'),
    objectionKey: derive(master, 'objection'),
    candidateKey: derive(master, 'candidate'),
  };
}

// Several processes may start at once: the file appears whole under its name, and whoever comes second reads the first one's.
async function readOrMake(dir: string, name: string): Promise<string> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const file = path.join(dir, name);
  const draft = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`;
  const found = await readFile(file, 'utf8').catch(nullIf('ENOENT'));
  if (found !== null) return found;
  await writeFile(draft, `${randomBytes(KEY_BYTES).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  await link(draft, file).catch(nullIf('EEXIST'));
  await unlink(draft);
  return readFile(file, 'utf8');
}

const nullIf = (code: string) => (error: NodeJS.ErrnoException) => {
  if (error.code !== code) throw error;
  return null;
};

/** What the record of a person keeps of an ID number. */
export interface SealedIdNumber {
  idNoCipher: Uint8Array<ArrayBuffer>;
  idNoIndex: string;
  idNoMasked: string;
}

const FORMAT = 1;
const [NONCE_BYTES, TAG_BYTES] = [12, 16];

/** The keyed index under which an ID number is found; without the key nobody can try all numbers against it. */
export const indexOf = ({ indexKey }: PersonKeys, idNo: string): string => createHmac('sha256', indexKey).update(idNo).digest('hex');

/** Encrypts an ID number (AES-256-GCM: format, nonce, tag, text), bound to its own index, so that it opens in no other record. */
export function sealIdNumber(keys: PersonKeys, idNo: string): SealedIdNumber {
  const idNoIndex = indexOf(keys, idNo);
  return { idNoCipher: seal(keys.cipherKey, idNo, idNoIndex), idNoIndex, idNoMasked: maskIdNumber(idNo) };
}

function seal(key: Buffer, plain: string, boundTo: string): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(boundTo));
  const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return Uint8Array.from(Buffer.concat([Buffer.of(FORMAT), nonce, cipher.getAuthTag(), text]));
}

/** Decrypts an ID number. Throws when the key is another one, or the record was tampered with. */
export function openIdNumber(keys: PersonKeys, { idNoCipher, idNoIndex }: Pick<SealedIdNumber, 'idNoCipher' | 'idNoIndex'>): string {
  return open(keys.cipherKey, idNoCipher, idNoIndex);
}

/** Encrypts what an objection holds, bound to its own id, so that it opens in no other. */
export const sealObjection = (keys: PersonKeys, objectionId: string, content: string): Uint8Array<ArrayBuffer> =>
  seal(keys.objectionKey, content, objectionId);

/** Decrypts it. Throws when the key is another one, or the record was tampered with. */
export const openObjection = (keys: PersonKeys, objectionId: string, sealed: Uint8Array): string =>
  open(keys.objectionKey, sealed, objectionId);

/** Encrypts what is kept about a candidate, bound to where it stands. */
export const sealAboutCandidate = (keys: PersonKeys, boundTo: string, content: string): Uint8Array<ArrayBuffer> =>
  seal(keys.candidateKey, content, boundTo);

/** Decrypts it. Throws when the key is another one, or the record was tampered with. */
export const openAboutCandidate = (keys: PersonKeys, boundTo: string, sealed: Uint8Array): string =>
  open(keys.candidateKey, sealed, boundTo);

function open(key: Buffer, sealed: Uint8Array, boundTo: string): string {
  const bytes = Buffer.from(sealed);
  if (bytes[0] !== FORMAT) throw new Error('Sealed in an unknown format');
  const nonce = bytes.subarray(1, 1 + NONCE_BYTES);
  const tag = bytes.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(boundTo)).setAuthTag(tag);
  return Buffer.concat([decipher.update(bytes.subarray(1 + NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
}
