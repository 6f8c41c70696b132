import type { Tx } from '../db.ts';
import { bodyOf, columnsOf, type Act } from './entry.ts';

/** Where an entry came to stand. */
export interface Appended {
  id: bigint;
  chain: string;
  seq: number;
  hash: Uint8Array;
}

/**
 * Writes one entry in the act's own transaction: one round trip, under the lock of the chain's head, held until the transaction ends.
 * An act that touches more than one chain hands all of its entries to one `appendMany`.
 */
export async function append(tx: Tx, act: Act): Promise<Appended> {
  const [entry] = await appendMany(tx, [act]);
  return entry!;
}

/**
 * Writes entries in one round trip and returns their places in the order given. Chains are locked in the order of their names, so that
 * two transactions that share several chains wait for each other and never deadlock; acts of one chain keep their order.
 */
export async function appendMany(tx: Tx, acts: readonly Act[]): Promise<Appended[]> {
  if (acts.length === 0) return [];
  const order = acts.map((_, i) => i).sort((a, b) => compare(acts[a]!.chain, acts[b]!.chain) || a - b);
  const sorted = order.map((i) => acts[i]!);
  const columns = sorted.map(columnsOf);
  const rows = await tx.$queryRaw<Appended[]>`
    SELECT entry_id AS id, entry_chain AS chain, entry_seq AS seq, entry_hash AS hash
    FROM ledger_append(
      ${sorted.map((act) => act.chain)}::text[],
      ${sorted.map(bodyOf)}::text[],
      ${columns.map(({ at }) => at.toISOString())}::timestamptz[],
      ${columns.map(({ verb }) => verb)}::text[],
      ${columns.map(({ accepted }) => accepted)}::boolean[],
      ${columns.map(({ accountId }) => accountId)}::uuid[],
      ${columns.map(({ caseId }) => caseId)}::uuid[],
      ${columns.map(({ personId }) => personId)}::uuid[])`;
  const places: Appended[] = [];
  rows.forEach((row, i) => (places[order[i]!] = row));
  return places;
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
