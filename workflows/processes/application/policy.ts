import type { IsoDate } from '../../../libs/domain/dates.ts';
import { negatives } from '../../../libs/domain/recruitment/rules.ts';
import { refuse, type Refusal } from '../../../libs/domain/refusal.ts';

/** Whoever is rejected may ask once for a review, within two working days, and is answered within two. */
export const APPEAL_DAYS = 2;

/** Why somebody is rejected at the initial check: a condition that is not met, or the negative list. */
export const rejections = [
  'tooYoung',
  'tooOld',
  'educationTooLow',
  'householdElsewhere',
  'notPartyMember',
  'otherCondition',
  ...negatives,
] as const;

/** A contract is signed neither in the future nor before the approval that it carries out. */
export function checkSigned(signedOn: IsoDate, on: IsoDate, approvedOn: IsoDate | undefined): Refusal | null {
  if (signedOn > on) return refuse('AnswerDoesNotFit', { detail: '签订日期不能晚于今天，请签好后再填写' });
  if (approvedOn && signedOn < approvedOn) return refuse('AnswerDoesNotFit', { detail: `签订日期不能早于审批之日（${approvedOn}）` });
  return null;
}
