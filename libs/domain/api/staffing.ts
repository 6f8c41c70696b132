import { z } from 'zod';
import { isoDate, route } from './route.ts';

const figures = {
  headcount: z.number().int().meta({ description: '当日在岗的专职社区工作者' }),
  residents: z.number().int().nullable().meta({ description: '城镇常住人口；没有登记为空' }),
  required: z.number().int().nullable().meta({ description: '按标准应配人数' }),
  gap: z.number().int().nullable().meta({ description: '缺口' }),
  ratio: z.number().int().nullable().meta({ description: '每万城镇常住人口配备人数，以百分之一人计' }),
};
/** From here on there is a standard to compare with. */
const FIRST_DAY = '2025-01-01';
const officers = ['CITY_ORG', 'COUNTY_ORG', 'COUNTY_HR', 'COUNTY_CIVIL', 'COUNTY_FINANCE'] as const;

/** 人员配备: whether each county has the community workers that the standard asks for. No personal data. */
export const staffingRoutes = {
  staffing: route({
    id: 'staffing',
    method: 'GET',
    path: '/api/staffing',
    tag: '人员配备',
    summary: '各区县每万城镇常住人口配备情况',
    access: { roles: officers },
    query: z.object({ on: isoDate.refine((on) => on >= FIRST_DAY, '只能查看 2025 年以来的情况').optional() }),
    response: z.object({
      on: isoDate,
      standard: z.number(),
      assumed: z.boolean(),
      counties: z.array(
        z.object({
          code: z.string(),
          name: z.string(),
          asOf: isoDate.nullable(),
          source: z.string().nullable(),
          mayRegister: z.boolean(),
          ...figures,
        }),
      ),
      all: z.object(figures),
    }),
    refusals: [],
  }),
  registerResidents: route({
    id: 'registerResidents',
    method: 'POST',
    path: '/api/staffing/:county/residents',
    tag: '人员配备',
    summary: '登记一个区县的城镇常住人口',
    access: { roles: ['CITY_ORG', 'COUNTY_ORG', 'COUNTY_CIVIL'] },
    params: z.object({ county: z.string().max(20) }),
    body: z.object({
      asOf: isoDate.meta({ description: '统计时点' }),
      residents: z.number().int().min(1).max(50_000_000),
      source: z.string().trim().min(2).max(200).meta({ description: '数据来源' }),
    }),
    response: z.object({ registered: z.literal(true) }),
    status: 201,
    refusals: ['NotFound', 'NotInYourUnits', 'FigureAhead'],
  }),
};
