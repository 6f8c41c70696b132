import { sign, verify, type KeyObject } from 'node:crypto';
import { canonical, sha256 } from './entry.ts';

/** A seal as it is stated: the root over `count` entries, linked to the seal before. */
export interface SealStatement {
  no: number;
  prevHash: Uint8Array;
  root: Uint8Array;
  count: number;
  keyId: string;
  at: Date;
}

/** A signed statement. `hash` is SHA-256 over the statement's bytes, `signature` plain Ed25519 over the same bytes. */
export interface Seal extends SealStatement {
  hash: Uint8Array;
  signature: Uint8Array;
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** The bytes that are hashed and signed: canonical JSON, hashes in lower-case hex, the time in UTC with milliseconds. */
export const statementOf = ({ no, prevHash, root, count, keyId, at }: SealStatement): string =>
  canonical({ v: 1, no, prevHash: hex(prevHash), root: hex(root), count, keyId, at: at.toISOString() });

export function signSeal(statement: SealStatement, privateKey: KeyObject): Seal {
  const text = statementOf(statement);
  return { ...statement, hash: sha256(text), signature: sign(null, Buffer.from(text), privateKey) };
}

export const isSigned = (seal: Seal, publicKey: KeyObject): boolean =>
  verify(null, Buffer.from(statementOf(seal)), publicKey, Buffer.from(seal.signature));

/** A seal's line outside the database. It holds the whole statement, so the file can be checked by itself. */
export const sealLine = (seal: Seal): string =>
  canonical({
    no: seal.no,
    prevHash: hex(seal.prevHash),
    root: hex(seal.root),
    count: seal.count,
    keyId: seal.keyId,
    at: seal.at.toISOString(),
    hash: hex(seal.hash),
    signature: hex(seal.signature),
  });
