import type { Db } from '../db.ts';
import type { Desk } from '../desk/desk.ts';
import type { Catalogue } from '../domain/contract.ts';
import { isRefusal, refusalText, type Refusal } from '../domain/refusal.ts';
import type { Actor } from '../domain/roles.ts';
import { openCase } from './open-case.ts';

export interface StartJobItem {
  key: string;
  input: Record<string, unknown>;
}

/** Keeps a list of starts as a job; a key named twice counts once. The worker does the work. */
export async function createStartJob(db: Db, { process, items, actor, at }: { process: string; items: StartJobItem[]; actor: Actor; at: Date }): Promise<{ jobId: string; count: number }> {
  return db.$transaction(async (tx) => {
    const job = await tx.startJob.create({ data: { process, accountId: actor.accountId, createdAt: at } });
    const count = await tx.$executeRaw`
      INSERT INTO start_job_item (job_id, item_key, input)
      SELECT ${job.id}::uuid, item ->> 'key', item -> 'input' FROM jsonb_array_elements(${JSON.stringify(items)}::jsonb) AS item ON CONFLICT DO NOTHING`;
    await tx.$executeRaw`SELECT pg_notify('start_job', ${job.id}) IS NULL`;
    return { jobId: job.id, count };
  });
}

export interface JobProgress {
  id: string;
  total: number;
  done: number;
  started: number;
  finished: boolean;
  refused: { key: string; code: string; text: string; caseId: string | null }[];
}

/** Progress and the verdict of each refused item; null for somebody else's job. */
export async function startJobProgress(db: Db, jobId: string, accountId: string): Promise<JobProgress | null> {
  const job = await db.startJob.findFirst({ where: { id: jobId, accountId } });
  if (!job) return null;
  const [counts] = await db.$queryRaw<{ total: number; done: number; started: number }[]>`
    SELECT count(*)::int AS total, count(done_at)::int AS done, count(case_id)::int AS started FROM start_job_item WHERE job_id = ${jobId}::uuid`;
  const rows = await db.startJobItem.findMany({ where: { jobId, caseId: null, doneAt: { not: null } }, orderBy: { itemKey: 'asc' } });
  const refused = rows.map(({ itemKey, refusal }) => {
    const { refused: code, params } = refusal as unknown as Refusal;
    return { key: itemKey, code, text: refusalText({ refused: code, params }), caseId: typeof params.caseId === 'string' && params.caseId ? params.caseId : null };
  });
  return { id: jobId, ...counts!, finished: counts!.done === counts!.total, refused };
}

/** Starts up to `limit` waiting items of the oldest unfinished job, each with its own verdict, in one transaction; the number done. */
export async function workOnStartJobs(db: Db, house: { desk: Desk; catalogue: Catalogue; actorOf: (accountId: string, at: Date) => Promise<Actor> }, at: Date, limit = 50): Promise<number> {
  return db.$transaction(async (tx) => {
    const rows = await tx.$queryRaw<{ jobId: string; key: string; input: Record<string, unknown>; process: string; accountId: string }[]>`
      SELECT i.job_id AS "jobId", i.item_key AS key, i.input, j.process, j.account_id AS "accountId"
      FROM start_job_item i JOIN start_job j ON j.id = i.job_id WHERE i.done_at IS NULL
      ORDER BY j.created_at, i.item_key LIMIT ${limit} FOR UPDATE OF i SKIP LOCKED`;
    for (const row of rows) {
      const actor = await house.actorOf(row.accountId, at);
      const verdict = await openCase(tx, house, { process: row.process, input: row.input, actor, at, requestKey: `${row.jobId}/${row.key}` });
      const [caseId, refusal] = isRefusal(verdict) ? [null, verdict] : [verdict.caseId, null];
      await tx.$executeRaw`
        UPDATE start_job_item SET done_at = ${at}, case_id = ${caseId}::uuid, refusal = ${refusal ? JSON.stringify(refusal) : null}::jsonb
        WHERE job_id = ${row.jobId}::uuid AND item_key = ${row.key}`;
    }
    return rows.length;
  });
}
