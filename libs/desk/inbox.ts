import { Prisma } from '../../prisma/generated/client.ts';
import type { Db, Tx } from '../db.ts';
import type { Catalogue } from '../domain/contract.ts';
import { addDays, dateOf, endOfDay } from '../domain/dates.ts';
import type { Actor } from '../domain/roles.ts';
import type { DeskRoom } from './room.ts';
import { isInPerson } from './seat.ts';

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

/** `process/stage` of everything that nobody does in another's stead while it is asked by name. */
const inPersonStages = (catalogue: Catalogue): string[] =>
  Object.values(catalogue).flatMap(({ name, stages }) =>
    Object.entries(stages)
      .filter(([, stage]) => isInPerson(stage, { audienceRole: null }))
      .map(([stage]) => `${name}/${stage}`),
  );

/** The posts by which somebody finds tasks, as rows `p (role, unit, processes)`: their own, and those others of whom they stand in for. */
export function postsHeld({ posts, standsInFor }: Actor): Prisma.Sql {
  const own = new Set(posts.map(({ role, unitCode }) => `${role}@${unitCode}`));
  const others = standsInFor.flatMap((principal) => principal.posts.map((post) => ({ ...post, processes: listed(principal.processes) })));
  const held = [
    ...posts.map((post) => ({ ...post, processes: '' })),
    ...others.filter(({ role, unitCode }) => !own.has(`${role}@${unitCode}`)),
  ];
  const column = (name: 'role' | 'unitCode' | 'processes') => Prisma.sql`${held.map((post) => post[name])}::text[]`;
  return Prisma.sql`unnest(${column('role')}, ${column('unitCode')}, ${column('processes')}) AS p (role, unit, processes)`;
}
/** Processes as one text, "" for all of them. */
const listed = (processes: readonly string[]) => (processes.length === 0 ? '' : `,${processes.join()},`);
/** Whether a row of `postsHeld` counts for a task of this process. */
export const processFits = Prisma.sql`(p.processes = '' OR strpos(p.processes, ',' || t.process || ',') > 0)`;

/** In whose case somebody has declared a conflict, nothing lies before them any more. */
export const notRecused = ({ accountId }: Actor) =>
  Prisma.sql`NOT EXISTS (SELECT FROM recusal x WHERE x.case_id = t.case_id AND x.account_id = ${accountId}::uuid)`;

/**
 * Ids of the open tasks of a person in the order of their due moments (unknown ones last): asked of them by name, of a post they hold, or put before a
 * level that they hold; and so of those for whom they stand in, what is done in person excepted; nothing of a case in which they declared a conflict.
 * Each branch reads no more than a page from its index. `after` is the last key of the page before.
 */
function openIds(
  catalogue: Catalogue,
  actor: Actor,
  filter: TaskFilter,
  at: Date,
  after: { due: string; id: string } | null,
  limit: number,
): Prisma.Sql {
  const where = Prisma.sql`${narrowed(filter, at)} AND ${notRecused(actor)}`;
  const beyond = after ? Prisma.sql`(${key}, t.id) > (${after.due}::timestamptz, ${after.id}::uuid)` : Prisma.sql`true`;
  const held = postsHeld(actor);
  const { standsInFor } = actor;
  const named = Prisma.sql`unnest(${standsInFor.map(({ accountId }) => accountId)}::uuid[], ${standsInFor.map(({ processes }) => listed(processes))}::text[]) AS p (who, processes)`;
  const inTheirStead =
    standsInFor.length === 0
      ? Prisma.empty
      : Prisma.sql`
      UNION ALL
      (SELECT found.id, found.due FROM ${named} CROSS JOIN LATERAL (
        SELECT t.id, ${key} AS due FROM task t
        WHERE t.status = 'open' AND t.assignee_id = p.who AND ${processFits} AND NOT (t.audience_role IS NULL AND t.process || '/' || t.stage = ANY(${inPersonStages(catalogue)}::text[]))
          AND ${beyond} AND ${where} ORDER BY due, t.id LIMIT ${limit}) found)`;
  return Prisma.sql`
    SELECT DISTINCT id, due FROM (
      (SELECT t.id, ${key} AS due FROM task t WHERE t.status = 'open' AND t.assignee_id = ${actor.accountId}::uuid AND ${beyond} AND ${where} ORDER BY due, t.id LIMIT ${limit})
      UNION ALL
      (SELECT found.id, found.due FROM ${held} CROSS JOIN LATERAL (
        SELECT t.id, ${key} AS due FROM task t
        WHERE t.status = 'open' AND t.assignee_id IS NULL AND t.audience_role = p.role AND t.audience_unit = p.unit AND ${processFits} AND ${beyond} AND ${where} ORDER BY due, t.id LIMIT ${limit}) found)
      UNION ALL
      (SELECT t.id, ${key} AS due FROM ${held} JOIN task_escalation e ON e.role = p.role AND e.unit_code = p.unit JOIN task t ON t.id = e.task_id
        WHERE t.status = 'open' AND ${processFits} AND ${beyond} AND ${where} ORDER BY due, t.id LIMIT ${limit})${inTheirStead}
    ) mine`;
}

export interface TaskKey {
  id: string;
  due: string;
}

type Reading = Omit<DeskRoom, 'db'> & { db: Db | Tx };

/** One page of open task keys. */
export async function openTaskKeys(
  { db, catalogue }: Reading,
  actor: Actor,
  filter: TaskFilter,
  at: Date,
  after: TaskKey | null,
  limit: number,
): Promise<TaskKey[]> {
  return db.$queryRaw<
    TaskKey[]
  >`SELECT id, due::text AS due FROM (${openIds(catalogue, actor, filter, at, after, limit)}) keys ORDER BY keys.due, id LIMIT ${limit}`;
}

/** One page of what a person has answered, or others in their stead, newest first. */
export async function doneTaskKeys(
  { db }: Reading,
  actor: Actor,
  filter: TaskFilter,
  at: Date,
  after: TaskKey | null,
  limit: number,
): Promise<TaskKey[]> {
  const beyond = after ? Prisma.sql`(t.closed_at, t.id) < (${after.due}::timestamptz, ${after.id}::uuid)` : Prisma.sql`true`;
  const by = (column: Prisma.Sql) =>
    Prisma.sql`(SELECT t.id, t.closed_at FROM task t WHERE t.status = 'done' AND ${column} = ${actor.accountId}::uuid AND ${beyond} AND ${narrowed(filter, at)} ORDER BY t.closed_at DESC, t.id DESC LIMIT ${limit})`;
  return db.$queryRaw<TaskKey[]>`
    SELECT id, closed_at::text AS due FROM (${by(Prisma.sql`t.answered_by_id`)} UNION ALL ${by(Prisma.sql`t.answered_for_id`)}) mine
    ORDER BY mine.closed_at DESC, id DESC LIMIT ${limit}`;
}

/** How many tasks answer a filter, counted no further than `cap`. */
export async function countOpen({ db, catalogue }: Reading, actor: Actor, filter: TaskFilter, at: Date, cap: number): Promise<number> {
  const [row] = await db.$queryRaw<
    { count: number }[]
  >`SELECT count(*)::int AS count FROM (SELECT id FROM (${openIds(catalogue, actor, filter, at, null, cap)}) keys LIMIT ${cap}) counted`;
  return row!.count;
}
