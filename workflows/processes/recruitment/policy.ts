import { addDays, type IsoDate } from '../../../libs/domain/dates.ts';
import { refuse, type Refusal } from '../../../libs/domain/refusal.ts';

const ANNOUNCED_DAYS = 7;

/** How many calendar days the announcement stands at least before registration closes, as the batch has pinned it. */
function announcedDays(pinned: Record<string, unknown>): number {
  const { periods } = (pinned.recruitment ?? {}) as { periods?: { announced?: { calendarDays?: number } } };
  return periods?.announced?.calendarDays ?? ANNOUNCED_DAYS;
}

/** Registration ends after it begins, begins no earlier than the announcement, and closes so many days after it at the earliest. */
export function checkAnnouncement(answer: Record<string, unknown>, on: IsoDate, pinned: Record<string, unknown>): Refusal | null {
  const { registrationFrom, registrationTo } = answer as { registrationFrom: IsoDate; registrationTo: IsoDate };
  const days = announcedDays(pinned);
  if (registrationFrom < on) return refuse('AnswerDoesNotFit', { detail: '报名开始日期不能早于今天' });
  if (registrationTo < registrationFrom) return refuse('AnswerDoesNotFit', { detail: '报名截止日期早于开始日期' });
  if (registrationTo < addDays(on, days)) return refuse('AnswerDoesNotFit', { detail: `公告发布到报名截止不少于 ${days} 日` });
  return null;
}
