import type { Db, Tx } from '../db.ts';
import { recordedActor } from '../access/actor.ts';
import { dateOf, formatEnd } from '../domain/dates.ts';
import type { ObjectionOutcome } from '../domain/notice.ts';
import { isRefusal, refuse, type Refusal } from '../domain/refusal.ts';
import type { Actor } from '../domain/roles.ts';
import { append } from '../ledger/append.ts';
import { policiesOn } from '../policies/policies.ts';
import { tellStoryOf } from './act.ts';
import { askedOf } from './asked-now.ts';
import { settleNotice } from './notice.ts';
import { contractOf, stageOf, type DeskRoom } from './room.ts';
import { startCaused, type Started } from './start.ts';
import { lockCase, readCase, type CaseState } from './state.ts';
import { changeOnce } from './steps.ts';
import { unitsAbove } from './when.ts';

/** So many objections to one notice are taken without anybody of the office; more are told to come by telephone or letter. */
const MOST_OBJECTIONS = 300;

export interface NewObjection {
  /** Drawn by the caller, for what is sealed is bound to it. */
  id: string;
  noticeId: string;
  /** Of the person on the list. */
  no: number;
  named: boolean;
  /** Who objects and what they say, encrypted. */
  sealed: Uint8Array<ArrayBuffer>;
  /** SHA-256 of the query code. */
  codeHash: string;
  at: Date;
  origin: string;
  /** Whoever registers what came by telephone or letter; null for what came in by itself. */
  actor: Actor | null;
}

interface Listed {
  id: string;
  caseId: string;
  stage: string;
  round: number;
  title: string;
  postedAt: Date | null;
  issuer: string | null;
  phone: string | null;
  address: string | null;
}

/**
 * 提出异议: kept against one person on a notice, under the lock of the notice's case, and its own case starts with it. Those who may not deal with it (whoever
 * started or decided the notice's case, the person concerned, their declared relatives) are out of it from the beginning. Refuses `NotFound`, `NoticeOver`,
 * `NotOnNotice`, `NoticeFull`.
 */
export function receiveObjection(room: DeskRoom, given: NewObjection): Promise<Refusal | Started> {
  return room.db.$transaction(async (tx) => {
    const notice = await tx.notice.findUnique({ where: { id: given.noticeId } });
    const state = notice?.postedAt ? await lockCase(tx, notice.caseId) : null;
    if (!notice || !state) return refuse('NotFound', { what: '这份公示' });
    const refusal = await mayStillObject(tx, state, notice, given.at);
    if (refusal) return refused(tx, notice, given, refusal);
    const row = await tx.noticeRow.findFirst({ where: { caseId: notice.caseId, stage: notice.stage, round: notice.round, no: given.no } });
    if (!row) return refused(tx, notice, given, refuse('NotOnNotice'));
    const barred = await barredFrom(tx, room, state, row.personId);
    const started = await startObjection(tx, room, state, { ...given, title: `异议 · ${row.name}（${notice.title}）`, barred });
    if (isRefusal(started)) return started;
    await tx.objection.create({
      data: {
        id: given.id,
        noticeId: notice.id,
        caseId: notice.caseId,
        stage: notice.stage,
        rowKey: row.key,
        objectionCaseId: started.caseId,
        named: given.named,
        sealed: given.sealed,
        codeHash: given.codeHash,
        receivedAt: given.at,
      },
    });
    await append(tx, {
      chain: `case:${notice.caseId}`,
      verb: 'objection.receive',
      accepted: true,
      at: given.at,
      actor: given.actor && recordedActor(given.actor),
      origin: given.origin,
      caseId: notice.caseId,
      stage: notice.stage,
      round: notice.round,
      detail: { objectionId: given.id, key: row.key, named: given.named, caseId: started.caseId },
    });
    return started;
  });
}

/** Whoever of an office registers an objection that is refused is on record with it; a stranger is not. */
async function refused(
  tx: Tx,
  { caseId, stage, round }: Pick<Listed, 'caseId' | 'stage' | 'round'>,
  { actor, at, origin }: NewObjection,
  refusal: Refusal,
): Promise<Refusal> {
  if (actor)
    await append(tx, {
      chain: `case:${caseId}`,
      verb: 'objection.receive',
      accepted: false,
      at,
      actor: recordedActor(actor),
      origin,
      caseId,
      stage,
      round,
      refusal: { code: refusal.refused, params: refusal.params },
    });
  return refusal;
}

/** A notice takes objections until its end, to the minute, whether or not its story has woken. */
async function mayStillObject(tx: Tx, state: CaseState, notice: Listed, at: Date): Promise<Refusal | null> {
  const run = await tx.stageRun.findUniqueOrThrow({
    where: { caseId_stage_round: { caseId: notice.caseId, stage: notice.stage, round: notice.round } },
    select: { status: true, dueAt: true },
  });
  const where = { issuer: notice.issuer ?? '', phone: notice.phone ?? '', address: notice.address ?? '' };
  if (run.dueAt && at >= run.dueAt) return refuse('NoticeOver', { at: formatEnd(run.dueAt), ...where });
  if (state.status !== 'running' || run.status !== 'open') return refuse('NotFound', { what: '这份公示' });
  return (await tx.objection.count({ where: { noticeId: notice.id } })) >= MOST_OBJECTIONS ? refuse('NoticeFull', where) : null;
}

/**
 * Accounts that have no part in dealing with an objection: starter and deciders of the notice's case, whoever did so in another's stead, the person
 * concerned, declared relatives of theirs.
 */
async function barredFrom(
  tx: Tx,
  room: DeskRoom,
  { id, process, starterId, startedById }: CaseState,
  personId: string | null,
): Promise<string[]> {
  const { stages } = contractOf(room, process);
  const deciding = Object.keys(stages).filter((stage) => ['opinion', 'decision'].includes(stages[stage]!.kind));
  const rows = await tx.$queryRaw<{ who: string }[]>`
    WITH subject AS (SELECT id FROM account WHERE person_id = ${personId}::uuid)
    SELECT who FROM unnest(ARRAY[${starterId}, ${startedById}]::uuid[]) AS who WHERE who IS NOT NULL
    UNION SELECT id FROM subject
    UNION SELECT other_id FROM relative JOIN subject ON account_id = subject.id
    UNION SELECT who FROM task t, unnest(ARRAY[t.answered_by_id, t.answered_for_id]) AS who
      WHERE t.case_id = ${id}::uuid AND t.status = 'done' AND t.part <> 'advice' AND t.stage = ANY(${deciding}::text[]) AND who IS NOT NULL
    ORDER BY who`;
  return rows.map(({ who }) => who);
}

async function startObjection(
  tx: Tx,
  room: DeskRoom,
  parent: CaseState,
  { id, named, title, barred, at, origin, actor }: NewObjection & { title: string; barred: string[] },
): Promise<Refusal | Started> {
  const contract = contractOf(room, 'objection');
  const { county = '' } = await unitsAbove(tx, parent.unitCode);
  const on = dateOf(at);
  const policies = await policiesOn(tx, contract.policies, county, on);
  const input = { objectionId: id, title, unitCode: parent.unitCode, named, barred };
  const opening = contract.open(input, { on, person: null, policies });
  if (isRefusal(opening)) return opening;
  const started = await startCaused(tx, contract, opening, { cause: { caseId: parent.id, key: `objection/${id}` }, actor, at, origin });
  await tx.$executeRaw`
    INSERT INTO recusal (case_id, account_id, reason, at) SELECT ${started.caseId}::uuid, who, '依规定回避', ${at} FROM unnest(${barred}::uuid[]) AS who ON CONFLICT DO NOTHING`;
  return started;
}

/**
 * What became of an objection, at its story's word, once: the notice's case hears of it when that closes its stage, whether or not the reply has been
 * given. The objection's case takes effect with it.
 */
export function concludeObjection(
  room: DeskRoom,
  { caseId, key, at, outcome }: { caseId: string; key: string; at: Date; outcome: ObjectionOutcome },
): Promise<{ done: true } | { notRunning: true }> {
  return changeOnce<{ done: true }>(room, { caseId, key, at }, async (tx) => {
    const objection = await tx.objection.findUniqueOrThrow({ where: { objectionCaseId: caseId } });
    await tx.objection.update({ where: { id: objection.id }, data: { outcome, concludedAt: at } });
    const parent = (await lockCase(tx, objection.caseId))!;
    await append(tx, {
      chain: `case:${objection.caseId}`,
      verb: 'objection.conclude',
      accepted: true,
      at,
      actor: null,
      caseId: objection.caseId,
      stage: objection.stage,
      detail: { objectionId: objection.id, key: objection.rowKey, outcome },
    });
    const contract = contractOf(room, parent.process);
    const closed = await settleNotice(tx, { state: parent, contract, stage: stageOf(contract, objection.stage) }, objection.stage, at);
    if (closed && parent.status === 'running') await tellStoryOf(tx, parent.id, { kind: 'dates' }, at);
    return { result: { done: true }, undo: null, takesEffect: true };
  });
}

/** What of an objection is opened for whoever deals with it. */
export interface SealedObjection {
  id: string;
  named: boolean;
  sealed: Uint8Array<ArrayBuffer>;
}

/**
 * The sealed content of an objection, for those who deal with it: asked in its case now, or who answered in it, and not recused. Each look is an entry.
 * Refuses `NotFound`, `ObjectionForHandlers`.
 */
export function lookAtObjection(
  room: DeskRoom,
  { caseId, actor, at, origin }: { caseId: string; actor: Actor; at: Date; origin?: string },
): Promise<Refusal | SealedObjection> {
  return room.db.$transaction(async (tx) => {
    const state = await readCase(tx, caseId);
    const objection = await tx.objection.findUnique({ where: { objectionCaseId: caseId } });
    if (!state || !objection) return refuse('NotFound', { what: '这件异议' });
    const may = await dealsWith(tx, state, actor);
    await append(tx, {
      chain: `case:${caseId}`,
      verb: 'objection.view',
      accepted: may,
      at,
      actor: recordedActor(actor),
      caseId,
      origin: origin ?? null,
      ...(!may && { refusal: { code: 'ObjectionForHandlers', params: {} } }),
    });
    return may ? { id: objection.id, named: objection.named, sealed: Uint8Array.from(objection.sealed) } : refuse('ObjectionForHandlers');
  });
}

/** Whether the actor deals with an objection in their own name: a substitute of theirs does not see who objects. */
export async function dealsWith(db: Db | Tx, state: CaseState, actor: Actor): Promise<boolean> {
  const [row] = await db.$queryRaw<{ recused: boolean; answered: boolean }[]>`
    SELECT EXISTS (SELECT FROM recusal WHERE case_id = ${state.id}::uuid AND account_id = ${actor.accountId}::uuid) AS recused,
      EXISTS (SELECT FROM task WHERE case_id = ${state.id}::uuid AND answered_by_id = ${actor.accountId}::uuid) AS answered`;
  if (row!.recused) return false;
  return row!.answered || (await askedOf(db, state, { ...actor, standsInFor: [] })).length > 0;
}
