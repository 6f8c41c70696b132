import type { StageContract, StageKind } from '../domain/contract.ts';
import type { RefusalParams } from '../domain/refusal-text.ts';
import { refuse, type Refusal } from '../domain/refusal.ts';

/** What separation of duty asks about one account in one case. */
export interface BarFacts {
  isSubject: boolean;
  isStarter: boolean;
  isRelative: boolean;
  /** Declared a conflict in this case. */
  isRecused: boolean;
  /** Titles of the stages of the same four-eyes group that this account answered in this case, or had answered in its stead. */
  earlierOfGroup: readonly string[];
  unitName: string;
  /** The name of the principal whose bars these are; null where they are the actor's own. */
  of: string | null;
}

const binding: readonly StageKind[] = ['opinion', 'decision'];

/**
 * Separation of duty inside a case: the person concerned is never an officer of the case; the starter gives no opinion
 * and decides nothing (filing is open to them); declared relatives and whoever declared a conflict step aside; one person never answers two stages of a
 * four-eyes group. Whoever acts in another's stead is asked for both. Returns the refusal, or null.
 */
export function barredFrom(stage: Pick<StageContract, 'title' | 'kind' | 'audience'>, facts: BarFacts): Refusal | null {
  const whose: RefusalParams = facts.of === null ? {} : { of: facts.of };
  if (facts.isRecused) return refuse('Recused', whose);
  if ('subject' in stage.audience) return null;
  if (facts.isSubject) return refuse('OwnCase', { unit: facts.unitName, ...whose });
  if (facts.isRelative) return refuse('Relative', whose);
  if (facts.isStarter && binding.includes(stage.kind)) return refuse('StarterMayNotDecide', whose);
  const earlier = facts.earlierOfGroup[0];
  if (earlier) return refuse('FourEyes', { earlier, stage: stage.title, ...whose });
  return null;
}
