import { fallReasonTitles, type FallReason } from './backfill.ts';
import type { IneligibleCode } from './eligibility.ts';
import { negativeTitles } from './rules.ts';

/** How far an application has come; `out` with a coded reason at any time. */
export const standings = ['registered', 'qualified', 'interview', 'proposed', 'hired', 'out'] as const;
export type Standing = (typeof standings)[number];
export const standingTitles: Record<Standing, string> = {
  registered: '已报名，待资格初审',
  qualified: '资格初审合格',
  interview: '进入面试',
  proposed: '拟聘用（体检、考察）',
  hired: '已聘用',
  out: '已止步',
};

/** Why an application is out: a condition that is not met, a place lost, a line not reached, or the post or batch gone. */
export type OutReason =
  | FallReason
  | IneligibleCode
  | 'belowLine'
  | 'notAdmitted'
  | 'notProposed'
  | 'notFilled'
  | 'otherCondition'
  | 'postCancelled'
  | 'batchCancelled';

const ownTitles = {
  tooYoung: '未达到年龄要求',
  tooOld: '超过年龄要求',
  educationTooLow: '学历不符合岗位要求',
  householdElsewhere: '户籍不符合岗位要求',
  notPartyMember: '政治面貌不符合岗位要求',
  belowLine: '成绩未达到合格线',
  notAdmitted: '未进入面试范围',
  notProposed: '未进入拟聘范围',
  notFilled: '候补期满未递补',
  otherCondition: '不符合岗位的其他条件',
  postCancelled: '岗位取消招聘',
  batchCancelled: '招聘计划取消',
};
/** The coded reasons in words. */
export const outReasonTitles: Record<OutReason, string> = { ...ownTitles, ...fallReasonTitles, ...negativeTitles };

/** The words of a reason as it is kept. */
export const outReasonTitle = (code: string): string => (code in outReasonTitles ? outReasonTitles[code as OutReason] : code);
