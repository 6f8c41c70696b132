import type { Tx } from '../db.ts';
import type { StageContract } from '../domain/contract.ts';
import type { CaseState } from './state.ts';

/** 候补: not called so far, and without a story for it. */
const RESERVE = 'reserve';

/**
 * Whether a stage of a person's case is decided on their batch's list: they stand on it and the batch is not past the stage. Otherwise they go their own
 * way (例外), and that is written down. At a stage where one `rejoins`, whoever went their own way stands on the list again if the batch has not come so far;
 * and such a stage is over for those on the list when the batch's step has come to them, which a slow story may be told of later. Whoever holds a batch's row never waits for a person's, so it may be locked after the person's.
 */
export async function standsOnList(
  tx: Tx,
  { id }: Pick<CaseState, 'id'>,
  stage: string,
  how: NonNullable<StageContract['withBatch']>,
): Promise<boolean> {
  const item = await tx.batchItem.findUnique({ where: { caseId: id }, select: { batchId: true, apart: true } });
  if (!item) return false;
  // whoever waits as a reserve is asked nothing: their stage lies on the list until they are called
  if (item.apart === RESERVE) return true;
  const [batch] = await tx.$queryRaw<{ status: string }[]>`SELECT status FROM "case" WHERE id = ${item.batchId}::uuid FOR SHARE`;
  const run = await tx.stageRun.findFirst({ where: { caseId: item.batchId, stage }, orderBy: { round: 'desc' }, select: { status: true } });
  const past = batch?.status !== 'running' || (how !== 'rejoins' && run?.status === 'closed');
  const rejoins = how === 'rejoins' && !run && item.apart !== null && item.apart !== 'apart';
  const onList = !past && (item.apart === null || rejoins);
  if (onList ? item.apart !== null : item.apart === null)
    await tx.batchItem.update({ where: { caseId: id }, data: { apart: onList ? null : 'own', listUnit: null } });
  return onList;
}
