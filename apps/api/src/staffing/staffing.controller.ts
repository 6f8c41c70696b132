import { Controller } from '@nestjs/common';
import { holdsOver } from '../../../../libs/access/permission.ts';
import { recordRefusal } from '../../../../libs/access/records.ts';
import { routes } from '../../../../libs/domain/api/routes.ts';
import { dateOf } from '../../../../libs/domain/dates.ts';
import { isRefusal, refuse } from '../../../../libs/domain/refusal.ts';
import { registerResidents, staffingOn } from '../../../../libs/people/staffing.ts';
import type { Call } from '../http/call.ts';
import { Handles } from '../http/handles.ts';
import { System } from '../system.ts';

const registrars = routes.registerResidents.access.roles;

/** How the counties are staffed. */
@Controller()
export class StaffingController {
  private readonly system: System;

  constructor(system: System) {
    this.system = system;
  }

  @Handles(routes.staffing)
  async staffing({ by, at, query }: Call<'staffing'>) {
    const { db } = this.system;
    const on = query.on ?? dateOf(at);
    const { standard, assumed, counties, all } = await staffingOn(db, on);
    const paths = new Map(
      (await db.unit.findMany({ where: { code: { in: counties.map(({ code }) => code) } }, select: { code: true, path: true } })).map(
        ({ code, path }) => [code, path],
      ),
    );
    return {
      on,
      standard: standard.per10000,
      assumed,
      counties: counties.map((county) => ({ ...county, mayRegister: holdsOver(by.actor, registrars, paths.get(county.code) ?? '') })),
      all,
    };
  }

  @Handles(routes.registerResidents)
  async register({ by, params: { county }, body }: Call<'registerResidents'>) {
    const { db } = this.system;
    const unit = await db.unit.findFirst({ where: { code: county, level: 'county' } });
    if (!unit) return refuse('NotFound', { what: '这个区县' });
    const registered = holdsOver(by.actor, registrars, unit.path)
      ? await db.$transaction((tx) => registerResidents(tx, by, { county, ...body }))
      : refuse('NotInYourUnits', { unit: unit.name });
    if (isRefusal(registered)) await recordRefusal(db, by, 'staffing.residents', registered, {});
    return registered;
  }
}
