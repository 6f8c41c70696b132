import { Injectable } from '@nestjs/common';
import type { Desk } from '../../../../libs/desk/desk.ts';
import { createDesk } from '../../../../libs/desk/desk.ts';
import { isOutside, isStageForOutside } from '../../../../libs/desk/outside.ts';
import { hasPart } from '../../../../libs/desk/reach.ts';
import type { By } from '../../../../libs/desk/room.ts';
import type { Purpose } from '../../../../libs/desk/targets.ts';
import { calendarOf } from '../../../../libs/desk/when.ts';
import { dateOf } from '../../../../libs/domain/dates.ts';
import { isRefusal, refuse, type Refusal } from '../../../../libs/domain/refusal.ts';
import { roleTitles, type Actor } from '../../../../libs/domain/roles.ts';
import { starterSeat } from '../../../../libs/desk/start.ts';
import { recordRefusal } from '../../../../libs/access/records.ts';
import { probationCandidates } from '../../../../libs/openings/candidates.ts';
import { foreseenChanges } from '../../../../libs/openings/foreseen.ts';
import { openCase, openingOf } from '../../../../libs/openings/open-case.ts';
import { createStartJob, startJobProgress } from '../../../../libs/openings/start-jobs.ts';
import { System } from '../system.ts';
import { CaseChanges } from './case-changes.ts';
import { Stories } from './stories.ts';

// How long `next` is held open for a change that is under way.
const HOLD_MS = 400;

/** Cases and tasks for the door: the desk decides who may, and records refusals in the act's own transaction. */
@Injectable()
export class CasesService {
  readonly desk: Desk;
  private readonly system: System;
  private readonly stories: Stories;
  private readonly changes: CaseChanges;

  constructor(system: System, stories: Stories, changes: CaseChanges) {
    this.system = system;
    this.stories = stories;
    this.changes = changes;
    this.desk = createDesk({ db: system.db, catalogue: system.catalogue });
  }

  processes(actor: Actor) {
    // a person of a batch is started by the batch, an objection by its notice
    const startable = Object.values(this.system.catalogue).filter(({ ofBatch, caused }) => !ofBatch && !caused);
    return startable.map(({ name, title, summary, takes, laws, startedBy }) => {
      const seat = starterSeat(actor, { name, startedBy }, null);
      return {
        name,
        title,
        summary,
        takes,
        laws: [...laws],
        mayStart: seat !== null,
        inStead: seat?.principal?.name ?? null,
        why: seat ? null : `由${startedBy.map((role) => roleTitles[role]).join('、')}发起`,
      };
    });
  }

  start(by: By, start: { process: string; input: Record<string, unknown> }) {
    return this.system.db.$transaction((tx) => openCase(tx, { desk: this.desk, catalogue: this.system.catalogue }, { ...by, ...start }));
  }

  candidates(actor: Actor, at: Date) {
    return probationCandidates(this.system.db, this.system.catalogue, { actor, on: dateOf(at) });
  }

  async startMany(
    { actor, at, requestKey }: By,
    { process, items }: { process: string; items: { key: string; input: Record<string, unknown> }[] },
  ) {
    if (!this.system.catalogue[process] || this.system.catalogue[process].caused) return refuse('NotFound', { what: '这种流程' });
    return createStartJob(this.system.db, { process, items, actor, at, requestKey });
  }

  async job({ actor }: By, id: string) {
    return (await startJobProgress(this.system.db, id, actor.accountId)) ?? refuse('NotFound', { what: '这个批次' });
  }

  /** Tells the real story to a clock of its own: nothing is started and nobody is asked. */
  async rehearse({ actor, at, origin }: By, { process, input }: { process: string; input: Record<string, unknown> }) {
    const opening = await openingOf(this.system.db, this.system.catalogue, { process, input, actor, at });
    if (isRefusal(opening)) {
      await recordRefusal(this.system.db, { actor, at, origin: origin ?? '' }, 'case.rehearse', opening, { detail: { process } });
      return opening;
    }
    const calendar = await calendarOf(this.system.db as never, opening.unitCode);
    const rehearsed = await this.stories.rehearse({
      process,
      input: opening.storyInput,
      pinned: opening.pinned,
      calendar,
      at: at.toISOString(),
    });
    if (isRefusal(rehearsed)) return rehearsed;
    const lastDay = rehearsed.dates.find(({ kind }) => kind === 'legal')?.on;
    const notes = [
      ...(rehearsed.dates.some(({ kind, on }) => kind === 'stage' && on === lastDay)
        ? ['时间已紧：按各环节用满时限，有的环节要到最后一天才能办结，请提前安排。']
        : []),
      ...(rehearsed.dates.some(({ unknown }) => unknown) ? ['有的年份工作日历还没有导入，相关期限待定；现在仍可发起。'] : []),
      ...(rehearsed.dates.some(({ tentative }) => tentative) ? ['标“暂定”的日期按推算的日历计算，正式放假安排公布后自动重算。'] : []),
    ];
    return {
      dates: rehearsed.dates,
      outcome: this.system.catalogue[process]!.outcomes[rehearsed.outcome]?.title ?? rehearsed.outcome,
      notes,
    };
  }

  async task(by: By, taskId: string) {
    const { actor, at } = by;
    const view = await this.desk.taskView({ actor, at, taskId });
    if (isRefusal(view)) return this.looked(by, 'task.view', view, { detail: { taskId } });
    if (view.status === 'open') await this.desk.noteRead({ actor, at, taskId });
    const { personId: _, ...task } = view;
    const changes =
      task.status === 'open'
        ? await foreseenChanges(this.system.db, this.system.catalogue, { caseId: task.caseId, stage: task.stage, on: dateOf(at) })
        : [];
    return { ...task, changes };
  }

  /** Whom a task may be handed to. */
  async targets(by: By, taskId: string, { for: purpose, q }: { for: Purpose; q: string }) {
    const items = await this.desk.targetsOf({ taskId, actor: by.actor, at: by.at, purpose, q });
    return isRefusal(items) ? this.looked(by, 'task.view', items, { detail: { taskId } }) : { items };
  }

  async one(by: By, caseId: string) {
    const view = await this.desk.caseView({ caseId, actor: by.actor, at: by.at });
    return isRefusal(view) ? this.looked(by, 'case.view', view, { caseId }) : view;
  }

  /** To whom this person may give the case to read; that they may give it to nobody is on record as every look that was refused. */
  async readersToChoose(by: By, caseId: string, q: string | undefined) {
    const items = await this.desk.readersToChoose({ caseId, actor: by.actor, at: by.at, ...(q && { q }) });
    return isRefusal(items) ? this.looked(by, 'case.copy', items, { caseId }) : { items };
  }

  /** The case as it stands, as soon as it has moved beyond a version, and after 400 ms in any case. */
  async next(by: By, caseId: string, after: number) {
    const { actor, at } = by;
    const waited = this.changes.beyond(caseId, after, HOLD_MS);
    const now = await this.desk.nextAfter({ actor, at, caseId });
    if (isRefusal(now) || now.version > after) {
      waited.forget();
      return isRefusal(now) ? this.looked(by, 'case.view', now, { caseId }) : now;
    }
    await waited.moved;
    return this.desk.nextAfter({ actor, at, caseId });
  }

  async attachment(by: By, caseId: string, id: string) {
    const { db } = this.system;
    const of = await db.case.findUnique({ where: { id: caseId }, select: { process: true } });
    if (!of) return refuse('NotFound', { what: '这一办件' });
    const row = await db.attachment.findFirst({ where: { id, caseId } });
    const hidden = isOutside(by.actor) && row !== null && !isStageForOutside(this.system.catalogue[of.process], row.stage);
    if (hidden || !(await hasPart(db, caseId, by.actor))) return this.looked(by, 'case.view', refuse('NotYourCase'), { caseId });
    const content = row && (await db.fileContent.findUnique({ where: { sha256: row.sha256 } }));
    return content ? { name: row.name, bytes: content.bytes } : refuse('NotFound', { what: '这个附件' });
  }

  /** A look that was refused is recorded; that something is not there is nobody's secret. */
  private async looked(by: By, verb: string, refusal: Refusal, about: { caseId?: string; detail?: object }): Promise<Refusal> {
    if (refusal.refused !== 'NotFound') await recordRefusal(this.system.db, { ...by, origin: by.origin ?? '' }, verb, refusal, about);
    return refusal;
  }

  /** The version and the actor's next task, right after an act: no list lags behind one's own click. */
  async acted(actor: Actor, at: Date, done: { caseId: string; version: number }) {
    const now = await this.desk.nextAfter({ actor, at, caseId: done.caseId });
    return { caseId: done.caseId, version: done.version, nextTaskId: isRefusal(now) ? null : (now.taskIds[0] ?? null) };
  }
}
