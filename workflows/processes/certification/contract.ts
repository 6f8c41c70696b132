import { z } from 'zod';
import { workingDays } from '../../../libs/domain/calendar.ts';
import type { Opening, OpeningFacts, ProcessContract, StageContract } from '../../../libs/domain/contract.ts';
import { yearOf } from '../../../libs/domain/dates.ts';
import { optionalText } from '../../../libs/domain/form-fields.ts';
import { isoDate } from '../../../libs/domain/iso-date.ts';
import { postingForm } from '../../../libs/domain/notice.ts';
import { refuse, type Refusal } from '../../../libs/domain/refusal.ts';
import { rulesFrom } from './policy.ts';

const remark = optionalText('说明');

/** A stage of the list: each unit says that its part is done, once nobody of it is open. */
const listed = (
  stage: Pick<StageContract, 'title' | 'kind' | 'audience' | 'within'> & Pick<StageContract, 'list' | 'form' | 'takesEffectWhen'>,
  done = '本单位名册已逐人办完，报送下一环节',
): StageContract => ({
  ...stage,
  noReturn: true,
  answer: z.object({ done: z.enum(['done'], { error: '请确认' }).meta({ title: '报送', widget: 'radio', options: { done } }), remark }),
  verdict: 'done',
  rehearsed: { done: 'done' },
});

/** 认定套转批次 (P1): survey, certification, review, computation, confirmation, notice, approval and filing of many people at once. */
export const contract = {
  name: 'certification',
  title: '认定套转批次',
  short: '批转',
  summary: '确定基准日和范围，逐社区摸底、逐街道初步认定、县（区）考察测算，本人确认，公示，审批备案，签订合同。',
  takes: '一般 3 个月；每人的办理情况在批次看板上',
  laws: [{ title: '劳动合同法', articles: '第十、十四、八十二条' }],
  startedBy: ['COUNTY_ORG', 'CITY_ORG'],
  people: 'conversion',
  input: z.object({
    unitCode: z
      .string({ error: '请选择范围' })
      .regex(/^\d{4,12}$/, '请选择范围')
      .meta({ title: '范围', widget: 'unit', help: '全市、一个区县，或一个街道（乡镇）' }),
    cutOffOn: isoDate.meta({ title: '基准日', widget: 'date', help: '年限、学历、职业资格以这一天为准' }),
    planNo: z.string().trim().max(60).optional().meta({ title: '实施方案文号' }),
  }),
  policies: ['postGrade.entry', 'postGrade.roles', 'pay', 'notice.days'],

  stages: {
    survey: listed({
      title: '调研摸底',
      kind: 'task',
      audience: { role: 'COMMUNITY_SECRETARY', level: 'community' },
      within: workingDays(10),
      list: { cutBy: 'community', open: 'undecided' },
      form: '摸底台账',
    }),
    preliminary: listed({
      title: '初步认定',
      kind: 'opinion',
      audience: { role: 'STREET_HR', level: 'street' },
      within: workingDays(10),
      list: { cutBy: 'street', open: 'undecided' },
      form: '初步认定名册',
    }),
    review: listed({
      title: '组织考察',
      kind: 'opinion',
      audience: { role: 'COUNTY_ORG', level: 'county' },
      within: workingDays(15),
      list: { cutBy: 'county', open: 'undecided' },
      form: '考察报告',
    }),
    computation: listed({
      title: '套改测算',
      kind: 'task',
      audience: { role: 'COUNTY_FINANCE', level: 'county' },
      within: workingDays(5),
      list: { cutBy: 'county', open: 'undecided' },
      form: '套改审批表',
    }),
    confirm: listed(
      {
        title: '本人确认',
        kind: 'task',
        audience: { role: 'COUNTY_ORG', level: 'county' },
        within: workingDays(5),
        list: { cutBy: 'county', open: 'undecided' },
      },
      '本县（区）人员均已确认或已转为例外，进入公示',
    ),
    notice: {
      title: '公示',
      kind: 'filing',
      audience: { role: 'COUNTY_ORG', level: 'county' },
      within: workingDays(2),
      form: '公示情况说明',
      noReturn: true,
      answer: postingForm,
      notice: {
        title: '社区工作者认定套转结果公示',
        basis: '经调研摸底、初步认定、组织考察和套改测算',
        what: '认定套转结果',
        period: workingDays(5),
        detailTitle: '等级档次',
        heldAlone: true,
      },
      rehearsed: { result: 'clear' },
    },
    approval: listed(
      {
        title: '审批',
        kind: 'decision',
        audience: { role: 'COUNTY_ORG', level: 'county' },
        within: workingDays(5),
        list: { cutBy: 'county', open: 'undecided' },
        form: '认定审批表',
        takesEffectWhen: () => true,
      },
      '本县（区）名册已审批，报市级备案',
    ),
    filing: {
      title: '市级备案',
      kind: 'filing',
      audience: { role: 'CITY_ORG', level: 'city' },
      within: workingDays(5),
      form: '备案表',
      noReturn: true,
      answer: z.object({
        filed: z
          .enum(['filed'], { error: '请选择备案意见' })
          .meta({ title: '备案意见', widget: 'radio', options: { filed: '已收到，予以备案' } }),
        docNo: z.string().trim().max(60).optional().meta({ title: '备案文号' }),
        remark,
      }),
      verdict: 'filed',
      tells: ['filed'],
      rehearsed: { filed: 'filed' },
    },
    contract: listed(
      {
        title: '签订合同',
        kind: 'task',
        audience: { role: 'STREET_HR', level: 'street' },
        within: { months: 1 },
        list: { cutBy: 'street', open: 'undecided' },
        form: '工资变动单',
      },
      '本街道（乡镇）人员合同均已签订或已转为例外',
    ),
    objections: {
      title: '异议办结',
      kind: 'filing',
      audience: { role: 'COUNTY_ORG', level: 'county' },
      within: workingDays(15),
      awaitsObjections: 'notice',
      noReturn: true,
      answer: z.object({}),
      rehearsed: { result: 'clear' },
    },
    completion: listed(
      {
        title: '收尾核对',
        kind: 'task',
        audience: { role: 'COUNTY_ORG', level: 'county' },
        within: workingDays(10),
        list: { cutBy: 'county', open: 'ended' },
      },
      '本县（区）人员包括例外均已办结',
    ),
  },
  order: [
    'survey',
    'preliminary',
    'review',
    'computation',
    'confirm',
    'notice',
    'approval',
    'filing',
    'contract',
    'objections',
    'completion',
  ],
  map: [
    { from: 'survey', to: 'preliminary' },
    { from: 'preliminary', to: 'review' },
    { from: 'review', to: 'computation' },
    { from: 'computation', to: 'confirm' },
    { from: 'confirm', to: 'notice' },
    { from: 'notice', to: 'approval' },
    { from: 'approval', to: 'filing' },
    { from: 'filing', to: 'contract' },
    { from: 'contract', to: 'objections' },
    { from: 'objections', to: 'completion' },
  ],
  events: {},
  outcomes: {
    completed: { title: '全部办结', tone: 'passed' },
    withdrawn: { title: '已撤回', tone: 'stopped' },
    cancelled: { title: '已撤销', tone: 'stopped' },
  },
  open,
} satisfies ProcessContract;

/** Refuses a cut-off date in the future. One open batch a unit and cut-off date. */
function open(input: Record<string, unknown>, { on, unit, policies }: OpeningFacts): Opening | Refusal {
  const cutOffOn = String(input.cutOffOn);
  if (!unit || unit.level === 'community') return refuse('BadRequest', { detail: '请选择全市、区县或街道（乡镇）' });
  if (cutOffOn > on) return refuse('CutOffInFuture');
  return {
    naturalKey: `${unit.code}/${cutOffOn}`,
    title: `${yearOf(cutOffOn)} 年${unit.name}社区工作者认定套转`,
    unitCode: unit.code,
    subjectAccountId: null,
    subjectPersonId: null,
    storyInput: { unitCode: unit.code, cutOffOn },
    pinned: {
      rules: Object.fromEntries(Object.entries(unit.counties).map(([county, policies]) => [county, rulesFrom(policies)])),
      notices: { notice: policies['notice.days']?.value ?? workingDays(5) },
    },
  };
}
