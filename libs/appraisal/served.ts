import type { Tx } from '../db.ts';
import { appraisalResult, type AppraisalResult, type Appraised } from '../domain/appraisal/result.ts';

/** Somebody of an appraisal: who they are, how they have served by the last day of the year, and what is known of their year so far. */
export interface OnAppraisal {
  caseId: string;
  personId: string;
  staffNo: string;
  name: string;
  listUnit: string | null;
  served: Appraised;
  result: AppraisalResult | null;
}

/**
 * People of an appraisal, by staff number. Whoever's probation ends before the last day of the year is not in probation on it, though nobody has recorded
 * their confirmation yet.
 */
export async function peopleOf(tx: Tx, batchId: string, caseIds: readonly string[]): Promise<OnAppraisal[]> {
  const rows = await tx.$queryRaw<(Omit<OnAppraisal, 'result'> & { result: unknown })[]>`
    SELECT i.case_id AS "caseId", i.person_id AS "personId", p.staff_no AS "staffNo", p.name, i.list_unit AS "listUnit", i.result,
      jsonb_build_object('workedFrom', e.value ->> 'joinedOn', 'postTitle', e.value ->> 'postTitle',
        'status', CASE WHEN e.value ->> 'status' = 'probation' AND k.value ->> 'probationEndsOn' < c.input ->> 'cutOffOn' THEN 'formal' ELSE e.value ->> 'status' END) AS served
    FROM batch_item i JOIN "case" c ON c.id = i.case_id JOIN person p ON p.id = i.person_id
    JOIN LATERAL (SELECT value FROM person_fact f WHERE f.person_id = p.id AND f.kind = 'employment' AND f.ended_at IS NULL AND f.from_on <= (c.input ->> 'cutOffOn')::date ORDER BY f.from_on DESC LIMIT 1) e ON true
    LEFT JOIN LATERAL (SELECT value FROM person_fact f WHERE f.person_id = p.id AND f.kind = 'contract' AND f.ended_at IS NULL AND f.from_on <= (c.input ->> 'cutOffOn')::date ORDER BY f.from_on DESC LIMIT 1) k ON true
    WHERE i.batch_id = ${batchId}::uuid AND i.case_id = ANY(${[...caseIds]}::uuid[]) ORDER BY p.staff_no`;
  return rows.map((row) => ({ ...row, result: appraisalResult.safeParse(row.result).data ?? null }));
}
