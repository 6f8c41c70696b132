import { actorOf } from '../access/actor.ts';
import type { Tx } from '../db.ts';
import type { DeskRoom } from '../desk/room.ts';
import type { CaseState } from '../desk/state.ts';
import { appraisalResult, ratingNow, type ToldOfRating } from '../domain/appraisal/result.ts';
import { ratingStages } from '../domain/appraisal/verdict.ts';
import { dateOf } from '../domain/dates.ts';
import type { Rating } from '../domain/person-words.ts';
import { isRefusal } from '../domain/refusal.ts';
import { recordRating } from './record-rating.ts';

/**
 * 考核结果确定: the rating after everybody who has decided on it becomes the person's for the year, or corrects what stood, recorded under whoever decided last.
 * What follows ratings starts or is told in the same transaction. The caller holds the case.
 */
export async function recordAppraisal(tx: Tx, room: DeskRoom, state: CaseState, at: Date): Promise<Rating> {
  const item = await tx.batchItem.findUniqueOrThrow({
    where: { caseId: state.id },
    select: { personId: true, batchId: true, result: true },
  });
  const runs = await tx.$queryRaw<{ stage: string; result: Record<string, unknown> | null; who: string | null }[]>`
    SELECT DISTINCT ON (r.stage) r.stage, r.result, (SELECT t.answered_by_id::text FROM task t WHERE t.case_id = r.case_id AND t.stage = r.stage AND t.round = r.round AND t.status = 'done' AND t.part = 'main' ORDER BY t.closed_at DESC LIMIT 1) AS who
    FROM stage_run r WHERE r.case_id = ${state.id}::uuid AND r.status = 'closed' AND r.stage = ANY(${[...ratingStages]}::text[]) ORDER BY r.stage, r.round DESC`;
  const told: ToldOfRating = Object.fromEntries(runs.map(({ stage, result }) => [stage, result]));
  const result = appraisalResult.safeParse(item.result).data ?? null;
  const rating = ratingNow(result, told);
  const last = ratingStages.findLast((stage) => runs.some((run) => run.stage === stage && run.who));
  const actor = last && (await actorOf(tx, runs.find(({ stage }) => stage === last)!.who!, dateOf(at)));
  if (!rating || !actor || !item.personId) throw new Error(`Nobody has decided on the rating of ${state.id}`);
  const { year } = (await tx.case.findUniqueOrThrow({ where: { id: item.batchId }, select: { input: true } })).input as { year: number };
  const recorded = await recordRating(tx, room, {
    personId: item.personId,
    year,
    rating,
    ...(typeof result?.total === 'number' && { score: result.total / 100 }),
    finalOn: dateOf(at),
    documentNo: state.caseNo,
    actor,
    at,
  });
  if (isRefusal(recorded)) throw new Error(`The rating of ${state.id} is not recorded: ${recorded.refused}`);
  return rating;
}
