import { Controller } from '@nestjs/common';
import { recordRefusal } from '../../../../libs/access/records.ts';
import { routes } from '../../../../libs/domain/api/routes.ts';
import { dateOf } from '../../../../libs/domain/dates.ts';
import { isRefusal } from '../../../../libs/domain/refusal.ts';
import { pairMany, planOf, suggestPairs } from '../../../../libs/secondments/board.ts';
import type { Call } from '../http/call.ts';
import { Handles } from '../http/handles.ts';
import { System } from '../system.ts';

/** A year's secondments: places, counters, and matching many at once. */
@Controller()
export class SecondmentsController {
  private readonly system: System;

  constructor(system: System) {
    this.system = system;
  }

  @Handles(routes.secondments)
  async plan({ params }: Call<'secondments'>) {
    return planOf(this.system.db, Number(params.year));
  }

  @Handles(routes.suggestPairs)
  async suggestion({ params, query, at }: Call<'suggestPairs'>) {
    return suggestPairs(this.system.db, { year: Number(params.year), startOn: query.startOn, on: dateOf(at) });
  }

  @Handles(routes.pairMany)
  async pair({ by, at, params, body }: Call<'pairMany'>) {
    const { db, catalogue } = this.system;
    const done = await pairMany({ db, catalogue }, { ...by, ...body, year: Number(params.year), on: dateOf(at) });
    if (!isRefusal(done)) return { matched: done.matched, refused: done.refused };
    await recordRefusal(db, by, 'secondment.pair', done, {});
    return done;
  }
}
