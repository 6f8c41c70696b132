import type { Readable } from 'node:stream';
import { applyDecorators, HttpCode, Req, RequestMapping, RequestMethod, Res, SetMetadata } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { everyRefusalOf, type Route } from '../../../../libs/domain/api/route.ts';
import { isRefusal } from '../../../../libs/domain/refusal.ts';
import type { AnswerOf, CallOf, Download } from './call.ts';
import { Refused } from './problem.ts';
import { parseParts, readUpload, requestKeyOf } from './read.ts';
import { checkedAnswers } from './checked.ts';

export const ROUTE = 'miaopu:route';
type Handler<R extends Route> = (call: CallOf<R>) => Promise<AnswerOf<R>>;

/**
 * Binds a method to a route of libs/domain/api/routes.ts: its address, who may, how the request is parsed, which status the answer has.
 * The method gets a parsed call and returns the response or a refusal.
 */
export function Handles<const R extends Route>(route: R) {
  return <T extends Handler<R>>(target: object, key: string, descriptor: TypedPropertyDescriptor<T>): void => {
    const handler = descriptor.value as unknown as (call: unknown) => Promise<unknown>;
    const answer = async function (this: unknown, request: FastifyRequest, reply: FastifyReply): Promise<void> {
      const call = await readCall(route, request, reply);
      await send(route, reply, await handler.call(this, call));
    };
    descriptor.value = answer as unknown as T;
    applyDecorators(
      RequestMapping({ path: route.path, method: RequestMethod[route.method] }),
      HttpCode(route.status ?? 200),
      SetMetadata(ROUTE, route),
    )(target, key, descriptor);
    Req()(target, key, 0);
    Res()(target, key, 1);
  };
}

async function readCall(route: Route, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const { session, at, origin } = request;
  const upload = route.upload ? await readUpload(request) : null;
  const parts = parseParts(route, { params: request.params, query: request.query, body: request.body, fields: upload?.fields });
  const requestKey = requestKeyOf(request);
  const by = session && { actor: session.actor, at, origin, ...(requestKey && { requestKey }) };
  return { ...parts, file: upload?.file, session, by, at, origin, reply };
}

async function send(route: Route, reply: FastifyReply, answer: unknown): Promise<void> {
  if (isRefusal(answer)) {
    if (checkedAnswers.on && !everyRefusalOf(route).includes(answer.refused))
      throw new Error(`Route ${route.id} does not name the refusal ${answer.refused}`);
    throw new Refused(answer);
  }
  void reply.code(route.status ?? 200);
  if (route.binary)
    return void reply.headers(downloadHeaders(route.binary, answer as Download)).send(Buffer.from((answer as Download).bytes));
  if (route.stream) return void reply.headers({ ...streamHeaders, 'content-type': route.stream }).send(answer as Readable);
  if (!route.response) return void reply.send();
  if (checkedAnswers.on) checkedAnswers.check(route, answer);
  return void reply.type('application/json; charset=utf-8').send(JSON.stringify(answer));
}

// A proxy in between hands each piece on at once.
// Its connection ends with it: one kept alive would hold up a server that is about to go.
const streamHeaders = { connection: 'close', 'cache-control': 'no-store, no-transform', 'x-accel-buffering': 'no' };

const downloadHeaders = (type: string, { name }: Download) => ({
  'content-type': type,
  'content-disposition': `attachment; filename="${name.replace(/[^\w.-]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (it) => `%${it.charCodeAt(0).toString(16)}`)}`,
  // Whatever a file claims to be, a browser runs nothing of it.
  'content-security-policy': "sandbox; default-src 'none'",
});
