import type { Tx } from '../db.ts';
import { paces } from '../domain/mail-wishes.ts';
import type { MailParams, MailTemplate } from './params.ts';
import { isShownAsTask, wayOf } from './policy.ts';

/**
 * One event's mail to one or more accounts. `notBefore` is where quiet hours come in; without it the mail may leave at once. `toGroup`: they are asked
 * as holders of a post, none of them by name. `pressing`: see `mailTiming`.
 */
export type Post<T extends MailTemplate = MailTemplate> = {
  [K in T]: {
    eventKey: string;
    to: readonly string[];
    template: K;
    params: MailParams[K];
    caseId?: string | null;
    at: Date;
    notBefore?: Date;
    toGroup?: boolean;
    pressing?: boolean;
  };
}[T];

/** The right-hand side of every Message-ID, from MAIL_DOMAIN. */
const mailDomain = () => process.env.MAIL_DOMAIN || 'miaopu.local';

/** What becomes of the mail with each wish: for `copies` true, then false, in the order of `paces`; `none` leaves no row. */
function fates(template: MailTemplate, toGroup: boolean, pressing: boolean): ('waiting' | 'digest' | 'none')[] {
  return [true, false].flatMap((copies) =>
    paces.map((pace) => {
      const way = wayOf({ template, toGroup, pressing }, { pace, copies });
      if (way === 'at-once') return 'waiting';
      return way === 'digest' && !isShownAsTask(template) ? 'digest' : 'none';
    }),
  );
}

/**
 * Puts an event's mails into the outbox, in the transaction of the event and in one statement, each person's as they wish it (`wayOf`). Posting the same
 * event to the same account again does nothing. The Message-ID follows from event and account, so every copy that ever leaves carries the same one.
 * Recipients without an address get a row that says so ("no-address"). Returns how many rows were written.
 */
export async function postMail(
  tx: Tx,
  { eventKey, to, template, params, caseId = null, at, notBefore = at, toGroup = false, pressing = false }: Post,
): Promise<number> {
  if (to.length === 0) return 0;
  return tx.$executeRaw`
    INSERT INTO mail (event_key, account_id, message_id, recipient, template, params, case_id, created_at, not_before, status)
    SELECT ${eventKey}, id,
      '<' || left(encode(sha256(convert_to(${eventKey} || E'\n' || id, 'UTF8')), 'hex'), 40) || '@' || ${mailDomain()} || '>',
      coalesce(email, ''), ${template}, ${JSON.stringify(params)}::jsonb, ${caseId}::uuid, ${at}, ${notBefore},
      CASE WHEN fate = 'waiting' AND coalesce(email, '') = '' THEN 'no-address' ELSE fate END
    FROM account LEFT JOIN mail_wish wish ON wish.account_id = account.id
      CROSS JOIN LATERAL (SELECT (${fates(template, toGroup, pressing)}::text[])[
        coalesce(array_position(${[...paces]}::text[], wish.pace), 1) + CASE WHEN coalesce(wish.copies, true) THEN 0 ELSE ${paces.length}::int END] AS fate) told
    WHERE id = ANY(${[...to]}::uuid[]) AND fate <> 'none'
    ORDER BY id
    ON CONFLICT DO NOTHING`; // on the event and account or, of two at once, on the Message-ID that follows from them
}
