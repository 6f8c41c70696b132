import { z } from 'zod';
import { months, workingDays } from '../../../libs/domain/calendar.ts';
import type { ProcessContract } from '../../../libs/domain/contract.ts';
import { choice, date, optionalText, pick, text } from '../../../libs/domain/form-fields.ts';
import { postingForm } from '../../../libs/domain/notice.ts';
import { outReasonTitles } from '../../../libs/domain/recruitment/standing.ts';
import { refuse } from '../../../libs/domain/refusal.ts';
import { listed } from './listed.ts';
import { APPEAL_DAYS, checkSigned, rejections } from './policy.ts';

const reasons = Object.fromEntries(rejections.map((code) => [code, outReasonTitles[code]])) as Record<(typeof rejections)[number], string>;
const opinion = optionalText('说明');
const COUNTY_HR = { role: 'COUNTY_HR', level: 'county' } as const;
const COUNTY_ORG = { role: 'COUNTY_ORG', level: 'county' } as const;
const STREET = { role: 'STREET_HR', level: 'street' } as const;

/** 报名应聘 (P2): one applicant of a batch, from the registration to the contract. There is no person of the roster until they are hired. */
export const contract = {
  name: 'application',
  title: '报名应聘',
  short: '应聘',
  summary: '随招聘批次逐项办理：资格初审、考试、资格复审、选岗、体检、考察、公示、审批，聘用后报到、签订合同。',
  takes: '随批次办理，一般 3 个月',
  laws: [{ title: '劳动合同法', articles: '第八、十、十九、八十二条' }],
  startedBy: ['COUNTY_ORG', 'COUNTY_HR', 'CITY_ORG'],
  ofBatch: 'recruitment',
  listed,
  input: z.object({ batchId: z.uuid().meta({ title: '批次' }) }),
  policies: [],

  stages: {
    check: {
      title: '资格初审',
      kind: 'task',
      audience: STREET,
      within: workingDays(2),
      withBatch: true,
      answer: z
        .object({
          verdict: choice('初审结论', ['qualified', 'rejected'], { qualified: '符合报考条件', rejected: '不符合报考条件' }),
          reason: pick('不符合的原因', rejections, reasons).optional(),
          opinion,
        })
        .refine(({ verdict, reason }) => verdict === 'qualified' || reason, { path: ['reason'], message: '不符合的须选明原因' }),
      verdict: 'verdict',
      tells: ['verdict', 'reason'],
      setsApart: ({ verdict }) => (verdict === 'rejected' ? 'rejected' : null),
      rehearsed: { verdict: 'qualified' },
    },
    appeal: {
      title: '申请复核',
      kind: 'filing',
      audience: COUNTY_HR,
      within: workingDays(APPEAL_DAYS),
      mayLapse: true,
      noReturn: true,
      answer: z.object({
        wish: choice('报考人员的意见', ['appeals', 'accepts'], { appeals: '申请复核', accepts: '不申请复核' }),
        grounds: optionalText('申请复核的理由和证据'),
      }),
      verdict: 'wish',
      tells: ['wish'],
      rehearsed: { wish: 'accepts' },
    },
    appealAnswer: {
      title: '答复复核',
      kind: 'decision',
      audience: COUNTY_ORG,
      within: workingDays(APPEAL_DAYS),
      noReturn: true,
      answer: z.object({
        result: choice('复核结论', ['upheld', 'rejected'], { upheld: '复核成立，资格初审合格', rejected: '维持不合格' }),
        opinion: text('答复', 5, 3),
      }),
      verdict: 'result',
      tells: ['result'],
      rehearsed: { result: 'rejected' },
    },
    recheck: {
      title: '资格复审',
      kind: 'task',
      audience: COUNTY_HR,
      within: workingDays(3),
      withBatch: 'rejoins',
      answer: z.object({
        verdict: choice('复审结论', ['passed', 'recheckFailed', 'absent', 'waived', 'fraud'], {
          passed: '原件核对无误',
          recheckFailed: '不符合报考条件',
          absent: '未按时参加，视为放弃',
          waived: '本人书面放弃',
          fraud: '弄虚作假',
        }),
        opinion,
      }),
      verdict: 'verdict',
      tells: ['verdict'],
      rehearsed: { verdict: 'passed' },
    },
    choose: {
      title: '选岗',
      kind: 'task',
      audience: COUNTY_HR,
      within: workingDays(1),
      withBatch: 'rejoins',
      answer: z.object({
        how: choice('选岗情况', ['assigned', 'chosen', 'waived'], {
          assigned: '岗位只有一个社区，按岗位表',
          chosen: '按下列顺序选择社区',
          waived: '不服从分配，视为放弃',
        }),
        wishes: z
          .string()
          .trim()
          .max(400)
          .optional()
          .meta({ title: '社区志愿', help: '社区代码，先后以顿号或空格分开；按总成绩排名依次满足' }),
      }),
      verdict: 'how',
      tells: ['how', 'wishes'],
      rehearsed: { how: 'assigned' },
    },
    medical: {
      title: '体检',
      kind: 'task',
      audience: COUNTY_HR,
      within: workingDays(10),
      withBatch: 'rejoins',
      answer: z.object({
        verdict: choice('体检结论', ['passed', 'failed', 'absent', 'waived'], {
          passed: '合格',
          failed: '不合格，可申请复检一次',
          absent: '未按时参加，视为放弃',
          waived: '本人书面放弃',
        }),
      }),
      verdict: 'verdict',
      tells: ['verdict'],
      setsApart: ({ verdict }) => (verdict === 'failed' ? 'retest' : null),
      rehearsed: { verdict: 'passed' },
    },
    retest: {
      title: '复检',
      kind: 'task',
      audience: COUNTY_HR,
      within: workingDays(3),
      noReturn: true,
      answer: z.object({
        verdict: choice('复检结论', ['passed', 'failed', 'waived'], { passed: '复检合格', failed: '复检不合格', waived: '不申请复检' }),
      }),
      verdict: 'verdict',
      tells: ['verdict'],
      rehearsed: { verdict: 'passed' },
    },
    review: {
      title: '考察（政审）',
      kind: 'opinion',
      audience: COUNTY_ORG,
      within: workingDays(10),
      withBatch: 'rejoins',
      answer: z.object({
        verdict: choice('考察结论', ['passed', 'reviewFailed', 'waived', 'fraud'], {
          passed: '合格',
          reviewFailed: '不合格',
          waived: '本人书面放弃',
          fraud: '弄虚作假',
        }),
      }),
      verdict: 'verdict',
      tells: ['verdict'],
      rehearsed: { verdict: 'passed' },
    },
    notice: {
      title: '拟聘公示',
      kind: 'filing',
      audience: COUNTY_ORG,
      within: workingDays(2),
      withBatch: 'rejoins',
      noReturn: true,
      answer: postingForm,
      notice: {
        title: '公开招聘社区工作者拟聘用人员公示',
        basis: '经考试、体检和考察',
        what: '拟聘用人员名单',
        period: workingDays(5),
        detailTitle: '总成绩',
      },
      rehearsed: { result: 'clear' },
    },
    afterObjection: {
      title: '异议后的处理',
      kind: 'decision',
      audience: COUNTY_ORG,
      within: workingDays(10),
      noReturn: true,
      answer: z.object({
        decision: choice('处理意见', ['goesOn', 'cancelled'], {
          goesOn: '反映不属实或不影响聘用，继续办理',
          cancelled: '反映属实，取消拟聘',
        }),
        opinion: text('理由', 5, 3, '暂时查不清的不作决定，办件保持暂缓'),
      }),
      verdict: 'decision',
      tells: ['decision'],
      rehearsed: { decision: 'goesOn' },
    },
    approval: {
      title: '聘用审批',
      kind: 'decision',
      audience: COUNTY_ORG,
      within: workingDays(5),
      withBatch: true,
      answer: z.object({ verdict: choice('审批意见', ['approved'], { approved: '同意聘用' }), opinion }),
      verdict: 'verdict',
      tells: ['verdict'],
      takesEffectWhen: () => true,
      rehearsed: { verdict: 'approved' },
    },
    reportIn: {
      title: '报到',
      kind: 'task',
      audience: STREET,
      within: workingDays(5),
      noReturn: true,
      answer: z.object({
        how: choice('报到情况', ['reported', 'absent', 'waived'], {
          reported: '已报到',
          absent: '逾期未报到，视为放弃',
          waived: '不服从分配或本人放弃',
        }),
      }),
      verdict: 'how',
      tells: ['how'],
      rehearsed: { how: 'reported' },
    },
    sign: {
      title: '签订合同、安排社区',
      kind: 'task',
      audience: STREET,
      within: months(1),
      noReturn: true,
      answer: z.object({
        signedOn: date('签订日期', '合同自这一天起算，试用期包含在合同期内'),
        contractNo: z.string().trim().max(60).optional().meta({ title: '合同编号' }),
        community: z
          .string()
          .regex(/^\d{12}$/, '请选择社区')
          .optional()
          .meta({ title: '安排的社区', widget: 'unit', help: '已经选岗的不必填写' }),
      }),
      tells: ['signedOn', 'community'],
      check: (answer, { on, closedOn }) => checkSigned(String(answer.signedOn), on, closedOn.approval),
      rehearsed: (on) => ({ signedOn: on }),
    },
  },
  order: [
    'check',
    'appeal',
    'appealAnswer',
    'recheck',
    'choose',
    'medical',
    'retest',
    'review',
    'notice',
    'afterObjection',
    'approval',
    'reportIn',
    'sign',
  ],
  map: [
    { from: 'check', to: 'recheck' },
    { from: 'check', to: 'appeal', when: '不合格', lane: 'aside' },
    { from: 'appeal', to: 'appealAnswer', lane: 'aside' },
    { from: 'appealAnswer', to: 'recheck', when: '复核成立', lane: 'aside' },
    { from: 'recheck', to: 'choose' },
    { from: 'choose', to: 'medical' },
    { from: 'medical', to: 'review' },
    { from: 'medical', to: 'retest', when: '不合格', lane: 'aside' },
    { from: 'retest', to: 'review', lane: 'aside' },
    { from: 'review', to: 'notice' },
    { from: 'notice', to: 'approval' },
    { from: 'notice', to: 'afterObjection', when: '有异议', lane: 'aside' },
    { from: 'afterObjection', to: 'approval', lane: 'aside' },
    { from: 'approval', to: 'reportIn' },
    { from: 'reportIn', to: 'sign' },
  ],

  events: {
    waive: {
      title: '放弃（本人书面声明）',
      by: [{ subject: true }, COUNTY_HR, COUNTY_ORG],
      closesStages: true,
      answer: z.object({ reason: optionalText('放弃的原因') }),
    },
  },

  outcomes: {
    hired: { title: '已聘用', tone: 'passed' },
    out: { title: '未进入下一环节', tone: 'failed' },
    waived: { title: '放弃', tone: 'stopped' },
    withdrawn: { title: '已撤回', tone: 'stopped' },
    cancelled: { title: '批次撤销', tone: 'stopped' },
  },
  open: () => refuse('StartedByBatch', { process: '报名应聘' }),
} satisfies ProcessContract;
