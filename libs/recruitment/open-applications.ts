import { randomUUID } from 'node:crypto';
import type { Tx } from '../db.ts';
import { caseNoPrefix } from '../desk/start.ts';
import { contractOf, type DeskRoom } from '../desk/room.ts';
import { dateOf, yearOf } from '../domain/dates.ts';
import type { CaseState } from '../desk/state.ts';
import { appendMany } from '../ledger/append.ts';
import type { Actor as RecordedActor } from '../ledger/entry.ts';
import { factsOf, type Applicant } from './read-applicants.ts';
import type { CandidateRef } from './candidates.ts';

/** An application about to be made. `row` is its line in the upload, null for one that the candidate hands in. */
export interface NewApplication {
  candidate: CandidateRef;
  applicant: Applicant;
  unitCode: string;
  row: number | null;
}

/**
 * Opens a case of each application, with its ledger entry and, as for everybody in a batch, without a story until it waits for something of its own. In the
 * caller's transaction, in a few statements for all. Whoever has applied in the batch already is left out. Returns the cases by candidate.
 */
export async function openApplications(
  tx: Tx,
  room: DeskRoom,
  batch: Pick<CaseState, 'id' | 'caseNo' | 'process' | 'starterId' | 'startedById'>,
  applications: readonly NewApplication[],
  by: { recordedBy: RecordedActor | null; at: Date; origin: string | null; uploadId: string | null },
): Promise<Map<string, string>> {
  if (applications.length === 0) return new Map();
  const contract = contractOf(room, contractOf(room, batch.process).people!);
  const prefix = await caseNoPrefix(tx, applications[0]!.unitCode, contract.short, yearOf(dateOf(by.at)));
  const rows = applications.map(({ candidate, applicant, unitCode, row }) => ({
    id: randomUUID(),
    candidateId: candidate.id,
    accountId: candidate.accountId,
    key: `${batch.id}.${candidate.id}`,
    title: `${candidate.name} · ${contract.title}`,
    unitCode,
    postCode: applicant.postCode,
    facts: factsOf(applicant),
    bonus: applicant.bonus,
    row,
  }));
  const made = await tx.$queryRaw<{ id: string; candidateId: string }[]>`
    WITH wanted AS (SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS w
      (id uuid, "candidateId" uuid, "accountId" uuid, key text, title text, "unitCode" text, "postCode" text, facts jsonb, bonus jsonb, "row" int)
      WHERE NOT EXISTS (SELECT FROM application a WHERE a.batch_id = ${batch.id}::uuid AND a.candidate_id = "candidateId")),
    cases AS (
      INSERT INTO "case" (id, case_no, process, natural_key, run, title, unit_code, subject_id, starter_id, started_by_id, status, input, pinned, started_at, next_message_no)
      SELECT id, ${prefix} || lpad(nextval('case_no_seq')::text, 5, '0'), ${contract.name}, key, 1, title, "unitCode", "accountId", ${batch.starterId}::uuid, ${batch.startedById}::uuid,
        'running', jsonb_build_object('batchId', ${batch.id}::text, 'postCode', "postCode"), '{}'::jsonb, ${by.at}, 1
      FROM wanted ORDER BY "row" NULLS LAST ON CONFLICT DO NOTHING RETURNING id
    )
    INSERT INTO application (case_id, batch_id, post_code, candidate_id, facts, bonus, submitted_at, import_id, import_row)
    SELECT w.id, ${batch.id}::uuid, "postCode", "candidateId", facts, ARRAY(SELECT jsonb_array_elements_text(bonus)), ${by.at}, ${by.uploadId}::uuid, "row"
    FROM wanted w JOIN cases ON cases.id = w.id RETURNING case_id AS id, candidate_id AS "candidateId"`;
  const ids = new Set(made.map(({ id }) => id));
  await appendMany(
    tx,
    rows
      .filter(({ id }) => ids.has(id))
      .map(({ id, key, title, postCode, row }) => ({
        chain: `case:${id}` as const,
        verb: 'case.start',
        accepted: true,
        at: by.at,
        actor: by.recordedBy,
        origin: by.origin,
        caseId: id,
        after: { batchId: batch.id, postCode },
        detail: {
          process: contract.name,
          naturalKey: key,
          title,
          batchNo: batch.caseNo,
          ...(by.uploadId && { uploadId: by.uploadId, row }),
        },
      })),
  );
  return new Map(made.map(({ id, candidateId }) => [candidateId, id]));
}
