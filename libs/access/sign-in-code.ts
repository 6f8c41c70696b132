import { createHash, randomInt, timingSafeEqual } from 'node:crypto';
import type { Db, Tx } from '../db.ts';
import { dateOf, toDateColumn } from '../domain/dates.ts';
import { refuse, type Refusal } from '../domain/refusal.ts';
import { append } from '../ledger/append.ts';
import { postMail } from '../mail/post.ts';
import { actorOf, recordedActor } from './actor.ts';
import { openSession, tokenHashOf, type Session, type SessionRules } from './session.ts';

/** How long a code is good, how often it may be tried, and how many an hour go to one address. */
export const CODE_MINUTES = 10;
const TRIES = 5;
const MOST_AN_HOUR = 5;
const HOUR_MS = 3_600_000;

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
/** Addresses are kept as hashes here: whoever only asked for a code leaves no address. */
const mailHashOf = (mail: string): string => hash(`mail ${mail}`);
const codeHashOf = (mail: string, code: string): string => hash(`code ${mail} ${code}`);
export const normaliseMail = (mail: string): string => mail.trim().toLowerCase();

/**
 * Sends a candidate a one-time code of six digits, good for ten minutes; the one before is void. An account of their own is made at the first time, with no
 * password and no use until a code was told. Addresses of office accounts get none, and the answer does not tell. Refuses `TooManyCodes`.
 */
export async function sendSignInCode(db: Db, given: { mail: string; at: Date }): Promise<Refusal | null> {
  const { at } = given;
  const mail = normaliseMail(given.mail);
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  const expiresAt = new Date(at.getTime() + CODE_MINUTES * 60_000);
  return db.$transaction(async (tx) => {
    const since = new Date(at.getTime() - HOUR_MS);
    const [row] = await tx.$queryRaw<{ sent: number; since: Date }[]>`
      INSERT INTO sign_in_code AS known (mail_hash, code_hash, expires_at, tries_left, sent, since)
      VALUES (${mailHashOf(mail)}, ${codeHashOf(mail, code)}, ${expiresAt}, ${TRIES}, 1, ${at})
      ON CONFLICT (mail_hash) DO UPDATE SET
        code_hash = CASE WHEN known.since > ${since} AND known.sent >= ${MOST_AN_HOUR} THEN known.code_hash ELSE excluded.code_hash END,
        expires_at = CASE WHEN known.since > ${since} AND known.sent >= ${MOST_AN_HOUR} THEN known.expires_at ELSE excluded.expires_at END,
        tries_left = CASE WHEN known.since > ${since} AND known.sent >= ${MOST_AN_HOUR} THEN known.tries_left ELSE excluded.tries_left END,
        sent = CASE WHEN known.since > ${since} THEN known.sent + 1 ELSE 1 END,
        since = CASE WHEN known.since > ${since} THEN known.since ELSE excluded.since END
      RETURNING sent, since`;
    await tx.signInCode.deleteMany({ where: { since: { lt: since }, expiresAt: { lt: at } } });
    if (row!.sent > MOST_AN_HOUR)
      return refuse('TooManyCodes', { minutes: Math.ceil((row!.since.getTime() + HOUR_MS - at.getTime()) / 60_000) });
    const accountId = await candidateAccount(tx, mail);
    if (accountId === null) return null;
    await postMail(tx, {
      eventKey: `sign-in-code/${accountId}/${at.getTime()}`,
      to: [accountId],
      template: 'sign-in-code',
      params: { code, expiresAt: expiresAt.toISOString() },
      at,
    });
    return null;
  });
}

/** The account that a candidate has by their address, made where there is none; null where the name is an office account's. */
async function candidateAccount(tx: Tx, mail: string): Promise<string | null> {
  await tx.account.createMany({
    data: { userName: mail, displayName: '报考人员', email: mail, status: 'inactive' },
    skipDuplicates: true,
  });
  const account = await tx.account.findUniqueOrThrow({ where: { userName: mail } });
  return account.passwordHash === null && account.personId === null && account.status !== 'disabled' ? account.id : null;
}

/** Opens a session for a right code, once. Unknown address, wrong code, expired or used up are one refusal, `CodeRefused`. */
export async function signInByCode(
  db: Db,
  { code, at, origin, rules, ...given }: { mail: string; code: string; at: Date; origin: string; rules: SessionRules },
): Promise<Refusal | (Session & { token: string })> {
  const mail = normaliseMail(given.mail);
  const [tried] = await db.$queryRaw<{ code_hash: string }[]>`
    UPDATE sign_in_code SET tries_left = tries_left - 1
    WHERE mail_hash = ${mailHashOf(mail)} AND expires_at > ${at} AND tries_left > 0 RETURNING code_hash`;
  const right = timingSafeEqual(Buffer.from(codeHashOf(mail, code.trim())), Buffer.from(tried?.code_hash ?? hash('')));
  if (!tried || !right) return refuse('CodeRefused');
  return db.$transaction(async (tx) => {
    // of two at once one uses it
    const used = await tx.$executeRaw`
      UPDATE sign_in_code SET tries_left = 0, expires_at = ${at} WHERE mail_hash = ${mailHashOf(mail)} AND code_hash = ${tried.code_hash} AND expires_at > ${at}`;
    const account = used > 0 ? await tx.account.findUnique({ where: { userName: mail } }) : null;
    if (!account || account.passwordHash !== null || account.status === 'disabled') return refuse('CodeRefused');
    if (account.status !== 'active') await tx.account.update({ where: { id: account.id }, data: { status: 'active' } });
    await holdsCandidacy(tx, account.id, at);
    const actor = (await actorOf(tx, account.id, dateOf(at)))!;
    const { token, csrfToken } = await openSession(tx, account.id, at, rules);
    await append(tx, {
      chain: `account:${account.id}`,
      verb: 'account.sign-in',
      accepted: true,
      at,
      actor: recordedActor(actor),
      origin,
      detail: { by: 'code' },
    });
    return { token, tokenHash: tokenHashOf(token), csrfToken, actor, demo: account.demo };
  });
}

/** A candidate belongs to no unit: the role is held at the city's, and nothing is read by it but one's own. */
async function holdsCandidacy(tx: Tx, accountId: string, at: Date): Promise<void> {
  if (await tx.postHeld.findFirst({ where: { accountId, role: 'CANDIDATE', toOn: null } })) return;
  const city = await tx.unit.findFirst({ where: { level: 'city' }, orderBy: { code: 'asc' } });
  if (!city) throw new Error('No city among the units');
  await tx.postHeld.create({ data: { accountId, role: 'CANDIDATE', unitCode: city.code, fromOn: toDateColumn(dateOf(at)) } });
}
