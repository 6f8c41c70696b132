import { createDesk, type Desk } from '../../../libs/desk/desk.ts';
import { actOnList } from '../../../libs/desk/list-acts.ts';
import type { DeskRoom } from '../../../libs/desk/room.ts';
import { readCase } from '../../../libs/desk/state.ts';
import { addDays, dateOf, instantOf, type IsoDate } from '../../../libs/domain/dates.ts';
import { requirements } from '../../../libs/domain/recruitment/posts.ts';
import type { Mark } from '../../../libs/domain/recruitment/score.ts';
import { isRefusal, type RefusalCode } from '../../../libs/domain/refusal.ts';
import { openCase } from '../../../libs/openings/open-case.ts';
import { idNumber, keys } from '../../../libs/people/people.fixture.ts';
import { saveCandidates } from '../../../libs/recruitment/candidates.ts';
import { openApplications } from '../../../libs/recruitment/open-applications.ts';
import { posting } from '../../../test/support/announcement.ts';
import { inviteCast, place, type Cast, type Officer } from '../../../test/support/cast.ts';
import { freshDatabase, type TestDatabase } from '../../../test/support/database.ts';
import { assertLedger } from '../../../test/support/invariants.ts';
import { ToldCases } from '../../../test/support/told-cases.ts';
import { catalogue } from '../../catalogue.ts';
import { applicationStory } from '../application/workflow.ts';
import { recruitmentStory } from './workflow.ts';

/** A post of the street, of whose communities those hired choose. */
export const POST = { code: 'A1', planned: 2, communities: [place.community, '520602005006'] } as const;

interface Line {
  who: Officer;
  answer: Record<string, unknown>;
}
/** What officers say of everybody on a list, where nothing special is said. */
const usual: Record<string, Line> = {
  check: { who: 'street', answer: { verdict: 'qualified' } },
  recheck: { who: 'countyHr', answer: { verdict: 'passed' } },
  choose: { who: 'countyHr', answer: { how: 'assigned' } },
  medical: { who: 'countyHr', answer: { verdict: 'passed' } },
  review: { who: 'countyOrg2', answer: { verdict: 'passed' } },
  approval: { who: 'countyOrg2', answer: { verdict: 'approved' } },
};
const parts: Record<string, Officer> = { check: 'street', appeals: 'countyHr', retests: 'countyHr', completion: 'countyOrg2' };

/** A small batch of one post at the real desk; its story and those of its applicants are told in this process by a clock that the test sets. */
export class RecruitmentHere {
  readonly room: DeskRoom;
  readonly desk: Desk;
  batchId = '';
  private readonly stories: ToldCases;
  /** Cases of the applicants, in the order in which they applied. */
  applicants: string[] = [];

  private constructor(
    readonly database: TestDatabase,
    readonly cast: Cast,
    public now: Date,
  ) {
    this.room = { db: database.db, catalogue };
    this.desk = createDesk(this.room);
    const stories = { recruitment: recruitmentStory, application: applicationStory };
    this.stories = new ToldCases({ desk: this.desk, room: this.room, stories, now: () => this.now });
  }

  static async at(on: IsoDate): Promise<RecruitmentHere> {
    const database = await freshDatabase();
    const now = instantOf(on, '09:30');
    return new RecruitmentHere(database, await inviteCast(database.db, now), now);
  }

  get db() {
    return this.database.db;
  }
  close = () => this.database.close();

  async open(asked: number = POST.planned): Promise<void> {
    const by = await this.cast.by(this.cast.ids.countyOrg, this.now);
    const input = { unitCode: place.county, no: 1, asked, grounds: '社区人员缺口较大' };
    const started = await this.db.$transaction((tx) =>
      openCase(tx, { desk: this.desk, catalogue }, { process: 'recruitment', input, ...by }),
    );
    if (isRefusal(started)) throw new Error(JSON.stringify(started));
    this.batchId = started.caseId;
    await this.goOn();
  }

  async putPosts(planned: number = POST.planned): Promise<void> {
    await this.db.recruitmentPost.create({
      data: {
        batchId: this.batchId,
        code: POST.code,
        no: 1,
        unitCode: place.street,
        title: '社区专职工作人员',
        planned,
        communities: POST.communities.map((unitCode) => ({ unitCode, number: 1 })),
        requirements: requirements.parse({}),
      },
    });
  }

  announces = (): Promise<RefusalCode | null> => {
    const today = dateOf(this.now);
    return this.answers('announcement', 'countyOrg2', {
      title: '碧江区公开招聘社区工作者公告',
      issuer: '中共碧江区委组织部',
      documentNo: '碧组公〔2026〕3号',
      cutOffOn: today,
      registrationFrom: today,
      registrationTo: addDays(today, 7),
      contact: '0856-0000000',
    });
  };

  /** So many people apply, as the workbook of the office brings them in. */
  async apply(count: number): Promise<void> {
    await this.db.$transaction(async (tx) => {
      const applicants = Array.from({ length: count }, (_, n) => ({
        postCode: POST.code,
        name: `应聘${'甲乙丙丁戊己庚辛壬癸'[n % 10]}${'一二三四五六七八九'[Math.floor(n / 10) % 9]}`,
        sex: '女' as const,
        ethnicity: null,
        bornOn: '1992-03-08',
        idNo: idNumber(100 + n),
        politicalStatus: null,
        education: '本科' as const,
        fullTime: true,
        school: null,
        major: null,
        certificate: null,
        household: null,
        origin: null,
        phone: '19900000000',
        email: `c${n}@example.org`,
        exceptions: [],
        negatives: [],
        bonus: [],
      }));
      const candidates = await saveCandidates(tx, keys, applicants, this.now);
      const made = await openApplications(
        tx,
        this.room,
        (await readCase(tx, this.batchId))!,
        applicants.map((applicant, row) => ({ applicant, candidate: candidates.get(applicant.idNo)!, unitCode: place.street, row })),
        { recordedBy: null, at: this.now, origin: null, uploadId: null },
      );
      this.applicants = applicants.map(({ idNo }) => made.get(candidates.get(idNo)!.id)!);
    });
  }

  /** From the opening to the check, with so many applicants. */
  async toCheck(count: number, planned: number = POST.planned): Promise<void> {
    await this.open(planned);
    await this.putPosts(planned);
    await this.must('quota', 'cityOrg', { verdict: 'approved', opinion: '同意' });
    await this.announces();
    await this.apply(count);
    await this.until(addDays(dateOf(this.now), 8));
  }

  async marks(paper: 'written' | 'interview' | 'extra', marks: readonly (Mark | null)[], sitting = 1): Promise<void> {
    const data = marks.flatMap((mark, n) =>
      mark === null
        ? []
        : [
            {
              caseId: this.applicants[n]!,
              batchId: this.batchId,
              paper,
              sitting,
              value: mark === 'absent' ? null : mark,
              recordedBy: this.cast.ids.countyHr,
              recordedAt: this.now,
            },
          ],
    );
    await this.db.score.createMany({ data });
  }

  /** The batch's own story. */
  get batch() {
    return this.stories.get(this.batchId)!;
  }
  /** Cases of applicants that have a story. */
  get told(): string[] {
    return this.stories.ids().filter((id) => id !== this.batchId);
  }

  goOn = () => this.stories.goOn();

  async until(on: IsoDate, time = '10:00'): Promise<void> {
    this.now = instantOf(on, time);
    await this.stories.wake();
  }

  async answers(stage: string, who: string, answer: Record<string, unknown>, caseId = this.batchId): Promise<RefusalCode | null> {
    const by = await this.cast.by(this.cast.ids[who as Officer] ?? who, this.now);
    const tasks = await this.db.task.findMany({ where: { caseId, stage, status: 'open' } });
    const mine = tasks.find(({ audienceRole, audienceUnit }) =>
      by.actor.posts.some(({ role, unitCode }) => role === audienceRole && unitCode === audienceUnit),
    );
    if (!mine) throw new Error(`${who} has nothing at ${stage}; open: ${JSON.stringify(await this.openAt(caseId))}`);
    const verdict = await this.desk.answer({ ...by, taskId: mine.id, answer });
    this.now = new Date(this.now.getTime() + 1_000);
    await this.goOn();
    return isRefusal(verdict) ? verdict.refused : null;
  }
  async must(stage: string, who: string, answer: Record<string, unknown> = { done: 'done' }, caseId = this.batchId): Promise<void> {
    const refused = await this.answers(stage, who, answer, caseId);
    if (refused) throw new Error(`${stage}: ${refused}`);
  }

  async openAt(caseId = this.batchId): Promise<string[]> {
    const runs = await this.db.stageRun.findMany({ where: { caseId, status: 'open' }, orderBy: { seq: 'asc' } });
    return runs.map(({ stage }) => stage);
  }

  /** Officers decide on a list: those named as it is said, everybody else as usual; and the unit says that its part is done. */
  async list(stage: string, special: Record<number, Record<string, unknown>> = {}): Promise<void> {
    const { who, answer } = usual[stage]!;
    const by = await this.cast.by(this.cast.ids[who], this.now);
    const decide = async (caseIds: string[], say: Record<string, unknown>) =>
      this.db.$transaction((tx) =>
        actOnList(tx, this.room, { ...by, batchId: this.batchId, caseIds, does: { act: 'decide', stage, answer: say } }),
      );
    for (const [n, say] of Object.entries(special)) {
      const verdicts = await decide([this.applicants[Number(n)]!], say);
      for (const refusal of verdicts.values()) if (refusal) throw new Error(`${stage} of ${n}: ${refusal.refused}`);
    }
    await decide(this.applicants, answer);
    this.now = new Date(this.now.getTime() + 1_000);
    await this.goOn();
    await this.must(stage, parts[stage] ?? who);
  }

  /** The batch goes on as usual up to the opening of a stage. */
  async goesOnTo(stage: string): Promise<void> {
    for (;;) {
      const [open] = await this.openAt();
      if (!open || open === stage) return;
      if (usual[open]) await this.list(open);
      else if (open === 'notice') await this.publish();
      else await this.must(open, parts[open] ?? (open === 'written' ? 'countyHr' : 'countyOrg2'));
    }
  }

  async publish(): Promise<void> {
    if ((await this.db.task.count({ where: { caseId: this.batchId, stage: 'notice', status: 'open' } })) > 0)
      await this.must('notice', 'countyOrg2', posting);
    const run = await this.db.stageRun.findFirstOrThrow({ where: { caseId: this.batchId, stage: 'notice', status: 'open' } });
    this.now = run.dueAt!;
    await this.stories.wake();
    this.now = new Date(this.now.getTime() + 1_000);
  }

  /** Report-in and contract of whoever waits for it. */
  async hires(n: number): Promise<void> {
    const caseId = this.applicants[n]!;
    await this.must('reportIn', 'street', { how: 'reported' }, caseId);
    await this.must('sign', 'street', { signedOn: dateOf(this.now) }, caseId);
  }

  async waives(n: number): Promise<RefusalCode | null> {
    const by = await this.cast.by(this.cast.ids.countyHr, this.now);
    const verdict = await this.desk.declare({ ...by, caseId: this.applicants[n]!, event: 'waive', answer: {} });
    await this.goOn();
    return isRefusal(verdict) ? verdict.refused : null;
  }

  application = (n: number) => this.db.application.findUniqueOrThrow({ where: { caseId: this.applicants[n]! } });
  /** By number: how each one's case has ended and why, or where their application stands. */
  async all(): Promise<string[]> {
    const rows = await Promise.all(
      this.applicants.map(
        (caseId) => this.db.$queryRaw<{ line: string }[]>`
        SELECT concat_ws(' ', coalesce(c.outcome, a.standing), a.out_reason) AS line FROM application a JOIN "case" c ON c.id = a.case_id WHERE a.case_id = ${caseId}::uuid`,
      ),
    );
    return rows.map(([row]) => row!.line);
  }

  /** No invariant of the desk is broken in the batch or in any applicant's case, and the ledger verifies. */
  async sound(): Promise<void> {
    expect(await this.stories.faults()).toEqual([]);
    await assertLedger(this.db);
  }
}
