import { z } from 'zod';
import type { Opening, OpeningFacts, ProcessContract } from '../../../libs/domain/contract.ts';
import { documentNo, date, pick, text } from '../../../libs/domain/form-fields.ts';
import { refuse, type Refusal } from '../../../libs/domain/refusal.ts';
import { defaultSecondmentRules } from '../../../libs/domain/secondment-rules.ts';
import { forms } from './forms.ts';
import { checkDecline, checkExtension, checkRecall, whyNotSent } from './policy.ts';
import { sendingStages } from './stages-sending.ts';
import { stayStages, weeks } from './stages-stay.ts';

const self = { subject: true } as const;
const street = { role: 'STREET_HR', level: 'street' } as const;
const countyOrg = { role: 'COUNTY_ORG', level: 'county' } as const;

/**
 * 赴东莞跟岗学习 (P6): a secretary of a community learns for two calendar months in a community of the partner city. Employment, pay and insurance stay
 * with the home street; it is no labour dispatch. The end is counted by Civil Code arts. 202, 203.
 */
export const contract = {
  name: 'secondment',
  title: '东莞跟岗学习',
  short: '跟岗',
  summary: '推荐、本人同意、县级审核、公示、市级审批后一对一对接东莞社区，报到跟岗两个月，接收地鉴定，返岗总结并跟踪推广。',
  takes: '报到前约两个月，跟岗两个自然月，返岗后跟踪六个月',
  laws: [{ title: '民法典', articles: '第二百零二、二百零三条' }],
  startedBy: ['STREET_HR', 'COUNTY_ORG'],
  input: z.object({
    personId: z.uuid({ error: '请选择人员' }).meta({
      title: '推荐人选',
      widget: 'person',
      options: 'formal',
      help: '在任的社区党组织书记，最近一个年度考核合格以上',
    }),
    year: z.coerce
      .number({ error: '请填写选派年度' })
      .int('请填写四位年份')
      .min(2020, '请填写四位年份')
      .max(2100, '请填写四位年份')
      .meta({ title: '选派年度', widget: 'number' }),
  }),
  policies: ['secondment.rules', 'secondment.within', 'notice.days'],

  stages: { ...sendingStages, ...stayStages },
  order: [
    'nomination',
    'consent',
    'review',
    'notice',
    'approval',
    'callUp',
    'match',
    'acceptance',
    'dispatch',
    'arrival',
    'plan',
    ...weeks,
    'midterm',
    'agreement',
    'appraisal',
    'returned',
    'summary',
    'sharing',
    'followUp3',
    'followUp6',
  ],
  map: [
    { from: 'nomination', to: 'consent' },
    { from: 'consent', to: 'review' },
    { from: 'review', to: 'notice' },
    { from: 'notice', to: 'approval' },
    { from: 'approval', to: 'match' },
    { from: 'approval', to: 'callUp', when: '替补', lane: 'aside' },
    { from: 'callUp', to: 'match', when: '递补', lane: 'aside' },
    { from: 'match', to: 'acceptance' },
    { from: 'acceptance', to: 'dispatch' },
    { from: 'dispatch', to: 'arrival' },
    { from: 'arrival', to: 'plan' },
    { from: 'plan', to: 'midterm' },
    { from: 'plan', to: 'week1', when: '每周', lane: 'aside' },
    ...weeks.slice(1).map((to, i) => ({ from: weeks[i]!, to, lane: 'aside' as const })),
    { from: 'midterm', to: 'agreement' },
    { from: 'agreement', to: 'appraisal' },
    { from: 'appraisal', to: 'returned' },
    { from: 'returned', to: 'summary' },
    { from: 'summary', to: 'sharing' },
    { from: 'sharing', to: 'followUp3' },
    { from: 'followUp3', to: 'followUp6' },
  ],

  events: {
    decline: {
      title: '放弃派出',
      by: [self, street],
      closesStages: true,
      answer: z.object({ reason: text('原因', 2) }),
      check: checkDecline,
    },
    recall: {
      title: '提前召回',
      by: [street, countyOrg],
      closesStages: true,
      afterEffect: true,
      answer: z.object({
        why: pick('召回原因', ['emergency', 'family', 'discipline'], {
          emergency: '社区有紧急任务',
          family: '家庭或身体原因',
          discipline: '违反纪律',
        }),
        lastOn: date('跟岗最后一天'),
        documentNo: documentNo('召回通知文号'),
        reason: text('情况说明', 5),
      }),
      tells: ['why', 'lastOn'],
      check: checkRecall,
    },
    extend: {
      title: '延长跟岗',
      by: [street, countyOrg],
      afterEffect: true,
      answer: z.object({
        until: date('延长至'),
        homeNo: documentNo('派出地同意文号'),
        hostNo: documentNo('接收地同意文号'),
        reason: text('延长理由', 5),
      }),
      tells: ['until'],
      check: checkExtension,
    },
  },

  outcomes: {
    completed: { title: '跟岗学习期满，已跟踪推广', tone: 'passed' },
    recalled: { title: '提前召回，部分完成', tone: 'stopped' },
    declined: { title: '本人不参加', tone: 'stopped' },
    notPassed: { title: '审核不通过', tone: 'failed' },
    objected: { title: '公示有异议，不予选派', tone: 'failed' },
    rejected: { title: '市级不同意', tone: 'failed' },
    notCalled: { title: '替补未递补', tone: 'stopped' },
    noShow: { title: '没有报到，取消选派', tone: 'failed' },
    withdrawn: { title: '已撤回', tone: 'stopped' },
    cancelled: { title: '已撤销', tone: 'stopped' },
  },
  forms,
  open,
} satisfies ProcessContract;

/** One case a person and year. Refuses whoever is no secretary in post, or not rated 合格 or better. */
function open({ year }: Record<string, unknown>, { on, person, policies }: OpeningFacts): Opening | Refusal {
  if (!person) return refuse('NotFound', { what: '这名人员' });
  const why = whyNotSent(person);
  if (why) return why;
  return {
    naturalKey: `${person.staffNo}/${String(year)}`,
    title: `${person.name} · ${String(year)} 年东莞跟岗学习`,
    unitCode: person.unitCode,
    subjectAccountId: person.accountId,
    subjectPersonId: person.personId,
    storyInput: { personId: person.personId, year, openedOn: on },
    pinned: {
      rules: policies['secondment.rules']?.value ?? defaultSecondmentRules,
      within: policies['secondment.within']?.value ?? {},
      notices: { notice: policies['notice.days']?.value },
      versions: Object.fromEntries(Object.entries(policies).map(([key, { version, assumed }]) => [key, { version, assumed }])),
    },
  };
}
