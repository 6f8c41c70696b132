import type { Tx } from '../db.ts';

/** Everybody who has or had a part in the case: starter, subject, whoever answered, and whoever is asked now. */
export async function peopleOfCase(tx: Tx, caseId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ who: string }[]>`
    SELECT starter_id AS who FROM "case" WHERE id = ${caseId}::uuid AND starter_id IS NOT NULL
    UNION SELECT started_by_id FROM "case" WHERE id = ${caseId}::uuid AND started_by_id IS NOT NULL
    UNION SELECT subject_id FROM "case" WHERE id = ${caseId}::uuid AND subject_id IS NOT NULL
    UNION SELECT answered_by_id FROM task WHERE case_id = ${caseId}::uuid AND answered_by_id IS NOT NULL
    UNION SELECT answered_for_id FROM task WHERE case_id = ${caseId}::uuid AND answered_for_id IS NOT NULL
    UNION SELECT assignee_id FROM task WHERE case_id = ${caseId}::uuid AND status = 'open' AND assignee_id IS NOT NULL`;
  return rows.map(({ who }) => who);
}

/** Ends what is asked of people now: open stages, tasks and everything that would fall due by itself. A held case stays held: it goes on elsewhere. */
export async function endOpenStages(tx: Tx, caseId: string, at: Date): Promise<void> {
  await tx.$executeRaw`
    WITH runs AS (UPDATE stage_run SET status = 'superseded', closed_at = ${at} WHERE case_id = ${caseId}::uuid AND status IN ('open', 'pending')),
      tasks AS (UPDATE task SET status = 'closed', closed_at = ${at} WHERE case_id = ${caseId}::uuid AND status IN ('open', 'waiting')),
      waits AS (UPDATE "case" SET waiting_for = NULL WHERE id = ${caseId}::uuid AND waiting_for IS NOT NULL)
    DELETE FROM due WHERE case_id = ${caseId}::uuid AND done_at IS NULL`;
}

/** Closes the case to people for good: as `endOpenStages`, and a hold is over with it. */
export async function endOpenWork(tx: Tx, caseId: string, at: Date): Promise<void> {
  await endOpenStages(tx, caseId, at);
  await tx.$executeRaw`
    WITH holds AS (UPDATE hold SET to_at = ${at} WHERE case_id = ${caseId}::uuid AND to_at IS NULL)
    UPDATE "case" SET held_at = NULL WHERE id = ${caseId}::uuid AND held_at IS NOT NULL`;
}

/** 生效: from now on nobody withdraws it, and it needs no reminders of the dates by which it had to be decided. */
export async function takesEffect(tx: Tx, caseId: string, at: Date): Promise<void> {
  await tx.$executeRaw`
    WITH case_dates AS (DELETE FROM due WHERE case_id = ${caseId}::uuid AND kind = 'before' AND done_at IS NULL)
    UPDATE "case" SET effective_at = ${at} WHERE id = ${caseId}::uuid AND effective_at IS NULL`;
}

/** To whom the case was given to read. */
export async function readersOfCase(tx: Tx, caseId: string): Promise<string[]> {
  return (await tx.copy.findMany({ where: { caseId }, select: { accountId: true } })).map(({ accountId }) => accountId);
}
