import { z } from 'zod';
import { calendarDays, months, workingDays } from '../../../libs/domain/calendar.ts';
import type { Opening, OpeningFacts, ProcessContract, StageContract } from '../../../libs/domain/contract.ts';
import { addDays, yearOf } from '../../../libs/domain/dates.ts';
import { choice, date, documentNo, optionalText, text } from '../../../libs/domain/form-fields.ts';
import { postingForm } from '../../../libs/domain/notice.ts';
import { recruitmentPolicies, rulesFrom, versionsFrom } from '../../../libs/domain/recruitment/pinned-rules.ts';
import { refuse, type Refusal } from '../../../libs/domain/refusal.ts';
import { checkAnnouncement } from './policy.ts';

const remark = optionalText('说明');
const COUNTY_ORG = { role: 'COUNTY_ORG', level: 'county' } as const;
const COUNTY_HR = { role: 'COUNTY_HR', level: 'county' } as const;

/** What the batch's officers do in one go: an answer that says that it is done. */
const done = (
  stage: Pick<StageContract, 'title' | 'kind' | 'audience' | 'within'>,
  words: string,
  more: Partial<StageContract> = {},
): StageContract => ({
  ...stage,
  noReturn: true,
  answer: z.object({
    done: z.enum(['done'], { error: '请确认' }).meta({ title: '确认', widget: 'radio', options: { done: words } }),
    remark,
  }),
  verdict: 'done',
  rehearsed: { done: 'done' },
  ...more,
});

/** 公开招聘批次 (P2): quota, announcement, registration, exams and the way of those proposed up to the approval. */
export const contract = {
  name: 'recruitment',
  title: '公开招聘批次',
  short: '招聘',
  summary: '按人员缺口申请计划，市级批复后发布公告，报名、考试、体检、考察、公示、审批，聘用人员报到后进入试用期。',
  takes: '一般 3 个月；每名报考人员的办理情况在批次看板上',
  laws: [{ title: '劳动合同法', articles: '第八、十、十九条' }],
  startedBy: ['COUNTY_ORG'],
  people: 'application',
  input: z.object({
    unitCode: z
      .string({ error: '请选择区县' })
      .regex(/^\d{6}$/, '请选择区县')
      .meta({ title: '区县', widget: 'unit' }),
    no: z.coerce.number({ error: '请填写第几批' }).int().min(1).max(20).meta({ title: '本年第几批' }),
    asked: z.coerce
      .number({ error: '请填写计划数' })
      .int()
      .min(1)
      .max(2000)
      .meta({ title: '申请计划数', help: '超过每万人 18 名的标准时，市级审批会看到提示' }),
    grounds: text('用人需求说明', 5, 3),
  }),
  policies: [...recruitmentPolicies, 'notice.days'],

  stages: {
    quota: {
      title: '招聘计划批复',
      kind: 'decision',
      audience: { role: 'CITY_ORG', level: 'city' },
      within: workingDays(10),
      answer: z.object({
        verdict: choice('批复意见', ['approved', 'declined'], { approved: '同意招聘计划', declined: '不同意' }),
        places: z.coerce.number().int().min(0).max(2000).optional().meta({ title: '批复计划数', help: '不填即为申请数' }),
        opinion: text('意见', 2, 3),
      }),
      verdict: 'verdict',
      tells: ['verdict', 'places'],
      rehearsed: { verdict: 'approved' },
    },
    announcement: {
      title: '发布招聘公告',
      kind: 'filing',
      audience: COUNTY_ORG,
      within: workingDays(10),
      noReturn: true,
      answer: z.object({
        title: z.string({ error: '请填写公告标题' }).trim().min(6, '请填写公告标题').max(120).meta({ title: '公告标题' }),
        issuer: z.string({ error: '请填写发布单位' }).trim().min(2, '请填写发布单位').max(60).meta({ title: '发布单位' }),
        documentNo: documentNo('文号'),
        cutOffOn: date('年龄计算截止日'),
        registrationFrom: date('报名开始'),
        registrationTo: date('报名截止', '公告发布之日起不少于 7 日'),
        contact: z.string({ error: '请填写咨询电话' }).trim().min(5, '请填写咨询电话').max(120).meta({ title: '咨询电话' }),
      }),
      tells: ['cutOffOn', 'registrationFrom', 'registrationTo'],
      check: (answer, { on, pinned }) => checkAnnouncement(answer, on, pinned),
      rehearsed: (on) => ({ cutOffOn: on, registrationFrom: addDays(on, 3), registrationTo: addDays(on, 8) }),
    },
    check: done(
      { title: '资格初审', kind: 'task', audience: { role: 'STREET_HR', level: 'street' }, within: workingDays(2) },
      '本街道（乡镇）岗位的报名人员均已审核',
      { list: { cutBy: 'street', open: 'undecided' } },
    ),
    appeals: done({ title: '资格复核', kind: 'task', audience: COUNTY_HR, within: workingDays(4) }, '申请复核的均已答复，期限已过', {
      list: { cutBy: 'county', open: { apart: 'rejected' } },
    }),
    opening: done(
      { title: '开考比例核定', kind: 'decision', audience: COUNTY_ORG, within: workingDays(2) },
      '按开考比例核减、取消岗位，编发准考证',
    ),
    written: done(
      { title: '笔试', kind: 'filing', audience: COUNTY_HR, within: calendarDays(30) },
      '笔试成绩已全部登记，公布成绩和进入资格复审的名单',
    ),
    recheck: done({ title: '资格复审', kind: 'task', audience: COUNTY_HR, within: workingDays(3) }, '入围人员均已复审，缺额依次递补', {
      list: { cutBy: 'county', open: 'undecided' },
    }),
    interview: done(
      { title: '面试', kind: 'filing', audience: COUNTY_ORG, within: calendarDays(15) },
      '面试成绩已全部登记，公布总成绩和排名',
    ),
    extra: done({ title: '加试', kind: 'filing', audience: COUNTY_ORG, within: workingDays(5) }, '同分人员的加试成绩已登记'),
    choose: done({ title: '选岗', kind: 'task', audience: COUNTY_HR, within: workingDays(1) }, '拟聘人员均已选岗', {
      list: { cutBy: 'county', open: 'undecided' },
    }),
    medical: done({ title: '体检', kind: 'task', audience: COUNTY_HR, within: workingDays(10) }, '体检结论均已登记', {
      list: { cutBy: 'county', open: 'undecided' },
    }),
    retests: done({ title: '复检办结', kind: 'task', audience: COUNTY_HR, within: workingDays(5) }, '复检均已办结', {
      list: { cutBy: 'county', open: { apart: 'retest' } },
    }),
    review: done(
      { title: '考察（政审）', kind: 'opinion', audience: COUNTY_ORG, within: workingDays(10) },
      '考察结论均已登记，缺额依次递补',
      { list: { cutBy: 'county', open: 'undecided' } },
    ),
    notice: {
      title: '拟聘公示',
      kind: 'filing',
      audience: COUNTY_ORG,
      within: workingDays(2),
      noReturn: true,
      answer: postingForm,
      notice: {
        title: '公开招聘社区工作者拟聘用人员公示',
        basis: '经考试、体检和考察',
        what: '拟聘用人员名单',
        period: workingDays(5),
        detailTitle: '总成绩',
        heldAlone: true,
      },
      rehearsed: { result: 'clear' },
    },
    approval: done({ title: '聘用审批', kind: 'decision', audience: COUNTY_ORG, within: workingDays(5) }, '拟聘人员均已审批', {
      list: { cutBy: 'county', open: 'undecided' },
      takesEffectWhen: () => true,
    }),
    objections: {
      title: '异议办结',
      kind: 'filing',
      audience: COUNTY_ORG,
      within: workingDays(15),
      awaitsObjections: 'notice',
      noReturn: true,
      answer: z.object({}),
      rehearsed: { result: 'clear' },
    },
    completion: done({ title: '办结归档', kind: 'task', audience: COUNTY_ORG, within: months(1) }, '聘用人员均已报到签约，材料归档', {
      list: { cutBy: 'county', open: 'ended' },
    }),
  },
  order: [
    'quota',
    'announcement',
    'check',
    'appeals',
    'opening',
    'written',
    'recheck',
    'interview',
    'extra',
    'choose',
    'medical',
    'retests',
    'review',
    'notice',
    'approval',
    'objections',
    'completion',
  ],
  map: [
    { from: 'quota', to: 'announcement' },
    { from: 'announcement', to: 'check' },
    { from: 'check', to: 'appeals' },
    { from: 'appeals', to: 'opening' },
    { from: 'opening', to: 'written' },
    { from: 'written', to: 'recheck' },
    { from: 'recheck', to: 'interview' },
    { from: 'interview', to: 'choose' },
    { from: 'interview', to: 'extra', when: '末位同分', lane: 'aside' },
    { from: 'extra', to: 'choose', lane: 'aside' },
    { from: 'choose', to: 'medical' },
    { from: 'medical', to: 'retests' },
    { from: 'retests', to: 'review' },
    { from: 'review', to: 'notice' },
    { from: 'notice', to: 'approval' },
    { from: 'approval', to: 'objections' },
    { from: 'objections', to: 'completion' },
  ],
  events: {
    cancelPlan: {
      title: '取消招聘计划',
      by: [COUNTY_ORG],
      closesStages: true,
      answer: z.object({ documentNo: documentNo('公告文号'), reason: text('取消的原因，将在招聘公告上公布', 5, 3) }),
    },
  },
  outcomes: {
    completed: { title: '全部办结', tone: 'passed' },
    declined: { title: '计划未获批复', tone: 'failed' },
    nobodyLeft: { title: '未达到开考比例，全部取消', tone: 'stopped' },
    planCancelled: { title: '招聘计划取消', tone: 'stopped' },
    withdrawn: { title: '已撤回', tone: 'stopped' },
    cancelled: { title: '已撤销', tone: 'stopped' },
  },
  open,
} satisfies ProcessContract;

/** One batch of a county, year and number; its rules are those of the county on the day, pinned with their versions. */
function open(input: Record<string, unknown>, { on, unit }: OpeningFacts): Opening | Refusal {
  const policies = unit?.counties[unit.code];
  if (!unit || unit.level !== 'county' || !policies) return refuse('BadRequest', { detail: '请选择一个区县' });
  const { no, asked } = input as { no: number; asked: number };
  return {
    naturalKey: `${unit.code}/${yearOf(on)}/${no}`,
    title: `${unit.name} ${yearOf(on)} 年第 ${no} 批公开招聘社区工作者`,
    unitCode: unit.code,
    subjectAccountId: null,
    subjectPersonId: null,
    // ages are reckoned on the day that the announcement says; until then the day of the opening stands for it
    storyInput: { unitCode: unit.code, no, asked, cutOffOn: on },
    pinned: {
      recruitment: rulesFrom(policies),
      versions: versionsFrom(policies),
      notices: { notice: policies['notice.days']?.value ?? workingDays(5) },
    },
  };
}
