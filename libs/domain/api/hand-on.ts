import { z } from 'zod';
import { acted, actRefusals } from './cases.ts';
import { byId, id, route } from './route.ts';

const handOnRefusals = [...actRefusals, 'AlreadyClaimed', 'LegalEndPassed', 'HandOnNotAllowed', 'NotAPossibleTarget'] as const;
const handOnBody = z.object({ to: id, reason: z.string().trim().min(2).max(500) });
const reasonBody = z.object({ reason: z.string().trim().min(2).max(500) });

/** Handing a task on, asking beside its owner, taking an answer back, and answering many. */
export const handOnRoutes = {
  transfer: route({
    id: 'transfer',
    method: 'POST',
    path: '/api/tasks/:id/transfer',
    tag: '待办',
    summary: '转办',
    access: 'signedIn',
    params: byId,
    body: handOnBody,
    response: acted,
    refusals: handOnRefusals,
  }),
  delegate: route({
    id: 'delegate',
    method: 'POST',
    path: '/api/tasks/:id/delegate',
    tag: '待办',
    summary: '委派：请人提意见，意见到后仍由本人办理',
    access: 'signedIn',
    params: byId,
    body: handOnBody,
    response: acted,
    refusals: [...handOnRefusals, 'AlreadyAsked'],
  }),
  addSigner: route({
    id: 'addSigner',
    method: 'POST',
    path: '/api/tasks/:id/signers',
    tag: '待办',
    summary: '加签（前、并、后）',
    access: 'signedIn',
    params: byId,
    body: handOnBody.extend({ where: z.enum(['before', 'beside', 'after']) }),
    response: acted,
    refusals: [...handOnRefusals, 'AlreadyAsked'],
  }),
  removeSigner: route({
    id: 'removeSigner',
    method: 'POST',
    path: '/api/tasks/:id/remove',
    tag: '待办',
    summary: '减签，或收回委派（:id 是加签或委派的那项待办）',
    access: 'signedIn',
    params: byId,
    body: reasonBody,
    response: acted,
    refusals: ['NotFound', 'NotYourSigner', 'SignerAnswered', 'TaskNotOpen', 'CaseHeld', 'LegalEndPassed'],
  }),
  takeBack: route({
    id: 'takeBack',
    method: 'POST',
    path: '/api/tasks/:id/take-back',
    tag: '待办',
    summary: '拿回（下一环节打开之前）',
    access: 'signedIn',
    params: byId,
    body: reasonBody,
    response: acted,
    refusals: ['NotFound', 'NothingToTakeBack', 'CaseHeld', 'Recused', 'AlreadyEffective', 'ChangeNotUndone', 'CaseEnded'],
  }),
  taskPeople: route({
    id: 'taskPeople',
    method: 'GET',
    path: '/api/tasks/:id/people',
    tag: '待办',
    summary: '可以转办、委派、加签的人员，按姓名查找',
    access: 'signedIn',
    params: byId,
    query: z.object({ for: z.enum(['transfer', 'delegate', 'sign']), q: z.string().trim().max(20).default('') }),
    response: z.object({ items: z.array(z.object({ accountId: id, name: z.string(), posts: z.string() })) }),
    refusals: ['NotFound', 'NotYourTask'],
  }),
  answerMany: route({
    id: 'answerMany',
    method: 'POST',
    path: '/api/bulk-answers',
    tag: '待办',
    summary: '批量办理同一环节的待办，逐件检查、逐件记录',
    access: 'signedIn',
    body: z.object({ taskIds: z.array(id).min(1).max(200), answer: z.record(z.string(), z.unknown()) }),
    response: z.object({
      done: z.number().int(),
      refused: z.array(z.object({ taskId: id, code: z.string(), text: z.string() })),
    }),
    refusals: [],
  }),
};
