import { randomUUID } from 'node:crypto';
import { Prisma } from '../../prisma/generated/client.ts';
import type { Db, Tx } from '../db.ts';
import { openIncident } from '../desk/incidents.ts';
import { actOnList, type ListAct } from '../desk/list-acts.ts';
import { openAt } from '../desk/list-parts.ts';
import { keepReply, replyTo } from '../desk/replies.ts';
import type { By, DeskRoom } from '../desk/room.ts';
import { listActTitles } from '../domain/campaign-words.ts';
import { refusalText, refuse, type Refusal } from '../domain/refusal.ts';
import type { Actor } from '../domain/roles.ts';
import { contractOf } from '../desk/room.ts';
import { nameOf, noOf } from './standing.ts';

/** Cases in one transaction. */
const AT_ONCE = 100;

/** On whom: those named, everybody who is open in the actor's parts of the list, or those for whom an earlier job was accepted. */
export type Selection = { caseIds: readonly string[] } | { open: true } | { jobId: string };

/** The same request key from the same account is one job, and gets the first reply again. */
export interface NewListJob extends Omit<By, 'origin'> {
  batchId: string;
  does: ListAct;
  on: Selection;
}

/** Keeps an act on many people as a job. The worker does the work; whoever asks follows its progress. */
export async function createListJob(room: DeskRoom, { batchId, does, on, ...by }: NewListJob): Promise<{ jobId: string; count: number }> {
  const { actor, at, requestKey } = by;
  return room.db.$transaction(async (tx) => {
    const reply = { jobId: randomUUID(), count: 0 };
    if (!(await keepReply(tx, by, reply))) return (await replyTo<typeof reply>(tx, by))!;
    await tx.listJob.create({
      data: { id: reply.jobId, batchId, accountId: actor.accountId, act: does as unknown as Prisma.InputJsonObject, createdAt: at },
    });
    reply.count = await tx.$executeRaw`
      INSERT INTO list_job_item (job_id, case_id) SELECT ${reply.jobId}::uuid, i.case_id FROM batch_item i JOIN "case" c ON c.id = i.case_id
      WHERE i.batch_id = ${batchId}::uuid AND ${await chosen(tx, room, batchId, does, on, actor)}`;
    if (requestKey)
      await tx.requestKey.update({
        where: { accountId_key: { accountId: actor.accountId, key: requestKey } },
        data: { reply: { ...reply } },
      });
    await tx.$executeRaw`SELECT pg_notify('list_job', ${reply.jobId}) IS NULL`;
    return reply;
  });
}

async function chosen(tx: Tx, room: DeskRoom, batchId: string, does: ListAct, on: Selection, actor: Actor): Promise<Prisma.Sql> {
  if ('caseIds' in on) return Prisma.sql`i.case_id = ANY(${[...on.caseIds]}::uuid[])`;
  if ('jobId' in on)
    return Prisma.sql`i.case_id IN (SELECT case_id FROM list_job_item WHERE job_id = ${on.jobId}::uuid AND done_at IS NOT NULL AND refusal IS NULL)`;
  const { process } = await tx.case.findUniqueOrThrow({ where: { id: batchId }, select: { process: true } });
  const list = 'stage' in does ? contractOf(room, process).stages[does.stage]?.list : undefined;
  if (!list || !('stage' in does)) return Prisma.sql`false`;
  return Prisma.sql`i.list_unit = ANY(${partsOfActor(actor)}::text[]) AND ${openAt(does.stage, list)} AND c.subject_id IS DISTINCT FROM ${actor.accountId}::uuid`;
}

/** Keys of the parts of a list that would be the actor's, in their own name or as a substitute. */
export const partsOfActor = (actor: Actor): string[] =>
  [actor, ...actor.standsInFor].flatMap(({ posts }) => posts.map(({ role, unitCode }) => `${role}@${unitCode}`));

export interface ListProgress {
  id: string;
  batchId: string;
  title: string;
  at: string;
  total: number;
  done: number;
  finished: boolean;
  refused: { caseId: string; name: string; code: string; text: string }[];
}

/** Progress, and each person for whom it was refused with the reason; null for somebody else's job. */
export async function listJobProgress(db: Db, jobId: string, accountId: string): Promise<ListProgress | null> {
  const job = await db.listJob.findFirst({ where: { id: jobId, accountId } });
  if (!job) return null;
  const [counts] = await db.$queryRaw<{ total: number; done: number }[]>`
    SELECT count(*)::int AS total, count(done_at)::int AS done FROM list_job_item WHERE job_id = ${jobId}::uuid`;
  const rows = await db.$queryRaw<{ caseId: string; name: string; refusal: Refusal }[]>`
    SELECT j.case_id AS "caseId", ${nameOf} AS name, j.refusal FROM list_job_item j JOIN batch_item i ON i.case_id = j.case_id LEFT JOIN person p ON p.id = i.person_id
    WHERE j.job_id = ${jobId}::uuid AND j.refusal IS NOT NULL ORDER BY ${noOf} LIMIT 1000`;
  return {
    id: job.id,
    batchId: job.batchId,
    title: listActTitles[(job.act as unknown as ListAct).act] ?? '',
    at: job.createdAt.toISOString(),
    ...counts!,
    finished: counts!.done === counts!.total,
    refused: rows.map(({ refusal, ...who }) => ({ ...who, code: refusal.refused, text: refusalText(refusal) })),
  };
}

interface Waiting {
  jobId: string;
  caseId: string;
}

/** Works on up to a hundred people of the oldest unfinished job, in one transaction: done once, whatever happens in between. The number done. */
export async function workOnListJobs(
  room: DeskRoom,
  actorOf: (accountId: string, at: Date) => Promise<Actor>,
  at: Date,
  limit = AT_ONCE,
): Promise<number> {
  return room.db.$transaction(async (tx) => {
    const [job] = await tx.$queryRaw<{ id: string; batchId: string; accountId: string; act: ListAct }[]>`
      SELECT j.id, j.batch_id AS "batchId", j.account_id AS "accountId", j.act FROM list_job j
      WHERE EXISTS (SELECT FROM list_job_item i WHERE i.job_id = j.id AND i.done_at IS NULL) ORDER BY j.created_at, j.id LIMIT 1 FOR UPDATE OF j SKIP LOCKED`;
    if (!job) return 0;
    const items = await tx.$queryRaw<Waiting[]>`
      SELECT job_id AS "jobId", case_id AS "caseId" FROM list_job_item WHERE job_id = ${job.id}::uuid AND done_at IS NULL ORDER BY case_id LIMIT ${limit}`;
    const actor = await actorOf(job.accountId, at);
    const verdicts = await actOnList(tx, room, {
      actor,
      at,
      batchId: job.batchId,
      caseIds: items.map(({ caseId }) => caseId),
      does: job.act,
    });
    await settle(tx, job.id, verdicts, at);
    return items.length;
  });
}

async function settle(tx: Tx, jobId: string, verdicts: ReadonlyMap<string, Refusal | null>, at: Date): Promise<void> {
  const rows = [...verdicts].map(([id, refusal]) => ({ id, refusal }));
  await tx.$executeRaw`
    UPDATE list_job_item i SET done_at = ${at}, refusal = CASE WHEN jsonb_typeof(v.refusal) = 'object' THEN v.refusal END
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS v (id uuid, refusal jsonb) WHERE i.job_id = ${jobId}::uuid AND i.case_id = v.id`;
}

/** The first person waiting is a fault of ours each time: they get that as their verdict, so that those behind them do not wait. */
export async function giveUpFirstOnList(db: Db, at: Date): Promise<void> {
  await db.$transaction(async (tx) => {
    const [item] = await tx.$queryRaw<Waiting[]>`
      SELECT i.job_id AS "jobId", i.case_id AS "caseId" FROM list_job_item i JOIN list_job j ON j.id = i.job_id WHERE i.done_at IS NULL
      ORDER BY j.created_at, j.id, i.case_id LIMIT 1 FOR UPDATE OF i SKIP LOCKED`;
    if (!item) return;
    await settle(tx, item.jobId, new Map([[item.caseId, refuse('Internal')]]), at);
    const place = { detail: { place: '名册批量办理' }, key: `list-job/${item.jobId}/${item.caseId}` };
    await openIncident(tx, { ...place, kind: 'Fault', caseId: item.caseId, unitCode: null, at });
  });
}
