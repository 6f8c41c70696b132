import { refuse } from '../domain/refusal.ts';
import { postMail } from '../mail/post.ts';
import { act } from './act.ts';
import type { By, DeskRoom, Verdict } from './room.ts';
import { endOpenWork, peopleOfCase } from './case-people.ts';
import { mailMoment } from './when.ts';

/**
 * 撤回: by the starter, until the case takes effect. Closed to people at once; the story then undoes what was changed and ends the case.
 * Refuses `OnlyStarterWithdraws`, `AlreadyEffective`, `CaseEnded`.
 */
export function withdraw(room: DeskRoom, { caseId, reason, ...by }: By & { caseId: string; reason: string }): Promise<Verdict> {
  return act(room, by, 'case.withdraw', { caseId }, async (tx, state) => {
    if (state.status !== 'running') return refuse('CaseEnded', { how: state.status === 'withdrawing' ? '撤回' : '办结' });
    if (state.starterId !== by.actor.accountId) {
      const starter = state.starterId
        ? await tx.account.findUnique({ where: { id: state.starterId }, select: { displayName: true } })
        : null;
      return refuse('OnlyStarterWithdraws', { name: starter?.displayName ?? '' });
    }
    if (state.effectiveAt) return refuse('AlreadyEffective', { verb: '撤回' });
    const told = await peopleOfCase(tx, caseId);
    await endOpenWork(tx, caseId, by.at);
    await postMail(tx, {
      eventKey: `${caseId}/withdrawn`,
      to: told.filter((who) => who !== by.actor.accountId),
      template: 'case-withdrawn',
      caseId,
      at: by.at,
      notBefore: await mailMoment(tx, state.unitCode, by.at),
      params: { caseId, caseNo: state.caseNo, caseTitle: state.title, byName: by.actor.name, kind: 'withdrawn', reason },
    });
    return {
      detail: { reason },
      before: { status: 'running' },
      after: { status: 'withdrawing' },
      message: { kind: 'withdrawn' },
      status: 'withdrawing',
    };
  });
}
