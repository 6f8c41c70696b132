import type { Db } from '../db.ts';

/** A mail taken for one try. `again`: a try before it broke off without a word, so a copy may have left already. */
export interface Taken {
  id: bigint;
  attempts: number;
  attemptId: bigint;
  again: boolean;
  messageId: string;
  recipient: string;
  name: string;
  template: string;
  params: unknown;
}

/** How long a try may be silent before the mail is taken again. Longer than any send may last (`SEND_LIMIT_MS`). */
export const LEASE_MS = 120_000;
export const SEND_LIMIT_MS = 60_000;

const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 3_600_000;
const GIVE_UP_MS = 3 * 86_400_000;

/**
 * Takes up to `limit` due mails and marks them as being sent, each with its attempt written down before anything leaves. Whoever takes
 * a mail whose last try never reported back writes that try off as interrupted.
 */
export const takeDue = (db: Db, at: Date, limit: number) => db.$queryRaw<Taken[]>`
  WITH due AS (
    SELECT id, status FROM mail WHERE status IN ('waiting', 'sending') AND not_before <= ${at}
    ORDER BY not_before, id LIMIT ${limit} FOR UPDATE SKIP LOCKED
  ), taken AS (
    UPDATE mail SET status = 'sending', attempts = mail.attempts + 1, first_try_at = coalesce(first_try_at, ${at}),
      not_before = ${new Date(at.getTime() + LEASE_MS)}
    FROM due WHERE mail.id = due.id
    RETURNING mail.*, due.status = 'sending' OR EXISTS (SELECT FROM mail_attempt WHERE mail_id = mail.id AND outcome = 'interrupted') AS again
  ), interrupted AS (
    UPDATE mail_attempt SET outcome = 'interrupted' FROM taken WHERE mail_id = taken.id AND outcome = 'started'
  ), attempt AS (
    INSERT INTO mail_attempt (mail_id, at, outcome) SELECT id, ${at}, 'started' FROM taken RETURNING id, mail_id
  )
  SELECT taken.id, attempts, attempt.id AS "attemptId", again, message_id AS "messageId", recipient, display_name AS name, template, params
  FROM taken JOIN attempt ON mail_id = taken.id JOIN account ON account.id = account_id
  ORDER BY taken.not_before, taken.id`;

/** Records that the mail server took the mail. An activation code does not outlive its mail in the outbox. */
export async function recordSent(db: Db, mail: Taken, at: Date, response: string): Promise<void> {
  await db.$executeRaw`
    WITH sent AS (
      UPDATE mail SET status = 'sent', sent_at = ${at}, last_error = NULL, params = params - 'code'
      WHERE id = ${mail.id} AND attempts = ${mail.attempts}
    )
    UPDATE mail_attempt SET outcome = ${mail.again ? 'resent-after-crash' : 'sent'}, detail = ${response} WHERE id = ${mail.attemptId}`;
}

/** Records a failed try: again after a pause that doubles from ten seconds to an hour, and given up three days after the first try. */
export async function recordFailed(db: Db, mail: Taken, at: Date, error: string): Promise<void> {
  await db.$executeRaw`
    WITH failed AS (
      UPDATE mail SET last_error = ${error},
        status = CASE WHEN ${at}::timestamptz - first_try_at >= ${GIVE_UP_MS} * interval '1 ms' THEN 'failed' ELSE 'waiting' END,
        not_before = ${at}::timestamptz + least(greatest(${at}::timestamptz - first_try_at, ${FIRST_PAUSE_MS} * interval '1 ms'), ${LONGEST_PAUSE_MS} * interval '1 ms')
      WHERE id = ${mail.id} AND attempts = ${mail.attempts}
    )
    UPDATE mail_attempt SET outcome = 'failed', detail = ${error} WHERE id = ${mail.attemptId}`;
}
