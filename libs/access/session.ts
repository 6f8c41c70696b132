import { createHash, randomBytes } from 'node:crypto';
import type { Db, Tx } from '../db.ts';
import { dateOf } from '../domain/dates.ts';
import type { Actor } from '../domain/roles.ts';
import { heldOn, type HeldRow } from './actor.ts';

export interface SessionRules {
  /** Ends after so long without a request. */
  idleMinutes: number;
  /** Ends after so long whatever happens. */
  hours: number;
}

/** What a request with a valid cookie is: who acts, with the posts held that day, and what their page must send back with each change. */
export interface Session {
  tokenHash: string;
  actor: Actor;
  csrfToken: string;
  demo: boolean;
}

export const tokenHashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
/** 256 bits from the system's own source, fit for an address. */
export const newToken = (): string => randomBytes(32).toString('base64url');
/** Whether a text can be a token at all; anything else needs no look into the database. */
export const looksLikeToken = (token: string): boolean => /^[\w-]{43}$/.test(token);

/** Opens a session; the token is told this once, and only its hash is kept. Sessions that have ended are swept away on the way. */
export async function openSession(
  tx: Tx,
  accountId: string,
  at: Date,
  { hours }: SessionRules,
): Promise<{ token: string; csrfToken: string }> {
  const [token, csrfToken] = [newToken(), newToken()];
  const expiresAt = new Date(at.getTime() + hours * 3_600_000);
  await tx.$executeRaw`
    WITH swept AS (DELETE FROM session WHERE expires_at <= ${at})
    INSERT INTO session (token_hash, account_id, csrf_token, created_at, last_seen_at, expires_at)
    VALUES (${tokenHashOf(token)}, ${accountId}::uuid, ${csrfToken}, ${at}, ${at}, ${expiresAt})`;
  return { token, csrfToken };
}

// A session's last use is written down at most once in so long: reading does not become writing.
const TOUCH_MS = 60_000;

type SessionRow = HeldRow & {
  account_id: string;
  csrf_token: string;
  display_name: string;
  person_id: string | null;
  demo: boolean;
};

/** The session of a token with its person, their posts and whom they stand in for, in one round trip; null when there is none or it has ended. */
export async function findSession(db: Db | Tx, tokenHash: string, at: Date, { idleMinutes }: SessionRules): Promise<Session | null> {
  const idleSince = new Date(at.getTime() - idleMinutes * 60_000);
  const on = dateOf(at);
  const [row] = await db.$queryRaw<SessionRow[]>`
    WITH found AS (
      SELECT s.token_hash, s.account_id, s.csrf_token, s.last_seen_at, a.display_name, a.person_id, a.demo
      FROM session s JOIN account a ON a.id = s.account_id
      WHERE s.token_hash = ${tokenHash} AND s.expires_at > ${at} AND s.last_seen_at > ${idleSince} AND a.status = 'active'
    ), touched AS (
      UPDATE session SET last_seen_at = ${at} FROM found
      WHERE session.token_hash = found.token_hash AND found.last_seen_at < ${new Date(at.getTime() - Math.min(TOUCH_MS, idleMinutes * 10_000))}
    )
    SELECT account_id, csrf_token, display_name, person_id, demo, ${heldOn('found.account_id', on)} FROM found`;
  if (!row) return null;
  return { tokenHash, actor: actorIn(row), csrfToken: row.csrf_token, demo: row.demo };
}

/**
 * Who the sessions of these tokens are that have not ended, with the posts of the day; one round trip, and no use of theirs: a page that only listens does
 * not keep its session.
 */
export async function liveSessions(
  db: Db | Tx,
  tokenHashes: readonly string[],
  at: Date,
  { idleMinutes }: SessionRules,
): Promise<Map<string, Actor>> {
  const idleSince = new Date(at.getTime() - idleMinutes * 60_000);
  const rows = await db.$queryRaw<(Omit<SessionRow, 'csrf_token' | 'demo'> & { token_hash: string })[]>`
    WITH found AS (
      SELECT s.token_hash, s.account_id, a.display_name, a.person_id FROM session s JOIN account a ON a.id = s.account_id
      WHERE s.token_hash = ANY(${[...tokenHashes]}::text[]) AND s.expires_at > ${at} AND s.last_seen_at > ${idleSince} AND a.status = 'active'
    )
    SELECT token_hash, account_id, display_name, person_id, ${heldOn('found.account_id', dateOf(at))} FROM found`;
  return new Map(rows.map((row) => [row.token_hash, actorIn(row)]));
}

const actorIn = (row: Omit<SessionRow, 'csrf_token' | 'demo'>): Actor => ({
  accountId: row.account_id,
  name: row.display_name,
  personId: row.person_id,
  posts: row.posts,
  standsInFor: row.stands_in_for,
});

export async function closeSession(tx: Tx, tokenHash: string): Promise<void> {
  await tx.$executeRaw`DELETE FROM session WHERE token_hash = ${tokenHash}`;
}

/** Ends every session of an account: a new password, a lock, a departure. */
export async function closeSessionsOf(tx: Tx, accountId: string): Promise<void> {
  await tx.$executeRaw`DELETE FROM session WHERE account_id = ${accountId}::uuid`;
}
