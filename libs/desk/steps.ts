import type { Prisma } from '../../prisma/generated/client.ts';
import type { Tx } from '../db.ts';
import { touch } from './act.ts';
import { takesEffect } from './case-people.ts';
import type { DeskRoom } from './room.ts';
import { lockCase, type CaseState } from './state.ts';

export interface Change<T> {
  result: T;
  /** What undoes it; null when it is never undone. */
  undo: object | null;
  /** The case takes effect with it, when no answer has made it so already. */
  takesEffect?: boolean;
}

/**
 * A change of the world that the story asks for, once: under the case's lock, in one transaction with its memory and its undo entry. Asked again, the
 * first result is given and nothing happens. Refused (`{ notRunning }`) when the case no longer runs.
 */
export function changeOnce<T extends object>(
  room: DeskRoom,
  { caseId, key, at }: { caseId: string; key: string; at: Date },
  work: (tx: Tx, state: CaseState) => Promise<Change<T>>,
): Promise<T | { notRunning: true }> {
  return room.db.$transaction(async (tx) => {
    const state = await lockCase(tx, caseId);
    const known = await tx.stepResult.findUnique({ where: { caseId_key: { caseId, key } } });
    if (known && !known.undone) return known.result as T;
    if (state?.status !== 'running') return { notRunning: true };
    const { result, undo, takesEffect: effective } = await work(tx, state);
    const data = { result: result as Prisma.InputJsonObject, ...(undo && { undo: undo as Prisma.InputJsonObject }), undone: null, at };
    await tx.stepResult.upsert({ where: { caseId_key: { caseId, key } }, create: { caseId, key, ...data }, update: data });
    if (effective) await takesEffect(tx, caseId, at);
    await touch(tx, caseId);
    return result;
  });
}

/** Runs the undo entries of a withdrawn case in reverse, each once, in one transaction each. */
export async function undoSteps(
  room: DeskRoom,
  { caseId, at }: { caseId: string; at: Date },
  undo: (tx: Tx, entry: unknown) => Promise<void>,
): Promise<number> {
  for (let undone = 0; ; undone += 1) {
    const found = await room.db.$transaction(async (tx) => {
      await lockCase(tx, caseId);
      const step = await tx.stepResult.findFirst({
        where: { caseId, undone: null, undo: { not: null as never } },
        orderBy: [{ at: 'desc' }, { key: 'desc' }],
      });
      if (!step) return false;
      await undo(tx, step.undo);
      await tx.stepResult.update({ where: { caseId_key: { caseId, key: step.key } }, data: { undone: at } });
      return true;
    });
    if (!found) return undone;
  }
}
