import { createServer } from 'node:http';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Db } from '../../../libs/db.ts';

/** What the engine room reports of its work; without a port it is counted and served to nobody. */
export interface Metrics {
  carried: (seconds: number) => void;
  notCarried: () => void;
  repaired: (cases: number) => void;
  close: () => Promise<void>;
}

/** Counts stop here: a backlog is large or it is not. */
const CAP = 10_000;

export async function createMetrics({ db, port, host }: { db: Db; port?: number | undefined; host: string }): Promise<Metrics> {
  const registry = new Registry();
  const registers = [registry];
  const way = new Histogram({
    name: 'miaopu_message_seconds',
    help: 'From an act to its story hearing of it',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60],
    registers,
  });
  const failed = new Counter({
    name: 'miaopu_message_failures_total',
    help: 'Messages that could not be delivered at that time',
    registers,
  });
  const repairs = new Counter({
    name: 'miaopu_story_repairs_total',
    help: 'Stories told anew because the engine had lost them',
    registers,
  });
  const counts = {
    carried: (seconds: number) => way.observe(seconds),
    notCarried: () => failed.inc(),
    repaired: (cases: number) => repairs.inc(cases),
  };
  if (port === undefined) return { ...counts, close: async () => undefined };

  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'miaopu_waiting',
    help: 'Rows that wait to be worked on',
    labelNames: ['what'],
    registers,
    async collect() {
      for (const { what, count } of await waiting(db)) this.set({ what }, count);
    },
  });
  const server = createServer((request, response) => {
    if (request.url !== '/metrics') return void response.writeHead(404).end();
    registry.metrics().then(
      (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
      // the database is away: this process still answers
      () => response.writeHead(503).end(),
    );
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
  return {
    ...counts,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const waiting = (db: Db) => db.$queryRaw<{ what: string; count: number }[]>`
  SELECT 'messages' AS what, count(*)::int AS count FROM (SELECT FROM message WHERE confirmed_at IS NULL LIMIT ${CAP}) m
  UNION ALL SELECT 'mails', count(*)::int FROM (SELECT FROM mail WHERE status IN ('waiting', 'sending') LIMIT ${CAP}) m
  UNION ALL SELECT 'unsealed', count(*)::int FROM (SELECT FROM ledger_unsealed LIMIT ${CAP}) u
  UNION ALL SELECT 'starts', count(*)::int FROM (SELECT FROM start_job_item WHERE done_at IS NULL LIMIT ${CAP}) s`;
