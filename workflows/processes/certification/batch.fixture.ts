import { createDesk, type Desk } from '../../../libs/desk/desk.ts';
import { actOnList, type ListAct } from '../../../libs/desk/list-acts.ts';
import type { DeskRoom, Verdict } from '../../../libs/desk/room.ts';
import { addDays, dateOf, instantOf, type IsoDate } from '../../../libs/domain/dates.ts';
import { isRefusal, type RefusalCode } from '../../../libs/domain/refusal.ts';
import { openCase } from '../../../libs/openings/open-case.ts';
import { personAsOf } from '../../../libs/people/people.ts';
import { catalogue } from '../../catalogue.ts';
import { inviteCast, place, type Cast, type Officer, type Worker } from '../../../test/support/cast.ts';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { assertLedger } from '../../../test/support/invariants.ts';
import { posting } from '../../../test/support/announcement.ts';
import { ToldCases } from '../../../test/support/told-cases.ts';
import type { Story } from '../../core/story.ts';
import { conversionStory } from '../conversion/workflow.ts';
import { certificationStory } from './workflow.ts';

/** The second community of the cast's street. */
export const OTHER_COMMUNITY = '520602005006';

/** Everything that an officer says on a list, where nothing special is said. */
export const usual: Record<string, { who: Officer; answer: Record<string, unknown> }> = {
  survey: { who: 'secretary', answer: { verdict: 'verified' } },
  preliminary: { who: 'street', answer: { verdict: 'certified', opinion: '符合认定条件。' } },
  review: { who: 'countyOrg2', answer: { verdict: 'certified', opinion: '考察合格，同意。' } },
  computation: { who: 'countyOrg2', answer: { verdict: 'checked' } },
  approval: { who: 'countyOrg2', answer: { verdict: 'approved', opinion: '同意。' } },
  contract: { who: 'street', answer: { how: 'signed' } },
};

/** What a kind of batch is told by, and how its officers usually answer. */
export interface BatchKind {
  process: string;
  people: string;
  story: Story;
  personStory: Story;
  input: (unitCode: string, cutOffOn: IsoDate) => Record<string, unknown>;
  usual: Record<string, { who: Officer; answer: Record<string, unknown> }>;
  /** How units say that their part of a stage is done, where it is more than that. */
  done?: Record<string, Record<string, unknown>>;
}

const certificationKind: BatchKind = {
  process: 'certification',
  people: 'conversion',
  story: certificationStory,
  personStory: conversionStory,
  input: (unitCode, cutOffOn) => ({ unitCode, cutOffOn }),
  usual,
};

/** A batch at the real desk, its story and those of its people told in this process by a clock that the test sets. */
export class BatchHere {
  readonly room: DeskRoom;
  readonly desk: Desk;
  batchId = '';
  private readonly stories: ToldCases;
  otherSecretary = '';

  private constructor(
    readonly database: TestDatabase,
    readonly cast: Cast,
    public now: Date,
    readonly kind: BatchKind,
  ) {
    this.room = { db: database.db, catalogue };
    this.desk = createDesk(this.room);
    const stories = { [kind.process]: kind.story, [kind.people]: kind.personStory };
    this.stories = new ToldCases({ desk: this.desk, room: this.room, stories, now: () => this.now });
  }

  static async at(on: IsoDate, kind: BatchKind = certificationKind): Promise<BatchHere> {
    const database = await freshDatabase();
    const now = instantOf(on, '09:30');
    const here = new BatchHere(database, await inviteCast(database.db, now), now, kind);
    here.otherSecretary = await here.cast.appoint('COMMUNITY_SECRETARY', OTHER_COMMUNITY, '党组织书记');
    return here;
  }

  get db() {
    return this.database.db;
  }
  get today(): IsoDate {
    return dateOf(this.now);
  }
  close = () => this.database.close();

  /** Workers of the usual community (or another), years before the batch. */
  worker(of: { community?: string; joinedOn?: IsoDate; also?: Parameters<Cast['worker']>[0]['also'] } = {}): Promise<Worker> {
    const { joinedOn = '2020-03-02', ...rest } = of;
    return this.cast.worker({ startedOn: joinedOn, ...rest });
  }

  async open(unitCode: string = place.street, cutOffOn: IsoDate = addDays(this.today, -30)): Promise<void> {
    const by = await this.cast.by(this.cast.ids.countyOrg, this.now);
    const started = await this.db.$transaction((tx) =>
      openCase(tx, { desk: this.desk, catalogue }, { process: this.kind.process, input: this.kind.input(unitCode, cutOffOn), ...by }),
    );
    if (isRefusal(started)) throw new Error(JSON.stringify(started));
    this.batchId = started.caseId;
    await this.goOn();
  }

  /** The batch's own story. */
  get batch() {
    return this.stories.get(this.batchId)!;
  }
  /** Cases of people that have a story. */
  get told(): string[] {
    return this.stories.ids().filter((id) => id !== this.batchId);
  }
  storyOf = (caseId: string) => this.stories.get(caseId)!;
  /** Cases whose stories hear nothing, as behind a long queue. */
  get slow(): Set<string> {
    return this.stories.silent;
  }

  goOn = () => this.stories.goOn();

  /** The clock stands on a day; every timer that has come is heard. */
  async until(on: IsoDate, time = '10:00'): Promise<void> {
    this.now = instantOf(on, time);
    await this.stories.wake();
  }

  async caseOf({ personId }: Worker): Promise<string> {
    const item = await this.db.batchItem.findUniqueOrThrow({ where: { batchId_personId: { batchId: this.batchId, personId } } });
    return item.caseId;
  }

  private tick() {
    this.now = new Date(this.now.getTime() + 1_000);
  }

  /** An act on the list by an officer; the refusals, by person's case. */
  async onList(who: string, does: ListAct, workers: readonly Worker[] | 'all'): Promise<Map<string, RefusalCode | null>> {
    const items = await this.db.batchItem.findMany({ where: { batchId: this.batchId }, select: { caseId: true } });
    const caseIds = workers === 'all' ? items.map(({ caseId }) => caseId) : await Promise.all(workers.map((worker) => this.caseOf(worker)));
    const by = await this.cast.by(this.cast.ids[who as Officer] ?? who, this.now);
    const verdicts = await this.db.$transaction((tx) => actOnList(tx, this.room, { ...by, batchId: this.batchId, caseIds, does }));
    this.tick();
    await this.goOn();
    return new Map([...verdicts].map(([id, refusal]) => [id, refusal?.refused ?? null]));
  }

  async refusalOf(who: string, does: ListAct, worker: Worker): Promise<RefusalCode | null> {
    return (await this.onList(who, does, [worker])).get(await this.caseOf(worker))!;
  }

  /** Somebody answers their open task at a stage: of the batch, or of a person's case. */
  async answers(stage: string, who: string, answer: Record<string, unknown>, caseId = this.batchId): Promise<RefusalCode | null> {
    const by = await this.cast.by(this.cast.ids[who as Officer] ?? who, this.now);
    const tasks = await this.db.task.findMany({ where: { caseId, stage, status: 'open' }, orderBy: { listUnit: 'asc' } });
    const mine = tasks.find(
      ({ assigneeId, audienceRole, audienceUnit }) =>
        assigneeId === by.actor.accountId ||
        by.actor.posts.some(({ role, unitCode }) => role === audienceRole && unitCode === audienceUnit),
    );
    if (!mine)
      throw new Error(
        `${who} has nothing at ${stage}; open: ${JSON.stringify(tasks.map(({ audienceRole, audienceUnit }) => [audienceRole, audienceUnit]))}`,
      );
    return this.accepted(await this.desk.answer({ ...by, taskId: mine.id, answer }));
  }

  private async accepted(verdict: Verdict<unknown>): Promise<RefusalCode | null> {
    this.tick();
    await this.goOn();
    return isRefusal(verdict) ? verdict.refused : null;
  }

  /** Returns a person's task to an earlier stage. */
  async returns(stage: string, who: string, to: string, caseId: string): Promise<RefusalCode | null> {
    const by = await this.cast.by(who, this.now);
    const task = await this.db.task.findFirstOrThrow({ where: { caseId, stage, status: 'open' } });
    return this.accepted(await this.desk.returnTask({ ...by, taskId: task.id, to, reason: '工龄算少了两年，请核对。', then: 'through' }));
  }

  async declares(who: string, event: string, answer: Record<string, unknown>, caseId: string): Promise<RefusalCode | null> {
    const by = await this.cast.by(this.cast.ids[who as Officer] ?? who, this.now);
    return this.accepted(await this.desk.declare({ ...by, caseId, event, answer }));
  }

  /** The usual officers decide on whoever is open on the list, and their units say that they are done. */
  async listPasses(stage: string): Promise<void> {
    const { who, answer } = this.kind.usual[stage]!;
    const officers = stage === 'survey' ? [who, this.otherSecretary] : [who];
    for (const officer of officers)
      await this.onList(
        officer,
        { act: 'decide', stage, answer: stage === 'contract' ? { ...answer, signedOn: this.today } : answer },
        'all',
      );
    for (;;) {
      const open = await this.db.task.findMany({ where: { caseId: this.batchId, stage, status: 'open' } });
      if (open.length === 0) return;
      const [task] = open;
      const by =
        {
          COMMUNITY_SECRETARY: task!.audienceUnit === OTHER_COMMUNITY ? this.otherSecretary : who,
          STREET_HR: 'street',
          STREET_PARTY_COMMITTEE: 'chair',
        }[task!.audienceRole!] ?? 'countyOrg2';
      const refused = await this.answers(stage, by, this.kind.done?.[stage] ?? { done: 'done' });
      if (refused) throw new Error(`${stage}: ${refused}`);
    }
  }

  confirms = (worker: Worker, caseId?: string): Promise<RefusalCode | null> =>
    this.caseOf(worker).then((id) => this.answers('confirm', worker.accountId, { confirmed: 'yes' }, caseId ?? id));

  /** The batch from where it stands up to the opening of a stage, with these workers confirming. */
  async goesOnTo(stage: string, confirming: readonly Worker[]): Promise<void> {
    for (;;) {
      const open = await this.db.stageRun.findFirst({ where: { caseId: this.batchId, status: 'open' } });
      if (!open || open.stage === stage) return;
      if (this.kind.usual[open.stage]) await this.listPasses(open.stage);
      else if (open.stage === 'confirm') {
        for (const worker of confirming) await this.confirms(worker);
        await this.must('confirm', 'countyOrg2');
      } else if (open.stage === 'notice') {
        await this.must('notice', 'countyOrg2', posting);
        await this.noticeEnds();
      } else if (open.stage === 'filing') await this.must('filing', 'cityOrg', { filed: 'filed' });
      else await this.must(open.stage, 'countyOrg2');
    }
  }

  /** The clock goes on to the end of the notice that is posted, and the story with it. */
  async noticeEnds(caseId = this.batchId): Promise<void> {
    const run = await this.db.stageRun.findFirstOrThrow({ where: { caseId, stage: 'notice', status: 'open' } });
    this.now = run.dueAt!;
    await this.stories.wake();
    this.tick();
  }

  async must(stage: string, who: string, answer: Record<string, unknown> = { done: 'done' }, caseId = this.batchId): Promise<void> {
    const refused = await this.answers(stage, who, answer, caseId);
    if (refused) throw new Error(`${stage}: ${refused}`);
  }

  /** What stands in the record about a worker on a day. */
  async recordOn(worker: Worker, on: IsoDate) {
    return (await personAsOf(this.db, worker.personId, on))!.inForce;
  }

  async outcomeOf(worker: Worker): Promise<string | null> {
    return (await this.db.case.findUniqueOrThrow({ where: { id: await this.caseOf(worker) } })).outcome;
  }

  /** No invariant of the desk is broken in the batch or in any person's case, and the ledger verifies. */
  async sound(): Promise<void> {
    expect(await this.stories.faults()).toEqual([]);
    await assertLedger(this.db);
  }
}
