import type { CheckedAgainst, OpeningPerson } from '../../../libs/domain/contract.ts';
import { addDays, formatDate, type IsoDate } from '../../../libs/domain/dates.ts';
import { latestRated } from '../../../libs/domain/rating-chain.ts';
import { refuse, type Refusal } from '../../../libs/domain/refusal.ts';
import { electionIn, isRatedWell, isSecretary, latestEnd, logDays, plannedEnd } from '../../../libs/domain/secondment.ts';
import type { SecondmentRules } from '../../../libs/domain/secondment-rules.ts';

const wrong = (detail: string): Refusal => refuse('AnswerDoesNotFit', { detail });
const rulesOf = (pinned: Record<string, unknown>) => pinned.rules as SecondmentRules;

/** A secretary in post and rated 合格 or better. Refuses `NotEmployed`, `NotSecretary`, `RatedTooLow`. */
export function whyNotSent({ name, facts, ratings }: OpeningPerson): Refusal | null {
  const employment = facts.employment?.value;
  if (!['formal', 'probation'].includes(String(employment?.status))) return refuse('NotEmployed', { name });
  if (!isSecretary(employment?.postTitle)) return refuse('NotSecretary', { name });
  return isRatedWell(latestRated(ratings)?.rating) ? null : refuse('RatedTooLow', { name });
}

/** Refuses a nomination that both committees have not decided on by today. */
export const checkNomination = ({ studiedOn }: Record<string, unknown>, on: IsoDate): Refusal | null =>
  String(studiedOn) > on ? wrong('两委研究日期不能晚于今天') : null;

/** Nobody with an open matter or unfit to travel passes the review. */
export const checkReview = ({ result, noCase, healthy }: Record<string, unknown>): Refusal | null =>
  result === 'pass' && (noCase !== 'yes' || healthy !== 'yes') ? wrong('有未结事项或者身体条件不适合的，不能审核通过') : null;

/** It begins after today and lies in no election, to its last day. */
export function checkMatch({ startOn }: Record<string, unknown>, { on, pinned }: CheckedAgainst): Refusal | null {
  if (String(startOn) <= on) return wrong('报到日期应在今天以后');
  const rules = rulesOf(pinned);
  const election = electionIn(rules, { fromOn: String(startOn), toOn: plannedEnd(String(startOn), rules.months) });
  return election ? wrong(`${formatDate(election.fromOn)}至${formatDate(election.toOn)}为换届选举期，不派出跟岗`) : null;
}

/** Refuses an arrival before the day agreed on, or in the future. */
export function checkArrival({ result, arrivedOn }: Record<string, unknown>, { on, told }: CheckedAgainst): Refusal | null {
  if (result !== 'arrived') return null;
  if (!arrivedOn) return wrong('请填写报到日期');
  if (String(arrivedOn) > on) return wrong('报到日期不能晚于今天');
  return String(arrivedOn) < String(told.match?.startOn) ? wrong(`报到日期不能早于 ${formatDate(String(told.match?.startOn))}`) : null;
}

/** When a stay ends as it stands: as extended, else after its months; before any rest day is counted. Null before it has begun. */
export function endOf({ told, events, pinned }: Pick<CheckedAgainst, 'told' | 'events' | 'pinned'>): IsoDate | null {
  if (told.arrival?.result !== 'arrived') return null;
  return events.extend ? String(events.extend.told.until) : plannedEnd(String(told.arrival.arrivedOn), rulesOf(pinned).months);
}

/** Before the end alone, by at most what the city allows, and never into an election. */
export function checkExtension({ until }: Record<string, unknown>, about: CheckedAgainst): Refusal | null {
  const endsOn = endOf(about);
  if (!endsOn || about.events.recall) return wrong('还没有报到，或者已经召回，不能延长');
  if (about.on >= endsOn) return wrong('跟岗学习已经期满，不能延长');
  if (String(until) <= endsOn) return wrong(`延长后的结束日期应晚于 ${formatDate(endsOn)}`);
  const rules = rulesOf(about.pinned);
  const latest = latestEnd(endsOn, rules);
  if (String(until) > latest) return wrong(`最多延长 ${rules.extendMonths} 个月，不晚于 ${formatDate(latest)}`);
  return electionIn(rules, { fromOn: addDays(endsOn, 1), toOn: String(until) }) ? wrong('延长期间有换届选举，不能延长') : null;
}

/** From the arrival to the day before the end; the last day there lies in between. */
export function checkRecall({ lastOn }: Record<string, unknown>, about: CheckedAgainst): Refusal | null {
  const endsOn = endOf(about);
  if (!endsOn) return wrong('还没有报到：报到前不再派出的，请申报“放弃派出”');
  if (about.on >= endsOn) return wrong('跟岗学习已经期满，不需要召回');
  const arrivedOn = String(about.told.arrival?.arrivedOn);
  return String(lastOn) < arrivedOn || String(lastOn) >= endsOn
    ? wrong(`结束日期应在 ${formatDate(arrivedOn)} 以后、${formatDate(endsOn)} 以前`)
    : null;
}

/** Refuses whoever has arrived already. */
export const checkDecline = (_answer: Record<string, unknown>, { told }: CheckedAgainst): Refusal | null =>
  told.arrival?.result === 'arrived' ? wrong('已经报到：需要提前结束的，请申报“提前召回”') : null;

/** So many weeks at most: two months, and one more. */
export const WEEKS = 14;

/** When each week's log is asked, by stage: week1 on the first Friday after the arrival. */
export const logsOf = (arrivedOn: IsoDate, endsOn: IsoDate): { stage: string; on: IsoDate }[] =>
  logDays(arrivedOn, endsOn)
    .slice(0, WEEKS)
    .map((on, i) => ({ stage: `week${i + 1}`, on }));
