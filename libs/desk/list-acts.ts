import { recordedActor } from '../access/actor.ts';
import type { Tx } from '../db.ts';
import type { ProcessContract } from '../domain/contract.ts';
import { isRefusal, refuse, type Refusal } from '../domain/refusal.ts';
import type { Principal } from '../domain/roles.ts';
import { appendMany } from '../ledger/append.ts';
import type { Act, Recorded } from '../ledger/entry.ts';
import type { MessageBody } from './act.ts';
import { decideOn } from './list-decide.ts';
import { lockPeople, openParts, type ListPerson, type PartTask } from './list-people.ts';
import { sendBack, setApart, takeRole, undoVerdict } from './list-exceptions.ts';
import { contractOf, type By, type DeskRoom } from './room.ts';

/** What can be done with many people of a batch at once. */
export type ListAct =
  | { act: 'decide'; stage: string; answer: Record<string, unknown> }
  | { act: 'undo'; stage: string }
  | { act: 'sendBack'; stage: string; reason: string }
  | { act: 'setApart'; reason: string }
  | { act: 'takeRole'; postTitle: string; effectiveOn: string; reason: string };

/** What an accepted act does with one person's case; all of a request are written together. */
export interface OnPerson {
  verb: string;
  principal?: Principal | null;
  stage?: string;
  round?: number;
  before?: Recorded;
  after?: Recorded;
  detail?: Recorded;
  message?: MessageBody;
  takesEffect?: boolean;
  /** The stage closes with this; a task that holds the answer goes with it. */
  closes?: { told: Record<string, unknown>; answer: Record<string, unknown>; taskId: string };
  /** A verdict of the list that stands no longer. */
  reopens?: { stage: string; round: number };
  /** A stage that their own story is to ask. */
  asks?: { stage: string; round: number };
  /** Why they leave the list (例外); `kind` null when they are back on it. */
  apart?: { kind: string | null; reason: string | null };
}

export interface AboutList extends By {
  room: DeskRoom;
  batchId: string;
  /** The batch's unit. */
  unitCode: string;
  batch: ProcessContract;
  contract: ProcessContract;
  parts: PartTask[];
}

/**
 * An act on up to a hundred people of a batch, in the caller's transaction: their cases locked in the order of their ids, each checked for itself, all
 * that are accepted written together with an entry in each one's own chain, each refusal recorded there too. By case: the refusal, or null.
 */
export async function actOnList(
  tx: Tx,
  room: DeskRoom,
  { batchId, caseIds, does, ...by }: By & { batchId: string; caseIds: readonly string[]; does: ListAct },
): Promise<Map<string, Refusal | null>> {
  // shared: many act on one batch at a time, and none while it is being moved on
  const [row] = await tx.$queryRaw<{ process: string; status: string; unitCode: string }[]>`
    SELECT process, status, unit_code AS "unitCode" FROM "case" WHERE id = ${batchId}::uuid FOR SHARE`;
  const everyone = (refusal: Refusal) => new Map(caseIds.map((id) => [id, refusal] as const));
  if (!row) return everyone(refuse('NotFound', { what: '这个批次' }));
  if (row.status !== 'running') return everyone(refuse('CaseEnded', {}));
  const batch = contractOf(room, row.process);
  const contract = contractOf(room, batch.people!);
  const people = await lockPeople(tx, batchId, caseIds, by.actor);
  const parts = 'stage' in does ? await openParts(tx, batchId, does.stage) : [];
  const about: AboutList = { ...by, room, batchId, unitCode: row.unitCode, batch, contract, parts };
  const verdicts = new Map<string, Refusal | null>();
  const accepted: { person: ListPerson; done: OnPerson }[] = [];
  const refused: { person: ListPerson; refusal: Refusal }[] = [];
  for (const id of caseIds) {
    const person = people.get(id);
    const done = person ? await one(tx, about, person, does) : refuse('NotInBatch');
    verdicts.set(id, isRefusal(done) ? done : null);
    if (!person) continue;
    if (isRefusal(done)) refused.push({ person, refusal: done });
    else accepted.push({ person, done });
  }
  await write(tx, about, accepted);
  await record(tx, about, does, accepted, refused);
  return verdicts;
}

function one(tx: Tx, about: AboutList, person: ListPerson, does: ListAct): Refusal | OnPerson | Promise<Refusal | OnPerson> {
  switch (does.act) {
    case 'decide':
      return decideOn(about, person, does);
    case 'undo':
      return undoVerdict(tx, about, person, does.stage);
    case 'sendBack':
      return sendBack(about, person, does);
    case 'setApart':
      return setApart(tx, about, person, does.reason);
    case 'takeRole':
      return takeRole(tx, about, person, does);
  }
}

/** Everything that was accepted, in a few statements for all. */
async function write(tx: Tx, { at, actor }: AboutList, accepted: readonly { person: ListPerson; done: OnPerson }[]): Promise<void> {
  if (accepted.length === 0) return;
  const posts = actor.posts.map(({ role, unitName, title }) => ({ role, unitName, title }));
  const closed = accepted.flatMap(({ person, done: { closes, stage, round, principal } }) =>
    closes ? [{ id: person.id, stage, round, ...closes, for: principal?.accountId ?? null }] : [],
  );
  await tx.$executeRaw`
    WITH done AS (SELECT * FROM jsonb_to_recordset(${JSON.stringify(closed)}::jsonb) AS d (id uuid, stage text, round int, told jsonb, answer jsonb, "taskId" uuid, "for" uuid)),
    runs AS (
      INSERT INTO stage_run (case_id, stage, round, status, ask, result, opened_at, closed_at, seq)
      SELECT id, stage, round, 'closed', jsonb_build_object('stage', stage, 'round', round, 'list', true), told, ${at}, ${at},
        (SELECT coalesce(max(seq), 0) + 1 FROM stage_run r WHERE r.case_id = done.id) FROM done
      ON CONFLICT (case_id, stage, round) DO UPDATE SET status = 'closed', ask = excluded.ask, result = excluded.result, closed_at = excluded.closed_at
    )
    INSERT INTO task (id, case_id, process, stage, round, status, answer, answered_by_id, answered_for_id, answered_as, opened_at, closed_at)
    SELECT "taskId", done.id, c.process, stage, round, 'done', answer, ${actor.accountId}::uuid, "for", ${JSON.stringify(posts)}::jsonb, ${at}, ${at} FROM done JOIN "case" c ON c.id = done.id`;
  const rows = (key: 'reopens' | 'asks') =>
    JSON.stringify(accepted.flatMap(({ person, done }) => (done[key] ? [{ id: person.id, ...done[key] }] : [])));
  await tx.$executeRaw`
    WITH reopened AS (
      UPDATE stage_run r SET status = 'superseded' FROM jsonb_to_recordset(${rows('reopens')}::jsonb) AS d (id uuid, stage text, round int)
      WHERE r.case_id = d.id AND r.stage = d.stage AND r.round = d.round
    )
    INSERT INTO stage_run (case_id, stage, round, status, opened_at, seq)
    SELECT id, stage, round, 'pending', ${at}, (SELECT coalesce(max(seq), 0) + 1 FROM stage_run r WHERE r.case_id = d.id)
    FROM jsonb_to_recordset(${rows('asks')}::jsonb) AS d (id uuid, stage text, round int)`;
  const moved = accepted.map(({ person, done: { message, takesEffect, apart } }) => ({
    id: person.id,
    message: message ?? null,
    effect: takesEffect ?? false,
    leaves: apart !== undefined,
    apart: apart?.kind ?? null,
    reason: apart?.reason ?? null,
  }));
  await tx.$executeRaw`
    WITH moving AS (SELECT * FROM jsonb_to_recordset(${JSON.stringify(moved)}::jsonb) AS m (id uuid, message jsonb, effect boolean, leaves boolean, apart text, reason text)),
    items AS (UPDATE batch_item i SET apart = m.apart, reason = m.reason FROM moving m WHERE i.case_id = m.id AND m.leaves),
    cases AS (
      UPDATE "case" c SET version = version + 1, next_message_no = next_message_no + CASE WHEN jsonb_typeof(m.message) = 'object' THEN 1 ELSE 0 END,
        effective_at = CASE WHEN m.effect THEN coalesce(effective_at, ${at}) ELSE effective_at END
      FROM moving m WHERE c.id = m.id RETURNING c.id, c.next_message_no - 1 AS no, m.message
    )
    INSERT INTO message (case_id, no, body, created_at) SELECT id, no, message || jsonb_build_object('no', no), ${at} FROM cases WHERE jsonb_typeof(message) = 'object'`;
}

const verbOf = ({ act }: ListAct): string => (act === 'decide' ? 'task.answer' : `list.${act}`);

async function record(
  tx: Tx,
  { batchId, at, actor, origin }: AboutList,
  does: ListAct,
  accepted: readonly { person: ListPerson; done: OnPerson }[],
  refused: readonly { person: ListPerson; refusal: Refusal }[],
): Promise<void> {
  const common = ({ id, personId }: ListPerson) => ({
    chain: `case:${id}` as const,
    at,
    actor: recordedActor(actor),
    caseId: id,
    personId,
    origin: origin ?? null,
  });
  const entries: Act[] = [
    ...accepted.map(({ person, done: { verb, principal, stage, round, before, after, detail } }) => ({
      ...common(person),
      verb,
      accepted: true,
      ...(principal && { actingFor: recordedActor(principal) }),
      stage: stage ?? null,
      round: round ?? null,
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
      detail: { ...(detail as object | undefined), batchId },
    })),
    ...refused.map(({ person, refusal }) => ({
      ...common(person),
      verb: verbOf(does),
      accepted: false,
      refusal: { code: refusal.refused, params: refusal.params },
      stage: 'stage' in does ? does.stage : null,
      detail: { batchId },
    })),
  ];
  await appendMany(tx, entries);
}
