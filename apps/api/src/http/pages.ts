import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Deep links of the console: a GET outside /api for a page, where the console is built. */
export const wantsPage = ({ method, url, headers }: FastifyRequest, webDist: string | null): boolean =>
  webDist !== null &&
  (method === 'GET' || method === 'HEAD') &&
  !/^\/(api|metrics|healthz|readyz)(\/|\?|$)/.test(url) &&
  (headers.accept?.includes('text/html') ?? false);

const YEAR = 'public, max-age=31536000, immutable';

/** Serves the built console. Names of assets carry their hash and are kept for ever; pages are asked for each time. */
export async function servePages(app: FastifyInstance, webDist: string): Promise<void> {
  // Loaded here alone: it brings an ES module that older loaders cannot require.
  const { default: fastifyStatic } = await import('@fastify/static');
  await app.register(fastifyStatic, {
    root: webDist,
    wildcard: false,
    index: ['index.html'],
    cacheControl: false,
    setHeaders: (reply, file) => void reply.header('cache-control', file.includes('/assets/') ? YEAR : 'no-cache'),
  });
}
