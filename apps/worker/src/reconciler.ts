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

const over = new Set(['COMPLETED', 'FAILED', 'CANCELLED', 'TERMINATED', 'TIMED_OUT']);

/** Ids of all open stories of the processes. */
async function openStories(client: Client, processes: readonly string[]): Promise<Set<string>> {
  const ids = new Set<string>();
  const types = processes.map((name) => `'${name}'`).join(', ');
  for await (const { workflowId } of client.workflow.list({ query: `ExecutionStatus = 'Running' AND WorkflowType IN (${types})` })) ids.add(workflowId);
  return ids;
}

/**
 * Compares running cases with their stories. A case whose story is missing, failed or terminated gets an incident and its story anew, told from the desk's
 * memory. A message unconfirmed for a minute, and a case that waits for nothing, are incidents too, and close by themselves when it is over.
 * Returns the cases repaired.
 */
export async function reconcile({ db, client, taskQueue, processes, log }: { db: Db; client: Client; taskQueue: string; processes: readonly string[]; log: Logger }, at: Date): Promise<string[]> {
  const minuteAgo = new Date(at.getTime() - 60_000);
  const running = await db.$queryRaw<Running[]>`
    SELECT c.id AS "caseId", c.case_no AS "caseNo", c.title, c.unit_code AS "unitCode", c.process, c.process || '/' || c.natural_key || '/' || c.run AS "workflowId"
    FROM "case" c JOIN message m ON m.case_id = c.id AND m.no = 1 WHERE c.status <> 'ended' AND m.confirmed_at < ${minuteAgo}`;
  const open = running.length > 0 ? await openStories(client, processes) : new Set<string>();
  const repaired: string[] = [];
  for (const found of running.filter(({ workflowId }) => !open.has(workflowId))) {
    // visibility lags behind: ask the engine itself before saying that a story is gone
    if (!(await isGone(client, found.workflowId))) continue;
    const key = `${found.caseId}/story-missing/${at.toISOString()}`;
    await db.$transaction((tx) => openIncident(tx, { key, kind: 'StoryMissing', caseId: found.caseId, unitCode: found.unitCode, at, detail: { caseNo: found.caseNo, title: found.title } }));
    await startStory(client, taskQueue, found);
    await db.$transaction((tx) => closeIncident(tx, key, '系统已从办件记录重新接续，没有重复任何动作。', new Date()));
    log.warn({ caseId: found.caseId }, 'story missing, told anew');
    repaired.push(found.caseId);
  }
  await watchMessages(db, at, minuteAgo);
  await watchIdle(db, at, minuteAgo);
  return repaired;
}

async function isGone(client: Client, workflowId: string): Promise<boolean> {
  try {
    return over.has((await client.workflow.getHandle(workflowId).describe()).status.name);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return true;
    throw error;
  }
}

async function watchMessages(db: Db, at: Date, minuteAgo: Date): Promise<void> {
  const late = await db.$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count FROM message WHERE confirmed_at IS NULL AND created_at < ${minuteAgo}`;
  const waiting = late[0]!.count;
  const open = await db.incident.findFirst({ where: { kind: 'MessagesWait', resolvedAt: null } });
  if (waiting > 0 && !open) await db.$transaction((tx) => openIncident(tx, { key: `messages-wait/${at.toISOString()}`, kind: 'MessagesWait', caseId: null, unitCode: null, at, detail: { count: waiting } }));
  if (waiting === 0 && open) await db.$transaction((tx) => closeIncident(tx, open.key, '流程引擎已恢复，积压的消息已按顺序送达。', at));
}

/** Invariant: a running case waits for something. One that does not for a minute is stalled (a fault in its story). */
async function watchIdle(db: Db, at: Date, minuteAgo: Date): Promise<void> {
  const idle = await db.$queryRaw<Running[]>`
    SELECT c.id AS "caseId", c.case_no AS "caseNo", c.title, c.unit_code AS "unitCode", c.process, '' AS "workflowId" FROM "case" c
    WHERE c.status <> 'ended' AND c.started_at < ${minuteAgo}
      AND NOT EXISTS (SELECT 1 FROM task t WHERE t.case_id = c.id AND t.status = 'open')
      AND NOT EXISTS (SELECT 1 FROM due d WHERE d.case_id = c.id AND d.done_at IS NULL)
      AND NOT EXISTS (SELECT 1 FROM message m WHERE m.case_id = c.id AND (m.confirmed_at IS NULL OR m.confirmed_at > ${minuteAgo}))`;
  for (const found of idle) {
    await db.$transaction((tx) => openIncident(tx, { key: `${found.caseId}/stalled`, kind: 'CaseStalled', caseId: found.caseId, unitCode: found.unitCode, at, detail: { caseNo: found.caseNo, title: found.title } }));
  }
}
