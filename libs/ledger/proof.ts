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

/** An entry as a proof holds it; null when there is no such entry. */
export async function entryOf(db: Db | Tx, entryId: bigint): Promise<Proof['entry'] | null> {
  const entry = await db.ledgerEntry.findUnique({ where: { id: entryId } });
  return entry && { chain: entry.chain, seq: entry.seq, prevHash: hex(entry.prevHash), body: entry.body, hash: hex(entry.hash) };
}

/** The inclusion proof of an entry; null while no seal covers it, or when there is no such entry. */
export async function proofOf(db: Db | Tx, entryId: bigint): Promise<Proof | null> {
  const entry = await entryOf(db, entryId);
  const item = entry && (await db.ledgerSealItem.findUnique({ where: { entryId } }));
  if (!item) return null;
  const seal = await db.ledgerSeal.findUniqueOrThrow({ where: { no: item.sealNo } });
  return {
    entry,
    position: item.position,
    path: merklePath(await leavesOf(db, item.sealNo), item.position).map(hex),
    seal: sealAsTold(seal),
  };
}

async function leavesOf(db: Db | Tx, sealNo: number): Promise<Uint8Array[]> {
  const leaves = await db.$queryRaw<{ hash: Uint8Array }[]>`
    SELECT e.hash FROM ledger_seal_item i JOIN ledger_entry e ON e.id = i.entry_id WHERE i.seal_no = ${sealNo} ORDER BY i.position`;
  return leaves.map(({ hash }) => hash);
}

const sealAsTold = (seal: Seal): Proof['seal'] => ({
  no: seal.no,
  prevHash: hex(seal.prevHash),
  root: hex(seal.root),
  count: seal.count,
  keyId: seal.keyId,
  at: seal.at.toISOString(),
  hash: hex(seal.hash),
  signature: hex(seal.signature),
});

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

/** A chain from its first entry, each with its place under a seal; null where no seal covers it yet. */
export interface ProvenChain {
  chain: string;
  entries: (Omit<Proof['entry'], 'chain'> & { seal: { no: number; position: number; path: string[] } | null })[];
}

/** Whole chains with the proof of every entry, and the seals that these name. Each seal's tree is read once. */
export async function proveChains(db: Db | Tx, chains: readonly string[]): Promise<{ chains: ProvenChain[]; seals: Proof['seal'][] }> {
  const rows = await db.$queryRaw<
    { chain: string; seq: number; prevHash: Uint8Array; hash: Uint8Array; body: string; sealNo: number | null; position: number | null }[]
  >`
    SELECT e.chain, e.seq, e.prev_hash AS "prevHash", e.hash, e.body, i.seal_no AS "sealNo", i.position
    FROM ledger_entry e LEFT JOIN ledger_seal_item i ON i.entry_id = e.id WHERE e.chain = ANY(${[...chains]}::text[]) ORDER BY e.chain, e.seq`;
  const numbers = [...new Set(rows.flatMap(({ sealNo }) => sealNo ?? []))].sort((a, b) => a - b);
  const trees = new Map<number, Uint8Array[]>();
  for (const no of numbers) trees.set(no, await leavesOf(db, no));
  const seals = await db.ledgerSeal.findMany({ where: { no: { in: numbers } }, orderBy: { no: 'asc' } });
  return {
    chains: chains.map((chain) => ({
      chain,
      entries: rows
        .filter((row) => row.chain === chain)
        .map(({ seq, prevHash, hash, body, sealNo, position }) => ({
          seq,
          prevHash: hex(prevHash),
          hash: hex(hash),
          body,
          seal:
            sealNo === null || position === null ? null : { no: sealNo, position, path: merklePath(trees.get(sealNo)!, position).map(hex) },
        })),
    })),
    seals: seals.map(sealAsTold),
  };
}
