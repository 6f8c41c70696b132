import type { KeyObject } from 'node:crypto';
import type { Tx } from '../db.ts';
import { GENESIS, sha256 } from './entry.ts';
import type { Fault, FaultCode } from './faults.ts';
import { keyIdOf } from './keys.ts';
import { merkleRoot } from './merkle.ts';
import { isSigned, statementOf, type Seal } from './seal.ts';
import { readLog } from './seals-log.ts';

const PAGE = 200;
const LINES = 2_000;

/** Walks the seals from the first to the last: number, link, tree over the entries as they stand now, hash, signature. */
export async function verifySeals(tx: Tx, publicKeys: readonly KeyObject[], onProgress?: (seals: number) => void) {
  const trusted = new Map(publicKeys.map((key) => [keyIdOf(key), key]));
  let before: Seal | null = null;
  for (;;) {
    const seals: Seal[] = await tx.ledgerSeal.findMany({ where: { no: { gt: before?.no ?? 0 } }, orderBy: { no: 'asc' }, take: PAGE });
    for (const seal of seals) {
      const fault = linkFault(seal, before) ?? (await treeFault(tx, seal)) ?? signatureFault(seal, trusted);
      if (fault) return { last: before, fault };
      before = seal;
    }
    onProgress?.(before?.no ?? 0);
    if (seals.length < PAGE) return { last: before, fault: null };
  }
}

function linkFault(seal: Seal, before: Seal | null): Fault | null {
  const expected = (before?.no ?? 0) + 1;
  if (seal.no !== expected) return { code: 'SealGap', sealNo: expected };
  return Buffer.from(seal.prevHash).equals(before?.hash ?? GENESIS) ? null : { code: 'SealLinkWrong', sealNo: seal.no };
}

async function treeFault(tx: Tx, { no, count, root }: Seal): Promise<Fault | null> {
  const leaves = await tx.$queryRaw<{ position: number; entryId: bigint; hash: Uint8Array | null }[]>`
    SELECT i.position, i.entry_id AS "entryId", e.hash
    FROM ledger_seal_item i LEFT JOIN ledger_entry e ON e.id = i.entry_id WHERE i.seal_no = ${no} ORDER BY i.position`;
  const lost = leaves.find(({ hash }) => !hash);
  if (lost) return { code: 'SealedEntryMissing', sealNo: no, entryId: String(lost.entryId) };
  if (leaves.length !== count || leaves.some(({ position }, i) => position !== i)) return { code: 'SealItemsWrong', sealNo: no };
  return merkleRoot(leaves.map(({ hash }) => hash!)).equals(root) ? null : { code: 'SealRootWrong', sealNo: no };
}

function signatureFault(seal: Seal, trusted: ReadonlyMap<string, KeyObject>): Fault | null {
  const fault = (code: FaultCode): Fault => ({ code, sealNo: seal.no });
  if (!sha256(statementOf(seal)).equals(seal.hash)) return fault('SealHashWrong');
  const key = trusted.get(seal.keyId);
  if (!key) return fault('SealKeyUnknown');
  return isSigned(seal, key) ? null : fault('SealSignatureWrong');
}

/** Holds the log outside the database, up to `size` bytes, against the seals: it may be behind the database, never ahead or different. */
export async function verifyLog(tx: Tx, file: string, size: number) {
  let lastNo = 0;
  let batch: { no: number; hash: string }[] = [];
  const check = async (): Promise<Fault | null> => {
    const known = new Map(
      (await tx.ledgerSeal.findMany({ where: { no: { in: batch.map(({ no }) => no) } } })).map((seal) => [seal.no, seal.hash]),
    );
    for (const { no, hash } of batch) {
      const here = known.get(no);
      if (!here) return { code: 'SealMissing', sealNo: no };
      if (Buffer.from(here).toString('hex') !== hash) return { code: 'SealDiffersFromLog', sealNo: no };
    }
    batch = [];
    return null;
  };
  for await (const line of readLog(file, size)) {
    if ('unreadable' in line) return { lastNo, fault: (await check()) ?? ({ code: 'SealsLogUnreadable', sealNo: lastNo } satisfies Fault) };
    batch.push(line);
    lastNo = Math.max(lastNo, line.no);
    const fault = batch.length === LINES ? await check() : null;
    if (fault) return { lastNo, fault };
  }
  return { lastNo, fault: await check() };
}
