import type { Tx } from '../db.ts';
import type { Told } from '../domain/story.ts';

export interface StageEnd {
  caseId: string;
  stage: string;
  round: number;
  status: 'closed' | 'lapsed';
  told: Told;
  at: Date;
}

/** Ends a stage run: its other open tasks and its reminders end with it. */
export async function closeStage(tx: Tx, { caseId, stage, round, status, told, at }: StageEnd): Promise<void> {
  await tx.$executeRaw`
    WITH run AS (
      UPDATE stage_run SET status = ${status}, result = ${JSON.stringify(told)}::jsonb, closed_at = ${at}
      WHERE case_id = ${caseId}::uuid AND stage = ${stage} AND round = ${round}
    ), others AS (
      UPDATE task SET status = 'closed', closed_at = ${at} WHERE case_id = ${caseId}::uuid AND stage = ${stage} AND round = ${round} AND status IN ('open', 'waiting')
    )
    DELETE FROM due WHERE case_id = ${caseId}::uuid AND stage = ${stage} AND round = ${round} AND done_at IS NULL`;
}
