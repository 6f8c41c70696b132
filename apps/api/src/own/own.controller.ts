import { Controller } from '@nestjs/common';
import { recordedActor } from '../../../../libs/access/actor.ts';
import { routes } from '../../../../libs/domain/api/routes.ts';
import { append } from '../../../../libs/ledger/append.ts';
import { setWishes, wishesOf } from '../../../../libs/mail/wishes.ts';
import type { Call } from '../http/call.ts';
import { Handles } from '../http/handles.ts';
import { System } from '../system.ts';

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
      const who = { actor: recordedActor(by.actor), origin: by.origin, at: by.at };
      await append(tx, { chain: `account:${accountId}`, verb: 'mail.wishes', accepted: true, ...who, before, after: body });
    });
    return null;
  }
}
