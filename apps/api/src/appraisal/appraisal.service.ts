import { Injectable } from '@nestjs/common';
import { recordRefusal, type Witnessed } from '../../../../libs/access/records.ts';
import { checkScores, markScores, recordScores } from '../../../../libs/appraisal/record-scores.ts';
import { scoresTemplate, yearRegister } from '../../../../libs/appraisal/workbooks.ts';
import type { DeskRoom } from '../../../../libs/desk/room.ts';
import { isRefusal, type Refusal } from '../../../../libs/domain/refusal.ts';
import { markedName } from '../../../../libs/workbooks/mark.ts';
import type { SentFile } from '../http/call.ts';
import { System } from '../system.ts';

/** Evaluations for the door: libs/appraisal decides whose they are and what each line comes to. */
@Injectable()
export class AppraisalService {
  private readonly system: System;
  private readonly room: DeskRoom;

  constructor(system: System) {
    this.system = system;
    this.room = { db: system.db, catalogue: system.catalogue };
  }

  async template(by: Witnessed, batchId: string) {
    const bytes = await scoresTemplate(this.room, { actor: by.actor, batchId });
    return isRefusal(bytes) ? this.refused(by, batchId, bytes) : { name: '测评汇总表.xlsx', bytes };
  }

  async check(by: Witnessed, batchId: string, file: SentFile) {
    const verdict = await checkScores(this.room, this.upload(by, batchId, file));
    return isRefusal(verdict) ? this.refused(by, batchId, verdict) : verdict;
  }

  async mark(by: Witnessed, batchId: string, file: SentFile) {
    const bytes = await markScores(this.room, this.upload(by, batchId, file));
    return isRefusal(bytes) ? this.refused(by, batchId, bytes) : { name: markedName(file.name), bytes };
  }

  async record(by: Witnessed, batchId: string, file: SentFile, goodRowsOnly: boolean) {
    const verdict = await recordScores(this.room, this.system.personKeys, { ...this.upload(by, batchId, file), goodRowsOnly });
    return isRefusal(verdict) ? this.refused(by, batchId, verdict) : verdict;
  }

  async register(by: Witnessed, batchId: string) {
    const bytes = await yearRegister(this.room, { actor: by.actor, batchId });
    return isRefusal(bytes) ? this.refused(by, batchId, bytes) : { name: '年度考核汇总表.xlsx', bytes };
  }

  private upload = (by: Witnessed, batchId: string, file: SentFile) => ({
    actor: by.actor,
    at: by.at,
    origin: by.origin,
    batchId,
    bytes: file.bytes,
    fileName: file.name,
  });

  /** What permission or state refused is recorded; that something is not there, or is no workbook, is not. */
  private async refused(by: Witnessed, batchId: string, refusal: Refusal): Promise<Refusal> {
    if (refusal.refused !== 'NotFound' && !refusal.refused.startsWith('Workbook'))
      await recordRefusal(this.system.db, by, 'appraisal.evaluate', refusal, { caseId: batchId });
    return refusal;
  }
}
