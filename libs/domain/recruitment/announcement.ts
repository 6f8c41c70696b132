import { z } from 'zod';
import { isoDate } from '../iso-date.ts';

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '时间写作 09:00');

/** 考试安排, as the announcement and the ticket say it. */
export const examPlan = z
  .object({ on: isoDate, from: clock, to: clock, place: z.string().trim().min(2, '请填写考试地点').max(120) })
  .refine(({ from, to }) => from < to, '结束时间应晚于开始时间');

/** What a batch keeps of its exams; none is fixed at the announcement. */
export const examPlans = z.object({ written: examPlan.optional(), interview: examPlan.optional() });
export type ExamPlans = z.infer<typeof examPlans>;

/** 招聘公告: what is said beside the post table. Registration is open from the first to the last day, both counted, to the end of the day. */
export const announcement = z
  .object({
    title: z.string().trim().min(6, '请填写公告标题').max(120),
    issuer: z.string().trim().min(2, '请填写发布单位').max(60),
    documentNo: z.string().trim().max(60).optional(),
    /** 年龄计算截止日. */
    cutOffOn: isoDate,
    registrationFrom: isoDate,
    registrationTo: isoDate,
    exams: examPlans.default({}),
    contact: z.string().trim().min(5, '请填写咨询电话').max(120),
  })
  .refine(({ registrationFrom, registrationTo }) => registrationFrom <= registrationTo, {
    path: ['registrationTo'],
    error: '报名结束日期早于开始日期',
  });
export type Announcement = z.infer<typeof announcement>;
