import { Prisma } from '../../prisma/generated/client.ts';
import type { Tx } from '../db.ts';
import { completedYears, fromDateColumn, type IsoDate } from '../domain/dates.ts';
import type { EmploymentStatus, PostGradeStep } from '../domain/person.ts';
import { placementLabel, placementOf, type Post } from '../domain/post-grade.ts';

/** Which lines of the roster: people whose employment on the day is in the unit of `unitPath` or below, in order of staff number. */
export interface PeopleQuery {
  unitPath: string;
  on: IsoDate;
  /** Part of a name, a staff number or a community's name. */
  q?: string;
  status?: EmploymentStatus;
  /** The `next` of the page before. */
  after?: string;
  limit: number;
}

/** A line of the roster (名册) on a day. */
export interface PersonLine {
  id: string;
  staffNo: string;
  name: string;
  sex: string;
  bornOn: IsoDate;
  age: number;
  education: string | null;
  unitCode: string;
  unitPath: string;
  county: string;
  street: string;
  community: string;
  postTitle: string;
  post: Post;
  gradeLabel: string | null;
  status: EmploymentStatus;
  joinedOn: IsoDate;
  probationEndsOn: IsoDate | null;
}
export interface PeoplePage {
  items: PersonLine[];
  next: string | null;
}

interface Row extends Omit<PersonLine, 'bornOn' | 'age' | 'gradeLabel'> {
  bornOn: Date;
  postGradeStep: PostGradeStep | null;
}

const inForce = (alias: string, on: IsoDate) => {
  const fact = Prisma.raw(alias);
  return Prisma.sql`${fact}.ended_at IS NULL AND ${fact}.from_on <= ${on}::date AND (${fact}.to_on IS NULL OR ${fact}.to_on >= ${on}::date)`;
};
const matching = (q: string) => {
  const part = `%${q.replace(/[\\%_]/g, '\\$&')}%`;
  return Prisma.sql`AND (p.name ILIKE ${part} OR p.staff_no ILIKE ${part} OR community.name ILIKE ${part})`;
};

/** One page of the roster. Reads no ID number and no address; who may read which units is the caller's to check. */
export async function peoplePage(tx: Tx, { unitPath, on, q, status, after, limit }: PeopleQuery): Promise<PeoplePage> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT p.id, p.staff_no AS "staffNo", p.name, p.sex, p.born_on AS "bornOn", p.education,
      community.code AS "unitCode", community.path AS "unitPath",
      coalesce(county.name, '') AS county, coalesce(street.name, '') AS street, CASE WHEN community.level = 'community' THEN community.name ELSE '' END AS community,
      e.value ->> 'postTitle' AS "postTitle", (e.value ->> 'post')::int AS post, e.value ->> 'status' AS status, e.value ->> 'joinedOn' AS "joinedOn",
      grade.value AS "postGradeStep", CASE WHEN e.value ->> 'status' = 'probation' THEN contract.value ->> 'probationEndsOn' END AS "probationEndsOn"
    FROM person p
    JOIN person_fact e ON e.person_id = p.id AND e.kind = 'employment' AND ${inForce('e', on)}
    JOIN unit community ON community.code = e.unit_code
    LEFT JOIN unit county ON county.code = split_part(community.path, '/', 2) AND county.level = 'county'
    LEFT JOIN unit street ON street.level = 'street' AND street.code IN (split_part(community.path, '/', 2), split_part(community.path, '/', 3))
    LEFT JOIN person_fact grade ON grade.person_id = p.id AND grade.kind = 'post-grade-step' AND ${inForce('grade', on)}
    LEFT JOIN person_fact contract ON contract.person_id = p.id AND contract.kind = 'contract' AND ${inForce('contract', on)}
    WHERE starts_with(community.path, ${unitPath}) AND p.staff_no > ${after ?? ''}
      ${status ? Prisma.sql`AND e.value ->> 'status' = ${status}` : Prisma.empty} ${q ? matching(q) : Prisma.empty}
    ORDER BY p.staff_no LIMIT ${limit + 1}`;
  const items = rows.slice(0, limit).map((row) => asLine(row, on));
  return { items, next: rows.length > limit ? (items.at(-1)?.staffNo ?? null) : null };
}

function asLine({ postGradeStep, bornOn, ...row }: Row, on: IsoDate): PersonLine {
  const born = fromDateColumn(bornOn);
  const placement = postGradeStep && placementOf(postGradeStep.profile, postGradeStep.post, postGradeStep.globalStep);
  return { ...row, bornOn: born, age: completedYears(born, on), gradeLabel: placement && placementLabel(placement) };
}
