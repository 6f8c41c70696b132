import { z } from 'zod';
import { id, isoDate, route } from './route.ts';

const year = z.object({ year: z.string().regex(/^20\d\d$/, '请填写四位年份') });
const counters = z.object({
  people: z.number().int().meta({ description: '已派出的书记' }),
  communities: z.number().int().meta({ description: '接收社区' }),
  towns: z.number().int().meta({ description: '接收社区所在的镇街' }),
});
const host = z.object({ accountId: id, unitCode: z.string(), town: z.string(), name: z.string() });

/** 跟岗学习: a year's plan with its counters, and matching many at once. */
export const secondmentRoutes = {
  secondments: route({
    id: 'secondments',
    method: 'GET',
    path: '/api/secondments/:year',
    tag: '跟岗学习',
    summary: '某年度的名额、推荐和派出情况',
    access: { roles: ['CITY_ORG', 'COUNTY_ORG'] },
    params: year,
    response: z.object({
      year: z.number().int(),
      places: z.number().int().nullable(),
      communities: z.number().int().nullable().meta({ description: '公布口径的城市社区数' }),
      counters,
      all: counters.meta({ description: '历年累计' }),
      counties: z.array(
        z.object({
          code: z.string(),
          name: z.string(),
          communities: z.number().int(),
          quota: z.number().int(),
          nominated: z.number().int(),
          approved: z.number().int(),
        }),
      ),
    }),
    refusals: [],
  }),
  suggestPairs: route({
    id: 'suggestPairs',
    method: 'GET',
    path: '/api/secondments/:year/suggestion',
    tag: '跟岗学习',
    summary: '等待对接的人员，以及系统建议的接收社区',
    access: { roles: ['CITY_ORG'] },
    params: year,
    query: z.object({ startOn: isoDate }),
    response: z.object({
      startOn: isoDate,
      endsOn: isoDate,
      hosts: z.array(host).meta({ description: '这段时间可以接收的社区' }),
      waiting: z.array(
        z.object({
          caseId: id,
          name: z.string(),
          community: z.string(),
          county: z.string(),
          wants: z.array(z.string()),
          hostId: id.nullable().meta({ description: '建议的接收社区联系人；没有空位的为空' }),
          cost: z.number().int().nullable().meta({ description: '不合适的程度，0 为最合适' }),
        }),
      ),
    }),
    refusals: [],
  }),
  pairMany: route({
    id: 'pairMany',
    method: 'POST',
    path: '/api/secondments/:year/pairs',
    tag: '跟岗学习',
    summary: '一次办理多人的一对一对接',
    access: { roles: ['CITY_ORG'] },
    params: year,
    body: z.object({
      startOn: isoDate,
      pairs: z
        .array(z.object({ caseId: id, accountId: id }))
        .min(1)
        .max(200),
    }),
    response: z.object({ matched: z.array(id), refused: z.array(z.object({ caseId: id, why: z.string() })) }),
    refusals: ['PairsDoNotStand'],
  }),
};
