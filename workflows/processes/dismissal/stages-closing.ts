import { z } from 'zod';
import { calendarDays, workingDays } from '../../../libs/domain/calendar.ts';
import type { StageContract } from '../../../libs/domain/contract.ts';
import { choice, date, documentNo, money, optionalText, pick, text } from '../../../libs/domain/form-fields.ts';
import { contractKinds, contractKindTitles } from '../../../libs/domain/person.ts';
import { refuse } from '../../../libs/domain/refusal.ts';
import { checkCompensation, checkOwed } from './severance-form.ts';

const street = { role: 'STREET_HR', level: 'street' } as const;
/** Certificate, files and social insurance within fifteen days; severance with the handover (art. 50). */
const CLOSING_DAYS = 15;

/** What is owed and handed over once the contract has ended, and what a dispute makes of it. */
export const closingStages = {
  severance: {
    title: '经济补偿核算',
    kind: 'task',
    audience: street,
    within: calendarDays(CLOSING_DAYS),
    form: '经济补偿计算表',
    noReturn: true,
    answer: z.object({
      employmentForm: pick('用工形式', contractKinds, contractKindTitles),
      startedOn: date('在本单位工作起始日期'),
      paidMonths: z.coerce
        .number({ error: '请填写月数' })
        .int('月数为整数')
        .min(1)
        .max(12)
        .meta({ title: '计算平均工资的月数', help: '解除前十二个月；工作不满十二个月的按实际月数' }),
      paidTotal: money('上述月份应得工资合计', '含奖金、津贴和补贴'),
      cityAverage: money('上年度职工月平均工资', '市（州）人民政府公布'),
      minimumWage: money('当地月最低工资标准'),
      lastMonthPay: money('上一个月工资标准'),
      severance: money('经济补偿', '系统按上面的数据复核'),
      inLieu: money('代通知金', '提前三十日通知的填 0'),
    }),
    check: (answer, { told, events }) => checkOwed(answer, { told, events }),
    rehearsed: {},
  },
  handover: {
    title: '工作交接与支付',
    kind: 'task',
    audience: street,
    within: calendarDays(CLOSING_DAYS),
    form: '工作交接单',
    noReturn: true,
    answer: z.object({
      handedOn: date('交接日期'),
      receiver: z.string({ error: '请填写接收人' }).trim().min(2, '请填写接收人').max(60).meta({ title: '接收人' }),
      items: text('交接事项', 5),
      paidOn: date('经济补偿支付日期', '办结交接时支付；没有应付款项的不填').optional(),
      proof: optionalText('支付凭证'),
    }),
    rehearsed: {},
  },
  certificate: {
    title: '解除证明与档案、社保转移',
    kind: 'task',
    audience: street,
    within: calendarDays(CLOSING_DAYS),
    form: '解除劳动合同证明',
    noReturn: true,
    answer: z.object({ issuedOn: date('证明出具日期'), transferredOn: date('档案和社会保险转移日期'), remark: optionalText('说明') }),
    tells: ['issuedOn'],
    rehearsed: { issuedOn: '2000-01-01' },
  },
  litigation: {
    title: '仲裁、诉讼结果',
    kind: 'filing',
    audience: { role: 'COUNTY_HR', level: 'county' },
    within: calendarDays(60),
    noReturn: true,
    answer: z.object({
      result: choice('结果', ['maintained', 'reinstated', 'compensated'], {
        maintained: '维持解除，或者撤回、调解结案',
        reinstated: '撤销解除，继续履行劳动合同',
        compensated: '违法解除，支付赔偿金',
      }),
      effectiveOn: date('裁决或判决生效日期'),
      documentNo: documentNo('裁决书（判决书、调解书）文号'),
      opinion: text('说明', 5, 3, '不服仲裁裁决的，十五日内可以起诉；未生效前不填'),
    }),
    verdict: 'result',
    tells: ['result'],
    check: ({ effectiveOn }, { on }) => (String(effectiveOn) > on ? refuse('AnswerDoesNotFit', { detail: '生效日期不能晚于今天' }) : null),
    rehearsed: { result: 'maintained' },
  },
  reinstatement: {
    title: '恢复劳动关系或支付赔偿金',
    kind: 'task',
    audience: street,
    within: calendarDays(CLOSING_DAYS),
    form: '恢复劳动关系通知书',
    noReturn: true,
    answer: z.object({
      how: choice('处理', ['reinstated', 'compensated'], { reinstated: '恢复劳动关系，补发工资', compensated: '不恢复，支付赔偿金' }),
      on: date('恢复到岗或支付日期'),
      severance: money('经济补偿金额', '支付赔偿金的填写，用于复核').optional(),
      amount: money('补发工资或赔偿金合计'),
      basis: text('计算说明和凭证', 10, 3),
    }),
    verdict: 'how',
    tells: ['how'],
    check: (answer, { told }) =>
      told.litigation?.result === 'reinstated' && answer.how !== 'reinstated'
        ? refuse('AnswerDoesNotFit', { detail: '裁决继续履行劳动合同的，应当恢复劳动关系' })
        : checkCompensation(answer),
    rehearsed: { how: 'reinstated' },
  },
  archive: {
    title: '归档',
    kind: 'filing',
    audience: street,
    within: workingDays(10),
    noReturn: true,
    answer: z.object({
      archivedOn: date('归档日期'),
      place: z.string({ error: '请填写档案号或存放地点' }).trim().min(2, '请填写档案号或存放地点').max(100).meta({
        title: '档案号或存放地点',
        help: '劳动合同文本至少保存二年（劳动合同法第五十条），建议十年以上',
      }),
    }),
    rehearsed: {},
  },
} satisfies Record<string, StageContract>;
