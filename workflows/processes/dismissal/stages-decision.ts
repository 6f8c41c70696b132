import { z } from 'zod';
import { workingDays } from '../../../libs/domain/calendar.ts';
import type { StageContract } from '../../../libs/domain/contract.ts';
import { addDays } from '../../../libs/domain/dates.ts';
import { choice, date, optionalText, text } from '../../../libs/domain/form-fields.ts';
import { checkService } from './policy.ts';

const street = { role: 'STREET_HR', level: 'street' } as const;

/** From the proposal to the notice in the worker's hands. */
export const decisionStages = {
  proposal: {
    title: '提出解聘意见',
    kind: 'task',
    audience: street,
    within: workingDays(5),
    form: '解聘事先告知书',
    answer: z.object({
      facts: text('事实', 20, 5, '两个年度的考核结果及其确定日期、培训或调岗后仍不能胜任的具体表现'),
      reasons: text('理由和依据', 10, 4, '将原样告知本人、告知工会'),
      plan: optionalText('工作交接的初步安排'),
    }),
    rehearsed: {},
  },
  statement: {
    title: '本人陈述申辩',
    kind: 'receipt',
    audience: { subject: true },
    within: workingDays(5),
    form: '解聘事先告知书',
    mayLapse: true,
    noReturn: true,
    answer: z.object({
      wish: choice('您的意见', ['states', 'none'], { states: '我有陈述、申辩', none: '我已知悉，不作陈述' }),
      statement: optionalText('陈述和申辩', 8),
    }),
    verdict: 'wish',
    tells: ['wish'],
    rehearsed: { wish: 'none' },
  },
  union: {
    title: '工会意见',
    kind: 'opinion',
    audience: { role: 'UNION', level: 'street' },
    within: workingDays(5),
    form: '工会意见函',
    answer: z.object({
      stance: choice('工会意见', ['noObjection', 'objects'], { noObjection: '无异议', objects: '有异议，要求重新研究' }),
      opinion: text('意见', 5),
    }),
    verdict: 'stance',
    tells: ['stance'],
    rehearsed: { stance: 'noObjection' },
  },
  unionReply: {
    title: '研究并答复工会',
    kind: 'task',
    audience: street,
    within: workingDays(5),
    form: '关于工会意见的复函',
    answer: z.object({
      result: choice('研究结果', ['maintained', 'dropped'], { maintained: '研究后维持解聘意见', dropped: '采纳工会意见，不再解聘' }),
      reply: text('对工会意见的书面答复', 10, 4),
    }),
    verdict: 'result',
    tells: ['result'],
    rehearsed: { result: 'maintained' },
  },
  committee: {
    title: '党工委集体决定',
    kind: 'decision',
    audience: { role: 'STREET_PARTY_COMMITTEE', level: 'street' },
    within: workingDays(5),
    form: '解聘呈报（审批）表',
    fourEyes: 'dismissal',
    panel: { rule: 'ballot', for: 'pass', against: 'fail', share: 0.5, quorum: 0.5, minMembers: 3 },
    answer: z.object({
      result: choice('表决', ['pass', 'fail', 'abstain'], { pass: '同意解聘', fail: '不同意解聘', abstain: '弃权' }),
      opinion: text('意见', 2),
    }),
    verdict: 'result',
    tells: ['result'],
    rehearsed: { result: 'pass' },
  },
  county: {
    title: '县级审查备案',
    kind: 'opinion',
    audience: { role: 'COUNTY_ORG', level: 'county' },
    within: workingDays(10),
    form: '解聘呈报（审批）表',
    fourEyes: 'dismissal',
    answer: z.object({
      result: choice('审查意见', ['filed', 'against'], { filed: '程序和证据符合规定，同意备案', against: '不同意，不得解聘' }),
      docNo: z.string().trim().max(60).optional().meta({ title: '备案文号', help: '留空则以办件号为准' }),
      opinion: text('意见', 2, 3),
    }),
    verdict: 'result',
    tells: ['result'],
    rehearsed: { result: 'filed' },
  },
  service: {
    title: '送达解除通知书',
    kind: 'task',
    audience: street,
    within: workingDays(5),
    form: '解除劳动合同通知书',
    answer: z.object({
      how: choice('通知方式', ['notice', 'inLieu'], { notice: '提前三十日书面通知', inLieu: '额外支付一个月工资' }),
      servedOn: date('送达日期'),
      endsOn: date('劳动合同解除日期', '提前通知的，自送达次日起满三十日，逢休息日顺延'),
      way: choice('送达方式', ['inPerson', 'post', 'left'], { inPerson: '当面送达签收', post: '邮寄送达', left: '留置送达' }),
      proof: text('送达证明', 5),
      rechecked: choice('送达前再核对', ['yes'], { yes: '本人没有第四十二条规定的情形' }),
    }),
    verdict: 'how',
    tells: ['how', 'servedOn', 'endsOn'],
    takesEffectWhen: () => true,
    check: (answer, { on, closedOn, told, events }) =>
      checkService(answer, on, { countyOn: closedOn.county, underReview: events.contest !== undefined && !told.ratingReview }),
    rehearsed: (on) => ({ how: 'notice', servedOn: on, endsOn: addDays(on, 30) }),
  },
} satisfies Record<string, StageContract>;
