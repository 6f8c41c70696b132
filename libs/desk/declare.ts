import { recordedActor } from '../access/actor.ts';
import type { Tx } from '../db.ts';
import { dateOf } from '../domain/dates.ts';
import { refuse } from '../domain/refusal.ts';
import { roleTitles, type Actor } from '../domain/roles.ts';
import type { EventContract } from '../domain/contract.ts';
import type { Told } from '../domain/story.ts';
import { append } from '../ledger/append.ts';
import { act, tellStoryOf } from './act.ts';
import { parseAnswer } from './answer.ts';
import { endOpenStages } from './case-people.ts';
import { endedHow, heldStill } from './may.ts';
import { toldOf } from './told.ts';
import { ownSeat, seatHolding, type Seat } from './seat.ts';
import { contractOf, type By, type DeskRoom, type Verdict } from './room.ts';
import { readHeld, type CaseState } from './state.ts';
import { unitsAbove, type UnitsAbove } from './when.ts';

/**
 * In whose name the actor may declare an event in this case: as the person concerned, in person alone; by a post, their own or that of one for whom they
 * stand in, where the case is about neither. Null when in nobody's.
 */
export function declarerOf(
  event: EventContract,
  { process, subjectId }: Pick<CaseState, 'process' | 'subjectId'>,
  actor: Actor,
  units: UnitsAbove,
): Seat | null {
  if (actor.accountId === subjectId && event.by.some((audience) => 'subject' in audience)) return ownSeat(actor);
  const seat = seatHolding(actor, process, (post) =>
    event.by.some((audience) => 'role' in audience && audience.role === post.role && units[audience.level] === post.unitCode),
  );
  return seat?.principal && [actor.accountId, seat.accountId].includes(subjectId ?? '') ? null : seat;
}

export const declarers = (event: EventContract): string =>
  event.by.map((audience) => ('role' in audience ? roleTitles[audience.role] : '本人')).join('或');

/**
 * 申报事项: what people declare in the middle of a case. The story hears of it and goes on from there.
 * Refuses `NotYourEvent`, `CaseHeld`, `AlreadyDeclared`, `AlreadyEffective`, `AnswerDoesNotFit` and the contract's own checks.
 */
export function declare(
  room: DeskRoom,
  { caseId, event: name, answer: given, ...by }: By & { caseId: string; event: string; answer: Record<string, unknown> },
): Promise<Verdict> {
  return act(room, by, `event.${name}`.slice(0, 40), { caseId }, async (tx, state) => {
    const event = contractOf(room, state.process).events[name];
    if (!event) return refuse('NotFound', { what: '这种事项' });
    if (state.status !== 'running') return refuse('CaseEnded', { how: endedHow(state) });
    const seat = declarerOf(event, state, by.actor, await unitsAbove(tx, state.unitCode));
    if (!seat) return refuse('NotYourEvent', { event: event.title, who: declarers(event) });
    const held = heldStill(state);
    if (held) return held;
    const parsed = parseAnswer(event.answer, given);
    if ('refused' in parsed) return parsed;
    if (event.refusedWith) return refuse(event.refusedWith);
    if (state.effectiveAt && !event.afterEffect) return refuse('AlreadyEffective', { verb: `申报“${event.title}”` });
    if (await tx.caseEvent.findUnique({ where: { caseId_event: { caseId, event: name } } }))
      return refuse('AlreadyDeclared', { event: event.title });
    const on = dateOf(by.at);
    const checked = event.check?.(parsed.answer, { on, pinned: state.pinned, input: state.input, ...(await readHeld(tx, caseId)) });
    if (checked) return checked;
    const told = toldOf(event.tells, parsed.answer);
    await tx.$executeRaw`
      INSERT INTO case_event (case_id, event, told, answer, by_id, at)
      VALUES (${caseId}::uuid, ${name}, ${JSON.stringify(told)}::jsonb, ${JSON.stringify(parsed.answer)}::jsonb, ${by.actor.accountId}::uuid, ${by.at})`;
    if (event.closesStages) await endOpenStages(tx, caseId, by.at);
    return {
      after: parsed.answer,
      detail: { event: name },
      ...(seat.principal && { inStead: seat.principal }),
      message: { kind: 'event', event: name, told, on },
      takesEffect: event.takesEffect ?? false,
    };
  });
}

/**
 * A rule between processes tells a case an event, in the transaction of what it follows from: recorded under whoever brought that about, once a case. A held
 * case hears it and stays held: whoever held it lets it go on. The caller holds the case's lock. Whether it was told.
 */
export async function declareByRule(
  tx: Tx,
  room: DeskRoom,
  state: CaseState,
  { event: name, told, ...by }: Omit<By, 'requestKey'> & { event: string; told: Told },
): Promise<boolean> {
  const event = contractOf(room, state.process).events[name];
  if (!event?.byRule) throw new Error(`No rule tells ${name} in ${state.process}`);
  if (await tx.caseEvent.findUnique({ where: { caseId_event: { caseId: state.id, event: name } } })) return false;
  await tx.$executeRaw`
    INSERT INTO case_event (case_id, event, told, answer, by_id, at)
    VALUES (${state.id}::uuid, ${name}, ${JSON.stringify(told)}::jsonb, ${JSON.stringify(told)}::jsonb, ${by.actor.accountId}::uuid, ${by.at})`;
  if (event.closesStages && !state.effectiveAt) await endOpenStages(tx, state.id, by.at);
  await append(tx, {
    chain: `case:${state.id}`,
    verb: `event.${name}`.slice(0, 40),
    accepted: true,
    at: by.at,
    actor: recordedActor(by.actor),
    origin: by.origin ?? null,
    caseId: state.id,
    after: told,
    detail: { event: name, byRule: true },
  });
  await tellStoryOf(tx, state.id, { kind: 'event', event: name, told, on: dateOf(by.at) }, by.at);
  return true;
}
