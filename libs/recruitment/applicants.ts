import type { Tx } from '../db.ts';
import type { Mark } from '../domain/recruitment/score.ts';
import type { FallReason } from '../domain/recruitment/backfill.ts';
import type { OutReason, Standing } from '../domain/recruitment/standing.ts';
import { readRoom, postsOf, type Batch } from './batch.ts';

type Told = Record<string, unknown>;

/** An application as the batch's steps find it: its scores as they stand, and what its closed stages have told. */
export interface InBatch {
  id: string;
  postCode: string;
  ticketNo: string;
  standing: Standing;
  outReason: string | null;
  bonus: string[];
  writtenRank: number | null;
  total: number | null;
  rank: number | null;
  backfill: { phase: string; round: number; for: string; why: FallReason } | null;
  chosenUnit: string | null;
  apart: string | null;
  /** Undefined: no score. */
  written: Mark | undefined;
  interview: Mark | undefined;
  extra: Mark[];
  told: Record<string, Told | undefined>;
}

export type PostInBatch = Awaited<ReturnType<typeof postsOf>>[number];
export interface BatchNow {
  batch: Batch;
  posts: PostInBatch[];
  applicants: InBatch[];
}

/** The batch with its posts and all its applications. */
export async function batchNow(tx: Tx, batchId: string): Promise<BatchNow> {
  const batch = await readRoom(tx, batchId);
  if (!batch) throw new Error(`No room of ${batchId}`);
  const applicants = await tx.$queryRaw<InBatch[]>`
    WITH current AS (
      SELECT s.case_id, s.paper, s.sitting, coalesce(to_jsonb(s.value), '"absent"') AS mark FROM score s
      WHERE s.batch_id = ${batchId}::uuid AND NOT EXISTS (SELECT FROM score n WHERE n.replaces = s.id)
    ), told AS (
      SELECT r.case_id, jsonb_object_agg(r.stage, r.result) AS told FROM (
        SELECT DISTINCT ON (r.case_id, r.stage) r.case_id, r.stage, r.status, r.result FROM stage_run r JOIN application a ON a.case_id = r.case_id
        WHERE a.batch_id = ${batchId}::uuid ORDER BY r.case_id, r.stage, r.round DESC) r WHERE r.status = 'closed' GROUP BY 1
    )
    SELECT a.case_id AS id, a.post_code AS "postCode", coalesce(a.ticket_no, '') AS "ticketNo", a.standing, a.out_reason AS "outReason", a.bonus,
      a.written_rank AS "writtenRank", a.total, a.rank, a.chosen_unit AS "chosenUnit", i.apart,
      CASE WHEN a.backfilled_from IS NULL THEN NULL ELSE jsonb_build_object('phase', a.backfill_phase, 'round', a.backfill_round, 'for', a.backfilled_from, 'why', a.backfill_why) END AS backfill,
      (SELECT mark FROM current s WHERE s.case_id = a.case_id AND s.paper = 'written' LIMIT 1) AS written,
      (SELECT mark FROM current s WHERE s.case_id = a.case_id AND s.paper = 'interview' LIMIT 1) AS interview,
      coalesce((SELECT jsonb_agg(mark ORDER BY sitting) FROM current s WHERE s.case_id = a.case_id AND s.paper = 'extra'), '[]') AS extra,
      coalesce(told.told, '{}') AS told
    FROM application a LEFT JOIN batch_item i ON i.case_id = a.case_id LEFT JOIN told ON told.case_id = a.case_id
    WHERE a.batch_id = ${batchId}::uuid ORDER BY a.ticket_no NULLS LAST, a.case_id`;
  const known = applicants.map((one) => ({ ...one, written: one.written ?? undefined, interview: one.interview ?? undefined }));
  return { batch, posts: await postsOf(tx, batchId), applicants: known };
}

/** What a step writes of an application; what is left out stays. */
export interface Moved {
  id: string;
  standing?: Standing;
  out?: { reason: OutReason; stage: string };
  writtenRank?: number | null;
  total?: number | null;
  rank?: number | null;
  chosenUnit?: string;
  backfill?: { phase: string; round: number; for: string; why: string };
  /** On the list (null), or apart and why. */
  apart?: string | null;
}

/** Writes what a step has come to, in two statements for all. Whoever is out already stays out, with the reason that they were given. */
export async function writeMoved(tx: Tx, moved: readonly Moved[], at: Date): Promise<void> {
  if (moved.length === 0) return;
  const rows = JSON.stringify(
    moved.map(({ apart, out, ...more }) => ({
      ...more,
      out: out ?? null,
      apart: out ? 'out' : (apart ?? null),
      moves: out !== undefined || apart !== undefined,
    })),
  );
  await tx.$executeRaw`
    UPDATE application a SET
      standing = CASE WHEN jsonb_typeof(m.out) = 'object' THEN 'out' ELSE coalesce(m.standing, a.standing) END,
      out_reason = coalesce(m.out ->> 'reason', a.out_reason), out_stage = coalesce(m.out ->> 'stage', a.out_stage),
      out_at = CASE WHEN jsonb_typeof(m.out) = 'object' THEN ${at} ELSE a.out_at END,
      written_rank = coalesce(m."writtenRank", a.written_rank), total = coalesce(m.total, a.total), rank = coalesce(m.rank, a.rank), chosen_unit = coalesce(m."chosenUnit", a.chosen_unit),
      backfilled_from = coalesce((m.backfill ->> 'for')::uuid, a.backfilled_from), backfill_phase = coalesce(m.backfill ->> 'phase', a.backfill_phase),
      backfill_round = coalesce((m.backfill ->> 'round')::int, a.backfill_round), backfill_why = coalesce(m.backfill ->> 'why', a.backfill_why)
    FROM jsonb_to_recordset(${rows}::jsonb) AS m (id uuid, standing text, out jsonb, "writtenRank" int, total int, rank int, "chosenUnit" text, backfill jsonb)
    WHERE a.case_id = m.id AND a.standing <> 'out'`;
  await tx.$executeRaw`
    UPDATE batch_item i SET apart = CASE WHEN m.moves THEN m.apart ELSE i.apart END, list_unit = CASE WHEN m.moves THEN NULL ELSE i.list_unit END,
      result = jsonb_build_object('writtenRank', a.written_rank, 'total', a.total, 'rank', a.rank)
    FROM jsonb_to_recordset(${rows}::jsonb) AS m (id uuid, apart text, moves boolean) JOIN application a ON a.case_id = m.id WHERE i.case_id = m.id`;
}
