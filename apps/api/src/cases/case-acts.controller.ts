import { Controller } from '@nestjs/common';
import type { By, Verdict } from '../../../../libs/desk/room.ts';
import { routes } from '../../../../libs/domain/api/routes.ts';
import { isRefusal } from '../../../../libs/domain/refusal.ts';
import type { Call } from '../http/call.ts';
import { Handles } from '../http/handles.ts';
import { CasesService } from './cases.service.ts';

/** The verbs on a case as a whole: 挂起、恢复、撤销、催办、抄送、申请回避. */
@Controller()
export class CaseActsController {
  private readonly cases: CasesService;

  constructor(cases: CasesService) {
    this.cases = cases;
  }

  @Handles(routes.hold)
  async hold({ by, params, body }: Call<'hold'>) {
    return this.tell(by, await this.cases.desk.hold({ ...by, caseId: params.id, ...body }));
  }

  @Handles(routes.resume)
  async resume({ by, params, body }: Call<'resume'>) {
    return this.tell(by, await this.cases.desk.resume({ ...by, caseId: params.id, ...body }));
  }

  @Handles(routes.cancel)
  async cancel({ by, params, body }: Call<'cancel'>) {
    return this.tell(by, await this.cases.desk.cancel({ ...by, caseId: params.id, ...body }));
  }

  @Handles(routes.urge)
  async urge({ by, params, body }: Call<'urge'>) {
    return this.tell(by, await this.cases.desk.urge({ ...by, taskId: params.id, ...body }));
  }

  @Handles(routes.recuse)
  async recuse({ by, params, body }: Call<'recuse'>) {
    return this.tell(by, await this.cases.desk.recuse({ ...by, caseId: params.id, ...body }));
  }

  @Handles(routes.copy)
  async copy({ by, params, body }: Call<'copy'>) {
    return this.tell(by, await this.cases.desk.copy({ ...by, caseId: params.id, ...body }));
  }

  @Handles(routes.readersToChoose)
  async readersToChoose({ by, params, query }: Call<'readersToChoose'>) {
    return this.cases.readersToChoose(by, params.id, query.q);
  }

  @Handles(routes.copies)
  async copies({ by, at, query: { box, ...page } }: Call<'copies'>) {
    return this.cases.desk.copiesPage({ ...page, actor: by.actor, at, unread: box === 'unread' });
  }

  private async tell(by: By, done: Verdict) {
    return isRefusal(done) ? done : this.cases.acted(by.actor, by.at, done);
  }
}
