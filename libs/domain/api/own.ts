import { z } from 'zod';
import { mailWishes } from '../mail-wishes.ts';
import { instant, route } from './route.ts';

/** 设置: what each person arranges for themself. */
export const ownRoutes = {
  mailWishes: route({
    id: 'mailWishes',
    method: 'GET',
    path: '/api/mail-wishes',
    tag: '设置',
    summary: '本人的提醒方式',
    access: 'signedIn',
    response: mailWishes,
    refusals: [],
  }),
  setMailWishes: route({
    id: 'setMailWishes',
    method: 'PUT',
    path: '/api/mail-wishes',
    tag: '设置',
    summary: '改本人的提醒方式',
    access: 'signedIn',
    body: mailWishes,
    status: 204,
    refusals: [],
  }),
  calendarFeed: route({
    id: 'calendarFeed',
    method: 'GET',
    path: '/api/calendar-feed',
    tag: '设置',
    summary: '本人的日历订阅：有没有地址、上次何时被读取',
    access: 'signedIn',
    response: z.object({ madeAt: instant.nullable(), lastReadAt: instant.nullable() }),
    refusals: [],
  }),
  makeCalendarFeed: route({
    id: 'makeCalendarFeed',
    method: 'POST',
    path: '/api/calendar-feed',
    tag: '设置',
    summary: '生成日历订阅地址；只显示这一次，原来的地址随即失效',
    access: 'signedIn',
    response: z.object({ path: z.string().meta({ description: '地址中主机名之后的部分' }) }),
    status: 201,
    refusals: [],
  }),
  revokeCalendarFeed: route({
    id: 'revokeCalendarFeed',
    method: 'DELETE',
    path: '/api/calendar-feed',
    tag: '设置',
    summary: '停用日历订阅地址',
    access: 'signedIn',
    status: 204,
    refusals: [],
  }),
};
