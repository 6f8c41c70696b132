import { AsyncLocalStorage } from 'node:async_hooks';
import { writeFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import pg from 'pg';

/** Something that happened so often and took so long in all. */
interface Sum {
  n: number;
  ms: number;
}
/** One kind of work: the times that it was done, and its round trips to the database by heading. */
interface Work extends Sum {
  statements: Record<string, Sum>;
}

/** Which part of an act a statement belongs to, by its words. */
const headings: readonly [string, RegExp][] = [
  ['begin', /^BEGIN/],
  ['commit', /^COMMIT/],
  ['ledger', /ledger_/],
  ['mail', /\bmail\b|mail_attempt|demo_inbox/],
  ['lock', /FROM "case" WHERE id = .*FOR UPDATE/s],
  ['calendar', /calendar_year/],
  ['session', /FROM session s JOIN/],
  ['messages', /FROM message m JOIN|UPDATE message m/],
];
const headingOf = (sql: string): string =>
  headings.find(([, like]) => like.test(sql))?.[0] ?? `desk: ${sql.replace(/\s+/g, ' ').trim().slice(0, 90)}`;

const routeOf = ({ method, url = '' }: http.IncomingMessage): string =>
  `${method} ${url.split('?')[0]!.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id')}`;

/**
 * Counts and times the requests and the database statements of this process when BENCH_STATEMENTS names a folder: SIGUSR2 writes the sums by kind of
 * request to `<folder>/<name>.json` and starts anew. Otherwise nothing is touched.
 */
export function watchStatements(name: string): void {
  const folder = process.env.BENCH_STATEMENTS;
  if (!folder) return;
  let works: Record<string, Work> = {};
  const workOf = (kind: string) => (works[kind] ??= { n: 0, ms: 0, statements: {} });
  const current = new AsyncLocalStorage<string>();
  watchRequests(current, (kind, ms) => add(workOf(kind), ms));
  watchQueries((sql, ms) => add((workOf(current.getStore() ?? name).statements[headingOf(sql)] ??= { n: 0, ms: 0 }), ms));
  process.on('SIGUSR2', () => {
    const written = works;
    works = {};
    writeFileSync(path.join(folder, `${name}.json`), JSON.stringify(written));
  });
}

function add(sum: Sum, ms: number): void {
  sum.n += 1;
  sum.ms += ms;
}

function watchRequests(current: AsyncLocalStorage<string>, note: (kind: string, ms: number) => void): void {
  const prototype = http.Server.prototype as unknown as { emit: (event: string, ...args: unknown[]) => boolean };
  const emit = prototype.emit;
  prototype.emit = function (this: http.Server, event: string, ...args: unknown[]) {
    if (event !== 'request') return emit.call(this, event, ...args);
    const [kind, begin] = [routeOf(args[0] as http.IncomingMessage), performance.now()];
    (args[1] as http.ServerResponse).once('finish', () => note(kind, performance.now() - begin));
    return current.run(kind, () => emit.call(this, event, ...args));
  };
}

function watchQueries(note: (sql: string, ms: number) => void): void {
  const prototype = pg.Client.prototype as unknown as { query: (...args: unknown[]) => unknown };
  const query = prototype.query;
  prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const begin = performance.now();
    const sql = typeof args[0] === 'string' ? args[0] : (args[0] as { text: string }).text;
    const over = AsyncLocalStorage.bind(() => note(sql, performance.now() - begin));
    const answered = args.at(-1);
    // the pool asks with a callback, a transaction with a promise
    if (typeof answered === 'function') {
      args[args.length - 1] = (...result: unknown[]) => {
        over();
        (answered as (...result: unknown[]) => void)(...result);
      };
    }
    const answer = query.apply(this, args);
    if (answer instanceof Promise) void answer.then(over, over);
    return answer;
  };
}
