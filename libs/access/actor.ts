import type { Db, Tx } from '../db.ts';
import type { IsoDate } from '../domain/dates.ts';
import type { Actor, Post } from '../domain/roles.ts';
import type { Actor as RecordedActor } from '../ledger/entry.ts';
import { Prisma } from '../../prisma/generated/client.ts';

export type PostRow = Post;

/** SQL for the posts that an account holds on a day, as a JSON array in a settled order; `account` names the column. */
export const postsOn = (account: 'found.account_id' | 'account.id', on: IsoDate): Prisma.Sql => Prisma.sql`coalesce((
    SELECT json_agg(json_build_object('role', p.role, 'unitCode', p.unit_code, 'unitPath', u.path, 'unitName', u.name, 'title', p.title) ORDER BY u.path, p.role)
    FROM post_held p JOIN unit u ON u.code = p.unit_code
    WHERE p.account_id = ${Prisma.raw(account)} AND p.from_on <= ${on}::date AND (p.to_on IS NULL OR p.to_on >= ${on}::date)
  ), '[]'::json)`;

type ActorRow = { id: string; display_name: string; person_id: string | null; posts: PostRow[] };

/** Who an account is and what it holds on a day, in one round trip; null when there is no such account. */
export async function actorOf(tx: Db | Tx, accountId: string, on: IsoDate): Promise<Actor | null> {
  const [row] = await tx.$queryRaw<ActorRow[]>`
    SELECT account.id, account.display_name, account.person_id, ${postsOn('account.id', on)} AS posts FROM account WHERE account.id = ${accountId}::uuid`;
  return row ? { accountId: row.id, name: row.display_name, personId: row.person_id, posts: row.posts } : null;
}

/** An actor as the ledger keeps them: who, and which posts were held at that moment. */
export const recordedActor = ({ accountId, name, posts }: Actor): RecordedActor => ({
  accountId,
  name,
  posts: posts.map(({ role, unitCode, title }) => ({ role, unitCode, title })),
});
