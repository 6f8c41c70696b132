import type { Tx } from '../db.ts';
import { dateOf } from '../domain/dates.ts';
import type { StageAsk, Told } from '../domain/story.ts';
import { append } from '../ledger/append.ts';
import type { AboutStage } from './audience.ts';
import { takesEffect } from './case-people.ts';
import { closeStage } from './close-stage.ts';
import { closeIncident } from './incidents.ts';
import { askedAt } from './list-parts.ts';
import { askOthers, noteNobody, type RunNow } from './stage-tasks.ts';

/** Votes decide since a member has left the panel: the stage closes without another answer. */
export async function closeSettled(tx: Tx, { state, stage }: AboutStage, run: RunNow, told: Told, at: Date): Promise<void> {
  await closeStage(tx, { caseId: state.id, ...run, status: 'closed', told, at });
  if (stage.takesEffectWhen?.(told)) await takesEffect(tx, state.id, at);
  await append(tx, {
    chain: `case:${state.id}`,
    verb: 'stage.settle',
    accepted: true,
    at,
    actor: null,
    caseId: state.id,
    stage: run.stage,
    round: run.round,
    after: told,
  });
}

/** A task claimed by someone who holds none of the posts before which it lies any more goes back to its group. */
export async function putBackTasksOfLeavers(tx: Tx, { state }: AboutStage, { stage, round }: RunNow, at: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE task t SET assignee_id = NULL, claimed = false, claimed_at = NULL
    WHERE t.case_id = ${state.id}::uuid AND t.stage = ${stage} AND t.round = ${round} AND t.status = 'open' AND t.claimed
      AND NOT EXISTS (SELECT FROM post_held p WHERE p.account_id = t.assignee_id AND p.from_on <= ${dateOf(at)}::date AND (p.to_on IS NULL OR p.to_on >= ${dateOf(at)}::date)
        AND ((p.role = t.audience_role AND p.unit_code = t.audience_unit) OR EXISTS (SELECT FROM task_escalation e WHERE e.task_id = t.id AND e.role = p.role AND e.unit_code = p.unit_code)))`;
}

/**
 * Asks an open stage anew, of whoever may act on it today: nobody could be asked when it was opened, or the last of those asked has stepped aside. While
 * there is nobody at any level its tasks are closed and it is an incident.
 */
export async function askAgain(tx: Tx, about: AboutStage, run: RunNow, at: Date, detail: { key?: string } = {}): Promise<void> {
  const { state } = about;
  const { ask } = await tx.stageRun.findUniqueOrThrow({
    where: { caseId_stage_round: { caseId: state.id, stage: run.stage, round: run.round } },
    select: { ask: true },
  });
  const asked = await askedAt(tx, about, ask as unknown as StageAsk, at);
  if (!asked) return noteNobody(tx, about, run, at);
  await askOthers(tx, about, run, asked, at, detail);
  await closeIncident(tx, `${state.id}/nobody/${run.stage}/${run.round}`, '已有可以办理的人员，待办已派发。', at);
}
