import { Controller } from '@nestjs/common';
import { recordRefusal } from '../../../../libs/access/records.ts';
import { requirePost } from '../../../../libs/access/permission.ts';
import { readYear } from '../../../../libs/calendar/calendar.ts';
import { createDesk, type Desk } from '../../../../libs/desk/desk.ts';
import type { By } from '../../../../libs/desk/room.ts';
import { routes } from '../../../../libs/domain/api/routes.ts';
import { addDays, daysBetween } from '../../../../libs/domain/dates.ts';
import { isRefusal, refuse, type Refusal } from '../../../../libs/domain/refusal.ts';
import type { Call } from '../http/call.ts';
import { Handles } from '../http/handles.ts';
import { System } from '../system.ts';

/** How many moved deadlines a preview lists; all are counted. */
const LISTED = 200;

/** The working-day calendar, and what changing it would move. */
@Controller()
export class CalendarController {
  private readonly system: System;
  private readonly desk: Desk;

  constructor(system: System) {
    this.system = system;
    this.desk = createDesk({ db: system.db, catalogue: system.catalogue });
  }

  @Handles(routes.calendarYear)
  async year({ params: { year }, query }: Call<'calendarYear'>) {
    const table = await readYear(this.system.db, year, query.unit ?? '');
    if (!table) return { year, state: 'missing' as const, source: null, version: 0, off: [], makeUp: [], holidays: [], workdays: [] };
    return {
      year,
      state: table.official ? ('official' as const) : ('provisional' as const),
      source: table.source,
      version: table.version,
      off: table.off.flatMap(daysOf),
      makeUp: table.makeUp.map(({ on }) => on),
      holidays: table.off,
      workdays: table.makeUp,
    };
  }

  @Handles(routes.previewCalendar)
  async preview({ by, at, params: { year }, body: { unit, ...table } }: Call<'previewCalendar'>) {
    const refusal = await this.mayChange(by, unit, 'calendar.preview');
    if (refusal) return refusal;
    const found = await this.desk.previewCalendar({ table: { year, unitCode: unit, ...table }, at });
    if (isRefusal(found)) return found;
    const moves = found.moves.slice(0, LISTED).map(({ before, after, ...rest }) => ({
      ...rest,
      before: before?.toISOString() ?? null,
      after: after?.toISOString() ?? null,
    }));
    return { moves, moved: found.moves.length, reckoned: found.reckoned, more: found.more };
  }

  @Handles(routes.changeCalendar)
  async change({ by, params: { year }, body: { unit, reason, ...table } }: Call<'changeCalendar'>) {
    const refusal = await this.mayChange(by, unit, 'calendar.change');
    return refusal ?? this.desk.changeCalendar({ ...by, reason, table: { year, unitCode: unit, ...table } });
  }

  /** The administrator of the system over the unit; of the whole city for the State Council's tables. */
  private async mayChange(by: By, unit: string, verb: string): Promise<Refusal | null> {
    const { db } = this.system;
    const of = await db.unit.findFirst({ where: unit === '' ? { level: 'city', parentCode: null } : { code: unit, level: 'county' } });
    if (!of) return refuse('NotFound', { what: '这个区县' });
    const refusal = requirePost(by.actor, ['SYSTEM_ADMIN'], of.path, '修改工作日历');
    if (refusal) await recordRefusal(db, { ...by, origin: by.origin ?? '' }, verb, refusal, {});
    return refusal;
  }
}

/** Each day of a stretch. */
const daysOf = ({ from, to }: { from: string; to: string }): string[] =>
  Array.from({ length: daysBetween(from, to) + 1 }, (_, i) => addDays(from, i));
