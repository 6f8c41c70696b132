import { Prisma } from '../../prisma/generated/client.ts';
import type { Db, Tx } from '../db.ts';
import { addDays, dateOf, endOfDay } from '../domain/dates.ts';
import type { Actor } from '../domain/roles.ts';

/** What narrows a list of tasks. `unit` takes its subtree; `q` is part of a title or case number. */
export interface TaskFilter {
  process?: string;
  stage?: string;
  unit?: string;
  due?: 'overdue' | 'today' | 'week';
  q?: string;
  caseId?: string;
}

/** A substring search with LIKE's own signs taken literally. */
export const likeText = (q: string) => `%${q.replace(/[\\%_]/g, (special) => `\\${special}`)}%`;

function narrowed(filter: TaskFilter, at: Date): Prisma.Sql {
  const today = endOfDay(dateOf(at));
  const parts = [
    filter.process && Prisma.sql`t.process = ${filter.process}`,
    filter.stage && Prisma.sql`t.stage = ${filter.stage}`,
    filter.caseId && Prisma.sql`t.case_id = ${filter.caseId}::uuid`,
    filter.due === 'overdue' && Prisma.sql`t.due_at < ${at}`,
    filter.due === 'today' && Prisma.sql`t.due_at >= ${at} AND t.due_at < ${today}`,
    filter.due === 'week' && Prisma.sql`t.due_at >= ${at} AND t.due_at < ${endOfDay(addDays(dateOf(at), 7))}`,
    filter.unit &&
      Prisma.sql`EXISTS (SELECT 1 FROM "case" c JOIN unit u ON u.code = c.unit_code JOIN unit over ON over.code = ${filter.unit} WHERE c.id = t.case_id AND starts_with(u.path, over.path))`,
    filter.q &&
      Prisma.sql`EXISTS (SELECT 1 FROM "case" c WHERE c.id = t.case_id AND (c.title ILIKE ${likeText(filter.q)} OR c.case_no ILIKE ${likeText(filter.q)}))`,
  ].filter((part): part is Prisma.Sql => typeof part === 'object');
  return parts.length > 0 ? Prisma.join(parts, ' AND ') : Prisma.sql`true`;
}

const key = Prisma.sql`coalesce(t.due_at, 'infinity'::timestamptz)`;

/**
 * Ids of the open tasks of a person in the order of their due moments (unknown ones last): asked of them by name, of a post they hold, or put before a
 * level that they hold. Each branch reads no more than a page from its index. `after` is the last key of the page before.
 */
function openIds(actor: Actor, filter: TaskFilter, at: Date, after: { due: string; id: string } | null, limit: number): Prisma.Sql {
  const where = narrowed(filter, at);
  const beyond = after ? Prisma.sql`(${key}, t.id) > (${after.due}::timestamptz, ${after.id}::uuid)` : Prisma.sql`true`;
  const posts = actor.posts.map(({ role, unitCode }) => ({ role, unitCode }));
  const held = Prisma.sql`unnest(${posts.map(({ role }) => role)}::text[], ${posts.map(({ unitCode }) => unitCode)}::text[]) AS p (role, unit)`;
  return Prisma.sql`
    SELECT DISTINCT id, due FROM (
      (SELECT t.id, ${key} AS due FROM task t WHERE t.status = 'open' AND t.assignee_id = ${actor.accountId}::uuid AND ${beyond} AND ${where} ORDER BY due, t.id LIMIT ${limit})
      UNION ALL
      (SELECT found.id, found.due FROM ${held} CROSS JOIN LATERAL (
        SELECT t.id, ${key} AS due FROM task t
        WHERE t.status = 'open' AND t.assignee_id IS NULL AND t.audience_role = p.role AND t.audience_unit = p.unit AND ${beyond} AND ${where} ORDER BY due, t.id LIMIT ${limit}) found)
      UNION ALL
      (SELECT t.id, ${key} AS due FROM ${held} JOIN task_escalation e ON e.role = p.role AND e.unit_code = p.unit JOIN task t ON t.id = e.task_id
        WHERE t.status = 'open' AND ${beyond} AND ${where} ORDER BY due, t.id LIMIT ${limit})
    ) mine`;
}

export interface TaskKey {
  id: string;
  due: string;
}

/** One page of open task keys. */
export async function openTaskKeys(
  db: Db | Tx,
  actor: Actor,
  filter: TaskFilter,
  at: Date,
  after: TaskKey | null,
  limit: number,
): Promise<TaskKey[]> {
  return db.$queryRaw<
    TaskKey[]
  >`SELECT id, due::text AS due FROM (${openIds(actor, filter, at, after, limit)}) keys ORDER BY keys.due, id LIMIT ${limit}`;
}

/** One page of what a person has answered, newest first. */
export async function doneTaskKeys(
  db: Db | Tx,
  actor: Actor,
  filter: TaskFilter,
  at: Date,
  after: TaskKey | null,
  limit: number,
): Promise<TaskKey[]> {
  const beyond = after ? Prisma.sql`(t.closed_at, t.id) < (${after.due}::timestamptz, ${after.id}::uuid)` : Prisma.sql`true`;
  return db.$queryRaw<TaskKey[]>`
    SELECT t.id, t.closed_at::text AS due FROM task t WHERE t.status = 'done' AND t.answered_by_id = ${actor.accountId}::uuid AND ${beyond} AND ${narrowed(filter, at)}
    ORDER BY t.closed_at DESC, t.id DESC LIMIT ${limit}`;
}

/** How many tasks answer a filter, counted no further than `cap`. */
export async function countOpen(db: Db | Tx, actor: Actor, filter: TaskFilter, at: Date, cap: number): Promise<number> {
  const [row] = await db.$queryRaw<
    { count: number }[]
  >`SELECT count(*)::int AS count FROM (SELECT id FROM (${openIds(actor, filter, at, null, cap)}) keys LIMIT ${cap}) counted`;
  return row!.count;
}
