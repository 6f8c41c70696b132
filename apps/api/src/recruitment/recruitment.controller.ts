import { Controller } from '@nestjs/common';
import { recordRefusal, type Witnessed } from '../../../../libs/access/records.ts';
import { routes } from '../../../../libs/domain/api/routes.ts';
import { isRefusal, type Refusal } from '../../../../libs/domain/refusal.ts';
import { applicationPaper, batchPaper } from '../../../../libs/recruitment/papers.ts';
import { registerOf } from '../../../../libs/recruitment/registers.ts';
import { checkUpload, confirmUpload, markedUpload, readUpload, uploadsOf } from '../../../../libs/recruitment/uploads.ts';
import type { Call } from '../http/call.ts';
import { Handles } from '../http/handles.ts';
import { System } from '../system.ts';

/** 招聘批次 for its officers: workbooks, registers, papers. */
@Controller()
export class RecruitmentController {
  private readonly system: System;

  constructor(system: System) {
    this.system = system;
  }

  @Handles(routes.checkRecruitment)
  async check({ by, params, file, fields }: Call<'checkRecruitment'>) {
    const input = { ...by, batchId: params.id, kind: fields.kind, bytes: file.bytes, fileName: file.name };
    return this.told(by, 'recruitment.check', params.id, await checkUpload(this.system, this.system.personKeys, input));
  }

  @Handles(routes.recruitmentUploads)
  async uploads({ by, params }: Call<'recruitmentUploads'>) {
    const items = await uploadsOf(this.system, { batchId: params.id, actor: by.actor });
    return this.told(by, 'recruitment.view', params.id, isRefusal(items) ? items : { items });
  }

  @Handles(routes.recruitmentUpload)
  async upload({ by, params }: Call<'recruitmentUpload'>) {
    return this.told(by, 'recruitment.view', params.id, await readUpload(this.system, { id: params.id, actor: by.actor }));
  }

  @Handles(routes.confirmRecruitment)
  async confirm({ by, params, body }: Call<'confirmRecruitment'>) {
    const { goodRowsOnly, reason } = body;
    const input = { ...by, id: params.id, goodRowsOnly, ...(reason && { reason }) };
    return this.told(by, 'recruitment.confirm', params.id, await confirmUpload(this.system, this.system.personKeys, input));
  }

  @Handles(routes.markedRecruitment)
  async marked({ by, params }: Call<'markedRecruitment'>) {
    const found = await markedUpload(this.system, this.system.personKeys, { id: params.id, actor: by.actor });
    return this.told(by, 'recruitment.view', params.id, found);
  }

  @Handles(routes.recruitmentRegister)
  async register({ by, params }: Call<'recruitmentRegister'>) {
    const found = await registerOf(this.system.db, { batchId: params.id, kind: params.kind, ...by });
    return this.told(by, 'recruitment.register', params.id, found);
  }

  @Handles(routes.recruitmentPaper)
  async paper({ by, params, query }: Call<'recruitmentPaper'>) {
    const found = await batchPaper(this.system.db, { batchId: params.id, paper: params.paper, format: query.format, ...by });
    return this.told(by, 'recruitment.paper', params.id, found);
  }

  @Handles(routes.applicationPaper)
  async applicationPaper({ by, params, query }: Call<'applicationPaper'>) {
    const found = await applicationPaper(this.system.db, { caseId: params.id, paper: params.paper, format: query.format, ...by });
    return this.told(by, 'recruitment.paper', params.id, found);
  }

  /** What an officer was refused is recorded; that it is not there, or is no workbook, is not. */
  private async told<T>(by: Witnessed, verb: string, about: string, answer: T | Refusal): Promise<T | Refusal> {
    if (isRefusal(answer) && !/^(NotFound$|Workbook)/.test(answer.refused))
      await recordRefusal(this.system.db, by, verb, answer, { detail: { about } });
    return answer;
  }
}
