import type { Db } from '../db.ts';
import { dateOf, formatMoment } from '../domain/dates.ts';
import { refuse, type Refusal } from '../domain/refusal.ts';
import { append } from '../ledger/append.ts';
import { actorOf, recordedActor } from './actor.ts';
import { countAttempt, forgetAttempts, sweepAttempts } from './attempts.ts';
import { isPassword } from './password.ts';
import { openSession, type Session, type SessionRules } from './session.ts';
import { tokenHashOf } from './session.ts';

export interface SignIn {
  userName: string;
  password: string;
  at: Date;
  origin: string;
  rules: SessionRules;
}

/** Opens a session for a right password and records it. `WrongCredentials` and `AccountLocked` read the same for names that nobody has. */
export async function signIn(db: Db, { userName, password, at, origin, rules }: SignIn): Promise<Refusal | (Session & { token: string })> {
  const attempt = await countAttempt(db, userName, at);
  if (attempt.lockedUntil) return refuse('AccountLocked', { until: formatMoment(attempt.lockedUntil) });
  const account = await db.account.findUnique({ where: { userName } });
  if (!(await isPassword(password, account?.passwordHash ?? null)) || !account) {
    return attempt.locksUntil
      ? refuse('AccountLocked', { until: formatMoment(attempt.locksUntil) })
      : refuse('WrongCredentials', { left: attempt.left });
  }
  if (account.status !== 'active') return refuse('AccountInactive');
  return db.$transaction(async (tx) => {
    await forgetAttempts(tx, userName);
    await sweepAttempts(tx, at);
    const actor = (await actorOf(tx, account.id, dateOf(at)))!;
    const { token, csrfToken } = await openSession(tx, account.id, at, rules);
    await append(tx, { chain: `account:${account.id}`, verb: 'account.sign-in', accepted: true, at, actor: recordedActor(actor), origin });
    return { token, tokenHash: tokenHashOf(token), csrfToken, actor, demo: account.demo };
  });
}
