import type { Db, Tx } from '../db.ts';
import type { ProcessContract } from '../domain/contract.ts';
import { formatMoment } from '../domain/dates.ts';
import { halfDayOf } from '../domain/half-day.ts';
import { stageAs } from '../domain/pinned.ts';
import { refuse, type Refusal } from '../domain/refusal.ts';
import type { Actor, Role } from '../domain/roles.ts';
import { act } from './act.ts';
import { eligible } from './audience.ts';
import { endedHow, heldStill } from './may.ts';
import { ownsProcess } from './owner.ts';
import { contractOf, type By, type DeskRoom, type Verdict } from './room.ts';
import { runOf } from './stage-tasks.ts';
import { readTask, type CaseState } from './state.ts';
import { taskWords, tellOfTask } from './tell-task.ts';
import { calendarOf, mailMoment } from './when.ts';

/** Whether the actor may press for what is asked in this case: its starter, the person concerned, or the process owner. */
export async function mayUrgeIn(db: Db | Tx, contract: ProcessContract, state: CaseState, actor: Actor): Promise<Refusal | null> {
  const has =
    actor.accountId === state.starterId ||
    actor.accountId === state.startedById ||
    actor.accountId === state.subjectId ||
    (await ownsProcess(db, contract, state, actor));
  if (!has) return refuse('MayNotUrge');
  return state.status === 'running' ? heldStill(state) : refuse('TaskNotOpen', { how: endedHow(state) });
}

/**
 * 催办: a mail and a mark in the inbox for whoever is asked; once in a half working day and task. Refuses `MayNotUrge`, `TaskNotOpen`, `CaseHeld`,
 * `UrgesOneself`, and `UrgedAlready` with the moment from which it is possible again.
 */
export function urge(room: DeskRoom, { taskId, note, ...by }: By & { taskId: string; note?: string }): Promise<Verdict> {
  return act(room, by, 'task.urge', { taskId }, async (tx, state) => {
    const contract = contractOf(room, state.process);
    const refusal = await mayUrgeIn(tx, contract, state, by.actor);
    if (refusal) return refusal;
    const task = await readTask(tx, taskId, by.actor);
    if (task.status !== 'open') return refuse('TaskNotOpen', { how: '办结或收回' });
    const about = { state, contract, stage: stageAs(contract, task.stage, state.pinned) };
    const asked = task.assigneeId
      ? [task.assigneeId]
      : await eligible(tx, about, { role: task.audienceRole as Role, unitCode: task.audienceUnit! }, by.at);
    const to = asked.filter((who) => who !== by.actor.accountId);
    if (to.length === 0 && asked.length > 0) return refuse('UrgesOneself');
    const { half, until } = halfDayOf(await calendarOf(tx, state.unitCode), by.at);
    if (await tx.urge.findUnique({ where: { taskId_half: { taskId, half } } }))
      return refuse('UrgedAlready', { again: formatMoment(until) });
    await tx.$executeRaw`
      WITH marked AS (UPDATE task SET urged_at = ${by.at} WHERE id = ${taskId}::uuid)
      INSERT INTO urge (task_id, half, by_id, at) VALUES (${taskId}::uuid, ${half}, ${by.actor.accountId}::uuid, ${by.at})`;
    await tellOfTask(tx, about, task.audienceRole, {
      eventKey: `${taskId}/urged/${half}`,
      to,
      template: 'task-urged',
      caseId: state.id,
      at: by.at,
      notBefore: await mailMoment(tx, state.unitCode, by.at),
      params: { ...taskWords(about, task.id, runOf(task)), byName: by.actor.name, ...(note && { note }) },
    });
    return { stage: task.stage, round: task.round, detail: { taskId, half, ...(note && { note }) } };
  });
}
