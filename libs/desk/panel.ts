import type { Panel } from '../domain/contract.ts';

export type PanelState = { closed: false } | { closed: true; result: string; for: number; against: number; members: number };

/**
 * Sums up a panel from its members and their verdicts (by account). A ballot closes as soon as no outstanding vote can change it and its quorum
 * has voted; it passes with more than `share` of the members for it, unless the chair, where the panel gives a veto, is against. Abstentions count as
 * voted, for neither side. Never closes by silence.
 */
export function sumUp(
  panel: Panel,
  members: readonly string[],
  verdicts: ReadonlyMap<string, string>,
  chair: string | null = null,
): PanelState {
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

  if (panel.rule === 'any') {
    if (inFavour > 0 || against > 0) return close(inFavour > 0);
    return outstanding === 0 ? close(false) : { closed: false };
  }
  if (panel.rule === 'all' || panel.rule === 'inOrder') {
    if (against > 0) return close(false);
    return outstanding === 0 ? close(true) : { closed: false };
  }
  const vetoes = panel.veto !== undefined && chair !== null && members.includes(chair);
  if (vetoes && verdicts.get(chair) === panel.against) return close(false);
  const needed = (panel.share ?? 0.5) * members.length;
  if (votes.length < (panel.quorum ?? 0.5) * members.length) return { closed: false };
  if (inFavour > needed) return vetoes && !verdicts.has(chair) ? { closed: false } : close(true);
  if (inFavour + outstanding <= needed) return close(false);
  return { closed: false };
}
