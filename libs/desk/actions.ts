import { refusalText, refuse, type Refusal } from '../domain/refusal.ts';
import type { Actor } from '../domain/roles.ts';
import { endedHow } from './may.ts';
import { principalWho } from './seat.ts';
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

/** Whether the actor may withdraw now: the starter, or one who stands in for them, before the case takes effect. `starterName`: as far as they may know it. */
export function mayWithdraw(state: CaseState, starterName: string | null, actor: Actor): Refusal | null {
  if (state.status !== 'running') return refuse('CaseEnded', { how: endedHow(state) });
  if (state.starterId !== actor.accountId && !principalWho(actor, state, state.starterId))
    return refuse('OnlyStarterWithdraws', { name: starterName ?? '' });
  return state.effectiveAt ? refuse('AlreadyEffective', { verb: '撤回' }) : null;
}
