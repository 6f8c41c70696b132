import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { PersonKeys } from '../people/keys.ts';

/** An uploaded roster holds thousands of ID numbers: it is kept only as AES-256-GCM under a key of its own, bound to its batch. */
const [NONCE, TAG] = [12, 16];
const keyOf = ({ cipherKey }: PersonKeys) => Buffer.from(hkdfSync('sha256', cipherKey, '', 'miaopu roster workbook', 32));

export function sealWorkbook(keys: PersonKeys, batchId: string, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', keyOf(keys), nonce).setAAD(Buffer.from(batchId));
  const text = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return Uint8Array.from(Buffer.concat([nonce, cipher.getAuthTag(), text]));
}

/** Throws when the key is another one, or the record was tampered with. */
export function openSealedWorkbook(keys: PersonKeys, batchId: string, sealed: Uint8Array): Buffer {
  const bytes = Buffer.from(sealed);
  const decipher = createDecipheriv('aes-256-gcm', keyOf(keys), bytes.subarray(0, NONCE), { authTagLength: TAG });
  decipher.setAAD(Buffer.from(batchId)).setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
  return Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()]);
}
