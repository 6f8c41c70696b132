import { z } from 'zod';
import { id, instant, isoDate, route } from './route.ts';

const year = z.object({ year: z.coerce.number().int().min(2000).max(2100) });
const unit = z.string().max(20).default('').meta({ description: '自治县自己的节日写县代码；国务院的安排留空' });
const holiday = z.object({ name: z.string().trim().min(1).max(40), from: isoDate, to: isoDate });
const makeUp = z.object({ name: z.string().trim().min(1).max(40), on: isoDate });
const table = z.object({
  unit,
  official: z.boolean(),
  source: z.string().trim().min(2).max(200).meta({ description: '依据的通知或文号' }),
  off: z.array(holiday).max(60),
  makeUp: z.array(makeUp).max(60),
});

/** The working-day calendar: read by everybody, changed by the administrator of the system with a reason and after a preview. */
export const calendarRoutes = {
  calendarYear: route({
    id: 'calendarYear',
    method: 'GET',
    path: '/api/calendar/:year',
    tag: '日历',
    summary: '一年的工作日历',
    access: 'signedIn',
    params: year,
    query: z.object({ unit: z.string().max(20).optional() }),
    response: z.object({
      year: z.number().int(),
      state: z.enum(['official', 'provisional', 'missing']),
      source: z.string().nullable(),
      version: z.number().int(),
      off: z.array(isoDate),
      makeUp: z.array(isoDate),
      holidays: z.array(holiday),
      workdays: z.array(makeUp),
    }),
    refusals: [],
  }),
  previewCalendar: route({
    id: 'previewCalendar',
    method: 'POST',
    path: '/api/calendar/:year/preview',
    tag: '日历',
    summary: '改日历之前，看哪些办理期限会变',
    access: { roles: ['SYSTEM_ADMIN'] },
    params: year,
    body: table,
    response: z.object({
      moves: z.array(
        z.object({
          caseId: id,
          caseNo: z.string(),
          title: z.string(),
          stageTitle: z.string(),
          before: instant.nullable(),
          after: instant.nullable(),
        }),
      ),
      moved: z.number().int(),
      reckoned: z.number().int(),
      more: z.boolean(),
    }),
    refusals: ['NotAllowed', 'NotFound', 'CalendarNotSound'],
  }),
  changeCalendar: route({
    id: 'changeCalendar',
    method: 'PUT',
    path: '/api/calendar/:year',
    tag: '日历',
    summary: '改日历：写明原因，未办结的期限随即重算',
    access: { roles: ['SYSTEM_ADMIN'] },
    params: year,
    body: table.extend({ reason: z.string().trim().min(2).max(500) }),
    response: z.object({ version: z.number().int(), cases: z.number().int() }),
    refusals: ['NotAllowed', 'NotFound', 'CalendarNotSound', 'OfficialCalendarStands'],
  }),
};
