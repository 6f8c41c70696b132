import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client } from '@temporalio/client';
import { NativeConnection, Worker, type ActivityInboundCallsInterceptor, type NativeConnectionOptions } from '@temporalio/worker';
import type { Logger } from 'pino';
import { createChores } from '../../../activities/chores.ts';
import { createActivities } from '../../../activities/index.ts';
import { loggedError } from '../../../libs/logged-error.ts';
import type { Config } from './config.ts';
import type { EngineRoom } from './engine-room.ts';
import { storyDoor } from './story-door.ts';

const LONGEST_PAUSE_MS = 5_000;
/**
 * A story's wake-up holds its slot while the desk works for it, and has ten seconds from the moment that it was taken: so no more are taken than the desk
 * gets done in that time, even when a thousand cases start at once. The rest wait with the engine, where they cost nothing and no time runs.
 */
const ABREAST = {
  maxConcurrentWorkflowTaskExecutions: 32,
  workflowTaskPollerBehavior: { type: 'simple-maximum', maximum: 8 },
  maxConcurrentLocalActivityExecutions: 16,
} as const;

export const reachOf = (config: Config): NativeConnectionOptions => ({
  address: config.TEMPORAL_ADDRESS,
  ...(config.TEMPORAL_TLS && { tls: true }),
  ...(config.TEMPORAL_API_KEY && { apiKey: config.TEMPORAL_API_KEY }),
});

/** Tells stories until the process stops. The engine may come up after us, and come back after it was away: everything else goes on meanwhile. */
export async function tellStories({ config, log, db, catalogue, desk, signal }: EngineRoom): Promise<void> {
  const room = { db, catalogue };
  const code = await readFile(config.WORKFLOW_BUNDLE ?? fileURLToPath(new URL('../../../workflow-bundle.js', import.meta.url)), 'utf8');
  for (let pause = 250; !signal.aborted; pause = Math.min(LONGEST_PAUSE_MS, pause * 2)) {
    try {
      const connection = await NativeConnection.connect(reachOf(config));
      const client = new Client({ connection, namespace: config.TEMPORAL_NAMESPACE });
      const activities = { ...createActivities({ desk, room }), ...createChores(room, storyDoor(client, config.TASK_QUEUE)) };
      try {
        const worker = await Worker.create({
          connection,
          namespace: config.TEMPORAL_NAMESPACE,
          taskQueue: config.TASK_QUEUE,
          activities,
          workflowBundle: { code },
          ...ABREAST,
          // what was meant for a killed worker goes to another after so long
          stickyQueueScheduleToStartTimeout: '3s',
          interceptors: { activity: [(context) => ({ inbound: withoutValues(log, context.info.activityType) })] },
          shutdownGraceTime: '5s',
          shutdownForceTime: '8s',
        });
        const stop = (): void => worker.shutdown();
        signal.addEventListener('abort', stop, { once: true });
        if (signal.aborted) stop();
        process.send?.({ ready: 'worker' });
        log.info('stories are told');
        pause = 250;
        await worker.run().finally(() => signal.removeEventListener('abort', stop));
      } finally {
        await connection.close();
      }
    } catch (error) {
      log.warn({ err: error }, 'the engine is not reached');
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
  }
}

/** What an activity fails with is kept in the story's history: it goes there by kind alone, and into the log without values. */
const withoutValues = (log: Logger, activity: string): ActivityInboundCallsInterceptor => ({
  async execute(input, next) {
    try {
      return await next(input);
    } catch (error) {
      log.warn({ activity, err: error }, 'an activity failed and is tried again');
      const { name, code } = loggedError(error);
      throw new Error([`${activity} failed:`, name, code].filter(Boolean).join(' '));
    }
  },
});
