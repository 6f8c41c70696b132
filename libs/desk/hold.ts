import type { Tx } from '../db.ts';
import type { StageAsk } from '../domain/story.ts';
import { postMail } from '../mail/post.ts';
import { act } from './act.ts';
import { askedNow } from './asked-now.ts';
import { countAgain } from './due-dates.ts';
import { nextEscalation } from './escalate.ts';
import { mayHold } from './owner.ts';
import { contractOf, type By, type DeskRoom, type Verdict } from './room.ts';
import type { CaseState } from './state.ts';
import { mailMoment } from './when.ts';

export interface HoldAct extends By {
  caseId: string;
  reason: string;
  /** 文号 of the paper that says so. */
  documentNo: string;
}

/**
 * 挂起: by the process owner. Nobody acts on the case's tasks until it goes on, and the working-day clock stands still: nothing of its open stages falls
 * due but a legal end, which still closes a held case. Refuses `CaseEnded`, `NotProcessOwner`, `AlreadyHeld`, and what separation of duty says.
 */
export function hold(room: DeskRoom, { caseId, reason, documentNo, ...by }: HoldAct): Promise<Verdict> {
  return act(room, by, 'case.hold', { caseId }, async (tx, state) => {
    const refusal = await mayHold(tx, contractOf(room, state.process), state, by.actor, '挂起');
    if (refusal) return refusal;
    const [made] = await tx.$queryRaw<{ id: string }[]>`
      WITH held AS (UPDATE "case" SET held_at = ${by.at} WHERE id = ${caseId}::uuid)
      INSERT INTO hold (case_id, from_at, reason, document_no, by_id) VALUES (${caseId}::uuid, ${by.at}, ${reason}, ${documentNo}, ${by.actor.accountId}::uuid) RETURNING id`;
    await setDatesAnew(tx, room, state, by.at);
    await tell(tx, room, state, by, { holdId: made!.id, kind: 'held', reason, documentNo });
    return {
      before: { heldAt: null },
      after: { heldAt: by.at.toISOString() },
      detail: { reason, documentNo },
      message: { kind: 'dates' },
    };
  });
}

/**
 * 恢复: by the process owner. Each open stage's time in working days is counted again with the working days held added; what was overdue already is
 * pressed again from the next working day on. Refuses as `hold` does, and `NotHeld`.
 */
export function resume(room: DeskRoom, { caseId, reason, documentNo, ...by }: HoldAct): Promise<Verdict> {
  return act(room, by, 'case.resume', { caseId }, async (tx, state) => {
    const refusal = await mayHold(tx, contractOf(room, state.process), state, by.actor, '恢复');
    if (refusal) return refusal;
    const [over] = await tx.$queryRaw<{ id: string }[]>`
      WITH goesOn AS (UPDATE "case" SET held_at = NULL WHERE id = ${caseId}::uuid)
      UPDATE hold SET to_at = ${by.at} WHERE case_id = ${caseId}::uuid AND to_at IS NULL RETURNING id`;
    await setDatesAnew(tx, room, state, by.at);
    for (const run of await overdueRuns(tx, caseId, by.at)) await nextEscalation(tx, state, run, by.at);
    await tell(tx, room, state, by, { holdId: over!.id, kind: 'resumed', reason, documentNo });
    return {
      before: { heldAt: state.heldAt!.toISOString() },
      after: { heldAt: null },
      detail: { reason, documentNo },
      message: { kind: 'dates' },
    };
  });
}

/** Counts every open stage again, with the holds as they now stand. */
async function setDatesAnew(tx: Tx, room: DeskRoom, state: CaseState, at: Date): Promise<void> {
  const runs = await tx.stageRun.findMany({ where: { caseId: state.id, status: 'open' }, orderBy: { seq: 'asc' }, select: { ask: true } });
  for (const { ask } of runs) await countAgain(tx, room, state, ask as unknown as StageAsk, at, true);
}

/** Open stages that were reported as overdue before: their due moment is past and done. */
const overdueRuns = (tx: Tx, caseId: string, at: Date) =>
  tx.$queryRaw<{ stage: string; round: number }[]>`
    SELECT s.stage, s.round FROM stage_run s JOIN due d ON d.case_id = s.case_id AND d.stage = s.stage AND d.round = s.round AND d.kind = 'due' AND d.done_at IS NOT NULL
    WHERE s.case_id = ${caseId}::uuid AND s.status = 'open' AND s.due_at <= ${at}
      AND NOT EXISTS (SELECT FROM notice n WHERE n.case_id = s.case_id AND n.stage = s.stage AND n.round = s.round AND n.posted_at IS NOT NULL)`;

async function tell(
  tx: Tx,
  room: DeskRoom,
  state: CaseState,
  { actor, at }: By,
  { holdId, ...words }: { holdId: string; kind: 'held' | 'resumed'; reason: string; documentNo: string },
): Promise<void> {
  await postMail(tx, {
    eventKey: `${state.id}/${words.kind}/${holdId}`,
    to: (await askedNow(tx, room, state, at)).filter((who) => who !== actor.accountId),
    template: 'case-held',
    caseId: state.id,
    at,
    notBefore: await mailMoment(tx, state.unitCode, at),
    params: { caseId: state.id, caseNo: state.caseNo, caseTitle: state.title, byName: actor.name, ...words },
  });
}
