import { dateOf } from '../domain/dates.ts';
import { refuse } from '../domain/refusal.ts';
import { roleTitles } from '../domain/roles.ts';
import type { EventContract } from '../domain/contract.ts';
import { act } from './act.ts';
import { parseAnswer } from './answer.ts';
import { endOpenWork } from './case-people.ts';
import { endedHow, heldStill } from './may.ts';
import { toldOf } from './told.ts';
import { contractOf, type By, type DeskRoom, type Verdict } from './room.ts';
import { readHeld, type CaseState } from './state.ts';
import { unitsAbove, type UnitsAbove } from './when.ts';

/** Whether the actor is one of those who may declare an event in this case. */
export function mayDeclare(event: EventContract, state: Pick<CaseState, 'subjectId'>, actor: By['actor'], units: UnitsAbove): boolean {
  return event.by.some((audience) => {
    if ('subject' in audience) return actor.accountId === state.subjectId;
    if ('named' in audience) return false;
    return actor.posts.some((post) => post.role === audience.role && post.unitCode === units[audience.level]);
  });
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
    if (!mayDeclare(event, state, by.actor, await unitsAbove(tx, state.unitCode)))
      return refuse('NotYourEvent', { event: event.title, who: declarers(event) });
    const held = heldStill(state);
    if (held) return held;
    const parsed = parseAnswer(event.answer, given);
    if ('refused' in parsed) return parsed;
    if (event.refusedWith) return refuse(event.refusedWith);
    if (state.effectiveAt) return refuse('AlreadyEffective', { verb: `申报“${event.title}”` });
    if (await tx.caseEvent.findUnique({ where: { caseId_event: { caseId, event: name } } }))
      return refuse('AlreadyDeclared', { event: event.title });
    const on = dateOf(by.at);
    const checked = event.check?.(parsed.answer, { on, pinned: state.pinned, input: state.input, ...(await readHeld(tx, caseId)) });
    if (checked) return checked;
    const told = toldOf(event.tells, parsed.answer);
    await tx.$executeRaw`
      INSERT INTO case_event (case_id, event, told, answer, by_id, at)
      VALUES (${caseId}::uuid, ${name}, ${JSON.stringify(told)}::jsonb, ${JSON.stringify(parsed.answer)}::jsonb, ${by.actor.accountId}::uuid, ${by.at})`;
    if (event.closesStages) await endOpenWork(tx, caseId, by.at);
    return {
      after: parsed.answer,
      detail: { event: name },
      message: { kind: 'event', event: name, told, on },
      takesEffect: event.takesEffect ?? false,
    };
  });
}
