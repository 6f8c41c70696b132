import type { FastifyInstance } from 'fastify';
import type { Stories } from '../cases/stories.ts';
import type { System } from '../system.ts';

/**
 * /healthz: the process answers. /readyz: it can serve, which needs the database; that Temporal is away is told, and is no reason to take
 * the process out of service: people's acts are taken and their stories catch up.
 */
export function answerHealth(app: FastifyInstance, { db }: System, stories: Stories): void {
  app.get('/healthz', async () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    const [database, temporal] = await Promise.all([within(2_000, db.$queryRaw`SELECT 1`), within(2_000, stories.reach())]);
    return reply
      .code(database ? 200 : 503)
      .send({ status: database ? 'ok' : 'unavailable', database: database ? 'ok' : 'away', temporal: temporal ? 'ok' : 'away' });
  });
}

const within = (ms: number, work: Promise<unknown>): Promise<boolean> =>
  Promise.race([
    work.then(
      () => true,
      () => false,
    ),
    new Promise<boolean>((resolve) => setTimeout(() => resolve(false), ms).unref()),
  ]);
