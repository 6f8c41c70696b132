import type { Tx } from '../db.ts';
import type { Mark } from '../domain/recruitment/score.ts';
import { appendMany } from '../ledger/append.ts';
import type { ScoreRow, Sitter } from './read-scores.ts';
import type { Batch } from './batch.ts';
import type { PlannedRow } from './evaluate.ts';
import type { ScoreKind } from './sheets.ts';
import type { Writing } from './uploads.ts';

/** Everybody of a batch with a ticket, by ticket, with the current score of a paper. The written exam is for all of them; the others for those admitted. */
export async function sittersOf(tx: Tx, batchId: string, kind: ScoreKind): Promise<Map<string, Sitter>> {
  const rows = await tx.$queryRaw<
    { caseId: string; name: string; ticketNo: string; sits: boolean; scoreId: bigint | null; value: number | null }[]
  >`
    SELECT a.case_id AS "caseId", c.name, a.ticket_no AS "ticketNo",
      CASE WHEN ${kind} = 'written' THEN a.standing <> 'out' OR a.out_stage = 'written' ELSE a.standing = 'interview' OR a.written_rank IS NOT NULL AND a.standing IN ('proposed', 'hired') END AS sits,
      s.id AS "scoreId", s.value
    FROM application a JOIN candidate c ON c.id = a.candidate_id
    LEFT JOIN score s ON s.case_id = a.case_id AND s.paper = ${kind} AND NOT EXISTS (SELECT FROM score n WHERE n.replaces = s.id)
    WHERE a.batch_id = ${batchId}::uuid AND a.ticket_no IS NOT NULL ORDER BY a.ticket_no`;
  return new Map(
    rows.map(({ scoreId, value, ...row }) => [
      row.ticketNo,
      { ...row, now: scoreId === null ? null : { id: scoreId, mark: (value ?? 'absent') as Mark } },
    ]),
  );
}

/** Writes new and corrected scores in one statement, each with an entry in its own case. */
export async function writeScores(
  { tx, uploadId, actor, at, origin, recordedBy }: Writing,
  { batchId }: Batch,
  kind: ScoreKind,
  rows: readonly PlannedRow<ScoreRow>[],
  reason: string | null,
): Promise<void> {
  const data = rows.flatMap(({ record, action, notes }) =>
    record && action !== 'unchanged'
      ? [
          {
            caseId: record.caseId,
            value: record.mark === 'absent' ? null : record.mark,
            examiner: record.examiner,
            row: notes.raw.row,
            replaces: record.replaces?.toString() ?? null,
          },
        ]
      : [],
  );
  if (data.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO score (case_id, batch_id, paper, value, examiner, import_id, import_row, recorded_by, recorded_at, replaces, reason)
    SELECT "caseId", ${batchId}::uuid, ${kind}, value, examiner, ${uploadId}::uuid, "row", ${actor.accountId}::uuid, ${at}, replaces::bigint, CASE WHEN replaces IS NULL THEN NULL ELSE ${reason} END
    FROM jsonb_to_recordset(${JSON.stringify(data)}::jsonb) AS r ("caseId" uuid, value int, examiner text, "row" int, replaces text)`;
  await appendMany(
    tx,
    data.map(({ caseId, value, examiner, row, replaces }) => ({
      chain: `case:${caseId}` as const,
      verb: replaces === null ? 'score.record' : 'score.correct',
      accepted: true,
      at,
      actor: recordedBy,
      origin,
      caseId,
      after: { paper: kind, value: value ?? 'absent', examiner },
      detail: { uploadId, row, ...(replaces !== null && { replaces, reason }) },
    })),
  );
}
