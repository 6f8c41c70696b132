import { Controller } from '@nestjs/common';
import type { By, Verdict } from '../../../../libs/desk/room.ts';
import { dateOf } from '../../../../libs/domain/dates.ts';
import { routes } from '../../../../libs/domain/api/routes.ts';
import { isRefusal } from '../../../../libs/domain/refusal.ts';
import type { Call } from '../http/call.ts';
import { Handles } from '../http/handles.ts';
import { CasesService } from './cases.service.ts';

/** Starting cases, and what people do with a case. */
@Controller()
export class CasesController {
  private readonly cases: CasesService;

  constructor(cases: CasesService) {
    this.cases = cases;
  }

  @Handles(routes.processes)
  async processes({ by }: Call<'processes'>) {
    return { items: this.cases.processes(by.actor) };
  }

  @Handles(routes.rehearse)
  async rehearse({ by, body }: Call<'rehearse'>) {
    return this.cases.rehearse(by, body);
  }

  @Handles(routes.startCase)
  async startCase({ by, body }: Call<'startCase'>) {
    return this.cases.start(by, body);
  }

  @Handles(routes.probationCandidates)
  async probationCandidates({ by, at }: Call<'probationCandidates'>) {
    return { on: dateOf(at), items: await this.cases.candidates(by.actor, at) };
  }

  @Handles(routes.startMany)
  async startMany({ by, body }: Call<'startMany'>) {
    return this.cases.startMany(by, body);
  }

  @Handles(routes.startJob)
  async startJob({ by, params }: Call<'startJob'>) {
    return this.cases.job(by, params.id);
  }

  @Handles(routes.cases)
  async list({ by, at, query }: Call<'cases'>) {
    return this.cases.desk.casesPage({ ...query, actor: by.actor, at });
  }

  @Handles(routes.case)
  async one({ by, params }: Call<'case'>) {
    return this.cases.one(by, params.id);
  }

  @Handles(routes.next)
  async next({ by, params, query }: Call<'next'>) {
    return this.cases.next(by, params.id, query.after);
  }

  @Handles(routes.withdraw)
  async withdraw({ by, params, body }: Call<'withdraw'>) {
    return this.tell(by, await this.cases.desk.withdraw({ ...by, caseId: params.id, ...body }));
  }

  @Handles(routes.declare)
  async declare({ by, params, body }: Call<'declare'>) {
    return this.tell(by, await this.cases.desk.declare({ ...by, caseId: params.id, event: params.event, ...body }));
  }

  @Handles(routes.comment)
  async comment({ by, params, body }: Call<'comment'>) {
    return this.tell(by, await this.cases.desk.comment({ ...by, caseId: params.id, ...body }));
  }

  @Handles(routes.attach)
  async attach({ by, params, file }: Call<'attach'>) {
    const done = await this.cases.desk.attach({ ...by, caseId: params.id, name: file.name, bytes: new Uint8Array(file.bytes) });
    return isRefusal(done) ? done : { id: done.id, sha256: done.sha256, version: done.version };
  }

  @Handles(routes.attachment)
  async attachment({ by, params }: Call<'attachment'>) {
    return this.cases.attachment(by, params.id, params.file);
  }

  private async tell(by: By, done: Verdict) {
    return isRefusal(done) ? done : this.cases.acted(by.actor, by.at, done);
  }
}
