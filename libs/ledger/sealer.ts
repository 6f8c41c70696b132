import { setTimeout as delay } from 'node:timers/promises';
import type { Db, Tx } from '../db.ts';
import { GENESIS } from './entry.ts';
import type { LedgerKeys } from './keys.ts';
import { merkleRoot } from './merkle.ts';
import { signSeal, type Seal } from './seal.ts';
import { appendToLog, lastLogged } from './seals-log.ts';

/** Entries under one seal at most: what bounds a proof's length and a sealer's memory. */
const MOST = 5_000;

/** The log outside the database knows a seal that the database does not have, or has otherwise. Sealing stops until a person has looked. */
export class LedgerRolledBack extends Error {
  readonly no: number;

  constructor(no: number) {
    super(`The log of seals holds seal ${no}, which the database lacks or has differently`);
    this.no = no;
  }
}

/**
 * Seals what waits, at most 5,000 entries, and writes the seal to the log outside the database after the commit. Lines that an earlier crash
 * left out are written first. Null: nothing waits, or another sealer is at work. Throws `LedgerRolledBack`.
 */
export async function sealOnce(db: Db, keys: LedgerKeys, at: Date): Promise<Seal | null> {
  const { missing, seal } = await db.$transaction(async (tx) => {
    const [lock] = await tx.$queryRaw<[{ mine: boolean }]>`SELECT pg_try_advisory_xact_lock(hashtext('ledger-sealer')) AS mine`;
    if (!lock.mine) return { missing: [], seal: null };
    const missing = await missingInLog(tx, keys.sealsLog);
    return { missing, seal: await sealWaiting(tx, keys, at) };
  });
  // A log that is far behind is filled up in order first, or the gap would never be seen again.
  await appendToLog(keys.sealsLog, seal && missing.length < MOST ? [...missing, seal] : missing);
  return seal;
}

/** Seals every `everyMs` until `signal` says stop. A failure is handed to `onTrouble` and tried again; nothing is lost meanwhile. */
export async function runSealer(options: {
  db: Db;
  keys: LedgerKeys;
  now: () => Date;
  everyMs?: number;
  signal: AbortSignal;
  onTrouble?: (error: unknown) => void;
}): Promise<void> {
  const { db, keys, now, everyMs = 2_000, signal, onTrouble } = options;
  while (!signal.aborted) {
    let more = false;
    try {
      more = ((await sealOnce(db, keys, now()))?.count ?? 0) === MOST;
    } catch (error) {
      onTrouble?.(error);
    }
    if (!more) await delay(everyMs, undefined, { signal }).catch(() => {});
  }
}

async function missingInLog(tx: Tx, sealsLog: string): Promise<Seal[]> {
  const last = await lastLogged(sealsLog);
  if (last) {
    const known = await tx.ledgerSeal.findUnique({ where: { no: last.no } });
    if (!known || Buffer.from(known.hash).toString('hex') !== last.hash) throw new LedgerRolledBack(last.no);
  }
  return tx.ledgerSeal.findMany({ where: { no: { gt: last?.no ?? 0 } }, orderBy: { no: 'asc' }, take: MOST });
}

// An unsealed row whose entry is gone is left where it is: the verifier names it.
async function sealWaiting(tx: Tx, keys: LedgerKeys, at: Date): Promise<Seal | null> {
  const leaves = await tx.$queryRaw<{ id: bigint; hash: Uint8Array }[]>`
    WITH waiting AS (
      SELECT u.entry_id, e.hash FROM ledger_unsealed u JOIN ledger_entry e ON e.id = u.entry_id
      ORDER BY u.entry_id LIMIT ${MOST} FOR UPDATE OF u SKIP LOCKED
    ), taken AS (
      DELETE FROM ledger_unsealed WHERE entry_id IN (SELECT entry_id FROM waiting)
    )
    SELECT entry_id AS id, hash FROM waiting ORDER BY entry_id`;
  if (leaves.length === 0) return null;
  const before = await tx.ledgerSeal.findFirst({ orderBy: { no: 'desc' }, select: { no: true, hash: true } });
  const seal = signSeal(
    {
      no: (before?.no ?? 0) + 1,
      prevHash: before?.hash ?? GENESIS,
      root: merkleRoot(leaves.map(({ hash }) => hash)),
      count: leaves.length,
      keyId: keys.keyId,
      at,
    },
    keys.privateKey,
  );
  await tx.$executeRaw`
    WITH sealed AS (
      INSERT INTO ledger_seal (no, prev_hash, root, count, hash, signature, key_id, at)
      VALUES (${seal.no}, ${seal.prevHash}, ${seal.root}, ${seal.count}, ${seal.hash}, ${seal.signature}, ${seal.keyId}, ${seal.at})
    )
    INSERT INTO ledger_seal_item (seal_no, position, entry_id)
    SELECT ${seal.no}, place - 1, id FROM unnest(${leaves.map(({ id }) => id)}::bigint[]) WITH ORDINALITY AS leaf (id, place)`;
  return seal;
}
