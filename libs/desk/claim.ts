import { refuse } from '../domain/refusal.ts';
import { actOnTask } from './act.ts';
import type { By, DeskRoom, Verdict } from './room.ts';

/**
 * 认领: the task is the actor's, or that of the one in whose stead they claim it; the others of its audience no longer find it. Refuses a task asked of a
 * person by name (`AskedByName`).
 */
export function claim(room: DeskRoom, by: By & { taskId: string }): Promise<Verdict> {
  return actOnTask(room, by, 'task.claim', async (tx, _state, { task, seat, refusal }) => {
    if (refusal) return refusal;
    if (!task.audienceRole) return refuse('AskedByName', { name: task.assigneeName ?? '' });
    await tx.$executeRaw`UPDATE task SET assignee_id = ${seat.accountId}::uuid, claimed = true, claimed_at = ${by.at} WHERE id = ${task.id}::uuid`;
    return { stage: task.stage, round: task.round, before: { assigneeId: task.assigneeId }, after: { assigneeId: seat.accountId } };
  });
}

/** 放回: back to the audience. Only whoever claimed it, or their substitute; a task asked of a person by name stays theirs (`AskedByName`). */
export function release(room: DeskRoom, by: By & { taskId: string }): Promise<Verdict> {
  return actOnTask(room, by, 'task.release', async (tx, _state, { task, seat, refusal }) => {
    if (refusal) return refusal;
    if (!task.audienceRole) return refuse('AskedByName', { name: task.assigneeName ?? '' });
    if (!task.claimed || task.assigneeId !== seat.accountId) return refuse('NotClaimed');
    await tx.$executeRaw`UPDATE task SET assignee_id = NULL, claimed = false, claimed_at = NULL WHERE id = ${task.id}::uuid`;
    return { stage: task.stage, round: task.round, before: { assigneeId: task.assigneeId }, after: { assigneeId: null } };
  });
}
