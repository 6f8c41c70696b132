import { Controller } from '@nestjs/common';
import { recordedActor } from '../../../../libs/access/actor.ts';
import type { Witnessed } from '../../../../libs/access/records.ts';
import type { Tx } from '../../../../libs/db.ts';
import { feedState, makeFeed, revokeFeed } from '../../../../libs/desk/calendar-feed.ts';
import { routes } from '../../../../libs/domain/api/routes.ts';
import { append } from '../../../../libs/ledger/append.ts';
import { setWishes, wishesOf } from '../../../../libs/mail/wishes.ts';
import type { Call } from '../http/call.ts';
import { Handles } from '../http/handles.ts';
import { System } from '../system.ts';
import { feedPath } from './feed.ts';

/** What each person arranges for themself, and nobody for another. */
@Controller()
export class OwnController {
  private readonly system: System;

  constructor(system: System) {
    this.system = system;
  }

  @Handles(routes.mailWishes)
  async mailWishes({ by }: Call<'mailWishes'>) {
    return wishesOf(this.system.db, by.actor.accountId);
  }

  @Handles(routes.setMailWishes)
  async setMailWishes({ by, body }: Call<'setMailWishes'>) {
    const { accountId } = by.actor;
    await this.system.db.$transaction(async (tx) => {
      const before = await setWishes(tx, accountId, body, by.at);
      await record(tx, by, 'mail.wishes', { before, after: body });
    });
    return null;
  }

  @Handles(routes.calendarFeed)
  async calendarFeed({ by }: Call<'calendarFeed'>) {
    const { madeAt, lastReadAt } = await feedState(this.system.db, by.actor.accountId);
    return { madeAt: madeAt?.toISOString() ?? null, lastReadAt: lastReadAt?.toISOString() ?? null };
  }

  @Handles(routes.makeCalendarFeed)
  async makeCalendarFeed({ by }: Call<'makeCalendarFeed'>) {
    const token = await this.system.db.$transaction(async (tx) => {
      await record(tx, by, 'feed.make');
      return makeFeed(tx, by.actor.accountId, by.at);
    });
    return { path: feedPath(token) };
  }

  @Handles(routes.revokeCalendarFeed)
  async revokeCalendarFeed({ by }: Call<'revokeCalendarFeed'>) {
    await this.system.db.$transaction(async (tx) => {
      if (await revokeFeed(tx, by.actor.accountId)) await record(tx, by, 'feed.revoke');
    });
    return null;
  }
}

/** One's own arrangement, on one's own chain. */
const record = (tx: Tx, { actor, origin, at }: Witnessed, verb: string, change: { before?: object; after?: object } = {}) =>
  append(tx, { chain: `account:${actor.accountId}`, verb, accepted: true, at, actor: recordedActor(actor), origin, ...change });
