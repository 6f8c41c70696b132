import { z } from 'zod';
import { roles } from '../roles.ts';
import { id, instant, route, unitRef } from './route.ts';

export const me = z.object({
  accountId: id,
  name: z.string(),
  personId: id.nullable(),
  posts: z.array(z.object({ role: z.enum(roles), title: z.string(), unit: unitRef })),
  rolesInStead: z.array(z.enum(roles)).meta({ description: '今天代理他人而可代为履行的岗位' }),
  csrfToken: z.string(),
  demo: z.boolean(),
  now: instant,
});

export const sessionRoutes = {
  signIn: route({
    id: 'signIn',
    method: 'POST',
    path: '/api/session',
    tag: '登录',
    summary: '登录',
    access: 'public',
    body: z.object({ userName: z.string().trim().min(1).max(60), password: z.string().min(1).max(200) }),
    response: me,
    status: 201,
    refusals: ['WrongCredentials', 'AccountLocked', 'AccountInactive', 'TooManyRequests'],
  }),
  whoAmI: route({
    id: 'whoAmI',
    method: 'GET',
    path: '/api/session',
    tag: '登录',
    summary: '当前登录人与其在任职务',
    access: 'signedIn',
    response: me,
    refusals: [],
  }),
  signOut: route({
    id: 'signOut',
    method: 'DELETE',
    path: '/api/session',
    tag: '登录',
    summary: '退出',
    access: 'signedIn',
    status: 204,
    refusals: [],
  }),
  issueActivationCode: route({
    id: 'issueActivationCode',
    method: 'POST',
    path: '/api/people/:id/activation-code',
    tag: '登录',
    summary: '为本辖区人员开通账号发一次性激活码（邮件送达本人）',
    access: { roles: ['COUNTY_HR', 'COUNTY_ORG', 'STREET_HR', 'SECURITY_ADMIN'] },
    params: z.object({ id }),
    response: z.object({ userName: z.string(), expiresAt: instant, sentTo: z.string().nullable() }),
    status: 201,
    refusals: ['NotFound', 'NotInYourUnits', 'AlreadyActive'],
  }),
  activate: route({
    id: 'activate',
    method: 'POST',
    path: '/api/activation',
    tag: '登录',
    summary: '用一次性激活码设置密码',
    access: 'public',
    body: z.object({
      userName: z.string().trim().min(1).max(60),
      code: z.string().trim().min(6).max(40),
      password: z.string().min(10).max(200),
    }),
    status: 204,
    refusals: ['ActivationRefused', 'TooManyRequests', 'WeakPassword'],
  }),
};
