import { z } from 'zod';
import { months, workingDays } from '../../../libs/domain/calendar.ts';
import type { StageContract } from '../../../libs/domain/contract.ts';
import { addDays } from '../../../libs/domain/dates.ts';
import { choice, date, documentNo, optionalText, text } from '../../../libs/domain/form-fields.ts';
import { postingForm } from '../../../libs/domain/notice.ts';
import { checkMatch, checkNomination, checkReview } from './policy.ts';

const street = { role: 'STREET_HR', level: 'street' } as const;
const countyOrg = { role: 'COUNTY_ORG', level: 'county' } as const;
const cityOrg = { role: 'CITY_ORG', level: 'city' } as const;
const yesNo = { yes: '是', no: '否' } as const;
const shortText = (title: string, help?: string) =>
  z
    .string({ error: `请填写${title}` })
    .trim()
    .min(2, `请填写${title}`)
    .max(60, `${title}不超过 60 字`)
    .meta({ title, ...(help && { help }) });

/** From the nomination to the letter that sends somebody off. */
export const sendingStages = {
  nomination: {
    title: '街道推荐',
    kind: 'task',
    audience: street,
    within: workingDays(10),
    form: '跟岗学习推荐表',
    answer: z.object({
      studiedOn: date('社区两委研究日期', '社区党组织、居民委员会集体研究并在社区公示'),
      reasons: text('推荐理由', 10, 4),
      wants: shortText('学习意向', '用顿号分开，例如：物业管理、网格治理'),
      acting: shortText('代理书记', '跟岗期间主持社区工作的人员'),
      actingReason: optionalText('代理安排说明'),
    }),
    check: (answer, { on }) => checkNomination(answer, on),
    rehearsed: {},
  },
  consent: {
    title: '本人意见',
    kind: 'receipt',
    audience: { subject: true },
    within: workingDays(3),
    form: '跟岗学习推荐表',
    answer: z.object({
      consent: choice('您的意见', ['yes', 'no'], { yes: '同意派出，服从安排', no: '不参加' }),
      opinion: optionalText('说明'),
    }),
    verdict: 'consent',
    tells: ['consent'],
    rehearsed: { consent: 'yes' },
  },
  review: {
    title: '县（区）审核',
    kind: 'opinion',
    audience: countyOrg,
    within: workingDays(5),
    form: '跟岗学习推荐表',
    fourEyes: 'secondment',
    answer: z.object({
      noCase: choice('没有未结的处分、调查或解聘事项', ['yes', 'no'], yesNo),
      healthy: choice('身体条件适合异地跟岗', ['yes', 'no'], yesNo),
      result: choice('审核意见', ['pass', 'fail'], { pass: '同意推荐', fail: '不予推荐' }),
      opinion: text('意见', 2, 3),
    }),
    verdict: 'result',
    tells: ['result'],
    check: (answer) => checkReview(answer),
    rehearsed: { result: 'pass' },
  },
  notice: {
    title: '公示',
    kind: 'filing',
    audience: countyOrg,
    within: workingDays(2),
    answer: postingForm,
    notice: {
      title: '拟选派赴东莞跟岗学习人员公示',
      basis: '经街道推荐、本人同意和组织部门审核',
      what: '拟选派人员',
      period: workingDays(5),
    },
  },
  approval: {
    title: '市级审批',
    kind: 'decision',
    audience: cityOrg,
    within: workingDays(5),
    form: '跟岗学习推荐表',
    fourEyes: 'secondment',
    answer: z.object({
      result: choice('审批意见', ['approved', 'reserve', 'rejected'], {
        approved: '同意选派',
        reserve: '列为替补人选',
        rejected: '不同意',
      }),
      opinion: text('意见', 2, 3),
    }),
    verdict: 'result',
    tells: ['result'],
    rehearsed: { result: 'approved' },
  },
  callUp: {
    title: '替补递补',
    kind: 'decision',
    audience: cityOrg,
    within: months(12),
    mayLapse: true,
    answer: z.object({
      result: choice('处理', ['called', 'released'], { called: '有名额空出，递补选派', released: '本年度不再递补' }),
      opinion: text('说明', 2, 3),
    }),
    verdict: 'result',
    tells: ['result'],
    rehearsed: { result: 'called' },
  },
  match: {
    title: '一对一对接',
    kind: 'task',
    audience: cityOrg,
    within: workingDays(5),
    form: '跟岗学习派遣函',
    answer: z.object({
      hostId: z.uuid({ error: '请选择接收社区的联系人' }).meta({
        title: '接收社区联系人',
        widget: 'person',
        options: 'hosts',
        help: '一人对接一个社区，同一社区同一时间只接收一人',
      }),
      startOn: date('报到日期'),
      opinion: optionalText('对接说明'),
    }),
    tells: ['hostId', 'startOn'],
    check: (answer, about) => checkMatch(answer, about),
    rehearsed: (on) => ({ hostId: '', startOn: addDays(on, 21) }),
  },
  acceptance: {
    title: '接收地确认',
    kind: 'task',
    audience: { named: '接收社区联系人', else: cityOrg },
    within: workingDays(5),
    noReturn: true,
    noReturnTo: true,
    outside: true,
    answer: z.object({
      result: choice('能否接收', ['accepts', 'cannot'], { accepts: '可以接收', cannot: '不能接收' }),
      mentor: z.string().trim().max(60).optional().meta({ title: '带教人', help: '可以接收的填写' }),
      opinion: optionalText('食宿和工作安排，或者不能接收的原因'),
    }),
    verdict: 'result',
    tells: ['result'],
    rehearsed: { result: 'accepts' },
  },
  dispatch: {
    title: '派遣准备',
    kind: 'task',
    audience: street,
    within: workingDays(5),
    form: '跟岗学习派遣函',
    answer: z.object({
      letterNo: documentNo('派遣函文号'),
      briefedOn: date('行前培训日期'),
      insurance: text('保险和差旅安排', 4, 2, '人事关系、工资和社会保险留在原单位；差旅按出差规定报销'),
      actingFrom: date('代理书记任职日期', '不晚于报到日期'),
      actingNo: documentNo('代理任命文号'),
    }),
    check: ({ actingFrom }, { told }) =>
      String(actingFrom) > String(told.match?.startOn)
        ? { refused: 'AnswerDoesNotFit', params: { detail: '代理书记应当在报到日期以前任职' } }
        : null,
    rehearsed: {},
  },
} satisfies Record<string, StageContract>;
