import { createHash, randomUUID } from 'node:crypto';
import { listForNotice } from '../../../libs/desk/notice.ts';
import { addDays, dateOf } from '../../../libs/domain/dates.ts';
import { isRefusal } from '../../../libs/domain/refusal.ts';
import { openCase } from '../../../libs/openings/open-case.ts';
import { officers, type Worker } from '../cast.ts';
import type { WalkHouse } from './house.ts';
import type { Start, Step } from './steps.ts';
import { Walker } from './walker.ts';

/** So many objections to the notices of one case. */
const MOST_OBJECTIONS = 3;

/** A case and the objections to what it makes public, each a case of its own, on one way. */
export class Walk {
  readonly objections: Walker[] = [];
  private constructor(
    private readonly house: WalkHouse,
    private readonly worker: Worker,
    readonly main: Walker,
  ) {}

  static async start(house: WalkHouse, of: Start): Promise<Walk> {
    const { db, cast, desk, room, now } = house;
    await db.postHeld.updateMany({ data: { toOn: null } });
    const worker = await cast.worker({ startedOn: addDays(dateOf(now), -Math.min(of.late, 175)) });
    const relative = officers[of.relative];
    if (relative)
      await db.relative.createMany({
        data: [
          { accountId: cast.ids[relative], otherId: worker.accountId },
          { accountId: worker.accountId, otherId: cast.ids[relative] },
        ],
      });
    const by = await cast.by(cast.ids[of.starter], now);
    const started = await db.$transaction((tx) =>
      openCase(tx, { desk, catalogue: room.catalogue }, { process: of.process, input: { personId: worker.personId }, ...by }),
    );
    if (isRefusal(started)) throw new Error(JSON.stringify(started));
    const { caseId } = started;
    if (of.process === 'roll') {
      const rows = [1, 2, 3].map((n) => ({ key: `p${n}`, name: `公示人${n}`, unitName: '锦江街道', post: '五岗' }));
      await db.$transaction((tx) => listForNotice(tx, { caseId, stage: 'notice', at: now, rows }));
    }
    return new Walk(house, worker, await Walker.with(house, caseId, { process: of.process, worker }));
  }

  get over(): boolean {
    return [this.main, ...this.objections].every(({ over }) => over);
  }

  async go(taken: Step): Promise<void> {
    const walker = this.chosen(taken.of);
    const idle = walker.over ? false : await walker.idle();
    const notice = walker === this.main ? await this.notice() : null;
    const takesMore = notice !== null && this.objections.length < MOST_OBJECTIONS;
    const inTime = takesMore && (await this.stands(notice));
    if (takesMore && (taken.verb === 'object' || (inTime && idle && taken.choice % 2 === 0))) return this.object(taken, notice.id);
    // an objection has few stages, and mostly comes to its end beside the rest
    const verb = walker !== this.main && taken.task % 3 === 0 ? 'answer' : taken.verb === 'object' ? 'look' : taken.verb;
    // while nobody is asked anything, time passes mostly
    if (verb === 'wait' || (idle && taken.choice % 8 > 0)) {
      // a notice is mostly objected to before its days are over
      await walker.wait(inTime ? (taken.choice % 3) * 2 : taken.choice);
      for (const each of [this.main, ...this.objections]) each.disturbed();
    } else await walker.go({ ...taken, verb });
    if (taken.heard) await walker.hears();
    await walker.sound();
    if (walker !== this.main) await this.main.sound();
  }

  /** Mostly what still goes on. */
  private chosen(of: number): Walker {
    const alive = this.objections.filter(({ over }) => !over);
    const among = of === 0 ? this.objections : of < 6 ? alive : [];
    return among[of % among.length] ?? this.main;
  }

  private notice() {
    return this.house.db.notice.findFirst({ where: { caseId: this.main.caseId, postedAt: { not: null } }, orderBy: { round: 'desc' } });
  }

  private async stands({ caseId, stage, round }: { caseId: string; stage: string; round: number }): Promise<boolean> {
    const { status, dueAt } = await this.house.db.stageRun.findUniqueOrThrow({ where: { caseId_stage_round: { caseId, stage, round } } });
    return status === 'open' && dueAt !== null && this.house.now < dueAt;
  }

  /** Somebody objects to one on the list, by themself or by way of the county; in time or not. Taken, the objection is a case beside this one. */
  private async object({ choice, person }: Step, noticeId: string): Promise<void> {
    const { house, main } = this;
    const registrar = house.cast.ids[person % 2 ? 'countyOrg' : 'countyOrg2'];
    const actor = choice % 3 ? null : (await house.cast.by(registrar, house.now)).actor;
    const named = person % 3 > 0;
    const { caseId, stage, round } = await house.db.notice.findUniqueOrThrow({ where: { id: noticeId } });
    const listed = await house.db.noticeRow.count({ where: { caseId, stage, round } });
    const before = await house.entriesOf(main.caseId);
    const received = await house.desk.receiveObjection({
      id: randomUUID(),
      noticeId,
      no: 1 + (choice % 7 ? person % listed : listed),
      named,
      sealed: new Uint8Array([1]),
      codeHash: createHash('sha256').update(randomUUID()).digest('hex'),
      at: house.now,
      origin: 'walk',
      actor,
    });
    house.trace('object', isRefusal(received) ? received.refused : 'accepted');
    const after = await house.entriesOf(main.caseId);
    const left = { accepted: after.accepted - before.accepted, refused: after.refused - before.refused };
    // a stranger's attempt is no entry
    expect(left).toEqual(isRefusal(received) ? { accepted: 0, refused: actor ? 1 : 0 } : { accepted: 1, refused: 0 });
    if (!isRefusal(received))
      this.objections.push(await Walker.with(house, received.caseId, { process: 'objection', worker: this.worker, named }));
    await main.sound();
    await this.objections.at(-1)?.sound();
  }
}
