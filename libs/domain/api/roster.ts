import { z } from 'zod';
import { byId, id, instant, isoDate, page, pageQuery, route } from './route.ts';
import { workbookRefusals, xlsx } from './workbooks.ts';

/** What a column may hold: a field of the roster, or a year's rating as `rating:2025`. */
export const rosterField = z
  .string()
  .max(20)
  .regex(/^(?:[a-zA-Z]+|rating:20\d\d)$/);

/** What the officer changes about how a workbook is read; `columns` by letter, null leaves a column out. */
export const mappingChange = z.object({
  sheet: z.string().max(100).optional(),
  headerTop: z.number().int().min(1).max(2000).optional(),
  headerBottom: z.number().int().min(1).max(2000).optional(),
  columns: z.record(z.string().regex(/^[A-Z]{1,3}$/), rosterField.nullable()).optional(),
});

export const mappedColumn = z.object({
  column: z.number().int(),
  letter: z.string(),
  header: z.string(),
  field: rosterField.nullable(),
  title: z.string().nullable().meta({ description: '对应的花名册字段；空为不导入' }),
  sureness: z.enum(['sure', 'likely', 'learned', 'officer', 'none']),
  required: z.boolean(),
});
export const mappingProblem = z.object({
  code: z.enum(['column-missing', 'column-twice']),
  field: rosterField,
  letters: z.array(z.string()),
  text: z.string(),
});

/** A spelling to be remembered. `scopeCode`: the unit below which it counts, "" everywhere. */
export const synonym = z.object({
  kind: z.enum(['header', 'county', 'street', 'community', 'postTitle', 'education', 'certificate', 'politicalStatus']),
  scopeCode: z.string().max(20),
  written: z.string().min(1).max(60),
  meaning: z.string().min(1).max(60),
});

/** One fault of one cell. `error` keeps the row out, `check` does not. ID and phone numbers are masked. */
export const rosterFault = z.object({
  row: z.number().int(),
  letter: z.string(),
  header: z.string(),
  field: rosterField,
  severity: z.enum(['error', 'check']),
  code: z.string(),
  written: z.string(),
  problem: z.string(),
  fix: z.string(),
  message: z.string().meta({ description: '第 19 行“社区”：…。…。' }),
  suggestion: synonym.extend({ label: z.string() }).optional(),
});

/** What was set right by itself (已自动更正). */
export const rosterCorrection = z.object({
  row: z.number().int(),
  letter: z.string(),
  header: z.string(),
  field: rosterField,
  kind: z.string(),
  title: z.string(),
  written: z.string(),
  read: z.string(),
});

export const rosterRowVerdict = z.object({
  row: z.number().int(),
  name: z.string().nullable(),
  unit: z.string().nullable(),
  verdict: z.enum(['new', 'update', 'unchanged', 'refused']),
  checks: z.number().int(),
  changes: z.array(z.object({ label: z.string(), before: z.string().nullable(), after: z.string() })),
});

export const importSummary = z.object({
  on: isoDate,
  rows: z.number().int(),
  good: z.number().int().meta({ description: '可以导入的行' }),
  refusedRows: z.number().int(),
  faults: z.number().int(),
  checkRows: z.number().int(),
  corrections: z.number().int(),
  added: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  onProbation: z.number().int().meta({ description: '按假定合同仍在试用期的人数' }),
  skipped: z.array(z.number().int()).meta({ description: '不是人员的行：合计、签名、重复表头' }),
  hiddenRows: z.number().int(),
  groups: z.array(z.object({ group: z.string(), count: z.number().int(), codes: z.array(z.string()) })),
  attempt: z.number().int().meta({ description: '同名文件的第几次上传' }),
  faultsBefore: z.number().int().nullable(),
});

/** What a confirmed run did; the same again when it is confirmed again. */
export const importResult = z.object({
  added: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  left: z.number().int().meta({ description: '有错误、没有导入的行' }),
  text: z.string(),
});

export const importStatus = z.enum(['mapping', 'checked', 'confirmed', 'undone', 'discarded']);
export const importLine = z.object({
  id,
  fileName: z.string(),
  status: importStatus,
  uploadedAt: instant,
  uploadedBy: z.string(),
  rows: z.number().int(),
  refusedRows: z.number().int(),
  result: importResult.nullable(),
});
export const importBatch = importLine.extend({
  sheet: z.string(),
  headerTop: z.number().int(),
  headerBottom: z.number().int(),
  columns: z.array(mappedColumn),
  problems: z.array(mappingProblem),
  sheets: z.array(z.object({ name: z.string(), hidden: z.boolean(), rows: z.number().int(), headerRow: z.number().int().nullable() })),
  fields: z.array(z.object({ field: rosterField, title: z.string(), required: z.boolean() })).meta({ description: '可以对应的字段' }),
  summary: importSummary,
  mayConfirm: z.boolean(),
  why: z.string().nullable().meta({ description: '现在不能确认的原因' }),
  mayTakeGoodRows: z.boolean(),
  mayUndo: z.boolean(),
  undoUntil: isoDate.nullable(),
  hasFile: z.boolean(),
});

/** Rows of the sheet around one of them, as they stand there. */
export const sheetExcerpt = z.object({
  columns: z.array(z.object({ letter: z.string(), header: z.string() })),
  rows: z.array(
    z.object({ row: z.number().int(), cells: z.array(z.string()), faulty: z.array(z.string()).meta({ description: '有错误的列' }) }),
  ),
});

const officers = { roles: ['COUNTY_ORG', 'COUNTY_HR', 'CITY_ORG'] } as const;
const tag = '导入';

export const rosterRoutes = {
  rosterTemplate: route({
    id: 'rosterTemplate',
    method: 'GET',
    path: '/api/roster/template',
    tag,
    summary: '空白花名册模板',
    access: officers,
    binary: xlsx,
    refusals: [],
  }),
  rosterImports: route({
    id: 'rosterImports',
    method: 'GET',
    path: '/api/roster/imports',
    tag,
    summary: '我的导入',
    access: officers,
    query: pageQuery,
    response: page(importLine),
    refusals: [],
  }),
  checkRoster: route({
    id: 'checkRoster',
    method: 'POST',
    path: '/api/roster/imports',
    tag,
    summary: '上传花名册并试运行（不写入任何人员）',
    access: officers,
    upload: z.object({ mapping: z.string().max(20_000).optional().meta({ description: 'JSON：对应列的改动' }) }),
    response: importBatch,
    status: 201,
    refusals: ['BadRequest', 'TooLarge', ...workbookRefusals],
  }),
  rosterImport: route({
    id: 'rosterImport',
    method: 'GET',
    path: '/api/roster/imports/:id',
    tag,
    summary: '一次导入：对应列、试运行结果',
    access: officers,
    params: byId,
    response: importBatch,
    refusals: ['NotFound'],
  }),
  rosterFaults: route({
    id: 'rosterFaults',
    method: 'GET',
    path: '/api/roster/imports/:id/faults',
    tag,
    summary: '逐处说明',
    access: officers,
    params: byId,
    query: pageQuery.extend({
      severity: z.enum(['error', 'check']).optional(),
      letter: z.string().max(3).optional(),
      code: z.string().max(40).optional(),
    }),
    response: page(rosterFault),
    refusals: ['NotFound'],
  }),
  rosterRows: route({
    id: 'rosterRows',
    method: 'GET',
    path: '/api/roster/imports/:id/rows',
    tag,
    summary: '逐行结果：新增、更新（前后对照）、没有变化、有错误',
    access: officers,
    params: byId,
    query: pageQuery.extend({ verdict: z.enum(['new', 'update', 'unchanged', 'refused']).optional() }),
    response: page(rosterRowVerdict),
    refusals: ['NotFound'],
  }),
  rosterCorrections: route({
    id: 'rosterCorrections',
    method: 'GET',
    path: '/api/roster/imports/:id/corrections',
    tag,
    summary: '已自动更正',
    access: officers,
    params: byId,
    query: pageQuery,
    response: page(rosterCorrection),
    refusals: ['NotFound'],
  }),
  rosterExcerpt: route({
    id: 'rosterExcerpt',
    method: 'GET',
    path: '/api/roster/imports/:id/excerpt',
    tag,
    summary: '某一行在表中的样子',
    access: officers,
    params: byId,
    query: z.object({ row: z.coerce.number().int().min(1) }),
    response: sheetExcerpt,
    refusals: ['NotFound', 'ImportFileGone'],
  }),
  remapRoster: route({
    id: 'remapRoster',
    method: 'POST',
    path: '/api/roster/imports/:id/mapping',
    tag,
    summary: '改对应列或改选表，重新试运行',
    access: officers,
    params: byId,
    body: z.object({ mapping: mappingChange, remember: z.boolean().default(false) }),
    response: importBatch,
    refusals: ['NotFound', 'ImportNotChecked', 'ImportFileGone', ...workbookRefusals],
  }),
  teachRoster: route({
    id: 'teachRoster',
    method: 'POST',
    path: '/api/roster/imports/:id/synonyms',
    tag,
    summary: '记住一个写法，重新试运行',
    access: officers,
    params: byId,
    body: synonym,
    response: importBatch,
    refusals: ['NotFound', 'BadRequest', 'ImportNotChecked', 'ImportFileGone', ...workbookRefusals],
  }),
  confirmRoster: route({
    id: 'confirmRoster',
    method: 'POST',
    path: '/api/roster/imports/:id/confirm',
    tag,
    summary: '确认导入（一次事务）',
    access: officers,
    params: byId,
    body: z.object({ goodRowsOnly: z.boolean().default(false) }),
    response: importResult,
    refusals: ['NotFound', 'ImportNotChecked', 'ImportHasFaults', 'ImportNothingGood', 'ImportFileGone', ...workbookRefusals],
  }),
  undoRoster: route({
    id: 'undoRoster',
    method: 'POST',
    path: '/api/roster/imports/:id/undo',
    tag,
    summary: '撤销一次导入（还没有别的事依赖它时）',
    access: officers,
    params: byId,
    body: z.object({ reason: z.string().trim().min(2).max(500) }),
    response: z.object({ removed: z.number().int(), restored: z.number().int() }),
    refusals: ['NotFound', 'ImportNotUndoable'],
  }),
  discardRoster: route({
    id: 'discardRoster',
    method: 'POST',
    path: '/api/roster/imports/:id/discard',
    tag,
    summary: '放弃这次导入',
    access: officers,
    params: byId,
    status: 204,
    refusals: ['NotFound', 'ImportNotChecked'],
  }),
  markedRoster: route({
    id: 'markedRoster',
    method: 'GET',
    path: '/api/roster/imports/:id/workbook',
    tag,
    summary: '标注后的工作簿',
    access: officers,
    params: byId,
    binary: xlsx,
    refusals: ['NotFound', 'ImportFileGone'],
  }),
};
