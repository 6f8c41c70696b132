import { recordedActor } from '../access/actor.ts';
import type { Db, Tx } from '../db.ts';
import { dateOf } from '../domain/dates.ts';
import { isRefusal, refuse, type Refusal } from '../domain/refusal.ts';
import { appendMany } from '../ledger/append.ts';
import type { Act } from '../ledger/entry.ts';
import type { PersonKeys } from '../people/keys.ts';
import type { ImportAct } from './act.ts';
import { assumptionsOf } from './assumptions.ts';
import { openSealedWorkbook } from '../workbooks/batch-bytes.ts';
import { lockBatch, storedMapping, storedSummary, whyNot, type ImportResult } from './batch.ts';
import type { Planned } from './compare.ts';
import { reckon } from './dry-run.ts';
import type { Writing, Written } from './writing.ts';
import { writeNew } from './write-new.ts';
import { writeUpdates } from './write-updates.ts';

export interface ConfirmInput extends ImportAct {
  batchId: string;
  /** Take the good rows and leave the faulty ones in the workbook. Without it one faulty row keeps all out. */
  goodRowsOnly: boolean;
}

/**
 * Carries a checked import out, in one transaction: everybody or nobody. The workbook is held against the record once more, under a lock that
 * all imports share, so that two officers at once, a second click and a second upload change nothing twice.
 */
export async function confirm(db: Db, keys: PersonKeys, input: ConfirmInput): Promise<ImportResult | Refusal> {
  const { batchId, actor, withinPath } = input;
  return db.$transaction(
    async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('roster import'))`;
      const batch = await lockBatch(tx, batchId, { accountId: actor.accountId, withinPath });
      if (isRefusal(batch)) return batch;
      const { result } = storedSummary(batch);
      if (batch.status === 'confirmed' && result) return result;
      const blocked = whyNot(batch);
      if (blocked?.refused === 'ImportNotChecked') return blocked;
      if (batch.bytes.length === 0) return refuse('ImportFileGone');
      const bytes = openSealedWorkbook(keys, batchId, batch.bytes);
      const reckoned = await reckon(tx, keys, { bytes, change: storedMapping(batch).change, on: dateOf(input.at), withinPath });
      if (isRefusal(reckoned)) return reckoned;
      const { evaluated, planned } = reckoned;
      const left = evaluated.rows.length - planned.length;
      if (planned.length === 0) return refuse('ImportNothingGood');
      if (left > 0 && !input.goodRowsOnly) return refuse('ImportHasFaults', { rows: left, good: planned.length });
      return carryOut(tx, keys, input, planned, left);
    },
    { timeout: 120_000, maxWait: 30_000 },
  );
}

async function carryOut(tx: Tx, keys: PersonKeys, input: ConfirmInput, planned: readonly Planned[], left: number): Promise<ImportResult> {
  const { batchId, at } = input;
  const on = dateOf(at);
  const assumptions = await assumptionsOf(
    tx,
    planned.map(({ record }) => record),
    on,
  );
  const writing: Writing = { tx, keys, batchId, ground: `import:${batchId}`, on, at, assumptions };
  const added = await writeNew(
    writing,
    planned.flatMap((one) => (one.action === 'new' ? [one.record] : [])),
  );
  const updated = await writeUpdates(
    writing,
    planned.flatMap((one) => (one.action === 'update' ? [one] : [])),
  );
  const result = resultOf(added.length, updated.length, planned.length - added.length - updated.length, left);
  const written = [...added, ...updated];
  await keepItems(tx, batchId, written);
  await appendMany(tx, [...written.map((one) => personEntry(input, one)), batchEntry(input, result)]);
  const batch = await tx.importBatch.findUniqueOrThrow({ where: { id: batchId }, select: { summary: true } });
  await tx.importBatch.update({
    where: { id: batchId },
    data: { status: 'confirmed', confirmedAt: at, summary: { ...storedSummary(batch), result } as object },
  });
  return result;
}

async function keepItems(tx: Tx, batchId: string, written: readonly Written[]): Promise<void> {
  const rows = written.map(({ row, personId, action, undo }) => ({ row, personId, action, undo }));
  await tx.$executeRaw`
    INSERT INTO import_item (batch_id, row_no, person_id, action, undo)
    SELECT ${batchId}::uuid, "row", "personId", action, nullif(undo, 'null'::jsonb)
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r ("row" int, "personId" uuid, action text, undo jsonb)`;
}

const count = (n: number) => n.toLocaleString('en-US');

function resultOf(added: number, updated: number, unchanged: number, left: number): ImportResult {
  const rest = left > 0 ? `；${count(left)} 行有错误，没有导入` : '';
  if (added + updated === 0) return { added, updated, unchanged, left, text: `全部 ${count(unchanged)} 人没有变化${rest}。` };
  const parts = [added && `新增 ${count(added)} 人`, updated && `更新 ${count(updated)} 人`, unchanged && `${count(unchanged)} 人没有变化`];
  return { added, updated, unchanged, left, text: `${parts.filter(Boolean).join('，')}${rest}。` };
}

function personEntry({ batchId, actor, at, origin = null }: ConfirmInput, { row, personId, action, before, after }: Written): Act {
  const verb = action === 'new' ? 'roster.add' : 'roster.update';
  const entry = {
    chain: `person:${personId}` as const,
    verb,
    accepted: true,
    at,
    actor: recordedActor(actor),
    personId,
    origin,
    after,
    detail: { batchId, row },
  };
  return before ? { ...entry, before } : entry;
}

function batchEntry(
  { batchId, goodRowsOnly, actor, at, origin = null }: ConfirmInput,
  { added, updated, unchanged, left }: ImportResult,
): Act {
  const detail = { batchId, goodRowsOnly, added, updated, unchanged, left };
  return { chain: `account:${actor.accountId}`, verb: 'roster.import', accepted: true, at, actor: recordedActor(actor), origin, detail };
}
