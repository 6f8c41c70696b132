import type { Db, Tx } from '../db.ts';
import { formatMoment } from '../domain/dates.ts';
import { refuse, type Refusal } from '../domain/refusal.ts';
import { act } from './act.ts';
import { endedHow, heldStill } from './may.ts';
import { openNewRounds } from './return.ts';
import { contractOf, stageOf, type By, type DeskRoom, type Verdict } from './room.ts';
import { seatsAsked } from './seat.ts';
import { readTask, type CaseState, type TaskState } from './state.ts';
import type { Actor } from '../domain/roles.ts';

/**
 * 拿回: a return to one's own stage by whoever answered last, until the next one has opened it (a recorded read) or answered.
 * Refuses `NothingToTakeBack`, `CaseHeld`, `Recused`, `AlreadyEffective`, `ChangeNotUndone`, `CaseEnded`.
 */
export function takeBack(room: DeskRoom, { taskId, reason, ...by }: By & { taskId: string; reason: string }): Promise<Verdict> {
  return act(room, by, 'task.takeBack', { taskId }, async (tx, state) => {
    const task = await readTask(tx, taskId, by.actor);
    const refusal = await whyNotTakenBack(room, state, task, by.actor, tx);
    if (refusal) return refusal;
    // all that stands open after it begins anew, what was asked beside it too: the story is told in the order of its stages
    const opened = await tx.$queryRaw<{ stage: string }[]>`
      SELECT stage FROM stage_run WHERE case_id = ${state.id}::uuid AND status IN ('open', 'pending') AND stage = ANY(${stagesAfter(room, state, task)}::text[])`;
    const next = opened.map((run) => run.stage);
    const rounds = await openNewRounds(tx, state.id, [task.stage, ...next], next, by.at);
    const { answeredForId } = task;
    const inStead = by.actor.standsInFor.find(({ accountId }) => accountId === answeredForId);
    return {
      stage: task.stage,
      round: task.round,
      detail: { taskId, reason, rounds },
      message: { kind: 'returned', rounds },
      ...(inStead && { inStead }),
    };
  });
}

const stagesAfter = (room: DeskRoom, { process }: CaseState, { stage }: TaskState): string[] => {
  const { order } = contractOf(room, process);
  return order.slice(order.indexOf(stage) + 1);
};

/**
 * Why somebody may not take an answer back now; null when they may. What was answered in another's stead either of the two takes back, the substitute as
 * long as they stand in for them.
 */
export async function whyNotTakenBack(
  room: DeskRoom,
  state: CaseState,
  task: TaskState,
  actor: Actor,
  tx: Db | Tx = room.db,
): Promise<Refusal | null> {
  const stage = stageOf(contractOf(room, state.process), task.stage);
  return (
    mayTakeBack(state, task, actor, Boolean(stage.panel)) ?? heldStill(state) ?? goneOn(tx, state, task, stagesAfter(room, state, task))
  );
}

/** What of it can be told from the task alone. */
function mayTakeBack(
  state: Pick<CaseState, 'status' | 'ending' | 'effectiveAt'>,
  task: Pick<TaskState, 'status' | 'answeredById' | 'answeredForId' | 'stageStatus' | 'part' | 'accounts'>,
  { accountId, standsInFor }: Actor,
  panel: boolean,
): Refusal | null {
  const not = (why: string) => refuse('NothingToTakeBack', { why });
  if (state.status !== 'running') return refuse('CaseEnded', { how: endedHow(state) });
  const { answeredById, answeredForId } = task;
  if (task.status !== 'done' || (answeredById !== accountId && answeredForId !== accountId)) return not('这一步不是您办理的');
  if (answeredForId !== null && answeredForId !== accountId && !standsInFor.some((principal) => principal.accountId === answeredForId))
    return not('这一步是代他人办理的，代理已经结束');
  if (task.accounts[accountId]?.isRecused) return refuse('Recused');
  if (state.effectiveAt) return refuse('AlreadyEffective', { verb: '拿回' });
  if (panel) return not('会签、票决的表决不能单独拿回');
  if (task.part === 'advice') return not('委派的意见已经送回委派人');
  if (task.stageStatus !== 'closed') return not('本环节还在办理');
  return null;
}

/** The next one has opened it or answered, or the world has changed since. */
async function goneOn(tx: Db | Tx, { id }: CaseState, task: TaskState, after: readonly string[]): Promise<Refusal | null> {
  const closedAt = new Date(task.closedAt!);
  const [row] = await tx.$queryRaw<{ later: boolean; by: string | null; readAt: Date | null; answered: boolean; changes: boolean }[]>`
    SELECT EXISTS (SELECT FROM stage_run r WHERE r.case_id = ${id}::uuid AND r.stage = ${task.stage} AND r.round > ${task.round}) AS later,
      EXISTS (SELECT FROM task d WHERE d.case_id = ${id}::uuid AND d.status = 'done' AND d.closed_at >= ${closedAt} AND d.id <> ${task.id}::uuid)
        OR EXISTS (SELECT FROM stage_run r WHERE r.case_id = ${id}::uuid AND r.stage <> ${task.stage} AND r.opened_at >= ${closedAt} AND r.status IN ('closed', 'lapsed')) AS answered,
      read.name AS by, read.at AS "readAt",
      EXISTS (SELECT FROM step_result s WHERE s.case_id = ${id}::uuid AND s.undone IS NULL AND s.undo IS NOT NULL) AS changes
    FROM (SELECT min(t.read_at) AS at, min(coalesce(a.display_name, '下一环节')) AS name FROM task t LEFT JOIN account a ON a.id = t.assignee_id
      WHERE t.case_id = ${id}::uuid AND t.status IN ('open', 'waiting') AND t.stage = ANY(${[...after]}::text[]) AND (t.read_at IS NOT NULL OR t.claimed)) read`;
  if (row!.later) return refuse('NothingToTakeBack', { why: '本环节已经重新办理' });
  if (row!.answered) return refuse('NothingToTakeBack', { why: '后面的环节已经办理' });
  if (row!.by)
    return refuse('NothingToTakeBack', { why: row!.readAt ? `下一环节已于 ${formatMoment(row!.readAt)} 打开` : '下一环节已经认领' });
  return row!.changes ? refuse('ChangeNotUndone') : null;
}

/**
 * Somebody who is asked opens a task: the first time is kept, under the case's lock, and from then on the one before cannot take the matter back.
 * Everybody else's look changes nothing.
 */
export async function noteRead(room: DeskRoom, { taskId, actor, at }: { taskId: string; actor: Actor; at: Date }): Promise<void> {
  const [open] = await room.db.$queryRaw<
    { caseId: string; process: string }[]
  >`SELECT case_id AS "caseId", process FROM task WHERE id = ${taskId}::uuid AND status = 'open' AND read_at IS NULL`;
  if (!open) return;
  await room.db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "case" WHERE id = ${open.caseId}::uuid FOR UPDATE`;
    if (seatsAsked(await readTask(tx, taskId, actor), open.process, actor).length === 0) return;
    await tx.$executeRaw`UPDATE task SET read_at = ${at} WHERE id = ${taskId}::uuid AND status = 'open' AND read_at IS NULL`;
  });
}
