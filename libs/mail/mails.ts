import { Prisma } from '../../prisma/generated/client.ts';
import type { Db, Tx } from '../db.ts';
import { refuse, type Refusal } from '../domain/refusal.ts';
import type { MailStatus } from './params.ts';
import { subjectOf } from './render.ts';

/** What to list. `unitPaths`: mails of cases in these units or below (their paths); `before` is the cursor of the page above. */
export interface MailsQuery {
  accountId?: string;
  caseId?: string;
  unitPaths?: readonly string[];
  status?: MailStatus;
  q?: string;
  before?: string;
  limit: number;
}

/** A mail as 提醒 shows it: to whom, why, when, arrived or not. */
export interface MailRow {
  id: string;
  at: Date;
  account: { id: string; name: string };
  address: string;
  subject: string;
  template: string;
  eventKey: string;
  case: { id: string; caseNo: string | null } | null;
  status: MailStatus;
  sentAt: Date | null;
  notBefore: Date;
  attempts: number;
  lastError: string | null;
}

interface Row extends Omit<MailRow, 'id' | 'account' | 'case' | 'subject'> {
  id: bigint;
  accountId: string;
  name: string;
  params: unknown;
  caseId: string | null;
  caseNo: string | null;
}

/** Mails, newest first, by keyset; `next` is null on the last page. */
export async function mailsPage(db: Db | Tx, query: MailsQuery): Promise<{ items: MailRow[]; next: string | null }> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT m.id, m.created_at AS at, m.account_id AS "accountId", a.display_name AS name, m.recipient AS address, m.template, m.params,
      m.event_key AS "eventKey", m.case_id AS "caseId", c.case_no AS "caseNo", m.status, m.sent_at AS "sentAt", m.not_before AS "notBefore",
      m.attempts, m.last_error AS "lastError"
    FROM mail m JOIN account a ON a.id = m.account_id LEFT JOIN "case" c ON c.id = m.case_id
    WHERE ${conditions(query)} ORDER BY m.id DESC LIMIT ${query.limit + 1}`;
  const items = rows.slice(0, query.limit).map(({ id, accountId, name, params, caseId, caseNo, ...row }) => ({
    ...row,
    id: String(id),
    subject: subjectOf(row.template, params),
    account: { id: accountId, name },
    case: caseId ? { id: caseId, caseNo } : null,
  }));
  return { items, next: rows.length > query.limit ? items.at(-1)!.id : null };
}

function conditions({ accountId, caseId, unitPaths, status, q, before }: MailsQuery): Prisma.Sql {
  const all = [Prisma.sql`true`];
  if (accountId) all.push(Prisma.sql`m.account_id = ${accountId}::uuid`);
  if (caseId) all.push(Prisma.sql`m.case_id = ${caseId}::uuid`);
  if (unitPaths) {
    all.push(
      Prisma.sql`c.unit_code IN (SELECT code FROM unit WHERE EXISTS (SELECT FROM unnest(${[...unitPaths]}::text[]) top WHERE starts_with(path, top)))`,
    );
  }
  if (status) all.push(Prisma.sql`m.status = ${status}`);
  if (q?.trim()) {
    const like = `%${q.trim().replace(/[\\%_]/g, '\\$&')}%`;
    all.push(Prisma.sql`(a.display_name LIKE ${like} OR m.recipient ILIKE ${like} OR c.case_no ILIKE ${like})`);
  }
  if (before) all.push(Prisma.sql`m.id < ${BigInt(before)}`);
  return Prisma.join(all, ' AND ');
}

/** The tries of one mail, first to last. */
export const attemptsOf = (db: Db | Tx, mailId: bigint) => db.mailAttempt.findMany({ where: { mailId }, orderBy: { id: 'asc' } });

/**
 * Sends a mail again that was given up, or that had no address, to the account's address of today and with the same Message-ID.
 * Refuses with NotFound, or with MailNotFailed when the mail is on its way, sent, or the account still has no address.
 */
export async function retryMail(tx: Tx, { mailId, at }: { mailId: bigint; at: Date }): Promise<Refusal | null> {
  const changed = await tx.$executeRaw`
    UPDATE mail SET status = 'waiting', not_before = ${at}, first_try_at = NULL, recipient = a.email
    FROM account a WHERE a.id = account_id AND mail.id = ${mailId} AND mail.status IN ('failed', 'no-address') AND coalesce(a.email, '') <> ''`;
  if (changed > 0) return null;
  const mail = await tx.mail.findUnique({ where: { id: mailId } });
  if (!mail) return refuse('NotFound', { what: '这封邮件' });
  return mail.status === 'failed' || mail.status === 'no-address' ? refuse('MailWithoutAddress') : refuse('MailNotFailed');
}
