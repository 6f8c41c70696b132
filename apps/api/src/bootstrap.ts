import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { LogController, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { refuse } from '../../../libs/domain/refusal.ts';
import { AppModule } from './app.module.ts';
import { Stories } from './cases/stories.ts';
import { checkedAnswers } from './http/checked.ts';
import { answerHealth } from './http/health.ts';
import { NestLog } from './http/logger.ts';
import { measure } from './http/metrics.ts';
import { servePages } from './http/pages.ts';
import { sendProblem } from './http/problem.filter.ts';
import { problemOf, PROBLEM_TYPE, Refused } from './http/problem.ts';
import { RateLimits } from './http/rate-limits.ts';
import { serveDocument } from './openapi/docs.ts';
import { serveFeeds } from './own/feed.ts';
import type { System } from './system.ts';

const BODY_LIMIT = 1024 * 1024;

/** The whole API over a system, ready to listen. */
export async function createApp(system: System, logger: Logger): Promise<NestFastifyApplication> {
  const { config } = system;
  checkedAnswers.on = config.checkResponses;
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.over(system), adapterFor(system, logger), {
    logger: new NestLog(logger),
    bodyParser: false,
    abortOnError: false,
  });
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  readBodies(fastify);
  fastify.decorateRequest('session', null);
  fastify.addHook('onSend', async (request, reply) => {
    void reply.header('x-request-id', request.id);
    if (request.url.startsWith('/api/') && !reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
  });
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        // Ant Design writes its styles into the page.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: config.https ? { maxAge: 31_536_000 } : false,
    referrerPolicy: { policy: 'same-origin' },
  });
  await app.register(cookie);
  await app.register(multipart, {
    limits: { fileSize: config.uploadLimitMb * 1024 * 1024, files: 1, fields: 20, fieldSize: 100_000, parts: 25 },
  });
  await app.register(rateLimit, { global: false });
  app.get(RateLimits).arm(fastify);
  measure(fastify, config.metricsToken);
  answerHealth(fastify, system, app.get(Stories));
  serveFeeds(fastify, system, app.get(RateLimits));
  await serveDocument(fastify);
  if (config.webDist) await servePages(fastify, config.webDist);
  return app;
}

const adapterFor = (system: System, logger: Logger): FastifyAdapter =>
  new FastifyAdapter({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    trustProxy: (_address: string, hop: number) => hop < system.config.trustProxy,
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: 'idle',
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 500 },
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => void sendProblem(system, error, request, reply),
    clientErrorHandler(_error, socket) {
      // What is no HTTP at all never becomes a request: answered on the bare connection.
      if (socket.destroyed || !socket.writable) return;
      const body = JSON.stringify(problemOf(refuse('BadRequest', { detail: '请求的格式有误' }), randomUUID()));
      socket.end(
        `HTTP/1.1 400 Bad Request\r\nContent-Type: ${PROBLEM_TYPE}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
      );
    },
  });

/** JSON only, and an empty body is no body: clients name the type even where they send nothing. */
function readBodies(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') return done(null, undefined);
    return parse(request, body as string, (error, value) =>
      done(error && new Refused(refuse('BadRequest', { detail: '不是有效的 JSON' })), value),
    );
  });
}
