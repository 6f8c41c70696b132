import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Db } from '../../../libs/db.ts';
import type { StoryMessage, StoryStart } from '../../../libs/domain/story.ts';
import { Bell } from './bell.ts';
import { listen } from './ear.ts';

interface Letter {
  caseId: string;
  no: number;
  body: StoryMessage;
  process: string;
  workflowId: string;
  status: string;
  createdAt: Date;
}

export interface CouriersOptions {
  db: Db;
  client: Client;
  taskQueue: string;
  databaseUrl: string;
  log: Logger;
  /** Told of each message that a story has got, with its way's length, and of each that could not be delivered. */
  onCarried?: (seconds: number) => void;
  onFailed?: () => void;
}

/** The id of a case's story: `process/natural-key/run`. */
export const workflowIdOf = ({ process, naturalKey, run }: { process: string; naturalKey: string; run: number }): string =>
  `${process}/${naturalKey}/${run}`;

// At most so many messages to Temporal at once: more only queue there.
const ABREAST = 16;
/** A message taken and not confirmed by then is taken again, by whichever worker looks first. */
const LEASE_MS = 2_000;
/** Without a call from the desk one looks again: for what a killed worker had taken. */
const LOOK_MS = 1_000;
const DEADLINE_MS = 10_000;
const LONGEST_PAUSE_MS = 2_000;

/** Starts a case's story; one that runs already counts as started. A story started anew reads the desk's memory and repeats nothing. */
export async function startStory(
  client: Client,
  taskQueue: string,
  { process, workflowId, caseId }: { process: string; workflowId: string; caseId: string },
): Promise<void> {
  await client.workflow.start<(start: StoryStart) => Promise<string>>(process, {
    workflowId,
    taskQueue,
    args: [{ caseId }],
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    workflowIdConflictPolicy: 'USE_EXISTING',
  });
}

/**
 * Carries messages from the desk to the stories: at once when the desk calls, and again until confirmed. A message is taken for two seconds, so several
 * workers do not carry the same one, and what a killed worker had taken is carried by the next. One case's messages go one after the other. A second
 * delivery does no harm: stories drop what they have heard.
 */
export class Couriers {
  private readonly bell = new Bell();
  /** Cases with messages on their way. */
  private readonly underWay = new Map<string, Promise<void>>();
  /** Something may have been left behind when the couriers last set out. */
  private left = false;
  private failures = 0;
  private readonly delivered: Letter[] = [];
  private confirming: Promise<void> | null = null;

  constructor(private readonly of: CouriersOptions) {}

  /** Runs until the signal aborts; what is under way then is still brought to its end. */
  async run(signal: AbortSignal): Promise<void> {
    const hear = (payload: string): void => {
      if (payload === '' || payload.includes('"message"')) this.bell.ring();
    };
    const ear = listen(this.of.databaseUrl, { desk: hear }, this.of.log, signal);
    for (let pause = 0; !signal.aborted;) {
      const failures = this.failures;
      await this.setOut().catch((error: unknown) => this.stumble(error, pause === 0));
      await this.bell.wait(LOOK_MS, signal);
      // while deliveries fail nobody runs at each call, but after a pause that grows
      pause = this.failures > failures ? Math.min(LONGEST_PAUSE_MS, Math.max(250, pause * 2)) : 0;
      if (pause > 0) await new Bell().wait(pause, signal);
    }
    await Promise.all(this.underWay.values());
    await this.confirming;
    await ear;
  }

  /** Takes what waits, as far as there are couriers, and sends them on their way. */
  private async setOut(): Promise<void> {
    const free = ABREAST - this.underWay.size;
    this.left = this.underWay.size > 0;
    if (free <= 0) return;
    const letters = await this.take(free);
    this.left ||= letters.length === free;
    const cases = new Map<string, Letter[]>();
    for (const letter of letters) cases.set(letter.caseId, [...(cases.get(letter.caseId) ?? []), letter]);
    for (const [caseId, inOrder] of cases) {
      this.underWay.set(
        caseId,
        this.walk(inOrder).finally(() => {
          this.underWay.delete(caseId);
          if (this.left) this.bell.ring();
        }),
      );
    }
  }

  private take(limit: number): Promise<Letter[]> {
    return this.of.db.$queryRaw<Letter[]>`
      WITH taken AS (
        UPDATE message m SET taken_until = clock_timestamp() + ${LEASE_MS} * interval '1 ms'
        FROM (
          SELECT case_id, no FROM message
          WHERE confirmed_at IS NULL AND (taken_until IS NULL OR taken_until < clock_timestamp()) AND case_id <> ALL(${[...this.underWay.keys()]}::uuid[])
          ORDER BY created_at, no LIMIT ${limit} FOR UPDATE SKIP LOCKED
        ) waiting WHERE m.case_id = waiting.case_id AND m.no = waiting.no
        RETURNING m.case_id, m.no, m.body, m.created_at
      )
      SELECT t.case_id AS "caseId", t.no, t.body, t.created_at AS "createdAt", c.process, c.process || '/' || c.natural_key || '/' || c.run AS "workflowId", c.status
      FROM taken t JOIN "case" c ON c.id = t.case_id ORDER BY t.case_id, t.no`;
  }

  /** One case's letters, in order; what comes after one that was not delivered waits with it. */
  private async walk(letters: Letter[]): Promise<void> {
    for (const letter of letters) {
      try {
        await this.of.client.withDeadline(Date.now() + DEADLINE_MS, () => this.deliver(letter));
      } catch (error) {
        return this.stumble(error);
      }
      this.of.onCarried?.((Date.now() - letter.createdAt.getTime()) / 1_000);
      this.delivered.push(letter);
      this.confirming ??= this.confirm().finally(() => (this.confirming = null));
    }
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

  /** Writes down what was delivered, as much as has come together; what cannot be written down is delivered again. */
  private async confirm(): Promise<void> {
    while (this.delivered.length > 0) {
      const letters = this.delivered.splice(0);
      try {
        await this.of.db.$executeRaw`
          UPDATE message m SET confirmed_at = clock_timestamp(), taken_until = NULL
          FROM unnest(${letters.map(({ caseId }) => caseId)}::uuid[], ${letters.map(({ no }) => no)}::int[]) AS done (case_id, no) WHERE m.case_id = done.case_id AND m.no = done.no`;
      } catch (error) {
        this.stumble(error);
      }
    }
  }

  /** The desk goes on without the stories; messages wait here in order. */
  private stumble(error: unknown, tell = this.failures === 0): void {
    this.failures += 1;
    this.of.onFailed?.();
    if (tell) this.of.log.warn({ err: error }, 'messages wait');
  }
}
