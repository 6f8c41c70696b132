import { Controller } from '@nestjs/common';
import { routes } from '../../../../libs/domain/api/routes.ts';
import type { Call } from '../http/call.ts';
import { Handles } from '../http/handles.ts';
import { AppraisalService } from './appraisal.service.ts';

/** 年度考核: evaluations of one's part of the list, and the register of the year. */
@Controller()
export class AppraisalController {
  private readonly appraisal: AppraisalService;

  constructor(appraisal: AppraisalService) {
    this.appraisal = appraisal;
  }

  @Handles(routes.evaluationsTemplate)
  async template({ by, params }: Call<'evaluationsTemplate'>) {
    return this.appraisal.template(by, params.id);
  }

  @Handles(routes.checkEvaluations)
  async check({ by, params, file }: Call<'checkEvaluations'>) {
    return this.appraisal.check(by, params.id, file);
  }

  @Handles(routes.markEvaluations)
  async mark({ by, params, file }: Call<'markEvaluations'>) {
    return this.appraisal.mark(by, params.id, file);
  }

  @Handles(routes.recordEvaluations)
  async record({ by, params, file, fields }: Call<'recordEvaluations'>) {
    return this.appraisal.record(by, params.id, file, fields.goodRowsOnly === 'true');
  }

  @Handles(routes.appraisalRegister)
  async register({ by, params }: Call<'appraisalRegister'>) {
    return this.appraisal.register(by, params.id);
  }
}
