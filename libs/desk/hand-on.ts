import type { Tx } from '../db.ts';
import { stageAs } from '../domain/pinned.ts';
import { isRefusal, refuse, type Refusal } from '../domain/refusal.ts';
import { actOnTask, type Done } from './act.ts';
import type { AboutStage } from './audience.ts';
import { concludeStage } from './conclude-stage.ts';
import { heldStill, pastLegalEnd } from './may.ts';
import type { By, DeskRoom, Verdict } from './room.ts';
import type { Seat } from './seat.ts';
import { runOf } from './stage-tasks.ts';
import type { CaseState, TaskPart, TaskState } from './state.ts';
import { mayTake, type Purpose } from './targets.ts';
import { taskWords, tellOfTask } from './tell-task.ts';
import { nextTurn } from './turns.ts';
import { mailMoment } from './when.ts';

export interface HandOn extends By {
  taskId: string;
  /** The account that it is handed to. */
  to: string;
  reason: string;
}

/**
 * 转办: somebody else of those whom the stage asks owns the task; who had it stays on record and keeps the case in view.
 * Refuses `HandOnNotAllowed` (one's own receipt, a member's vote, an added signature) and `NotAPossibleTarget`.
 */
export function transfer(room: DeskRoom, { taskId, to, reason, ...by }: HandOn): Promise<Verdict> {
  return handOn(room, { taskId, to, reason, ...by }, 'transfer', async (tx, about, task, seat) => {
    await tx.$executeRaw`
      UPDATE task SET assignee_id = ${to}::uuid, claimed = audience_role IS NOT NULL, claimed_at = ${by.at}, read_at = NULL, note = ${`${by.actor.name}转办：${reason}`}
      WHERE id = ${taskId}::uuid`;
    await keepInView(tx, about.state.id, seat.accountId, by, 'transferred');
    await tellTarget(tx, about, task, { id: taskId, to, how: 'transferred', note: reason }, by);
    return {
      before: { assigneeId: task.assigneeId },
      after: { assigneeId: to },
      detail: { taskId, reason },
    };
  });
}

/** 委派: somebody else gives an advice, then the task comes back with it. Refuses as `transfer`, and `AlreadyAsked`. */
export function delegate(room: DeskRoom, handed: HandOn): Promise<Verdict> {
  return handOn(room, handed, 'delegate', (tx, about, task, seat) => addTask(tx, about, task, seat, 'advice', handed));
}

/**
 * 加签: one more is asked of the same kind, before the owner (who waits), beside or after. The stage is over when all have answered; one who is not for it
 * decides. Refuses as `delegate`.
 */
export function addSigner(room: DeskRoom, { where, ...handed }: HandOn & { where: 'before' | 'beside' | 'after' }): Promise<Verdict> {
  return handOn(room, handed, 'sign', (tx, about, task, seat) => addTask(tx, about, task, seat, where, handed));
}

const verbs: Record<Purpose, { verb: string; title: string }> = {
  transfer: { verb: 'task.transfer', title: '转办' },
  delegate: { verb: 'task.delegate', title: '委派' },
  sign: { verb: 'task.addSigner', title: '加签' },
};

function handOn(
  room: DeskRoom,
  { to, reason: _, ...by }: HandOn,
  purpose: Purpose,
  work: (tx: Tx, about: AboutStage, task: TaskState, seat: Seat) => Promise<Done>,
): Promise<Verdict> {
  return actOnTask(room, by, verbs[purpose].verb, async (tx, state, { contract, task, seat, refusal: mayNot }) => {
    const about: AboutStage = { state, contract, stage: stageAs(contract, task.stage, state.pinned) };
    const refusal = mayNot ?? pastLegalEnd(task, by.at) ?? mayHandOn(about, task, purpose);
    if (refusal) return refusal;
    const target = await mayTake(tx, { about, task, purpose, at: by.at }, seat.accountId, to);
    if (isRefusal(target)) return target;
    return { stage: task.stage, round: task.round, ...(await work(tx, about, task, seat)) };
  });
}

/** Whether this task may be handed on, or signed beside, at all. */
export function mayHandOn(
  { stage }: Pick<AboutStage, 'stage'>,
  task: Pick<TaskState, 'members' | 'part'>,
  purpose: Purpose,
): Refusal | null {
  const verb = verbs[purpose].title;
  const not = (why: string) => refuse('HandOnNotAllowed', { stage: stage.title, verb, why });
  if ('subject' in stage.audience) return not('这个环节由当事人本人办理。');
  if (stage.list && purpose !== 'transfer') return not('名册由本单位办理；需要他人办理时请转办。');
  if (task.members) return not('会签、票决的成员本人表决；不能参加的请申请回避。');
  if (task.part !== 'main') return not('加签或委派的意见由本人提出。');
  return null;
}

/** The task is now the actor's own; one more task stands beside it, in its turn. */
async function addTask(
  tx: Tx,
  about: AboutStage,
  task: TaskState,
  seat: Seat,
  part: Exclude<TaskPart, 'main'>,
  { to, reason, ...by }: HandOn,
): Promise<Done> {
  const { state } = about;
  const [made] = await tx.$queryRaw<{ id: string }[]>`
    WITH owner AS (
      UPDATE task SET status = ${part === 'before' || part === 'advice' ? 'waiting' : 'open'}, assignee_id = ${seat.accountId}::uuid, claimed = audience_role IS NOT NULL,
        claimed_at = coalesce(claimed_at, ${by.at}) WHERE id = ${task.id}::uuid
    )
    INSERT INTO task (case_id, process, stage, round, status, assignee_id, part, origin_id, added_by_id, note, opened_at, due_at)
    VALUES (${state.id}::uuid, ${state.process}, ${task.stage}, ${task.round}::int, ${part === 'after' ? 'waiting' : 'open'}, ${to}::uuid, ${part}, ${task.id}::uuid,
      ${seat.accountId}::uuid, ${`${by.actor.name}${part === 'advice' ? '委派' : '加签'}：${reason}`}, ${by.at}, ${task.dueAt ? new Date(task.dueAt) : null})
    RETURNING id`;
  if (part !== 'after')
    await tellTarget(tx, about, task, { id: made!.id, to, how: part === 'advice' ? 'delegated' : 'added', note: reason }, by);
  return { after: { accountId: to, part }, detail: { taskId: task.id, signer: made!.id, reason } };
}

/** Whoever hands a task on keeps the case in view. */
async function keepInView(tx: Tx, caseId: string, accountId: string, { actor, at }: By, how: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO copy (case_id, account_id, how, by_id, at, read_at) VALUES (${caseId}::uuid, ${accountId}::uuid, ${how}, ${actor.accountId}::uuid, ${at}, ${at})
    ON CONFLICT (case_id, account_id) DO NOTHING`;
}

async function tellTarget(
  tx: Tx,
  about: AboutStage,
  task: TaskState,
  asked: { id: string; to: string; how: 'transferred' | 'delegated' | 'added'; note: string },
  { actor, at }: By,
): Promise<void> {
  const { state } = about;
  await tellOfTask(tx, about, null, {
    eventKey: `${asked.id}/${asked.how}/${at.toISOString()}`,
    to: [asked.to],
    template: 'task-opened',
    caseId: state.id,
    at,
    notBefore: await mailMoment(tx, state.unitCode, at),
    params: {
      ...taskWords(about, asked.id, runOf(task)),
      how: asked.how,
      fromName: actor.name,
      note: asked.note,
    },
  });
}

/**
 * 减签, or a delegation called back: by whoever added it, or the owner of the task beside which it stands, while it is unanswered. The stage may be over
 * by it. Refuses `NotYourSigner`, `SignerAnswered`.
 */
export function removeSigner(room: DeskRoom, { reason, ...by }: By & { taskId: string; reason: string }): Promise<Verdict> {
  return actOnTask(room, by, 'task.removeSigner', async (tx, state, { contract, task }) => {
    const about: AboutStage = { state, contract, stage: stageAs(contract, task.stage, state.pinned) };
    const refusal = mayRemove(state, task, by.actor.accountId) ?? heldStill(state) ?? pastLegalEnd(task, by.at);
    if (refusal) return refusal;
    await tx.$executeRaw`UPDATE task SET status = 'closed', closed_at = ${by.at} WHERE id = ${task.id}::uuid`;
    const told = await nextTurn(tx, about, runOf(task), by.at);
    const done: Done = {
      stage: task.stage,
      round: task.round,
      before: { accountId: task.assigneeId, part: task.part },
      detail: { taskId: task.id, reason },
    };
    if (!told) return done;
    return { ...done, ...(await concludeStage(tx, room, about, task, told, by.at)) };
  });
}

/** Whether an added signer or adviser may be taken away by this account. */
export function mayRemove(
  state: Pick<CaseState, 'status'>,
  task: Pick<TaskState, 'part' | 'addedById' | 'originOwnerId' | 'status' | 'assigneeName'>,
  accountId: string,
): Refusal | null {
  if (task.part === 'main' || (task.addedById !== accountId && task.originOwnerId !== accountId)) return refuse('NotYourSigner');
  if (task.status === 'done') return refuse('SignerAnswered', { name: task.assigneeName ?? '' });
  if (state.status !== 'running' || task.status === 'closed') return refuse('TaskNotOpen');
  return null;
}
