import type { RecruitmentRules } from './rules.ts';

/** Why a place came free. */
export const fallReasons = ['absent', 'waived', 'recheckFailed', 'medicalFailed', 'reviewFailed', 'objected', 'fraud'] as const;
export type FallReason = (typeof fallReasons)[number];
export const fallReasonTitles: Record<FallReason, string> = {
  absent: '未按时参加，视为放弃',
  waived: '本人放弃',
  recheckFailed: '资格复审不合格',
  medicalFailed: '体检不合格',
  reviewFailed: '考察不合格',
  objected: '公示反映问题属实',
  fraud: '弄虚作假',
};

/** 递补: who takes whose place, in which round. */
export interface Backfill {
  round: number;
  id: string;
  for: string;
  why: FallReason;
}

/** A place that has come free, of whoever held it. */
export interface Fallen {
  id: string;
  why: FallReason;
}

/** Where a post stands in a batch: at the re-check, after the ranking, or past the approval or the contracts. */
export type BackfillPhase = 'recheck' | 'ranking' | 'approved' | 'contracted';

export interface Places {
  /** Everybody who may still be called, in score order, whoever withdrew while waiting left out; ties at the re-check by ticket number, after the ranking by the extra interview. */
  order: readonly string[];
  /** Who was called without a backfill: admitted to the interview, or proposed. */
  called: readonly string[];
  /** Backfills of this phase so far. */
  chain: readonly Backfill[];
}

export type Vacancy = 'off' | 'tooLate' | 'rounds' | 'nobodyLeft';
export const vacancyTitles: Record<Vacancy, string> = {
  off: '本批次不递补',
  tooLate: '已过审批，不再递补',
  rounds: '递补轮次已用完',
  nobodyLeft: '没有可以递补的人员',
};

export interface BackfillResult {
  filled: Backfill[];
  /** Places that stay empty, and why. */
  vacant: (Fallen & { because: Vacancy })[];
}

/** Whether nobody is called any more at this point, by the batch's rules. */
export function isTooLate(phase: BackfillPhase, { backfill }: Pick<RecruitmentRules, 'backfill'>): boolean {
  return phase === 'contracted' || (phase === 'approved' && backfill.noneAfter === 'approval');
}

/** How many rounds of backfill have been used. */
export const roundsOf = (chain: readonly Backfill[]): number => chain.reduce((most, { round }) => Math.max(most, round), 0);

/**
 * One round of backfill: for each place that has come free the next in order, an equal number, nobody twice. Two free places are given in the order of those
 * who held them. Whoever falls without a place of their own frees none, and is called no more.
 */
export function backfill(
  { order, called, chain }: Places,
  fallen: readonly Fallen[],
  phase: BackfillPhase,
  rules: Pick<RecruitmentRules, 'backfill'>,
): BackfillResult {
  const round = roundsOf(chain) + 1;
  const done = new Set(chain.map((link) => link.for));
  const held = new Set([...called, ...chain.map(({ id }) => id)]);
  const at = (id: string) => (order.includes(id) ? order.indexOf(id) : order.length);
  const free = fallen.filter(({ id }) => held.has(id) && !done.has(id)).sort((a, b) => at(a.id) - at(b.id));
  const all = (because: Vacancy): BackfillResult => ({ filled: [], vacant: free.map((place) => ({ ...place, because })) });
  if (!rules.backfill.on) return all('off');
  if (isTooLate(phase, rules)) return all('tooLate');
  if (round > rules.backfill.maxRounds) return all('rounds');
  const had = new Set([...held, ...fallen.map(({ id }) => id)]);
  const next = order.filter((id) => !had.has(id));
  return {
    filled: free.slice(0, next.length).map(({ id, why }, index) => ({ round, id: next[index]!, for: id, why })),
    vacant: free.slice(next.length).map((place) => ({ ...place, because: 'nobodyLeft' })),
  };
}

/** The places before somebody's: whom they were called for, and whom that person was called for. */
export function chainOf(id: string, chain: readonly Backfill[]): Backfill[] {
  const link = chain.find((candidate) => candidate.id === id);
  return link ? [link, ...chainOf(link.for, chain)] : [];
}
