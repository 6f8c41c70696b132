import type { Follows, RatingNews } from '../../../libs/domain/contract.ts';
import { addDays, laterOf, type IsoDate } from '../../../libs/domain/dates.ts';
import { chainOf, latestRated, nextRated, type Chain, type RatedYear } from '../../../libs/domain/rating-chain.ts';
import { refuse, type Refusal } from '../../../libs/domain/refusal.ts';
import type { Told } from '../../../libs/domain/story.ts';

/** The days of a county: when ratings are final, when the improvement is looked at, how long the papers stay open for a dispute. */
export interface WatchPolicy {
  /** MM-DD of the year after the rated one. */
  finalBy: string;
  /** MM-DD of the year after the failing one. */
  midyear: string;
  /** One year from knowing of the harm (Mediation and Arbitration Law art. 27). */
  archiveMonths: number;
}
export const defaultWatchPolicy: WatchPolicy = { finalBy: '01-31', midyear: '06-30', archiveMonths: 12 };

export interface WatchDays {
  /** What is done after the improvement year cannot be evidence for it. */
  improveBy: IsoDate;
  midyearOn: IsoDate;
  nextFinalBy: IsoDate;
}

/** The days that a watch over a failing year lives by. */
export const watchDays = (year: number, { finalBy, midyear }: WatchPolicy): WatchDays => ({
  improveBy: `${year + 1}-12-31`,
  midyearOn: `${year + 1}-${midyear}`,
  nextFinalBy: `${year + 2}-${finalBy}`,
});

/** Nothing more comes of an open case: the next rating was better, or one of its own was changed. */
const isOver = ({ events, inEffect }: NonNullable<RatingNews['open']>): boolean =>
  !inEffect && (events.corrected !== undefined || (events.rating !== undefined && events.rating.told.rating !== 'failed'));

/**
 * 流程之间: the first failing year starts a watch, the next rated year is told to it, and so is a change of one of its two failing years. A year without
 * rating (不定等次) keeps the watch open; what was on record already starts nothing.
 */
export function followRating({ year, rating, before, ratings, open }: RatingNews): Follows {
  if (!open || (isOver(open) && year !== open.input.year)) {
    return rating === 'failed' && before !== 'failed' && latestRated(ratings)?.year === year
      ? { start: true, means: '首个不合格年度：自动开始一年的跟踪，由街道谈话告诫、安排培训或调岗、年中复查。不是解聘' }
      : null;
  }
  const first = Number(open.input.year);
  const next = open.events.rating?.told as unknown as RatedYear | undefined;
  if (before === 'failed' && rating !== 'failed' && (year === first || year === next?.year))
    return { tell: 'corrected', told: { year, rating }, means: correctedMeans(open, year === first && next?.rating === 'failed') };
  const found = nextRated(ratings, first);
  if (next || open.inEffect || !found) return null;
  return { tell: 'rating', told: { year: found.year, rating: found.rating }, means: nextMeans[chainOf(first, found)] };
}

const nextMeans: Record<Chain, string> = {
  recovered: '考核达到要求：跟踪结束',
  adjacent: '连续两个年度不合格：跟踪转入解聘程序，先由街道核查。是否解聘由集体决定，不会自动解聘',
  apart: '中间有不定等次或没有记录的年度，不是连续两年不合格：转县（区）核定怎么处理',
};

/** The first of two failing years is none any more, or the second one, before or after the notice. */
function correctedMeans({ inEffect, events }: NonNullable<RatingNews['open']>, startsAgain: boolean): string {
  if (events.agree || events.resign) return '本人已经协商解除或辞职：记入办件，不改变离职';
  if (inEffect) return '解除劳动合同的依据不再成立：登记事件，转入恢复劳动关系的程序';
  return `不合格结果已改变：终止正在进行的跟踪或解聘程序${startsAgain ? '，并按另一个不合格年度重新开始跟踪' : ''}`;
}

const done = (told: Told | undefined): boolean => told !== undefined && told.lapsed === undefined;

/** What art. 40(2) wants proved and the case does not hold: without it nobody is dismissed, but watched for another year. */
export function evidenceGaps(told: Record<string, Told>): string[] {
  return [
    !done(told.warning) && '告诫谈话和书面改进计划',
    !done(told.training) && '培训或者调整岗位的记录',
    done(told.training) && told.midyear?.carriedOut !== 'yes' && '培训已完成或者调岗已到位的年中复查记录',
  ].filter((gap) => gap !== false);
}

/** Why this way does not fit a person, and somebody must find another one: an elected seat, a union's office, dispatch, years before retirement, a gap. */
export function asidesOf(chain: Chain, found: Told): string[] {
  return [
    chain === 'apart' && '两个不合格年度之间有不定等次或没有记录的年度',
    found.elected === 'yes' && '居民委员会成员须先经居民会议罢免或者本人辞职',
    found.unionOfficer === 'yes' && '工会主席、副主席、委员任职期间劳动合同自动延长',
    found.employmentForm === 'DISPATCH' && '劳务派遣人员由派遣单位处理',
    found.shield === 'nearRetirement' && '在本单位连续工作满十五年且距退休不足五年，应当调整岗位',
  ].filter((why) => why !== false);
}

const wrong = (detail: string): Refusal => refuse('AnswerDoesNotFit', { detail });

/** Refuses a warning that is not signed and has no two witnesses, or one dated ahead. */
export function checkWarning({ talkedOn, signature, witnesses }: Record<string, unknown>, on: IsoDate): Refusal | null {
  if (String(talkedOn) > on) return wrong('谈话日期不能晚于今天');
  const named = String(witnesses ?? '')
    .split(/[、，,；;\s]+/)
    .filter(Boolean);
  return signature === 'refused' && named.length < 2 ? wrong('本人拒绝签字的，请填写两名在场见证人') : null;
}

/** Refuses a shield without the day on which it ends, or with one that is past. */
export function checkShield({ shield, shieldUntil }: Record<string, unknown>, on: IsoDate): Refusal | null {
  if (shield === 'none' || shield === 'nearRetirement') return null;
  return shieldUntil && String(shieldUntil) >= on ? null : wrong('请填写保护期届满日期（今天或以后），届满后系统再请您核查');
}

/** Refuses to go on without evidence of training or another post (`EvidenceMissing`); staff of public institutions go by their own regulation (art. 16). */
export function checkLegal({ result }: Record<string, unknown>, told: Record<string, Told>): Refusal | null {
  if (result !== 'proceed' || told.eligibility?.employmentForm === 'PUBLIC_INSTITUTION') return null;
  const gaps = evidenceGaps(told);
  return gaps.length > 0 ? refuse('EvidenceMissing', { gaps: gaps.join('、') }) : null;
}

/** Refuses to go on with whoever still holds a seat or office, is dispatched, or must get another post. */
export function checkManual({ how, officeEndedOn }: Record<string, unknown>, found: Told, on: IsoDate): Refusal | null {
  if (how !== 'proceed') return null;
  if (found.employmentForm === 'DISPATCH') return wrong('劳务派遣人员不能由街道解除，请选择退回派遣单位');
  if (found.shield === 'nearRetirement') return wrong('连续工作满十五年且距退休不足五年的，不能依第四十条解除，请选择调整岗位');
  if (found.elected !== 'yes' && found.unionOfficer !== 'yes') return null;
  return officeEndedOn && String(officeEndedOn) <= on ? null : wrong('当选或工会职务终止（罢免、辞职、卸任）后才能转入，请填写终止日期');
}

/** The contract ends thirty days after the day of service at the earliest (art. 40; the day of service is not counted), at once with pay in lieu. */
export const earliestEnd = (servedOn: IsoDate, how: unknown): IsoDate => (how === 'inLieu' ? servedOn : addDays(servedOn, 30));

/** Refuses a service ahead of its day, before the county's review, while the rating is under review (`RatingUnderReview`), or a notice that is too short. */
export function checkService(
  { servedOn, endsOn, how }: Record<string, unknown>,
  on: IsoDate,
  { countyOn, underReview }: { countyOn: IsoDate | undefined; underReview: boolean },
): Refusal | null {
  if (underReview) return refuse('RatingUnderReview');
  if (String(servedOn) > on) return wrong('送达日期不能晚于今天，请送达后再填写');
  if (countyOn && String(servedOn) < countyOn) return wrong(`送达日期不能早于县（区）审查之日（${countyOn}）`);
  const earliest = earliestEnd(String(servedOn), how);
  return String(endsOn) < earliest ? wrong(`劳动合同解除日期不能早于 ${earliest}（自送达次日起满三十日；逢休息日顺延）`) : null;
}

/** Thirty days' notice outside of probation (art. 37), or a later day of the worker's own choice. */
export const leavesOn = (declaredOn: IsoDate, wishedOn?: IsoDate): IsoDate => laterOf(addDays(declaredOn, 30), wishedOn ?? declaredOn);
