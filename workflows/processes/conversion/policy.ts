import type { IsoDate } from '../../../libs/domain/dates.ts';
import { refuse, type Refusal } from '../../../libs/domain/refusal.ts';

/** Whoever is not certified may ask for a review within ten calendar days of being told, and is answered within ten. */
export const REVIEW_REQUEST_DAYS = 10;
export const REVIEW_ANSWER_DAYS = 10;

/** A signature lies neither in the future nor before the approval that it carries out. */
export function checkSigned(signedOn: IsoDate, on: IsoDate, approvedOn: IsoDate | undefined): Refusal | null {
  if (signedOn > on) return refuse('AnswerDoesNotFit', { detail: '日期不能晚于今天，请办好后再填写' });
  if (approvedOn && signedOn < approvedOn) return refuse('AnswerDoesNotFit', { detail: `日期不能早于审批之日（${approvedOn}）` });
  return null;
}
