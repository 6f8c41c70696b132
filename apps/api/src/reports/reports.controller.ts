import { Controller } from '@nestjs/common';
import { recordRefusal, type Witnessed } from '../../../../libs/access/records.ts';
import { routes } from '../../../../libs/domain/api/routes.ts';
import { dateOf, earlierOf, yearOf } from '../../../../libs/domain/dates.ts';
import { isRefusal, type Refusal } from '../../../../libs/domain/refusal.ts';
import { deedsOf } from '../../../../libs/reports/deeds.ts';
import { overdueAt } from '../../../../libs/reports/overdue.ts';
import { ratingsOf } from '../../../../libs/reports/ratings.ts';
import { reportScope, type ReportScope } from '../../../../libs/reports/scope.ts';
import { reportSheets } from '../../../../libs/reports/sheets.ts';
import { teamOn } from '../../../../libs/reports/team.ts';
import { timesOf } from '../../../../libs/reports/times.ts';
import { reportWorkbook } from '../../../../libs/reports/workbook.ts';
import type { Call } from '../http/call.ts';
import { Handles } from '../http/handles.ts';
import { System } from '../system.ts';

const unitOf = ({ code, name }: ReportScope) => ({ code, name });
/** The period of a report: up to today, and where none is asked for this year so far. */
const periodOf = (query: { from?: string | undefined; to?: string | undefined }, at: Date) => {
  const to = earlierOf(query.to ?? dateOf(at), dateOf(at));
  return { from: query.from ?? `${yearOf(to)}-01-01`, to };
};

/** Figures of one's own units and below. */
@Controller()
export class ReportsController {
  private readonly system: System;

  constructor(system: System) {
    this.system = system;
  }

  private async scope(by: Witnessed, unit: string | undefined): Promise<Refusal | ReportScope> {
    const { db } = this.system;
    const scope = await reportScope(db, by.actor, routes.reportTeam.access.roles, unit);
    if (isRefusal(scope)) await recordRefusal(db, by, 'report.read', scope);
    return scope;
  }

  @Handles(routes.reportTeam)
  async team({ by, at, query }: Call<'reportTeam'>) {
    const scope = await this.scope(by, query.unit);
    if (isRefusal(scope)) return scope;
    const on = query.on ?? dateOf(at);
    return { unit: unitOf(scope), on, ...(await teamOn(this.system.db, scope, on)) };
  }

  @Handles(routes.reportTimes)
  async times({ by, at, query }: Call<'reportTimes'>) {
    const scope = await this.scope(by, query.unit);
    if (isRefusal(scope)) return scope;
    const { catalogue, db } = this.system;
    const period = periodOf(query, at);
    const { missingYear, processes } = await timesOf(db, scope, period);
    const titled = processes.map(({ process, stages, ...all }) => ({
      process,
      title: catalogue[process]?.title ?? process,
      ...all,
      stages: stages.map(({ stage, ...one }) => ({ stage, title: catalogue[process]?.stages[stage]?.title ?? stage, ...one })),
    }));
    return { unit: unitOf(scope), ...period, missingYear, processes: titled };
  }

  @Handles(routes.reportOverdue)
  async overdue({ by, at, query }: Call<'reportOverdue'>) {
    const scope = await this.scope(by, query.unit);
    if (isRefusal(scope)) return scope;
    const desks = await overdueAt(this.system.db, scope, at);
    return {
      unit: unitOf(scope),
      at: at.toISOString(),
      desks: desks.map(({ oldestDueAt, ...desk }) => ({ ...desk, oldestDueAt: oldestDueAt && oldestDueAt.toISOString() })),
    };
  }

  @Handles(routes.reportRatings)
  async ratings({ by, query }: Call<'reportRatings'>) {
    const scope = await this.scope(by, query.unit);
    if (isRefusal(scope)) return scope;
    return { unit: unitOf(scope), ...(await ratingsOf(this.system.db, scope, query.year)) };
  }

  @Handles(routes.reportDeeds)
  async deeds({ by, at, query }: Call<'reportDeeds'>) {
    const scope = await this.scope(by, query.unit);
    if (isRefusal(scope)) return scope;
    const on = query.on ?? dateOf(at);
    return { unit: unitOf(scope), on, deeds: await deedsOf(this.system.db, this.system.catalogue, scope, on) };
  }

  @Handles(routes.reportWorkbook)
  async workbook({ by, at, query }: Call<'reportWorkbook'>) {
    const scope = await this.scope(by, query.unit);
    if (isRefusal(scope)) return scope;
    const period = periodOf(query, at);
    const sheets = await reportSheets(this.system.db, this.system.catalogue, scope, { on: query.on ?? dateOf(at), ...period, at });
    return { name: `${scope.name}报表.xlsx`, bytes: await reportWorkbook(sheets) };
  }
}
