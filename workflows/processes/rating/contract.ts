import { z } from 'zod';
import { verdicts } from '../../../libs/domain/appraisal/verdict.ts';
import { calendarDays, workingDays } from '../../../libs/domain/calendar.ts';
import type { ProcessContract, StageContract } from '../../../libs/domain/contract.ts';
import { choice, date, optionalText, pick, text } from '../../../libs/domain/form-fields.ts';
import { postingForm } from '../../../libs/domain/notice.ts';
import { refuse } from '../../../libs/domain/refusal.ts';
import { forms } from './forms.ts';
import { listed } from './listed.ts';
import { verdictTitles } from './policy.ts';

/** A stage that decides on a rating: as it is proposed, or another with the reason. */
const rates = (
  stage: Pick<StageContract, 'title' | 'kind' | 'audience' | 'within'> & Pick<StageContract, 'withBatch' | 'form' | 'noReturn'>,
): StageContract => ({
  ...stage,
  answer: z
    .object({ verdict: pick('等次', verdicts, verdictTitles), opinion: optionalText('意见') })
    .refine(({ verdict, opinion }) => verdict === 'asProposed' || (opinion ?? '').length >= 5, {
      path: ['opinion'],
      message: '与拟定等次不同的，须写明理由（至少 5 个字）',
    }),
  verdict: 'verdict',
  tells: ['verdict'],
  rehearsed: { verdict: 'asProposed' },
});

/** An answer to whoever asks for a review: it stands, or another rating. */
const reviews = (stage: Pick<StageContract, 'title' | 'audience' | 'within' | 'form'>): StageContract => ({
  ...stage,
  kind: 'decision',
  noReturn: true,
  answer: z.object({ verdict: pick('复核结论', verdicts, { ...verdictTitles, asProposed: '维持原等次' }), opinion: text('答复', 10, 3) }),
  verdict: 'verdict',
  tells: ['verdict'],
  rehearsed: { verdict: 'asProposed' },
});

/** 年度考核（个人） (P4): one person's year. Law: none of its own; what follows from a rating stands in P5, P7 and the pay rules. */
export const contract = {
  name: 'rating',
  title: '年度考核（个人）',
  short: '考评',
  summary: '个人述职，街道评定、党（工）委审定、县（区）审核；优秀名单公示后告知本人，可以申请复核、申诉。',
  takes: '12 月启动，次年 1 月底前确定',
  laws: [{ title: '铜仁市社区工作者管理办法（试行）', articles: '年度考核有关规定' }],
  startedBy: ['COUNTY_ORG', 'CITY_ORG'],
  ofBatch: 'appraisal',
  listed,
  input: z.object({ batchId: z.uuid().meta({ title: '年度考核' }) }),
  policies: [],

  stages: {
    selfReport: {
      title: '个人述职',
      kind: 'receipt',
      audience: { subject: true },
      within: workingDays(7),
      form: '年度考核登记表',
      mayLapse: true,
      noReturn: true,
      answer: z.object({
        duties: text('履行职责和完成工作情况', 20, 6),
        results: optionalText('突出成绩和获得的表彰', 3),
        shortcomings: text('存在的不足和改进打算', 5, 3),
      }),
      rehearsed: {},
    },
    scoring: rates({
      title: '街道评定',
      kind: 'opinion',
      audience: { role: 'STREET_HR', level: 'street' },
      within: workingDays(5),
      withBatch: true,
      form: '年度考核登记表',
    }),
    committee: rates({
      title: '党（工）委审定',
      kind: 'decision',
      audience: { role: 'STREET_PARTY_COMMITTEE', level: 'street' },
      within: workingDays(5),
      withBatch: true,
      form: '年度考核登记表',
    }),
    review: rates({
      title: '县（区）审核',
      kind: 'decision',
      audience: { role: 'COUNTY_ORG', level: 'county' },
      within: workingDays(7),
      withBatch: true,
      form: '年度考核登记表',
    }),
    notice: {
      title: '优秀名单公示',
      kind: 'filing',
      audience: { role: 'COUNTY_ORG', level: 'county' },
      within: workingDays(2),
      withBatch: 'rejoins',
      noReturn: true,
      answer: postingForm,
      notice: {
        title: '社区工作者年度考核优秀等次人员公示',
        basis: '经个人述职、测评、街道评定、党（工）委审定和县（区）审核',
        what: '年度考核拟定为优秀等次的人员',
        period: workingDays(5),
        detailTitle: '拟定等次',
      },
      rehearsed: { result: 'clear' },
    },
    recheck: rates({
      title: '异议核定',
      kind: 'decision',
      audience: { role: 'COUNTY_ORG', level: 'county' },
      within: workingDays(5),
      noReturn: true,
      form: '年度考核登记表',
    }),
    notified: {
      title: '告知本人',
      kind: 'receipt',
      audience: { subject: true },
      within: calendarDays(10),
      form: '年度考核结果通知书',
      mayLapse: true,
      noReturn: true,
      answer: z
        .object({
          wish: choice('您的意见', ['accepts', 'appeals'], { accepts: '我已知悉考核结果，不申请复核', appeals: '我申请复核' }),
          grounds: optionalText('申请复核的理由和证据', 4),
        })
        .refine(({ wish, grounds }) => wish === 'accepts' || (grounds ?? '').length >= 5, {
          path: ['grounds'],
          message: '申请复核须写明理由（至少 5 个字）',
        }),
      verdict: 'wish',
      tells: ['wish'],
      rehearsed: { wish: 'accepts' },
    },
    appealAnswer: reviews({
      title: '答复复核',
      audience: { role: 'COUNTY_ORG', level: 'county' },
      within: calendarDays(10),
      form: '年度考核复核决定书',
    }),
    complaint: {
      title: '申诉',
      kind: 'receipt',
      audience: { subject: true },
      within: calendarDays(30),
      form: '年度考核复核决定书',
      mayLapse: true,
      noReturn: true,
      answer: z
        .object({
          wish: choice('您的意见', ['accepts', 'complains'], { accepts: '我已知悉复核决定，不申诉', complains: '我向市委组织部申诉' }),
          grounds: optionalText('申诉的理由和证据', 4),
        })
        .refine(({ wish, grounds }) => wish === 'accepts' || (grounds ?? '').length >= 5, {
          path: ['grounds'],
          message: '申诉须写明理由（至少 5 个字）',
        }),
      verdict: 'wish',
      tells: ['wish'],
      rehearsed: { wish: 'accepts' },
    },
    complaintAnswer: reviews({
      title: '处理申诉',
      audience: { role: 'CITY_ORG', level: 'city' },
      within: calendarDays(30),
      form: '年度考核申诉处理决定书',
    }),
  },
  order: ['selfReport', 'scoring', 'committee', 'review', 'notice', 'recheck', 'notified', 'appealAnswer', 'complaint', 'complaintAnswer'],
  map: [
    { from: 'selfReport', to: 'scoring' },
    { from: 'scoring', to: 'committee' },
    { from: 'committee', to: 'review' },
    { from: 'review', to: 'notice' },
    { from: 'notice', to: 'notified' },
    { from: 'notice', to: 'recheck', when: '有异议', lane: 'aside' },
    { from: 'recheck', to: 'notified', lane: 'aside' },
    { from: 'notified', to: 'appealAnswer', when: '申请复核', lane: 'aside' },
    { from: 'appealAnswer', to: 'complaint', when: '维持', lane: 'aside' },
    { from: 'complaint', to: 'complaintAnswer', when: '申诉', lane: 'aside' },
  ],

  events: {
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
    excellent: { title: '优秀', tone: 'passed' },
    competent: { title: '合格', tone: 'passed' },
    basic: { title: '基本合格', tone: 'stopped' },
    failed: { title: '不合格', tone: 'failed' },
    unrated: { title: '不定等次', tone: 'stopped' },
    left: { title: '离岗，不再考核', tone: 'stopped' },
    withdrawn: { title: '已撤回', tone: 'stopped' },
    cancelled: { title: '批次撤销', tone: 'stopped' },
  },
  forms,
  open: () => refuse('StartedByBatch', { process: '年度考核' }),
} satisfies ProcessContract;
