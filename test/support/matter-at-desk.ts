import { createDesk, type Desk } from '../../libs/desk/desk.ts';
import type { DeskRoom, Verdict } from '../../libs/desk/room.ts';
import { isRefusal, type RefusalCode } from '../../libs/domain/refusal.ts';
import { openCase } from '../../libs/openings/open-case.ts';
import { catalogue } from '../../workflows/catalogue.ts';
import type { Story } from '../../workflows/core/story.ts';
import { announcement, roll } from './announcement.ts';
import { inviteCast, type Cast, type Officer, type Worker } from './cast.ts';
import { freshDatabase, type TestDatabase } from './database.ts';
import { exercise, exerciseStory } from './exercise.ts';
import { brokenInvariants } from './invariants.ts';
import { ToldHere } from './told-here.ts';

/** A real desk on a database of its own, with the cast and a clock that the test sets. */
export class DeskHouse {
  readonly room: DeskRoom;
  readonly desk: Desk;
  now: Date;
  private constructor(
    readonly database: TestDatabase,
    readonly cast: Cast,
    now: Date,
  ) {
    this.now = now;
    this.room = { db: database.db, catalogue: { ...catalogue, exercise, announcement, roll } };
    this.desk = createDesk(this.room);
  }

  static async open(now: string): Promise<DeskHouse> {
    const database = await freshDatabase();
    return new DeskHouse(database, await inviteCast(database.db, new Date(now)), new Date(now));
  }

  close = () => this.database.close();

  /** Starts a matter of the exercise, told in this process. */
  start(starter: Officer = 'countyHr'): Promise<MatterAtDesk> {
    return MatterAtDesk.start(this, { process: 'exercise', story: exerciseStory, starter });
  }
}

/** One case as people at the desk handle it: each act by a member of the cast, the story told on after it. */
export class MatterAtDesk {
  private constructor(
    readonly house: DeskHouse,
    readonly caseId: string,
    readonly worker: Worker,
    readonly told: ToldHere,
  ) {}

  static async start(house: DeskHouse, of: { process: string; story: Story; starter: Officer; worker?: Worker }): Promise<MatterAtDesk> {
    const { room, desk, cast } = house;
    const worker = of.worker ?? (await cast.worker({ startedOn: house.now.toISOString().slice(0, 10) }));
    const by = await cast.by(cast.ids[of.starter], house.now);
    const started = await room.db.$transaction((tx) =>
      openCase(tx, { desk, catalogue: room.catalogue }, { process: of.process, input: { personId: worker.personId }, ...by }),
    );
    if (isRefusal(started)) throw new Error(JSON.stringify(started));
    return MatterAtDesk.of(house, { caseId: started.caseId, story: of.story, worker });
  }

  /** A case that is there already, told in this process from the top. */
  static async of(house: DeskHouse, { caseId, story, worker }: { caseId: string; story: Story; worker: Worker }): Promise<MatterAtDesk> {
    const { desk, room } = house;
    const told = new ToldHere({ desk, room, caseId, story, now: () => house.now });
    const matter = new MatterAtDesk(house, caseId, worker, told);
    await told.begin();
    return matter;
  }

  by(who: string) {
    const { cast, now } = this.house;
    return cast.by(cast.ids[who as Officer] ?? (who === 'worker' ? this.worker.accountId : who), now);
  }

  /** Tasks of a stage in its latest round, the chair's first. */
  async tasks(stage: string) {
    const rows = await this.house.room.db.task.findMany({
      where: { caseId: this.caseId, stage },
      orderBy: [{ round: 'desc' }, { chair: 'desc' }, { openedAt: 'asc' }],
    });
    return rows.filter(({ round }) => round === rows[0]!.round);
  }

  /** The task of a stage that lies before somebody: theirs by name, else the stage's own. */
  async taskOf(stage: string, who: string): Promise<string> {
    const id = this.house.cast.ids[who as Officer] ?? who;
    const all = await this.tasks(stage);
    const found =
      all.find(({ assigneeId, status }) => assigneeId === id && status === 'open') ??
      all.find(({ assigneeId, status }) => assigneeId === id && status !== 'closed') ??
      all.find(({ part, status }) => part === 'main' && status !== 'closed');
    if (!found) throw new Error(`No task at ${stage} for ${who}`);
    return found.id;
  }

  /** Does something at the desk as somebody; the story hears of it, and no invariant is broken. The refusal's code, or null. */
  async does(who: string, act: (by: Awaited<ReturnType<Cast['by']>>) => Promise<Verdict<unknown>>): Promise<RefusalCode | null> {
    const verdict = await act(await this.by(who));
    // no two acts at one moment
    this.house.now = new Date(this.house.now.getTime() + 1_000);
    await this.told.goOn();
    await this.sound();
    return isRefusal(verdict) ? verdict.refused : null;
  }

  async sound(): Promise<void> {
    const place = this.told.outcome === null ? { heard: this.told.heard, waits: this.told.waits } : null;
    expect(await brokenInvariants(this.house.room, this.caseId, place)).toEqual([]);
  }

  async answers(stage: string, who: string, answer: Record<string, unknown>): Promise<RefusalCode | null> {
    const taskId = await this.taskOf(stage, who);
    return this.does(who, (by) => this.house.desk.answer({ ...by, taskId, answer }));
  }

  /** Everybody whose turn it is answers, until the stage is over. */
  async everyoneAnswers(stage: string, answer: Record<string, unknown>): Promise<void> {
    while ((await this.run(stage))?.status === 'open') {
      const [next] = (await this.tasks(stage)).filter(({ status }) => status === 'open');
      const refused = await this.answers(stage, next!.assigneeId!, answer);
      if (refused) throw new Error(`${stage}: ${refused}`);
    }
  }

  /** What a stage told in its latest round, and where it stands. */
  async run(stage: string) {
    const [run] = await this.house.room.db.stageRun.findMany({
      where: { caseId: this.caseId, stage },
      orderBy: { round: 'desc' },
      take: 1,
    });
    return run ?? null;
  }
}
