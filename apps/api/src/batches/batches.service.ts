import { Injectable } from '@nestjs/common';
import { recordRefusal } from '../../../../libs/access/records.ts';
import { batchesFor, boardOf } from '../../../../libs/campaigns/board.ts';
import { joinBatch } from '../../../../libs/campaigns/join.ts';
import { createListJob, listJobProgress, type Selection } from '../../../../libs/campaigns/list-jobs.ts';
import { conversionView, peoplePage, type PeopleQuery } from '../../../../libs/campaigns/people-page.ts';
import { parseAnswer } from '../../../../libs/desk/answer.ts';
import type { ListAct } from '../../../../libs/desk/list-acts.ts';
import type { By, DeskRoom } from '../../../../libs/desk/room.ts';
import { isRefusal, refuse, type Refusal } from '../../../../libs/domain/refusal.ts';
import { System } from '../system.ts';

/** Batches for the door: the desk decides on each person, and records each refusal in their own chain. */
@Injectable()
export class BatchesService {
  private readonly room: DeskRoom;

  constructor(system: System) {
    this.room = { db: system.db, catalogue: system.catalogue };
  }

  list({ actor }: By) {
    return batchesFor(this.room, { actor });
  }

  async board(by: By, batchId: string) {
    return this.looked(by, batchId, await boardOf(this.room, { batchId, actor: by.actor, at: by.at }));
  }

  async people(by: By, batchId: string, query: Omit<PeopleQuery, 'batchId' | 'actor' | 'at'>) {
    return this.looked(by, batchId, await peoplePage(this.room, { ...query, batchId, actor: by.actor, at: by.at }));
  }

  /** A form that fits nobody is refused at once; whether each person may be decided on is for the job to see. */
  async act(by: By, batchId: string, { does, on }: { does: ListAct; on: Selection }) {
    const seen = await boardOf(this.room, { batchId, actor: by.actor, at: by.at });
    if (isRefusal(seen)) return this.looked(by, batchId, seen);
    if (seen.status !== 'running') return refuse('CaseEnded', {});
    if (does.act === 'decide') {
      const process = await this.room.db.case.findUniqueOrThrow({ where: { id: batchId }, select: { process: true } });
      const stage = this.room.catalogue[this.room.catalogue[process.process]!.people!]!.stages[does.stage];
      if (!stage) return refuse('NotFound', { what: '这个环节' });
      const parsed = parseAnswer(stage.answer, does.answer);
      if (isRefusal(parsed)) return parsed;
    }
    return createListJob(this.room, { batchId, does, on, actor: by.actor, at: by.at, requestKey: by.requestKey });
  }

  async job({ actor }: By, jobId: string) {
    return (await listJobProgress(this.room.db, jobId, actor.accountId)) ?? refuse('NotFound', { what: '这次批量办理' });
  }

  join(by: By, batchId: string, join: { personIds: string[]; reason: string }) {
    return joinBatch(this.room, { ...by, ...join, batchId });
  }

  async conversion(by: By, caseId: string) {
    return this.looked(by, caseId, await conversionView(this.room, { caseId, actor: by.actor }));
  }

  /** A look that was refused is recorded; that something is not there is nobody's secret. */
  private async looked<T>(by: By, caseId: string, seen: T | Refusal): Promise<T | Refusal> {
    if (isRefusal(seen) && seen.refused !== 'NotFound')
      await recordRefusal(this.room.db, { ...by, origin: by.origin ?? '' }, 'case.view', seen, { caseId });
    return seen;
  }
}
