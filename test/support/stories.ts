import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import pg from 'pg';
import { pino } from 'pino';
import { createActivities } from '../../activities/index.ts';
import { Couriers } from '../../apps/worker/src/couriers.ts';
import { createDesk, type Desk } from '../../libs/desk/desk.ts';
import type { DeskRoom } from '../../libs/desk/room.ts';
import { dateOf, instantOf, type IsoDate } from '../../libs/domain/dates.ts';
import { isRefusal } from '../../libs/domain/refusal.ts';
import { openCase } from '../../libs/openings/open-case.ts';
import { catalogue } from '../../workflows/catalogue.ts';
import type { Activities } from '../../workflows/core/activities.ts';
import { inviteCast, type Cast, type NewWorker, type Officer, type Worker as Person } from './cast.ts';
import { freshDatabase, type TestDatabase } from './database.ts';
import { assertInvariants, assertLedger } from './invariants.ts';
import { Story } from './story.ts';
import { timeSkippingEnvironment } from './temporal.ts';

export const TASK_QUEUE = 'stories';
const PATIENCE_MS = 30_000;

/** The workflows as the worker gets them. */
export interface Bundle {
  code: string;
}
export const workflowBundle = async (): Promise<Bundle> => ({
  code: await readFile(new URL('../../dist/workflow-bundle.js', import.meta.url), 'utf8'),
});

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

  async open(options: { activities?: Activities; bundle?: Bundle } = {}): Promise<this> {
    this.listener = new pg.Client({ connectionString: this.database.url });
    await this.listener.connect();
    await this.listener.query('LISTEN desk');
    this.listener.on('error', () => undefined);
    this.listener.on('notification', () => this.wakers.forEach((wake) => wake()));
    await this.startEngine(options);
    await this.startCouriers();
    return this;
  }

  async startEngine({ activities = this.activities, bundle: own }: { activities?: Activities; bundle?: Bundle } = {}): Promise<void> {
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
