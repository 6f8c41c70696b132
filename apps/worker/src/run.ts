import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import type { Logger } from 'pino';
import { z } from 'zod';
import { createDb } from '../../../libs/db.ts';
import { createDesk } from '../../../libs/desk/desk.ts';
import { forgetOldImports } from '../../../libs/roster/housekeeping.ts';
import type { Catalogue } from '../../../libs/domain/contract.ts';
import { openLedgerKeys } from '../../../libs/ledger/keys.ts';
import { runSealer } from '../../../libs/ledger/sealer.ts';
import { startDemoInbox } from '../../../libs/mail/demo-inbox.ts';
import { createMailTransport, runMailer } from '../../../libs/mail/sender.ts';
import { readConfig } from './config.ts';
import { Couriers } from './couriers.ts';
import type { EngineRoom } from './engine-room.ts';
import { runListJobs } from './list-jobs.ts';
import { createLogger, engineLogger } from './log.ts';
import { createMetrics } from './metrics.ts';
import { reconcile } from './reconciler.ts';
import { keepSchedules } from './schedules.ts';
import { runStartJobs } from './start-jobs.ts';
import { reachOf, tellStories } from './stories.ts';

const now = () => new Date();
/** A supervisor kills what takes longer than ten seconds; before that the process goes by itself. */
const GO_WITHIN_MS = 9_000;
// Old workbooks are personal data: a day late is soon enough, and a worker that starts looks at once.
const FORGET_EVERY_MS = 6 * 3_600_000;

/**
 * The engine room as a process of its own, until a signal or its supervisor ends it: tells the stories of the processes handed in, carries messages,
 * sends mail, seals the ledger. None of them waits for another: with the engine away mails are sent, with the mail server away stories are told.
 * `mailClock` is the time that quiet hours are held to.
 */
export async function runWorker({ catalogue, mailClock = now }: { catalogue: Catalogue; mailClock?: () => Date }): Promise<void> {
  const config = readConfig(process.env);
  const log = createLogger(config.LOG_LEVEL);
  const signal = untilToldToStop(log);
  // a start on somebody's list is refused in Chinese, as at the door
  z.config(z.locales.zhCN());
  Runtime.install({
    shutdownSignals: [],
    logger: engineLogger(log),
    telemetryOptions: { logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'WARN' }) } },
  });
  const db = createDb(config.DATABASE_URL, { connections: config.DATABASE_CONNECTIONS });
  const keys = await openLedgerKeys({
    dir: config.KEYS_DIR,
    ...(config.SIGNING_KEY_DIR && { signingDir: config.SIGNING_KEY_DIR }),
    ...(config.LEDGER_KEY_FILE && { keyFile: config.LEDGER_KEY_FILE }),
    ...(config.SEALS_LOG && { sealsLog: config.SEALS_LOG }),
  });
  const metrics = await createMetrics({ db, port: config.METRICS_PORT, host: config.METRICS_HOST });
  const engine: EngineRoom = { config, log, db, catalogue, desk: createDesk({ db, catalogue }), metrics, signal };
  const inbox = config.MAIL_CATCHER_PORT ? await startDemoInbox({ db, port: config.MAIL_CATCHER_PORT, now }) : null;
  const transport = createMailTransport(config.SMTP_URL);
  const onTrouble = (what: string) => (error: unknown) => log.warn({ err: error }, `${what} failed`);
  await Promise.all([
    tellStories(engine),
    carryMessages(engine),
    runStartJobs(engine, now),
    runListJobs(engine, now),
    keepDoing(
      engine,
      'forgetting old imports',
      FORGET_EVERY_MS,
      async () => void (await db.$transaction((tx) => forgetOldImports(tx, now()))),
    ),
    runSealer({ db, keys, now, signal, onTrouble: onTrouble('sealer') }),
    runMailer({
      db,
      transport,
      from: config.MAIL_FROM,
      publicUrl: config.PUBLIC_URL,
      now: mailClock,
      signal,
      onTrouble: onTrouble('mailer'),
    }),
  ]);
  transport.close();
  await inbox?.close();
  await metrics.close();
  await db.$disconnect();
  log.info('stopped');
  process.exit(0);
}

/** Aborts at a signal, or when the supervisor is gone. A fault that nobody caught is written down without values; then the process ends, to be started again. */
function untilToldToStop(log: Logger): AbortSignal {
  const stop = new AbortController();
  const end = (): void => {
    stop.abort();
    setTimeout(() => {
      log.error('did not stop in order');
      process.exit(1);
    }, GO_WITHIN_MS).unref();
  };
  for (const name of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.once(name, end);
  for (const name of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(name, (error: unknown) => {
      log.fatal({ err: error }, 'a fault that nobody caught');
      process.exit(1);
    });
  }
  return stop.signal;
}

/** Messages to the stories, and the look whether each running case still has one. */
async function carryMessages({ config, log, db, catalogue, metrics, signal }: EngineRoom): Promise<void> {
  const connection = Connection.lazy(reachOf(config));
  const client = new Client({ connection, namespace: config.TEMPORAL_NAMESPACE });
  const couriers = new Couriers({
    db,
    client,
    taskQueue: config.TASK_QUEUE,
    databaseUrl: config.DATABASE_URL,
    log,
    onCarried: metrics.carried,
    onFailed: metrics.notCarried,
  });
  const everyMs = config.RECONCILE_EVERY_MS;
  const about = { db, client, taskQueue: config.TASK_QUEUE, processes: Object.keys(catalogue), patienceMs: everyMs, log };
  await Promise.all([
    couriers.run(signal),
    makeSchedules({ log, signal }, client, config.TASK_QUEUE),
    keepDoing({ log, signal }, 'reconciler', everyMs, async () => metrics.repaired((await reconcile(about, now())).length)),
  ]);
  await connection.close();
}

/** Once, as soon as the engine is reached. */
async function makeSchedules({ log, signal }: Pick<EngineRoom, 'log' | 'signal'>, client: Client, taskQueue: string): Promise<void> {
  let made = false;
  for (let pause = 500; !made && !signal.aborted; pause = Math.min(30_000, pause * 2)) {
    made = await keepSchedules(client, taskQueue).then(
      () => true,
      (error: unknown) => (log.warn({ err: error }, 'schedules are not made yet'), false),
    );
    if (!made) await sleep(pause, undefined, { signal }).catch(() => undefined);
  }
}

/** Does a piece of work every so often until the process stops; a failure is logged and tried again, never the end of the process. */
async function keepDoing(
  { log, signal }: Pick<EngineRoom, 'log' | 'signal'>,
  what: string,
  everyMs: number,
  work: () => Promise<void>,
): Promise<void> {
  while (!signal.aborted) {
    await work().catch((error: unknown) => log.warn({ err: error }, `${what} failed`));
    await sleep(everyMs, undefined, { signal }).catch(() => undefined);
  }
}
