import { z } from 'zod';
import { byId, route } from './route.ts';
import { workbookRefusals, xlsx } from './workbooks.ts';

const officers = { roles: ['STREET_HR', 'STREET_PARTY_COMMITTEE', 'COUNTY_ORG', 'CITY_ORG'] } as const;
const tag = '年度考核';
const theirs = ['NotFound', 'ListClosed', 'NotOnYourList', 'AdministratorDecidesNothing'] as const;

const verdict = z.object({
  rows: z.array(
    z.object({
      row: z.number().int(),
      name: z.string(),
      staffNo: z.string(),
      verdict: z.enum(['accepted', 'refused']),
      total: z.number().int().nullable().meta({ description: '总分，百分之一分' }),
      proposed: z.string().nullable().meta({ description: '按规则拟定的等次' }),
    }),
  ),
  faults: z.array(
    z.object({
      row: z.number().int(),
      letter: z.string(),
      header: z.string(),
      severity: z.enum(['error', 'check']),
      code: z.string(),
      written: z.string(),
      problem: z.string(),
      fix: z.string(),
      message: z.string(),
    }),
  ),
  problems: z.array(z.string()).meta({ description: '没有找到或重复的列' }),
  good: z.number().int(),
  refused: z.number().int(),
  without: z.number().int().meta({ description: '本单位名册中还没有完整得分的人数' }),
});

/** Evaluations of an annual appraisal (测评): the workbook of one's part, checked line by line, recorded in one transaction; and the register of the year. */
export const appraisalRoutes = {
  evaluationsTemplate: route({
    id: 'evaluationsTemplate',
    method: 'GET',
    path: '/api/batches/:id/evaluations/template',
    tag,
    summary: '测评汇总表：本单位名册已填好工号和姓名',
    access: officers,
    params: byId,
    binary: xlsx,
    refusals: [...theirs],
  }),
  checkEvaluations: route({
    id: 'checkEvaluations',
    method: 'POST',
    path: '/api/batches/:id/evaluations/check',
    tag,
    summary: '试校测评汇总表，逐行给出结论（不写入）',
    access: officers,
    params: byId,
    upload: z.object({}),
    response: verdict,
    refusals: [...theirs, ...workbookRefusals],
  }),
  markEvaluations: route({
    id: 'markEvaluations',
    method: 'POST',
    path: '/api/batches/:id/evaluations/marked',
    tag,
    summary: '标注后的测评汇总表',
    access: officers,
    params: byId,
    upload: z.object({}),
    binary: xlsx,
    refusals: [...theirs, ...workbookRefusals],
  }),
  recordEvaluations: route({
    id: 'recordEvaluations',
    method: 'POST',
    path: '/api/batches/:id/evaluations',
    tag,
    summary: '登记测评得分（一次事务）；同一份再传一次不改变什么',
    access: officers,
    params: byId,
    upload: z.object({ goodRowsOnly: z.enum(['true', 'false']).optional().meta({ description: '只登记没有错误的行' }) }),
    response: verdict,
    refusals: [...theirs, 'ImportHasFaults', 'ImportNothingGood', ...workbookRefusals],
  }),
  appraisalRegister: route({
    id: 'appraisalRegister',
    method: 'GET',
    path: '/api/batches/:id/register',
    tag,
    summary: '年度考核汇总表：本人单位内人员的得分、等次和优秀比例核对',
    access: officers,
    params: byId,
    binary: xlsx,
    refusals: ['NotFound', 'NotYourCase'],
  }),
};
