import { addDays, daysBetween, earlierOf, lastDayOfTerm, laterOf, monthsOfTerm, type IsoDate } from '../../../libs/domain/dates.ts';
import { refuse, type Refusal } from '../../../libs/domain/refusal.ts';

/** The contract that a probation stands in. `endsOn` null: open-ended. */
export interface ContractTerm {
  startsOn: IsoDate;
  endsOn: IsoDate | null;
  taskBased?: boolean;
}

/** How a term reads in a refusal, and the most months of probation that the law allows in it (Labour Contract Law art. 19). */
export function legalMaximum(contract: ContractTerm): { months: number; term: string } {
  if (contract.taskBased) return { months: 0, term: '以完成一定工作任务为期限' };
  if (contract.endsOn === null) return { months: 6, term: '无固定期限' };
  const term = monthsOfTerm(contract.startsOn, contract.endsOn);
  if (term < 3) return { months: 0, term: '不满三个月' };
  if (term < 12) return { months: 1, term: '三个月以上不满一年' };
  if (term < 36) return { months: 2, term: '一年以上不满三年' };
  return { months: 6, term: '三年以上' };
}

/** Refuses with `ProbationTooLong` a probation longer than the legal maximum of its contract; no policy may lift it. */
export function checkLength(contract: ContractTerm, months: number): Refusal | null {
  const max = legalMaximum(contract);
  return months > max.months ? refuse('ProbationTooLong', { months, max: max.months, term: max.term }) : null;
}

/** A written agreement that stops the probation's clock, both days included. */
export interface Suspension {
  fromOn: IsoDate;
  toOn: IsoDate;
}

/**
 * Last day of probation: the day before the corresponding date, its first day counted, so that no day passes the legal maximum;
 * it never moves for a rest day. Only an agreed suspension moves it, by its calendar days.
 */
export function probationEnds(startedOn: IsoDate, months: number, suspension?: Suspension): IsoDate {
  const end = lastDayOfTerm(startedOn, months);
  return suspension ? addDays(end, daysBetween(suspension.fromOn, suspension.toOn) + 1) : end;
}

export interface ProbationDays {
  lastDay: IsoDate;
  /** The middle day, on which the mid-point check opens. */
  midpointOn: IsoDate;
  /** The day on which the summary and the opinions open. */
  reviewOn: IsoDate;
}

/** The days that the story waits for. `reviewBefore`: calendar days before the last day. */
export function probationDays(startedOn: IsoDate, months: number, reviewBefore: number, suspension?: Suspension): ProbationDays {
  const lastDay = probationEnds(startedOn, months, suspension);
  const midpointOn = addDays(startedOn, Math.floor(daysBetween(startedOn, lastDay) / 2));
  const reviewOn = laterOf(addDays(lastDay, -reviewBefore), midpointOn);
  return { lastDay, midpointOn: earlierOf(midpointOn, lastDay), reviewOn: earlierOf(reviewOn, lastDay) };
}

/** The worker may leave with three calendar days' notice in probation (art. 37); a later day of their own choice stands. */
export function leavesOn(declaredOn: IsoDate, wishedOn?: IsoDate): IsoDate {
  const earliest = addDays(declaredOn, 3);
  return wishedOn ? laterOf(earliest, wishedOn) : earliest;
}

/**
 * Refuses to leave after the probation, by wish or declared when it is over: whoever is formal by then gives thirty days' notice. Three days' notice at
 * its very end may run over it.
 */
export function checkLeaving(declaredOn: IsoDate, wishedOn: IsoDate | undefined, lastDay: IsoDate): Refusal | null {
  if (declaredOn > lastDay) return refuse('LeavesAfterProbation', { latest: lastDay });
  const latest = laterOf(lastDay, leavesOn(declaredOn));
  return wishedOn && wishedOn > latest ? refuse('LeavesAfterProbation', { latest }) : null;
}

/**
 * Refuses notice of termination dated before the union's opinion (art. 43) or after the day on which its service is recorded, and one that does not say
 * how an objection of the union was dealt with.
 */
export function checkService(
  { servedOn, unionReply }: { servedOn: IsoDate; unionReply?: string | undefined },
  on: IsoDate,
  union: { heardOn: IsoDate | undefined; objects: boolean },
): Refusal | null {
  const wrong = (detail: string) => refuse('AnswerDoesNotFit', { detail });
  if (servedOn > on) return wrong('送达日期不能晚于今天，请送达后再填写');
  if (union.heardOn && servedOn < union.heardOn) return wrong(`送达日期不能早于工会提出意见之日（${union.heardOn}）`);
  return union.objects && !unionReply ? wrong('工会有异议，请写明研究处理情况') : null;
}

/** An agreed suspension begins today or later, ends after it begins, and begins within the probation. */
export function checkSuspension({ fromOn, toOn }: Suspension, on: IsoDate, lastDay: IsoDate): Refusal | null {
  return fromOn < on || toOn < fromOn || fromOn > lastDay ? refuse('SuspensionBeforeToday') : null;
}

/** Certificate and file transfer are due 15 calendar days after the end of employment (art. 50). */
export const CERTIFICATE_WITHIN_DAYS = 15;
