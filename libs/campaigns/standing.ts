import { Prisma } from '../../prisma/generated/client.ts';
import { listedOf } from '../domain/campaign-words.ts';
import type { Catalogue } from '../domain/contract.ts';
import type { Actor, Role } from '../domain/roles.ts';

/** Who sees a batch's list: those with a part in it, for their own units and below. */
const readers: readonly Role[] = [
  'CITY_ORG',
  'COUNTY_ORG',
  'COUNTY_HR',
  'COUNTY_FINANCE',
  'STREET_HR',
  'STREET_PARTY_COMMITTEE',
  'COMMUNITY_SECRETARY',
];
export const reachOfBatches = (actor: Actor): string[] =>
  actor.posts.filter(({ role }) => readers.includes(role)).map(({ unitPath }) => unitPath);

/** Who they are: of the roster (`p`) as it stands now, else as they were put on the list. */
export const nameOf = Prisma.sql`coalesce(p.name, i.name)`;
export const noOf = Prisma.sql`coalesce(p.staff_no, i.no)`;

/** People (`i`) of units (`u`, their community's row) within the reach. */
export const within = (paths: readonly string[]): Prisma.Sql =>
  Prisma.sql`EXISTS (SELECT FROM unnest(${[...paths]}::text[]) AS reach WHERE starts_with(u.path, reach))`;

/** Whether somebody's case (`c`) has come to the end of its list (办成): ended with an outcome that its process counts as done. */
export function isDone(catalogue: Catalogue): Prisma.Sql {
  const done = Object.values(catalogue).flatMap((people) =>
    people.listed ? listedOf(people).done.outcomes.map((outcome) => `${people.name}/${outcome}`) : [],
  );
  return Prisma.sql`(c.status = 'ended' AND concat(c.process, '/', c.outcome) = ANY(${done}::text[]))`;
}

/**
 * Where somebody of a batch (`i`, their case `c`) stands: at one of its stages, `done` (办成, by `isDone`), or `apart` (例外): each person in exactly one place.
 * The stage is the first whose latest round is neither closed nor lapsed.
 */
export const standing = (stages: readonly string[], done: Prisma.Sql): Prisma.Sql => Prisma.sql`
  CASE WHEN ${done} THEN 'done' WHEN c.status = 'ended' OR i.apart IS NOT NULL THEN 'apart'
  ELSE coalesce((SELECT o.stage FROM unnest(${[...stages]}::text[]) WITH ORDINALITY AS o (stage, n)
    WHERE (SELECT r.status IN ('closed', 'lapsed') FROM stage_run r WHERE r.case_id = c.id AND r.stage = o.stage ORDER BY r.round DESC LIMIT 1) IS NOT TRUE ORDER BY o.n LIMIT 1), ${stages.at(-1)!}) END`;

/** Why they stand apart: the kind kept with them, or how their case has ended. */
export const whyApart = (done: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`CASE WHEN ${done} THEN NULL WHEN c.status = 'ended' THEN c.outcome ELSE i.apart END`;
