import type { Tx } from '../db.ts';
import { refuse } from '../domain/refusal.ts';
import type { EarlyEnding } from '../domain/story.ts';
import { postMail } from '../mail/post.ts';
import { act, type Done } from './act.ts';
import { askedNow } from './asked-now.ts';
import { endOpenWork, peopleOfCase, readersOfCase } from './case-people.ts';
import { endedHow } from './may.ts';
import { mayCancel } from './owner.ts';
import type { By, DeskRoom, Verdict } from './room.ts';
import type { CaseState } from './state.ts';
import { mailMoment } from './when.ts';

/**
 * 撤回: by the starter, until the case takes effect. Closed to people at once; the story then undoes what was changed and ends the case.
 * Refuses `OnlyStarterWithdraws`, `AlreadyEffective`, `CaseEnded`.
 */
export function withdraw(room: DeskRoom, { caseId, reason, ...by }: By & { caseId: string; reason: string }): Promise<Verdict> {
  return act(room, by, 'case.withdraw', { caseId }, async (tx, state) => {
    if (state.status !== 'running') return refuse('CaseEnded', { how: endedHow(state) });
    if (state.starterId !== by.actor.accountId) {
      const starter = state.starterId
        ? await tx.account.findUnique({ where: { id: state.starterId }, select: { displayName: true } })
        : null;
      return refuse('OnlyStarterWithdraws', { name: starter?.displayName ?? '' });
    }
    if (state.effectiveAt) return refuse('AlreadyEffective', { verb: '撤回' });
    return endEarly(tx, room, state, { as: 'withdrawn', reason, ...by });
  });
}

/**
 * 撤销: by the case's county, until it takes effect; otherwise as a withdrawal. Refuses `NotProcessOwner`, `AlreadyEffective`, `CaseEnded`, and what
 * separation of duty says.
 */
export function cancel(room: DeskRoom, { caseId, reason, ...by }: By & { caseId: string; reason: string }): Promise<Verdict> {
  return act(
    room,
    by,
    'case.cancel',
    { caseId },
    async (tx, state) => (await mayCancel(tx, state, by.actor)) ?? endEarly(tx, room, state, { as: 'cancelled', reason, ...by }),
  );
}

/** Closes the case to people and tells everybody who had a part, who is asked now, or to whom it was given to read. */
async function endEarly(
  tx: Tx,
  room: DeskRoom,
  state: CaseState,
  { as, reason, actor, at }: By & { as: EarlyEnding; reason: string },
): Promise<Done> {
  const told = [...(await peopleOfCase(tx, state.id)), ...(await askedNow(tx, room, state, at)), ...(await readersOfCase(tx, state.id))];
  await endOpenWork(tx, state.id, at);
  await postMail(tx, {
    eventKey: `${state.id}/${as}`,
    to: [...new Set(told)].filter((who) => who !== actor.accountId),
    template: 'case-withdrawn',
    caseId: state.id,
    at,
    notBefore: await mailMoment(tx, state.unitCode, at),
    params: { caseId: state.id, caseNo: state.caseNo, caseTitle: state.title, byName: actor.name, kind: as, reason },
  });
  return {
    detail: { reason },
    before: { status: 'running' },
    after: { status: 'withdrawing' },
    // withdrawn is what a story takes it for when nothing else is said
    message: { kind: 'withdrawn', ...(as !== 'withdrawn' && { as }) },
    status: 'withdrawing',
    ending: as,
  };
}
