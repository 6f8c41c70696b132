import { z } from 'zod';
import { educations } from '../person-words.ts';
import { examPlans } from '../recruitment/announcement.ts';
import { requirements } from '../recruitment/posts.ts';
import { conditions, registration, registrationDraft } from '../recruitment/registration.ts';
import { exceptions, negatives } from '../recruitment/rules.ts';
import { standings } from '../recruitment/standing.ts';
import { byId, id, instant, isoDate, route, unitRef } from './route.ts';
import { me } from './session.ts';

const tag = '招聘报名';
const candidates = { roles: ['CANDIDATE'] } as const;

export const announcementLine = z.object({
  id,
  title: z.string(),
  issuer: z.string(),
  documentNo: z.string().nullable(),
  postedAt: instant,
  registrationFrom: instant,
  registrationTo: instant,
  phase: z.enum(['soon', 'open', 'closed', 'cancelled']).meta({ description: '未开始、报名中、已截止、已取消' }),
  posts: z.number().int(),
  places: z.number().int(),
});
export const announcementView = announcementLine.extend({
  cutOffOn: isoDate.meta({ description: '年龄计算截止日' }),
  contact: z.string(),
  exams: examPlans,
  cancelReason: z.string().nullable(),
  rules: z.object({
    ages: z.object({ min: z.number(), max: z.number(), extendedMax: z.number(), extendedFor: z.array(z.enum(exceptions)) }),
    born: z.object({ from: isoDate, to: isoDate }),
    education: z.object({ minimum: z.enum(educations), loweredTo: z.enum(educations), loweredFor: z.array(z.enum(exceptions)) }),
    interviewRatio: z.number().int(),
    openRatio: z.number().int(),
    weights: z.object({ written: z.number().int(), interview: z.number().int() }),
    passLine: z.number().nullable(),
    bonus: z.array(z.object({ code: z.string(), title: z.string(), points: z.number() })),
    negatives: z.array(z.enum(negatives)),
  }),
  table: z.array(
    z.object({
      code: z.string(),
      title: z.string(),
      street: z.string(),
      unit: z.string(),
      planned: z.number().int(),
      places: z.number().int().nullable().meta({ description: '开考后的招聘人数' }),
      opening: z.enum(['kept', 'reduced', 'cancelled']).nullable(),
      openingReason: z.string().nullable(),
      communities: z.array(z.object({ name: z.string(), number: z.number().int() })),
      requirements,
    }),
  ),
  counties: z.array(unitRef),
  today: isoDate,
});

const mark = z
  .union([z.number().int(), z.literal('absent')])
  .nullable()
  .meta({ description: '百分之一分；缺考为 absent' });
export const ownApplication = z.object({
  caseId: id,
  caseNo: z.string(),
  batchId: id,
  batchTitle: z.string(),
  post: z.object({ code: z.string(), title: z.string(), unit: z.string() }),
  name: z.string(),
  idNoMasked: z.string(),
  submittedAt: instant,
  standing: z.enum(standings),
  standingTitle: z.string(),
  reason: z.string().nullable(),
  ticketNo: z.string().nullable(),
  exams: examPlans,
  written: mark,
  writtenRank: z.number().int().nullable(),
  interview: mark,
  total: z.number().int().nullable(),
  rank: z.number().int().nullable(),
  mayWaive: z.boolean(),
});

export const candidateRoutes = {
  announcements: route({
    id: 'announcements',
    method: 'GET',
    path: '/api/announcements',
    tag,
    summary: '招聘公告（公开）',
    access: 'public',
    rate: 'notices',
    response: z.object({ items: z.array(announcementLine) }),
    refusals: [],
  }),
  announcement: route({
    id: 'announcement',
    method: 'GET',
    path: '/api/announcements/:id',
    tag,
    summary: '一份招聘公告和岗位表（公开）',
    access: 'public',
    rate: 'notices',
    params: byId,
    response: announcementView,
    refusals: ['NotFound'],
  }),
  checkConditions: route({
    id: 'checkConditions',
    method: 'POST',
    path: '/api/announcements/:id/conditions',
    tag,
    summary: '是否符合岗位条件（即时答复，不留存）',
    access: 'public',
    rate: 'notices',
    params: byId,
    body: conditions,
    response: z.object({ reasons: z.array(z.object({ code: z.string(), text: z.string() })) }),
    refusals: ['NotFound', 'NoSuchPost'],
  }),
  sendCandidateCode: route({
    id: 'sendCandidateCode',
    method: 'POST',
    path: '/api/candidate-codes',
    tag,
    summary: '向报考人员的邮箱发登录验证码',
    access: 'public',
    body: z.object({ email: z.email({ error: '请填写邮箱' }).max(100) }),
    response: z.object({ minutes: z.number().int() }),
    status: 202,
    refusals: ['TooManyCodes'],
  }),
  candidateSignIn: route({
    id: 'candidateSignIn',
    method: 'POST',
    path: '/api/candidate-session',
    tag,
    summary: '报考人员用验证码登录',
    access: 'public',
    body: z.object({
      email: z.email({ error: '请填写邮箱' }).max(100),
      code: z
        .string()
        .trim()
        .regex(/^\d{6}$/, '验证码是六位数字'),
    }),
    response: me,
    status: 201,
    refusals: ['CodeRefused'],
  }),
  ownApplications: route({
    id: 'ownApplications',
    method: 'GET',
    path: '/api/applications',
    tag,
    summary: '我的报名',
    access: candidates,
    response: z.object({ items: z.array(ownApplication) }),
    refusals: [],
  }),
  applicationDraft: route({
    id: 'applicationDraft',
    method: 'GET',
    path: '/api/announcements/:id/draft',
    tag,
    summary: '没有填完的报名表',
    access: candidates,
    params: byId,
    response: z.object({ draft: registrationDraft.nullable(), savedAt: instant.nullable() }),
    refusals: [],
  }),
  saveApplicationDraft: route({
    id: 'saveApplicationDraft',
    method: 'PUT',
    path: '/api/announcements/:id/draft',
    tag,
    summary: '保存没有填完的报名表',
    access: candidates,
    params: byId,
    body: registrationDraft,
    response: z.object({ savedAt: instant }),
    refusals: ['NotFound', 'RegistrationClosed'],
  }),
  apply: route({
    id: 'apply',
    method: 'POST',
    path: '/api/announcements/:id/applications',
    tag,
    summary: '提交报名表',
    access: candidates,
    params: byId,
    body: registration,
    response: z.object({ caseId: id }),
    status: 201,
    refusals: [
      'NotFound',
      'NoSuchPost',
      'RegistrationClosed',
      'IdNumberFaulty',
      'NotEligible',
      'OtherCandidate',
      'AppliedAlready',
      'CaseEnded',
    ],
  }),
  waiveApplication: route({
    id: 'waiveApplication',
    method: 'POST',
    path: '/api/applications/:id/waive',
    tag,
    summary: '放弃报考（放弃声明）',
    access: candidates,
    params: byId,
    body: z.object({ reason: z.string().trim().min(2, '请填写原因').max(200), declared: z.literal(true) }),
    response: z.object({ standing: z.literal('out') }),
    refusals: ['NotFound', 'ApplicationOver'],
  }),
  applicationTicket: route({
    id: 'applicationTicket',
    method: 'GET',
    path: '/api/applications/:id/ticket',
    tag,
    summary: '准考证（PDF）',
    access: candidates,
    params: byId,
    binary: 'application/pdf',
    refusals: ['NotFound', 'NoTicketYet'],
  }),
};
