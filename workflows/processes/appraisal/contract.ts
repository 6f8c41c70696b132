import { z } from 'zod';
import { appraisalPolicies, rulesFrom } from '../../../libs/domain/appraisal/pinned-rules.ts';
import { planForm, planTells, rulesOfPlan } from '../../../libs/domain/appraisal/plan.ts';
import type { AppraisalRules } from '../../../libs/domain/appraisal/rules.ts';
import { workingDays } from '../../../libs/domain/calendar.ts';
import type { Opening, OpeningFacts, ProcessContract, StageContract } from '../../../libs/domain/contract.ts';
import { yearOf } from '../../../libs/domain/dates.ts';
import { documentNo, optionalText } from '../../../libs/domain/form-fields.ts';
import { postingForm } from '../../../libs/domain/notice.ts';
import { isRefusal, refuse, type Refusal } from '../../../libs/domain/refusal.ts';
import { appraisalDates, checkCap, checkEvaluated, yearNotOver } from './policy.ts';

const remark = optionalText('说明');
type List = NonNullable<StageContract['list']>;

/** A stage of the list: each unit says that its part is done, once nobody of it is open and what must hold for them together holds. */
const listed = (
  stage: Pick<StageContract, 'title' | 'kind' | 'audience' | 'within' | 'form'> & { list: List },
  done = '本单位名册已逐人办完，报送下一环节',
): StageContract => ({
  ...stage,
  noReturn: true,
  answer: z.object({ done: z.enum(['done'], { error: '请确认' }).meta({ title: '报送', widget: 'radio', options: { done } }), remark }),
  verdict: 'done',
  rehearsed: { done: 'done' },
});
const street = { role: 'STREET_HR', level: 'street' } as const;
const county = { role: 'COUNTY_ORG', level: 'county' } as const;

/** 年度考核 (P4) of a county or a street: plan, schemes, self-reports, evaluations, ratings by list under the cap, notice of 优秀, everybody told. */
export const contract = {
  name: 'appraisal',
  title: '年度考核',
  short: '考核',
  summary:
    '县（区）制定指导方案，街道制定方案、组织测评、评定等次并核对优秀比例，党（工）委审定、县（区）审核，优秀名单公示，告知本人并受理复核。',
  takes: '12 月 1 日启动，次年 1 月 31 日前确定',
  laws: [{ title: '铜仁市社区工作者管理办法（试行）', articles: '年度考核有关规定' }],
  startedBy: ['COUNTY_ORG', 'CITY_ORG'],
  people: 'rating',
  input: z.object({
    unitCode: z
      .string({ error: '请选择范围' })
      .regex(/^\d{4,12}$/, '请选择范围')
      .meta({ title: '范围', widget: 'unit', help: '一个区县，或一个街道（乡镇）' }),
    year: z.coerce
      .number({ error: '请填写年度' })
      .int('年度应为四位数')
      .min(2025, '从 2025 年度开始')
      .max(2100, '年度应为四位数')
      .meta({ title: '考核年度' }),
  }),
  policies: [...appraisalPolicies, 'notice.days'],

  stages: {
    plan: {
      title: '制定指导方案',
      kind: 'filing',
      audience: county,
      within: workingDays(5),
      noReturn: true,
      answer: planForm,
      tells: planTells,
      check: (answer, { pinned }) => {
        const rules = rulesOfPlan(pinned, answer);
        return isRefusal(rules) ? rules : null;
      },
      rehearsed: { planNo: '试排' },
    },
    scheme: {
      ...listed(
        { title: '制定街道方案', kind: 'filing', audience: street, within: workingDays(5), list: { cutBy: 'street', open: 'nobody' } },
        '本街道（乡镇）考核方案已定，考评组已组成',
      ),
      answer: z.object({
        done: z
          .enum(['done'], { error: '请确认' })
          .meta({ title: '方案', widget: 'radio', options: { done: '本街道（乡镇）考核方案已定，考评组已组成' } }),
        schemeNo: documentNo('考核方案文号'),
        panel: z
          .string({ error: '请填写考评组人数' })
          .trim()
          .regex(/^1[0-5]$/, '考评组由 10 至 15 人组成')
          .meta({ title: '考评组人数', help: '街道领导、党员和居民代表，10 至 15 人' }),
        remark,
      }),
      rehearsed: { done: 'done', schemeNo: '试排', panel: '12' },
    },
    selfReport: listed(
      { title: '个人述职', kind: 'task', audience: street, within: workingDays(10), list: { cutBy: 'street', open: 'undecided' } },
      '本街道（乡镇）人员已述职，或已到期未述职',
    ),
    evaluation: listed(
      {
        title: '组织测评',
        kind: 'task',
        audience: street,
        within: workingDays(10),
        list: { cutBy: 'street', open: 'nobody', together: checkEvaluated },
      },
      '街道评价、居民评议、社区测评得分已全部登记',
    ),
    scoring: listed({
      title: '街道评定',
      kind: 'opinion',
      audience: street,
      within: workingDays(5),
      list: { cutBy: 'street', open: 'undecided', together: checkCap },
    }),
    committee: listed({
      title: '党（工）委审定',
      kind: 'decision',
      audience: { role: 'STREET_PARTY_COMMITTEE', level: 'street' },
      within: workingDays(5),
      list: { cutBy: 'street', open: 'undecided', together: checkCap },
    }),
    review: listed({
      title: '县（区）审核',
      kind: 'decision',
      audience: county,
      within: workingDays(7),
      list: { cutBy: 'county', open: 'undecided', together: checkCap },
    }),
    notice: {
      title: '优秀名单公示',
      kind: 'filing',
      audience: county,
      within: workingDays(2),
      noReturn: true,
      form: '公示情况说明',
      answer: postingForm,
      notice: {
        title: '社区工作者年度考核优秀等次人员公示',
        basis: '经个人述职、测评、街道评定、党（工）委审定和县（区）审核',
        what: '年度考核拟定为优秀等次的人员',
        period: workingDays(5),
        detailTitle: '拟定等次',
        heldAlone: true,
      },
      rehearsed: { result: 'clear' },
    },
    notified: listed(
      { title: '告知本人', kind: 'task', audience: street, within: workingDays(15), list: { cutBy: 'street', open: 'undecided' } },
      '考核结果已全部告知本人',
    ),
    objections: {
      title: '异议办结',
      kind: 'filing',
      audience: county,
      within: workingDays(15),
      awaitsObjections: 'notice',
      noReturn: true,
      answer: z.object({}),
      rehearsed: { result: 'clear' },
    },
    completion: listed(
      { title: '办结归档', kind: 'task', audience: county, within: workingDays(10), list: { cutBy: 'county', open: 'ended' } },
      '本县（区）人员包括复核、申诉均已办结',
    ),
  },
  order: ['plan', 'scheme', 'selfReport', 'evaluation', 'scoring', 'committee', 'review', 'notice', 'notified', 'objections', 'completion'],
  map: [
    { from: 'plan', to: 'scheme' },
    { from: 'scheme', to: 'selfReport' },
    { from: 'selfReport', to: 'evaluation' },
    { from: 'evaluation', to: 'scoring' },
    { from: 'scoring', to: 'committee' },
    { from: 'committee', to: 'review' },
    { from: 'review', to: 'notice' },
    { from: 'notice', to: 'notified' },
    { from: 'notified', to: 'objections' },
    { from: 'objections', to: 'completion' },
  ],
  events: {},
  outcomes: {
    completed: { title: '全部办结', tone: 'passed' },
    withdrawn: { title: '已撤回', tone: 'stopped' },
    cancelled: { title: '已撤销', tone: 'stopped' },
  },
  open,
  opensYearly: ({ on, unitCode, policies }) =>
    on >= `${yearOf(on)}-${rulesFrom(policies).days.opensOn}` ? { unitCode, year: yearOf(on) } : null,
  keyDates: ({ year }, { rules }) => appraisalDates(Number(year), (rules as AppraisalRules).days),
} satisfies ProcessContract;

/** One appraisal a unit and year, not before the day on which the county opens it. */
function open(input: Record<string, unknown>, { on, unit, policies }: OpeningFacts): Opening | Refusal {
  const year = Number(input.year);
  if (!unit || !['county', 'street'].includes(unit.level)) return refuse('BadRequest', { detail: '请选择一个区县或街道（乡镇）' });
  const rules = rulesFrom(Object.values(unit.counties)[0] ?? policies);
  const early = yearNotOver(year, on, rules.days);
  if (early) return early;
  return {
    naturalKey: `${unit.code}/${year}`,
    title: `${year} 年度${unit.name}社区工作者考核`,
    unitCode: unit.code,
    subjectAccountId: null,
    subjectPersonId: null,
    storyInput: { unitCode: unit.code, year, cutOffOn: `${year}-12-31`, selfReportBy: `${year}-${rules.days.selfReportBy}` },
    pinned: {
      rules,
      notices: { notice: policies['notice.days']?.value ?? workingDays(5) },
      within: { notified: rules.review.request, appealAnswer: rules.review.answer, complaint: rules.review.complaint },
    },
  };
}
