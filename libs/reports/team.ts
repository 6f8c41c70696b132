import { Prisma } from '../../prisma/generated/client.ts';
import type { Db } from '../db.ts';
import type { IsoDate } from '../domain/dates.ts';
import { educations as educationOrder } from '../domain/person-words.ts';
import { atWork } from '../people/at-work.ts';
import type { ReportScope } from './scope.ts';

interface Figures {
  headcount: number;
  /** Years, one decimal. */
  meanAge: number | null;
  /** Share of 大专 and above, in ten-thousandths. */
  college: number | null;
}
export interface TeamReport extends Figures {
  ages: { from: number | null; to: number | null; count: number }[];
  educations: { education: string | null; count: number }[];
  /** 岗 1 to 5; null is not yet placed. */
  posts: { post: number | null; count: number }[];
  units: (Figures & { code: string; name: string })[];
}

/** Lower ends of the bands in which ages are told. */
const BANDS = [30, 40, 50] as const;

/** Everybody at work in the units of a path on a day: their age in full years, their education, their post, and the unit they are counted in. */
const teamIn = (path: string, on: IsoDate) => Prisma.sql`
  team AS (
    SELECT p.id, date_part('year', age(${on}::date, p.born_on))::int AS age, p.education, here.path, (
      SELECT (g.value ->> 'post')::int FROM person_fact g WHERE g.person_id = p.id AND g.kind = 'post-grade-step' AND g.ended_at IS NULL
        AND g.from_on <= ${on}::date AND (g.to_on IS NULL OR g.to_on >= ${on}::date) LIMIT 1) AS post
    FROM (${atWork(on)}) AS here JOIN person p ON p.id = here.person_id WHERE starts_with(here.path, ${path})
  )`;
/** An age as everybody writes it: full years on the day, their mean to one decimal. */
const figures = Prisma.sql`count(team.id)::int AS headcount, round(avg(team.age), 1)::float AS "meanAge",
  round(10000.0 * count(team.id) FILTER (WHERE team.education IS NOT NULL AND team.education <> '高中及以下') / nullif(count(team.id), 0))::int AS college`;

const rank = (education: string | null): number => (educationOrder as readonly (string | null)[]).indexOf(education);

/** 队伍结构 of a unit on a day: ages, educations and posts of those at work, for all and for each unit directly below. */
export async function teamOn(db: Db, { code, path }: ReportScope, on: IsoDate): Promise<TeamReport> {
  const [[all], units, ages, educations, posts] = await Promise.all([
    db.$queryRaw<[Figures]>`WITH ${teamIn(path, on)} SELECT ${figures} FROM team`,
    db.$queryRaw<TeamReport['units']>`
      WITH ${teamIn(path, on)} SELECT u.code, u.name, ${figures} FROM unit u LEFT JOIN team ON starts_with(team.path, u.path)
      WHERE u.parent_code = ${code} AND u.valid_from <= ${on}::date AND (u.valid_to IS NULL OR u.valid_to >= ${on}::date)
      GROUP BY u.code, u.name ORDER BY u.code`,
    db.$queryRaw<{ band: number; count: number }[]>`
      WITH ${teamIn(path, on)} SELECT width_bucket(age, ${[...BANDS]}::int[]) AS band, count(*)::int AS count FROM team GROUP BY 1 ORDER BY 1`,
    db.$queryRaw<TeamReport['educations']>`WITH ${teamIn(path, on)} SELECT education, count(*)::int AS count FROM team GROUP BY 1`,
    db.$queryRaw<TeamReport['posts']>`WITH ${teamIn(path, on)} SELECT post, count(*)::int AS count FROM team GROUP BY 1 ORDER BY 1`,
  ]);
  return {
    ...all,
    // a unit without anybody of its own below it (a street's offices among its communities) says nothing
    units: units.filter(({ headcount }) => headcount > 0),
    ages: [...BANDS, null].map((to, band) => ({
      from: BANDS[band - 1] ?? null,
      to: to === null ? null : to - 1,
      count: ages.find((row) => row.band === band)?.count ?? 0,
    })),
    educations: educations.toSorted((a, b) => rank(a.education) - rank(b.education)),
    posts,
  };
}
