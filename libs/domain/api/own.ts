import { mailWishes } from '../mail-wishes.ts';
import { route } from './route.ts';

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
};
