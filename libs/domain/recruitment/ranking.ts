import { countedMark, hundredths, roundHalfUp, type Mark, type Score } from './score.ts';
import type { RecruitmentRules } from './rules.ts';

/** A candidate of one post as the exams know them. Ranking is each post's by itself (domain 11A no. 13). */
export interface Examined {
  id: string;
  ticketNo: string;
  written: Mark;
  /** Codes of the batch's bonus table that were recognised. */
  bonus?: readonly string[];
}
export interface Interviewed extends Examined {
  interview: Mark;
  /** 加试面试, one mark a time that it was held for them. */
  extra?: readonly Mark[];
}

/** Bonus points that count, in hundredths: each recognised item once, together no more than the cap. */
export function bonusOf(codes: readonly string[] | undefined, { bonus }: Pick<RecruitmentRules, 'bonus'>): Score {
  const points = bonus.items.filter(({ code }) => codes?.includes(code)).reduce((sum, item) => sum + hundredths(item.points), 0);
  return Math.min(points, hundredths(bonus.cap));
}

/** The written score as it counts, with bonus points where the batch adds them there; null for whoever was absent. */
export function writtenOf({ written, bonus }: Examined, rules: Pick<RecruitmentRules, 'bonus'>): Score | null {
  if (written === 'absent') return null;
  return written + (rules.bonus.addedTo === 'written' ? bonusOf(bonus, rules) : 0);
}

type TotalRules = Pick<RecruitmentRules, 'weights' | 'bonus' | 'decimals'>;

/** 总成绩 in hundredths: written and interview by their weights, with bonus points, rounded half up; null for whoever was absent from either. */
export function totalOf(candidate: Interviewed, rules: TotalRules): Score | null {
  const written = writtenOf(candidate, rules);
  if (written === null || candidate.interview === 'absent') return null;
  const weighted = written * rules.weights.written + candidate.interview * rules.weights.interview;
  const added = rules.bonus.addedTo === 'total' ? bonusOf(candidate.bonus, rules) : 0;
  return roundHalfUp(weighted + added * 100, rules.decimals);
}

const byTicket = (a: { ticketNo: string }, b: { ticketNo: string }) => (a.ticketNo < b.ticketNo ? -1 : a.ticketNo > b.ticketNo ? 1 : 0);

/** Groups of equal keys, the highest first; within a group by ticket number. */
function grouped<T extends { ticketNo: string }>(candidates: readonly T[], keysOf: (candidate: T) => readonly number[]): T[][] {
  const higher = (a: T, b: T) => {
    const [of, other] = [keysOf(a), keysOf(b)];
    return of.map((key, at) => (other[at] ?? 0) - key).find((difference) => difference !== 0) ?? 0;
  };
  const groups: T[][] = [];
  for (const candidate of [...candidates].sort((a, b) => higher(a, b) || byTicket(a, b))) {
    const [first] = groups.at(-1) ?? [];
    if (first && higher(first, candidate) === 0) groups.at(-1)!.push(candidate);
    else groups.push([candidate]);
  }
  return groups;
}

/** A tie parted by extra interviews: by one only when everybody in the tie has been marked in it. */
function parted<T extends Interviewed>(tie: T[], round = 0): T[][] {
  const marks = tie.map(({ extra }) => extra?.[round]);
  if (tie.length === 1 || marks.includes(undefined)) return [tie];
  return grouped(tie, ({ extra }) => [countedMark(extra?.[round] ?? 'absent')]).flatMap((group) => parted(group, round + 1));
}

/** Ranks 1, 2, 2, 4 …: a group shares a rank; `last` is the place that the last of the group takes. */
function placesOf<T>(groups: readonly T[][]): { candidate: T; rank: number; last: number }[] {
  let before = 0;
  return groups.flatMap((group) => {
    const [rank, last] = [before + 1, before + group.length];
    before = last;
    return group.map((candidate) => ({ candidate, rank, last }));
  });
}

export type NotRanked = 'absent' | 'belowLine';
export interface WrittenRank {
  id: string;
  ticketNo: string;
  /** As it counts; null for whoever was absent. */
  counted: Score | null;
  /** 1 for the best; null for whoever is not ranked, see `out`. */
  rank: number | null;
  out: NotRanked | null;
  /** 进入面试. */
  admitted: boolean;
  /** Admitted beyond the ratio, as one of those tied at the last place. */
  tied: boolean;
}

type WrittenRules = Pick<RecruitmentRules, 'interviewRatio' | 'passLines' | 'bonus'>;

/**
 * 笔试排名 of one post with so many places, and who is admitted to the interview: the first places × ratio, with all that are tied at the last of them. Whoever
 * was absent or below the line is listed last, without a rank.
 */
export function rankWritten(candidates: readonly Examined[], places: number, rules: WrittenRules): WrittenRank[] {
  const line = rules.passLines.written === null ? 0 : hundredths(rules.passLines.written);
  const counted = candidates.map((candidate) => ({ ...candidate, counted: writtenOf(candidate, rules) }));
  const within = counted.filter((candidate) => candidate.counted !== null && candidate.counted >= line);
  const admitted = places * rules.interviewRatio;
  const order = placesOf(grouped(within, (candidate) => [candidate.counted ?? 0]));
  const out = counted
    .filter((candidate) => !within.includes(candidate))
    .sort((a, b) => (b.counted ?? -1) - (a.counted ?? -1) || byTicket(a, b));
  return [
    ...order.map(({ candidate: { id, ticketNo, counted: score }, rank }, index) => ({
      id,
      ticketNo,
      counted: score,
      rank,
      out: null,
      admitted: rank <= admitted,
      tied: rank <= admitted && index >= admitted,
    })),
    ...out.map(({ id, ticketNo, counted: score }) => ({
      id,
      ticketNo,
      counted: score,
      rank: null,
      out: score === null ? ('absent' as const) : ('belowLine' as const),
      admitted: false,
      tied: false,
    })),
  ];
}

export interface TotalRank {
  id: string;
  ticketNo: string;
  total: Score | null;
  rank: number | null;
  out: NotRanked | null;
  /** Still tied with others after all that the tie order knows: an extra interview is needed, wherever the tie stands. */
  needsExtra: boolean;
  /** 拟进入体检、考察: the first as many as there are places × the ratio; nobody of a tie that stands across the last place. */
  proposed: boolean;
}

type RankRules = TotalRules & Pick<RecruitmentRules, 'passLines' | 'tieOrder' | 'medicalRatio'>;

/** 总成绩排名 of one post: totals compared after rounding, equal ones by the tie order; absent or failed interviews are listed last, without a rank. */
export function rankTotals(candidates: readonly Interviewed[], places: number, rules: RankRules): TotalRank[] {
  const line = rules.passLines.interview === null ? 0 : hundredths(rules.passLines.interview);
  const totals = candidates.map((candidate) => ({ ...candidate, total: totalOf(candidate, rules) }));
  const failed = ({ interview }: Interviewed) => countedMark(interview) < line;
  const within = totals.filter((candidate) => candidate.total !== null && !failed(candidate));
  const tieKeys = {
    interview: ({ interview }: Interviewed) => [countedMark(interview)],
    written: (candidate: Interviewed) => [writtenOf(candidate, rules) ?? -1],
    extraInterview: () => [],
  };
  const ties = grouped(within, (candidate) => [candidate.total ?? 0, ...rules.tieOrder.flatMap((key) => tieKeys[key](candidate))]);
  const order = placesOf(ties.flatMap((tie) => parted(tie)));
  const out = totals.filter((candidate) => !within.includes(candidate)).sort((a, b) => (b.total ?? -1) - (a.total ?? -1) || byTicket(a, b));
  return [
    ...order.map(({ candidate: { id, ticketNo, total }, rank, last }) => ({
      id,
      ticketNo,
      total,
      rank,
      out: null,
      needsExtra: last > rank,
      proposed: last <= places * rules.medicalRatio,
    })),
    ...out.map(({ id, ticketNo, total }) => ({
      id,
      ticketNo,
      total,
      rank: null,
      out: total === null ? ('absent' as const) : ('belowLine' as const),
      needsExtra: false,
      proposed: false,
    })),
  ];
}
