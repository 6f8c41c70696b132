import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readFeed } from '../../../../libs/desk/calendar-feed.ts';
import { refuse } from '../../../../libs/domain/refusal.ts';
import { sendProblem } from '../http/problem.filter.ts';
import { Refused } from '../http/problem.ts';
import type { RateLimits } from '../http/rate-limits.ts';
import type { System } from '../system.ts';

export const feedPath = (token: string): string => `/calendar/${token}.ics`;

type FeedRequest = FastifyRequest<{ Params: { token: string } }>;

/** Personal calendars at their secret addresses, for programs that have no session. What has not changed since is not sent again. */
export function serveFeeds(app: FastifyInstance, system: System, limits: RateLimits): void {
  async function feed(request: FeedRequest, reply: FastifyReply): Promise<unknown> {
    await limits.passFeed(request);
    const text = await readFeed(system, request.params.token, system.now(), system.config.publicUrl);
    if (text === null) throw new Refused(refuse('NotFound', { what: '这个日历' }));
    const etag = `"${createHash('sha256').update(text).digest('base64url')}"`;
    void reply.headers({ etag, 'cache-control': 'private, no-cache', 'x-robots-tag': 'noindex' });
    if (matches(request.headers['if-none-match'], etag)) return reply.code(304).send();
    return reply.type('text/calendar; charset=utf-8').send(text);
  }
  // outside Nest's routes its filter is not asked
  app.get(feedPath(':token'), (request: FeedRequest, reply) =>
    feed(request, reply).catch((error: unknown) => sendProblem(system, error, request as FastifyRequest, reply)),
  );
}

/** If-None-Match compares weakly (RFC 9110, 13.1.2). */
const matches = (given: string | undefined, etag: string): boolean =>
  given !== undefined && (given.trim() === '*' || given.split(',').some((one) => one.trim().replace(/^W\//, '') === etag));
