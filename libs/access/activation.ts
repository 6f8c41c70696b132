import { createHash, timingSafeEqual } from 'node:crypto';
import type { Db, Tx } from '../db.ts';
import { refuse, type Refusal } from '../domain/refusal.ts';
import type { Actor } from '../domain/roles.ts';
import { append } from '../ledger/append.ts';
import { postMail } from '../mail/post.ts';
import { recordedActor } from './actor.ts';
import { forgetAttempts } from './attempts.ts';
import { hashPassword, passwordFault, readableSecret } from './password.ts';
import { closeSessionsOf } from './session.ts';

const HOURS = 72;
const codeHash = (code: string) =>
  createHash('sha256')
    .update(code.toUpperCase().replace(/[^0-9A-Z]/g, ''))
    .digest('hex');

/**
 * Makes a new one-time code for a person's account and mails it to them; the one before is void. Only its hash is kept, for 72 hours.
 * Who may do so is checked by the caller. `AlreadyActive` when there is a password already.
 */
export async function issueActivationCode(
  tx: Tx,
  { personId, actor, at, origin }: { personId: string; actor: Actor; at: Date; origin: string },
): Promise<Refusal | { userName: string; expiresAt: Date; sentTo: string | null }> {
  const account = await tx.account.findUnique({ where: { personId } });
  if (!account) return refuse('NotFound', { what: '此人的账号' });
  if (account.status !== 'inactive') return refuse('AlreadyActive');
  const code = readableSecret(2);
  const expiresAt = new Date(at.getTime() + HOURS * 3_600_000);
  await tx.account.update({ where: { id: account.id }, data: { activationHash: codeHash(code), activationExpiry: expiresAt } });
  await postMail(tx, {
    eventKey: `activation/${account.id}/${at.getTime()}`,
    to: [account.id],
    template: 'activation-code',
    params: { userName: account.userName, code, expiresAt: expiresAt.toISOString() },
    at,
  });
  await append(tx, {
    chain: `person:${personId}`,
    verb: 'account.invite',
    accepted: true,
    at,
    actor: recordedActor(actor),
    personId,
    origin,
  });
  return { userName: account.userName, expiresAt, sentTo: account.email };
}

/** Sets a first password by a one-time code. Unknown name, wrong code and expired code are one refusal, `ActivationRefused`. */
export async function activate(
  db: Db,
  { userName, code, password, at, origin }: { userName: string; code: string; password: string; at: Date; origin: string },
): Promise<Refusal | null> {
  const weak = passwordFault(password, userName);
  if (weak) return weak;
  const passwordHash = await hashPassword(password);
  return db.$transaction(async (tx) => {
    const [account] = await tx.$queryRaw<{ id: string; activation_hash: string | null }[]>`
      SELECT id, activation_hash FROM account WHERE user_name = ${userName} AND status = 'inactive' AND activation_expiry > ${at} FOR UPDATE`;
    const right = timingSafeEqual(Buffer.from(codeHash(code)), Buffer.from(account?.activation_hash ?? codeHash('')));
    if (!account || !right) return refuse('ActivationRefused');
    await tx.account.update({
      where: { id: account.id },
      data: { passwordHash, status: 'active', activationHash: null, activationExpiry: null },
    });
    await closeSessionsOf(tx, account.id);
    await forgetAttempts(tx, userName);
    await append(tx, {
      chain: `account:${account.id}`,
      verb: 'account.activate',
      accepted: true,
      at,
      actor: { accountId: account.id },
      origin,
    });
    return null;
  });
}
