import type { Tx } from '../db.ts';
import type { MailParams, MailTemplate } from './params.ts';

/** One event's mail to one or more accounts. `notBefore` is where quiet hours come in; without it the mail may leave at once. */
export type Post<T extends MailTemplate = MailTemplate> = {
  [K in T]: {
    eventKey: string;
    to: readonly string[];
    template: K;
    params: MailParams[K];
    caseId?: string | null;
    at: Date;
    notBefore?: Date;
  };
}[T];

/** The right-hand side of every Message-ID, from MAIL_DOMAIN. */
const mailDomain = () => process.env.MAIL_DOMAIN || 'miaopu.local';

/**
 * Puts an event's mails into the outbox, in the transaction of the event and in one statement. Posting the same event to the same account
 * again does nothing. The Message-ID follows from event and account, so every copy that ever leaves carries the same one.
 * Recipients without an address get a row that says so ("no-address").
 */
export async function postMail(tx: Tx, { eventKey, to, template, params, caseId = null, at, notBefore = at }: Post): Promise<void> {
  if (to.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO mail (event_key, account_id, message_id, recipient, template, params, case_id, created_at, not_before, status)
    SELECT ${eventKey}, id,
      '<' || left(encode(sha256(convert_to(${eventKey} || E'\n' || id, 'UTF8')), 'hex'), 40) || '@' || ${mailDomain()} || '>',
      coalesce(email, ''), ${template}, ${JSON.stringify(params)}::jsonb, ${caseId}::uuid, ${at}, ${notBefore},
      CASE WHEN coalesce(email, '') = '' THEN 'no-address' ELSE 'waiting' END
    FROM account WHERE id = ANY(${[...to]}::uuid[])
    ORDER BY id
    ON CONFLICT (event_key, account_id) DO NOTHING`;
}
