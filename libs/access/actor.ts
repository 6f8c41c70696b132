import type { Db, Tx } from '../db.ts';
import type { IsoDate } from '../domain/dates.ts';
import { officerRoles, type Actor, type Post, type Principal } from '../domain/roles.ts';
import type { Actor as RecordedActor } from '../ledger/entry.ts';
import { Prisma } from '../../prisma/generated/client.ts';

type AccountColumn = 'found.account_id' | 'account.id' | 'principal.id';

/** SQL for the posts that an account holds on a day, as a JSON array in a settled order; `account` names the column. */
const postsOn = (account: AccountColumn, on: IsoDate): Prisma.Sql => Prisma.sql`coalesce((
    SELECT json_agg(json_build_object('role', p.role, 'unitCode', p.unit_code, 'unitPath', u.path, 'unitName', u.name, 'title', p.title) ORDER BY u.path, p.role)
    FROM post_held p JOIN unit u ON u.code = p.unit_code
    WHERE p.account_id = ${Prisma.raw(account)} AND p.from_on <= ${on}::date AND (p.to_on IS NULL OR p.to_on >= ${on}::date)
  ), '[]'::json)`;

/**
 * SQL: whether the substitution `s` counts on a day. Nothing has to be done when it begins or ends; it does not count while the substitute holds no
 * office, and no longer once the principal's account is closed (`principal`).
 */
export const standsInOn = (on: IsoDate): Prisma.Sql => Prisma.sql`s.ended_at IS NULL AND s.from_on <= ${on}::date AND s.to_on >= ${on}::date
    AND principal.status <> 'disabled' AND EXISTS (SELECT FROM post_held o WHERE o.account_id = s.substitute_id AND o.role = ANY(${[...officerRoles]}::text[])
      AND o.from_on <= ${on}::date AND (o.to_on IS NULL OR o.to_on >= ${on}::date))`;

/** SQL for the posts that an account holds on a day, and those in whose stead it may act with theirs: columns `posts` and `stands_in_for`. */
export const heldOn = (account: AccountColumn, on: IsoDate): Prisma.Sql => Prisma.sql`${postsOn(account, on)} AS posts, coalesce((
    SELECT json_agg(json_build_object('accountId', principal.id, 'name', principal.display_name, 'processes', s.processes, 'posts', ${postsOn('principal.id', on)}) ORDER BY s.from_on, s.set_at, s.id)
    FROM substitution s JOIN account principal ON principal.id = s.principal_id
    WHERE s.substitute_id = ${Prisma.raw(account)} AND ${standsInOn(on)}
  ), '[]'::json) AS stands_in_for`;

/** What `heldOn` reads. */
export interface HeldRow {
  posts: Post[];
  stands_in_for: Principal[];
}

type ActorRow = HeldRow & { id: string; display_name: string; person_id: string | null };

/** Who an account is, what it holds on a day and for whom it stands in, in one round trip; null when there is no such account. */
export async function actorOf(tx: Db | Tx, accountId: string, on: IsoDate): Promise<Actor | null> {
  const [row] = await tx.$queryRaw<ActorRow[]>`
    SELECT account.id, account.display_name, account.person_id, ${heldOn('account.id', on)} FROM account WHERE account.id = ${accountId}::uuid`;
  return row
    ? { accountId: row.id, name: row.display_name, personId: row.person_id, posts: row.posts, standsInFor: row.stands_in_for }
    : null;
}

/** An actor, or the one in whose stead they act, as the ledger keeps them: who, and which posts were held at that moment. */
export const recordedActor = ({ accountId, name, posts }: Pick<Actor, 'accountId' | 'name' | 'posts'>): RecordedActor => ({
  accountId,
  name,
  posts: posts.map(({ role, unitCode, title }) => ({ role, unitCode, title })),
});
