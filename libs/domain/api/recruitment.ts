import { z } from 'zod';
import { byId, id, instant, route } from './route.ts';

const workbookRefusals = [
  'WorkbookTooLarge',
  'WorkbookEmpty',
  'WorkbookOldFormat',
  'WorkbookEncrypted',
  'WorkbookIsProgram',
  'WorkbookIsText',
  'WorkbookHasMacros',
  'WorkbookOtherFormat',
  'WorkbookBomb',
  'WorkbookBroken',
  'WorkbookTooManyRows',
  'WorkbookNoHeader',
  'WorkbookNoRows',
  'WorkbookNoSheet',
  'WorkbookColumns',
  'CaseEnded',
  'PostTableFixed',
  'NotAnnounced',
  'NoTickets',
] as const;
const officers = { roles: ['COUNTY_ORG', 'COUNTY_HR', 'CITY_ORG'] } as const;
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const tag = '招聘';
const paperFormat = z.object({ format: z.enum(['docx', 'pdf']).default('pdf') });
const theirs = ['NotFound', 'NotInYourUnits'] as const;

export const uploadKind = z
  .enum(['posts', 'applicants', 'written', 'interview', 'extra'])
  .meta({ description: '岗位表、报名人员、笔试、面试、加试成绩' });
export const registerKind = z
  .enum(['applicants', 'scores', 'interview', 'hires'])
  .meta({ description: '报名名册、成绩册、面试名单、拟聘名册' });

export const uploadResult = z.object({
  added: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  left: z.number().int().meta({ description: '有错误、没有导入的行' }),
});
const uploadFault = z.object({
  row: z.number().int(),
  letter: z.string(),
  header: z.string(),
  severity: z.enum(['error', 'check']),
  code: z.string(),
  written: z.string(),
  problem: z.string(),
  fix: z.string(),
  message: z.string(),
});
/** One upload as a list has it. */
export const uploadLine = z.object({
  id,
  kind: uploadKind,
  fileName: z.string(),
  status: z.enum(['checked', 'confirmed', 'discarded']),
  uploadedAt: instant,
  rows: z.number().int(),
  good: z.number().int(),
  refusedRows: z.number().int(),
  added: z.number().int(),
  updated: z.number().int().meta({ description: '成绩为更正' }),
  unchanged: z.number().int(),
  groups: z.array(z.object({ group: z.string(), count: z.number().int(), codes: z.array(z.string()) })),
  result: uploadResult.nullable(),
});
export const upload = uploadLine.extend({
  missing: z.array(z.string()).meta({ description: '应考而表中没有的准考证号' }),
  skipped: z.array(z.number().int()),
  verdicts: z.array(
    z.object({
      row: z.number().int(),
      label: z.string().nullable(),
      verdict: z.enum(['new', 'update', 'unchanged', 'refused']),
      checks: z.number().int(),
    }),
  ),
  faults: z.array(uploadFault),
});

export const recruitmentRoutes = {
  recruitmentPaper: route({
    id: 'recruitmentPaper',
    method: 'GET',
    path: '/api/recruitment/:id/papers/:paper',
    tag,
    summary: '招聘批次的文书（用人需求表、公告、成绩公告、拟聘公示）',
    access: officers,
    params: byId.extend({ paper: z.enum(['need', 'announcement', 'scores', 'hires']) }),
    query: paperFormat,
    binary: 'application/octet-stream',
    refusals: theirs,
  }),
  applicationPaper: route({
    id: 'applicationPaper',
    method: 'GET',
    path: '/api/applications/:id/papers/:paper',
    tag,
    summary: '一份报名的文书（准考证、聘用审批表、报到通知书、劳动合同）',
    access: officers,
    params: byId.extend({ paper: z.enum(['ticket', 'approval', 'reportIn', 'contract']) }),
    query: paperFormat,
    binary: 'application/octet-stream',
    refusals: ['NoTicketYet', ...theirs],
  }),
  checkRecruitment: route({
    id: 'checkRecruitment',
    method: 'POST',
    path: '/api/recruitment/:id/uploads',
    tag,
    summary: '上传招聘批次的表格并试运行（不写入）',
    access: officers,
    params: byId,
    upload: z.object({ kind: uploadKind }),
    response: upload,
    status: 201,
    refusals: [...theirs, ...workbookRefusals],
  }),
  recruitmentUploads: route({
    id: 'recruitmentUploads',
    method: 'GET',
    path: '/api/recruitment/:id/uploads',
    tag,
    summary: '一个批次的上传记录',
    access: officers,
    params: byId,
    response: z.object({ items: z.array(uploadLine) }),
    refusals: theirs,
  }),
  recruitmentUpload: route({
    id: 'recruitmentUpload',
    method: 'GET',
    path: '/api/recruitment-uploads/:id',
    tag,
    summary: '一次上传和它的逐行结论',
    access: officers,
    params: byId,
    response: upload,
    refusals: [...theirs],
  }),
  confirmRecruitment: route({
    id: 'confirmRecruitment',
    method: 'POST',
    path: '/api/recruitment-uploads/:id/confirm',
    tag,
    summary: '确认一次上传（整表一次写入）',
    access: officers,
    params: byId,
    body: z.object({ goodRowsOnly: z.boolean().default(false), reason: z.string().trim().min(2).max(200).optional() }),
    response: uploadResult,
    refusals: [
      'NotFound',
      ...theirs,
      ...workbookRefusals,
      'ImportFileGone',
      'ImportNothingGood',
      'ImportHasFaults',
      'CorrectionNeedsReason',
    ],
  }),
  markedRecruitment: route({
    id: 'markedRecruitment',
    method: 'GET',
    path: '/api/recruitment-uploads/:id/marked',
    tag,
    summary: '标注了错误的原工作簿',
    access: officers,
    params: byId,
    binary: xlsx,
    refusals: [...theirs, ...workbookRefusals, 'ImportFileGone'],
  }),
  recruitmentRegister: route({
    id: 'recruitmentRegister',
    method: 'GET',
    path: '/api/recruitment/:id/registers/:kind',
    tag,
    summary: '招聘批次的名册（报名、成绩、面试、拟聘）',
    access: officers,
    params: byId.extend({ kind: registerKind }),
    binary: xlsx,
    refusals: theirs,
  }),
};
