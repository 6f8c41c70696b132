import { recordedActor } from '../access/actor.ts';
import type { Tx } from '../db.ts';
import type { By } from '../desk/room.ts';
import { appraise, type AppraisalResult } from '../domain/appraisal/result.ts';
import { rulesOfPlan } from '../domain/appraisal/plan.ts';
import type { AppraisalRules } from '../domain/appraisal/rules.ts';
import { isRefusal } from '../domain/refusal.ts';
import { appendMany } from '../ledger/append.ts';
import { peopleOf, type OnAppraisal } from './served.ts';

/** The rules of an appraisal: what it pinned at its opening, with what its plan has set. */
export async function rulesOf(tx: Tx, batchId: string): Promise<{ rules: AppraisalRules; year: number }> {
  const batch = await tx.case.findUniqueOrThrow({ where: { id: batchId }, select: { pinned: true, input: true } });
  const plan = await tx.stageRun.findFirst({
    where: { caseId: batchId, stage: 'plan', status: 'closed' },
    orderBy: { round: 'desc' },
    select: { result: true },
  });
  const rules = rulesOfPlan(batch.pinned as Record<string, unknown>, (plan?.result ?? undefined) as Record<string, unknown> | undefined);
  if (isRefusal(rules)) throw new Error(`The plan of ${batchId} is none: ${JSON.stringify(rules.params)}`);
  return { rules, year: Number((batch.input as { year: unknown }).year) };
}

/** Puts down what the rules make of people's years, with an entry in each one's own chain. The caller holds their cases. */
export async function keepResults(
  tx: Tx,
  batchId: string,
  results: readonly { of: Pick<OnAppraisal, 'caseId' | 'personId' | 'result'>; result: AppraisalResult }[],
  { verb, at, by, policyVersion }: { verb: string; at: Date; by: Omit<By, 'requestKey' | 'at'> | null; policyVersion: string },
): Promise<void> {
  if (results.length === 0) return;
  const rows = results.map(({ of, result }) => ({ id: of.caseId, result }));
  await tx.$executeRaw`
    UPDATE batch_item i SET result = r.result FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r (id uuid, result jsonb) WHERE i.case_id = r.id`;
  await appendMany(
    tx,
    results.map(({ of: { caseId, personId, result: before }, result }) => ({
      chain: `case:${caseId}` as const,
      verb,
      accepted: true,
      at,
      actor: by && recordedActor(by.actor),
      origin: by?.origin ?? null,
      caseId,
      personId,
      ...(before && { before: { total: before.total, proposed: before.proposed } }),
      after: { ...result },
      detail: { batchId },
      policyVersion,
    })),
  );
}

/** What the rules say of people of whom no evaluation is known yet: who is not to be rated is known from the record. Locks their cases in the order of their ids. */
export async function appraiseFor(tx: Tx, batchId: string, caseIds: readonly string[], at: Date): Promise<void> {
  const ids = [...caseIds].sort();
  await tx.$queryRaw`SELECT 1 FROM "case" WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE`;
  const { rules, year } = await rulesOf(tx, batchId);
  const people = (await peopleOf(tx, batchId, ids)).filter(({ result }) => result === null);
  const results = people.map((of) => ({ of, result: appraise(of.served, null, year, rules) }));
  await keepResults(tx, batchId, results, { verb: 'appraisal.appraise', at, by: null, policyVersion: JSON.stringify(rules) });
}
