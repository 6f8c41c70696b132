import type { Db } from '../db.ts';
import type { Rating } from '../domain/person-words.ts';
import type { ReportScope } from './scope.ts';

export type RatingCounts = Partial<Record<Rating, number>>;
export interface RatingsReport {
  year: number | null;
  /** With any result, the latest first. */
  years: number[];
  counts: RatingCounts;
  units: { code: string; name: string; counts: RatingCounts }[];
}

/** 年度考核等次 of a year (the latest with results, when none is named): for a unit and each directly below, by where people worked at the year's end. */
export async function ratingsOf(db: Db, { code, path }: ReportScope, year?: number): Promise<RatingsReport> {
  const rows = await db.$queryRaw<{ year: number; rating: Rating; code: string | null; name: string | null; count: number }[]>`
    SELECT (r.value ->> 'year')::int AS year, r.value ->> 'rating' AS rating, below.code, below.name, count(*)::int AS count
    FROM person_fact r
    JOIN LATERAL (SELECT f.unit_code FROM person_fact f WHERE f.person_id = r.person_id AND f.kind = 'employment' AND f.ended_at IS NULL AND f.unit_code IS NOT NULL
      ORDER BY f.from_on <= make_date((r.value ->> 'year')::int, 12, 31) DESC, f.from_on DESC LIMIT 1) AS job ON true
    JOIN unit u ON u.code = job.unit_code
    LEFT JOIN unit below ON below.parent_code = ${code} AND starts_with(u.path, below.path)
    WHERE r.kind = 'rating' AND r.ended_at IS NULL AND starts_with(u.path, ${path})
    GROUP BY 1, 2, 3, 4 ORDER BY 1 DESC, 3, 2`;
  const years = [...new Set(rows.map((row) => row.year))];
  const of = year ?? years[0] ?? null;
  const counts: RatingCounts = {};
  const units = new Map<string, RatingsReport['units'][number]>();
  for (const row of rows.filter((one) => one.year === of)) {
    counts[row.rating] = (counts[row.rating] ?? 0) + row.count;
    if (row.code === null || row.name === null) continue;
    const unit = units.get(row.code) ?? { code: row.code, name: row.name, counts: {} };
    unit.counts[row.rating] = row.count;
    units.set(row.code, unit);
  }
  return { year: of, years, counts, units: [...units.values()] };
}
