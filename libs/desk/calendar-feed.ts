import { actorOf } from '../access/actor.ts';
import { looksLikeToken, newToken, tokenHashOf } from '../access/session.ts';
import { writeCalendar, type IcalEntry, type IcalTime } from '../calendar/ical.ts';
import type { Db, Tx } from '../db.ts';
import { addDays, dateOf, timeOf } from '../domain/dates.ts';
import type { Actor } from '../domain/roles.ts';
import { openTaskKeys } from './inbox.ts';
import { taskRows } from './lists.ts';
import type { DeskRoom } from './room.ts';

/** Tasks and dates in one calendar at most, and how far ahead dates are shown. */
const TASKS = 500;
const DATES = 500;
const DAYS_AHEAD = 400;
const REFRESH_HOURS = 1;
/** Its last reading is written down at most once in so long. */
const TOUCH_MS = 3_600_000;

export interface FeedState {
  madeAt: Date | null;
  lastReadAt: Date | null;
}

/** Whether a person has an address for their calendar, since when, and when it was read last (to the hour). */
export async function feedState(db: Db | Tx, accountId: string): Promise<FeedState> {
  const feed = await db.calendarFeed.findUnique({ where: { accountId } });
  return { madeAt: feed?.madeAt ?? null, lastReadAt: feed?.lastReadAt ?? null };
}

/** A new secret address: its token is told this once. The one before is dead from now on. */
export async function makeFeed(tx: Tx, accountId: string, at: Date): Promise<string> {
  const token = newToken();
  const data = { tokenHash: tokenHashOf(token), madeAt: at, lastReadAt: null };
  await tx.calendarFeed.upsert({ where: { accountId }, create: { accountId, ...data }, update: data });
  return token;
}

/** The address is dead. Whether there was one. */
export async function revokeFeed(tx: Tx, accountId: string): Promise<boolean> {
  return (await tx.calendarFeed.deleteMany({ where: { accountId } })).count > 0;
}

/**
 * The calendar behind a token: open tasks as things to do and as deadlines, and the dates of one's cases. Null for a token that is not, or no longer,
 * anybody's, and for an account that is not active. Of other people it says what a case's title says, and no more.
 */
export async function readFeed(room: DeskRoom, token: string, at: Date, publicUrl: string | null): Promise<string | null> {
  if (!looksLikeToken(token)) return null;
  const [feed] = await room.db.$queryRaw<{ accountId: string }[]>`
    WITH found AS (
      SELECT f.account_id FROM calendar_feed f JOIN account a ON a.id = f.account_id WHERE f.token_hash = ${tokenHashOf(token)} AND a.status = 'active'
    ), touched AS (
      UPDATE calendar_feed f SET last_read_at = ${at} FROM found
      WHERE f.account_id = found.account_id AND (f.last_read_at IS NULL OR f.last_read_at < ${new Date(at.getTime() - TOUCH_MS)})
    )
    SELECT account_id AS "accountId" FROM found`;
  const actor = feed && (await actorOf(room.db, feed.accountId, dateOf(at)));
  if (!actor) return null;
  const link = (path: string) => (publicUrl ? { url: `${publicUrl.replace(/\/$/, '')}${path}` } : {});
  const entries = [...(await taskEntries(room, actor, at, link)), ...(await dateEntries(room.db, actor, at, link))];
  return writeCalendar({ name: '苗圃待办与期限', refreshHours: REFRESH_HOURS }, entries);
}

type Link = (path: string) => { url?: string };

async function taskEntries(room: DeskRoom, actor: Actor, at: Date, link: Link): Promise<IcalEntry[]> {
  const ids = (await openTaskKeys(room, actor, {}, at, null, TASKS)).map(({ id }) => id);
  const rows = (await taskRows(room.db, ids)).sort((a, b) => (a.id < b.id ? -1 : 1));
  return rows.flatMap(({ id, title, caseNo, process, stage, openedAt, dueAt, tentative }): IcalEntry[] => {
    const common = {
      changedAt: openedAt,
      summary: `${title}：${room.catalogue[process]?.stages[stage]?.title ?? stage}${tentative ? '（暂定）' : ''}`,
      description: `办件编号 ${caseNo}`,
      ...link(`/tasks/${id}`),
    };
    const time = dueAt && endOf(dueAt);
    return [
      { ...common, kind: 'VTODO', uid: `task-${id}@miaopu`, time },
      ...(time ? [{ ...common, kind: 'VEVENT' as const, uid: `task-${id}-due@miaopu`, time, tentative }] : []),
    ];
  });
}

/** An end at 24:00 is the end of its day. */
const endOf = (dueAt: Date): IcalTime => (timeOf(dueAt) === '00:00' ? { on: dateOf(new Date(dueAt.getTime() - 1)) } : { at: dueAt });

/** The dates of running cases that one has started, is concerned by, or holds an open task of. */
async function dateEntries(db: Db, actor: Actor, at: Date, link: Link): Promise<IcalEntry[]> {
  const today = dateOf(at);
  const rows = await db.$queryRaw<
    { caseId: string; key: string; on: string; title: string; caseTitle: string; caseNo: string; startedAt: Date }[]
  >`
    SELECT d.case_id AS "caseId", d.key, d.on::text AS "on", d.title, c.title AS "caseTitle", c.case_no AS "caseNo", c.started_at AS "startedAt"
    FROM case_date d JOIN "case" c ON c.id = d.case_id
    WHERE c.status = 'running' AND d.on >= ${today}::date AND d.on <= ${addDays(today, DAYS_AHEAD)}::date
      AND (${actor.accountId}::uuid IN (c.starter_id, c.started_by_id, c.subject_id)
        OR EXISTS (SELECT FROM task t WHERE t.case_id = c.id AND t.status = 'open' AND t.assignee_id = ${actor.accountId}::uuid))
    ORDER BY d.on, d.case_id, d.key LIMIT ${DATES}`;
  return rows.map(({ caseId, key, on, title, caseTitle, caseNo, startedAt }) => ({
    kind: 'VEVENT',
    uid: `case-${caseId}-${key}@miaopu`,
    changedAt: startedAt,
    time: { on },
    summary: `${caseTitle}：${title}`,
    description: `办件编号 ${caseNo}`,
    ...link(`/cases/${caseId}`),
  }));
}
