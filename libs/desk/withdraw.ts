import type { Tx } from '../db.ts';
import { dateOf, formatEnd } from '../domain/dates.ts';
import { isRefusal, refuse, type Refusal } from '../domain/refusal.ts';
import type { EarlyEnding } from '../domain/story.ts';
import { postMail } from '../mail/post.ts';
import type { Actor } from '../domain/roles.ts';
import { act, type Done } from './act.ts';
import { askedNow } from './asked-now.ts';
import { endOpenWork, peopleOfCase, readersOfCase } from './case-people.ts';
import { hasPart } from './reach.ts';
import { principalWho } from './seat.ts';
import { mayCancel, mayWithdraw } from './owner.ts';
import { contractOf, type By, type DeskRoom, type Verdict } from './room.ts';
import type { CaseState } from './state.ts';
import { mailMoment } from './when.ts';

/**
 * 撤回: by whoever may (`mayWithdraw`), until the case takes effect. Closed to people at once; the story then undoes what was changed and ends the case.
 * Refuses `OnlyStarterWithdraws`, `NotCancelled`, `AlreadyEffective`, `CaseEnded`, `LegalEndPassed`; where nobody started it as `cancel` does.
 */
export function withdraw(room: DeskRoom, { caseId, reason, ...by }: By & { caseId: string; reason: string }): Promise<Verdict> {
  return act(room, by, 'case.withdraw', { caseId }, async (tx, state) => {
    const contract = contractOf(room, state.process);
    const refusal = await mayWithdraw(tx, contract, state, null, by.actor);
    if (refusal?.refused === 'OnlyStarterWithdraws')
      return refuse('OnlyStarterWithdraws', { name: (await starterKnownTo(tx, state, by.actor)) ?? '' });
    if (refusal) return refusal;
    const inStead = principalWho(by.actor, state, state.starterId);
    const done = await endEarly(tx, room, state, { as: 'withdrawn', reason, ...by });
    return isRefusal(done) || !inStead || state.starterId === by.actor.accountId ? done : { ...done, inStead };
  });
}

/** The starter's name, for whoever has a part in the case; to others it is nobody's business. */
async function starterKnownTo(tx: Tx, { id, starterId }: CaseState, actor: Actor): Promise<string | null> {
  if (!starterId || !(await hasPart(tx, id, actor))) return null;
  return (await tx.account.findUniqueOrThrow({ where: { id: starterId }, select: { displayName: true } })).displayName;
}

/**
 * 撤销: by the case's county, until it takes effect; otherwise as a withdrawal. Refuses `NotProcessOwner`, `AlreadyEffective`, `CaseEnded`, `LegalEndPassed`, and what
 * separation of duty says.
 */
export function cancel(room: DeskRoom, { caseId, reason, ...by }: By & { caseId: string; reason: string }): Promise<Verdict> {
  return act(
    room,
    by,
    'case.cancel',
    { caseId },
    async (tx, state) =>
      (await mayCancel(tx, contractOf(room, state.process), state, by.actor)) ??
      endEarly(tx, room, state, { as: 'cancelled', reason, ...by }),
  );
}

/** When the law's own end of an open stage has passed: what follows from it stands, whether or not the story has woken. */
async function legalEndOf(tx: Tx, caseId: string, at: Date): Promise<Date | null> {
  const [row] = await tx.$queryRaw<[{ end: Date | null }]>`
    SELECT min(legal_end_at) AS end FROM stage_run WHERE case_id = ${caseId}::uuid AND status = 'open' AND legal_end_at <= ${at} AND (ask ->> 'endsOn')::date < ${dateOf(at)}::date`;
  return row.end;
}

/**
 * Closes the case to people and tells everybody who had a part, who is asked now, or to whom it was given to read. Refuses `LegalEndPassed` when by law
 * the case has come to its end.
 */
async function endEarly(
  tx: Tx,
  room: DeskRoom,
  state: CaseState,
  { as, reason, actor, at }: By & { as: EarlyEnding; reason: string },
): Promise<Refusal | Done> {
  const over = await legalEndOf(tx, state.id, at);
  if (over) return refuse('LegalEndPassed', { at: formatEnd(over) });
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
