import { loadCalendar, putYear } from '../calendar/calendar.ts';
import type { Db, Tx } from '../db.ts';
import { calendarTable, type Calendar, type CalendarTable } from '../domain/calendar.ts';
import { stageAs } from '../domain/pinned.ts';
import { isRefusal, refuse, type Refusal } from '../domain/refusal.ts';
import { stageDates, type Hold } from '../domain/stage-dates.ts';
import type { StageAsk } from '../domain/story.ts';
import { append } from '../ledger/append.ts';
import type { Recorded } from '../ledger/entry.ts';
import { recordedActor } from '../access/actor.ts';
import { contractOf, type By, type DeskRoom } from './room.ts';

export type NewTable = Omit<CalendarTable, 'version'>;

/** A deadline that a changed calendar moves; `null` where there is none, since a year is missing. */
export interface MovedDeadline {
  caseId: string;
  caseNo: string;
  title: string;
  stageTitle: string;
  before: Date | null;
  after: Date | null;
}

/** So many open stages are reckoned for a preview; of more, it says that there are more. */
const MOST = 5_000;

interface OpenRun {
  caseId: string;
  caseNo: string;
  title: string;
  process: string;
  pinned: Record<string, unknown>;
  county: string | null;
  ask: StageAsk;
  openedAt: Date;
  dueAt: Date | null;
  holds: { from: string; to: string | null }[] | null;
  /** The notice of the stage, when it is posted. */
  posted: { at: string; days: number } | null;
}

/** Which open deadlines a table would move, without changing anything. Refuses `CalendarNotSound`. `reckoned` open stages were looked at, at most 5,000. */
export async function previewCalendar(
  room: DeskRoom,
  { table, at }: { table: NewTable; at: Date },
): Promise<Refusal | { moves: MovedDeadline[]; reckoned: number; more: boolean }> {
  const parsed = calendarTable.safeParse({ ...table, version: 1 });
  if (!parsed.success) return refuse('CalendarNotSound', { detail: parsed.error.issues.map(({ message }) => message).join('；') });
  const runs = await openRuns(room.db, table.unitCode, MOST + 1);
  const calendars = new Map<string, Calendar>();
  for (const code of new Set(runs.map(({ county }) => county ?? '')))
    calendars.set(code, withTable(await loadCalendar(room.db as Tx, code), parsed.data));
  const moves = runs.slice(0, MOST).flatMap((run) => {
    const stage = stageAs(contractOf(room, run.process), run.ask.stage, run.pinned);
    const holds = (run.holds ?? []).map(({ from, to }): Hold => ({ from: new Date(from), to: to ? new Date(to) : null }));
    const posted = run.posted && { at: new Date(run.posted.at), period: { workingDays: run.posted.days } };
    const { dueAt } = stageDates(calendars.get(run.county ?? '')!, stage, run.ask, run.openedAt, at, holds, posted);
    if (dueAt?.getTime() === run.dueAt?.getTime()) return [];
    return [{ caseId: run.caseId, caseNo: run.caseNo, title: run.title, stageTitle: stage.title, before: run.dueAt, after: dueAt }];
  });
  return { moves, reckoned: Math.min(runs.length, MOST), more: runs.length > MOST };
}

const withTable = (calendar: Calendar, table: CalendarTable): Calendar =>
  table.unitCode === ''
    ? { ...calendar, tables: { ...calendar.tables, [table.year]: table } }
    : { ...calendar, overlay: { ...calendar.overlay, [table.year]: table } };

/** Open stages of running cases in a county ("" everywhere), in order of their cases. */
function openRuns(db: Db | Tx, unitCode: string, limit: number): Promise<OpenRun[]> {
  return db.$queryRaw<OpenRun[]>`
    SELECT c.id AS "caseId", c.case_no AS "caseNo", c.title, c.process, c.pinned, split_part(u.path, '/', 2) AS county, r.ask, r.opened_at AS "openedAt", r.due_at AS "dueAt",
      (SELECT jsonb_agg(jsonb_build_object('from', h.from_at, 'to', h.to_at) ORDER BY h.from_at) FROM hold h WHERE h.case_id = c.id) AS holds,
      (SELECT jsonb_build_object('at', n.posted_at, 'days', n.days) FROM notice n WHERE n.case_id = r.case_id AND n.stage = r.stage AND n.round = r.round AND n.posted_at IS NOT NULL) AS posted
    FROM stage_run r JOIN "case" c ON c.id = r.case_id JOIN unit u ON u.code = c.unit_code
    WHERE r.status = 'open' AND c.status = 'running' AND (${unitCode} = '' OR split_part(u.path, '/', 2) = ${unitCode})
    ORDER BY c.case_no, r.seq LIMIT ${limit}`;
}

/**
 * Puts a year's table in force, with the reason, on the record; every open stage in its reach is counted again as soon as its story has woken, and those
 * asked are told what moved. Refuses `CalendarNotSound`, `OfficialCalendarStands`. How many cases are counted again; 0 when the table says nothing new.
 */
export function changeCalendar(
  room: DeskRoom,
  { table, reason, actor, at, origin }: By & { table: NewTable; reason: string },
): Promise<Refusal | { version: number; cases: number }> {
  return room.db.$transaction(async (tx) => {
    const put = await putYear(tx, table, at);
    const common = { chain: 'system' as const, verb: 'calendar.change', at, actor: recordedActor(actor), origin: origin ?? null };
    const detail = { year: table.year, unitCode: table.unitCode, reason };
    if (isRefusal(put)) {
      await append(tx, { ...common, accepted: false, refusal: { code: put.refused, params: put.params }, detail });
      return put;
    }
    if (!put.changed) return { version: put.after.version, cases: 0 };
    await append(tx, {
      ...common,
      accepted: true,
      before: put.before as unknown as Recorded,
      after: put.after as unknown as Recorded,
      detail,
    });
    return { version: put.after.version, cases: await countAllAgain(tx, table.unitCode, at) };
  });
}

/** Every open stage in reach falls due to be counted again now, and each story is told that dates have moved. Cases are locked in the order of their ids. */
async function countAllAgain(tx: Tx, unitCode: string, at: Date): Promise<number> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT c.id FROM "case" c JOIN unit u ON u.code = c.unit_code
    WHERE c.status = 'running' AND (${unitCode} = '' OR split_part(u.path, '/', 2) = ${unitCode})
      AND EXISTS (SELECT FROM stage_run r WHERE r.case_id = c.id AND r.status = 'open') ORDER BY c.id FOR UPDATE OF c`;
  const ids = rows.map(({ id }) => id);
  await tx.$executeRaw`
    WITH moved AS (
      UPDATE "case" SET version = version + 1, next_message_no = next_message_no + 1 WHERE id = ANY(${ids}::uuid[]) RETURNING id, next_message_no - 1 AS no
    ), told AS (
      INSERT INTO message (case_id, no, body, created_at) SELECT id, no, jsonb_build_object('kind', 'dates', 'no', no), ${at} FROM moved
    )
    INSERT INTO due (case_id, key, kind, stage, round, at)
    SELECT r.case_id, r.stage || '/' || r.round || '/recount/' || ${at.toISOString()}::text, 'recount', r.stage, r.round, ${at}
    FROM stage_run r WHERE r.case_id = ANY(${ids}::uuid[]) AND r.status = 'open' ON CONFLICT (case_id, key) DO NOTHING`;
  return ids.length;
}
