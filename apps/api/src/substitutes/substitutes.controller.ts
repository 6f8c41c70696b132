import { Controller } from '@nestjs/common';
import { recordRefusal } from '../../../../libs/access/records.ts';
import { ownSubstitutions, principalChoices, substituteChoices, unitSubstitutions } from '../../../../libs/desk/substitute-lists.ts';
import { endSubstitution, setSubstitution } from '../../../../libs/desk/substitutes.ts';
import { routes } from '../../../../libs/domain/api/routes.ts';
import { isRefusal } from '../../../../libs/domain/refusal.ts';
import type { Call } from '../http/call.ts';
import { Handles } from '../http/handles.ts';
import { System } from '../system.ts';

/** 代理: set up, ended and listed; who may is the desk's to say. */
@Controller()
export class SubstitutesController {
  private readonly system: System;

  constructor(system: System) {
    this.system = system;
  }

  @Handles(routes.substitutions)
  async own({ by }: Call<'substitutions'>) {
    return ownSubstitutions(this.system, by);
  }

  @Handles(routes.substituteChoices)
  async choices({ by, query }: Call<'substituteChoices'>) {
    const items = await substituteChoices(this.system, { ...query, ...by });
    if (!isRefusal(items)) return { items };
    await recordRefusal(this.system.db, by, 'substitute.choices', items);
    return items;
  }

  @Handles(routes.setSubstitution)
  async set({ by, body }: Call<'setSubstitution'>) {
    return setSubstitution(this.system, { ...body, principalId: body.principalId ?? by.actor.accountId, ...by });
  }

  @Handles(routes.endSubstitution)
  async end({ by, params }: Call<'endSubstitution'>) {
    return endSubstitution(this.system, { ...by, ...params });
  }

  @Handles(routes.unitSubstitutions)
  async ofUnits({ by, query }: Call<'unitSubstitutions'>) {
    return unitSubstitutions(this.system, { ...by, ...query });
  }

  @Handles(routes.principalChoices)
  async principals({ by, query }: Call<'principalChoices'>) {
    return { items: await principalChoices(this.system, { ...query, ...by }) };
  }
}
