import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import pg from 'pg';
import type { Logger } from 'pino';
import type { Db } from '../../../libs/db.ts';
import type { StoryMessage, StoryStart } from '../../../libs/domain/story.ts';

interface Letter {
  caseId: string;
  no: number;
  body: StoryMessage;
  process: string;
  workflowId: string;
  status: string;
}

/** The id of a case's story: `process/natural-key/run`. */
export const workflowIdOf = ({ process, naturalKey, run }: { process: string; naturalKey: string; run: number }): string => `${process}/${naturalKey}/${run}`;

// At most so many messages to Temporal at once: more only queue there.
const ABREAST = 16;
const BATCH = 64;

/** Starts a case's story; one that runs already counts as started. A story started anew reads the desk's memory and repeats nothing. */
export async function startStory(client: Client, taskQueue: string, { process, workflowId, caseId }: { process: string; workflowId: string; caseId: string }): Promise<void> {
  await client.workflow.start<(start: StoryStart) => Promise<string>>(process, {
    workflowId, taskQueue, args: [{ caseId }], workflowIdReusePolicy: 'ALLOW_DUPLICATE', workflowIdConflictPolicy: 'USE_EXISTING',
  });
}

/**
 * Carries messages from the desk to the stories: at once when the desk says that one was written, and again until confirmed. Rows are taken with
 * SKIP LOCKED, so several workers never carry the same one at the same time; a second delivery does no harm, since stories drop what they have heard.
 */
export class Couriers {
  private woken: () => void = () => undefined;

  constructor(private readonly of: { db: Db; client: Client; taskQueue: string; databaseUrl: string; log: Logger }) {}

  /** Runs until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    const listener = await listen(this.of.databaseUrl, () => this.woken(), this.of.log, signal);
    let pause = 0;
    while (!signal.aborted) {
      try {
        const carried = await this.carry();
        pause = 0;
        if (carried === BATCH) continue;
      } catch (error) {
        // the desk goes on without the stories; messages wait here in order
        pause = Math.min(5_000, Math.max(250, pause * 2));
        this.of.log.warn({ err: error }, 'messages wait');
      }
      await this.nextCall(pause || 1_000, pause > 0, signal);
    }
    await listener.close();
  }

  private async nextCall(milliseconds: number, deaf: boolean, signal: AbortSignal): Promise<void> {
    const quit = new AbortController();
    const stop = () => quit.abort();
    signal.addEventListener('abort', stop, { once: true });
    await Promise.race([sleep(milliseconds, undefined, { signal: quit.signal }).catch(() => undefined), ...(deaf ? [] : [new Promise<void>((resolve) => (this.woken = resolve))])]);
    stop();
    signal.removeEventListener('abort', stop);
  }

  private carry(): Promise<number> {
    return this.of.db.$transaction(
      async (tx) => {
        const letters = await tx.$queryRaw<Letter[]>`
          SELECT m.case_id AS "caseId", m.no, m.body, c.process, c.process || '/' || c.natural_key || '/' || c.run AS "workflowId", c.status
          FROM message m JOIN "case" c ON c.id = m.case_id WHERE m.confirmed_at IS NULL
          ORDER BY m.created_at LIMIT ${BATCH} FOR UPDATE OF m SKIP LOCKED`;
        const confirmed: Letter[] = [];
        const failures: unknown[] = [];
        const queue = [...letters];
        await Promise.all(Array.from({ length: Math.min(ABREAST, letters.length) }, async () => {
          for (let letter = queue.shift(); letter; letter = queue.shift()) {
            try {
              await this.deliver(letter);
              confirmed.push(letter);
            } catch (error) {
              failures.push(error);
            }
          }
        }));
        if (confirmed.length > 0) {
          await tx.$executeRaw`
            UPDATE message m SET confirmed_at = clock_timestamp() FROM unnest(${confirmed.map(({ caseId }) => caseId)}::uuid[], ${confirmed.map(({ no }) => no)}::int[]) AS done (case_id, no)
            WHERE m.case_id = done.case_id AND m.no = done.no`;
        }
        if (failures.length > 0 && confirmed.length === 0) throw failures[0];
        return letters.length;
      },
      { timeout: 120_000 },
    );
  }

  private async deliver(letter: Letter): Promise<void> {
    const { client, taskQueue } = this.of;
    if (letter.body.kind === 'started') return startStory(client, taskQueue, letter);
    try {
      await client.workflow.getHandle(letter.workflowId).signal('deskMessage', letter.body);
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
      // the engine has lost this story: told anew, it reads this very message from the desk's memory
      if (letter.status !== 'ended') await startStory(client, taskQueue, letter);
    }
  }
}

/** Listens on the desk's channel for new messages; connects again when the database was away. */
async function listen(databaseUrl: string, wake: () => void, log: Logger, signal: AbortSignal): Promise<{ close: () => Promise<void> }> {
  let client: pg.Client | undefined;
  let closed = false;
  async function connect(): Promise<void> {
    const next = new pg.Client({ connectionString: databaseUrl });
    next.on('error', () => void again());
    next.on('notification', ({ payload }) => {
      if (payload?.includes('"message"')) wake();
    });
    await next.connect();
    await next.query('LISTEN desk');
    client = next;
    wake();
  }
  async function again(): Promise<void> {
    client = undefined;
    while (!closed && !signal.aborted) {
      await sleep(1_000);
      try {
        return await connect();
      } catch (error) {
        log.warn({ err: error }, 'desk not heard');
      }
    }
  }
  await connect().catch(again);
  return {
    close: async () => {
      closed = true;
      await client?.end();
    },
  };
}
