import { z } from 'zod';
import { documentNo, optionalText } from '../form-fields.ts';
import { refuse, type Refusal } from '../refusal.ts';
import { appraisalRules, planChoices, withPlan, type AppraisalRules, type PlanChoices } from './rules.ts';

const number = (title: string, help: string) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,3}(\.\d{1,2})?$/, `${title}请填写数字`)
    .optional()
    .meta({ title, help: `${help}；不填按现行规定` });

/** 指导方案: the county's answer that opens a year's appraisal. What is left empty is as the policies have it. */
export const planForm = z.object({
  planNo: documentNo('指导方案文号'),
  street: number('街道评价权重', '百分比，三项合计 100'),
  residents: number('居民评议权重', '百分比'),
  community: number('社区测评权重', '百分比'),
  excellent: number('优秀分数线', '达到此分为优秀'),
  competent: number('合格分数线', '达到此分为合格'),
  basic: number('基本合格分数线', '达到此分为基本合格，不足为不合格'),
  cap: number('优秀比例上限', '占参加定等人数的百分比，按街道计算'),
  remark: optionalText('说明'),
});
/** What of it the story and the rules hear. */
export const planTells = ['street', 'residents', 'community', 'excellent', 'competent', 'basic', 'cap'] as const;

/** The rules of an appraisal: those pinned at its opening with what the plan has set. Refuses `AnswerDoesNotFit` a plan that is none. */
export function rulesOfPlan(pinned: Record<string, unknown>, plan: Record<string, unknown> | undefined): AppraisalRules | Refusal {
  const rules = appraisalRules.parse(pinned.rules);
  const given = (key: (typeof planTells)[number]) => (plan?.[key] === undefined ? undefined : Number(plan[key]));
  const group = <K extends keyof AppraisalRules>(key: K, change: object) =>
    Object.values(change).some((value) => value !== undefined)
      ? { [key]: { ...(rules[key] as object), ...Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) } }
      : {};
  const choices = planChoices.safeParse({
    ...group('weights', { street: given('street'), residents: given('residents'), community: given('community') }),
    ...group('bands', { excellent: given('excellent'), competent: given('competent'), basic: given('basic') }),
    ...group('cap', { percent: given('cap') }),
  });
  if (!choices.success) return refuse('AnswerDoesNotFit', { detail: choices.error.issues.map(({ message }) => message).join('；') });
  return withPlan(rules, choices.data as PlanChoices);
}
