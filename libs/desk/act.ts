import { recordedActor } from '../access/actor.ts';
import type { Tx } from '../db.ts';
import type { ProcessContract } from '../domain/contract.ts';
import { isRefusal, refuse, type Refusal } from '../domain/refusal.ts';
import type { Principal } from '../domain/roles.ts';
import type { EarlyEnding, StoryMessage } from '../domain/story.ts';
import { append } from '../ledger/append.ts';
import type { Recorded } from '../ledger/entry.ts';
import { judge, type Judged } from './may.ts';
import { replyTo } from './replies.ts';
import { contractOf, type Acted, type By, type DeskRoom, type Verdict } from './room.ts';
import { lockCase, lockCaseOfTask, readTask, type CaseState, type TaskState } from './state.ts';

type Unnumbered<T> = T extends unknown ? Omit<T, 'no'> : never;
export type MessageBody = Unnumbered<StoryMessage>;

/** What an accepted act changes about the case itself, and what of it is recorded and told. */
export interface Done {
  stage?: string;
  round?: number;
  before?: Recorded;
  after?: Recorded;
  detail?: Recorded;
  message?: MessageBody;
  takesEffect?: boolean;
  status?: 'withdrawing';
  ending?: EarlyEnding;
  /** In whose stead, where the act itself says so and not the task's owner. */
  inStead?: Principal;
}

/**
 * One officer's act, one transaction: the case's lock, `work` (which checks first and writes only when it will not refuse), the ledger entry, the
 * case's version, and the message when the story must hear of it. A refusal commits its own entry and nothing else.
 * The same `requestKey` from the same account gets the first reply again.
 */
export function act(
  room: DeskRoom,
  by: By,
  verb: string,
  find: { caseId: string } | { taskId: string },
  work: (tx: Tx, state: CaseState) => Promise<Refusal | Done>,
): Promise<Verdict> {
  return perform(room, by, verb, find, async (tx, state) => {
    const done = await work(tx, state);
    return { principal: isRefusal(done) ? null : (done.inStead ?? null), done };
  });
}

/** A task as a verb on it finds it, with who acts: whether they may, and in whose name (their own or a principal's). */
export interface OnTask extends Judged {
  contract: ProcessContract;
  task: TaskState;
}

/** An act on a task by whoever it is asked of: as `act`, and the entry, of a refusal too, says in whose stead it was. */
export function actOnTask(
  room: DeskRoom,
  { taskId, ...by }: By & { taskId: string },
  verb: string,
  work: (tx: Tx, state: CaseState, on: OnTask) => Promise<Refusal | Done>,
): Promise<Verdict> {
  return perform(room, by, verb, { taskId }, async (tx, state) => {
    const contract = contractOf(room, state.process);
    const task = await readTask(tx, taskId, by.actor);
    const judged = judge(contract, state, task, by.actor);
    return { principal: judged.seat.principal, done: await work(tx, state, { contract, task, ...judged }) };
  });
}

function perform(
  room: DeskRoom,
  by: By,
  verb: string,
  find: { caseId: string } | { taskId: string },
  work: (tx: Tx, state: CaseState) => Promise<{ principal: Principal | null; done: Refusal | Done }>,
): Promise<Verdict> {
  return room.db.$transaction(async (tx) => {
    // sent together, done in this order: the reply is looked for under the lock
    const [state, earlier] = await Promise.all([
      'caseId' in find ? lockCase(tx, find.caseId) : lockCaseOfTask(tx, find.taskId),
      replyTo<Acted>(tx, by),
    ]);
    if (!state) return refuse('NotFound', { what: 'caseId' in find ? '这一办件' : '这项待办' });
    if (earlier) return earlier;
    const { principal, done } = await work(tx, state);
    const common = {
      chain: `case:${state.id}` as const,
      verb,
      at: by.at,
      actor: recordedActor(by.actor),
      ...(principal && { actingFor: recordedActor(principal) }),
      caseId: state.id,
      origin: by.origin ?? null,
    };
    if (isRefusal(done)) {
      await append(tx, {
        ...common,
        accepted: false,
        refusal: { code: done.refused, params: done.params },
        ...('taskId' in find && { detail: { taskId: find.taskId } }),
      });
      return done;
    }
    const [, acted] = await Promise.all([
      append(tx, {
        ...common,
        accepted: true,
        stage: done.stage ?? null,
        round: done.round ?? null,
        before: done.before,
        after: done.after,
        detail: done.detail,
      }),
      conclude(tx, state.id, by, done),
    ]);
    return acted;
  });
}

/** Moves the case on by one version, numbers its message, keeps the reply under the request's key: one statement. */
async function conclude(tx: Tx, caseId: string, by: By, { message, takesEffect, status, ending }: Done): Promise<Acted> {
  const body = message ? JSON.stringify(message) : null;
  const [row] = await tx.$queryRaw<{ version: number }[]>`
    WITH moved AS (
      UPDATE "case" SET version = version + 1, next_message_no = next_message_no + ${message ? 1 : 0}::int,
        effective_at = CASE WHEN ${takesEffect ?? false} THEN coalesce(effective_at, ${by.at}) ELSE effective_at END,
        status = coalesce(${status ?? null}::text, status), ending = coalesce(${ending ?? null}::text, ending)
      WHERE id = ${caseId}::uuid RETURNING version, next_message_no
    ), decided AS (
      DELETE FROM due WHERE case_id = ${caseId}::uuid AND kind = 'before' AND done_at IS NULL AND ${takesEffect ?? false}
    ), told AS (
      INSERT INTO message (case_id, no, body, created_at)
      SELECT ${caseId}::uuid, next_message_no - 1, ${body}::jsonb || jsonb_build_object('no', next_message_no - 1), ${by.at} FROM moved WHERE ${body}::text IS NOT NULL
    ), kept AS (
      INSERT INTO request_key (account_id, key, reply, at)
      SELECT ${by.actor.accountId}::uuid, ${by.requestKey ?? null}::text, jsonb_build_object('caseId', ${caseId}::text, 'version', version), ${by.at} FROM moved
      WHERE ${by.requestKey ?? null}::text IS NOT NULL
    )
    SELECT version FROM moved`;
  return { caseId, version: row!.version };
}

/** Numbers and keeps a message to a story outside of anybody's act on its case; the caller holds the case's lock. */
export async function tellStoryOf(tx: Tx, caseId: string, message: MessageBody, at: Date): Promise<void> {
  await tx.$executeRaw`
    WITH moved AS (UPDATE "case" SET version = version + 1, next_message_no = next_message_no + 1 WHERE id = ${caseId}::uuid RETURNING next_message_no - 1 AS no)
    INSERT INTO message (case_id, no, body, created_at) SELECT ${caseId}::uuid, no, ${JSON.stringify(message)}::jsonb || jsonb_build_object('no', no), ${at} FROM moved`;
}

/** The story's own changes to a case: version and nothing else, so that whoever waits for a change is told. */
export async function touch(tx: Tx, caseId: string): Promise<number> {
  const [row] = await tx.$queryRaw<
    { version: number }[]
  >`UPDATE "case" SET version = version + 1 WHERE id = ${caseId}::uuid RETURNING version`;
  return row!.version;
}
