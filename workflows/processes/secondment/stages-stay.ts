import { z } from 'zod';
import { calendarDays, workingDays } from '../../../libs/domain/calendar.ts';
import type { StageContract } from '../../../libs/domain/contract.ts';
import { choice, date, optionalText, pick, text } from '../../../libs/domain/form-fields.ts';
import { hostRatings, hostRatingTitles } from '../../../libs/domain/secondment.ts';
import { checkArrival, WEEKS } from './policy.ts';

const street = { role: 'STREET_HR', level: 'street' } as const;
const countyOrg = { role: 'COUNTY_ORG', level: 'county' } as const;
const host = { named: '接收社区联系人', else: { role: 'CITY_ORG', level: 'city' } } as const;
const self = { subject: true } as const;
/** Appraisal and summary within two weeks after the end. */
const CLOSING = calendarDays(14);

/** One a week, the person's own; one that was not written lapses with the stay, and holds nothing up. */
const weekly = (n: number): StageContract => ({
  title: `第${'一二三四五六七八九十'[n - 1] ?? `十${'一二三四'[n - 11]}`}周记录`,
  kind: 'receipt',
  audience: self,
  within: workingDays(3),
  form: '跟岗学习周记录',
  noReturn: true,
  mayLapse: true,
  outside: true,
  answer: z.object({ done: text('本周工作', 5, 3), learned: text('学习收获', 5, 3), plan: optionalText('下周打算') }),
  rehearsed: {},
});
export const weeks = Array.from({ length: WEEKS }, (_, i) => `week${i + 1}`);
const weekStages: Record<string, StageContract> = Object.fromEntries(weeks.map((stage, i) => [stage, weekly(i + 1)]));

/** From the arrival to what has become of what was learned. */
export const stayStages = {
  arrival: {
    title: '报到',
    kind: 'task',
    audience: host,
    within: workingDays(1),
    form: '跟岗学习鉴定表',
    noReturn: true,
    outside: true,
    answer: z.object({
      result: choice('报到情况', ['arrived', 'noShow'], { arrived: '已报到', noShow: '没有报到' }),
      arrivedOn: date('报到日期', '已报到的填写').optional(),
      opinion: optionalText('说明'),
    }),
    verdict: 'result',
    tells: ['result', 'arrivedOn'],
    takesEffectWhen: ({ result }) => result === 'arrived',
    check: (answer, about) => checkArrival(answer, about),
    rehearsed: (on) => ({ result: 'arrived', arrivedOn: on }),
  },
  plan: {
    title: '学习计划',
    kind: 'receipt',
    audience: self,
    within: workingDays(5),
    form: '跟岗学习计划',
    noReturn: true,
    mayLapse: true,
    outside: true,
    answer: z.object({ goals: text('学习目标', 5, 3), steps: text('学习安排', 10, 5), wanted: optionalText('希望接收地支持的事项') }),
    rehearsed: {},
  },
  ...weekStages,
  midterm: {
    title: '中期评价',
    kind: 'task',
    audience: host,
    within: workingDays(5),
    form: '跟岗学习鉴定表',
    noReturn: true,
    mayLapse: true,
    outside: true,
    answer: z.object({
      progress: choice('进展', ['good', 'fair', 'poor'], { good: '按计划进行', fair: '基本按计划', poor: '明显落后' }),
      opinion: text('带教人意见', 5, 3),
    }),
    verdict: 'progress',
    tells: ['progress'],
    rehearsed: { progress: 'good' },
  },
  agreement: {
    title: '联建共建协议',
    kind: 'filing',
    audience: street,
    within: calendarDays(50),
    form: '党组织联建共建协议',
    noReturn: true,
    mayLapse: true,
    outside: true,
    answer: z.object({
      result: choice('签订情况', ['signed', 'none'], { signed: '双方党组织已签订', none: '没有签订' }),
      signedOn: date('签订日期', '已签订的填写').optional(),
      goals: optionalText('共建目标', 3),
      content: optionalText('共建内容', 4),
    }),
    verdict: 'result',
    tells: ['result'],
    rehearsed: { result: 'signed' },
  },
  appraisal: {
    title: '接收地鉴定',
    kind: 'task',
    audience: host,
    within: CLOSING,
    form: '跟岗学习鉴定表',
    noReturn: true,
    outside: true,
    answer: z.object({
      rating: pick('鉴定等次', hostRatings, hostRatingTitles),
      daysAbsent: z.coerce
        .number({ error: '请填写缺勤天数' })
        .int('天数为整数')
        .min(0)
        .max(100)
        .meta({ title: '缺勤天数', widget: 'number' }),
      opinion: text('鉴定意见', 10, 4, '提前召回的，写明实际跟岗的时间和内容'),
    }),
    verdict: 'rating',
    tells: ['rating'],
    rehearsed: { rating: 'good' },
  },
  returned: {
    title: '返岗和交接',
    kind: 'task',
    audience: street,
    within: workingDays(3),
    form: '代理书记任命',
    noReturn: true,
    answer: z.object({
      returnedOn: date('返岗日期'),
      actingTo: date('代理书记免职日期'),
      opinion: optionalText('交接情况'),
    }),
    tells: ['returnedOn'],
    check: ({ returnedOn }, { on }) =>
      String(returnedOn) > on ? { refused: 'AnswerDoesNotFit', params: { detail: '返岗日期不能晚于今天' } } : null,
    rehearsed: (on) => ({ returnedOn: on }),
  },
  summary: {
    title: '学习总结',
    kind: 'receipt',
    audience: self,
    within: CLOSING,
    form: '跟岗学习总结',
    noReturn: true,
    answer: z.object({ summary: text('学习总结', 20, 8), measures: text('拟在本社区推广的做法', 5, 4) }),
    rehearsed: {},
  },
  sharing: {
    title: '成果分享会',
    kind: 'task',
    audience: street,
    within: workingDays(10),
    noReturn: true,
    answer: z.object({ heldOn: date('召开日期'), content: text('分享内容和参加人员', 5, 3) }),
    rehearsed: {},
  },
  followUp3: followUp('三个月'),
  followUp6: followUp('六个月'),
} satisfies Record<string, StageContract>;

function followUp(after: string) {
  return {
    title: `${after}跟踪`,
    kind: 'filing',
    audience: countyOrg,
    within: workingDays(10),
    form: '跟岗学习成果跟踪表',
    noReturn: true,
    answer: z.object({
      result: choice('推广情况', ['adopted', 'partly', 'not'], { adopted: '已推广', partly: '部分推广', not: '没有推广' }),
      findings: text('跟踪情况', 5, 3),
    }),
    verdict: 'result',
    tells: ['result'],
    rehearsed: { result: 'adopted' },
  } as const satisfies StageContract;
}
