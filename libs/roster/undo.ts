import { recordedActor } from '../access/actor.ts';
import type { Db, Tx } from '../db.ts';
import { dateOf, toDateColumn } from '../domain/dates.ts';
import { isRefusal, refuse, type Refusal } from '../domain/refusal.ts';
import { appendMany } from '../ledger/append.ts';
import type { Act } from '../ledger/entry.ts';
import { undoFactChange } from '../people/facts.ts';
import type { PostHeld } from '../../prisma/generated/client.ts';
import { lockBatch, undoUntil, UNDO_DAYS } from './batch.ts';
import { whatDepends } from './depends.ts';
import type { ImportAct } from './act.ts';
import type { UpdateUndo } from './write-updates.ts';

export interface UndoInput extends ImportAct {
  batchId: string;
  reason: string;
}
export interface Undone {
  removed: number;
  restored: number;
}

/** Thrown to roll back: what an update replaced can no longer be put back. */
class NotAsLeft extends Error {}

/**
 * Takes a confirmed import back: people that it put on record go, what it changed is as before. Refused as a whole when anything was built on it
 * since, with what that is. The ledger keeps the import and its undoing.
 */
export async function undo(db: Db, input: UndoInput): Promise<Undone | Refusal> {
  const { batchId, actor, withinPath, at } = input;
  try {
    return await db.$transaction(
      async (tx) => {
        await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('roster import'))`;
        const batch = await lockBatch(tx, batchId, { accountId: actor.accountId, withinPath });
        if (isRefusal(batch)) return batch;
        if (batch.status !== 'confirmed')
          return refuse('ImportNotUndoable', { why: batch.status === 'undone' ? '已经撤销过。' : '它没有写入任何人员。' });
        if (dateOf(at) > undoUntil(batch)!)
          return refuse('ImportNotUndoable', { why: `确认已超过 ${UNDO_DAYS} 天。需要更正的，请逐人办理。` });
        const why = await whatDepends(tx, batch);
        return why === null ? takeBack(tx, input) : refuse('ImportNotUndoable', { why });
      },
      { timeout: 120_000, maxWait: 30_000 },
    );
  } catch (error) {
    if (error instanceof NotAsLeft) return refuse('ImportNotUndoable', { why: error.message });
    throw error;
  }
}

async function takeBack(tx: Tx, input: UndoInput): Promise<Undone> {
  const { batchId, at } = input;
  const items = await tx.importItem.findMany({ where: { batchId } });
  const added = items.filter(({ action }) => action === 'new').map(({ personId }) => personId);
  const updated = items.filter(({ action }) => action === 'update');
  for (const { personId, undo: kept } of updated) await restore(tx, batchId, personId, kept as unknown as UpdateUndo, at);
  await remove(tx, added);
  await tx.$executeRaw`UPDATE import_item SET undo = NULL WHERE batch_id = ${batchId}::uuid`;
  await tx.importBatch.update({ where: { id: batchId }, data: { status: 'undone', undoneAt: at } });
  const undone = { removed: added.length, restored: updated.length };
  await appendMany(
    tx,
    entries(
      input,
      items.map(({ personId }) => personId),
      undone,
    ),
  );
  return undone;
}

async function remove(tx: Tx, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return;
  const ids = [...personIds];
  await tx.$executeRaw`DELETE FROM post_held WHERE account_id IN (SELECT id FROM account WHERE person_id = ANY(${ids}::uuid[]))`;
  await tx.$executeRaw`DELETE FROM account WHERE person_id = ANY(${ids}::uuid[])`;
  await tx.$executeRaw`DELETE FROM person_fact WHERE person_id = ANY(${ids}::uuid[])`;
  await tx.$executeRaw`DELETE FROM person WHERE id = ANY(${ids}::uuid[])`;
}

async function restore(tx: Tx, batchId: string, personId: string, { particulars, facts, posts }: UpdateUndo, at: Date): Promise<void> {
  const person = await tx.person.findUniqueOrThrow({ where: { id: personId } });
  for (const [field, { before, after }] of Object.entries(particulars)) {
    if (person[field as keyof typeof person] !== after) throw new NotAsLeft(`${person.name}（${person.staffNo}）的信息后来又改过。`);
    await tx.person.update({ where: { id: personId }, data: { [field]: before } });
  }
  const email = particulars.email;
  if (email) await tx.account.updateMany({ where: { personId, status: 'inactive', email: email.after }, data: { email: email.before } });
  // New ratings went in in bulk; they are found by their ground.
  const own = await tx.personFact.findMany({ where: { personId, ground: `import:${batchId}`, endedAt: null }, select: { id: true } });
  const added = [...new Set([...own.map(({ id }) => id), ...facts.added])];
  const current = await tx.personFact.count({ where: { id: { in: added }, endedAt: null } });
  if (current !== added.length) throw new NotAsLeft(`${person.name}（${person.staffNo}）的任职或考核后来又改过。`);
  const restored = await undoFactChange(tx, { added, ended: facts.ended.filter((id) => !added.includes(id)) }, at);
  if (isRefusal(restored)) throw new NotAsLeft(`${person.name}（${person.staffNo}）的任职或考核后来又改过。`);
  await tx.postHeld.deleteMany({ where: { id: { in: posts.added } } });
  for (const kept of posts.closed) {
    const post = asPost(kept);
    await tx.postHeld.upsert({ where: { id: post.id }, create: post, update: { toOn: post.toOn } });
  }
}

/** A post as it was kept in JSON. */
function asPost(kept: object): PostHeld {
  const post = kept as Omit<PostHeld, 'fromOn' | 'toOn'> & { fromOn: string; toOn: string | null };
  return {
    ...post,
    fromOn: toDateColumn(post.fromOn.slice(0, 10)),
    toOn: post.toOn === null ? null : toDateColumn(post.toOn.slice(0, 10)),
  };
}

function entries({ batchId, reason, actor, at, origin = null }: UndoInput, personIds: readonly string[], undone: Undone): Act[] {
  const entry = { verb: 'roster.undo', accepted: true, at, actor: recordedActor(actor), origin };
  return [
    ...personIds.map((personId): Act => ({ ...entry, chain: `person:${personId}`, personId, detail: { batchId } })),
    { ...entry, chain: `account:${actor.accountId}`, detail: { batchId, reason, ...undone } },
  ];
}
