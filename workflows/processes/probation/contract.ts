import { z } from 'zod';
import { calendarDays, workingDays } from '../../../libs/domain/calendar.ts';
import type { CheckedAgainst, OpeningFacts, Opening, ProcessContract } from '../../../libs/domain/contract.ts';
import { addDays } from '../../../libs/domain/dates.ts';
import { choice, date, optionalText, text } from '../../../libs/domain/form-fields.ts';
import { isoDate } from '../../../libs/domain/iso-date.ts';
import type { ForeseenChange } from '../../../libs/domain/contract.ts';
import { foreseenConfirmation } from './foreseen.ts';
import { forms } from './forms.ts';
import { refuse, type Refusal } from '../../../libs/domain/refusal.ts';
import {
  CERTIFICATE_WITHIN_DAYS,
  checkLeaving,
  checkLength,
  checkService,
  checkSuspension,
  probationDays,
  probationEnds,
  type Suspension,
} from './policy.ts';

const score = (title: string, max: number) =>
  z.coerce
    .number({ error: `请填写${title}得分` })
    .int(`${title}得分为整数`)
    .min(0)
    .max(max, `${title}最高 ${max} 分`)
    .meta({ title, widget: 'score', max });

/** The last day of a case's probation, with what has been agreed since its start. */
const lastDayOf = ({ input, events }: Pick<CheckedAgainst, 'input' | 'events'>): string =>
  probationEnds(String(input.startedOn), Number(input.probationMonths), events.suspend?.told as unknown as Suspension | undefined);

const result = choice('结论', ['pass', 'fail'], { pass: '合格', fail: '不合格' });

/** 试用转正 (P3). Law: Labour Contract Law arts. 19–21, 37, 39(1), 43, 50. */
export const contract = {
  name: 'probation',
  title: '试用转正',
  short: '转正',
  summary: '试用期满前，由本人总结，社区、导师、街道提出意见，街道党（工）委决定，县（区）备案。',
  takes: '从报到到试用期满，一般 6 个月；期满前必须有结论',
  laws: [{ title: '劳动合同法', articles: '第十九、二十、二十一、三十七、三十九、四十三、五十条' }],
  startedBy: ['COUNTY_HR', 'COUNTY_ORG'],
  input: z.object({
    personId: z.uuid({ error: '请选择人员' }).meta({ title: '试用期人员', widget: 'person', options: 'probation' }),
  }),
  policies: ['probation.reviewBefore', 'probation.reminders', 'probation.committee', 'probation.within', 'postGrade.entry', 'pay'],

  stages: {
    conditions: {
      title: '录用条件确认',
      kind: 'receipt',
      audience: { subject: true },
      within: workingDays(5),
      form: '录用条件确认书',
      noReturn: true,
      answer: z.object({
        acknowledged: choice('确认', ['yes'], { yes: '我已阅读并知悉录用条件和试用期要求' }),
        remark: optionalText('需要说明的情况'),
      }),
      verdict: 'acknowledged',
      tells: ['acknowledged'],
      rehearsed: { acknowledged: 'yes' },
    },
    mentor: {
      title: '导师结对',
      kind: 'task',
      audience: { role: 'STREET_HR', level: 'street' },
      within: workingDays(10),
      noReturn: true,
      answer: z.object({
        mentorId: z
          .uuid({ error: '请选择导师' })
          .meta({ title: '导师', widget: 'person', options: 'mentors', help: '街道班子成员或社区党组织书记' }),
        plan: text('帮带计划', 10),
      }),
      tells: ['mentorId'],
      rehearsed: { mentorId: 'rehearsal' },
    },
    midpoint: {
      title: '中期检查',
      kind: 'task',
      audience: { role: 'COMMUNITY_SECRETARY', level: 'community' },
      within: workingDays(5),
      form: '试用期考核表',
      noReturn: true,
      answer: z.object({
        how: choice('检查情况', ['done', 'recordedLate', 'notDone'], { done: '已检查', recordedLate: '补录', notDone: '未做' }),
        findings: text('检查情况或原因', 10, 4, '补录的写明实际检查时间；未做的写明原因'),
      }),
      verdict: 'how',
      tells: ['how'],
      rehearsed: { how: 'done' },
    },
    summary: {
      title: '本人总结',
      kind: 'receipt',
      audience: { subject: true },
      within: workingDays(5),
      form: '试用期考核表',
      answer: z.object({ work: text('试用期工作总结', 50, 10), shortcomings: text('不足与打算', 10) }),
      rehearsed: {},
    },
    community: {
      title: '社区意见',
      kind: 'opinion',
      audience: { role: 'COMMUNITY_SECRETARY', level: 'community' },
      within: workingDays(3),
      form: '转正审批表',
      answer: z.object({ result, opinion: text('社区意见', 10) }),
      verdict: 'result',
      tells: ['result'],
      rehearsed: { result: 'pass' },
    },
    mentorOpinion: {
      title: '导师意见',
      kind: 'opinion',
      audience: { named: 'mentor' },
      within: workingDays(3),
      form: '转正审批表',
      answer: z.object({ result, opinion: text('导师意见', 10) }),
      verdict: 'result',
      tells: ['result'],
      rehearsed: { result: 'pass' },
    },
    street: {
      title: '街道考核',
      kind: 'opinion',
      audience: { role: 'STREET_HR', level: 'street' },
      within: workingDays(5),
      form: '试用期考核表',
      fourEyes: 'street-and-committee',
      answer: z.object({
        result,
        talkedOn: date('考核谈话日期'),
        political: score('政治素质', 20),
        skill: score('业务能力', 25),
        work: score('工作实绩', 25),
        residents: score('群众评价', 20),
        discipline: score('遵纪守规', 10),
        opinion: text('考核意见', 20),
      }),
      verdict: 'result',
      tells: ['result'],
      rehearsed: { result: 'pass' },
    },
    committee: {
      title: '党工委决定',
      kind: 'decision',
      audience: { role: 'STREET_PARTY_COMMITTEE', level: 'street' },
      within: workingDays(3),
      form: '转正审批表',
      fourEyes: 'street-and-committee',
      panel: { rule: 'ballot', for: 'pass', against: 'fail', share: 0.5, quorum: 0.5, minMembers: 3 },
      answer: z
        .object({ result, opinion: text('意见', 2), reasons: optionalText('不合格的，写明不符合哪项录用条件及证据', 4) })
        .refine((a) => a.result === 'pass' || (a.reasons?.length ?? 0) >= 10, {
          path: ['reasons'],
          message: '不合格的须写明不符合哪项录用条件及证据（至少 10 个字）',
        }),
      verdict: 'result',
      tells: ['result'],
      takesEffectWhen: (told) => told.result === 'pass',
      rehearsed: { result: 'pass' },
      check: (answer, { told }) =>
        answer.result === 'fail' && told.conditions?.acknowledged !== 'yes' ? refuse('ConditionsNotConfirmed') : null,
    },
    union: {
      title: '工会意见',
      kind: 'opinion',
      audience: { role: 'UNION', level: 'street' },
      within: workingDays(3),
      form: '工会意见函',
      answer: z.object({
        stance: choice('工会意见', ['noObjection', 'objects'], { noObjection: '无异议', objects: '有异议' }),
        opinion: text('意见', 5),
      }),
      verdict: 'stance',
      tells: ['stance'],
      rehearsed: { stance: 'noObjection' },
    },
    service: {
      title: '送达解除通知',
      kind: 'task',
      audience: { role: 'STREET_HR', level: 'street' },
      within: workingDays(2),
      form: '试用期解除通知书',
      answer: z.object({
        servedOn: date('送达日期', '须在试用期内送达'),
        how: choice('送达方式', ['inPerson', 'post', 'left'], { inPerson: '当面送达签收', post: '邮寄送达', left: '留置送达' }),
        unionReply: optionalText('工会有异议的，写明研究处理情况', 3),
        proof: text('送达证明', 5),
      }),
      verdict: 'how',
      tells: ['servedOn'],
      takesEffectWhen: () => true,
      rehearsed: { servedOn: '2000-01-01' },
      check: (answer, { on, closedOn, told }) =>
        checkService({ servedOn: String(answer.servedOn), unionReply: answer.unionReply as string | undefined }, on, {
          heardOn: closedOn.union,
          objects: told.union?.stance === 'objects',
        }),
    },
    certificate: {
      title: '离职证明与档案转移',
      kind: 'task',
      audience: { role: 'STREET_HR', level: 'street' },
      within: calendarDays(CERTIFICATE_WITHIN_DAYS),
      form: '离职证明',
      noReturn: true,
      answer: z.object({ issuedOn: date('离职证明出具日期'), transferredOn: date('档案和社会保险转移日期'), remark: optionalText('说明') }),
      tells: ['issuedOn'],
      rehearsed: { issuedOn: '2000-01-01' },
    },
    filing: {
      title: '县级备案',
      kind: 'filing',
      audience: { role: 'COUNTY_ORG', level: 'county' },
      within: workingDays(5),
      form: '转正审批表',
      noReturn: true,
      answer: z.object({
        filed: choice('备案意见', ['filed'], { filed: '同意备案' }),
        docNo: z.string().trim().max(60).optional().meta({ title: '备案文号', help: '留空则以办件号为准' }),
        opinion: text('意见内容', 2, 2),
      }),
      verdict: 'filed',
      tells: ['filed'],
      rehearsed: { filed: 'filed' },
    },
    notice: {
      title: '告知本人',
      kind: 'receipt',
      audience: { subject: true },
      within: workingDays(5),
      noReturn: true,
      answer: z.object({ read: choice('确认', ['yes'], { yes: '我已收到并知悉结果' }) }),
      verdict: 'read',
      tells: ['read'],
      rehearsed: { read: 'yes' },
    },
  },
  order: [
    'conditions',
    'mentor',
    'midpoint',
    'summary',
    'community',
    'mentorOpinion',
    'street',
    'committee',
    'union',
    'service',
    'certificate',
    'filing',
    'notice',
  ],
  map: [
    { from: 'conditions', to: 'mentor' },
    { from: 'mentor', to: 'midpoint' },
    { from: 'midpoint', to: 'summary' },
    { from: 'summary', to: 'community' },
    { from: 'community', to: 'mentorOpinion' },
    { from: 'mentorOpinion', to: 'street' },
    { from: 'street', to: 'committee' },
    { from: 'committee', to: 'filing', when: '合格' },
    { from: 'filing', to: 'notice' },
    { from: 'committee', to: 'union', when: '不合格', lane: 'aside' },
    { from: 'union', to: 'service', lane: 'aside' },
    { from: 'service', to: 'certificate', lane: 'aside' },
    { from: 'certificate', to: 'filing', lane: 'aside' },
  ],

  events: {
    resign: {
      title: '本人提出辞职',
      by: [{ subject: true }, { role: 'STREET_HR', level: 'street' }],
      closesStages: true,
      takesEffect: true,
      answer: z.object({
        leavesOn: isoDate
          .optional()
          .meta({ title: '希望离职日期', widget: 'date', help: '试用期内提前三日通知（劳动合同法第三十七条）；早于三日的按三日计' }),
        reason: text('辞职说明', 2),
      }),
      tells: ['leavesOn'],
      check: (answer, { on, ...about }) => checkLeaving(on, answer.leavesOn as string | undefined, lastDayOf(about)),
    },
    suspend: {
      title: '书面约定中止试用期',
      by: [
        { role: 'COUNTY_HR', level: 'county' },
        { role: 'COUNTY_ORG', level: 'county' },
      ],
      answer: z.object({
        fromOn: date('中止起日'),
        toOn: date('中止止日'),
        documentNo: z.string({ error: '请填写协议文号' }).trim().min(2, '请填写协议文号').max(60).meta({ title: '书面协议文号' }),
        reason: text('中止原因', 5),
      }),
      tells: ['fromOn', 'toOn'],
      check: (answer, { on, ...about }) => checkSuspension(answer as unknown as Suspension, on, lastDayOf(about)),
    },
    transfer: {
      title: '申请调动',
      by: [{ subject: true }],
      answer: z.object({ to: z.string().trim().min(2, '请填写拟调往的单位').max(100).meta({ title: '拟调往单位' }) }),
      refusedWith: 'NoTransferInProbation',
    },
  },

  outcomes: {
    confirmed: { title: '按期转正', tone: 'passed' },
    converted: { title: '期满未作结论，自动转正', tone: 'passed' },
    terminated: { title: '不符合录用条件，解除合同', tone: 'failed' },
    resigned: { title: '试用期内辞职', tone: 'stopped' },
    withdrawn: { title: '已撤回', tone: 'stopped' },
    cancelled: { title: '已撤销', tone: 'stopped' },
  },
  forms,

  open,
  keyDates: (input, pinned) => {
    const days = probationDays(String(input.startedOn), Number(input.probationMonths), Number(pinned.reviewBefore));
    return [
      { key: 'midpoint', title: '中期检查', on: days.midpointOn },
      { key: 'review', title: '启动考核', on: days.reviewOn },
      { key: 'lastDay', title: '试用期最后一天', on: days.lastDay },
    ];
  },
  foresees,
} satisfies ProcessContract;

/** Refuses `NotOnProbation`, `ProbationTooLong`, `ProbationOver`. One open case a person and probation: the key is staff number and first day. */
function open(_input: Record<string, unknown>, { on, person, policies }: OpeningFacts): Opening | Refusal {
  if (!person) return refuse('NotFound', { what: '这名人员' });
  const employment = person.facts.employment?.value;
  const term = person.facts.contract?.value as
    { startsOn: string; endsOn: string | null; probationMonths: number; kind: string } | undefined;
  if (employment?.status !== 'probation' || !term || term.probationMonths < 1) return refuse('NotOnProbation', { name: person.name });
  const tooLong = checkLength(term, term.probationMonths);
  if (tooLong) return tooLong;
  const reviewBefore = Number(policies['probation.reviewBefore']?.value ?? 30);
  const days = probationDays(term.startsOn, term.probationMonths, reviewBefore);
  if (days.lastDay < on) return refuse('ProbationOver', { lastDay: days.lastDay });
  return {
    naturalKey: `${person.staffNo}/${term.startsOn}`,
    title: `${person.name} · 试用转正`,
    unitCode: person.unitCode,
    subjectAccountId: person.accountId,
    subjectPersonId: person.personId,
    storyInput: { personId: person.personId, startedOn: term.startsOn, probationMonths: term.probationMonths, openedOn: on },
    pinned: {
      reviewBefore,
      reminders: policies['probation.reminders']?.value ?? [30, 15, 7, 3],
      within: policies['probation.within']?.value ?? {},
      panels: { committee: policies['probation.committee']?.value ?? {} },
      versions: Object.fromEntries(
        Object.entries(policies)
          .filter(([key]) => key.startsWith('probation.'))
          .map(([key, { version, assumed }]) => [key, { version, assumed }]),
      ),
    },
  };
}

/** What 合格 changes: status, grade and step, from which day, and that pay stays as it is (probation is paid in full). */
function foresees(
  stage: string,
  { person, input, pinned, policies }: OpeningFacts & { input: Record<string, unknown>; pinned: Record<string, unknown> },
): ForeseenChange[] {
  if (!person || !['street', 'committee', 'filing'].includes(stage)) return [];
  const { lastDay } = probationDays(String(input.startedOn), Number(input.probationMonths), Number(pinned.reviewBefore));
  return foreseenConfirmation(person, addDays(lastDay, 1), policies);
}
