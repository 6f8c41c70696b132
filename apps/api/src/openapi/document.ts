import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject, type ZodOpenApiResponsesObject } from 'zod-openapi';
import { everyRefusalOf, idempotencyHeader, type Route } from '../../../../libs/domain/api/route.ts';
import { routes } from '../../../../libs/domain/api/routes.ts';
import { refusals, type RefusalCode } from '../../../../libs/domain/refusal.ts';
import { roleTitles } from '../../../../libs/domain/roles.ts';

const problem = (codes: RefusalCode[]) =>
  z.object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.enum(codes as [RefusalCode, ...RefusalCode[]]),
    detail: z.string().meta({ description: '给人看的一句话：为什么，以及怎么办' }),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    requestId: z.string(),
  });

/** OpenAPI 3.1 of every route, from the same list that the controllers are bound by. */
export function openApiDocument(): object {
  const paths: ZodOpenApiPathsObject = {};
  for (const route of Object.values(routes as Record<string, Route>)) {
    const path = route.path.replace(/:([^/]+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return createDocument({
    openapi: '3.1.1',
    info: {
      title: '苗圃 Miaopu API',
      version: '1',
      description:
        '社区工作者人事办理。登录后用会话 Cookie；GET 以外的请求须带 x-csrf-token（见登录的回应）。拒绝一律是 application/problem+json，code 稳定不变。',
    },
    servers: [{ url: '/' }],
    tags: [...new Set(Object.values(routes).map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: { securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'miaopu_session' } } },
  });
}

function operationOf(route: Route): ZodOpenApiOperationObject {
  const changes = route.method !== 'GET';
  const header = z.object({
    ...(changes && route.access !== 'public' && { 'x-csrf-token': z.string().optional().meta({ description: '登录时得到的令牌' }) }),
    ...(changes &&
      route.access !== 'public' && {
        [idempotencyHeader]: z
          .string()
          .regex(/^[\x21-\x7e]{1,100}$/)
          .optional()
          .meta({ description: '同一账号、同一键的请求只生效一次' }),
      }),
  });
  return {
    operationId: route.id,
    tags: [route.tag],
    summary: route.summary,
    description: who(route),
    ...(route.access !== 'public' && { security: [{ session: [] }] }),
    requestParams: {
      ...(route.params && { path: route.params }),
      ...(route.query && { query: route.query }),
      ...(Object.keys(header.shape).length > 0 && { header }),
    },
    ...requestOf(route),
    responses: responsesOf(route),
  };
}

function requestOf(route: Route): Pick<ZodOpenApiOperationObject, 'requestBody'> {
  if (route.upload) {
    const file = z.string().meta({ override: { type: 'string', format: 'binary' } });
    return { requestBody: { required: true, content: { 'multipart/form-data': { schema: route.upload.extend({ file }) } } } };
  }
  return route.body ? { requestBody: { required: true, content: { 'application/json': { schema: route.body } } } } : {};
}

function responsesOf(route: Route): ZodOpenApiResponsesObject {
  const status = String(route.status ?? 200) as '200';
  const codes = new Map<number, RefusalCode[]>();
  for (const code of everyRefusalOf(route)) codes.set(refusals[code].status, [...(codes.get(refusals[code].status) ?? []), code]);
  const bad = [...codes]
    .sort(([a], [b]) => a - b)
    .map(
      ([at, list]) =>
        [
          String(at),
          { description: `${STATUS_CODES[at]}：${list.join('、')}`, content: { 'application/problem+json': { schema: problem(list) } } },
        ] as const,
    );
  const media = route.binary ?? route.stream;
  const content = media
    ? { content: { [media]: { schema: z.string().meta({ override: { type: 'string', format: 'binary' } }) } } }
    : route.response
      ? { content: { 'application/json': { schema: route.response } } }
      : {};
  return { [status]: { description: STATUS_CODES[Number(status)]!, ...content }, ...Object.fromEntries(bad) };
}

const who = ({ access }: Route): string =>
  access === 'public'
    ? '不需要登录。'
    : access === 'signedIn'
      ? '登录后可用；具体范围由单位与事项决定。'
      : `可用：${access.roles.map((role) => roleTitles[role]).join('、')}。`;
