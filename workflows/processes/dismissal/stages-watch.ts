import { z } from 'zod';
import { calendarDays, workingDays } from '../../../libs/domain/calendar.ts';
import type { StageContract } from '../../../libs/domain/contract.ts';
import { addMonths } from '../../../libs/domain/dates.ts';
import { choice, date, documentNo, optionalText, pick, text } from '../../../libs/domain/form-fields.ts';
import { contractKinds, contractKindTitles } from '../../../libs/domain/person.ts';
import { refuse } from '../../../libs/domain/refusal.ts';
import { shields, shieldTitles } from '../../../libs/domain/severance.ts';
import { checkLegal, checkManual, checkShield, checkWarning } from './policy.ts';

const street = { role: 'STREET_HR', level: 'street' } as const;
const yesNo = { yes: '是', no: '否' } as const;
const wrong = (detail: string) => refuse('AnswerDoesNotFit', { detail });

/** The year of improvement: what art. 40(2) wants done and proved before anybody may be dismissed. */
export const watchStages = {
  warning: {
    title: '告诫谈话与改进计划',
    kind: 'task',
    audience: street,
    within: calendarDays(30),
    form: '谈话记录',
    noReturn: true,
    noReturnTo: true,
    answer: z.object({
      talkedOn: date('谈话日期'),
      talkedBy: z
        .string({ error: '请填写谈话人' })
        .trim()
        .min(2, '请填写谈话人')
        .max(60)
        .meta({ title: '谈话人', help: '街道负责人和帮带导师' }),
      matters: text('存在的问题', 10, 4, '写明不能胜任工作的具体表现和依据'),
      plan: text('改进目标和措施', 10, 4, '可以检查的目标、措施和期限'),
      said: optionalText('本人表态'),
      signature: choice('本人签字', ['signed', 'refused'], { signed: '本人已签字', refused: '本人拒绝签字，有见证' }),
      witnesses: z.string().trim().max(60).optional().meta({ title: '见证人', help: '本人拒绝签字的，填写两名在场见证人' }),
    }),
    verdict: 'signature',
    tells: ['signature'],
    check: (answer, { on }) => checkWarning(answer, on),
    rehearsed: { signature: 'signed' },
  },
  training: {
    title: '培训或调整岗位',
    kind: 'task',
    audience: street,
    within: calendarDays(30),
    form: '培训（调整岗位）记录',
    noReturn: true,
    noReturnTo: true,
    answer: z.object({
      measure: choice('措施', ['training', 'postChange'], { training: '培训', postChange: '调整工作岗位' }),
      fromOn: date('开始日期'),
      toOn: date('结束日期', '调整岗位的，填写到岗日期'),
      content: text('内容', 10, 3, '培训内容、时数和考核；或原岗位、新岗位和理由'),
      evidence: text('证据', 5, 2, '签到、考勤、试卷、调岗通知等，附件上传'),
    }),
    verdict: 'measure',
    tells: ['measure'],
    check: ({ fromOn, toOn }) => (String(toOn) < String(fromOn) ? wrong('结束日期不能早于开始日期') : null),
    rehearsed: { measure: 'training' },
  },
  midyear: {
    title: '年中复查',
    kind: 'task',
    audience: street,
    within: workingDays(10),
    form: '改进情况复查表',
    noReturn: true,
    noReturnTo: true,
    answer: z.object({
      carriedOut: choice('培训或调岗', ['yes', 'no'], { yes: '培训已完成或者调岗已到位', no: '没有完成' }),
      progress: choice('改进情况', ['improved', 'partly', 'not'], { improved: '明显改进', partly: '有所改进', not: '没有改进' }),
      findings: text('复查情况', 10, 4, '逐条对照改进计划'),
    }),
    verdict: 'progress',
    tells: ['carriedOut', 'progress'],
    rehearsed: { carriedOut: 'yes', progress: 'not' },
  },
  chase: {
    title: '催报年度考核结果',
    kind: 'filing',
    audience: { role: 'COUNTY_ORG', level: 'county' },
    within: workingDays(10),
    noReturn: true,
    noReturnTo: true,
    answer: z.object({
      expectedOn: date('预计定级日期', '结果确定后在个人档案页登记，本件自动继续；本年度不定等次的，填写下一年度的预计日期'),
      reason: text('未定级的原因', 5, 2),
    }),
    tells: ['expectedOn'],
    check: ({ expectedOn }, { on }) => (String(expectedOn) > on ? null : wrong('预计日期应在今天以后；结果已定的，请在个人档案页登记')),
    rehearsed: (on) => ({ expectedOn: addMonths(on, 1) }),
  },
} satisfies Record<string, StageContract>;

/** The second failing year is there: may this way be gone with this person at all? */
export const gateStages = {
  eligibility: {
    title: '条件与保护核查',
    kind: 'task',
    audience: street,
    within: workingDays(5),
    form: '解聘呈报（审批）表',
    noReturn: true,
    answer: z.object({
      employmentForm: pick('用工形式', contractKinds, contractKindTitles),
      shield: pick('法定保护（劳动合同法第四十二条）', shields, shieldTitles),
      shieldUntil: date('保护期届满日期', '处于保护期的必填，期满后再核查').optional(),
      elected: choice('是否居民委员会成员', ['no', 'yes'], yesNo),
      unionOfficer: choice('是否在任的工会主席、副主席、委员', ['no', 'yes'], yesNo),
      findings: text('核查情况', 5, 3, '改进计划、培训或调岗、复查的证据在哪里'),
    }),
    verdict: 'shield',
    tells: ['employmentForm', 'shield', 'shieldUntil', 'elected', 'unionOfficer'],
    check: (answer, { on }) => checkShield(answer, on),
    rehearsed: { employmentForm: 'LABOUR', shield: 'none', elected: 'no', unionOfficer: 'no' },
  },
  manual: {
    title: '专门处理',
    kind: 'decision',
    audience: { role: 'COUNTY_ORG', level: 'county' },
    within: workingDays(10),
    fourEyes: 'dismissal',
    answer: z.object({
      how: choice('处理', ['renew', 'adjusted', 'returned', 'closed', 'proceed'], {
        renew: '再跟踪一年',
        adjusted: '调整岗位，不解除',
        returned: '退回劳务派遣单位',
        closed: '结束跟踪',
        proceed: '转入解聘程序',
      }),
      officeEndedOn: date('当选或工会职务终止日期', '居民委员会成员、工会干部转入解聘程序的必填').optional(),
      opinion: text('理由和依据', 10, 3),
    }),
    verdict: 'how',
    tells: ['how'],
    check: (answer, { told, on }) => checkManual(answer, told.eligibility ?? {}, on),
    rehearsed: { how: 'renew' },
  },
  legal: {
    title: '合法性审核',
    kind: 'opinion',
    audience: { role: 'COUNTY_HR', level: 'county' },
    within: workingDays(5),
    form: '解聘呈报（审批）表',
    fourEyes: 'dismissal',
    answer: z.object({
      result: choice('审核意见', ['proceed', 'renew'], { proceed: '证据齐全，可以启动', renew: '证据不足，转入新的改进年度' }),
      opinion: text('意见', 10, 3),
    }),
    verdict: 'result',
    tells: ['result'],
    check: (answer, { told }) => checkLegal(answer, told),
    rehearsed: { result: 'proceed' },
  },
  ratingReview: {
    title: '考核复核结论',
    kind: 'filing',
    audience: { role: 'COUNTY_ORG', level: 'county' },
    within: calendarDays(10),
    noReturn: true,
    noReturnTo: true,
    answer: z.object({
      result: choice('复核结论', ['maintained'], { maintained: '维持不合格等次' }),
      documentNo: documentNo('复核决定书文号'),
      opinion: text('说明', 5, 2, '复核改变等次的，不在这里填写：请在个人档案页登记新的结果，本件自动终止'),
    }),
    verdict: 'result',
    tells: ['result'],
    rehearsed: { result: 'maintained' },
  },
} satisfies Record<string, StageContract>;
