import type { Opening, ProcessContract } from '../domain/contract.ts';
import { dateOf, yearOf } from '../domain/dates.ts';
import { refuse, type Refusal } from '../domain/refusal.ts';
import { roleTitles, type Actor, type Principal } from '../domain/roles.ts';
import type { Tx } from '../db.ts';
import { append } from '../ledger/append.ts';
import { recordedActor } from '../access/actor.ts';
import { contractOf, type By, type DeskRoom } from './room.ts';
import { seatHolding, type Seat } from './seat.ts';
import { unitsAbove, type UnitsAbove } from './when.ts';

export interface Started {
  caseId: string;
  caseNo: string;
  version: number;
}

/**
 * Starts a case in the caller's transaction: its row (one open case of a process and natural key), its ledger entry and message 1.
 * The caller has worked out the opening and checked the unit. Whoever stands in for somebody who may start it does so in that one's name: the case is the
 * principal's, and both are barred as its starters. Refuses `NotYourRole`, `OwnCase` (in another's stead), `AlreadyRunning` (with the running case's id).
 */
export async function startCase(
  tx: Tx,
  room: DeskRoom,
  { process, opening, ...by }: By & { process: string; opening: Opening },
): Promise<Refusal | Started> {
  const contract = contractOf(room, process);
  const units = await unitsAbove(tx, opening.unitCode);
  const seat = starterSeat(by.actor, contract, units);
  if (!seat) {
    return refused(
      tx,
      by,
      refuse('NotYourRole', { who: contract.startedBy.map((role) => roleTitles[role]).join('、'), process: contract.title }),
      process,
      opening,
    );
  }
  const { principal } = seat;
  const about = opening.subjectAccountId;
  if (principal && about !== null && (about === by.actor.accountId || about === principal.accountId))
    return refused(
      tx,
      by,
      refuse('OwnCase', { unit: seat.posts[0]?.unitName ?? '本单位', ...(about === principal.accountId && { of: principal.name }) }),
      process,
      opening,
      principal,
    );
  const requestKey = by.requestKey ? `${by.actor.accountId}/${by.requestKey}` : null;
  const earlier = await startedBy(tx, requestKey);
  if (earlier) return earlier;
  const started = await insertCase(tx, contract, opening, { ...by, principal, requestKey, cause: null });
  // the same request may have come twice at once: the second one waited here for the first
  return started ?? (await startedBy(tx, requestKey)) ?? refused(tx, by, await alreadyRunning(tx, process, opening), process, opening);
}

/** What makes a case start by itself, and under which key: the same cause again is the same case. `caseId`: the case that starts it, if it is one. */
export interface Cause {
  caseId: string | null;
  key: string;
}

/** One case starts another, in the transaction of the cause: by whoever registers it, or by nobody who has an account. */
export async function startCaused(
  tx: Tx,
  contract: ProcessContract,
  opening: Opening,
  of: { cause: Cause; actor: Actor | null; at: Date; origin?: string | undefined },
): Promise<Started> {
  const started = await insertCase(tx, contract, opening, { ...of, principal: null, requestKey: null });
  if (started) return started;
  const [same] = await tx.$queryRaw<
    Started[]
  >`SELECT id AS "caseId", case_no AS "caseNo", version FROM "case" WHERE cause_key = ${of.cause.key}`;
  if (!same) throw new Error(`${opening.naturalKey} of ${contract.name} runs already, and not by ${of.cause.key}`);
  return same;
}

interface NewCase {
  actor: Actor | null;
  /** In whose stead (代理). */
  principal: Principal | null;
  at: Date;
  origin?: string | undefined;
  requestKey: string | null;
  cause: Cause | null;
}

/** The case's row, its ledger entry and message 1; null when its key, or that of its request or cause, is taken. */
async function insertCase(
  tx: Tx,
  { name: process, short }: ProcessContract,
  opening: Opening,
  { actor, principal, at, origin, requestKey, cause }: NewCase,
): Promise<Started | null> {
  const prefix = await caseNoPrefix(tx, opening.unitCode, short, yearOf(dateOf(at)));
  const [made] = await tx.$queryRaw<{ id: string; caseNo: string }[]>`
    INSERT INTO "case" (case_no, process, natural_key, run, title, unit_code, subject_id, person_id, starter_id, started_by_id, request_key, cause_key, cause_case_id, status, input, pinned, started_at, next_message_no)
    SELECT ${prefix} || lpad(nextval('case_no_seq')::text, 5, '0'), ${process}, ${opening.naturalKey}, count(*)::int + 1, ${opening.title}, ${opening.unitCode}, ${opening.subjectAccountId}::uuid, ${opening.subjectPersonId}::uuid,
      ${principal?.accountId ?? actor?.accountId ?? null}::uuid, ${principal ? (actor?.accountId ?? null) : null}::uuid, ${requestKey}, ${cause?.key ?? null}, ${cause?.caseId ?? null}::uuid, 'running', ${JSON.stringify(opening.storyInput)}::jsonb, ${JSON.stringify(opening.pinned)}::jsonb, ${at}, 2
    FROM "case" WHERE process = ${process} AND natural_key = ${opening.naturalKey}
    ON CONFLICT DO NOTHING RETURNING id, case_no AS "caseNo"`;
  if (!made) return null;
  await tx.$executeRaw`INSERT INTO message (case_id, no, body, created_at) VALUES (${made.id}::uuid, 1, '{"no": 1, "kind": "started"}'::jsonb, ${at})`;
  await append(tx, {
    chain: `case:${made.id}`,
    verb: 'case.start',
    accepted: true,
    at,
    actor: actor && recordedActor(actor),
    ...(principal && { actingFor: recordedActor(principal) }),
    origin: origin ?? null,
    caseId: made.id,
    personId: opening.subjectPersonId,
    after: opening.storyInput,
    policyVersion: JSON.stringify(opening.pinned),
    detail: { process, naturalKey: opening.naturalKey, title: opening.title, ...(cause && { cause: cause.key }) },
  });
  return { caseId: made.id, caseNo: made.caseNo, version: 0 };
}

/** The name in which the actor may start a case of these units: with a post over them before one elsewhere, their own before another's. */
export function starterSeat(
  actor: Actor,
  { name, startedBy }: Pick<ProcessContract, 'name' | 'startedBy'>,
  units: UnitsAbove | null,
): Seat | null {
  const over = (unitCode: string) => units === null || Object.values(units).includes(unitCode);
  return (
    seatHolding(actor, name, ({ role, unitCode }) => startedBy.includes(role) && over(unitCode)) ??
    seatHolding(actor, name, ({ role }) => startedBy.includes(role))
  );
}

async function startedBy(tx: Tx, requestKey: string | null): Promise<Started | null> {
  if (!requestKey) return null;
  const [same] = await tx.$queryRaw<
    Started[]
  >`SELECT id AS "caseId", case_no AS "caseNo", version FROM "case" WHERE request_key = ${requestKey}`;
  return same ?? null;
}

async function alreadyRunning(tx: Tx, process: string, opening: Opening): Promise<Refusal> {
  const [running] = await tx.$queryRaw<{ id: string; caseNo: string }[]>`
    SELECT id, case_no AS "caseNo" FROM "case" WHERE process = ${process} AND natural_key = ${opening.naturalKey} AND status <> 'ended'`;
  return refuse('AlreadyRunning', { title: opening.title, caseNo: running?.caseNo ?? '', caseId: running?.id ?? '' });
}

async function refused(
  tx: Tx,
  by: By,
  refusal: Refusal,
  process: string,
  opening: Opening,
  principal: Principal | null = null,
): Promise<Refusal> {
  await append(tx, {
    chain: `account:${by.actor.accountId}`,
    verb: 'case.start',
    accepted: false,
    at: by.at,
    actor: recordedActor(by.actor),
    ...(principal && { actingFor: recordedActor(principal) }),
    origin: by.origin ?? null,
    personId: opening.subjectPersonId,
    refusal: { code: refusal.refused, params: refusal.params },
    detail: { process },
  });
  return refusal;
}

/** The beginning of a case number, 碧江-转正-2026- : county, kind, year; the running number is the city's and has no gaps to fill. */
export async function caseNoPrefix(tx: Tx, unitCode: string, short: string, year: number): Promise<string> {
  const { county, city } = await unitsAbove(tx, unitCode);
  const unit = await tx.unit.findUnique({ where: { code: county ?? city ?? unitCode }, select: { name: true } });
  return `${(unit?.name ?? '').slice(0, 2)}-${short}-${year}-`;
}
