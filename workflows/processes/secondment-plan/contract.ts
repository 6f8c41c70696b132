import { z } from 'zod';
import { calendarDays, workingDays } from '../../../libs/domain/calendar.ts';
import type { Opening, OpeningFacts, ProcessContract } from '../../../libs/domain/contract.ts';
import { choice, documentNo, optionalText, text } from '../../../libs/domain/form-fields.ts';
import { refuse, type Refusal } from '../../../libs/domain/refusal.ts';
import { checkQuotas } from './policy.ts';

const cityOrg = { role: 'CITY_ORG', level: 'city' } as const;
const count = (title: string, help: string) =>
  z.coerce
    .number({ error: `请填写${title}` })
    .int(`${title}为整数`)
    .min(1, `请填写${title}`)
    .max(5_000)
    .meta({ title, widget: 'number', help });
const done = (title: string, word: string) => choice(title, ['done'], { done: word });

/** 跟岗选派计划 (P6): a year's places, shared out, approved by a second person, nominated for, matched and reported. Each secretary has a case of their own. */
export const contract = {
  name: 'secondmentPlan',
  title: '东莞跟岗年度计划',
  short: '跟计',
  summary: '确定年度名额并按城市社区数分配到区县，审批后组织推荐，集中一对一对接，年终汇总。',
  takes: '一般一个年度；每名书记的办理情况在各自的办件里',
  laws: [],
  startedBy: ['CITY_ORG'],
  input: z.object({
    unitCode: z
      .string({ error: '请选择市' })
      .regex(/^\d{4}$/, '请选择全市')
      .meta({ title: '派出地', widget: 'unit', help: '全市' }),
    year: z.coerce
      .number({ error: '请填写年度' })
      .int('请填写四位年份')
      .min(2020, '请填写四位年份')
      .max(2100, '请填写四位年份')
      .meta({ title: '选派年度', widget: 'number' }),
  }),
  policies: [],
  stages: {
    draft: {
      title: '拟定计划',
      kind: 'task',
      audience: cityOrg,
      within: workingDays(10),
      fourEyes: 'plan',
      answer: z.object({
        places: count('选派名额', '例如 30'),
        communities: count('城市社区数', '公布口径，例如 189；看板以它为分母'),
        quotas: optionalText('各区县名额', 6),
        opinion: text('选派要求', 5, 3),
      }),
      tells: ['places', 'communities'],
      check: (answer) => checkQuotas(answer),
      rehearsed: { places: 30, communities: 189 },
    },
    approval: {
      title: '计划审批',
      kind: 'decision',
      audience: cityOrg,
      within: workingDays(5),
      fourEyes: 'plan',
      answer: z.object({
        result: choice('审批意见', ['approved', 'rejected'], { approved: '同意', rejected: '不同意' }),
        documentNo: documentNo('计划文号'),
        opinion: optionalText('意见'),
      }),
      verdict: 'result',
      tells: ['result'],
      rehearsed: { result: 'approved' },
    },
    nominations: {
      title: '组织推荐',
      kind: 'filing',
      audience: cityOrg,
      within: calendarDays(60),
      answer: z.object({ done: done('推荐情况', '各区县推荐已办结'), opinion: optionalText('说明') }),
      verdict: 'done',
      tells: ['done'],
      rehearsed: { done: 'done' },
    },
    matching: {
      title: '集中对接',
      kind: 'filing',
      audience: cityOrg,
      within: workingDays(10),
      answer: z.object({ done: done('对接情况', '一对一对接已办结'), opinion: optionalText('说明') }),
      verdict: 'done',
      tells: ['done'],
      takesEffectWhen: () => true,
      rehearsed: { done: 'done' },
    },
    report: {
      title: '年度汇总',
      kind: 'filing',
      audience: cityOrg,
      within: calendarDays(120),
      noReturn: true,
      answer: z.object({ summary: text('年度情况', 10, 5) }),
      rehearsed: {},
    },
  },
  order: ['draft', 'approval', 'nominations', 'matching', 'report'],
  map: [
    { from: 'draft', to: 'approval' },
    { from: 'approval', to: 'nominations' },
    { from: 'nominations', to: 'matching' },
    { from: 'matching', to: 'report' },
  ],
  events: {},
  outcomes: {
    reported: { title: '年度选派已汇总', tone: 'passed' },
    rejected: { title: '计划不同意', tone: 'failed' },
    withdrawn: { title: '已撤回', tone: 'stopped' },
    cancelled: { title: '已撤销', tone: 'stopped' },
  },
  open,
} satisfies ProcessContract;

/** One plan a city and year. Refuses a unit that is no city. */
function open({ year }: Record<string, unknown>, { on, unit }: OpeningFacts): Opening | Refusal {
  if (unit?.level !== 'city') return refuse('BadRequest', { detail: '跟岗计划按全市制定' });
  return {
    naturalKey: `${unit.code}/${String(year)}`,
    title: `${unit.name} · ${String(year)} 年东莞跟岗计划`,
    unitCode: unit.code,
    subjectAccountId: null,
    subjectPersonId: null,
    storyInput: { year, openedOn: on },
    pinned: { within: {}, versions: {} },
  };
}
