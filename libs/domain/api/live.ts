import { z } from 'zod';
import { id, route } from './route.ts';

/**
 * What the console hears while a page is open, one event a change, as server-sent events:
 * `look`: look again at everything (at the beginning, and after a time in which something may have passed unheard);
 * `cases`: these cases have changed, each to this version; only cases in which the reader has a part, and nothing else about them;
 * `beat`: nothing new; `end`: the server ends the stream, and why.
 */
export const liveEvents = {
  look: z.object({}),
  cases: z.object({ cases: z.array(z.object({ id, version: z.number().int() })) }),
  beat: z.object({}),
  end: z.object({ why: z.enum(['signedOut', 'tooMany', 'restart']) }),
};
export type LiveEvents = { [K in keyof typeof liveEvents]: z.infer<(typeof liveEvents)[K]> };

/** The server says something at least this often; whoever hears nothing for thrice as long has lost it. */
export const BEAT_MS = 10_000;

export const liveRoutes = {
  live: route({
    id: 'live',
    method: 'GET',
    path: '/api/live',
    tag: '办件',
    summary: '实时变动：本人可见的办件有变化时即刻得知（server-sent events：look、cases、beat、end）',
    access: 'signedIn',
    stream: 'text/event-stream',
    refusals: [],
  }),
};
