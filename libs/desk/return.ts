import { Prisma } from '../../prisma/generated/client.ts';
import type { Tx } from '../db.ts';
import type { ProcessContract } from '../domain/contract.ts';
import { refuse, type Refusal } from '../domain/refusal.ts';
import { actOnTask } from './act.ts';
import { pastLegalEnd } from './may.ts';
import { postsLine, stageOf, type By, type DeskRoom, type Verdict } from './room.ts';
import type { CaseState, TaskState } from './state.ts';
import { tellOfTask } from './tell-task.ts';
import { mailMoment } from './when.ts';

export interface ReturnAct extends By {
  taskId: string;
  to: string;
  reason: string;
  /** Through all stages again, or straight back to the one who returned it. */
  then: 'through' | 'straightBack';
}

/**
 * 退回: the open stages end as superseded, and the target (with all between, when it goes through again) gets a new round. Results of stages that are
 * not asked again stay. Refuses `NotAnEarlierStage`, `ReturnNotAllowed`, `AlreadyEffective`, `ChangeNotUndone`.
 */
export function returnTask(room: DeskRoom, { to, reason, then, ...by }: ReturnAct): Promise<Verdict> {
  return actOnTask(room, by, 'task.return', async (tx, state, { contract, task, refusal: mayNot }) => {
    const refusal =
      mayNot ?? pastLegalEnd(task, by.at) ?? mayReturnFrom(contract, state, task) ?? (await mayReturnTo(tx, contract, state, task, to));
    if (refusal) return refusal;
    const through = contract.order.slice(contract.order.indexOf(to), contract.order.indexOf(task.stage) + 1);
    const rounds = await openNewRounds(tx, state.id, then === 'through' ? through : [to, task.stage], null, by.at);
    await tellReturned(tx, state, contract, task, to, reason, by);
    return {
      stage: task.stage,
      round: task.round,
      detail: { taskId: task.id, to, then, reason, rounds },
      message: { kind: 'returned', rounds },
    };
  });
}

/** Stages that the case has been through and that come before this one, nearest first: where a return may go. */
export function earlierStages(contract: ProcessContract, stage: string, been: ReadonlySet<string>): string[] {
  return contract.order
    .slice(0, contract.order.indexOf(stage))
    .filter((name) => been.has(name) && !contract.stages[name]?.noReturnTo)
    .reverse();
}

/** Whether this task may send the case back at all: before it takes effect, from a stage that allows it, in a ballot by the chair alone. */
export function mayReturnFrom(
  contract: ProcessContract,
  state: Pick<CaseState, 'effectiveAt'>,
  task: Pick<TaskState, 'stage' | 'chair' | 'members' | 'part'>,
): Refusal | null {
  const stage = stageOf(contract, task.stage);
  if (state.effectiveAt) return refuse('AlreadyEffective', { verb: '退回' });
  if (task.part === 'advice') return refuse('ReturnNotAllowed', { stage: stage.title, why: '您是受委派提意见，由委派人决定是否退回。' });
  if (stage.noReturn) return refuse('ReturnNotAllowed', { stage: stage.title });
  if (stage.panel?.rule === 'ballot' && task.members && !task.chair)
    return refuse('ReturnNotAllowed', { stage: stage.title, why: '票决中只有主持人可以退回，您可以投不同意票。' });
  return null;
}

async function mayReturnTo(tx: Tx, contract: ProcessContract, state: CaseState, task: TaskState, to: string): Promise<Refusal | null> {
  if (!contract.stages[to]) return refuse('NotAnEarlierStage', { to });
  const runs = await tx.stageRun.findMany({ where: { caseId: state.id }, select: { stage: true } });
  const target = stageOf(contract, to);
  if (!earlierStages(contract, task.stage, new Set(runs.map((run) => run.stage))).includes(to))
    return refuse('NotAnEarlierStage', { to: target.title });
  const changes = await tx.stepResult.count({ where: { caseId: state.id, undo: { not: null as never }, undone: null } });
  return changes > 0 ? refuse('ChangeNotUndone') : null;
}

/**
 * Stages are asked again in a new round: those named `again` and, of those still open, all or only the ones in `ending`. The open ones end as superseded,
 * their tasks and reminders with them. The new rounds by stage.
 */
export async function openNewRounds(
  tx: Tx,
  caseId: string,
  again: readonly string[],
  ending: readonly string[] | null,
  at: Date,
): Promise<Record<string, number>> {
  const ends = ending === null ? Prisma.sql`true` : Prisma.sql`stage = ANY(${[...ending]}::text[])`;
  const rows = await tx.$queryRaw<{ stage: string; round: number }[]>`
    WITH ended AS (
      UPDATE stage_run SET status = 'superseded', closed_at = ${at} WHERE case_id = ${caseId}::uuid AND status IN ('open', 'pending') AND ${ends}
    ), withdrawn AS (
      UPDATE task SET status = 'closed', closed_at = ${at} WHERE case_id = ${caseId}::uuid AND status IN ('open', 'waiting') AND ${ends}
    ), forgotten AS (
      DELETE FROM due WHERE case_id = ${caseId}::uuid AND stage IS NOT NULL AND done_at IS NULL AND ${ends}
    ), last AS (
      SELECT stage, max(round) AS round, max(seq) AS seq FROM stage_run
      WHERE case_id = ${caseId}::uuid AND (stage = ANY(${[...again]}::text[]) OR status IN ('open', 'pending') AND ${ends}) GROUP BY stage
    )
    INSERT INTO stage_run (case_id, stage, round, status, opened_at, seq)
    SELECT ${caseId}::uuid, stage, round + 1, 'pending', ${at}, seq FROM last
    RETURNING stage, round`;
  return Object.fromEntries(rows.map(({ stage, round }) => [stage, round]));
}

async function tellReturned(
  tx: Tx,
  state: CaseState,
  contract: ProcessContract,
  task: TaskState,
  to: string,
  reason: string,
  by: By,
): Promise<void> {
  const last = await tx.$queryRaw<{ who: string; role: string | null }[]>`
    SELECT unnest(array_remove(ARRAY[answered_by_id, answered_for_id], NULL)) AS who, audience_role AS role
    FROM (SELECT * FROM task WHERE case_id = ${state.id}::uuid AND stage = ${to} AND status = 'done' ORDER BY closed_at DESC LIMIT 1) done`;
  const about = { state, contract, stage: stageOf(contract, to) };
  await tellOfTask(tx, about, last[0]?.role ?? null, {
    eventKey: `${state.id}/returned/${task.stage}/${task.round}/${task.id}`,
    to: last.map(({ who }) => who),
    template: 'task-returned',
    caseId: state.id,
    at: by.at,
    notBefore: await mailMoment(tx, state.unitCode, by.at),
    params: {
      caseId: state.id,
      caseNo: state.caseNo,
      caseTitle: state.title,
      taskId: task.id,
      stageTitle: stageOf(contract, to).title,
      byName: by.actor.name,
      byPost: postsLine(by.actor),
      reason,
    },
  });
}
