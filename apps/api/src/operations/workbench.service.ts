import { Injectable } from '@nestjs/common';
import { COUNT_CAP, nextWeek, workCounts } from '../../../../libs/desk/workbench.ts';
import type { Actor } from '../../../../libs/domain/roles.ts';
import { CasesService } from '../cases/cases.service.ts';
import { System } from '../system.ts';
import { IncidentsService } from './incidents.service.ts';

const TASKS = 8;
const STARTED = 6;
const COMING = 12;
const INCIDENTS = 5;

/** 工作台 in one answer: everything on it is the reader's own. */
@Injectable()
export class WorkbenchService {
  private readonly system: System;
  private readonly cases: CasesService;
  private readonly incidents: IncidentsService;

  constructor(system: System, cases: CasesService, incidents: IncidentsService) {
    this.system = system;
    this.cases = cases;
    this.incidents = incidents;
  }

  async page(actor: Actor, at: Date) {
    const { db } = this.system;
    const [counts, tasks, started, coming, incidents, incidentCount] = await Promise.all([
      workCounts(this.system, actor, at),
      this.cases.desk.tasksPage({ actor, at, box: 'open', limit: TASKS }),
      this.cases.desk.casesPage({ actor, at, box: 'started', status: 'running', limit: STARTED }),
      nextWeek(db, actor, at, COMING),
      this.incidents.page({ actor }, { limit: INCIDENTS, open: true }),
      this.incidents.count({ actor }, COUNT_CAP),
    ]);
    const all = { ...counts, incidents: incidentCount };
    return {
      counts: all,
      capped: Object.values(all).some((count) => count >= COUNT_CAP),
      tasks: tasks.items,
      started: started.items,
      nextWeek: coming,
      incidents: incidents.items.map(({ id, kind, title, safe, caseId, openedAt }) => ({ id, kind, title, safe, caseId, openedAt })),
    };
  }
}
