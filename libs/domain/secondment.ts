import { addMonths, earlierOf, type IsoDate } from './dates.ts';
import type { Rating } from './person-words.ts';
import type { SecondmentRules } from './secondment-rules.ts';

// 跟岗学习: secretaries of communities learn for two months in a community of a partner city. No schemas here: stories load it.

/** A county with how many urban communities it has. */
export interface CountySize {
  code: string;
  communities: number;
}

/**
 * 名额分配: places by number of communities, by largest remainder; no county gets more places than it has communities. Equal remainders go to the
 * larger county, then by code. A county without a community has no place; places that no county can take are left over.
 */
export function quotasOf(places: number, counties: readonly CountySize[]): Record<string, number> {
  const all = counties.reduce((sum, { communities }) => sum + communities, 0);
  const total = Math.min(places, all);
  if (total <= 0) return Object.fromEntries(counties.map(({ code }) => [code, 0]));
  // in whole numbers: places × communities is divided by all communities, and nothing is lost to rounding
  const shares = counties.map(({ code, communities }) => ({
    code,
    communities,
    whole: Math.floor((total * communities) / all),
    rest: (total * communities) % all,
  }));
  const left = total - shares.reduce((sum, { whole }) => sum + whole, 0);
  const first = [...shares].sort((a, b) => b.rest - a.rest || b.communities - a.communities || (a.code < b.code ? -1 : 1)).slice(0, left);
  return Object.fromEntries(shares.map(({ code, whole }) => [code, whole + (first.some((county) => county.code === code) ? 1 : 0)]));
}

/** Places by the name of a county, as a plan writes them down: 碧江区 5, one county a line. Null where a line has no name or no number, or a county twice. */
export function readQuotas(lines: string): Record<string, number> | null {
  const quotas: Record<string, number> = {};
  for (const line of lines.split(/[\n；;]/).filter((each) => each.trim() !== '')) {
    const [, name, places] = /^\s*(\D+?)[\s：:]*(\d{1,3})\s*(?:名|个)?\s*$/.exec(line) ?? [];
    if (!name || name in quotas) return null;
    quotas[name] = Number(places);
  }
  return quotas;
}

/** A secretary only: 党组织书记, whether also director or not; never a deputy. */
export const isSecretary = (postTitle: unknown): boolean => typeof postTitle === 'string' && /(?<!副)书记/.test(postTitle);

/** 合格 or better in the last year that was rated; nobody without any rating. */
export const isRatedWell = (latest: Rating | undefined): boolean => latest === 'excellent' || latest === 'competent';

/** The day after so many calendar months (Civil Code art. 202); moved on from a rest day by whoever has the calendar. */
export const plannedEnd = (startOn: IsoDate, months: number): IsoDate => addMonths(startOn, months);

/** Until when it may be extended at most. */
export const latestEnd = (endsOn: IsoDate, { extendMonths }: SecondmentRules): IsoDate => addMonths(endsOn, extendMonths);

export interface Span {
  fromOn: IsoDate;
  toOn: IsoDate;
}
export const overlaps = (a: Span, b: Span): boolean => a.fromOn <= b.toOn && b.fromOn <= a.toOn;
/** The election in which these days lie, even in part. */
export const electionIn = ({ electionWindows }: SecondmentRules, span: Span): Span | null =>
  electionWindows.find((window) => overlaps(window, span)) ?? null;

/** Who is to be matched. `wants` are subjects in words; `community` is the home community. */
export interface Secondee {
  caseId: string;
  community: string;
  county: string;
  wants: readonly string[];
}
/** A community of the partner city. `taken` are the days for which it is promised already, without the case that is matched. */
export interface HostPlace {
  accountId: string;
  unitCode: string;
  town: string;
  offers: readonly string[];
  taken: readonly Span[];
}
/** 结对关系: a county and the town that it is paired with. */
export interface Pairing {
  county: string;
  town: string;
}

/** What a secretary wants to learn and the place does not offer weighs most, then a town that the home county is not paired with. */
const MISSING_SUBJECT = 10;
const OTHER_TOWN = 25;

/** How ill a place suits a secretary, from 0 (best); null where it cannot be: somebody is there on some of the days. */
export function costOf(
  { wants, county }: Secondee,
  { offers, town, taken }: HostPlace,
  { span, pairings = [] }: { span: Span; pairings?: readonly Pairing[] },
): number | null {
  if (taken.some((other) => overlaps(other, span))) return null;
  const missing = wants.filter((subject) => !offers.includes(subject)).length;
  const towns = pairings.filter((pairing) => pairing.county === county).map((pairing) => pairing.town);
  return missing * MISSING_SUBJECT + (towns.length > 0 && !towns.includes(town) ? OTHER_TOWN : 0);
}

export interface Match {
  caseId: string;
  accountId: string;
}

/**
 * Why a list of pairs cannot stand: a secretary or a place twice, two secretaries of one community, a place that is taken or unknown. One secretary to one
 * host community (30:30), at most one secondee per community at a time. Empty when it can.
 */
export function pairFaults(pairs: readonly Match[], secondees: readonly Secondee[], hosts: readonly HostPlace[], span: Span): string[] {
  const faults: string[] = [];
  const seen = { secondee: new Set<string>(), host: new Set<string>(), home: new Set<string>() };
  const twice = (of: Set<string>, key: string): boolean => of.size === of.add(key).size;
  for (const { caseId, accountId } of pairs) {
    const secondee = secondees.find((each) => each.caseId === caseId);
    const host = hosts.find((each) => each.accountId === accountId);
    if (!secondee) faults.push('名单里有不在等待对接的人员');
    else {
      if (twice(seen.secondee, caseId)) faults.push('同一名人员出现两次');
      else if (twice(seen.home, secondee.community)) faults.push('同一个社区同时只能派出一人');
    }
    if (!host) faults.push('名单里有没有联系人的接收社区');
    else if (twice(seen.host, host.unitCode)) faults.push('同一个接收社区只能接收一人');
    else if (host.taken.some((other) => overlaps(other, span))) faults.push('接收社区在这段时间已经安排了人员');
  }
  return [...new Set(faults)];
}

/** 接收地鉴定. */
export const hostRatings = ['excellent', 'good', 'pass', 'poor'] as const;
export type HostRating = (typeof hostRatings)[number];
export const hostRatingTitles: Record<HostRating, string> = { excellent: '优秀', good: '良好', pass: '合格', poor: '不合格' };

/** Fridays on which a week's log is asked: those after the first day, up to the last one. */
export function logDays(fromOn: IsoDate, toOn: IsoDate): IsoDate[] {
  const days: IsoDate[] = [];
  const first = Date.parse(`${fromOn}T00:00:00Z`);
  const weekday = new Date(first).getUTCDay();
  for (let at = first + ((5 - weekday + 7) % 7) * 86_400_000; ; at += 7 * 86_400_000) {
    const on = new Date(at).toISOString().slice(0, 10);
    if (on > toOn) return days;
    if (on > fromOn) days.push(on);
  }
}

/** The middle of it: a month after the beginning, never after the end. */
export const midtermOn = (arrivedOn: IsoDate, endsOn: IsoDate): IsoDate => earlierOf(addMonths(arrivedOn, 1), endsOn);
