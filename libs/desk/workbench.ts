import type { Db, Tx } from '../db.ts';
import { addDays, dateOf, startOfDay } from '../domain/dates.ts';
import type { Actor } from '../domain/roles.ts';
import { countOpen, notRecused, postsHeld, processFits } from './inbox.ts';
import { overseenPaths } from './reach.ts';
import type { DeskRoom } from './room.ts';

/** Counts stop here: a page says 1000+ rather than reading on. */
export const COUNT_CAP = 1_000;

export interface WorkCounts {
  open: number;
  overdue: number;
  today: number;
  unclaimed: number;
  started: number;
  doneThisMonth: number;
  /** 抄送 not opened yet. */
  unread: number;
}

/** The numbers of 工作台, each no further than the cap. */
export async function workCounts(room: DeskRoom, actor: Actor, at: Date): Promise<WorkCounts> {
  const month = startOfDay(`${dateOf(at).slice(0, 7)}-01`);
  const [open, overdue, today, [own]] = await Promise.all([
    countOpen(room, actor, {}, at, COUNT_CAP),
    countOpen(room, actor, { due: 'overdue' }, at, COUNT_CAP),
    countOpen(room, actor, { due: 'today' }, at, COUNT_CAP),
    room.db.$queryRaw<Omit<WorkCounts, 'open' | 'overdue' | 'today'>[]>`
      SELECT
        (SELECT count(DISTINCT id)::int FROM (SELECT t.id FROM ${postsHeld(actor)}
          JOIN task t ON t.audience_role = p.role AND t.audience_unit = p.unit AND t.status = 'open' AND t.assignee_id IS NULL AND ${processFits} AND ${notRecused(actor)} LIMIT ${COUNT_CAP}) waiting) AS unclaimed,
        (SELECT count(*)::int FROM (SELECT FROM "case" WHERE ${actor.accountId}::uuid IN (starter_id, started_by_id) AND status <> 'ended' LIMIT ${COUNT_CAP}) begun) AS started,
        (SELECT count(*)::int FROM (SELECT FROM task WHERE status = 'done' AND answered_by_id = ${actor.accountId}::uuid AND closed_at >= ${month} LIMIT ${COUNT_CAP}) done) AS "doneThisMonth",
        (SELECT count(*)::int FROM (SELECT FROM copy WHERE account_id = ${actor.accountId}::uuid AND read_at IS NULL LIMIT ${COUNT_CAP}) given) AS unread`,
  ]);
  return { open, overdue, today, ...own! };
}

/** What the next seven days bring in the cases that the actor started, is the subject of, or oversees: their dates, and what they wait for. */
export async function nextWeek(
  db: Db | Tx,
  actor: Actor,
  at: Date,
  limit: number,
): Promise<{ on: string; title: string; caseId: string }[]> {
  const [from, to] = [dateOf(at), addDays(dateOf(at), 7)];
  return db.$queryRaw<{ on: string; title: string; caseId: string }[]>`
    SELECT on_day AS "on", title, case_id AS "caseId" FROM (
      SELECT d.on::text AS on_day, c.title || '：' || d.title AS title, c.id AS case_id
      FROM case_date d JOIN "case" c ON c.id = d.case_id JOIN unit u ON u.code = c.unit_code
      WHERE d.on > ${from}::date AND d.on <= ${to}::date AND c.status = 'running'
        AND (${actor.accountId}::uuid IN (c.starter_id, c.started_by_id, c.subject_id) OR EXISTS (SELECT FROM unnest(${overseenPaths(actor)}::text[]) reach WHERE starts_with(u.path, reach)))
      UNION
      SELECT ((c.waiting_for ->> 'until')::timestamptz AT TIME ZONE 'Asia/Shanghai')::date::text, c.title || '：' || (c.waiting_for ->> 'title'), c.id
      FROM "case" c
      WHERE c.status = 'running' AND ${actor.accountId}::uuid IN (c.starter_id, c.started_by_id, c.subject_id)
        AND (c.waiting_for ->> 'until')::timestamptz > ${at} AND (c.waiting_for ->> 'until')::timestamptz < ${startOfDay(addDays(to, 1))}
    ) coming ORDER BY on_day, title LIMIT ${limit}`;
}
