import { recordedActor } from '../access/actor.ts';
import type { Db, Tx } from '../db.ts';
import { isRefusal, refuse, type Refusal } from '../domain/refusal.ts';
import { append } from '../ledger/append.ts';
import { lockBatch, storedSummary, UNDO_DAYS } from './batch.ts';
import type { ImportAct } from './act.ts';

const EMPTY = { bytes: new Uint8Array(0), rows: [], faults: { faults: [], corrections: [] } };

/** Gives an unconfirmed import up; its workbook is forgotten at once. */
export async function discard(
  db: Db,
  { batchId, actor, withinPath, at, origin = null }: ImportAct & { batchId: string },
): Promise<Refusal | null> {
  return db.$transaction(async (tx) => {
    const batch = await lockBatch(tx, batchId, { accountId: actor.accountId, withinPath });
    if (isRefusal(batch)) return batch;
    if (batch.status === 'discarded') return null;
    if (batch.status !== 'mapping' && batch.status !== 'checked')
      return refuse('ImportNotChecked', { how: '已经确认过', todo: '需要时可以撤销导入。' });
    await tx.importBatch.update({
      where: { id: batchId },
      data: { ...EMPTY, status: 'discarded', summary: { ...storedSummary(batch), groups: [] } as object },
    });
    await append(tx, {
      chain: `account:${actor.accountId}`,
      verb: 'roster.discard',
      accepted: true,
      at,
      actor: recordedActor(actor),
      origin,
      detail: { batchId },
    });
    return null;
  });
}

/**
 * Forgets what nobody needs any more: workbooks and verdicts of imports whose time for undoing has passed, and of uploads that were never
 * confirmed; the particulars that an update replaced. Counts, results and the ledger stay. To be called once a day; returns the batches emptied.
 */
export async function forgetOldImports(tx: Tx, at: Date): Promise<number> {
  const before = new Date(at.getTime() - (UNDO_DAYS + 1) * 86_400_000);
  const old = await tx.$queryRaw<{ id: string; status: string }[]>`
    SELECT id, status FROM import_batch
    WHERE length(bytes) > 0 AND coalesce(undone_at, confirmed_at, uploaded_at) < ${before} FOR UPDATE SKIP LOCKED`;
  for (const { id, status } of old) {
    const open = status === 'mapping' || status === 'checked';
    await tx.importBatch.update({ where: { id }, data: { ...EMPTY, ...(open && { status: 'discarded' }) } });
  }
  await tx.$executeRaw`UPDATE import_item SET undo = NULL WHERE undo IS NOT NULL AND batch_id = ANY(${old.map(({ id }) => id)}::uuid[])`;
  return old.length;
}
