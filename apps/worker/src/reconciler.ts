import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Db } from '../../../libs/db.ts';
import { closeIncident, openIncident } from '../../../libs/desk/incidents.ts';
import { startStory } from './couriers.ts';

interface Running {
  caseId: string;
  caseNo: string;
  title: string;
  unitCode: string;
  process: string;
  workflowId: string;
}

export interface ReconcileOptions {
  db: Db;
  client: Client;
  taskQueue: string;
  processes: readonly string[];
  /** How long something may be amiss before it counts. */
  patienceMs: number;
  log: Logger;
}

const over = new Set(['COMPLETED', 'FAILED', 'CANCELLED', 'TERMINATED', 'TIMED_OUT']);
// Questions to the engine at once, and stories told anew, when it has lost many.
const ABREAST = 8;
// A wake-up that failed more often fails for a reason in the story itself.
const WAKES_TRIED = 3;
const LIMIT_MS = 10 * 60_000;
/** An engine that is away is not waited for longer. */
const DEADLINE_MS = 10_000;
const inTime = <T>(client: Client, work: () => Promise<T>): Promise<T> => client.withDeadline(Date.now() + DEADLINE_MS, work);

/**
 * Compares running cases with their stories. A case whose story is missing, failed or terminated gets an incident and its story anew, told from the desk's
 * memory. Messages that wait too long, an engine that cannot be reached, and a case that waits for nothing are incidents too; each closes by itself when it
 * is over. Of several workers one does this at a time. Returns the cases repaired; throws when the engine is not reached.
 */
export async function reconcile(options: ReconcileOptions, at: Date): Promise<string[]> {
  const { db } = options;
  return db.$transaction(
    async (tx) => {
      const [lock] = await tx.$queryRaw<[{ mine: boolean }]>`SELECT pg_try_advisory_xact_lock(hashtext('reconciler')) AS mine`;
      if (!lock.mine) return [];
      const since = new Date(at.getTime() - options.patienceMs);
      const messages = await messagesWaiting(db, since);
      if (messages > 0) await tellWaiting(db, messages, at);
      const repaired = await repairStories(options, at, since).catch(async (error: unknown) => {
        const late = messages + (await lateDue(db, since));
        if (late > 0) await tellWaiting(db, late, at);
        throw error;
      });
      if (messages === 0) await tellCarried(db, at);
      await watchStalled(options, at, since);
      return repaired;
    },
    { timeout: LIMIT_MS },
  );
}

async function repairStories(options: ReconcileOptions, at: Date, since: Date): Promise<string[]> {
  const { db, client, processes } = options;
  const running = await db.$queryRaw<Running[]>`
    SELECT c.id AS "caseId", c.case_no AS "caseNo", c.title, c.unit_code AS "unitCode", c.process, c.process || '/' || c.natural_key || '/' || c.run AS "workflowId"
    FROM "case" c JOIN message m ON m.case_id = c.id AND m.no = 1 WHERE c.status <> 'ended' AND m.confirmed_at < ${since}`;
  if (running.length === 0) return [];
  const open = await inTime(client, () => openStories(client, processes));
  const missing = running.filter(({ workflowId }) => !open.has(workflowId));
  const repaired: string[] = [];
  await abreast(missing, async (found) => {
    // visibility lags behind: ask the engine itself before saying that a story is gone
    if (!(await isGone(client, found.workflowId))) return;
    await repair(options, found, at);
    repaired.push(found.caseId);
  });
  return repaired;
}

/** Ids of all open stories of the processes. */
async function openStories(client: Client, processes: readonly string[]): Promise<Set<string>> {
  const ids = new Set<string>();
  const types = processes.map((name) => `'${name}'`).join(', ');
  for await (const { workflowId } of client.workflow.list({ query: `ExecutionStatus = 'Running' AND WorkflowType IN (${types})` }))
    ids.add(workflowId);
  return ids;
}

async function isGone(client: Client, workflowId: string): Promise<boolean> {
  try {
    const { status } = await inTime(client, () => client.workflow.getHandle(workflowId).describe());
    return over.has(status.name);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return true;
    throw error;
  }
}

async function repair({ db, client, taskQueue, log }: ReconcileOptions, found: Running, at: Date): Promise<void> {
  const { caseId, caseNo, title, unitCode } = found;
  // a case that ended while we looked is not missed
  if ((await db.case.findUnique({ where: { id: caseId }, select: { status: true } }))?.status === 'ended') return;
  const key = `${caseId}/story-missing/${at.toISOString()}`;
  await db.$transaction((tx) => openIncident(tx, { key, kind: 'StoryMissing', caseId, unitCode, at, detail: { caseNo, title } }));
  await inTime(client, () => startStory(client, taskQueue, found));
  await db.$transaction((tx) => closeIncident(tx, key, '系统已从办件记录重新接续，没有重复任何动作。', at));
  log.warn({ caseId }, 'story missing, told anew');
}

async function messagesWaiting(db: Db, since: Date): Promise<number> {
  const [row] = await db.$queryRaw<
    [{ count: number }]
  >`SELECT count(*)::int AS count FROM message WHERE confirmed_at IS NULL AND created_at < ${since}`;
  return row.count;
}

/** What fell due and was not done: stories that no engine wakes. */
async function lateDue(db: Db, since: Date): Promise<number> {
  const [row] = await db.$queryRaw<[{ count: number }]>`SELECT count(*)::int AS count FROM due WHERE done_at IS NULL AND at < ${since}`;
  return row.count;
}

const waitingNow = (db: Db) => db.incident.findFirst({ where: { kind: 'MessagesWait', resolvedAt: null } });

async function tellWaiting(db: Db, count: number, at: Date): Promise<void> {
  if (await waitingNow(db)) return;
  const key = `messages-wait/${at.toISOString()}`;
  await db.$transaction((tx) => openIncident(tx, { key, kind: 'MessagesWait', caseId: null, unitCode: null, at, detail: { count } }));
}

async function tellCarried(db: Db, at: Date): Promise<void> {
  const open = await waitingNow(db);
  if (open) await db.$transaction((tx) => closeIncident(tx, open.key, '流程引擎已恢复，积压的消息已按顺序送达。', at));
}

/**
 * A running case waits for an open stage, for a day, for being resumed, or for a message that is under way; and what fell due was done. One for which neither holds has
 * stalled: a fault in its story, which goes on with the next release. A person on a batch's list has no story before they wait for something of their own.
 * A story that the engine is about to wake has not stalled, however many stand before it.
 */
async function watchStalled({ db, client }: ReconcileOptions, at: Date, since: Date): Promise<void> {
  const still = await db.$queryRaw<(Running & { known: boolean })[]>`
    SELECT c.id AS "caseId", c.case_no AS "caseNo", c.title, c.unit_code AS "unitCode", c.process, c.process || '/' || c.natural_key || '/' || c.run AS "workflowId",
      EXISTS (SELECT FROM incident i WHERE i.case_id = c.id AND i.kind = 'CaseStalled' AND i.resolved_at IS NULL) AS known
    FROM "case" c
    WHERE c.status <> 'ended' AND c.next_message_no > 1 AND NOT EXISTS (SELECT FROM message m WHERE m.case_id = c.id AND (m.confirmed_at IS NULL OR m.confirmed_at >= ${since}))
      AND (EXISTS (SELECT FROM due d WHERE d.case_id = c.id AND d.done_at IS NULL AND d.at < ${since})
        OR c.held_at IS NULL AND NOT EXISTS (SELECT FROM stage_run r WHERE r.case_id = c.id AND r.status = 'open')
          AND NOT EXISTS (SELECT FROM due d WHERE d.case_id = c.id AND d.kind = 'wait' AND d.done_at IS NULL))`;
  const unknown = still.filter(({ known }) => !known);
  await abreast(unknown, async (found) => {
    if (await isAboutToWake(client, found.workflowId)) return;
    const { caseId, caseNo, title, unitCode } = found;
    const key = `${caseId}/stalled/${at.toISOString()}`;
    await db.$transaction((tx) => openIncident(tx, { key, kind: 'CaseStalled', caseId, unitCode, at, detail: { caseNo, title } }));
  });
  const stalled = new Set(still.map(({ caseId }) => caseId));
  const open = await db.incident.findMany({ where: { kind: 'CaseStalled', resolvedAt: null } });
  for (const { key, caseId } of open)
    if (!stalled.has(caseId!)) await db.$transaction((tx) => closeIncident(tx, key, '这件已继续办理。', at));
}

/** The engine has a wake-up for this story that has not failed again and again. */
async function isAboutToWake(client: Client, workflowId: string): Promise<boolean> {
  const { raw } = await inTime(client, () => client.workflow.getHandle(workflowId).describe());
  const { pendingWorkflowTask } = raw;
  return Boolean(pendingWorkflowTask) && (pendingWorkflowTask!.attempt ?? 1) <= WAKES_TRIED;
}

async function abreast<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const queue = [...all];
  await Promise.all(
    Array.from({ length: ABREAST }, async () => {
      for (let next = queue.shift(); next; next = queue.shift()) await work(next);
    }),
  );
}
