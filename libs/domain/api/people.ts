import { z } from 'zod';
import { choice, date, documentNo } from '../form-fields.ts';
import { ratings, ratingTitles } from '../person-words.ts';
import { id, instant, isoDate, page, pageQuery, route } from './route.ts';

export const unit = z.object({
  code: z.string(),
  name: z.string(),
  level: z.enum(['city', 'county', 'street', 'community']),
  parentCode: z.string().nullable(),
  path: z.string(),
});

/** A line of the roster (名册). */
export const personLine = z.object({
  id,
  staffNo: z.string(),
  name: z.string(),
  sex: z.string(),
  age: z.number().int(),
  education: z.string().nullable(),
  county: z.string(),
  street: z.string(),
  community: z.string(),
  postTitle: z.string().nullable(),
  post: z.number().int().nullable(),
  gradeLabel: z.string().nullable(),
  status: z.enum(['probation', 'formal', 'ended', 'none']),
  joinedOn: isoDate.nullable(),
  probationEndsOn: isoDate.nullable(),
});

/** A dated fact: valid from–to, and when it was recorded; `ground` says from where, with a link to the case if it was one. */
export const personFact = z.object({
  id,
  kind: z.enum(['employment', 'contract', 'post-grade-step', 'pay', 'rating', 'secondment']),
  fromOn: isoDate,
  toOn: isoDate.nullable(),
  title: z.string().meta({ description: '一句话' }),
  value: z.record(z.string(), z.unknown()),
  ground: z.string(),
  groundCaseId: id.nullable(),
  assumed: z.boolean(),
  recordedAt: instant,
  endedAt: instant.nullable(),
});

export const person = personLine.extend({
  ethnicity: z.string().nullable(),
  bornOn: isoDate,
  idNoMasked: z.string(),
  politicalStatus: z.string().nullable(),
  certificate: z.string().nullable(),
  phoneMasked: z.string().nullable(),
  emailMasked: z.string().nullable(),
  accountStatus: z.enum(['none', 'inactive', 'active', 'locked', 'disabled']),
  asOf: isoDate,
  facts: z.array(personFact),
  ratings: z
    .array(
      z.object({
        year: z.number().int(),
        rating: z.enum(ratings),
        score: z.number().nullable(),
        finalOn: isoDate.nullable().meta({ description: '结果确定日期；名册导入的没有' }),
        documentNo: z.string().nullable(),
        ground: z.string(),
        recordedAt: instant,
      }),
    )
    .meta({ description: '年度考核等次，新的在前' }),
  mayRate: z.boolean().meta({ description: '本人可以登记此人的考核等次' }),
  cases: z.array(
    z.object({ id, caseNo: z.string(), title: z.string(), status: z.string(), outcome: z.string().nullable(), startedAt: instant }),
  ),
  views: z.array(z.object({ at: instant, who: z.string(), what: z.string() })).meta({ description: '最近谁看过这份档案' }),
});

const raters = { roles: ['COUNTY_ORG', 'COUNTY_HR'] } as const;
/** What recording a final rating says; the console makes its form of it. */
export const finalRating = z.object({
  year: z.coerce
    .number({ error: '请填写考核年度' })
    .int('请填写四位年份')
    .min(2000, '请填写四位年份')
    .max(2100, '请填写四位年份')
    .meta({ title: '考核年度', widget: 'number' }),
  rating: choice('等次', ratings, ratingTitles),
  finalOn: date('结果确定日期', '已告知本人，且申请复核的期限已过或者复核已有结论'),
  documentNo: documentNo('考核结果文号'),
});

export const peopleRoutes = {
  units: route({
    id: 'units',
    method: 'GET',
    path: '/api/units',
    tag: '单位',
    summary: '单位树的一层：某单位的下级',
    access: 'signedIn',
    query: z.object({ parent: z.string().max(20).optional() }),
    response: z.object({ items: z.array(unit) }),
    refusals: ['NotFound'],
  }),
  people: route({
    id: 'people',
    method: 'GET',
    path: '/api/people',
    tag: '名册',
    summary: '名册：本人管辖单位内的人员',
    access: 'signedIn',
    query: pageQuery.extend({
      q: z.string().trim().max(40).optional(),
      unit: z.string().max(20).optional(),
      status: z.enum(['probation', 'formal', 'ended']).optional(),
    }),
    response: page(personLine),
    refusals: ['NotInYourUnits'],
  }),
  person: route({
    id: 'person',
    method: 'GET',
    path: '/api/people/:id',
    tag: '名册',
    summary: '个人档案（某一天的样子）；每次查阅记入账本',
    access: 'signedIn',
    params: z.object({ id }),
    query: z.object({ on: isoDate.optional() }),
    response: person,
    refusals: ['NotFound', 'NotInYourUnits'],
  }),
  idNumber: route({
    id: 'idNumber',
    method: 'POST',
    path: '/api/people/:id/id-number',
    tag: '名册',
    summary: '查看完整身份证号（须说明用途，记入账本）',
    access: { roles: ['COUNTY_HR', 'COUNTY_ORG', 'CITY_ORG'] },
    params: z.object({ id }),
    body: z.object({ purpose: z.string().trim().min(4).max(200) }),
    response: z.object({ idNo: z.string() }),
    refusals: ['NotFound', 'NotInYourUnits'],
  }),
  foreseeRating: route({
    id: 'foreseeRating',
    method: 'GET',
    path: '/api/people/:id/ratings/foreseen',
    tag: '名册',
    summary: '登记一个年度考核等次会带来什么：自动开始或告知哪些办件',
    access: raters,
    params: z.object({ id }),
    query: finalRating.pick({ year: true, rating: true }),
    response: z.object({
      before: z.enum(ratings).nullable().meta({ description: '这个年度现在的等次；没有为空' }),
      follows: z.array(
        z.object({
          process: z.string(),
          caseId: id.nullable().meta({ description: '将告知的办件；自动开始的为空' }),
          held: z.boolean().meta({ description: '该办件挂起中' }),
          means: z.string().meta({ description: '一句话' }),
        }),
      ),
    }),
    refusals: ['NotFound', 'NotInYourUnits'],
  }),
  recordRating: route({
    id: 'recordRating',
    method: 'POST',
    path: '/api/people/:id/ratings',
    tag: '名册',
    summary: '登记（更正）已经确定的年度考核等次；按流程之间的规则自动开始或告知办件',
    access: raters,
    params: z.object({ id }),
    body: finalRating,
    response: z.object({
      cases: z.array(z.object({ caseId: id, process: z.string(), how: z.enum(['started', 'told']) })),
    }),
    status: 201,
    refusals: ['NotFound', 'NotInYourUnits', 'OwnCase', 'Relative', 'RatingNotSound'],
  }),
};
