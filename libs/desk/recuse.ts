import type { Task } from '../../prisma/generated/client.ts';
import type { Db, Tx } from '../db.ts';
import { stageAs } from '../domain/pinned.ts';
import { refuse, type Refusal } from '../domain/refusal.ts';
import type { Actor, Role } from '../domain/roles.ts';
import type { Told } from '../domain/story.ts';
import { act } from './act.ts';
import { askedOf } from './asked-now.ts';
import { askAgain, closeSettled } from './ask-again.ts';
import { eligible, type AboutStage } from './audience.ts';
import { endedHow, heldStill } from './may.ts';
import { postNotice } from './notice.ts';
import { contractOf, type By, type DeskRoom, type Verdict } from './room.ts';
import { settlePanel } from './settle-panel.ts';
import type { RunNow } from './stage-tasks.ts';
import type { CaseState } from './state.ts';
import { nextTurn } from './turns.ts';

/** Whether the actor may declare a conflict now: asked in the case, not held, and not declared before. The person concerned has none to declare. */
export async function mayRecuse(db: Db | Tx, state: CaseState, actor: Actor): Promise<Refusal | null> {
  if (state.status !== 'running') return refuse('CaseEnded', { how: endedHow(state) });
  const [declared] = await db.$queryRaw<
    unknown[]
  >`SELECT 1 FROM recusal WHERE case_id = ${state.id}::uuid AND account_id = ${actor.accountId}::uuid`;
  if (declared) return refuse('Recused');
  if (actor.accountId === state.subjectId || (await askedOf(db, state, actor)).length === 0) return refuse('NotAsked');
  return heldStill(state);
}

/**
 * 申请回避: somebody asked declares a conflict with a reason, and may not act in this case any more. What they had claimed goes back to its group; what was
 * theirs by name, and what their group can no longer do, goes to others as at the stage's opening; a panel shrinks, and its arithmetic with it.
 * Refuses `CaseEnded`, `NotAsked`, `CaseHeld`, `Recused`.
 */
export function recuse(room: DeskRoom, { caseId, reason, ...by }: By & { caseId: string; reason: string }): Promise<Verdict> {
  return act(room, by, 'case.recuse', { caseId }, async (tx, state) => {
    const refusal = await mayRecuse(tx, state, by.actor);
    if (refusal) return refusal;
    const asking = await askedOf(tx, state, by.actor);
    await tx.$executeRaw`INSERT INTO recusal (case_id, account_id, reason, at) VALUES (${caseId}::uuid, ${by.actor.accountId}::uuid, ${reason}, ${by.at})`;
    // a task of theirs whose turn has not come must not wait for them either
    const own = await tx.task.findMany({ where: { caseId, assigneeId: by.actor.accountId, status: 'waiting' }, select: { stage: true } });
    let anyClosed = false;
    for (const stage of new Set([...asking, ...own].map((task) => task.stage)))
      anyClosed = (await goesToOthers(tx, room, state, stage, by)) || anyClosed;
    return {
      detail: { reason, taskIds: asking.map(({ id }) => id) },
      // what the stages told is fetched with the dates
      ...(anyClosed && { message: { kind: 'dates' as const } }),
    };
  });
}

/** One open stage without the recused: whether it has closed by that. */
async function goesToOthers(tx: Tx, room: DeskRoom, state: CaseState, stage: string, { actor, at }: By): Promise<boolean> {
  const contract = contractOf(room, state.process);
  const about: AboutStage = { state, contract, stage: stageAs(contract, stage, state.pinned) };
  const { round, dueAt, dueTentative, legalEndAt } = await tx.stageRun.findFirstOrThrow({
    where: { caseId: state.id, stage, status: 'open' },
  });
  const run: RunNow = { stage, round, dueAt, tentative: dueTentative, legalEndAt };
  const settled = await settlePanel(tx, about, run, at);
  if (settled === 'above') return false;
  if (settled) return closed(tx, room, about, run, settled, at);
  await tx.$executeRaw`
    UPDATE task SET assignee_id = NULL, claimed = false, claimed_at = NULL
    WHERE case_id = ${state.id}::uuid AND stage = ${stage} AND round = ${round} AND status IN ('open', 'waiting') AND claimed AND assignee_id = ${actor.accountId}::uuid`;
  const tasks = await tx.task.findMany({ where: { caseId: state.id, stage, round, status: { in: ['open', 'waiting'] } } });
  const main = tasks.find(({ part }) => part === 'main');
  if (main && (await nobodyIsLeft(tx, about, main, actor, at))) {
    await askAgain(tx, about, run, at);
    return false;
  }
  const added = tasks.filter(({ part, assigneeId }) => part !== 'main' && assigneeId === actor.accountId);
  if (added.length === 0) return false;
  await tx.task.updateMany({ where: { id: { in: added.map(({ id }) => id) } }, data: { status: 'closed', closedAt: at } });
  const told = await nextTurn(tx, about, run, at);
  return told !== null && closed(tx, room, about, run, told, at);
}

async function closed(tx: Tx, room: DeskRoom, about: AboutStage, run: RunNow, told: Told, at: Date): Promise<true> {
  if (about.stage.notice) await postNotice(tx, room, about, run, at);
  else await closeSettled(tx, about, run, told, at);
  return true;
}

/** Whether a task was the recused's by name, or lies before a group of which nobody may act any more. */
async function nobodyIsLeft(
  tx: Tx,
  about: AboutStage,
  { assigneeId, audienceRole, audienceUnit }: Pick<Task, 'assigneeId' | 'audienceRole' | 'audienceUnit'>,
  actor: Actor,
  at: Date,
): Promise<boolean> {
  if (assigneeId) return assigneeId === actor.accountId;
  return (await eligible(tx, about, { role: audienceRole as Role, unitCode: audienceUnit! }, at)).length === 0;
}
