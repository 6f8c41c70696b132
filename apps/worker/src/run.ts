import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { makeTelemetryFilterString, NativeConnection, Runtime, Worker, type NativeConnectionOptions } from '@temporalio/worker';
import { pino, type Logger } from 'pino';
import { createActivities } from '../../../activities/index.ts';
import { actorOf } from '../../../libs/access/actor.ts';
import { createDb } from '../../../libs/db.ts';
import { createDesk, type Desk } from '../../../libs/desk/desk.ts';
import type { DeskRoom } from '../../../libs/desk/room.ts';
import type { Catalogue } from '../../../libs/domain/contract.ts';
import { dateOf } from '../../../libs/domain/dates.ts';
import { openLedgerKeys } from '../../../libs/ledger/keys.ts';
import { runSealer } from '../../../libs/ledger/sealer.ts';
import { startDemoInbox } from '../../../libs/mail/demo-inbox.ts';
import { createMailTransport, runMailer } from '../../../libs/mail/sender.ts';
import { workOnStartJobs } from '../../../libs/openings/start-jobs.ts';
import { readConfig, type Config } from './config.ts';
import { Couriers } from './couriers.ts';
import { reconcile } from './reconciler.ts';

const now = () => new Date();

/** What the parts of the engine room share. */
interface EngineRoom {
  config: Config;
  log: Logger;
  room: DeskRoom;
  desk: Desk;
  signal: AbortSignal;
}

/**
 * The engine room as a process of its own, until a signal or its supervisor ends it: tells the stories of the processes handed in, carries messages,
 * sends mail, seals the ledger. `mailClock` is the time that quiet hours are held to.
 */
export async function runWorker({ catalogue, mailClock = now }: { catalogue: Catalogue; mailClock?: () => Date }): Promise<void> {
  const config = readConfig(process.env);
  const log = pino({ level: config.LOG_LEVEL, base: { process: 'worker' } });
  Runtime.install({ shutdownSignals: [], telemetryOptions: { logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'WARN' }) } } });
  const db = createDb(config.DATABASE_URL, { connections: config.DATABASE_CONNECTIONS });
  const room = { db, catalogue };
  const keys = await openLedgerKeys({ dir: config.KEYS_DIR, keyFile: process.env.LEDGER_KEY_FILE || undefined, sealsLog: process.env.SEALS_LOG || undefined });
  const stop = new AbortController();
  const engine: EngineRoom = { config, log, room, desk: createDesk(room), signal: stop.signal };
  const { signal } = engine;
  const house = {
    desk: engine.desk,
    catalogue,
    actorOf: async (accountId: string, at: Date) => (await actorOf(db, accountId, dateOf(at))) ?? { accountId, name: '', personId: null, posts: [] },
  };

  for (const name of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.on(name, () => stop.abort());
  const inbox = config.MAIL_CATCHER_PORT ? await startDemoInbox({ db, port: config.MAIL_CATCHER_PORT, now }) : null;
  const transport = createMailTransport(config.SMTP_URL);
  const onTrouble = (what: string) => (error: unknown) => log.warn({ err: error }, `${what} failed`);
  await Promise.all([
    tellStories(engine),
    runSealer({ db, keys, now, signal, onTrouble: onTrouble('sealer') }),
    runMailer({ db, transport, from: config.MAIL_FROM, publicUrl: config.PUBLIC_URL, now: mailClock, signal, onTrouble: onTrouble('mailer') }),
    keepDoing(engine, 'start jobs', 500, async () => (await workOnStartJobs(db, house, now())) > 0),
  ]);
  transport.close();
  await inbox?.close();
  await db.$disconnect();
  process.exit(0);
}

/** A piece of the engine room that runs until the process stops; a failure is logged and tried again, never the end of the process. */
async function keepDoing({ signal, log }: EngineRoom, what: string, everyMs: number, work: () => Promise<boolean | void>): Promise<void> {
  while (!signal.aborted) {
    let again = false;
    try {
      again = (await work()) === true;
    } catch (error) {
      log.warn({ err: error }, `${what} failed`);
    }
    if (!again) await sleep(everyMs, undefined, { signal }).catch(() => undefined);
  }
}

const reachOf = (config: Config): NativeConnectionOptions => ({
  address: config.TEMPORAL_ADDRESS,
  ...(config.TEMPORAL_TLS === 'true' && { tls: true }),
  ...(config.TEMPORAL_API_KEY && { apiKey: config.TEMPORAL_API_KEY }),
});

/** Temporal may come up after us: the mail, the seals and the list of starts do not wait for it. */
async function tellStories(engine: EngineRoom): Promise<void> {
  const { config, log, room, desk, signal } = engine;
  const { db, catalogue } = room;
  const connection = await connected(engine);
  if (!connection) return;
  const client = new Client({ connection: await Connection.connect(reachOf(config)), namespace: config.TEMPORAL_NAMESPACE });
  const worker = await Worker.create({
    connection, namespace: config.TEMPORAL_NAMESPACE, taskQueue: config.TASK_QUEUE, activities: { ...createActivities({ desk, room }) },
    workflowBundle: { code: await readFile(config.WORKFLOW_BUNDLE ?? fileURLToPath(new URL('../../../workflow-bundle.js', import.meta.url)), 'utf8') },
    maxConcurrentWorkflowTaskExecutions: 200, workflowTaskPollerBehavior: { type: 'simple-maximum', maximum: 20 }, maxConcurrentLocalActivityExecutions: 16,
    shutdownGraceTime: '5s',
  });
  signal.addEventListener('abort', () => worker.shutdown(), { once: true });
  const processes = Object.keys(catalogue);
  const couriers = new Couriers({ db, client, taskQueue: config.TASK_QUEUE, databaseUrl: config.DATABASE_URL, log });
  const beside = [couriers.run(signal), keepDoing(engine, 'reconciler', 60_000, async () => void (await reconcile({ db, client, taskQueue: config.TASK_QUEUE, processes, log }, now())))];
  process.send?.({ ready: 'worker' });
  log.info('stories are told');
  await worker.run();
  await Promise.all(beside);
  await client.connection.close();
  await connection.close();
}

async function connected({ config, log, signal }: EngineRoom): Promise<NativeConnection | null> {
  for (let pause = 250; !signal.aborted; pause = Math.min(5_000, pause * 2)) {
    try {
      return await NativeConnection.connect(reachOf(config));
    } catch (error) {
      log.warn({ err: error }, 'Temporal not reached');
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
  }
  return null;
}
