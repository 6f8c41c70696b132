import { refusalText, refuse, type Refusal } from '../domain/refusal.ts';
import { endedHow } from './may.ts';
import type { CaseState } from './state.ts';

/** A verb on a page: allowed, or why not now, with the refusal's stable code. */
export interface Action {
  verb: string;
  title: string;
  allowed: boolean;
  why: string | null;
  code: string | null;
}

export const actionOf = (verb: string, title: string, refusal: Refusal | null): Action => ({
  verb,
  title,
  allowed: refusal === null,
  why: refusal && refusalText(refusal),
  code: refusal?.refused ?? null,
});

export interface WithdrawFacts extends Pick<CaseState, 'status' | 'ending'> {
  starterId: string | null;
  starterName: string | null;
  effectiveAt: Date | null;
}

/** Whether the actor may withdraw now: the starter, before the case takes effect. */
export function mayWithdraw({ starterId, starterName, effectiveAt, ...state }: WithdrawFacts, accountId: string): Refusal | null {
  if (state.status !== 'running') return refuse('CaseEnded', { how: endedHow(state) });
  if (starterId !== accountId) return refuse('OnlyStarterWithdraws', { name: starterName ?? '' });
  return effectiveAt ? refuse('AlreadyEffective', { verb: '撤回' }) : null;
}
