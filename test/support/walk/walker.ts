import { randomUUID } from 'node:crypto';
import { addDays, dateOf, toDateColumn } from '../../../libs/domain/dates.ts';
import type { ProcessContract } from '../../../libs/domain/contract.ts';
import { isRefusal } from '../../../libs/domain/refusal.ts';
import type { By, Verdict } from '../../../libs/desk/room.ts';
import { endSubstitution, setSubstitution } from '../../../libs/desk/substitutes.ts';
import { officers, type Worker } from '../cast.ts';
import { brokenInvariants } from '../invariants.ts';
import { ToldHere } from '../told-here.ts';
import { latest, stories, type WalkHouse } from './house.ts';
import { at, declaredBy, saidAt } from './said.ts';
import type { Step } from './steps.ts';

/** One case on a walk: people act in it by lot, and its story is told here, at once or later. */
export class Walker {
  private story!: ToldHere;
  private last: (() => Promise<Verdict>) | undefined;
  private quiet = true;
  private constructor(
    private readonly house: WalkHouse,
    readonly caseId: string,
    private readonly of: { process: string; worker: Worker; named?: boolean },
  ) {}

  /** Goes with a case that has just started. `named`: of an objection, whether a name was given. */
  static async with(house: WalkHouse, caseId: string, of: { process: string; worker: Worker; named?: boolean }): Promise<Walker> {
    const walker = new Walker(house, caseId, of);
    await walker.tellAnew();
    return walker;
  }

  private get contract(): ProcessContract {
    return this.house.room.catalogue[this.of.process]!;
  }

  get over(): boolean {
    return this.story.outcome !== null;
  }

  async outcome(): Promise<string | null> {
    return (await this.house.db.case.findUniqueOrThrow({ where: { id: this.caseId } })).outcome;
  }

  /** Whether nobody is asked anything now. */
  async idle(): Promise<boolean> {
    return (await this.house.db.task.count({ where: { caseId: this.caseId, status: 'open' } })) === 0;
  }

  /** Something outside of it has happened, of which its story has not heard. */
  disturbed(): void {
    this.quiet = false;
  }

  private async tellAnew(): Promise<void> {
    await this.story?.kill();
    const { desk, room } = this.house;
    const story = stories[this.of.process]!;
    this.story = new ToldHere({ desk, room, caseId: this.caseId, story, now: () => this.house.now });
    await this.story.begin();
    this.quiet = true;
  }

  async go(taken: Step): Promise<void> {
    const { verb } = taken;
    if (verb === 'forget') await this.tellAnew();
    else if (verb === 'look') await this.look(taken);
    else if (verb === 'stand') await this.stand(taken);
    else if (verb === 'leave')
      await this.house.db.postHeld.updateMany({
        where: { accountId: this.house.cast.ids[at(officers, taken.person)] },
        data: { toOn: toDateColumn(addDays(dateOf(this.house.now), -1)) },
      });
    else if (verb !== 'wait') await this.actOnce(taken);
  }

  /** The story hears what there is to hear. */
  async hears(): Promise<void> {
    if (this.over) return;
    await this.story.goOn();
    this.quiet = true;
  }

  /** No invariant is broken; what the story says counts when it has heard everything. */
  async sound(): Promise<void> {
    const { nextMessageNo } = await this.house.db.case.findUniqueOrThrow({ where: { id: this.caseId } });
    const { outcome, heard, waits } = this.story;
    this.house.trace(this.of.process, this.quiet, waits, outcome);
    const quiet = this.quiet && (outcome !== null || heard === nextMessageNo - 1);
    const place = quiet ? (outcome === null ? { heard, waits } : null) : undefined;
    expect(await brokenInvariants(this.house.room, this.caseId, place)).toEqual([]);
  }

  /** Time passes: some hours, or until something falls due here. */
  async wait(choice: number): Promise<void> {
    const [next] = await this.house.db.due.findMany({ where: { caseId: this.caseId, doneAt: null }, orderBy: { at: 'asc' }, take: 1 });
    const later = new Date(this.house.now.getTime() + at([1, 7, 24, 72, 240, 960], choice) * 3_600_000);
    this.house.now = choice % 2 && next && next.at > this.house.now ? next.at : later;
  }

  /** Somebody opens a task: no act, and no entry. */
  private async look({ task: which, person }: Step): Promise<void> {
    const tasks = await this.house.tasksOf(this.caseId);
    if (tasks.length === 0) return;
    const task = at(tasks, which);
    const { actor, at: moment } = await this.house.cast.by(await this.who(task, person), this.house.now);
    await this.house.desk.noteRead({ taskId: task.id, actor, at: moment });
  }

  /** Somebody names a substitute, mostly one who is asked; or ends that early. */
  private async stand({ task: which, person, choice }: Step): Promise<void> {
    const open = (await this.house.tasksOf(this.caseId)).filter(({ status }) => status === 'open');
    const principalId = await this.who(open.length > 0 ? at(open, which) : undefined, person);
    const by = await this.house.cast.by(principalId, this.house.now);
    const [standing] = await this.house.db.substitution.findMany({
      where: { principalId, endedAt: null },
      orderBy: { setAt: 'desc' },
      take: 1,
    });
    if (standing && choice % 3 === 0) return void (await endSubstitution(this.house.room, { ...by, id: standing.id }));
    const today = dateOf(this.house.now);
    const processes = choice % 4 ? [] : [at(Object.keys(stories), person)];
    const set = { principalId, substituteId: this.anybody(choice), fromOn: today, toOn: addDays(today, choice % 60), reason: '外出学习' };
    await setSubstitution(this.house.room, { ...by, ...set, processes });
  }

  private async actOnce(taken: Step): Promise<void> {
    const { caseId, house } = this;
    const requestKey = randomUUID();
    const doing = taken.verb === 'again' && this.last ? this.last : await this.prepared(taken, requestKey);
    const [picture, before] = [await house.picture(caseId), await house.entriesOf(caseId)];
    const verdict = await doing();
    house.trace(taken.verb, isRefusal(verdict) ? verdict.refused : 'accepted');
    const after = await house.entriesOf(caseId);
    const left = {
      refused: after.refused - before.refused,
      accepted: after.accepted - before.accepted,
      changed: (await house.picture(caseId)) !== picture,
    };
    if (isRefusal(verdict)) return expect(left).toEqual({ refused: 1, accepted: 0, changed: false });
    if (doing === this.last) return expect(left).toEqual({ refused: 0, accepted: 0, changed: false });
    expect(left).toMatchObject({ refused: 0, changed: true });
    expect(left.accepted).toBeGreaterThanOrEqual(1);
    this.last = doing;
    this.quiet = false;
  }

  private async prepared({ verb, task: which, person, choice }: Step, requestKey: string): Promise<() => Promise<Verdict>> {
    const tasks = await this.house.tasksOf(this.caseId);
    const open = tasks.filter(({ status }) => status === 'open');
    const task = which % 10 < 9 && open.length > 0 ? at(open, which) : at(tasks, which);
    const done = verb === 'takeBack' && person % 4 > 0 ? latest(tasks) : undefined;
    const by = {
      ...(await this.house.cast.by(
        done?.answeredById ?? (await this.house.orSubstitute(await this.who(task, person), dateOf(this.house.now), choice)),
        this.house.now,
      )),
      requestKey,
    };
    const whole = await this.withTheCase({ verb, person, choice }, by);
    if (whole) return whole;
    if (verb === 'withdraw') return () => this.house.desk.withdraw({ ...by, caseId: this.caseId, reason: '重新核对' });
    if (verb === 'comment') return () => this.house.desk.comment({ ...by, caseId: this.caseId, text: '已联系本人。' });
    if (verb === 'attach')
      return () =>
        this.house.desk.attach({
          ...by,
          caseId: this.caseId,
          name: choice % 4 ? '谈话记录.pdf' : '谈话记录.exe',
          bytes: new Uint8Array([0x25, 0x50, 0x44, 0x46, choice % 256]),
        });
    if (verb === 'declare' && this.of.process === 'probation')
      return () => this.house.desk.declare({ ...by, caseId: this.caseId, ...declaredBy(choice, this.house.now) });
    if (!task) return () => this.house.desk.comment({ ...by, caseId: this.caseId, text: '还没有待办。' });
    if (verb === 'urge') return () => this.house.desk.urge({ ...by, taskId: task.id });
    if (verb === 'claim') return () => this.house.desk.claim({ ...by, taskId: task.id });
    if (verb === 'release') return () => this.house.desk.release({ ...by, taskId: task.id });
    if (verb === 'return')
      return () =>
        this.house.desk.returnTask({
          ...by,
          taskId: task.id,
          to: at(this.contract.order, choice),
          reason: '请补充材料',
          then: choice % 2 ? 'through' : 'straightBack',
        });
    const taskId = task.id;
    const handed = { ...by, taskId, to: this.anybody(choice), reason: '外出开会' };
    if (verb === 'transfer') return () => this.house.desk.transfer(handed);
    if (verb === 'delegate') return () => this.house.desk.delegate(handed);
    if (verb === 'sign') return () => this.house.desk.addSigner({ ...handed, where: at(['before', 'beside', 'after'] as const, person) });
    if (verb === 'unsign')
      return () =>
        this.house.desk.removeSigner({ ...by, taskId: (tasks.find(({ part }) => part !== 'main') ?? task).id, reason: '不需要了' });
    if (verb === 'takeBack') return () => this.house.desk.takeBack({ ...by, taskId: (latest(tasks) ?? task).id, reason: '填写有误' });
    const answer = task.part === 'advice' ? { opinion: choice % 11 ? '建议通过。' : '' } : this.said(task.stage, choice);
    return () => this.house.desk.answer({ ...by, taskId, answer });
  }

  /** The verbs of the county and of whoever is asked on the case as a whole; a held case is mostly resumed before long. */
  private async withTheCase({ verb, person, choice }: Pick<Step, 'verb' | 'person' | 'choice'>, by: By & { requestKey: string }) {
    const { caseId } = this;
    const { heldAt } = await this.house.db.case.findUniqueOrThrow({ where: { id: caseId } });
    const county = {
      ...(await this.house.cast.by(
        this.house.cast.ids[at(['countyHr', 'countyOrg', 'countyHr2', 'countyOrg2'] as const, person)],
        this.house.now,
      )),
      requestKey: by.requestKey,
    };
    const governs = { ...(person % 6 ? county : by), caseId, reason: '等待上级批复', documentNo: '碧组发〔2026〕12号' };
    if (verb === 'resume' || (heldAt && choice % 4 === 0)) return () => this.house.desk.resume(governs);
    if (verb === 'hold') return () => this.house.desk.hold(governs);
    // mostly by those who may not, so that cases last
    if (verb === 'cancel') return () => this.house.desk.cancel(choice % 5 ? { ...governs, ...by } : governs);
    if (verb === 'copy') return () => this.house.desk.copy({ ...by, caseId, to: [this.anybody(choice)] });
    if (verb === 'recuse') return () => this.house.desk.recuse({ ...by, caseId, reason: '与当事人有利害关系' });
    return null;
  }

  private anybody(n: number): string {
    return at([...officers.map((officer) => this.house.cast.ids[officer]), this.of.worker.accountId], n);
  }

  /** Mostly somebody who is asked, or who answered when that is what matters; now and then anybody. */
  private async who(
    task: { assigneeId: string | null; audienceRole: string | null; audienceUnit: string | null } | undefined,
    n: number,
  ): Promise<string> {
    if (!task || n % 5 === 0) return this.anybody(n);
    if (task.assigneeId && n % 5 !== 1) return task.assigneeId;
    const holders = await this.house.db.postHeld.findMany({
      where: { role: task.audienceRole ?? 'STREET_PARTY_COMMITTEE', unitCode: task.audienceUnit ?? undefined },
    });
    holders.sort((a, b) => this.house.rank(a.accountId) - this.house.rank(b.accountId));
    return holders.length > 0 ? at(holders, n).accountId : this.of.worker.accountId;
  }

  private said(stage: string, choice: number): Record<string, unknown> {
    const { cast, now } = this.house;
    const { worker, named = false } = this.of;
    return saidAt(this.contract, stage, choice, { cast, now, self: worker.accountId, named });
  }
}
