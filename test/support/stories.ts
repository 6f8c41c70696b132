import { setTimeout as sleep } from 'node:timers/promises';
import { Client, WorkflowNotFoundError, type WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { bundleWorkflowCode, DefaultLogger, Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import pg from 'pg';
import { pino } from 'pino';
import { createActivities } from '../../activities/index.ts';
import { Couriers, workflowIdOf } from '../../apps/worker/src/couriers.ts';
import type { Case, Incident, Mail } from '../../prisma/generated/client.ts';
import { createDesk, type Desk } from '../../libs/desk/desk.ts';
import type { DeskRoom, Verdict } from '../../libs/desk/room.ts';
import { dateOf, fromDateColumn, instantOf, type IsoDate } from '../../libs/domain/dates.ts';
import { isRefusal } from '../../libs/domain/refusal.ts';
import type { MailTemplate } from '../../libs/mail/params.ts';
import { openCase } from '../../libs/openings/open-case.ts';
import { personAsOf } from '../../libs/people/people.ts';
import { catalogue } from '../../workflows/catalogue.ts';
import type { Activities } from '../../workflows/core/activities.ts';
import { inviteCast, type Cast, type NewWorker, type Officer, type Worker as Person } from './cast.ts';
import { freshDatabase, type TestDatabase } from './database.ts';
import { assertInvariants, assertLedger } from './invariants.ts';
import { timeSkippingEnvironment } from './temporal.ts';

export const TASK_QUEUE = 'stories';
const PATIENCE_MS = 30_000;

let bundle: Promise<WorkflowBundleWithSourceMap> | undefined;
/** The workflows as the worker gets them, bundled once a test file. */
export const workflowBundle = () =>
  (bundle ??= bundleWorkflowCode({
    workflowsPath: new URL('../../workflows/index.ts', import.meta.url).pathname,
    logger: new DefaultLogger('ERROR'),
  }));

/** Where the engine's clock comes from and how it is moved. */
export interface Clock {
  now(): Promise<Date>;
}
/** How the engine is reached. */
export interface Reach {
  client: Client;
  connection: TestWorkflowEnvironment['nativeConnection'];
}

/** The desk, the engine's worker and the couriers between them, over one database; `changed` is called back at each change of the desk. */
export class House {
  readonly stories: Story[] = [];
  readonly desk: Desk;
  readonly room: DeskRoom;
  readonly activities: Activities;
  private listener: pg.Client | undefined;
  private wakers = new Set<() => void>();
  private engine: { worker: Worker; running: Promise<void> } | undefined;
  private couriers: { stop: AbortController; running: Promise<void> } | undefined;

  constructor(
    readonly database: TestDatabase,
    readonly cast: Cast,
    private readonly reach: Reach | null,
    readonly clock: Clock,
  ) {
    this.room = { db: database.db, catalogue };
    this.desk = createDesk(this.room);
    this.activities = createActivities({ desk: this.desk, room: this.room });
  }

  get db() {
    return this.database.db;
  }

  private get reached(): Reach {
    if (!this.reach) throw new Error('There is no engine in this house');
    return this.reach;
  }

  get client(): Client {
    return this.reached.client;
  }

  async open(options: { activities?: Activities; bundle?: WorkflowBundleWithSourceMap } = {}): Promise<this> {
    this.listener = new pg.Client({ connectionString: this.database.url });
    await this.listener.connect();
    await this.listener.query('LISTEN desk');
    this.listener.on('error', () => undefined);
    this.listener.on('notification', () => this.wakers.forEach((wake) => wake()));
    await this.startEngine(options);
    await this.startCouriers();
    return this;
  }

  async startEngine({
    activities = this.activities,
    bundle: own,
  }: { activities?: Activities; bundle?: WorkflowBundleWithSourceMap } = {}): Promise<void> {
    const worker = await Worker.create({
      connection: this.reached.connection,
      namespace: this.client.options.namespace,
      taskQueue: TASK_QUEUE,
      activities: { ...activities },
      workflowBundle: own ?? (await workflowBundle()),
      shutdownGraceTime: '1s',
    });
    this.engine = { worker, running: worker.run() };
  }

  async stopEngine(): Promise<void> {
    this.engine?.worker.shutdown();
    await this.engine?.running;
    this.engine = undefined;
  }

  async startCouriers(): Promise<void> {
    const stop = new AbortController();
    const couriers = new Couriers({
      db: this.db,
      client: this.client,
      taskQueue: TASK_QUEUE,
      databaseUrl: this.database.url,
      log: pino({ level: process.env.LOG_LEVEL ?? 'silent' }),
    });
    this.couriers = { stop, running: couriers.run(stop.signal) };
  }

  async stopCouriers(): Promise<void> {
    this.couriers?.stop.abort();
    await this.couriers?.running;
    this.couriers = undefined;
  }

  /** Waits until `look` sees something; woken by the desk itself, bounded. */
  async eventually<T>(what: string, look: () => Promise<T | null | undefined | false>): Promise<T> {
    const until = Date.now() + PATIENCE_MS;
    for (;;) {
      const woken = new Promise<void>((resolve) =>
        this.wakers.add(function wake(this: void) {
          resolve();
        }),
      );
      const seen = await look();
      if (seen) return seen;
      if (Date.now() > until) throw new Error(`Not seen within ${PATIENCE_MS / 1000} s: ${what}`);
      // a story's own progress is not announced by the desk: look again soon in any case
      await Promise.race([woken, sleep(25)]);
      this.wakers.clear();
    }
  }

  /** Starts a probation for a worker as the county's human resources would. */
  async begin(of: Partial<NewWorker> & { worker?: Person; by?: Officer } = {}): Promise<Story> {
    const at = await this.clock.now();
    const person = of.worker ?? (await this.cast.worker({ startedOn: dateOf(at), ...of }));
    const by = await this.cast.by(this.cast.ids[of.by ?? 'countyHr'], at);
    const started = await this.db.$transaction((tx) =>
      openCase(tx, { desk: this.desk, catalogue }, { process: 'probation', input: { personId: person.personId }, ...by }),
    );
    if (isRefusal(started)) throw new Error(`Refused: ${JSON.stringify(started)}`);
    const story = await this.tellStory(started.caseId, person);
    this.stories.push(story);
    await story.quiet();
    return story;
  }

  protected async tellStory(caseId: string, person: Person): Promise<Story> {
    return new Story(this, caseId, person);
  }

  /** Every story has done what it can do now. */
  async quiet(): Promise<void> {
    for (const story of this.stories) await story.quiet();
  }

  /** Checks what must hold of every case of the test, ends what still runs, and the ledger. */
  async settle(): Promise<void> {
    const told = this.stories.splice(0);
    try {
      for (const story of told) {
        await story.quiet();
        await assertInvariants(this.room, story.caseId, await story.whereIsIt());
        await story.assertNoPersonalData();
      }
      await assertLedger(this.db);
    } finally {
      for (const story of told) await story.stop();
    }
  }

  async close(): Promise<void> {
    await this.stopCouriers();
    await this.stopEngine();
    await this.listener?.end();
    await this.database.close();
  }
}

/** A person as a test speaks of them: acts on tasks by the stage's title. What was accepted has been heard by the story when it is told here. */
export interface Acting {
  answers(title: string, answer: Record<string, unknown>, how?: How): Promise<Verdict>;
  claims(title: string): Promise<Verdict>;
  releases(title: string): Promise<Verdict>;
  returns(title: string, to: string, then?: 'through' | 'straightBack'): Promise<Verdict>;
  withdraws(reason?: string): Promise<Verdict>;
  declares(event: string, answer: Record<string, unknown>): Promise<Verdict>;
}
export interface How {
  requestKey?: string;
  /** When the act came, where it is not now. */
  at?: Date;
}

/** One case and its story, in users' words. */
export class Story {
  constructor(
    readonly house: House,
    readonly caseId: string,
    readonly worker: Person,
  ) {}

  private get db() {
    return this.house.db;
  }

  case(): Promise<Case> {
    return this.db.case.findUniqueOrThrow({ where: { id: this.caseId } });
  }

  async handle(): Promise<WorkflowHandle> {
    return this.house.client.workflow.getHandle(workflowIdOf(await this.case()));
  }

  /** What the story itself says; null when it has ended. */
  async whereIsIt(): Promise<WhereIsIt | null> {
    const handle = await this.handle();
    try {
      if ((await handle.describe()).status.name !== 'RUNNING') return null;
      // a story whose workflow task fails never answers; a busy machine answers late
      const asked = handle.query<WhereIsIt>('whereIsIt');
      let answer = await Promise.race([asked, sleep(8_000, 'silent' as const)]);
      const failure = answer === 'silent' ? await this.lastFailure() : undefined;
      if (answer === 'silent' && !failure) answer = await Promise.race([asked, sleep(15_000, 'silent' as const)]);
      if (answer === 'silent') throw new Error(`The story does not answer: ${failure}`);
      return answer;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return null;
      throw error;
    }
  }

  /** Why the story's last workflow task failed. */
  async lastFailure(): Promise<string | undefined> {
    const { events } = await (await this.handle()).fetchHistory();
    return (
      events
        ?.map((event) => event.workflowTaskFailedEventAttributes?.failure)
        .filter((failure) => failure)
        .at(-1)?.message ?? undefined
    );
  }

  /** The story has heard everything the desk said and waits, or has ended. */
  async quiet(): Promise<void> {
    let seen: object = {};
    const isQuiet = async () => {
      const { status, nextMessageNo } = await this.case();
      const where = await this.whereIsIt();
      seen = { status, nextMessageNo, where };
      return status === 'ended' ? where === null : where?.waits && where.heard === nextMessageNo - 1;
    };
    await this.house.eventually('a quiet story', isQuiet).catch(async (error: Error) => {
      const waiting = await this.db.message.count({ where: { caseId: this.caseId, confirmedAt: null } });
      throw new Error(`${error.message}; ${JSON.stringify({ ...seen, waiting })}`);
    });
  }

  async stop(): Promise<void> {
    const handle = await this.handle();
    await handle.terminate('the test is over').catch((error: unknown) => {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    });
  }

  /** Titles of the stages that are open now, in the order of their opening. */
  async openStages(): Promise<string[]> {
    const runs = await this.db.stageRun.findMany({ where: { caseId: this.caseId, status: 'open' }, orderBy: { seq: 'asc' } });
    return runs.map(({ stage }) => titleOf(stage));
  }

  /** Open tasks of a stage: that of one person, when asked. */
  async tasks(title: string, accountId?: string) {
    const rows = await this.db.task.findMany({
      where: { caseId: this.caseId, stage: stageOf(title), status: 'open' },
      orderBy: [{ round: 'desc' }, { chair: 'desc' }],
    });
    return accountId ? rows.sort((a, b) => Number(b.assigneeId === accountId) - Number(a.assigneeId === accountId)) : rows;
  }

  /** Waits until a stage is asked. */
  waitForTask(title: string) {
    return this.house.eventually(`${title} is asked`, async () => (await this.tasks(title))[0]);
  }

  officer(officer: Officer): Acting {
    return this.person(this.house.cast.ids[officer]);
  }

  get self(): Acting {
    return this.person(this.worker.accountId);
  }

  person(accountId: string): Acting {
    const { house, caseId } = this;
    const { desk } = house;
    const by = async (how: How = {}) => ({
      ...(await house.cast.by(accountId, how.at ?? (await house.clock.now()))),
      ...(how.requestKey && { requestKey: how.requestKey }),
    });
    const taskOf = async (title: string) => {
      await this.waitForTask(title);
      return (await this.tasks(title, accountId))[0]!.id;
    };
    const heard = async (verdict: Promise<Verdict>): Promise<Verdict> => {
      const result = await verdict;
      if (!isRefusal(result)) await this.quiet();
      return result;
    };
    return {
      answers: async (title, answer, how) => heard(desk.answer({ ...(await by(how)), taskId: await taskOf(title), answer })),
      claims: async (title) => heard(desk.claim({ ...(await by()), taskId: await taskOf(title) })),
      releases: async (title) => heard(desk.release({ ...(await by()), taskId: await taskOf(title) })),
      returns: async (title, to, then = 'through') =>
        heard(desk.returnTask({ ...(await by()), taskId: await taskOf(title), to: stageOf(to), then, reason: '请补充材料后再报。' })),
      withdraws: async (reason = '发起有误') => heard(desk.withdraw({ ...(await by()), caseId, reason })),
      declares: async (event, answer) => heard(desk.declare({ ...(await by()), caseId, event, answer })),
    };
  }

  /** Mails of the case, oldest first, with what they say. */
  async mails(template?: MailTemplate): Promise<(Mail & { says: Record<string, unknown> })[]> {
    const rows = await this.db.mail.findMany({ where: { caseId: this.caseId, ...(template && { template }) }, orderBy: { id: 'asc' } });
    return rows.map((row) => ({ ...row, says: row.params as Record<string, unknown> }));
  }

  /** Verbs of the case in the ledger, oldest first. */
  async entries(): Promise<{ verb: string; accepted: boolean; accountId: string | null }[]> {
    return this.db.ledgerEntry.findMany({
      where: { chain: `case:${this.caseId}` },
      orderBy: { seq: 'asc' },
      select: { verb: true, accepted: true, accountId: true },
    });
  }

  incidents(): Promise<Incident[]> {
    return this.db.incident.findMany({ where: { caseId: this.caseId }, orderBy: { openedAt: 'asc' } });
  }

  /** What stands in the record about the worker on a day. */
  async recordOn(day: IsoDate) {
    return (await personAsOf(this.db, this.worker.personId, day))!.inForce;
  }

  /** The last day of the probation as the case knows it. */
  async lastDay(): Promise<IsoDate> {
    return fromDateColumn(
      (await this.db.caseDate.findUniqueOrThrow({ where: { caseId_key: { caseId: this.caseId, key: 'lastDay' } } })).on,
    );
  }

  /** No name, address, phone or ID number went to the engine. */
  async assertNoPersonalData(): Promise<void> {
    const text = textOf(await (await this.handle()).fetchHistory());
    expect(this.house.cast.secrets.filter((secret) => text.includes(secret))).toEqual([]);
  }
}

/** Everything that a history says, payloads in clear. */
function textOf(said: unknown): string {
  if (said instanceof Uint8Array) return Buffer.from(said).toString('utf8');
  return typeof said === 'object' && said !== null ? Object.values(said).map(textOf).join('\n') : String(said);
}

export interface WhereIsIt {
  heard: number;
  waits: { until: string | null; stages: string[] } | null;
}

const contract = catalogue.probation!;
const titleOf = (stage: string): string => contract.stages[stage]!.title;
/** The name of a stage by what people call it. */
export function stageOf(title: string): string {
  const found = Object.entries(contract.stages).find(([, stage]) => stage.title === title);
  if (!found) throw new Error(`No stage is called ${title}`);
  return found[0];
}

/** A house whose time a test moves. */
export type TimedHouse = House & { until(on: IsoDate, time?: string): Promise<void> };

/** A house over a server that skips time, whose clock is one for all stories of the file. */
export class SkippingHouse extends House {
  constructor(
    private readonly env: TestWorkflowEnvironment,
    database: TestDatabase,
    cast: Cast,
    client: Client,
  ) {
    super(database, cast, { client, connection: env.nativeConnection }, { now: async () => new Date(await env.currentTimeMs()) });
  }

  /** Lets time pass until a wall-clock time in Shanghai; what falls due on the way is done. */
  async until(on: IsoDate, time = '10:00'): Promise<void> {
    await this.quiet();
    const left = instantOf(on, time).getTime() - (await this.env.currentTimeMs());
    if (left < 0) throw new Error(`${on} ${time} is past`);
    await this.env.sleep(left);
    // timers are set a few milliseconds late: what falls due at this very moment is still to come
    const at = instantOf(on, time);
    const caseId = { in: this.stories.map((story) => story.caseId) };
    await this.eventually('what is due', async () => (await this.db.due.count({ where: { caseId, doneAt: null, at: { lte: at } } })) === 0);
    await this.quiet();
  }

  async today(): Promise<IsoDate> {
    return dateOf(await this.clock.now());
  }

  override async close(): Promise<void> {
    await super.close();
    await this.env.teardown();
  }
}

export async function skippingHouse(): Promise<SkippingHouse> {
  const env = await timeSkippingEnvironment();
  const database = await freshDatabase({ connections: 20 });
  const cast = await inviteCast(database.db, new Date(await env.currentTimeMs()));
  // a plain client: the environment's own would skip time by itself while a result is awaited
  const client = new Client({ connection: env.connection, namespace: env.namespace });
  const house = new SkippingHouse(env, database, cast, client);
  await house.open();
  return house;
}
