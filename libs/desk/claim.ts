import { refuse } from '../domain/refusal.ts';
import { act } from './act.ts';
import { mayAct } from './may.ts';
import { contractOf, type By, type DeskRoom, type Verdict } from './room.ts';
import { readTask } from './state.ts';

/** 认领: the task is the actor's; the others of its audience no longer find it. Refuses a task asked of a person by name (`AskedByName`). */
export function claim(room: DeskRoom, { taskId, ...by }: By & { taskId: string }): Promise<Verdict> {
  return act(room, by, 'task.claim', { taskId }, async (tx, state) => {
    const task = await readTask(tx, taskId, by.actor.accountId);
    const refusal = mayAct(contractOf(room, state.process), state, task, by.actor);
    if (refusal) return refusal;
    if (!task.audienceRole) return refuse('AskedByName', { name: task.assigneeName ?? '' });
    await tx.$executeRaw`UPDATE task SET assignee_id = ${by.actor.accountId}::uuid, claimed = true, claimed_at = ${by.at} WHERE id = ${taskId}::uuid`;
    return { stage: task.stage, round: task.round, before: { assigneeId: task.assigneeId }, after: { assigneeId: by.actor.accountId } };
  });
}

/** 放回: back to the audience. Only whoever claimed it; a task asked of a person by name stays theirs (`AskedByName`). */
export function release(room: DeskRoom, { taskId, ...by }: By & { taskId: string }): Promise<Verdict> {
  return act(room, by, 'task.release', { taskId }, async (tx, state) => {
    const task = await readTask(tx, taskId, by.actor.accountId);
    const refusal = mayAct(contractOf(room, state.process), state, task, by.actor);
    if (refusal) return refusal;
    if (!task.audienceRole) return refuse('AskedByName', { name: task.assigneeName ?? '' });
    if (!task.claimed || task.assigneeId !== by.actor.accountId) return refuse('NotClaimed');
    await tx.$executeRaw`UPDATE task SET assignee_id = NULL, claimed = false, claimed_at = NULL WHERE id = ${taskId}::uuid`;
    return { stage: task.stage, round: task.round, before: { assigneeId: task.assigneeId }, after: { assigneeId: null } };
  });
}
