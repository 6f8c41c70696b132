import { Injectable } from '@nestjs/common';
import { recordedActor } from '../../../../libs/access/actor.ts';
import { holdsOver, reachOf } from '../../../../libs/access/permission.ts';
import { recordRefusal, type Witnessed } from '../../../../libs/access/records.ts';
import { isRefusal, refuse } from '../../../../libs/domain/refusal.ts';
import type { Actor, Role } from '../../../../libs/domain/roles.ts';
import { append } from '../../../../libs/ledger/append.ts';
import { inboxPage } from '../../../../libs/mail/demo-inbox.ts';
import { attemptsOf, mailsPage, retryMail } from '../../../../libs/mail/mails.ts';
import type { MailStatus } from '../../../../libs/mail/params.ts';
import { System } from '../system.ts';

/** Who sees and repairs what the system does for their units: mails, incidents. */
export const owners: readonly Role[] = ['COUNTY_ORG', 'COUNTY_HR', 'CITY_ORG', 'SYSTEM_ADMIN'];

interface MailsQuery {
  after?: string | undefined;
  limit: number;
  scope: 'mine' | 'units';
  status?: Exclude<MailStatus, 'sending'> | undefined;
  caseId?: string | undefined;
}

interface FoundMail {
  id: bigint;
  accountId: string;
  caseId: string | null;
  path: string | null;
}

/** Mails of a case are repaired by the owners of its unit; what belongs to no case is the system administrators' to repair. */
const repairs = (actor: Actor, { path }: FoundMail): boolean =>
  path === null ? actor.posts.some(({ role }) => role === 'SYSTEM_ADMIN') : holdsOver(actor, owners, path);

@Injectable()
export class MailsService {
  private readonly system: System;

  constructor(system: System) {
    this.system = system;
  }

  /** One's own mails, or those of the cases in one's units. */
  async page({ actor }: { actor: Actor }, { after, limit, scope, status, caseId }: MailsQuery) {
    const whose = scope === 'mine' ? { accountId: actor.accountId } : { unitPaths: reachOf(actor, owners) };
    const { items, next } = await mailsPage(this.system.db, {
      ...whose,
      limit,
      ...(after && { before: after }),
      ...(status && { status }),
      ...(caseId && { caseId }),
    });
    return {
      items: items.map(
        ({ id, at, account, address, subject, template, case: ofCase, status: now, sentAt, notBefore, attempts, lastError }) => ({
          id,
          address,
          subject,
          attempts,
          lastError,
          at: at.toISOString(),
          to: account.name,
          event: template,
          caseId: ofCase?.id ?? null,
          status: now,
          sentAt: sentAt?.toISOString() ?? null,
          notBefore: notBefore.toISOString(),
        }),
      ),
      next,
    };
  }

  /** How each try went: told to the addressee and to those who repair it. */
  async attempts({ actor }: { actor: Actor }, id: string) {
    const mail = await this.found(id);
    if (!mail || !(mail.accountId === actor.accountId || repairs(actor, mail))) return refuse('NotFound', { what: '这封邮件' });
    const attempts = await attemptsOf(this.system.db, mail.id);
    return { attempts: attempts.map(({ at, outcome, detail }) => ({ outcome, detail, at: at.toISOString() })) };
  }

  private async found(id: string): Promise<FoundMail | undefined> {
    const [mail] = await this.system.db.$queryRaw<FoundMail[]>`
      SELECT m.id, m.account_id AS "accountId", m.case_id AS "caseId", u.path FROM mail m LEFT JOIN "case" c ON c.id = m.case_id LEFT JOIN unit u ON u.code = c.unit_code
      WHERE m.id = ${BigInt(id)}`;
    return mail;
  }

  async retry(by: Witnessed, id: string) {
    const { db } = this.system;
    const mail = await this.found(id);
    if (!mail || !repairs(by.actor, mail)) return refuse('NotFound', { what: '这封邮件' });
    const refusal = await db.$transaction(async (tx) => {
      const refused = await retryMail(tx, { mailId: mail.id, at: by.at });
      if (!refused)
        await append(tx, {
          chain: `account:${by.actor.accountId}`,
          verb: 'mail.retry',
          accepted: true,
          at: by.at,
          actor: recordedActor(by.actor),
          origin: by.origin,
          caseId: mail.caseId,
          detail: { mailId: id },
        });
      return refused;
    });
    if (isRefusal(refusal)) await recordRefusal(db, by, 'mail.retry', refusal, { detail: { mailId: id } });
    return refusal;
  }

  /** 演示邮箱: one's own letters, or everybody's. There is none outside the demonstration. */
  async demoInbox(
    { actor }: { actor: Actor },
    { after, limit, all }: { after?: string | undefined; limit: number; all: 'true' | 'false' },
  ) {
    const { db, config } = this.system;
    if (!config.demo) return refuse('NotFound', { what: '演示邮箱' });
    const own = await db.account.findUnique({ where: { id: actor.accountId }, select: { email: true } });
    const { items, next } = await inboxPage(db, {
      limit,
      ...(all === 'false' && { recipient: own?.email ?? '' }),
      ...(isCursor(after) && { before: after }),
    });
    return { items: items.map((item) => ({ ...item, receivedAt: item.receivedAt.toISOString() })), next };
  }
}

/** A cursor as the inbox hands it out; any other begins at the top. */
function isCursor(after: string | undefined): after is string {
  try {
    const [at, id] = JSON.parse(after ?? '') as unknown[];
    return (
      typeof at === 'string' &&
      /^\d{4}-\d\d-\d\dT/.test(at) &&
      !Number.isNaN(Date.parse(at)) &&
      typeof id === 'string' &&
      !id.includes('\0')
    );
  } catch {
    return false;
  }
}
