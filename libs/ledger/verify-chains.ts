import type { Tx } from '../db.ts';
import { columnsOf, entryHash, GENESIS, type Act } from './entry.ts';
import type { Fault, FaultCode } from './faults.ts';

const PAGE = 2_000;

interface Row {
  id: bigint;
  chain: string;
  seq: number;
  prevHash: Uint8Array;
  hash: Uint8Array;
  body: string;
  at: Date;
  verb: string;
  accepted: boolean;
  accountId: string | null;
  caseId: string | null;
  personId: string | null;
}

/** Walks every chain from its first entry to its head, a page at a time. */
export async function verifyChains(tx: Tx, onProgress?: (entries: number) => void) {
  let entries = 0;
  let chains = 0;
  let last: Row | null = null;
  for (;;) {
    const rows: Row[] = await pageAfter(tx, last);
    for (const row of rows) {
      const before = last?.chain === row.chain ? last : null;
      if (!before) chains += 1;
      const code = entryFault(row, before);
      if (code) return { entries, chains, fault: faultAt(code, row) };
      entries += 1;
      last = row;
    }
    onProgress?.(entries);
    if (rows.length < PAGE) break;
  }
  return { entries, chains, fault: await headFault(tx) };
}

const pageAfter = (tx: Tx, last: Row | null) => tx.$queryRaw<Row[]>`
  SELECT id, chain, seq, prev_hash AS "prevHash", hash, body, at, verb, accepted,
    account_id AS "accountId", case_id AS "caseId", person_id AS "personId"
  FROM ledger_entry WHERE (chain, seq) > (${last?.chain ?? ''}, ${last?.seq ?? 0}::int) ORDER BY chain, seq LIMIT ${PAGE}`;

function entryFault(row: Row, before: Row | null): FaultCode | null {
  if (row.seq !== (before?.seq ?? 0) + 1) return 'ChainGap';
  if (!Buffer.from(row.prevHash).equals(before?.hash ?? GENESIS)) return 'ChainBroken';
  if (!entryHash(row.prevHash, row.seq, row.body).equals(row.hash)) return 'EntryHashWrong';
  const act = actOf(row.body);
  if (!act) return 'EntryBodyUnreadable';
  return columnsFit(row, act) ? null : 'EntryColumnsWrong';
}

function actOf(body: string): Act | null {
  try {
    const act = JSON.parse(body) as Act & { at: string };
    return { ...act, at: new Date(act.at) };
  } catch {
    return null;
  }
}

function columnsFit(row: Row, act: Act): boolean {
  const said = columnsOf(act);
  return (
    row.chain === act.chain &&
    row.at.getTime() === said.at.getTime() &&
    row.verb === said.verb &&
    row.accepted === said.accepted &&
    row.accountId === said.accountId &&
    row.caseId === said.caseId &&
    row.personId === said.personId
  );
}

/** A chain whose head and last entry differ: the tail was cut, or an entry was put in beside the desk. */
async function headFault(tx: Tx): Promise<Fault | null> {
  const [wrong] = await tx.$queryRaw<{ chain: string; seq: number }[]>`
    SELECT chain, greatest(head.seq, tail.seq) AS seq
    FROM ledger_chain head FULL JOIN (SELECT DISTINCT ON (chain) chain, seq, hash FROM ledger_entry ORDER BY chain, seq DESC) tail USING (chain)
    WHERE head.seq IS DISTINCT FROM tail.seq OR head.hash IS DISTINCT FROM tail.hash
    ORDER BY chain LIMIT 1`;
  return wrong ? { code: 'ChainHeadWrong', ...wrong } : null;
}

const faultAt = (code: FaultCode, { chain, seq, id }: Row): Fault => ({ code, chain, seq, entryId: String(id) });
