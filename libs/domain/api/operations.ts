import { z } from 'zod';
import { byId, id, instant, isoDate, page, pageQuery, route } from './route.ts';
import { caseLine, taskLine } from './case-views.ts';

/** 工作台 in one answer; every number is also a link to its list. */
export const workbench = z.object({
  counts: z.object({
    open: z.number().int(),
    overdue: z.number().int(),
    today: z.number().int(),
    unclaimed: z.number().int(),
    started: z.number().int(),
    doneThisMonth: z.number().int(),
    unread: z.number().int().meta({ description: '未阅的抄送' }),
    incidents: z.number().int(),
  }),
  capped: z.boolean().meta({ description: '计数超过 1000 时只显示 1000+' }),
  tasks: z.array(taskLine),
  started: z.array(caseLine),
  nextWeek: z.array(z.object({ on: isoDate, title: z.string(), caseId: id })),
  incidents: z.array(z.object({ id, kind: z.string(), title: z.string(), safe: z.string(), caseId: id.nullable(), openedAt: instant })),
});

export const ledgerLine = z.object({
  id: z.string(),
  chain: z.string(),
  seq: z.number().int(),
  at: instant,
  who: z.string(),
  posts: z.string(),
  actingFor: z.string().nullable(),
  verb: z.string(),
  title: z.string(),
  caseId: id.nullable(),
  caseNo: z.string().nullable(),
  personId: id.nullable(),
  personName: z.string().nullable(),
  accepted: z.boolean(),
  refusal: z.string().nullable(),
  changes: z.array(z.object({ label: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
  hash: z.string(),
  sealNo: z.number().int().nullable(),
});

/** All that a stranger needs to see that an entry stood in the ledger when its seal was made; without place and seal while none covers it. Bytes in hex. */
export const ledgerProof = z.object({
  entry: z.object({ chain: z.string(), seq: z.number().int(), prevHash: z.string(), body: z.string(), hash: z.string() }),
  position: z.number().int().nullable(),
  path: z.array(z.string()),
  seal: z
    .object({
      no: z.number().int(),
      prevHash: z.string(),
      root: z.string(),
      count: z.number().int(),
      keyId: z.string(),
      at: instant,
      hash: z.string(),
      signature: z.string(),
    })
    .nullable(),
  publicKey: z.string().meta({ description: 'PEM' }),
});

export const verification = z.object({
  ok: z.boolean(),
  at: instant,
  entries: z.number().int(),
  chains: z.number().int(),
  seals: z.number().int(),
  unsealed: z.number().int(),
  oldestUnsealedAt: instant.nullable(),
  keyId: z.string(),
  broken: z.object({ code: z.string(), text: z.string(), entryId: z.string().nullable(), sealNo: z.number().int().nullable() }).nullable(),
  lines: z.array(z.string()),
  milliseconds: z.number().int(),
});
/** Pages of rows that are numbered: the cursor is a number. */
const numbered = pageQuery.extend({
  after: z
    .string()
    .regex(/^\d{1,18}$/, '翻页标记不正确')
    .optional(),
});
const audit = { roles: ['AUDITOR'] as const };
const owners = { roles: ['COUNTY_ORG', 'COUNTY_HR', 'CITY_ORG', 'SYSTEM_ADMIN'] as const };

export const operationRoutes = {
  workbench: route({
    id: 'workbench',
    method: 'GET',
    path: '/api/workbench',
    tag: '工作台',
    summary: '工作台',
    access: 'signedIn',
    response: workbench,
    refusals: [],
  }),
  ledger: route({
    id: 'ledger',
    method: 'GET',
    path: '/api/ledger',
    tag: '审计',
    summary: '账本条目，按人员、办件、经办人、时间、动作查',
    access: audit,
    query: numbered.extend({
      q: z.string().trim().max(40).optional(),
      caseId: id.optional(),
      personId: id.optional(),
      accountId: id.optional(),
      verb: z.string().max(40).optional(),
      accepted: z.enum(['true', 'false']).optional(),
      from: isoDate.optional(),
      to: isoDate.optional(),
    }),
    response: page(ledgerLine),
    refusals: [],
  }),
  ledgerProof: route({
    id: 'ledgerProof',
    method: 'GET',
    path: '/api/ledger/:id/proof',
    tag: '审计',
    summary: '一条的证明：原文、哈希、到封存根的路径与签名',
    access: audit,
    params: z.object({ id: z.string().regex(/^\d{1,18}$/) }),
    response: ledgerProof,
    refusals: ['NotFound'],
  }),
  verify: route({
    id: 'verify',
    method: 'POST',
    path: '/api/ledger/verifications',
    tag: '审计',
    summary: '核验账本（哈希链、封存、签名、文件）',
    access: audit,
    response: verification,
    refusals: ['Unavailable'],
  }),
  mails: route({
    id: 'mails',
    method: 'GET',
    path: '/api/mails',
    tag: '提醒',
    summary: '发给谁、为什么、何时、送到没有',
    access: 'signedIn',
    query: numbered.extend({
      scope: z.enum(['mine', 'units']).default('mine'),
      status: z.enum(['waiting', 'sent', 'failed', 'no-address', 'digest']).optional(),
      caseId: id.optional(),
    }),
    response: page(
      z.object({
        id: z.string(),
        at: instant,
        to: z.string(),
        address: z.string(),
        subject: z.string(),
        event: z.string(),
        caseId: id.nullable(),
        status: z.enum(['waiting', 'sending', 'sent', 'failed', 'no-address', 'digest']),
        sentAt: instant.nullable(),
        notBefore: instant,
        attempts: z.number().int(),
        lastError: z.string().nullable(),
      }),
    ),
    refusals: [],
  }),
  mailAttempts: route({
    id: 'mailAttempts',
    method: 'GET',
    path: '/api/mails/:id/attempts',
    tag: '提醒',
    summary: '一封邮件每次投递的经过',
    access: 'signedIn',
    params: z.object({ id: z.string().regex(/^\d{1,18}$/) }),
    response: z.object({ attempts: z.array(z.object({ at: instant, outcome: z.string(), detail: z.string().nullable() })) }),
    refusals: ['NotFound'],
  }),
  retryMail: route({
    id: 'retryMail',
    method: 'POST',
    path: '/api/mails/:id/retry',
    tag: '提醒',
    summary: '重新发送失败的邮件',
    access: owners,
    params: z.object({ id: z.string().regex(/^\d{1,18}$/) }),
    status: 204,
    refusals: ['NotFound', 'MailNotFailed', 'MailWithoutAddress'],
  }),
  demoInbox: route({
    id: 'demoInbox',
    method: 'GET',
    path: '/api/demo-inbox',
    tag: '提醒',
    summary: '演示邮箱：内置收件箱收到的邮件（只在演示模式）',
    access: 'signedIn',
    query: pageQuery.extend({ all: z.enum(['true', 'false']).default('false') }),
    response: page(
      z.object({
        messageId: z.string(),
        recipient: z.string(),
        subject: z.string(),
        text: z.string(),
        html: z.string().nullable(),
        receivedAt: instant,
        copies: z.number().int(),
      }),
    ),
    refusals: ['NotFound'],
  }),
  incidents: route({
    id: 'incidents',
    method: 'GET',
    path: '/api/incidents',
    tag: '事件',
    summary: '事件：发生了什么、可以安全地做什么',
    access: owners,
    query: pageQuery.extend({ open: z.enum(['true', 'false']).default('true') }),
    response: page(
      z.object({
        id,
        kind: z.string(),
        title: z.string(),
        safe: z.string(),
        caseId: id.nullable(),
        caseNo: z.string().nullable(),
        openedAt: instant,
        resolvedAt: instant.nullable(),
        resolution: z.string().nullable(),
      }),
    ),
    refusals: [],
  }),
  caseChecks: route({
    id: 'caseChecks',
    method: 'GET',
    path: '/api/case-checks',
    tag: '事件',
    summary: '夜间对账：近几次核对了多少办件、有几处不符',
    access: owners,
    response: z.object({
      items: z.array(z.object({ at: instant, since: instant, until: instant, cases: z.number().int(), faults: z.number().int() })),
    }),
    refusals: [],
  }),
  resolveIncident: route({
    id: 'resolveIncident',
    method: 'POST',
    path: '/api/incidents/:id/resolve',
    tag: '事件',
    summary: '处理事件并写明做了什么',
    access: owners,
    params: byId,
    body: z.object({ resolution: z.string().trim().min(2).max(1000) }),
    status: 204,
    refusals: ['NotFound', 'NotInYourUnits', 'IncidentResolved'],
  }),
};
