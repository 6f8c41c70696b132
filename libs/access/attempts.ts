import { createHash } from 'node:crypto';
import type { Tx } from '../db.ts';

/** Five wrong passwords in a row lock an account's name for a quarter of an hour. */
export const MOST_ATTEMPTS = 5;
export const LOCK_MINUTES = 15;

export interface Attempt {
  /** Locked before this attempt: it is not even looked at. */
  lockedUntil: Date | null;
  /** Attempts left should this one fail. */
  left: number;
  /** The lock that a failure of this attempt leaves in place. */
  locksUntil: Date | null;
}

// Names are kept as hashes: people type passwords into the wrong field.
const keyOf = (userName: string) => createHash('sha256').update(userName.toLowerCase()).digest('hex');

/**
 * Counts an attempt before its password is looked at, so that many at once are not more than five. Known and unknown names are counted
 * in one way, in one statement: neither answer nor time tells whether there is such an account.
 */
export async function countAttempt(tx: Tx, userName: string, at: Date): Promise<Attempt> {
  const until = new Date(at.getTime() + LOCK_MINUTES * 60_000);
  const forgotten = new Date(at.getTime() - LOCK_MINUTES * 60_000);
  const [row] = await tx.$queryRaw<{ was: Date | null; count: number; locked_until: Date | null }[]>`
    INSERT INTO sign_in_attempt AS known (name_hash, count, last_at) VALUES (${keyOf(userName)}, 1, ${at})
    ON CONFLICT (name_hash) DO UPDATE SET
      count = CASE WHEN known.locked_until > ${at} THEN known.count WHEN known.last_at <= ${forgotten} OR known.locked_until IS NOT NULL THEN 1 ELSE known.count + 1 END,
      locked_until = CASE
        WHEN known.locked_until > ${at} THEN known.locked_until
        WHEN known.last_at > ${forgotten} AND known.locked_until IS NULL AND known.count + 1 >= ${MOST_ATTEMPTS} THEN ${until}::timestamptz END,
      last_at = ${at}
    RETURNING CASE WHEN old.locked_until > ${at} THEN old.locked_until END AS was, new.count, new.locked_until`;
  return { lockedUntil: row!.was, left: Math.max(0, MOST_ATTEMPTS - row!.count), locksUntil: row!.locked_until };
}

/** A right password, or a new one, ends the counting. */
export async function forgetAttempts(tx: Tx, userName: string): Promise<void> {
  await tx.$executeRaw`DELETE FROM sign_in_attempt WHERE name_hash = ${keyOf(userName)}`;
}

/** Until when a name is locked; null when it is not. */
export async function lockedUntil(tx: Tx, userName: string, at: Date): Promise<Date | null> {
  const [row] = await tx.$queryRaw<
    { locked_until: Date }[]
  >`SELECT locked_until FROM sign_in_attempt WHERE name_hash = ${keyOf(userName)} AND locked_until > ${at}`;
  return row?.locked_until ?? null;
}

/** Counts that no longer matter are swept away. */
export async function sweepAttempts(tx: Tx, at: Date): Promise<void> {
  await tx.$executeRaw`DELETE FROM sign_in_attempt WHERE last_at < ${new Date(at.getTime() - 24 * 3_600_000)}`;
}
