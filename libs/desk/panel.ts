import type { Panel } from '../domain/contract.ts';

export type PanelState = { closed: false } | { closed: true; result: string; for: number; against: number; members: number };

/**
 * Sums up a panel from its members and their verdicts (by account). A ballot closes as soon as no outstanding vote can change it and its quorum
 * has voted; it passes with more than `share` of the members for it. Abstentions count as voted, for neither side. Never closes by silence.
 */
export function sumUp(panel: Panel, members: readonly string[], verdicts: ReadonlyMap<string, string>): PanelState {
  const votes = members.filter((member) => verdicts.has(member)).map((member) => verdicts.get(member)!);
  const inFavour = votes.filter((vote) => vote === panel.for).length;
  const against = votes.filter((vote) => vote === panel.against).length;
  const outstanding = members.length - votes.length;
  const close = (passed: boolean): PanelState => ({
    closed: true,
    result: passed ? panel.for : panel.against,
    for: inFavour,
    against,
    members: members.length,
  });

  if (panel.rule === 'any') return votes.length > 0 ? close(votes[0] === panel.for) : { closed: false };
  if (panel.rule === 'all') {
    if (against > 0) return close(false);
    return outstanding === 0 ? close(true) : { closed: false };
  }
  const needed = (panel.share ?? 0.5) * members.length;
  if (votes.length < (panel.quorum ?? 0.5) * members.length) return { closed: false };
  if (inFavour > needed) return close(true);
  if (inFavour + outstanding <= needed) return close(false);
  return { closed: false };
}
