import type { Tx } from '../db.ts';
import type { StageContract } from '../domain/contract.ts';
import type { Posted } from '../domain/stage-dates.ts';

/** How a notice stage is counted: since when its notice is posted, and for how long; null before, and for every other stage. */
export async function postedOf(
  tx: Tx,
  { notice }: Pick<StageContract, 'notice'>,
  { caseId, stage, round }: { caseId: string; stage: string; round: number },
): Promise<Posted | null> {
  if (!notice) return null;
  const found = await tx.notice.findUnique({
    where: { caseId_stage_round: { caseId, stage, round } },
    select: { postedAt: true, days: true },
  });
  return found?.postedAt ? { at: found.postedAt, period: { workingDays: found.days } } : null;
}
