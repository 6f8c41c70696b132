import type { Tx } from '../db.ts';
import { calendarTable, makeCalendar, type Calendar, type CalendarTable } from '../domain/calendar.ts';
import { refuse, type Refusal } from '../domain/refusal.ts';

/** The calendars last read, with the stamp of the rows that they were made from. */
const cache = new Map<string, { stamp: string; calendar: Calendar }>();

/**
 * The calendar of a county ("" for the city and places without one), with all years that are loaded. One round trip: the tables travel only
 * when a row has changed since the last read in this process. The result is shared and must not be changed.
 */
export async function loadCalendar(tx: Tx, countyCode: string): Promise<Calendar> {
  const cached = cache.get(countyCode);
  // xmin names the transaction that wrote a row: it also tells apart a change not yet committed, and one rolled back.
  const [row] = await tx.$queryRaw<[{ stamp: string; tables: unknown[] | null }]>`
    WITH tables AS (
      SELECT year, unit_code, official, source, off, make_up, version, xmin::text AS written
      FROM calendar_year WHERE unit_code IN ('', ${countyCode})
    ), stamped AS (
      SELECT current_database() || coalesce(string_agg(year || ':' || unit_code || ':' || version || ':' || written, ' ' ORDER BY year, unit_code), '') AS stamp FROM tables
    )
    SELECT stamp, CASE WHEN stamp IS DISTINCT FROM ${cached?.stamp ?? null} THEN (
      SELECT coalesce(json_agg(json_build_object('year', year, 'unitCode', unit_code, 'official', official, 'source', source, 'off', off,
        'makeUp', make_up, 'version', version)), '[]') FROM tables) END AS tables
    FROM stamped`;
  if (!row.tables && cached) return cached.calendar;
  const tables = (row.tables ?? []).map((table) => calendarTable.parse(table));
  const isNational = (table: CalendarTable) => table.unitCode === '';
  const calendar = makeCalendar(
    tables.filter(isNational),
    tables.filter((table) => !isNational(table)),
  );
  cache.set(countyCode, { stamp: row.stamp, calendar });
  return calendar;
}

/** One year's table as it stands, or null: the State Council's ("") or a county's own. */
export async function readYear(tx: Tx, year: number, unitCode = ''): Promise<CalendarTable | null> {
  const row = await tx.calendarYear.findUnique({ where: { year_unitCode: { year, unitCode } } });
  return row && calendarTable.parse(row);
}

/** What a table replaced: `before` is null for a new year. */
export interface YearPut {
  before: CalendarTable | null;
  after: CalendarTable;
  changed: boolean;
}

/**
 * Puts a year's table in the place of the one before. Refuses an unsound table, and a provisional one where the official stands. The caller
 * records the change and has the open deadlines computed again when `changed`.
 */
export async function putYear(tx: Tx, input: Omit<CalendarTable, 'version'>, at: Date): Promise<YearPut | Refusal> {
  const parsed = calendarTable.safeParse({ ...input, version: 1 });
  if (!parsed.success) return refuse('CalendarNotSound', { detail: parsed.error.issues.map(({ message }) => message).join('；') });
  const { year, unitCode } = parsed.data;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('calendar_year'), ${year})`;
  const before = await readYear(tx, year, unitCode);
  if (before?.official && !parsed.data.official) return refuse('OfficialCalendarStands', { year });
  const after = { ...parsed.data, version: (before?.version ?? 0) + 1 };
  if (before && sameContent(before, after)) return { before, after: before, changed: false };
  const { off, makeUp, official, source, version } = after;
  const row = { official, source, off, makeUp, version, changedAt: at };
  await tx.calendarYear.upsert({ where: { year_unitCode: { year, unitCode } }, create: { year, unitCode, ...row }, update: row });
  return { before, after, changed: true };
}

function sameContent(a: CalendarTable, b: CalendarTable): boolean {
  const content = ({ version: _, ...table }: CalendarTable) => JSON.stringify(calendarTable.parse(table));
  return content(a) === content(b);
}
