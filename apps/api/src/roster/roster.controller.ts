import { Controller } from '@nestjs/common';
import { routes } from '../../../../libs/domain/api/routes.ts';
import { dateOf } from '../../../../libs/domain/dates.ts';
import { rosterTemplate } from '../../../../libs/roster/template.ts';
import type { Call } from '../http/call.ts';
import { Handles } from '../http/handles.ts';
import { RosterService } from './roster.service.ts';

/** 导入: upload, dry run, mend, confirm, undo. */
@Controller()
export class RosterController {
  private readonly roster: RosterService;

  constructor(roster: RosterService) {
    this.roster = roster;
  }

  @Handles(routes.rosterTemplate)
  async template({ at }: Call<'rosterTemplate'>) {
    return { name: '社区工作者花名册模板.xlsx', bytes: await rosterTemplate(dateOf(at)) };
  }

  @Handles(routes.rosterImports)
  async list({ by, query }: Call<'rosterImports'>) {
    return this.roster.list(by, query);
  }

  @Handles(routes.checkRoster)
  async check({ by, file, fields }: Call<'checkRoster'>) {
    return this.roster.check(by, file, fields.mapping);
  }

  @Handles(routes.rosterImport)
  async one({ by, params }: Call<'rosterImport'>) {
    return this.roster.one(by, params.id);
  }

  @Handles(routes.rosterFaults)
  async faults({ by, params, query }: Call<'rosterFaults'>) {
    return this.roster.faults(by, params.id, query);
  }

  @Handles(routes.rosterRows)
  async rows({ by, params, query }: Call<'rosterRows'>) {
    return this.roster.rows(by, params.id, query);
  }

  @Handles(routes.rosterCorrections)
  async corrections({ by, params, query }: Call<'rosterCorrections'>) {
    return this.roster.corrections(by, params.id, query);
  }

  @Handles(routes.rosterExcerpt)
  async excerpt({ by, params, query }: Call<'rosterExcerpt'>) {
    return this.roster.excerpt(by, params.id, query.row);
  }

  @Handles(routes.remapRoster)
  async remap({ by, params, body }: Call<'remapRoster'>) {
    return this.roster.remap(by, params.id, body);
  }

  @Handles(routes.teachRoster)
  async teach({ by, params, body }: Call<'teachRoster'>) {
    return this.roster.teach(by, params.id, body);
  }

  @Handles(routes.confirmRoster)
  async confirm({ by, params, body }: Call<'confirmRoster'>) {
    return this.roster.confirm(by, params.id, body.goodRowsOnly);
  }

  @Handles(routes.undoRoster)
  async undo({ by, params, body }: Call<'undoRoster'>) {
    return this.roster.undo(by, params.id, body.reason);
  }

  @Handles(routes.discardRoster)
  async discard({ by, params }: Call<'discardRoster'>) {
    return this.roster.discard(by, params.id);
  }

  @Handles(routes.markedRoster)
  async marked({ by, params }: Call<'markedRoster'>) {
    return this.roster.marked(by, params.id);
  }
}
