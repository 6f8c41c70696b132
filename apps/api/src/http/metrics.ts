import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** Measures of this process; durations by route pattern, never by address. */
export function measure(app: FastifyInstance, token: string | null): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from request to response',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    // how long somebody listened is no response time
    if (reply.getHeader('content-type') !== 'text/event-stream')
      duration.observe({ method: request.method, route, status: String(reply.statusCode) }, reply.elapsedTime / 1000);
    request.log.info(
      {
        method: request.method,
        route,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
        accountId: request.session?.actor.accountId,
      },
      'request',
    );
  });
  app.get('/metrics', async (request, reply) => {
    if (!mayMeasure(request, token)) return reply.callNotFound();
    return reply.type(registry.contentType).send(await registry.metrics());
  });
  return registry;
}

/** With METRICS_TOKEN its bearer; without one only this machine itself, and never through a proxy. */
function mayMeasure({ headers, socket }: FastifyRequest, token: string | null): boolean {
  if (token === null)
    return ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(socket.remoteAddress ?? '') && headers['x-forwarded-for'] === undefined;
  const sent = Buffer.from(headers.authorization ?? '');
  const own = Buffer.from(`Bearer ${token}`);
  return sent.length === own.length && timingSafeEqual(sent, own);
}
