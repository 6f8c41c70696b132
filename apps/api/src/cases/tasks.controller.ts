import { Controller } from '@nestjs/common';
import { refusedOf } from '../../../../libs/desk/bulk.ts';
import type { By, Verdict } from '../../../../libs/desk/room.ts';
import { routes } from '../../../../libs/domain/api/routes.ts';
import { isRefusal, refusalText } from '../../../../libs/domain/refusal.ts';
import type { Call } from '../http/call.ts';
import { Handles } from '../http/handles.ts';
import { CasesService } from './cases.service.ts';

/** 待办 and the verbs on one task. */
@Controller()
export class TasksController {
  private readonly cases: CasesService;

  constructor(cases: CasesService) {
    this.cases = cases;
  }

  @Handles(routes.tasks)
  async list({ by, at, query }: Call<'tasks'>) {
    return this.cases.desk.tasksPage({ ...query, actor: by.actor, at });
  }

  @Handles(routes.task)
  async one({ by, params }: Call<'task'>) {
    return this.cases.task(by, params.id);
  }

  @Handles(routes.claim)
  async claim({ by, params }: Call<'claim'>) {
    return this.tell(by, await this.cases.desk.claim({ ...by, taskId: params.id }));
  }

  @Handles(routes.release)
  async release({ by, params }: Call<'release'>) {
    return this.tell(by, await this.cases.desk.release({ ...by, taskId: params.id }));
  }

  @Handles(routes.answer)
  async answer({ by, params, body }: Call<'answer'>) {
    return this.tell(by, await this.cases.desk.answer({ ...by, taskId: params.id, ...body }));
  }

  @Handles(routes.returnTask)
  async returnTask({ by, params, body }: Call<'returnTask'>) {
    return this.tell(by, await this.cases.desk.returnTask({ ...by, taskId: params.id, ...body }));
  }

  @Handles(routes.transfer)
  async transfer({ by, params, body }: Call<'transfer'>) {
    return this.tell(by, await this.cases.desk.transfer({ ...by, taskId: params.id, ...body }));
  }

  @Handles(routes.delegate)
  async delegate({ by, params, body }: Call<'delegate'>) {
    return this.tell(by, await this.cases.desk.delegate({ ...by, taskId: params.id, ...body }));
  }

  @Handles(routes.addSigner)
  async addSigner({ by, params, body }: Call<'addSigner'>) {
    return this.tell(by, await this.cases.desk.addSigner({ ...by, taskId: params.id, ...body }));
  }

  @Handles(routes.removeSigner)
  async removeSigner({ by, params, body }: Call<'removeSigner'>) {
    return this.tell(by, await this.cases.desk.removeSigner({ ...by, taskId: params.id, ...body }));
  }

  @Handles(routes.takeBack)
  async takeBack({ by, params, body }: Call<'takeBack'>) {
    return this.tell(by, await this.cases.desk.takeBack({ ...by, taskId: params.id, ...body }));
  }

  @Handles(routes.taskPeople)
  async people({ by, params, query }: Call<'taskPeople'>) {
    return this.cases.targets(by, params.id, query);
  }

  @Handles(routes.answerMany)
  async answerMany({ by, body }: Call<'answerMany'>) {
    const verdicts = await this.cases.desk.answerMany({ ...by, ...body });
    const refused = refusedOf(verdicts).map(({ taskId, refusal }) => ({ taskId, code: refusal.refused, text: refusalText(refusal) }));
    return { done: verdicts.length - refused.length, refused };
  }

  private async tell(by: By, done: Verdict) {
    return isRefusal(done) ? done : this.cases.acted(by.actor, by.at, done);
  }
}
