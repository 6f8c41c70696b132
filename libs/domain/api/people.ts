import { z } from 'zod';
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
  kind: z.enum(['employment', 'contract', 'post-grade-step', 'pay', 'rating']),
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
  cases: z.array(
    z.object({ id, caseNo: z.string(), title: z.string(), status: z.string(), outcome: z.string().nullable(), startedAt: instant }),
  ),
  views: z.array(z.object({ at: instant, who: z.string(), what: z.string() })).meta({ description: '最近谁看过这份档案' }),
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
};
