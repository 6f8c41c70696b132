import { committee, inviteCast, type Cast, type Officer, type Worker } from '../../../test/support/cast.ts';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { assertLedger } from '../../../test/support/invariants.ts';
import { ToldCases } from '../../../test/support/told-cases.ts';
import { createDesk, type Desk } from '../../../libs/desk/desk.ts';
import type { DeskRoom, Verdict } from '../../../libs/desk/room.ts';
import { addDays, dateOf, instantOf, type IsoDate } from '../../../libs/domain/dates.ts';
import type { Employment } from '../../../libs/domain/person.ts';
import type { Rating } from '../../../libs/domain/person-words.ts';
import { isRefusal, refusalText } from '../../../libs/domain/refusal.ts';
import { openCase } from '../../../libs/openings/open-case.ts';
import { recordRating } from '../../../libs/openings/record-rating.ts';
import { addFact } from '../../../libs/people/facts.ts';
import { personAsOf } from '../../../libs/people/people.ts';
import { catalogue } from '../../catalogue.ts';
import { dismissalStory } from './workflow.ts';

// For tests: the desk and the stories of dismissal over one clock that the test sets.

type Who = Officer | 'self';
const free = { employmentForm: 'LABOUR', shield: 'none', elected: 'no', unionOfficer: 'no', findings: '谈话记录、培训签到和复查表齐全。' };

/** What the usual people say at a stage on a day. 7 years and 3 months at 4,000 yuan, the end on 2027-03-12. */
export const usual: Record<string, { who: readonly Who[]; answer: (on: IsoDate) => Record<string, unknown> }> = {
  warning: {
    who: ['street'],
    answer: (on) => ({
      talkedOn: on,
      talkedBy: '街道副主任、帮带导师',
      matters: '全年入户走访完成率三成，三次未按时报送台账。',
      plan: '六月底前入户走访完成率达到八成，台账每周报送。',
      signature: 'signed',
    }),
  },
  training: {
    who: ['street'],
    answer: (on) => ({
      measure: 'training',
      fromOn: on,
      toOn: addDays(on, 30),
      content: '网格业务培训二十四学时，结业考试。',
      evidence: '签到表、试卷。',
    }),
  },
  midyear: { who: ['street'], answer: () => ({ carriedOut: 'yes', progress: 'not', findings: '走访完成率四成，台账仍然缺报。' }) },
  eligibility: { who: ['street'], answer: () => free },
  legal: { who: ['countyHr'], answer: () => ({ result: 'proceed', opinion: '两个年度考核结果、培训和复查证据齐全。' }) },
  proposal: {
    who: ['street'],
    answer: () => ({
      facts: '两个年度考核均为不合格，经二十四学时培训，走访完成率仍只有四成。',
      reasons: '不能胜任工作，经过培训仍不能胜任工作。',
    }),
  },
  statement: { who: ['self'], answer: () => ({ wish: 'states', statement: '家里有老人生病，耽误了走访。' }) },
  union: { who: ['union'], answer: () => ({ stance: 'noObjection', opinion: '程序合规，没有异议。' }) },
  unionReply: { who: ['street'], answer: () => ({ result: 'maintained', reply: '已逐条研究，证据充分，维持原意见。' }) },
  committee: { who: committee.slice(0, 4), answer: () => ({ result: 'pass', opinion: '同意。' }) },
  county: { who: ['countyOrg'], answer: () => ({ result: 'filed', opinion: '同意备案。' }) },
  service: {
    who: ['street'],
    answer: (on) => ({
      how: 'notice',
      servedOn: on,
      endsOn: addDays(on, 30),
      way: 'inPerson',
      proof: '本人当面签收送达回证。',
      rechecked: 'yes',
    }),
  },
  handover: {
    who: ['street'],
    answer: (on) => ({ handedOn: on, receiver: '网格长', items: '台账、钥匙、印章。', paidOn: on, proof: '银行回单。' }),
  },
  certificate: { who: ['street'], answer: (on) => ({ issuedOn: on, transferredOn: on }) },
  archive: { who: ['street'], answer: (on) => ({ archivedOn: on, place: '锦江街道档案室 2027-05' }) },
};
export const owed = {
  employmentForm: 'LABOUR',
  startedOn: '2020-01-06',
  paidMonths: 12,
  paidTotal: '48000',
  cityAverage: '6500',
  minimumWage: '1890',
  lastMonthPay: '4100.50',
  severance: '30000',
  inLieu: '0',
};

/** Hired on 2025-01-06, formal since July; the first failing rating is final on 2026-01-20. */
export class WatchHere {
  readonly room: DeskRoom;
  readonly desk: Desk;
  private readonly stories: ToldCases;

  private constructor(
    readonly database: TestDatabase,
    readonly cast: Cast,
    public now: Date,
  ) {
    this.room = { db: database.db, catalogue };
    this.desk = createDesk(this.room);
    this.stories = new ToldCases({ desk: this.desk, room: this.room, stories: { dismissal: dismissalStory }, now: () => this.now });
  }

  static async at(on: IsoDate = '2026-01-20'): Promise<WatchHere> {
    const database = await freshDatabase({ connections: 6 });
    const now = instantOf(on, '09:30');
    return new WatchHere(database, await inviteCast(database.db, now, { years: 8 }), now);
  }

  get db() {
    return this.database.db;
  }
  get today(): IsoDate {
    return dateOf(this.now);
  }
  close = () => this.database.close();

  async worker(of: Partial<Parameters<Cast['worker']>[0]> = {}): Promise<Worker> {
    const worker = await this.cast.worker({ startedOn: '2025-01-06', ...of });
    const value: Employment = { status: 'formal', postTitle: '社区专职工作人员', post: 5, joinedOn: '2020-01-06' };
    const fact = { personId: worker.personId, fromOn: '2025-07-06', unitCode: of.community ?? '520602005005', ground: 'test' };
    await this.db.$transaction((tx) => addFact(tx, { ...fact, kind: 'employment', value }, new Date('2025-07-06T02:00:00Z')));
    return worker;
  }

  /** A county's officer records a final rating, by default of today. */
  async rates({ personId }: Worker, year: number, rating: Rating, { finalOn = this.today, who = 'countyOrg2' as Officer } = {}) {
    const by = await this.cast.by(this.cast.ids[who], this.now);
    const given = { personId, year, rating, finalOn, documentNo: `碧组考〔${year}〕8号` };
    const recorded = await this.db.$transaction((tx) => recordRating(tx, this.room, { ...given, ...by }));
    if (isRefusal(recorded)) throw new Error(refusalText(recorded));
    await this.tick();
    return recorded.cases;
  }

  /** A watch that the first failing year has started. */
  async watched(of: Parameters<WatchHere['worker']>[0] = {}): Promise<Watch> {
    const worker = await this.worker(of);
    const [started] = await this.rates(worker, 2025, 'failed');
    return new Watch(this, started!.caseId, worker);
  }

  /** Started by hand, as for ratings that came with the roster. */
  async opens(worker: Worker, who: Officer = 'countyHr') {
    const by = await this.cast.by(this.cast.ids[who], this.now);
    const started = await this.db.$transaction((tx) =>
      openCase(tx, { desk: this.desk, catalogue }, { process: 'dismissal', input: { personId: worker.personId }, ...by }),
    );
    await this.tick();
    return started;
  }

  /** The latest case of a person. */
  async latest(worker: Worker): Promise<Watch> {
    const { id } = await this.db.case.findFirstOrThrow({
      where: { personId: worker.personId },
      orderBy: [{ startedAt: 'desc' }, { caseNo: 'desc' }],
    });
    return new Watch(this, id, worker);
  }

  async tick(): Promise<void> {
    this.now = new Date(this.now.getTime() + 1_000);
    await this.goOn();
  }

  goOn = () => this.stories.goOn();
  forgets = () => this.stories.forget();
  /** Time passes until a wall-clock time; each story wakes when its own timer says so. */
  until = (on: IsoDate, time = '10:00') => this.stories.pass(instantOf(on, time), (at) => (this.now = at));
  told = (caseId: string) => this.stories.get(caseId)!;

  /** No invariant of the desk is broken in any case, and the ledger verifies. */
  async sound(): Promise<void> {
    expect(await this.stories.faults()).toEqual([]);
    await assertLedger(this.db);
  }
}

/** One case of one person. */
export class Watch {
  constructor(
    readonly here: WatchHere,
    readonly caseId: string,
    readonly worker: Worker,
  ) {}

  case = () => this.here.db.case.findUniqueOrThrow({ where: { id: this.caseId } });
  async outcome(): Promise<string | null> {
    return (await this.case()).outcome;
  }
  async open(): Promise<string[]> {
    const runs = await this.here.db.stageRun.findMany({ where: { caseId: this.caseId, status: 'open' }, orderBy: { seq: 'asc' } });
    return runs.map(({ stage }) => stage);
  }
  async waitsFor(): Promise<string | undefined> {
    return ((await this.case()).waitingFor as { title: string } | null)?.title;
  }
  run = (stage: string) => this.here.db.stageRun.findFirstOrThrow({ where: { caseId: this.caseId, stage }, orderBy: { round: 'desc' } });
  incidents = async () =>
    (await this.here.db.incident.findMany({ where: { caseId: this.caseId }, orderBy: { openedAt: 'asc' } })).map(({ kind }) => kind);
  recordOn = async (on: IsoDate) => (await personAsOf(this.here.db, this.worker.personId, on))!.inForce;

  private by = (who: Who) => this.here.cast.by(who === 'self' ? this.worker.accountId : this.here.cast.ids[who], this.here.now);

  /** The refusal's sentence, or null when it was accepted. */
  private async accepted(verdict: Verdict<unknown>): Promise<string | null> {
    await this.here.tick();
    return isRefusal(verdict) ? refusalText(verdict) : null;
  }

  async answers(stage: string, who: Who, answer: Record<string, unknown>): Promise<string | null> {
    const by = await this.by(who);
    const tasks = await this.here.db.task.findMany({ where: { caseId: this.caseId, stage, status: 'open' } });
    const mine = tasks.find(({ assigneeId }) => assigneeId === by.actor.accountId) ?? tasks[0];
    if (!mine) throw new Error(`Nothing is asked at ${stage}; open: ${(await this.open()).join()}`);
    return this.accepted(await this.here.desk.answer({ ...by, taskId: mine.id, answer }));
  }

  async declares(who: Who, event: string, answer: Record<string, unknown>): Promise<string | null> {
    return this.accepted(await this.here.desk.declare({ ...(await this.by(who)), caseId: this.caseId, event, answer }));
  }

  /** The county's HR holds the case, or lets it go on. */
  async holds(verb: 'hold' | 'resume'): Promise<string | null> {
    const onPaper = { reason: '等待上级批复', documentNo: '碧组发〔2026〕12号' };
    return this.accepted(await this.here.desk[verb]({ ...(await this.by('countyHr')), caseId: this.caseId, ...onPaper }));
  }

  async returns(stage: string, who: Who, to: string): Promise<string | null> {
    const where = { caseId: this.caseId, stage, status: 'open' };
    const task = await this.here.db.task.findFirstOrThrow({ where, orderBy: { chair: 'desc' } });
    return this.accepted(
      await this.here.desk.returnTask({
        ...(await this.by(who)),
        taskId: task.id,
        to,
        reason: '事实还没有写清楚，请补充。',
        then: 'through',
      }),
    );
  }

  /** The usual people give a stage their usual answer, with `changes`. */
  async passes(stage: string, changes: Record<string, unknown> = {}): Promise<void> {
    const given = stage === 'severance' ? { who: ['street'] as const, answer: () => owed } : usual[stage]!;
    for (const who of given.who) {
      const refused = await this.answers(stage, who, { ...given.answer(this.here.today), ...changes });
      if (refused) throw new Error(`${stage}: ${refused}`);
    }
  }

  /** The usual people answer whatever is asked, on the day, until a stage is asked or only a day is waited for. */
  async goesOnTo(stage: string | null): Promise<void> {
    for (;;) {
      const open = await this.open();
      if ((stage && open.includes(stage)) || open.length === 0) return;
      await this.passes(open[0]!);
    }
  }

  /** The year of improvement with its evidence, to the second failing rating on 2027-01-20; the check of eligibility is asked. */
  async failsAgain(): Promise<void> {
    await this.passes('warning');
    await this.passes('training');
    await this.here.until('2026-06-30');
    await this.passes('midyear');
    await this.here.until('2027-01-20');
    await this.here.rates(this.worker, 2026, 'failed');
  }
}
