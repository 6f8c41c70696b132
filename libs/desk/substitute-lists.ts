import type { z } from 'zod';
import { Prisma } from '../../prisma/generated/client.ts';
import type { officer, substitution } from '../domain/api/substitutes.ts';
import { actorOf } from '../access/actor.ts';
import { reachOf } from '../access/permission.ts';
import { dateOf, type IsoDate } from '../domain/dates.ts';
import { refuse, type Refusal } from '../domain/refusal.ts';
import { administratorRoles, officerRoles, type Actor } from '../domain/roles.ts';
import { lineOf } from '../domain/substitution.ts';
import { likeText } from './inbox.ts';
import type { Page } from './lists.ts';
import type { DeskRoom } from './room.ts';
import { mayArrangeFor, officesOf } from './substitutes.ts';
import { postWords, type RecordedPost } from './words.ts';

export type SubstitutionLine = z.infer<typeof substitution>;
export type OfficerLine = z.infer<typeof officer>;

/** So many of one's own, and so many people to choose from, are shown. */
const OWN = 50;
const CHOICES = 20;

interface Row {
  id: string;
  principalId: string;
  principalName: string;
  principalPosts: RecordedPost[];
  substituteId: string;
  substituteName: string;
  substitutePosts: RecordedPost[];
  processes: string[];
  fromOn: string;
  toOn: string;
  reason: string;
  setBy: string;
  setAt: Date;
  endedAt: Date | null;
}

/** SQL for the posts that an account holds on a day in words' raw form. */
const postsOf = (account: Prisma.Sql, on: IsoDate): Prisma.Sql => Prisma.sql`coalesce((
  SELECT jsonb_agg(jsonb_build_object('role', p.role, 'unitName', u.name, 'title', p.title) ORDER BY u.path, p.role) FROM post_held p JOIN unit u ON u.code = p.unit_code
  WHERE p.account_id = ${account} AND p.from_on <= ${on}::date AND (p.to_on IS NULL OR p.to_on >= ${on}::date)), '[]')`;

function rowsWhere({ db }: DeskRoom, where: Prisma.Sql, order: Prisma.Sql, at: Date, limit: number): Promise<Row[]> {
  return db.$queryRaw<Row[]>`
    SELECT s.id, p.id AS "principalId", p.display_name AS "principalName", ${postsOf(Prisma.sql`s.principal_id`, dateOf(at))} AS "principalPosts",
      a.id AS "substituteId", a.display_name AS "substituteName", ${postsOf(Prisma.sql`s.substitute_id`, dateOf(at))} AS "substitutePosts",
      s.processes, s.from_on::text AS "fromOn", s.to_on::text AS "toOn", s.reason, b.display_name AS "setBy", s.set_at AS "setAt", s.ended_at AS "endedAt"
    FROM substitution s JOIN account p ON p.id = s.principal_id JOIN account a ON a.id = s.substitute_id JOIN account b ON b.id = s.set_by_id
    WHERE ${where} ORDER BY ${order} LIMIT ${limit}`;
}

const noUnits = new Map<string, string>();

function lineOfRow({ catalogue }: DeskRoom, row: Row, mayEnd: boolean, at: Date): SubstitutionLine {
  const today = dateOf(at);
  const state = row.endedAt ? 'ended' : row.toOn < today ? 'over' : row.fromOn > today ? 'coming' : 'current';
  return {
    id: row.id,
    principal: { accountId: row.principalId, name: row.principalName, posts: postWords(row.principalPosts, noUnits) },
    substitute: { accountId: row.substituteId, name: row.substituteName, posts: postWords(row.substitutePosts, noUnits) },
    processes: row.processes.map((name) => ({ name, title: catalogue[name]?.title ?? name })),
    fromOn: row.fromOn,
    toOn: row.toOn,
    reason: row.reason,
    setBy: row.setBy,
    setAt: row.setAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    state,
    mayEnd: mayEnd && (state === 'current' || state === 'coming'),
  };
}

/** Those that a person has set up or that were set up for them (`given`), and those by which they stand in for others (`taken`); the latest end first, what was ended early after what goes on. */
export async function ownSubstitutions(
  room: DeskRoom,
  { actor: { accountId }, at }: { actor: Actor; at: Date },
): Promise<{ given: SubstitutionLine[]; taken: SubstitutionLine[] }> {
  const order = Prisma.sql`s.to_on DESC, s.ended_at DESC NULLS FIRST, s.set_at DESC, s.id`;
  const [given, taken] = await Promise.all([
    rowsWhere(room, Prisma.sql`s.principal_id = ${accountId}::uuid`, order, at, OWN),
    rowsWhere(room, Prisma.sql`s.substitute_id = ${accountId}::uuid`, order, at, OWN),
  ]);
  return {
    given: given.map((row) => lineOfRow(room, row, true, at)),
    taken: taken.map((row) => lineOfRow(room, row, false, at)),
  };
}

/** Of everybody whose offices lie in the administrator's units, the latest set up first; `after` is the last line of the page before. */
export async function unitSubstitutions(
  room: DeskRoom,
  { actor, at, after, limit }: { actor: Actor; at: Date; after?: string | undefined; limit: number },
): Promise<Page<SubstitutionLine>> {
  const [setAt, id] = cursorOf(after);
  const where = Prisma.sql`${officesWithin(Prisma.sql`s.principal_id`, actor, dateOf(at))}
    AND (${setAt}::timestamptz IS NULL OR (s.set_at, s.id) < (${setAt}::timestamptz, ${id}::uuid))`;
  const rows = await rowsWhere(room, where, Prisma.sql`s.set_at DESC, s.id DESC`, at, limit + 1);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => lineOfRow(room, row, true, at)),
    next: rows.length > limit && last ? `${last.setAt.toISOString()}/${last.id}` : null,
  };
}

/** A broken cursor starts from the beginning. */
function cursorOf(after: string | undefined): [string | null, string | null] {
  const found = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(after ?? '');
  return found && !Number.isNaN(Date.parse(found[1]!)) ? [found[1]!, found[2]!] : [null, null];
}

const officeOn = (on: IsoDate): Prisma.Sql =>
  Prisma.sql`o.role = ANY(${[...officerRoles]}::text[]) AND o.from_on <= ${on}::date AND (o.to_on IS NULL OR o.to_on >= ${on}::date)`;

/** SQL: an account holds an office on the day, and none outside the administrator's units. */
const officesWithin = (account: Prisma.Sql, actor: Actor, on: IsoDate): Prisma.Sql => Prisma.sql`(
  SELECT bool_and(EXISTS (SELECT FROM unnest(${reachOf(actor, ['SYSTEM_ADMIN'])}::text[]) reach WHERE starts_with(u.path, reach)))
  FROM post_held o JOIN unit u ON u.code = o.unit_code WHERE o.account_id = ${account} AND ${officeOn(on)})`;

interface Choosing {
  actor: Actor;
  at: Date;
  q: string;
  on?: IsoDate | undefined;
}

/** Officers whom an administrator may find a substitute for, by a part of their name. */
export function principalChoices(room: DeskRoom, { actor, at, q, on = dateOf(at) }: Choosing): Promise<OfficerLine[]> {
  return officersWhere(room, Prisma.sql`${officesWithin(Prisma.sql`a.id`, actor, on)}`, q, on);
}

/**
 * Whom one may name as substitute for oneself, or as administrator for `principalId`, by a part of the name: what `setSubstitution` asks of them.
 * Refuses `NotAllowed`.
 */
export async function substituteChoices(
  room: DeskRoom,
  { actor, at, q, on = dateOf(at), principalId = actor.accountId }: Choosing & { principalId?: string | undefined },
): Promise<Refusal | OfficerLine[]> {
  const principal = await actorOf(room.db, principalId, on);
  const offices = principal ? officesOf(principal) : [];
  if (principalId !== actor.accountId && !mayArrangeFor(actor, offices)) return refuse('NotAllowed', { what: '为他人设置代理' });
  const lines = offices.map(({ unitPath }) => lineOf(unitPath));
  const inLine = Prisma.sql`EXISTS (SELECT FROM post_held o JOIN unit u ON u.code = o.unit_code
    JOIN unnest(${lines.map(({ path }) => path)}::text[], ${lines.map(({ below }) => below)}::boolean[]) AS line (path, below)
      ON starts_with(line.path, u.path) OR (line.below AND starts_with(u.path, line.path))
    WHERE o.account_id = a.id AND ${officeOn(on)})`;
  return officersWhere(room, Prisma.sql`a.id <> ${principalId}::uuid AND ${inLine}`, q, on);
}

async function officersWhere({ db }: DeskRoom, where: Prisma.Sql, q: string, on: IsoDate): Promise<OfficerLine[]> {
  const rows = await db.$queryRaw<{ accountId: string; name: string; posts: RecordedPost[] }[]>`
    SELECT a.id AS "accountId", a.display_name AS name, ${postsOf(Prisma.sql`a.id`, on)} AS posts FROM account a
    WHERE a.status = 'active' AND (${q} = '' OR a.display_name ILIKE ${likeText(q)}) AND ${where}
      AND NOT EXISTS (SELECT FROM post_held x WHERE x.account_id = a.id AND x.role = ANY(${[...administratorRoles]}::text[]) AND (x.to_on IS NULL OR x.to_on >= ${on}::date))
    ORDER BY a.display_name, a.id LIMIT ${CHOICES}`;
  return rows.map(({ posts, ...rest }) => ({ ...rest, posts: postWords(posts, noUnits) }));
}
