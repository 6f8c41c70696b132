import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Task } from '../../prisma/generated/client.ts';
import { brokenInvariants, assertLedger } from '../../test/support/invariants.ts';
import { inviteCast, officers, type Cast, type Worker } from '../../test/support/cast.ts';
import { freshDatabase, type TestDatabase } from '../../test/support/database.ts';
import { ToldHere } from '../../test/support/told-here.ts';
import { exercise, exerciseAnswer, exerciseStory } from '../../test/support/exercise.ts';
import { catalogue } from '../../workflows/catalogue.ts';
import { answerTo, failing } from '../../workflows/processes/probation/probation.fixture.ts';
import { probationStory } from '../../workflows/processes/probation/workflow.ts';
import { addDays, dateOf, toDateColumn } from '../domain/dates.ts';
import { isRefusal } from '../domain/refusal.ts';
import type { ProcessContract } from '../domain/contract.ts';
import { openCase } from '../openings/open-case.ts';
import { createDesk, type Desk } from './desk.ts';
import type { By, DeskRoom, Verdict } from './room.ts';
import { endSubstitution, setSubstitution } from './substitutes.ts';

// All verbs by all people in any order, the clock and losses of the engine between them: the invariants hold after each step.
// `npm run walk` goes further, or the same way again.
const STEPS_A_WALK = 60;
const steps = Number(process.env.WALK_STEPS ?? 5_000);
const seed = Number(process.env.WALK_SEED ?? 258_049_434);

const verbs = {
  answer: 12,
  wait: 5,
  claim: 2,
  release: 2,
  return: 3,
  declare: 1,
  comment: 1,
  attach: 1,
  again: 2,
  forget: 2,
  leave: 1,
  stand: 4,
  withdraw: 1,
  transfer: 2,
  delegate: 2,
  sign: 3,
  unsign: 1,
  takeBack: 2,
  look: 2,
  hold: 1,
  resume: 1,
  cancel: 1,
  urge: 2,
  copy: 1,
  recuse: 1,
} as const;
type Verb = keyof typeof verbs;
interface Step {
  verb: Verb;
  /** Which task, which person, which of the verb's choices; taken modulo what there is. */
  task: number;
  person: number;
  choice: number;
  /** The story hears of it at once, or later with what comes next. */
  heard: boolean;
}
const step: fc.Arbitrary<Step> = fc.record({
  verb: fc.oneof(...Object.entries(verbs).map(([verb, weight]) => ({ weight, arbitrary: fc.constant(verb as Verb) }))),
  task: fc.nat(99),
  person: fc.nat(999),
  choice: fc.nat(999),
  heard: fc.boolean(),
});
const walk = fc.record({
  process: fc.constantFrom('probation', 'exercise') as fc.Arbitrary<'probation' | 'exercise'>,
  starter: fc.constantFrom('countyHr', 'countyOrg') as fc.Arbitrary<'countyHr' | 'countyOrg'>,
  relative: fc.nat(60),
  late: fc.nat(200),
  steps: fc.array(step, { minLength: STEPS_A_WALK, maxLength: STEPS_A_WALK }),
});

let database: TestDatabase;
let room: DeskRoom;
let desk: Desk;
let cast: Cast;
let now = new Date('2026-01-05T01:30:00Z');
beforeAll(async () => {
  database = await freshDatabase();
  room = { db: database.db, catalogue: { ...catalogue, exercise } };
  desk = createDesk(room);
  cast = await inviteCast(database.db, now, { years: 60 });
});
afterAll(() => database.close());

/** With WALK_TRACE each step is told as it is taken. */
const trace = (...words: unknown[]) =>
  process.env.WALK_TRACE && process.stderr.write(`${now.toISOString()} ${words.map((word) => JSON.stringify(word)).join(' ')}\n`);
const stories = { probation: probationStory, exercise: exerciseStory };
const at = <T>(list: readonly T[], n: number): T => list[n % list.length]!;

/** Everything of a case but its ledger, so that it can be seen whether an act changed anything. */
async function picture(caseId: string): Promise<string> {
  const [row] = await room.db.$queryRaw<{ picture: string }[]>`
    SELECT md5(concat((SELECT c::text FROM "case" c WHERE id = ${caseId}::uuid), (SELECT string_agg(t::text, '' ORDER BY t.id) FROM task t WHERE case_id = ${caseId}::uuid),
      (SELECT string_agg(r::text, '' ORDER BY stage, round) FROM stage_run r WHERE case_id = ${caseId}::uuid), (SELECT string_agg(d::text, '' ORDER BY id) FROM due d WHERE case_id = ${caseId}::uuid),
      (SELECT string_agg(m::text, '' ORDER BY no) FROM message m WHERE case_id = ${caseId}::uuid), (SELECT count(*) FROM mail WHERE case_id = ${caseId}::uuid),
      (SELECT count(*) FROM comment WHERE case_id = ${caseId}::uuid), (SELECT count(*) FROM attachment WHERE case_id = ${caseId}::uuid),
      (SELECT string_agg(h::text, '' ORDER BY id) FROM hold h WHERE case_id = ${caseId}::uuid), (SELECT count(*) FROM urge JOIN task t ON t.id = task_id WHERE case_id = ${caseId}::uuid),
      (SELECT count(*) FROM copy WHERE case_id = ${caseId}::uuid), (SELECT count(*) FROM recusal WHERE case_id = ${caseId}::uuid))) AS picture`;
  return row!.picture;
}
const entriesOf = (caseId: string) => room.db.ledgerEntry.groupBy({ by: ['accepted'], where: { chain: `case:${caseId}` }, _count: true });
const countOf = (groups: Awaited<ReturnType<typeof entriesOf>>, accepted: boolean) =>
  groups.find((group) => group.accepted === accepted)?._count ?? 0;

/** Ids of tasks are drawn by the database: their order here is the same on each way with one seed. */
const rank = (accountId: string | null): number => officers.findIndex((officer) => cast.ids[officer] === accountId);
const inOrder = (tasks: Task[]): Task[] => {
  const keyOf = ({ status, openedAt, stage, round, part, assigneeId }: Task) =>
    [status === 'open' ? 0 : 1, 9e15 - openedAt.getTime(), stage, round, part, 100 + rank(assigneeId)].join('/');
  return tasks
    .map((task) => ({ task, key: keyOf(task) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ task }) => task);
};

const latest = (tasks: readonly Task[]): Task | undefined =>
  tasks.filter(({ status }) => status === 'done').sort((a, b) => b.closedAt!.getTime() - a.closedAt!.getTime())[0];

interface Start {
  process: 'probation' | 'exercise';
  starter: 'countyHr' | 'countyOrg';
  relative: number;
  late: number;
}

class Walker {
  private story!: ToldHere;
  private last: (() => Promise<Verdict>) | undefined;
  private quiet = true;
  constructor(
    readonly caseId: string,
    readonly worker: Worker,
    readonly process: 'probation' | 'exercise',
  ) {}

  get contract(): ProcessContract {
    return room.catalogue[this.process]!;
  }

  get over(): boolean {
    return this.story.outcome !== null;
  }

  static async start(of: Start): Promise<Walker> {
    await room.db.postHeld.updateMany({ data: { toOn: null } });
    const worker = await cast.worker({ startedOn: addDays(dateOf(now), -Math.min(of.late, 175)) });
    const relative = officers[of.relative];
    if (relative)
      await room.db.relative.createMany({
        data: [
          { accountId: cast.ids[relative], otherId: worker.accountId },
          { accountId: worker.accountId, otherId: cast.ids[relative] },
        ],
      });
    const by = await cast.by(cast.ids[of.starter], now);
    const started = await room.db.$transaction((tx) =>
      openCase(tx, { desk, catalogue: room.catalogue }, { process: of.process, input: { personId: worker.personId }, ...by }),
    );
    if (isRefusal(started)) throw new Error(JSON.stringify(started));
    const walker = new Walker(started.caseId, worker, of.process);
    await walker.tellAnew();
    return walker;
  }

  async outcome(): Promise<string | null> {
    return (await room.db.case.findUniqueOrThrow({ where: { id: this.caseId } })).outcome;
  }

  async tellAnew(): Promise<void> {
    await this.story?.kill();
    this.story = new ToldHere({ desk, room, caseId: this.caseId, story: stories[this.process], now: () => now });
    await this.story.begin();
    this.quiet = true;
  }

  async go(taken: Step): Promise<void> {
    const { verb } = taken;
    // while nobody is asked anything, time passes mostly
    const idle = this.story.waits?.stages.length === 0 && taken.choice % 8 > 0;
    if (verb === 'wait' || idle) await this.wait(taken.choice);
    else if (verb === 'forget') await this.tellAnew();
    else if (verb === 'look') await this.look(taken);
    else if (verb === 'stand') await this.stand(taken);
    else if (verb === 'leave')
      await room.db.postHeld.updateMany({
        where: { accountId: cast.ids[at(officers, taken.person)] },
        data: { toOn: toDateColumn(addDays(dateOf(now), -1)) },
      });
    else await this.actOnce(taken);
    if (taken.heard && this.story.outcome === null) {
      await this.story.goOn();
      this.quiet = true;
    }
    trace(verb, taken.heard, this.quiet, this.story.waits, this.story.outcome);
    const place = this.quiet ? (this.story.outcome === null ? { heard: this.story.heard, waits: this.story.waits } : null) : undefined;
    expect(await brokenInvariants(room, this.caseId, place)).toEqual([]);
  }

  private async wait(choice: number): Promise<void> {
    const [next] = await room.db.due.findMany({ where: { caseId: this.caseId, doneAt: null }, orderBy: { at: 'asc' }, take: 1 });
    const hours = at([1, 7, 24, 72, 240, 960], choice);
    const later = new Date(now.getTime() + hours * 3_600_000);
    now = choice % 2 && next && next.at > now ? next.at : later;
    this.quiet = false;
  }

  /** Somebody opens a task: no act, and no entry. */
  private async look({ task: which, person }: Step): Promise<void> {
    const tasks = inOrder(await room.db.task.findMany({ where: { caseId: this.caseId } }));
    if (tasks.length === 0) return;
    const task = at(tasks, which);
    const { actor, at: moment } = await cast.by(await this.who(task, person), now);
    await desk.noteRead({ taskId: task.id, actor, at: moment });
  }

  /** Somebody names a substitute, mostly one who is asked; or ends that early. */
  private async stand({ task: which, person, choice }: Step): Promise<void> {
    const open = inOrder(await room.db.task.findMany({ where: { caseId: this.caseId, status: 'open' } }));
    const principalId = await this.who(open.length > 0 ? at(open, which) : undefined, person);
    const by = await cast.by(principalId, now);
    const [standing] = await room.db.substitution.findMany({ where: { principalId, endedAt: null }, orderBy: { setAt: 'desc' }, take: 1 });
    if (standing && choice % 3 === 0) return void (await endSubstitution(room, { ...by, id: standing.id }));
    const today = dateOf(now);
    const processes = choice % 4 ? [] : [at(Object.keys(stories), person)];
    const set = { principalId, substituteId: this.anybody(choice), fromOn: today, toOn: addDays(today, choice % 60), reason: '外出学习' };
    await setSubstitution(room, { ...by, ...set, processes });
  }

  /** Whoever stands in for somebody today, now and then; else they themself. */
  private async orSubstitute(principalId: string, n: number): Promise<string> {
    const today = toDateColumn(dateOf(now));
    const [standing] = await room.db.substitution.findMany({
      where: { principalId, endedAt: null, fromOn: { lte: today }, toOn: { gte: today } },
      orderBy: { setAt: 'desc' },
    });
    return standing && n % 4 ? standing.substituteId : principalId;
  }

  private async actOnce(taken: Step): Promise<void> {
    const requestKey = randomUUID();
    const doing = taken.verb === 'again' && this.last ? this.last : await this.prepared(taken, requestKey);
    const [picturedBefore, before] = [await picture(this.caseId), await entriesOf(this.caseId)];
    const verdict = await doing();
    trace(taken.verb, isRefusal(verdict) ? verdict.refused : 'accepted');
    const [picturedAfter, after] = [await picture(this.caseId), await entriesOf(this.caseId)];
    const [accepted, refused] = [countOf(after, true) - countOf(before, true), countOf(after, false) - countOf(before, false)];
    if (isRefusal(verdict)) {
      expect({ refused, accepted, changed: picturedAfter !== picturedBefore }).toEqual({ refused: 1, accepted: 0, changed: false });
    } else if (doing === this.last) {
      expect({ refused, accepted, changed: picturedAfter !== picturedBefore }).toEqual({ refused: 0, accepted: 0, changed: false });
    } else {
      expect(refused).toBe(0);
      expect(accepted).toBeGreaterThanOrEqual(1);
      expect(picturedAfter).not.toBe(picturedBefore);
      this.last = doing;
      this.quiet = false;
    }
  }

  private async prepared({ verb, task: which, person, choice }: Step, requestKey: string): Promise<() => Promise<Verdict>> {
    const tasks = inOrder(await room.db.task.findMany({ where: { caseId: this.caseId } }));
    const open = tasks.filter(({ status }) => status === 'open');
    const task = which % 10 < 9 && open.length > 0 ? at(open, which) : at(tasks, which);
    const done = verb === 'takeBack' && person % 4 > 0 ? latest(tasks) : undefined;
    const by = {
      ...(await cast.by(done?.answeredById ?? (await this.orSubstitute(await this.who(task, person), choice)), now)),
      requestKey,
    };
    const whole = await this.withTheCase({ verb, person, choice }, by);
    if (whole) return whole;
    if (verb === 'withdraw') return () => desk.withdraw({ ...by, caseId: this.caseId, reason: '重新核对' });
    if (verb === 'comment') return () => desk.comment({ ...by, caseId: this.caseId, text: '已联系本人。' });
    if (verb === 'attach')
      return () =>
        desk.attach({
          ...by,
          caseId: this.caseId,
          name: choice % 4 ? '谈话记录.pdf' : '谈话记录.exe',
          bytes: new Uint8Array([0x25, 0x50, 0x44, 0x46, choice % 256]),
        });
    if (verb === 'declare' && this.process === 'probation')
      return () => desk.declare({ ...by, caseId: this.caseId, ...this.declared(choice) });
    if (!task) return () => desk.comment({ ...by, caseId: this.caseId, text: '还没有待办。' });
    if (verb === 'urge') return () => desk.urge({ ...by, taskId: task.id });
    if (verb === 'claim') return () => desk.claim({ ...by, taskId: task.id });
    if (verb === 'release') return () => desk.release({ ...by, taskId: task.id });
    if (verb === 'return')
      return () =>
        desk.returnTask({
          ...by,
          taskId: task.id,
          to: at(this.contract.order, choice),
          reason: '请补充材料',
          then: choice % 2 ? 'through' : 'straightBack',
        });
    const taskId = task.id;
    const handed = { ...by, taskId, to: this.anybody(choice), reason: '外出开会' };
    if (verb === 'transfer') return () => desk.transfer(handed);
    if (verb === 'delegate') return () => desk.delegate(handed);
    if (verb === 'sign') return () => desk.addSigner({ ...handed, where: at(['before', 'beside', 'after'] as const, person) });
    if (verb === 'unsign')
      return () => desk.removeSigner({ ...by, taskId: (tasks.find(({ part }) => part !== 'main') ?? task).id, reason: '不需要了' });
    if (verb === 'takeBack') return () => desk.takeBack({ ...by, taskId: (latest(tasks) ?? task).id, reason: '填写有误' });
    const answer = task.part === 'advice' ? { opinion: choice % 11 ? '建议通过。' : '' } : this.answer(task.stage, choice);
    return () => desk.answer({ ...by, taskId, answer });
  }

  /** The verbs of the county and of whoever is asked on the case as a whole; a held case is mostly resumed before long. */
  private async withTheCase({ verb, person, choice }: Pick<Step, 'verb' | 'person' | 'choice'>, by: By & { requestKey: string }) {
    const { caseId } = this;
    const { heldAt } = await room.db.case.findUniqueOrThrow({ where: { id: caseId } });
    const county = {
      ...(await cast.by(cast.ids[at(['countyHr', 'countyOrg', 'countyHr2', 'countyOrg2'] as const, person)], now)),
      requestKey: by.requestKey,
    };
    const governs = { ...(person % 6 ? county : by), caseId, reason: '等待上级批复', documentNo: '碧组发〔2026〕12号' };
    if (verb === 'resume' || (heldAt && choice % 4 === 0)) return () => desk.resume(governs);
    if (verb === 'hold') return () => desk.hold(governs);
    // mostly by those who may not, so that cases last
    if (verb === 'cancel') return () => desk.cancel(choice % 5 ? { ...governs, ...by } : governs);
    if (verb === 'copy') return () => desk.copy({ ...by, caseId, to: [this.anybody(choice)] });
    if (verb === 'recuse') return () => desk.recuse({ ...by, caseId, reason: '与当事人有利害关系' });
    return null;
  }

  private anybody(n: number): string {
    return at([...officers.map((officer) => cast.ids[officer]), this.worker.accountId], n);
  }

  /** Mostly somebody who is asked, or who answered when that is what matters; now and then anybody. */
  private async who(
    task: { assigneeId: string | null; audienceRole: string | null; audienceUnit: string | null } | undefined,
    n: number,
  ): Promise<string> {
    if (!task || n % 5 === 0) return this.anybody(n);
    if (task.assigneeId && n % 5 !== 1) return task.assigneeId;
    const holders = await room.db.postHeld.findMany({
      where: { role: task.audienceRole ?? 'STREET_PARTY_COMMITTEE', unitCode: task.audienceUnit ?? undefined },
    });
    holders.sort((a, b) => rank(a.accountId) - rank(b.accountId));
    return holders.length > 0 ? at(holders, n).accountId : this.worker.accountId;
  }

  private answer(stage: string, choice: number): Record<string, unknown> {
    const { title } = this.contract.stages[stage]!;
    if (stage === 'mentor')
      return {
        mentorId: at([cast.ids.deputy, cast.ids.secretary, cast.ids.countyHr, this.worker.accountId, randomUUID()], choice),
        plan: '每周一次，共六个月，走访带教。',
      };
    if (this.process === 'exercise') return exerciseAnswer(stage, choice);
    const sound = answerTo[title]!(dateOf(now));
    if (choice % 11 === 0) return { ...sound, opinion: '' };
    return stage === 'committee' && choice % 2 ? { ...sound, ...failing } : sound;
  }

  private declared(choice: number): { event: string; answer: Record<string, unknown> } {
    const today = dateOf(now);
    if (choice % 4 === 0) return { event: 'transfer', answer: { to: '锦江街道' } };
    if (choice % 4 === 1)
      return { event: 'resign', answer: { reason: '回家乡工作', ...(choice % 3 === 0 && { leavesOn: addDays(today, choice % 20) }) } };
    return {
      event: 'suspend',
      answer: {
        fromOn: addDays(today, (choice % 5) - 1),
        toOn: addDays(today, choice % 60),
        documentNo: '协议〔2026〕1号',
        reason: '本人申请产假期间中止',
      },
    };
  }
}

test(`the desk holds what it promises on every way through a case (seed ${seed})`, async () => {
  const taken: Record<string, number> = {};
  const outcomes: Record<string, number> = {};
  await fc.assert(
    fc.asyncProperty(walk, async ({ steps: path, ...start }) => {
      let walker = await Walker.start(start);
      let afterwards = 0;
      for (const next of path) {
        await walker.go(next);
        taken[next.verb] = (taken[next.verb] ?? 0) + 1;
        // an ended case is tried a little longer
        if (walker.over && (afterwards += 1) < 4) continue;
        if (!walker.over) continue;
        outcomes[(await walker.outcome()) ?? ''] = (outcomes[(await walker.outcome()) ?? ''] ?? 0) + 1;
        [walker, afterwards] = [await Walker.start(start), 0];
      }
    }),
    { seed, numRuns: Math.ceil(steps / STEPS_A_WALK), endOnFailure: process.env.WALK_SHRINK === undefined },
  );
  await assertLedger(room.db);
  const inStead = await room.db.task.count({ where: { answeredForId: { not: null } } });
  process.stdout.write(
    `walked from seed ${seed}: ${JSON.stringify(taken)}, ended ${JSON.stringify(outcomes)}, answered in another’s stead: ${inStead}\n`,
  );
}, 3_600_000);
