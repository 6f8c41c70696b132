import { actorOf } from '../access/actor.ts';
import { isMissingYear, isWorkingDay, type Calendar } from '../domain/calendar.ts';
import { addDays, dateOf, endOfDay, instantOf, type IsoDate } from '../domain/dates.ts';
import type { Actor } from '../domain/roles.ts';
import type { DigestSection, MailParams } from '../mail/params.ts';
import { mailTiming } from '../mail/policy.ts';
import { postMail } from '../mail/post.ts';
import { subjectOf } from '../mail/render.ts';
import { openTaskKeys } from './inbox.ts';
import { taskRows } from './lists.ts';
import type { DeskRoom } from './room.ts';
import { calendarOf } from './when.ts';

/** Accounts looked at in one go, tasks counted for one, lines shown in a section, news told at once. */
const ACCOUNTS = 100;
const TASKS = 300;
const LINES = 15;
const NEWS = 30;
/** The digest's moment; what has come since that of the working day before is new. */
const DIGEST_TIME = '08:30';
/** So far back a working day is looked for. */
const LONGEST_REST = 20;

export interface Digested {
  /** The last account looked at, null when all have been. */
  next: string | null;
  posted: number;
}

const digestKey = (on: IsoDate): string => `digest/${on}`;

/**
 * 每日摘要: a mail to each person with open tasks or kept-back news, once a person and day, however often it is asked for. On a day off in the
 * person's county, and in quiet hours, nothing is sent and the news goes on waiting. Goes on after the account `after`, a hundred at a time.
 */
export async function postDigests(room: DeskRoom, { at, after }: { at: Date; after: string | null }): Promise<Digested> {
  const { db } = room;
  const rows = await db.$queryRaw<{ id: string; done: boolean; news: boolean }[]>`
    SELECT a.id, EXISTS (SELECT FROM mail m WHERE m.event_key = ${digestKey(dateOf(at))} AND m.account_id = a.id) AS done,
      EXISTS (SELECT FROM mail m WHERE m.account_id = a.id AND m.status = 'digest' AND m.sent_at IS NULL) AS news
    FROM account a WHERE a.status = 'active' AND coalesce(a.email, '') <> '' AND (${after}::uuid IS NULL OR a.id > ${after}::uuid) ORDER BY a.id LIMIT ${ACCOUNTS}`;
  let posted = 0;
  for (const { id, done, news } of rows) if (!done && (await postDigest(room, id, news, at))) posted += 1;
  return { next: rows.length === ACCOUNTS ? rows.at(-1)!.id : null, posted };
}

async function postDigest(room: DeskRoom, accountId: string, hasNews: boolean, at: Date): Promise<boolean> {
  const { db } = room;
  const actor = await actorOf(db, accountId, dateOf(at));
  if (!actor) return false;
  const calendar = await calendarOf(db, actor.posts[0]?.unitCode ?? '');
  if (mailTiming(calendar, at).notBefore > at) return false;
  const tasks = await openTasks(room, actor, at);
  if (tasks.length === 0 && !hasNews) return false;
  return db.$transaction(async (tx) => {
    const news = await tx.$queryRaw<{ id: bigint; template: string; params: unknown }[]>`
      SELECT id, template, params FROM mail WHERE account_id = ${accountId}::uuid AND status = 'digest' AND sent_at IS NULL ORDER BY id LIMIT ${NEWS} FOR UPDATE`;
    if (tasks.length === 0 && news.length === 0) return false;
    const posted = await postMail(tx, {
      eventKey: digestKey(dateOf(at)),
      to: [accountId],
      template: 'digest',
      at,
      params: { ...digestOf(tasks, calendar, at), news: news.map(({ template, params }) => subjectOf(template, params)) },
    });
    if (posted === 0) return false;
    await tx.$executeRaw`UPDATE mail SET sent_at = ${at} WHERE id = ANY(${news.map(({ id }) => id)}::bigint[])`;
    return true;
  });
}

/** An open task as the digest names it. */
export interface DigestTask {
  title: string;
  stageTitle: string;
  openedAt: Date;
  dueAt: Date | null;
  tentative: boolean;
}

async function openTasks(room: DeskRoom, actor: Actor, at: Date): Promise<DigestTask[]> {
  const ids = (await openTaskKeys(room, actor, {}, at, null, TASKS)).map(({ id }) => id);
  const rows = new Map((await taskRows(room.db, ids)).map((row) => [row.id, row]));
  return ids
    .flatMap((id) => rows.get(id) ?? [])
    .map((row) => ({ ...row, stageTitle: room.catalogue[row.process]?.stages[row.stage]?.title ?? row.stage }));
}

/** The working day before a day; where the calendar does not say, the day before. */
function workingDayBefore(calendar: Calendar, on: IsoDate): IsoDate {
  for (let back = 1; back <= LONGEST_REST; back += 1) {
    const day = isWorkingDay(calendar, addDays(on, -back));
    if (isMissingYear(day)) break;
    if (day.working) return addDays(on, -back);
  }
  return addDays(on, -1);
}

/** The tasks of a person in the order of their due moments, each in the first section that fits. */
export function digestOf(tasks: readonly DigestTask[], calendar: Calendar, at: Date): Omit<MailParams['digest'], 'news'> {
  const today = dateOf(at);
  const since = instantOf(workingDayBefore(calendar, today), DIGEST_TIME);
  const sections: Record<DigestSection['kind'], DigestTask[]> = { overdue: [], today: [], week: [], fresh: [] };
  let later = 0;
  for (const task of tasks) {
    if (task.dueAt && task.dueAt < at) sections.overdue.push(task);
    else if (task.dueAt && task.dueAt <= endOfDay(today)) sections.today.push(task);
    else if (task.dueAt && task.dueAt <= endOfDay(addDays(today, 7))) sections.week.push(task);
    else if (task.openedAt >= since) sections.fresh.push(task);
    else later += 1;
  }
  return {
    on: today,
    later,
    sections: (Object.keys(sections) as DigestSection['kind'][])
      .filter((kind) => sections[kind].length > 0)
      .map((kind) => ({
        kind,
        total: sections[kind].length,
        lines: sections[kind].slice(0, LINES).map(({ title, stageTitle, dueAt, tentative, openedAt }) => ({
          caseTitle: title,
          stageTitle,
          dueAt: dueAt?.toISOString() ?? null,
          dueTentative: tentative,
          fresh: openedAt >= since,
        })),
      })),
  };
}
