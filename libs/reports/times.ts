import { Prisma } from '../../prisma/generated/client.ts';
import { loadCalendar } from '../calendar/calendar.ts';
import type { Db } from '../db.ts';
import { isMissingYear, isWorkingDay, type Calendar } from '../domain/calendar.ts';
import { addDays, type IsoDate } from '../domain/dates.ts';
import type { ReportScope } from './scope.ts';

interface Times {
  count: number;
  /** Working days within which half of them were done, and nine tenths. */
  p50: number;
  p90: number;
}
export interface TimesReport {
  missingYear: number | null;
  processes: (Times & { process: string; stages: (Times & { stage: string })[] })[];
}

/** How many working days lie before the end of each day: two of them tell the days between. By the State Council's calendar, without overlays. */
function dayCounts(calendar: Calendar, from: IsoDate, to: IsoDate): { days: IsoDate[]; counts: number[] } | { missingYear: number } {
  const days: IsoDate[] = [];
  const counts: number[] = [];
  let count = 0;
  for (let on = from; on <= to; on = addDays(on, 1)) {
    const day = isWorkingDay(calendar, on);
    if (isMissingYear(day)) return day;
    if (day.working) count += 1;
    days.push(on);
    counts.push(count);
  }
  return { days, counts };
}

const local = (instant: Prisma.Sql) => Prisma.sql`(${instant} AT TIME ZONE 'Asia/Shanghai')::date`;

/**
 * 办理用时: of the cases of a unit that came to an end of their own (neither withdrawn nor cancelled) from a day to another, the working days from start to
 * end by process, and from opening to closing by stage. Days held are not counted. A year without a calendar is said, and nothing is computed.
 */
export async function timesOf(db: Db, { path }: ReportScope, { from, to }: { from: IsoDate; to: IsoDate }): Promise<TimesReport> {
  const ended = Prisma.sql`
    SELECT c.id, c.process, c.started_at, c.ended_at FROM "case" c JOIN unit u ON u.code = c.unit_code
    WHERE c.status = 'ended' AND c.ending IS NULL AND starts_with(u.path, ${path}) AND ${local(Prisma.sql`c.ended_at`)} BETWEEN ${from}::date AND ${to}::date`;
  const [first] = await db.$queryRaw<
    [{ on: string | null }]
  >`SELECT min(${local(Prisma.sql`started_at`)})::text AS on FROM (${ended}) AS ended`;
  if (first.on === null) return { missingYear: null, processes: [] };
  const counted = dayCounts(await db.$transaction((tx) => loadCalendar(tx, '')), first.on, to);
  if ('missingYear' in counted) return { missingYear: counted.missingYear, processes: [] };
  const rows = await db.$queryRaw<(Times & { process: string; stage: string | null })[]>`
    WITH days AS (SELECT * FROM unnest(${counted.days}::date[], ${counted.counts}::int[]) AS d (on_day, n)),
    ended AS (${ended}),
    spans AS (
      SELECT id, process, NULL AS stage, started_at AS opened_at, ended_at AS closed_at FROM ended
      UNION ALL
      SELECT e.id, e.process, r.stage, r.opened_at, r.closed_at FROM ended e JOIN stage_run r ON r.case_id = e.id WHERE r.status = 'closed' AND r.due_at IS NOT NULL
    ),
    taken AS (
      SELECT s.process, s.stage, b.n - a.n - coalesce((
        SELECT sum(q.n - p.n) FROM hold h
        JOIN days p ON p.on_day = ${local(Prisma.sql`greatest(h.from_at, s.opened_at)`)} JOIN days q ON q.on_day = ${local(Prisma.sql`least(h.to_at, s.closed_at)`)}
        WHERE h.case_id = s.id AND h.from_at < s.closed_at AND coalesce(h.to_at, s.closed_at) > s.opened_at), 0)::int AS days
      FROM spans s JOIN days a ON a.on_day = ${local(Prisma.sql`s.opened_at`)} JOIN days b ON b.on_day = ${local(Prisma.sql`s.closed_at`)}
    )
    SELECT process, stage, count(*)::int AS count, percentile_disc(0.5) WITHIN GROUP (ORDER BY days) AS p50, percentile_disc(0.9) WITHIN GROUP (ORDER BY days) AS p90
    FROM taken GROUP BY process, stage ORDER BY process, stage`;
  const processes = rows.flatMap(({ stage, ...row }) => (stage === null ? [{ ...row, stages: stagesOf(rows, row.process) }] : []));
  return { missingYear: null, processes };
}

const stagesOf = (rows: readonly (Times & { process: string; stage: string | null })[], process: string) =>
  rows.flatMap((row) =>
    row.process === process && row.stage !== null ? [{ stage: row.stage, count: row.count, p50: row.p50, p90: row.p90 }] : [],
  );
