import type { Db, Tx } from '../db.ts';
import { conversionFacts, convert, factsAfter, type Conversion } from '../domain/conversion.ts';
import type { IsoDate } from '../domain/dates.ts';
import { appendMany } from '../ledger/append.ts';
import { rulesOf } from './rules-of.ts';

interface Waiting {
  caseId: string;
  personId: string;
  county: string;
  roster: unknown;
  override: object | null;
  answers: Record<string, unknown>[];
  cutOffOn: IsoDate;
}

/**
 * Computes the conversion of up to a hundred people under their cases' locks: roster, surveys in their order, and a role taken up since, by the rules that
 * the batch pinned. Inputs and outputs stand with the person and in their chain of the ledger.
 */
export async function computeFor(tx: Tx, caseIds: readonly string[], at: Date): Promise<void> {
  const ids = [...caseIds].sort();
  await tx.$queryRaw`SELECT 1 FROM "case" WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE`;
  const people = await tx.$queryRaw<(Waiting & { batchId: string })[]>`
    SELECT i.case_id AS "caseId", i.batch_id AS "batchId", i.person_id AS "personId", i.county, i.roster, i.override, c.input ->> 'cutOffOn' AS "cutOffOn",
      coalesce((SELECT jsonb_agg(t.answer ORDER BY t.closed_at) FROM task t JOIN stage_run r ON r.case_id = t.case_id AND r.stage = t.stage AND r.round = t.round AND r.status = 'closed'
        WHERE t.case_id = c.id AND t.stage IN ('survey', 'evidence') AND t.status = 'done' AND t.part <> 'advice'), '[]') AS answers
    FROM batch_item i JOIN "case" c ON c.id = i.case_id WHERE i.case_id = ANY(${ids}::uuid[]) ORDER BY i.case_id`;
  if (people.length === 0) return;
  const batch = await tx.case.findUniqueOrThrow({ where: { id: people[0]!.batchId }, select: { pinned: true } });
  const results = people.map(({ caseId, personId, county, roster, override, answers, cutOffOn }) => {
    const facts = { ...factsAfter(conversionFacts.parse(roster), answers), ...override };
    return { caseId, personId, result: convert(facts, cutOffOn, rulesOf(batch.pinned as Record<string, unknown>, county)) };
  });
  await tx.$executeRaw`
    UPDATE batch_item i SET result = r.result FROM jsonb_to_recordset(${JSON.stringify(results)}::jsonb) AS r ("caseId" uuid, result jsonb) WHERE i.case_id = r."caseId"`;
  await appendMany(
    tx,
    results.map(({ caseId, personId, result }) => ({
      chain: `case:${caseId}` as const,
      verb: 'conversion.compute',
      accepted: true,
      at,
      actor: null,
      caseId,
      personId,
      before: { pay: result.before },
      after: { placement: result.placement, pay: result.after },
      detail: { inputs: result.inputs, steps: result.steps },
      policyVersion: JSON.stringify(result.versions),
    })),
  );
}

/** The conversion as it was computed last; null before. */
export async function conversionOf(db: Db | Tx, caseId: string): Promise<Conversion | null> {
  const item = await db.batchItem.findUnique({ where: { caseId }, select: { result: true } });
  return (item?.result ?? null) as unknown as Conversion | null;
}
