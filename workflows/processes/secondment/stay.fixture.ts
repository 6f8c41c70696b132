import { createHash, randomUUID } from 'node:crypto';
import { inviteCast, place, type Cast, type Officer, type Worker } from '../../../test/support/cast.ts';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { assertLedger } from '../../../test/support/invariants.ts';
import { posting } from '../../../test/support/announcement.ts';
import { ToldCases } from '../../../test/support/told-cases.ts';
import { createDesk, type Desk } from '../../../libs/desk/desk.ts';
import type { DeskRoom, Verdict } from '../../../libs/desk/room.ts';
import { addDays, dateOf, instantOf, type IsoDate } from '../../../libs/domain/dates.ts';
import type { Employment } from '../../../libs/domain/person.ts';
import type { Rating } from '../../../libs/domain/person-words.ts';
import { isRefusal, refusalText } from '../../../libs/domain/refusal.ts';
import { openCase } from '../../../libs/openings/open-case.ts';
import { addFact } from '../../../libs/people/facts.ts';
import { personAsOf } from '../../../libs/people/people.ts';
import { catalogue } from '../../catalogue.ts';
import { objectionStory } from '../objection/workflow.ts';
import { secondmentPlanStory } from '../secondment-plan/workflow.ts';
import { secondmentStory } from './workflow.ts';

// For tests: the desk and the stories of secondments over one clock that the test sets.

export type Who = Officer | 'self' | 'host';

/** What the usual people say at a stage on a day. */
export const usual: Record<string, { who: Who; answer: (on: IsoDate) => Record<string, unknown> }> = {
  nomination: {
    who: 'street',
    answer: (on) => ({ studiedOn: on, reasons: '任书记八年，社区治理成效好。', wants: '物业管理、网格治理', acting: '社区副书记' }),
  },
  consent: { who: 'self', answer: () => ({ consent: 'yes' }) },
  review: { who: 'countyOrg', answer: () => ({ noCase: 'yes', healthy: 'yes', result: 'pass', opinion: '同意推荐。' }) },
  notice: { who: 'countyOrg', answer: () => posting },
  approval: { who: 'cityOrg', answer: () => ({ result: 'approved', opinion: '同意选派。' }) },
  callUp: { who: 'cityOrg', answer: () => ({ result: 'called', opinion: '名额空出。' }) },
  acceptance: { who: 'host', answer: () => ({ result: 'accepts', mentor: '社区书记' }) },
  dispatch: {
    who: 'street',
    answer: (on) => ({
      letterNo: '碧组派〔2026〕3号',
      briefedOn: on,
      insurance: '社会保险由原单位缴纳，另购意外险。',
      actingFrom: on,
      actingNo: '碧组任〔2026〕9号',
    }),
  },
  arrival: { who: 'host', answer: (on) => ({ result: 'arrived', arrivedOn: on }) },
  plan: { who: 'self', answer: () => ({ goals: '学习小区物业治理。', steps: '前两周熟悉情况，其后跟班，最后一周总结。' }) },
  midterm: { who: 'host', answer: () => ({ progress: 'good', opinion: '学习认真，融入快。' }) },
  agreement: { who: 'street', answer: (on) => ({ result: 'signed', signedOn: on, goals: '互访互学。', content: '每年两次交流。' }) },
  appraisal: { who: 'host', answer: () => ({ rating: 'excellent', daysAbsent: 0, opinion: '跟岗期间表现优秀，完成学习计划。' }) },
  returned: { who: 'street', answer: (on) => ({ returnedOn: on, actingTo: on }) },
  summary: {
    who: 'self',
    answer: () => ({ summary: '两个月里学习了物业党建联建和网格治理的做法，收获很大。', measures: '在本社区成立物业联席会议。' }),
  },
  sharing: { who: 'street', answer: (on) => ({ heldOn: on, content: '全街道社区书记参加。' }) },
  followUp3: { who: 'countyOrg', answer: () => ({ result: 'partly', findings: '联席会议已成立。' }) },
  followUp6: { who: 'countyOrg', answer: () => ({ result: 'adopted', findings: '已在全区推广。' }) },
};

export class StaysHere {
  readonly room: DeskRoom;
  readonly desk: Desk;
  /** Contacts of host communities, each of another one; every test has three of its own. */
  private readonly contacts: string[] = [];
  private readonly stories: ToldCases;
  private readonly start: Date;
  private turns = 0;

  private constructor(
    readonly database: TestDatabase,
    readonly cast: Cast,
    public now: Date,
  ) {
    this.room = { db: database.db, catalogue };
    this.desk = createDesk(this.room);
    this.stories = new ToldCases({
      desk: this.desk,
      room: this.room,
      stories: { secondment: secondmentStory, secondmentPlan: secondmentPlanStory, objection: objectionStory },
      now: () => this.now,
    });
    this.start = now;
  }

  static async at(on: IsoDate, { hosts = 60, towns = 1_000 } = {}): Promise<StaysHere> {
    const database = await freshDatabase({ connections: 6 });
    const now = instantOf(on, '09:30');
    const here = new StaysHere(database, await inviteCast(database.db, now, { years: 3 }), now);
    // spread over so many towns, then again from the first
    const rows = await database.db.$queryRaw<{ code: string }[]>`
      SELECT code FROM (SELECT code, path, row_number() OVER (PARTITION BY parent_code ORDER BY code) AS n, dense_rank() OVER (ORDER BY parent_code) AS town
        FROM unit WHERE level = 'community' AND starts_with(path, '4419')) u WHERE town <= ${towns}::int ORDER BY n, path LIMIT ${hosts}::int`;
    for (const { code } of rows) here.contacts.push(await here.cast.appoint('HOST_CONTACT', code, '社区党委委员'));
    return here;
  }

  get db() {
    return this.database.db;
  }
  get today(): IsoDate {
    return dateOf(this.now);
  }
  host = (n: number): string => this.contacts[this.turns * 3 + n]!;
  /** Which of them an account is. */
  hostNo = (accountId: string): number => this.contacts.indexOf(accountId) - this.turns * 3;

  /** The next test: what this one began must be sound, then its cases rest, and the clock stands at the beginning again. */
  async turn(): Promise<void> {
    const faults = await this.stories.faults();
    this.stories.rest();
    this.now = this.start;
    this.turns += 1;
    expect(faults).toEqual([]);
  }

  async close(): Promise<void> {
    await assertLedger(this.db);
    await this.database.close();
  }

  /** A secretary in post, rated last year. */
  async secretary({
    community = place.community as string,
    rating = 'excellent' as Rating | null,
    postTitle = '社区党组织书记',
  } = {}): Promise<Worker> {
    const worker = await this.cast.worker({ startedOn: '2020-01-06', community });
    const value: Employment = { status: 'formal', postTitle, post: 2, joinedOn: '2015-03-02' };
    const fact = { personId: worker.personId, unitCode: community, ground: 'test' };
    await this.db.$transaction(async (tx) => {
      await addFact(tx, { ...fact, fromOn: '2020-07-06', kind: 'employment', value }, this.now);
      if (rating)
        await addFact(tx, { ...fact, fromOn: '2025-01-01', toOn: '2025-12-31', kind: 'rating', value: { year: 2025, rating } }, this.now);
    });
    return worker;
  }

  async opens(worker: Worker, who: Officer = 'street2', year = 2026) {
    const by = await this.cast.by(this.cast.ids[who], this.now);
    const input = { personId: worker.personId, year };
    const started = await this.db.$transaction((tx) =>
      openCase(tx, { desk: this.desk, catalogue }, { process: 'secondment', input, ...by }),
    );
    await this.tick();
    return started;
  }

  /** A secondment that has been started. */
  async begun(of: Parameters<StaysHere['secretary']>[0] = {}): Promise<Stay> {
    const worker = await this.secretary(of);
    const started = await this.opens(worker);
    if (isRefusal(started)) throw new Error(refusalText(started));
    return new Stay(this, started.caseId, worker);
  }

  async tick(): Promise<void> {
    this.now = new Date(this.now.getTime() + 1_000);
    await this.goOn();
  }

  goOn = () => this.stories.goOn();
  forgets = () => this.stories.forget();
  /** Time passes until a wall-clock time; each story wakes when its own timer says so. */
  until = (on: IsoDate, time = '10:00') => this.stories.pass(instantOf(on, time), (at) => (this.now = at));
}

/** One case of one secretary. */
export class Stay {
  host = 0;

  constructor(
    readonly here: StaysHere,
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
  incidents = async () => (await this.here.db.incident.findMany({ where: { caseId: this.caseId } })).map(({ kind }) => kind);
  /** The stay on the person's record on a day. */
  recordOn = async (on: IsoDate) => (await personAsOf(this.here.db, this.worker.personId, on))!.inForce.secondment;
  endsOn = async () => {
    const date = await this.here.db.caseDate.findUnique({ where: { caseId_key: { caseId: this.caseId, key: 'end' } } });
    return date?.on.toISOString().slice(0, 10);
  };

  by = (who: Who) =>
    this.here.cast.by(
      who === 'self' ? this.worker.accountId : who === 'host' ? this.here.host(this.host) : this.here.cast.ids[who],
      this.here.now,
    );

  /** The refusal's sentence, or null when it was accepted. */
  private async accepted(verdict: Verdict<unknown>): Promise<string | null> {
    await this.here.tick();
    return isRefusal(verdict) ? refusalText(verdict) : null;
  }

  async answers(stage: string, who: Who, answer: Record<string, unknown>): Promise<string | null> {
    const by = await this.by(who);
    const [task] = await this.here.db.task.findMany({ where: { caseId: this.caseId, stage, status: 'open' } });
    if (!task) throw new Error(`Nothing is asked at ${stage}; open: ${(await this.open()).join()}`);
    return this.accepted(await this.here.desk.answer({ ...by, taskId: task.id, answer }));
  }

  async declares(who: Who, event: string, answer: Record<string, unknown>): Promise<string | null> {
    return this.accepted(await this.here.desk.declare({ ...(await this.by(who)), caseId: this.caseId, event, answer }));
  }

  /** Somebody objects to the notice, and it is found true or not. */
  async objected(conclusion: 'upheld' | 'rejected'): Promise<void> {
    const { here } = this;
    const notice = await here.db.notice.findFirstOrThrow({ where: { caseId: this.caseId } });
    const started = await here.desk.receiveObjection({
      id: randomUUID(),
      noticeId: notice.id,
      no: 1,
      named: false,
      sealed: new Uint8Array([1]),
      codeHash: createHash('sha256').update(randomUUID()).digest('hex'),
      at: here.now,
      origin: 'test',
      actor: null,
    });
    if (isRefusal(started)) throw new Error(refusalText(started));
    await here.tick();
    const objection = new Stay(here, started.caseId, this.worker);
    const handlerId = here.cast.ids.countyHr2;
    expect(await objection.answers('check', 'countyOrg2', { identity: 'clues', result: 'accepted', handlerId })).toBeNull();
    const findings = '调阅了相关材料，向社区两委和居民代表核实。';
    expect(await objection.answers('investigate', 'countyHr2', { conclusion, findings, basis: '有会议记录和材料为证。' })).toBeNull();
  }

  async withdraws(): Promise<string | null> {
    return this.accepted(await this.here.desk.withdraw({ ...(await this.by('street2')), caseId: this.caseId, reason: '推荐有误。' }));
  }

  async returns(stage: string, who: Who, to: string, then: 'through' | 'straightBack'): Promise<string | null> {
    const task = await this.here.db.task.findFirstOrThrow({ where: { caseId: this.caseId, stage, status: 'open' } });
    const reason = '接收社区需要调整，请重新对接。';
    return this.accepted(await this.here.desk.returnTask({ ...(await this.by(who)), taskId: task.id, to, reason, then }));
  }

  /** The usual people give a stage their usual answer, with `changes`. */
  async passes(stage: string, changes: Record<string, unknown> = {}): Promise<void> {
    const log = { who: 'self' as const, answer: () => ({ done: '跟班走访小区。', learned: '物业联席会议的开法。' }) };
    const { who, answer } = stage.startsWith('week') ? log : usual[stage]!;
    const refused = await this.answers(stage, who, { ...answer(this.here.today), ...changes });
    if (refused) throw new Error(`${stage}: ${refused}`);
  }

  /** Matched with a host from a day on. */
  async matched(startOn: IsoDate, host = 0): Promise<string | null> {
    this.host = host;
    return this.answers('match', 'cityOrg', { hostId: this.here.host(host), startOn });
  }

  /** Nominated, willing, reviewed, made public without an objection; the city is asked on the day after the notice. */
  async proposed(): Promise<void> {
    for (const stage of ['nomination', 'consent', 'review', 'notice']) await this.passes(stage);
    const { dueAt } = await this.run('notice');
    await this.here.until(addDays(dateOf(dueAt!), 1));
  }

  /** Sent off and received on a day. */
  async arrives(startOn: IsoDate, host = 0): Promise<void> {
    await this.proposed();
    await this.passes('approval');
    const refused = await this.matched(startOn, host);
    if (refused) throw new Error(refused);
    await this.passes('acceptance');
    await this.passes('dispatch');
    await this.here.until(startOn);
    await this.passes('arrival');
  }
}
