import { z } from 'zod';
import { byId, id, instant, isoDate, named, page, pageQuery, personRef, route, unitRef } from './route.ts';

/** A due moment as people read it. `state: 'unknown'` = the year's calendar is missing; `tentative` = from a provisional table (暂定). */
export const due = z.object({ at: instant.nullable(), tentative: z.boolean(), state: z.enum(['open', 'soon', 'overdue', 'unknown', 'none']), workingDaysLeft: z.number().int().nullable() });

/** A line of the inbox. */
export const taskLine = z.object({
  id, caseId: id, caseNo: z.string(), process: z.string(), processTitle: z.string(), stage: z.string(), stageTitle: z.string(), round: z.number().int(),
  title: z.string().meta({ description: '当事人或事由' }), unit: unitRef, unitLine: z.string().meta({ description: '街道 · 社区' }),
  status: z.enum(['open', 'done', 'closed']), mine: z.boolean().meta({ description: '已由我认领或指名给我' }), claimedBy: z.string().nullable(),
  escalated: z.boolean(), openedAt: instant, due, verdict: z.string().nullable(), answeredAt: instant.nullable(),
});

export const action = z.object({
  verb: z.string(), title: z.string(), allowed: z.boolean(), why: z.string().nullable().meta({ description: '现在不能做的原因' }), code: z.string().nullable(),
});

export const change = z.object({ label: z.string(), before: z.string().nullable(), after: z.string().nullable() });

/** One task with what its page needs: the form's last values, what will change, and what this reader may do. */
export const task = taskLine.extend({
  kind: z.string(), form: z.string().nullable(), panel: z.string().nullable().meta({ description: '会签规则，一句话' }),
  members: z.array(z.object({ name: z.string(), state: z.enum(['asked', 'answered', 'closed']), verdict: z.string().nullable() })),
  note: z.string().nullable(), answer: z.record(z.string(), z.unknown()).nullable(), lastRound: z.record(z.string(), z.unknown()).nullable(),
  choices: z.record(z.string(), z.array(z.object({ value: z.string(), label: z.string() }))).meta({ description: '需从人员中选择的字段的可选项' }),
  changes: z.array(change).meta({ description: '同意后这些内容会改变' }),
  returnTargets: z.array(z.object({ stage: z.string(), title: z.string() })), actions: z.array(action), version: z.number().int(),
});

export const timelineItem = z.object({
  at: instant, who: z.string(), posts: z.string(), actingFor: z.string().nullable(), verb: z.string(), title: z.string(), stage: z.string().nullable(), round: z.number().int().nullable(),
  words: z.string().nullable(), accepted: z.boolean(), refusal: z.string().nullable(), changes: z.array(change), tone: z.enum(['done', 'returned', 'refused', 'system', 'info']),
});

export const stageNow = z.object({
  stage: z.string(), title: z.string(), rounds: z.array(z.object({ round: z.number().int(), status: z.enum(['open', 'closed', 'superseded', 'expired']), openedAt: instant, closedAt: instant.nullable(), verdict: z.string().nullable(), who: z.string().nullable(), due })),
});

export const caseLine = z.object({
  id, caseNo: z.string(), process: z.string(), processTitle: z.string(), title: z.string(), unit: unitRef, unitLine: z.string(), status: z.enum(['running', 'withdrawing', 'ended']), outcome: z.string().nullable(), outcomeTitle: z.string().nullable(),
  at: z.string().nullable().meta({ description: '现在所在环节，或在等什么' }), startedAt: instant, endedAt: instant.nullable(), due,
});

export const caseView = caseLine.extend({
  starter: personRef.nullable(), subject: z.object({ personId: id.nullable(), name: z.string() }).nullable(), effectiveAt: instant.nullable(), version: z.number().int(),
  dates: z.array(z.object({ label: z.string(), on: isoDate.nullable(), note: z.string().nullable() })).meta({ description: '试用期起止等' }),
  policy: z.array(z.object({ label: z.string(), value: z.string(), assumed: z.boolean() })), stages: z.array(stageNow),
  waitingFor: z.object({ title: z.string(), until: instant.nullable() }).nullable(),
  timeline: z.array(timelineItem), myTaskId: id.nullable(),
  attachments: z.array(z.object({ id, name: z.string(), size: z.number().int(), type: z.string(), stageTitle: z.string().nullable(), who: z.string(), at: instant, sha256: z.string() })),
  comments: z.array(z.object({ id, who: z.string(), text: z.string(), at: instant })),
  events: z.array(z.object({ event: z.string(), title: z.string(), allowed: z.boolean(), why: z.string().nullable() })),
  incidents: z.array(z.object({ id, title: z.string(), openedAt: instant, resolvedAt: instant.nullable() })), actions: z.array(action),
});

/** A rehearsed date of a case: a stage's deadline, a reminder or a legal limit. */
export const rehearsedDate = z.object({ on: isoDate, at: instant.nullable(), kind: z.enum(['stage', 'reminder', 'legal', 'wait', 'end']), title: z.string(), who: z.string().nullable(), rule: z.string().nullable(), tentative: z.boolean(), unknown: z.boolean() });
export const startBody = z.object({ process: named, input: z.record(z.string(), z.unknown()) });
const acted = z.object({ caseId: id, version: z.number().int(), nextTaskId: id.nullable().meta({ description: '本人在本件的下一个待办，若已出现' }) });
const version = z.object({ after: z.coerce.number().int().min(0) });
const startRefusals = ['NotFound', 'NotInYourUnits', 'NotYourRole', 'BadRequest', 'AlreadyRunning', 'NotOnProbation', 'ProbationTooLong', 'ProbationOver'] as const;
const actRefusals = ['NotFound', 'TaskNotOpen', 'NotYourTask', 'OwnCase', 'StarterMayNotDecide', 'FourEyes', 'Relative', 'AdministratorDecidesNothing'] as const;

export const caseRoutes = {
  processes: route({
    id: 'processes', method: 'GET', path: '/api/processes', tag: '发起', summary: '流程目录', access: 'signedIn',
    response: z.object({ items: z.array(z.object({ name: z.string(), title: z.string(), summary: z.string(), takes: z.string(), laws: z.array(z.object({ title: z.string(), articles: z.string() })), mayStart: z.boolean(), why: z.string().nullable() })) }), refusals: [],
  }),
  rehearse: route({ id: 'rehearse', method: 'POST', path: '/api/rehearsals', tag: '发起', summary: '预演：发起前看整件的全部日期', access: 'signedIn', body: startBody, response: z.object({ dates: z.array(rehearsedDate), outcome: z.string(), notes: z.array(z.string()) }), refusals: [...startRefusals, 'Unavailable'] }),
  startCase: route({ id: 'startCase', method: 'POST', path: '/api/cases', tag: '发起', summary: '发起一件', access: 'signedIn', body: startBody, response: z.object({ caseId: id, caseNo: z.string(), version: z.number().int() }), status: 201, refusals: startRefusals }),
  probationCandidates: route({
    id: 'probationCandidates', method: 'GET', path: '/api/probation/candidates', tag: '发起', summary: '在试用期内、可以发起转正的人员', access: { roles: ['COUNTY_ORG', 'COUNTY_HR', 'CITY_ORG'] },
    response: z.object({ on: isoDate, items: z.array(z.object({ personId: id, staffNo: z.string(), name: z.string(), unitLine: z.string(), startedOn: isoDate, lastDay: isoDate, daysLeft: z.number().int(), assumed: z.boolean(), runningCaseId: id.nullable(), midpointOn: isoDate, midpointPast: z.boolean() })) }), refusals: [],
  }),
  startMany: route({ id: 'startMany', method: 'POST', path: '/api/start-jobs', tag: '发起', summary: '成批发起，逐人检查、逐人记录', access: { roles: ['COUNTY_ORG', 'COUNTY_HR', 'CITY_ORG'] }, body: z.object({ process: named, items: z.array(z.object({ key: z.string().max(100), input: z.record(z.string(), z.unknown()) })).min(1).max(3000) }), response: z.object({ jobId: id, count: z.number().int() }), status: 202, refusals: ['NotFound'] }),
  startJob: route({ id: 'startJob', method: 'GET', path: '/api/start-jobs/:id', tag: '发起', summary: '成批发起的进度与逐人结果', access: 'signedIn', params: byId, response: z.object({ id, total: z.number().int(), done: z.number().int(), started: z.number().int(), finished: z.boolean(), refused: z.array(z.object({ key: z.string(), code: z.string(), text: z.string(), caseId: id.nullable() })) }), refusals: ['NotFound'] }),

  tasks: route({
    id: 'tasks', method: 'GET', path: '/api/tasks', tag: '待办', summary: '我的待办、已办', access: 'signedIn',
    query: pageQuery.extend({ box: z.enum(['open', 'done']).default('open'), process: named.optional(), stage: named.optional(), unit: z.string().max(20).optional(), due: z.enum(['overdue', 'today', 'week']).optional(), q: z.string().trim().max(40).optional(), caseId: id.optional() }),
    response: page(taskLine), refusals: [],
  }),
  task: route({ id: 'task', method: 'GET', path: '/api/tasks/:id', tag: '待办', summary: '一个待办', access: 'signedIn', params: byId, response: task, refusals: ['NotFound', 'NotYourTask'] }),
  claim: route({ id: 'claim', method: 'POST', path: '/api/tasks/:id/claim', tag: '待办', summary: '认领', access: 'signedIn', params: byId, response: acted, refusals: [...actRefusals, 'AlreadyClaimed'] }),
  release: route({ id: 'release', method: 'POST', path: '/api/tasks/:id/release', tag: '待办', summary: '放回', access: 'signedIn', params: byId, response: acted, refusals: [...actRefusals, 'NotClaimed'] }),
  answer: route({ id: 'answer', method: 'POST', path: '/api/tasks/:id/answer', tag: '待办', summary: '办理（按环节的表单）', access: 'signedIn', params: byId, body: z.object({ answer: z.record(z.string(), z.unknown()) }), response: acted, refusals: [...actRefusals, 'AlreadyClaimed', 'AnswerDoesNotFit', 'LegalEndPassed', 'ConditionsNotConfirmed'] }),
  returnTask: route({ id: 'returnTask', method: 'POST', path: '/api/tasks/:id/return', tag: '待办', summary: '退回到更早的环节', access: 'signedIn', params: byId, body: z.object({ to: named, reason: z.string().trim().min(2).max(2000), then: z.enum(['through', 'straightBack']) }), response: acted, refusals: [...actRefusals, 'AlreadyClaimed', 'NotAnEarlierStage', 'ReturnNotAllowed', 'AlreadyEffective', 'ChangeNotUndone', 'LegalEndPassed'] }),

  cases: route({ id: 'cases', method: 'GET', path: '/api/cases', tag: '办件', summary: '我发起的或我辖区的办件', access: 'signedIn', query: pageQuery.extend({ box: z.enum(['started', 'units', 'mine']).default('started'), status: z.enum(['running', 'ended']).optional(), q: z.string().trim().max(40).optional() }), response: page(caseLine), refusals: [] }),
  case: route({ id: 'case', method: 'GET', path: '/api/cases/:id', tag: '办件', summary: '一件的全貌', access: 'signedIn', params: byId, response: caseView, refusals: ['NotFound', 'NotYourCase'] }),
  next: route({ id: 'next', method: 'GET', path: '/api/cases/:id/next', tag: '办件', summary: '等这件在某一版本之后的变化，最多 400 毫秒', access: 'signedIn', params: byId, query: version, response: z.object({ version: z.number().int(), status: z.string(), taskIds: z.array(id).meta({ description: '本人可办的开放待办' }) }), refusals: ['NotFound', 'NotYourCase'] }),
  withdraw: route({ id: 'withdraw', method: 'POST', path: '/api/cases/:id/withdraw', tag: '办件', summary: '撤回（生效之前）', access: 'signedIn', params: byId, body: z.object({ reason: z.string().trim().min(2).max(2000) }), response: acted, refusals: ['NotFound', 'NotYourCase', 'OnlyStarterWithdraws', 'AlreadyEffective', 'CaseEnded'] }),
  declare: route({ id: 'declare', method: 'POST', path: '/api/cases/:id/events/:event', tag: '办件', summary: '申报事项（辞职、书面中止等，按流程）', access: 'signedIn', params: byId.extend({ event: named }), body: z.object({ answer: z.record(z.string(), z.unknown()) }), response: acted, refusals: ['NotFound', 'NotYourCase', 'NotYourEvent', 'CaseEnded', 'AlreadyDeclared', 'AlreadyEffective', 'AnswerDoesNotFit', 'NoTransferInProbation', 'SuspensionBeforeToday', 'LegalEndPassed'] }),
  comment: route({ id: 'comment', method: 'POST', path: '/api/cases/:id/comments', tag: '办件', summary: '评论', access: 'signedIn', params: byId, body: z.object({ text: z.string().trim().min(1).max(2000) }), response: acted, status: 201, refusals: ['NotFound', 'NotYourCase', 'CaseEnded'] }),
  attach: route({ id: 'attach', method: 'POST', path: '/api/cases/:id/attachments', tag: '办件', summary: '上传附件', access: 'signedIn', params: byId, upload: z.object({}), response: z.object({ id, sha256: z.string(), version: z.number().int() }), status: 201, refusals: ['NotFound', 'NotYourCase', 'CaseEnded', 'TooLarge', 'FileTypeRefused'] }),
  attachment: route({ id: 'attachment', method: 'GET', path: '/api/cases/:id/attachments/:file', tag: '办件', summary: '下载附件', access: 'signedIn', params: byId.extend({ file: id }), binary: 'application/octet-stream', refusals: ['NotFound', 'NotYourCase'] }),
};
