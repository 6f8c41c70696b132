import { z } from 'zod';
import { ratings } from '../person-words.ts';
import { isoDate, route, unitRef } from './route.ts';

/** Who reads figures, each of their own units and below. No report names a person. */
const readers = [
  'CITY_ORG',
  'COUNTY_ORG',
  'COUNTY_HR',
  'COUNTY_CIVIL',
  'COUNTY_FINANCE',
  'STREET_HR',
  'STREET_PARTY_COMMITTEE',
  'AUDITOR',
] as const;

const unit = z.string().max(20).optional().meta({ description: '单位代码；不填为本人管辖范围内最高一级的单位' });
/** From here on there are standards to compare with. */
const FIRST_DAY = '2025-01-01';
const day = isoDate.refine((on) => on >= FIRST_DAY, '只能查看 2025 年以来的情况').optional();
const count = z.number().int();
const workingDays = z.number().int().meta({ description: '工作日' });
const perTenThousand = z.number().int().nullable().meta({ description: '占比，以万分之一计；没有人为空' });
const common = { tag: '报表', access: { roles: readers }, refusals: ['NotInYourUnits'] } as const;

const team = {
  headcount: count.meta({ description: '当日在岗' }),
  meanAge: z.number().nullable().meta({ description: '平均年龄，周岁，保留一位小数' }),
  college: perTenThousand.meta({ description: '大专及以上占比，以万分之一计' }),
};
const times = {
  count,
  p50: workingDays.meta({ description: '一半在此之内，工作日，不含挂起' }),
  p90: workingDays.meta({ description: '九成在此之内，工作日，不含挂起' }),
};

/** 报表: figures of what the product holds, each with what it was counted from. */
export const reportRoutes = {
  reportTeam: route({
    ...common,
    id: 'reportTeam',
    method: 'GET',
    path: '/api/reports/team',
    summary: '队伍结构：年龄、学历、岗位',
    query: z.object({ unit, on: day }),
    response: z.object({
      unit: unitRef,
      on: isoDate,
      ...team,
      ages: z.array(z.object({ from: count.nullable(), to: count.nullable(), count })),
      educations: z.array(z.object({ education: z.string().nullable(), count })),
      posts: z.array(z.object({ post: count.nullable(), count })),
      units: z.array(unitRef.extend(team)),
    }),
  }),
  reportTimes: route({
    ...common,
    id: 'reportTimes',
    method: 'GET',
    path: '/api/reports/times',
    summary: '办理用时：各流程、各环节的工作日',
    query: z.object({ unit, from: isoDate.optional(), to: isoDate.optional() }),
    response: z.object({
      unit: unitRef,
      from: isoDate,
      to: isoDate,
      missingYear: count.nullable().meta({ description: '缺这一年的日历，用时无法计算' }),
      processes: z.array(
        z.object({
          process: z.string(),
          title: z.string(),
          ...times,
          stages: z.array(z.object({ stage: z.string(), title: z.string(), ...times })),
        }),
      ),
    }),
  }),
  reportOverdue: route({
    ...common,
    id: 'reportOverdue',
    method: 'GET',
    path: '/api/reports/overdue',
    summary: '超期：各单位、各岗位的待办',
    query: z.object({ unit }),
    response: z.object({
      unit: unitRef,
      at: z.iso.datetime({ offset: true }),
      desks: z.array(
        z.object({
          unit: unitRef,
          role: z.string().nullable().meta({ description: '空为点名到人的待办' }),
          open: count,
          overdue: count,
          oldestDueAt: z.iso.datetime({ offset: true }).nullable(),
        }),
      ),
    }),
  }),
  reportRatings: route({
    ...common,
    id: 'reportRatings',
    method: 'GET',
    path: '/api/reports/ratings',
    summary: '年度考核等次',
    query: z.object({ unit, year: z.coerce.number().int().min(2000).max(2100).optional() }),
    response: z.object({
      unit: unitRef,
      year: count.nullable().meta({ description: '没有任何考核结果时为空' }),
      years: z.array(count),
      counts: z.partialRecord(z.enum(ratings), count),
      units: z.array(unitRef.extend({ counts: z.partialRecord(z.enum(ratings), count) })),
    }),
  }),
  reportDeeds: route({
    ...common,
    id: 'reportDeeds',
    method: 'GET',
    path: '/api/reports/deeds',
    summary: '选育护用数据',
    query: z.object({ unit, on: day }),
    response: z.object({
      unit: unitRef,
      on: isoDate,
      deeds: z.array(
        z.object({
          key: z.string(),
          group: z.enum(['select', 'grow', 'care', 'use']),
          title: z.string(),
          value: z.number(),
          before: z.object({ value: z.number(), on: isoDate }).nullable().meta({ description: '此前的数，可比时给出' }),
          unit: z.string(),
          decimals: z.number().int(),
          from: z.string().meta({ description: '由什么数据算出' }),
        }),
      ),
    }),
  }),
  reportWorkbook: route({
    ...common,
    id: 'reportWorkbook',
    method: 'GET',
    path: '/api/reports/workbook',
    summary: '各报表导出为 Excel 工作簿',
    query: z.object({ unit, on: day, from: isoDate.optional(), to: isoDate.optional() }),
    binary: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  }),
};
