import { z } from 'zod';
import { caseLine } from './case-views.ts';
import { acted } from './cases.ts';
import { byId, id, instant, page, pageQuery, route } from './route.ts';

/** A line of 抄送我的. */
export const copyLine = caseLine.extend({
  givenBy: z.string(),
  givenAt: instant,
  note: z.string().nullable(),
  readAt: instant.nullable().meta({ description: '本人首次阅读' }),
});

const reason = z.string().trim().min(2).max(2000);
const note = z.string().trim().max(500).optional();
const onPaper = z.object({ reason, documentNo: z.string().trim().min(2).max(60).meta({ description: '文号' }) });
const governing = ['NotFound', 'CaseEnded', 'AdministratorDecidesNothing', 'NotProcessOwner', 'OwnCase', 'Relative', 'Recused'] as const;

/** What people do with a case as a whole. */
export const caseActRoutes = {
  hold: route({
    id: 'hold',
    method: 'POST',
    path: '/api/cases/:id/hold',
    tag: '办件',
    summary: '挂起：工作日时限停止计算',
    access: 'signedIn',
    params: byId,
    body: onPaper,
    response: acted,
    refusals: [...governing, 'AlreadyHeld'],
  }),
  resume: route({
    id: 'resume',
    method: 'POST',
    path: '/api/cases/:id/resume',
    tag: '办件',
    summary: '恢复：工作日时限按挂起的工作日顺延',
    access: 'signedIn',
    params: byId,
    body: onPaper,
    response: acted,
    refusals: [...governing, 'NotHeld'],
  }),
  cancel: route({
    id: 'cancel',
    method: 'POST',
    path: '/api/cases/:id/cancel',
    tag: '办件',
    summary: '撤销（县区，生效之前）',
    access: 'signedIn',
    params: byId,
    body: z.object({ reason }),
    response: acted,
    refusals: [...governing, 'AlreadyEffective', 'LegalEndPassed', 'NotCancelled'],
  }),
  urge: route({
    id: 'urge',
    method: 'POST',
    path: '/api/tasks/:id/urge',
    tag: '待办',
    summary: '催办，每项待办半个工作日一次',
    access: 'signedIn',
    params: byId,
    body: z.object({ note }),
    response: acted,
    refusals: ['NotFound', 'TaskNotOpen', 'MayNotUrge', 'CaseHeld', 'UrgesOneself', 'UrgedAlready'],
  }),
  recuse: route({
    id: 'recuse',
    method: 'POST',
    path: '/api/cases/:id/recusal',
    tag: '办件',
    summary: '申请回避',
    access: 'signedIn',
    params: byId,
    body: z.object({ reason }),
    response: acted,
    refusals: ['NotFound', 'CaseEnded', 'NotAsked', 'CaseHeld', 'Recused'],
  }),
  copy: route({
    id: 'copy',
    method: 'POST',
    path: '/api/cases/:id/copies',
    tag: '办件',
    summary: '抄送',
    access: 'signedIn',
    params: byId,
    body: z.object({ to: z.array(id).min(1).max(20), note }),
    response: acted,
    refusals: ['NotFound', 'CaseEnded', 'MayNotCopy', 'OutsideConfidentiality', 'AlreadyCopied'],
  }),
  readersToChoose: route({
    id: 'readersToChoose',
    method: 'GET',
    path: '/api/cases/:id/readers',
    tag: '办件',
    summary: '可以抄送的人员',
    access: 'signedIn',
    params: byId,
    query: z.object({ q: z.string().trim().max(40).optional() }),
    response: z.object({ items: z.array(z.object({ accountId: id, name: z.string(), posts: z.string() })) }),
    refusals: ['NotFound', 'CaseEnded', 'MayNotCopy'],
  }),
  copies: route({
    id: 'copies',
    method: 'GET',
    path: '/api/copies',
    tag: '办件',
    summary: '抄送我的',
    access: 'signedIn',
    query: pageQuery.extend({ box: z.enum(['unread', 'all']).default('all') }),
    response: page(copyLine),
    refusals: [],
  }),
};
