import { z } from 'zod';
import type { ForeseenChange, Opening, OpeningFacts, ProcessContract } from '../../../libs/domain/contract.ts';
import { addDays, addMonths, formatDate } from '../../../libs/domain/dates.ts';
import { choice, date, documentNo, pick, text } from '../../../libs/domain/form-fields.ts';
import { isoDate } from '../../../libs/domain/iso-date.ts';
import { ratings, ratingTitles } from '../../../libs/domain/person-words.ts';
import { latestRated } from '../../../libs/domain/rating-chain.ts';
import { refuse, type Refusal } from '../../../libs/domain/refusal.ts';
import { forms } from './forms.ts';
import { defaultWatchPolicy, followRating, watchDays, type WatchPolicy } from './policy.ts';
import { closingStages } from './stages-closing.ts';
import { decisionStages } from './stages-decision.ts';
import { gateStages, watchStages } from './stages-watch.ts';

/** What a rating says, as a rule between processes tells it. */
const rated = z.object({ year: z.int().meta({ title: '年度' }), rating: pick('等次', ratings, ratingTitles) });
const wrong = (detail: string): Refusal => refuse('AnswerDoesNotFit', { detail });
const self = { subject: true } as const;
const street = { role: 'STREET_HR', level: 'street' } as const;
const countyHr = { role: 'COUNTY_HR', level: 'county' } as const;

/**
 * 连续两年考核不合格解聘 (P5): a watch from the first failing year on, a proposal at the second. Law: Labour Contract Law arts. 36, 37, 40(2), 42, 43, 46–48, 50,
 * 87; its Regulation arts. 12, 20, 24, 27; Trade Union Law arts. 19, 22; Regulation on Personnel of Public Institutions art. 16.
 */
export const contract = {
  name: 'dismissal',
  title: '连续两年考核不合格解聘',
  short: '解聘',
  summary:
    '首个年度不合格即跟踪：告诫谈话、改进计划、培训或调岗、年中复查；下一年度仍不合格的，核查、陈述申辩、工会、集体决定、县级审查后送达。',
  takes: '从首个不合格年度的考核结果确定到下一年度结果确定，一般一年；其后约三个月',
  laws: [
    { title: '劳动合同法', articles: '第三十六、三十七、四十、四十二、四十三、四十六、四十七、四十八、五十、八十七条' },
    { title: '劳动合同法实施条例', articles: '第十二、二十、二十四、二十七条' },
    { title: '工会法', articles: '第十九、二十二条' },
    { title: '事业单位人事管理条例', articles: '第十六条' },
  ],
  startedBy: ['COUNTY_HR', 'COUNTY_ORG'],
  input: z.object({
    personId: z.uuid({ error: '请选择人员' }).meta({
      title: '考核不合格人员',
      widget: 'person',
      options: 'formal',
      help: '最近一个年度考核为不合格、还没有在跟踪的人员。登记不合格结果时系统自动开始，导入名册的在这里发起',
    }),
  }),
  policies: ['dismissal.days', 'dismissal.within', 'dismissal.committee'],

  stages: { ...watchStages, ...gateStages, ...decisionStages, ...closingStages },
  order: [
    'warning',
    'training',
    'midyear',
    'chase',
    'eligibility',
    'manual',
    'legal',
    'ratingReview',
    'proposal',
    'statement',
    'union',
    'unionReply',
    'committee',
    'county',
    'service',
    'severance',
    'handover',
    'certificate',
    'litigation',
    'reinstatement',
    'archive',
  ],
  map: [
    { from: 'warning', to: 'training' },
    { from: 'training', to: 'midyear' },
    { from: 'midyear', to: 'eligibility', when: '再次不合格' },
    { from: 'midyear', to: 'chase', when: '逾期未定级', lane: 'aside' },
    { from: 'chase', to: 'eligibility', lane: 'aside' },
    { from: 'eligibility', to: 'legal' },
    { from: 'eligibility', to: 'manual', when: '不适用本程序', lane: 'aside' },
    { from: 'manual', to: 'legal', when: '转入解聘', lane: 'aside' },
    { from: 'legal', to: 'proposal' },
    { from: 'legal', to: 'ratingReview', when: '本人申请复核', lane: 'aside' },
    { from: 'ratingReview', to: 'proposal', when: '维持', lane: 'aside' },
    { from: 'proposal', to: 'statement' },
    { from: 'statement', to: 'union' },
    { from: 'union', to: 'committee', when: '无异议' },
    { from: 'union', to: 'unionReply', when: '有异议', lane: 'aside' },
    { from: 'unionReply', to: 'committee', when: '维持', lane: 'aside' },
    { from: 'committee', to: 'county' },
    { from: 'county', to: 'service' },
    { from: 'service', to: 'severance' },
    { from: 'severance', to: 'handover' },
    { from: 'handover', to: 'certificate' },
    { from: 'certificate', to: 'archive' },
    { from: 'certificate', to: 'litigation', when: '仲裁、诉讼', lane: 'aside' },
    { from: 'litigation', to: 'reinstatement', when: '撤销解除', lane: 'aside' },
    { from: 'reinstatement', to: 'archive', lane: 'aside' },
  ],

  events: {
    rating: {
      title: '下一年度考核结果',
      by: [],
      byRule: true,
      closesStages: true,
      answer: rated,
      tells: ['year', 'rating'],
      rehearsed: ({ year }) => ({ year: Number(year) + 1, rating: 'failed' }),
    },
    corrected: {
      title: '不合格结果被改变',
      by: [],
      byRule: true,
      closesStages: true,
      answer: rated,
      tells: ['year', 'rating'],
    },
    contest: {
      title: '本人申请复核考核结果',
      by: [self, street],
      answer: z.object({ appliedOn: date('申请日期'), grounds: text('申请复核的理由', 5) }),
      tells: ['appliedOn'],
      check: (_answer, { events }) =>
        events.rating ? null : wrong('第二个不合格年度的结果登记后，才影响解聘程序；现在请按考核程序申请复核'),
    },
    agree: {
      title: '协商一致解除',
      by: [street],
      closesStages: true,
      takesEffect: true,
      answer: z.object({
        proposedBy: choice('由谁提出', ['employer', 'worker'], {
          employer: '单位提出（支付经济补偿）',
          worker: '本人提出（不支付经济补偿）',
        }),
        endsOn: date('解除日期'),
        documentNo: documentNo('解除协议编号'),
        reason: text('协商情况', 5),
      }),
      tells: ['proposedBy', 'endsOn'],
      check: ({ endsOn }, { on }) => (String(endsOn) < on ? wrong('解除日期不能早于今天') : null),
    },
    resign: {
      title: '本人辞职',
      by: [self, street],
      closesStages: true,
      takesEffect: true,
      answer: z.object({
        leavesOn: isoDate
          .optional()
          .meta({ title: '希望离职日期', widget: 'date', help: '提前三十日书面通知（劳动合同法第三十七条）；早于三十日的按三十日计' }),
        reason: text('辞职说明', 2),
      }),
      tells: ['leavesOn'],
    },
    arbitration: {
      title: '申请仲裁或起诉',
      by: [self, street, countyHr],
      afterEffect: true,
      answer: z.object({ acceptedOn: date('受理日期'), documentNo: documentNo('受理通知书文号'), claims: text('请求事项', 5) }),
      tells: ['acceptedOn'],
      check: ({ acceptedOn }, { on, told, events }) =>
        String(acceptedOn) > on
          ? wrong('受理日期不能晚于今天')
          : told.service || events.agree || events.resign
            ? null
            : wrong('还没有解除劳动合同，没有可以申请仲裁的解除决定'),
    },
  },

  outcomes: {
    recovered: { title: '下一年度考核达到要求，结束跟踪', tone: 'passed' },
    renewed: { title: '转入新的改进年度', tone: 'stopped' },
    kept: { title: '决定不解聘，继续跟踪', tone: 'stopped' },
    otherwise: { title: '按专门程序处理，不解聘', tone: 'stopped' },
    unwound: { title: '考核结果改变，程序终止', tone: 'passed' },
    dismissed: { title: '解除劳动合同', tone: 'failed' },
    agreed: { title: '协商一致解除', tone: 'stopped' },
    resigned: { title: '本人辞职', tone: 'stopped' },
    reinstated: { title: '解除被撤销，恢复劳动关系', tone: 'passed' },
    compensated: { title: '违法解除，已支付赔偿金', tone: 'failed' },
    withdrawn: { title: '已撤回', tone: 'stopped' },
    cancelled: { title: '已撤销', tone: 'stopped' },
  },
  forms,

  open,
  followsRatings: followRating,
  keyDates: ({ year }, { days }) => {
    const { improveBy, midyearOn, nextFinalBy } = watchDays(Number(year), days as WatchPolicy);
    return [
      { key: 'midyear', title: '年中复查', on: midyearOn },
      { key: 'improveBy', title: '改进年度终了', on: improveBy },
      { key: 'nextFinalBy', title: '下一年度考核结果应当确定', on: nextFinalBy },
    ];
  },
  foresees,
} satisfies ProcessContract;

/** One case a person and first failing year. Refuses `NotRatedFailing` whoever's latest rated year is not 不合格, and `NotEmployed`. */
function open(_input: Record<string, unknown>, { on, person, policies }: OpeningFacts): Opening | Refusal {
  if (!person) return refuse('NotFound', { what: '这名人员' });
  if (!['formal', 'probation'].includes(String(person.facts.employment?.value.status))) return refuse('NotEmployed', { name: person.name });
  const latest = latestRated(person.ratings);
  if (latest?.rating !== 'failed') return refuse('NotRatedFailing', { name: person.name });
  return {
    naturalKey: `${person.staffNo}/${latest.year}`,
    title: `${person.name} · ${latest.year} 年度考核不合格`,
    unitCode: person.unitCode,
    subjectAccountId: person.accountId,
    subjectPersonId: person.personId,
    storyInput: { personId: person.personId, year: latest.year, openedOn: on },
    pinned: {
      days: policies['dismissal.days']?.value ?? defaultWatchPolicy,
      within: policies['dismissal.within']?.value ?? {},
      panels: { committee: policies['dismissal.committee']?.value ?? {} },
      versions: Object.fromEntries(Object.entries(policies).map(([key, { version, assumed }]) => [key, { version, assumed }])),
    },
  };
}

/** What a decision to dismiss changes, and from when. */
function foresees(
  stage: string,
  { on, pinned }: OpeningFacts & { input: Record<string, unknown>; pinned: Record<string, unknown> },
): ForeseenChange[] {
  if (!['committee', 'county', 'service'].includes(stage)) return [];
  const { archiveMonths } = pinned.days as WatchPolicy;
  return [
    { label: '人员状态', before: '在职', after: '已离职' },
    { label: '解除日期', before: null, after: `今天送达的，最早 ${formatDate(addDays(on, 30))}；额外支付一个月工资的，送达当日` },
    { label: '经济补偿', before: null, after: '按在本单位工作年限计发（劳动合同法第四十七条）' },
    {
      label: '证据保存',
      before: null,
      after: `解除后 ${archiveMonths} 个月内本件不归档（约至 ${formatDate(addMonths(on, archiveMonths + 1))}）`,
    },
  ];
}
