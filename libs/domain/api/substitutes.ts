import { z } from 'zod';
import { byId, id, instant, isoDate, named, page, pageQuery, personRef, route } from './route.ts';

/** Somebody in office, as people choose among them. */
export const officer = personRef;

export const substitution = z.object({
  id,
  principal: personRef,
  substitute: personRef,
  processes: z.array(z.object({ name: z.string(), title: z.string() })).meta({ description: '空为全部流程' }),
  fromOn: isoDate,
  toOn: isoDate,
  reason: z.string(),
  setBy: z.string(),
  setAt: instant,
  endedAt: instant.nullable(),
  state: z.enum(['coming', 'current', 'over', 'ended']),
  mayEnd: z.boolean(),
});

/** What is asked for when a substitution is set up; without `principalId` one's own. */
export const newSubstitution = z.object({
  principalId: id.optional(),
  substituteId: id,
  processes: z.array(named).max(40).default([]).meta({ description: '空为全部流程' }),
  fromOn: isoDate,
  toOn: isoDate,
  reason: z.string().trim().min(2).max(200),
});

const choosing = z.object({ q: z.string().trim().max(40).default(''), on: isoDate.optional() });
const officers = z.object({ items: z.array(officer) });
const administrator = { roles: ['SYSTEM_ADMIN'] as const };

export const substituteRoutes = {
  substitutions: route({
    id: 'substitutions',
    method: 'GET',
    path: '/api/substitutions',
    tag: '代理',
    summary: '我的代理人，与我代理的人',
    access: 'signedIn',
    response: z.object({ given: z.array(substitution), taken: z.array(substitution) }),
    refusals: [],
  }),
  substituteChoices: route({
    id: 'substituteChoices',
    method: 'GET',
    path: '/api/substitute-choices',
    tag: '代理',
    summary: '按姓名查可以作代理人的人员',
    access: 'signedIn',
    query: choosing.extend({ principalId: id.optional() }),
    response: officers,
    refusals: ['NotAllowed'],
  }),
  setSubstitution: route({
    id: 'setSubstitution',
    method: 'POST',
    path: '/api/substitutions',
    tag: '代理',
    summary: '设置代理：为本人，或由本单位系统管理员为外出人员',
    access: 'signedIn',
    body: newSubstitution,
    response: z.object({ id }),
    status: 201,
    refusals: ['NotFound', 'NotAllowed', 'NoOffice', 'PeriodNotSound', 'NotEligibleSubstitute', 'SubstituteAlready', 'SubstituteCircle'],
  }),
  endSubstitution: route({
    id: 'endSubstitution',
    method: 'POST',
    path: '/api/substitutions/:id/end',
    tag: '代理',
    summary: '提前结束代理',
    access: 'signedIn',
    params: byId,
    status: 204,
    refusals: ['NotFound', 'NotAllowed', 'SubstitutionOver'],
  }),
  unitSubstitutions: route({
    id: 'unitSubstitutions',
    method: 'GET',
    path: '/api/unit-substitutions',
    tag: '代理',
    summary: '本单位的全部代理',
    access: administrator,
    query: pageQuery,
    response: page(substitution),
    refusals: [],
  }),
  principalChoices: route({
    id: 'principalChoices',
    method: 'GET',
    path: '/api/unit-officers',
    tag: '代理',
    summary: '按姓名查本单位在任人员，为其设置代理',
    access: administrator,
    query: choosing,
    response: officers,
    refusals: [],
  }),
};
