import { randomUUID } from 'node:crypto';
import type { Db, Tx } from '../db.ts';
import type { Desk } from '../desk/desk.ts';
import { openIncident } from '../desk/incidents.ts';
import { keepReply, replyTo } from '../desk/replies.ts';
import type { By } from '../desk/room.ts';
import type { Catalogue } from '../domain/contract.ts';
import { isRefusal, refusalText, refuse, type Refusal } from '../domain/refusal.ts';
import type { Actor } from '../domain/roles.ts';
import { openCase } from './open-case.ts';

export interface StartJobItem {
  key: string;
  input: Record<string, unknown>;
}

/** The same request key from the same account is one job, and gets the first reply again. */
export interface NewStartJob extends Omit<By, 'origin'> {
  process: string;
  items: StartJobItem[];
}

/** Keeps a list of starts as a job; a key named twice counts once. The worker does the work. */
export async function createStartJob(db: Db, { process, items, ...by }: NewStartJob): Promise<{ jobId: string; count: number }> {
  const { actor, at } = by;
  const reply = { jobId: randomUUID(), count: new Set(items.map(({ key }) => key)).size };
  return db.$transaction(async (tx) => {
    if (!(await keepReply(tx, by, reply))) return (await replyTo<typeof reply>(tx, by))!;
    await tx.startJob.create({ data: { id: reply.jobId, process, accountId: actor.accountId, createdAt: at } });
    await tx.$executeRaw`
      INSERT INTO start_job_item (job_id, item_key, input)
      SELECT ${reply.jobId}::uuid, item ->> 'key', item -> 'input' FROM jsonb_array_elements(${JSON.stringify(items)}::jsonb) AS item ON CONFLICT DO NOTHING`;
    await tx.$executeRaw`SELECT pg_notify('start_job', ${reply.jobId}) IS NULL`;
    return reply;
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
    return {
      key: itemKey,
      code,
      text: refusalText({ refused: code, params }),
      caseId: typeof params.caseId === 'string' && params.caseId ? params.caseId : null,
    };
  });
  return { id: jobId, ...counts!, finished: counts!.done === counts!.total, refused };
}

interface WaitingItem extends StartJobItem {
  jobId: string;
  process: string;
  accountId: string;
}

const waitingItems = (tx: Tx, limit: number) => tx.$queryRaw<WaitingItem[]>`
  SELECT i.job_id AS "jobId", i.item_key AS key, i.input, j.process, j.account_id AS "accountId"
  FROM start_job_item i JOIN start_job j ON j.id = i.job_id WHERE i.done_at IS NULL
  ORDER BY j.created_at, i.item_key LIMIT ${limit} FOR UPDATE OF i SKIP LOCKED`;

const settle = (
  tx: Tx,
  { jobId, key }: WaitingItem,
  { caseId, refusal }: { caseId: string | null; refusal: Refusal | null },
  at: Date,
) => tx.$executeRaw`
  UPDATE start_job_item SET done_at = ${at}, case_id = ${caseId}::uuid, refusal = ${refusal ? JSON.stringify(refusal) : null}::jsonb WHERE job_id = ${jobId}::uuid AND item_key = ${key}`;

/** Starts up to `limit` waiting items of the oldest unfinished job, each with its own verdict, in one transaction; the number done. */
export async function workOnStartJobs(
  db: Db,
  house: { desk: Desk; catalogue: Catalogue; actorOf: (accountId: string, at: Date) => Promise<Actor> },
  at: Date,
  limit = 50,
): Promise<number> {
  return db.$transaction(async (tx) => {
    const items = await waitingItems(tx, limit);
    const actors = new Map<string, Actor>();
    for (const item of items) {
      const actor = actors.get(item.accountId) ?? (await house.actorOf(item.accountId, at));
      actors.set(item.accountId, actor);
      const verdict = await openCase(tx, house, {
        process: item.process,
        input: item.input,
        actor,
        at,
        requestKey: `${item.jobId}/${item.key}`,
      });
      await settle(tx, item, isRefusal(verdict) ? { caseId: null, refusal: verdict } : { caseId: verdict.caseId, refusal: null }, at);
    }
    return items.length;
  });
}

/** The first waiting item is a fault of ours each time: it gets its verdict so that those behind it do not wait, and people are told. */
export async function giveUpFirstStart(db: Db, at: Date): Promise<void> {
  await db.$transaction(async (tx) => {
    const [item] = await waitingItems(tx, 1);
    if (!item) return;
    await settle(tx, item, { caseId: null, refusal: refuse('Internal') }, at);
    await openIncident(tx, {
      key: `start-job/${item.jobId}/${item.key}`,
      kind: 'Fault',
      caseId: null,
      unitCode: null,
      at,
      detail: { place: '成批发起' },
    });
  });
}
