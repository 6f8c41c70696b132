import type { KeyObject } from 'node:crypto';
import type { Db, Tx } from '../db.ts';
import { entryHash, sha256 } from './entry.ts';
import { merklePath, rootFromPath } from './merkle.ts';
import { isSigned, statementOf, type Seal } from './seal.ts';

/** All that a stranger needs to see that an entry stood in the ledger when its seal was made. Hashes and signature in hex. */
export interface Proof {
  entry: { chain: string; seq: number; prevHash: string; body: string; hash: string };
  position: number;
  path: string[];
  seal: { no: number; prevHash: string; root: string; count: number; keyId: string; at: string; hash: string; signature: string };
}

/** Why a proof does not hold: the entry, its place in the tree, the seal's hash, or the signature. */
export type ProofFault = 'EntryHashWrong' | 'SealRootWrong' | 'SealHashWrong' | 'SealSignatureWrong';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const bytes = (text: string) => Buffer.from(text, 'hex');

/** The inclusion proof of an entry; null while no seal covers it, or when there is no such entry. */
export async function proofOf(db: Db | Tx, entryId: bigint): Promise<Proof | null> {
  const entry = await db.ledgerEntry.findUnique({ where: { id: entryId } });
  const item = entry && (await db.ledgerSealItem.findUnique({ where: { entryId } }));
  if (!item) return null;
  const seal = await db.ledgerSeal.findUniqueOrThrow({ where: { no: item.sealNo } });
  const leaves = await db.$queryRaw<{ hash: Uint8Array }[]>`
    SELECT e.hash FROM ledger_seal_item i JOIN ledger_entry e ON e.id = i.entry_id WHERE i.seal_no = ${item.sealNo} ORDER BY i.position`;
  return {
    entry: { chain: entry.chain, seq: entry.seq, prevHash: hex(entry.prevHash), body: entry.body, hash: hex(entry.hash) },
    position: item.position,
    path: merklePath(
      leaves.map(({ hash }) => hash),
      item.position,
    ).map(hex),
    seal: {
      no: seal.no,
      prevHash: hex(seal.prevHash),
      root: hex(seal.root),
      count: seal.count,
      keyId: seal.keyId,
      at: seal.at.toISOString(),
      hash: hex(seal.hash),
      signature: hex(seal.signature),
    },
  };
}

/** Checks a proof with nothing but the public key; null when it holds. */
export function checkProof({ entry, position, path, seal }: Proof, publicKey: KeyObject): ProofFault | null {
  const leaf = entryHash(bytes(entry.prevHash), entry.seq, entry.body);
  if (hex(leaf) !== entry.hash) return 'EntryHashWrong';
  const root = rootFromPath(leaf, position, seal.count, path.map(bytes));
  if (!root || hex(root) !== seal.root) return 'SealRootWrong';
  const stated = sealOf(seal);
  if (hex(sha256(statementOf(stated))) !== seal.hash) return 'SealHashWrong';
  return isSigned(stated, publicKey) ? null : 'SealSignatureWrong';
}

const sealOf = (seal: Proof['seal']): Seal => ({
  ...seal,
  prevHash: bytes(seal.prevHash),
  root: bytes(seal.root),
  hash: bytes(seal.hash),
  signature: bytes(seal.signature),
  at: new Date(seal.at),
});
