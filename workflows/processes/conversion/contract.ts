import { z } from 'zod';
import { calendarDays, months, workingDays } from '../../../libs/domain/calendar.ts';
import type { ProcessContract } from '../../../libs/domain/contract.ts';
import { choice, date, optionalText, text } from '../../../libs/domain/form-fields.ts';
import { isoDate } from '../../../libs/domain/iso-date.ts';
import { certificates, educations, postTitles } from '../../../libs/domain/person-words.ts';
import { postingForm } from '../../../libs/domain/notice.ts';
import { refuse } from '../../../libs/domain/refusal.ts';
import { forms } from './forms.ts';
import { listed } from './listed.ts';
import { checkSigned, REVIEW_ANSWER_DAYS, REVIEW_REQUEST_DAYS } from './policy.ts';

const oneOf = <const T extends readonly [string, ...string[]]>(title: string, values: T) =>
  z
    .enum(values)
    .optional()
    .meta({ title, widget: 'select', options: Object.fromEntries(values.map((value) => [value, value])) });

/** What a survey may put right; a field left empty stays as the roster has it. */
const putRight = {
  joinedOn: isoDate.optional().meta({ title: '参加社区工作时间', widget: 'date', help: '证据不一致的，以能够证明的最晚日期为准' }),
  postTitle: oneOf('现任职务', postTitles),
  education: oneOf('学历', educations),
  certificate: oneOf('职业资格', certificates),
};

const certified = z
  .object({
    verdict: choice('结论', ['certified', 'notCertified'], { certified: '符合认定条件', notCertified: '不予认定' }),
    opinion: text('意见', 2, 3),
  })
  .refine((a) => a.verdict === 'certified' || a.opinion.length >= 10, {
    path: ['opinion'],
    message: '不予认定的须写明理由（至少 10 个字）',
  });
const leaves = (told: Record<string, unknown>) => (told.verdict === 'notCertified' ? 'notCertified' : null);

/** 认定套转（个人） (P1): one person of a batch. Law: Labour Contract Law arts. 10, 14, 82; its Regulation arts. 5–7, 10. */
export const contract = {
  name: 'conversion',
  title: '认定套转',
  short: '套转',
  summary: '随批次逐级认定、套改，本人确认后公示、审批、签订合同，次月 1 日起按新标准执行。',
  takes: '随批次办理，一般 3 个月',
  laws: [
    { title: '劳动合同法', articles: '第十、十四、八十二条' },
    { title: '劳动合同法实施条例', articles: '第五、六、七、十条' },
  ],
  startedBy: ['COUNTY_ORG', 'CITY_ORG'],
  ofBatch: 'certification',
  listed,
  input: z.object({ batchId: z.uuid().meta({ title: '批次' }) }),
  policies: [],

  stages: {
    survey: {
      title: '调研摸底',
      kind: 'task',
      audience: { role: 'COMMUNITY_SECRETARY', level: 'community' },
      within: workingDays(10),
      form: '摸底登记表',
      withBatch: true,
      answer: z.object({
        verdict: choice('核对情况', ['verified'], { verified: '与证据一致，已核对' }),
        ...putRight,
        remark: optionalText('证据和说明'),
      }),
      verdict: 'verdict',
      tells: ['verdict'],
      rehearsed: { verdict: 'verified' },
    },
    evidence: {
      title: '补正材料',
      kind: 'task',
      audience: { role: 'COMMUNITY_SECRETARY', level: 'community' },
      within: workingDays(5),
      form: '摸底登记表',
      noReturn: true,
      answer: z.object({ ...putRight, evidence: text('补正的证据', 5, 3) }),
      rehearsed: {},
    },
    preliminary: {
      title: '初步认定',
      kind: 'opinion',
      audience: { role: 'STREET_HR', level: 'street' },
      within: workingDays(10),
      form: '认定审批表',
      withBatch: true,
      answer: certified,
      verdict: 'verdict',
      tells: ['verdict'],
      setsApart: leaves,
      rehearsed: { verdict: 'certified' },
    },
    review: {
      title: '组织考察',
      kind: 'opinion',
      audience: { role: 'COUNTY_ORG', level: 'county' },
      within: workingDays(15),
      form: '认定审批表',
      withBatch: true,
      answer: certified,
      verdict: 'verdict',
      tells: ['verdict'],
      setsApart: leaves,
      rehearsed: { verdict: 'certified' },
    },
    appeal: {
      title: '申请复核',
      kind: 'receipt',
      audience: { subject: true },
      within: calendarDays(REVIEW_REQUEST_DAYS),
      mayLapse: true,
      noReturn: true,
      answer: z.object({
        wish: choice('您的意见', ['accepts', 'appeals'], { accepts: '我已知悉，不申请复核', appeals: '我申请复核' }),
        grounds: optionalText('申请复核的理由和证据', 4),
      }),
      verdict: 'wish',
      tells: ['wish'],
      rehearsed: { wish: 'accepts' },
    },
    appealAnswer: {
      title: '答复复核',
      kind: 'decision',
      audience: { role: 'COUNTY_ORG', level: 'county' },
      within: calendarDays(REVIEW_ANSWER_DAYS),
      noReturn: true,
      answer: z.object({
        result: choice('复核结论', ['upheld', 'rejected'], { upheld: '复核成立，予以认定', rejected: '维持不予认定' }),
        opinion: text('答复', 10, 3),
      }),
      verdict: 'result',
      tells: ['result'],
      rehearsed: { result: 'rejected' },
    },
    computation: {
      title: '套改测算',
      kind: 'task',
      audience: { role: 'COUNTY_FINANCE', level: 'county' },
      within: workingDays(5),
      form: '套改审批表',
      withBatch: true,
      answer: z.object({
        verdict: choice('核对情况', ['checked'], { checked: '测算结果核对无误' }),
        opinion: optionalText('说明'),
      }),
      verdict: 'verdict',
      tells: ['verdict'],
      rehearsed: { verdict: 'checked' },
    },
    confirm: {
      title: '本人确认',
      kind: 'receipt',
      audience: { subject: true },
      within: workingDays(3),
      form: '确认书',
      answer: z.object({
        confirmed: choice('您的意见', ['yes'], { yes: '我已看过，确认无误' }),
        remark: optionalText('需要说明的情况'),
      }),
      verdict: 'confirmed',
      tells: ['confirmed'],
      rehearsed: { confirmed: 'yes' },
    },
    notice: {
      title: '公示',
      kind: 'filing',
      audience: { role: 'COUNTY_ORG', level: 'county' },
      within: workingDays(2),
      withBatch: 'rejoins',
      noReturn: true,
      answer: postingForm,
      notice: {
        title: '社区工作者认定套转结果公示',
        basis: '经调研摸底、初步认定、组织考察和套改测算',
        what: '认定套转结果',
        period: workingDays(5),
        detailTitle: '等级档次',
      },
      rehearsed: { result: 'clear' },
    },
    approval: {
      title: '审批备案',
      kind: 'decision',
      audience: { role: 'COUNTY_ORG', level: 'county' },
      within: workingDays(5),
      form: '认定审批表',
      withBatch: true,
      answer: z.object({
        verdict: choice('审批意见', ['approved'], { approved: '同意认定套转' }),
        opinion: text('意见', 2, 3),
      }),
      verdict: 'verdict',
      tells: ['verdict'],
      takesEffectWhen: () => true,
      rehearsed: { verdict: 'approved' },
    },
    contract: {
      title: '签订合同',
      kind: 'task',
      audience: { role: 'STREET_HR', level: 'street' },
      within: months(1),
      form: '劳动合同变更协议',
      withBatch: true,
      noReturn: true,
      answer: z.object({
        how: choice('签订情况', ['signed', 'declined'], { signed: '已签订合同或变更协议', declined: '本人不签' }),
        signedOn: date('签订日期', '本人不签的，填写其表示不签的日期'),
        contractNo: z.string().trim().max(60).optional().meta({ title: '合同或协议编号' }),
      }),
      verdict: 'how',
      tells: ['how', 'signedOn'],
      setsApart: (told) => (told.how === 'declined' ? 'declined' : null),
      check: (answer, { on, closedOn }) => checkSigned(String(answer.signedOn), on, closedOn.approval),
      rehearsed: { how: 'signed', signedOn: '2000-01-01' },
    },
    request: {
      title: '书面通知签订',
      kind: 'task',
      audience: { role: 'STREET_HR', level: 'street' },
      within: workingDays(5),
      form: '签订劳动合同通知书',
      noReturn: true,
      answer: z.object({
        how: choice('结果', ['signed', 'ends'], { signed: '书面通知后签订', ends: '书面通知后仍不签，书面通知终止劳动关系' }),
        on: date('签订或终止日期'),
        proof: text('送达证明', 5, 3, '工资结算到终止之日，不支付经济补偿（劳动合同法实施条例第五条）'),
      }),
      verdict: 'how',
      tells: ['how', 'on'],
      check: (answer, { on, closedOn }) => checkSigned(String(answer.on), on, closedOn.approval),
      rehearsed: { how: 'signed', on: '2000-01-01' },
    },
  },
  order: [
    'survey',
    'evidence',
    'preliminary',
    'review',
    'appeal',
    'appealAnswer',
    'computation',
    'confirm',
    'notice',
    'approval',
    'contract',
    'request',
  ],
  map: [
    { from: 'survey', to: 'preliminary' },
    { from: 'survey', to: 'evidence', when: '退回补正', lane: 'aside' },
    { from: 'evidence', to: 'preliminary', lane: 'aside' },
    { from: 'preliminary', to: 'review' },
    { from: 'review', to: 'computation' },
    { from: 'review', to: 'appeal', when: '不予认定', lane: 'aside' },
    { from: 'appeal', to: 'appealAnswer', lane: 'aside' },
    { from: 'appealAnswer', to: 'computation', when: '复核成立', lane: 'aside' },
    { from: 'computation', to: 'confirm' },
    { from: 'confirm', to: 'notice' },
    { from: 'notice', to: 'approval' },
    { from: 'approval', to: 'contract' },
    { from: 'contract', to: 'request', when: '本人不签', lane: 'aside' },
  ],

  events: {
    withdraw: {
      title: '本人退出',
      by: [{ subject: true }],
      closesStages: true,
      answer: z.object({ reason: text('退出的原因', 2, 3) }),
    },
    leave: {
      title: '离职或不再从事社区工作',
      by: [
        { role: 'STREET_HR', level: 'street' },
        { role: 'COUNTY_ORG', level: 'county' },
      ],
      closesStages: true,
      answer: z.object({ on: date('离岗日期'), reason: text('情况说明', 2, 3) }),
    },
  },

  outcomes: {
    converted: { title: '已套转', tone: 'passed' },
    notCertified: { title: '不予认定', tone: 'failed' },
    declined: { title: '不签合同，劳动关系终止', tone: 'stopped' },
    left: { title: '离岗', tone: 'stopped' },
    withdrawn: { title: '本人退出', tone: 'stopped' },
    cancelled: { title: '批次撤销', tone: 'stopped' },
  },

  forms,
  open: () => refuse('StartedByBatch', { process: '认定套转' }),
} satisfies ProcessContract;
