import type { z } from 'zod';
import { Prisma } from '../../prisma/generated/client.ts';
import type { copyLine } from '../domain/api/case-acts.ts';
import type { caseLine, taskLine } from '../domain/api/case-views.ts';
import type { Calendar } from '../domain/calendar.ts';
import { loadCalendar } from '../calendar/calendar.ts';
import type { Db, Tx } from '../db.ts';
import type { Actor } from '../domain/roles.ts';
import { doneTaskKeys, likeText, openTaskKeys, type TaskFilter, type TaskKey } from './inbox.ts';
import { overseenPaths } from './reach.ts';
import type { DeskRoom } from './room.ts';
import { seatsAsked } from './seat.ts';
import type { TaskPart } from './state.ts';
import { dueWords, verdictTitle } from './words.ts';

export type TaskLine = z.infer<typeof taskLine>;
export type CaseLine = z.infer<typeof caseLine>;
export interface Page<T> {
  items: T[];
  next: string | null;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Keyset cursors travel as opaque text. A broken one starts from the beginning. */
const toCursor = (key: TaskKey): string => Buffer.from(JSON.stringify([key.due, key.id])).toString('base64url');
function fromCursor(text: string | undefined): TaskKey | null {
  try {
    const [due, id] = JSON.parse(Buffer.from(text ?? '', 'base64url').toString()) as unknown[];
    if (typeof due !== 'string' || typeof id !== 'string' || !UUID.test(id)) return null;
    if (due === 'infinity') return { due, id };
    return /^\d{4}-\d\d-\d\d[ T]/.test(due) && !Number.isNaN(Date.parse(due)) ? { due: new Date(due).toISOString(), id } : null;
  } catch {
    return null;
  }
}

export interface TaskRow {
  id: string;
  caseId: string;
  caseNo: string;
  process: string;
  stage: string;
  round: number;
  title: string;
  unitCode: string;
  unitName: string;
  unitLine: string;
  countyCode: string | null;
  status: 'open' | 'waiting' | 'done' | 'closed';
  part: TaskPart;
  assigneeId: string | null;
  audienceRole: string | null;
  audienceUnit: string | null;
  panelPost: { role: string; unitCode: string } | null;
  escalations: { role: string; unitCode: string }[];
  claimed: boolean;
  assigneeName: string | null;
  /** In whose stead it was answered. */
  answeredForId: string | null;
  answeredForName: string | null;
  answeredByName: string | null;
  openedAt: Date;
  dueAt: Date | null;
  tentative: boolean;
  answer: Record<string, unknown> | null;
  closedAt: Date | null;
  heldAt: Date | null;
  urgedAt: Date | null;
}

/** Rows of tasks by id, in no order. */
export function taskRows(db: Db | Tx, ids: readonly string[]): Promise<TaskRow[]> {
  return db.$queryRaw<TaskRow[]>`
    SELECT t.id, t.case_id AS "caseId", c.case_no AS "caseNo", t.process, t.stage, t.round, c.title, c.unit_code AS "unitCode", u.name AS "unitName",
      concat_ws(' · ', (SELECT name FROM unit s WHERE s.code = u.parent_code AND s.level = 'street'), u.name) AS "unitLine",
      (SELECT code FROM unit k WHERE k.level = 'county' AND starts_with(u.path, k.path) AND k.code = split_part(u.path, '/', 2)) AS "countyCode",
      t.status, t.part, t.assignee_id AS "assigneeId", t.claimed, a.display_name AS "assigneeName", t.audience_role AS "audienceRole", t.audience_unit AS "audienceUnit",
      s.tally -> 'post' AS "panelPost", t.answered_for_id AS "answeredForId", f.display_name AS "answeredForName", b.display_name AS "answeredByName",
      coalesce((SELECT jsonb_agg(jsonb_build_object('role', e.role, 'unitCode', e.unit_code)) FROM task_escalation e WHERE e.task_id = t.id), '[]') AS escalations,
      t.opened_at AS "openedAt", t.due_at AS "dueAt", s.due_tentative AS tentative, t.answer, t.closed_at AS "closedAt", c.held_at AS "heldAt", t.urged_at AS "urgedAt"
    FROM unnest(${[...ids]}::uuid[]) AS wanted (id) JOIN task t ON t.id = wanted.id JOIN "case" c ON c.id = t.case_id JOIN unit u ON u.code = c.unit_code
    JOIN stage_run s ON s.case_id = t.case_id AND s.stage = t.stage AND s.round = t.round LEFT JOIN account a ON a.id = t.assignee_id LEFT JOIN account f ON f.id = t.answered_for_id LEFT JOIN account b ON b.id = t.answered_by_id`;
}

/** Calendars of the counties on a page, each read once. */
export async function calendarsFor(db: Db | Tx, counties: readonly (string | null)[]): Promise<(county: string | null) => Calendar> {
  const codes = [...new Set(counties.map((code) => code ?? ''))];
  const loaded = new Map<string, Calendar>();
  for (const code of codes) loaded.set(code, await loadCalendar(db as Tx, code));
  return (county) => loaded.get(county ?? '')!;
}

export function toTaskLine(room: DeskRoom, row: TaskRow, actor: Actor, calendar: Calendar, at: Date): TaskLine {
  const contract = room.catalogue[row.process];
  const stage = contract?.stages[row.stage];
  const seat = seatsAsked(row, row.process, actor)[0];
  return {
    id: row.id,
    caseId: row.caseId,
    caseNo: row.caseNo,
    process: row.process,
    processTitle: contract?.title ?? row.process,
    stage: row.stage,
    stageTitle: stage?.title ?? row.stage,
    round: row.round,
    title: row.title,
    unit: { code: row.unitCode, name: row.unitName },
    unitLine: row.unitLine,
    status: row.status,
    part: row.part,
    mine: row.assigneeId === (seat?.accountId ?? actor.accountId),
    claimedBy: row.claimed && row.assigneeId !== (seat?.accountId ?? actor.accountId) ? row.assigneeName : null,
    inStead: row.status === 'open' ? (seat?.principal?.name ?? null) : row.answeredForId === actor.accountId ? null : row.answeredForName,
    inMyStead: row.answeredForId === actor.accountId ? row.answeredByName : null,
    escalated: row.escalations.length > 0,
    openedAt: row.openedAt.toISOString(),
    due: dueWords(calendar, row.dueAt, row.tentative, at, row.status === 'open' || row.status === 'waiting', row.heldAt !== null),
    held: row.heldAt !== null && row.status === 'open',
    urgedAt: row.status === 'open' ? (row.urgedAt?.toISOString() ?? null) : null,
    verdict: verdictTitle(stage, row.answer),
    answeredAt: row.status === 'done' ? (row.closedAt?.toISOString() ?? null) : null,
  };
}

export interface TasksQuery extends TaskFilter {
  actor: Actor;
  at: Date;
  box: 'open' | 'done';
  after?: string;
  limit: number;
}

/** 待办 or 已办 of a person, by keyset; no exact count stands behind a page. */
export async function tasksPage(room: DeskRoom, { actor, at, box, after, limit, ...filter }: TasksQuery): Promise<Page<TaskLine>> {
  const keysOf = box === 'open' ? openTaskKeys : doneTaskKeys;
  const keys = await keysOf(room, actor, filter, at, fromCursor(after), limit + 1);
  const shown = keys.slice(0, limit);
  const rows = new Map(
    (
      await taskRows(
        room.db,
        shown.map(({ id }) => id),
      )
    ).map((row) => [row.id, row]),
  );
  const calendar = await calendarsFor(
    room.db,
    [...rows.values()].map(({ countyCode }) => countyCode),
  );
  const items = shown.flatMap(({ id }) =>
    rows.has(id) ? [toTaskLine(room, rows.get(id)!, actor, calendar(rows.get(id)!.countyCode), at)] : [],
  );
  return { items, next: keys.length > limit ? toCursor(shown.at(-1)!) : null };
}

interface CaseRow {
  id: string;
  caseNo: string;
  process: string;
  title: string;
  unitCode: string;
  unitName: string;
  unitLine: string;
  countyCode: string | null;
  status: 'running' | 'withdrawing' | 'ended';
  outcome: string | null;
  startedAt: Date;
  endedAt: Date | null;
  waiting: { title: string; until: string } | null;
  heldAt: Date | null;
  stages: string[] | null;
  dueAt: Date | null;
  tentative: boolean | null;
}

export function caseRows(db: Db | Tx, where: Prisma.Sql, order: Prisma.Sql, limit: number): Promise<CaseRow[]> {
  return db.$queryRaw<CaseRow[]>`
    SELECT c.id, c.case_no AS "caseNo", c.process, c.title, c.unit_code AS "unitCode", u.name AS "unitName",
      concat_ws(' · ', (SELECT name FROM unit s WHERE s.code = u.parent_code AND s.level = 'street'), u.name) AS "unitLine",
      (SELECT code FROM unit k WHERE k.level = 'county' AND k.code = split_part(u.path, '/', 2)) AS "countyCode",
      c.status, c.outcome, c.started_at AS "startedAt", c.ended_at AS "endedAt", c.waiting_for AS waiting, c.held_at AS "heldAt", open.stages, open.due_at AS "dueAt", open.tentative
    FROM "case" c JOIN unit u ON u.code = c.unit_code
    LEFT JOIN LATERAL (SELECT array_agg(stage ORDER BY seq) AS stages, min(due_at) AS due_at, bool_or(due_tentative) AS tentative FROM stage_run s WHERE s.case_id = c.id AND s.status = 'open') open ON true
    WHERE ${where} ORDER BY ${order} LIMIT ${limit}`;
}

export function toCaseLine(room: DeskRoom, row: CaseRow, calendar: Calendar, at: Date): CaseLine {
  const contract = room.catalogue[row.process];
  const open = (row.stages ?? []).map((stage) => contract?.stages[stage]?.title ?? stage);
  return {
    id: row.id,
    caseNo: row.caseNo,
    process: row.process,
    processTitle: contract?.title ?? row.process,
    title: row.title,
    unit: { code: row.unitCode, name: row.unitName },
    unitLine: row.unitLine,
    status: row.status,
    outcome: row.outcome,
    outcomeTitle: row.outcome ? (contract?.outcomes[row.outcome]?.title ?? row.outcome) : null,
    at: open.length > 0 ? open.join('、') : (row.waiting?.title ?? null),
    startedAt: row.startedAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    due: dueWords(calendar, row.dueAt, row.tentative ?? false, at, row.status === 'running' && open.length > 0, row.heldAt !== null),
    held: row.heldAt !== null,
  };
}

export interface CasesQuery {
  actor: Actor;
  at: Date;
  box: 'started' | 'units' | 'mine';
  status?: 'running' | 'ended';
  q?: string;
  after?: string;
  limit: number;
}

/** 我发起, the cases of my units, or those about me; newest first. */
export async function casesPage(room: DeskRoom, { actor, at, box, status, q, after, limit }: CasesQuery): Promise<Page<CaseLine>> {
  const from = fromCursor(after);
  const reach =
    box === 'started'
      ? // the people of a batch stand on its board
        Prisma.sql`(c.starter_id = ${actor.accountId}::uuid OR c.started_by_id = ${actor.accountId}::uuid) AND NOT EXISTS (SELECT FROM batch_item i WHERE i.case_id = c.id)`
      : box === 'mine'
        ? Prisma.sql`c.subject_id = ${actor.accountId}::uuid`
        : Prisma.sql`EXISTS (SELECT 1 FROM unnest(${overseenPaths(actor)}::text[]) AS reach WHERE starts_with(u.path, reach))`;
  const parts = [
    reach,
    status === 'running' && Prisma.sql`c.status <> 'ended'`,
    status === 'ended' && Prisma.sql`c.status = 'ended'`,
    q && Prisma.sql`(c.title ILIKE ${likeText(q)} OR c.case_no ILIKE ${likeText(q)})`,
    from && Prisma.sql`(c.started_at, c.id) < (${from.due}::timestamptz, ${from.id}::uuid)`,
  ].filter((part): part is Prisma.Sql => typeof part === 'object' && part !== null);
  const rows = await caseRows(room.db, Prisma.join(parts, ' AND '), Prisma.sql`c.started_at DESC, c.id DESC`, limit + 1);
  const shown = rows.slice(0, limit);
  const calendar = await calendarsFor(
    room.db,
    shown.map(({ countyCode }) => countyCode),
  );
  const last = shown.at(-1);
  return {
    items: shown.map((row) => toCaseLine(room, row, calendar(row.countyCode), at)),
    next: rows.length > limit && last ? toCursor({ due: last.startedAt.toISOString(), id: last.id }) : null,
  };
}

export type CopyLine = z.infer<typeof copyLine>;

/** 抄送我的, newest first: each case with who gave it, and when it was read first. */
export async function copiesPage(
  room: DeskRoom,
  { actor, at, unread, after, limit }: { actor: Actor; at: Date; unread?: boolean; after?: string; limit: number },
): Promise<Page<CopyLine>> {
  const from = fromCursor(after);
  const beyond = from ? Prisma.sql`(k.at, k.case_id) < (${from.due}::timestamptz, ${from.id}::uuid)` : Prisma.sql`true`;
  const copies = await room.db.$queryRaw<{ caseId: string; at: Date; readAt: Date | null; note: string | null; who: string }[]>`
    SELECT k.case_id AS "caseId", k.at, k.read_at AS "readAt", k.note, b.display_name AS who FROM copy k JOIN account b ON b.id = k.by_id
    WHERE k.account_id = ${actor.accountId}::uuid AND ${beyond} AND (${!unread} OR k.read_at IS NULL) ORDER BY k.at DESC, k.case_id DESC LIMIT ${limit + 1}`;
  const shown = copies.slice(0, limit);
  const ids = shown.map(({ caseId }) => caseId);
  const rows = await caseRows(room.db, Prisma.sql`c.id = ANY(${ids}::uuid[])`, Prisma.sql`c.id`, limit);
  const calendar = await calendarsFor(
    room.db,
    rows.map(({ countyCode }) => countyCode),
  );
  const last = shown.at(-1);
  return {
    items: shown.map(({ caseId, at: givenAt, readAt, note, who }) => {
      const row = rows.find(({ id }) => id === caseId)!;
      const given = { givenBy: who, givenAt: givenAt.toISOString(), readAt: readAt?.toISOString() ?? null, note };
      return { ...toCaseLine(room, row, calendar(row.countyCode), at), ...given };
    }),
    next: copies.length > limit && last ? toCursor({ due: last.at.toISOString(), id: last.caseId }) : null,
  };
}
