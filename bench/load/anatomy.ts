import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { circleOf } from '../circles.ts';
import type { House } from './house.ts';
import { round } from './spread.ts';
import { oneCase } from './story.ts';

interface Sum {
  n: number;
  ms: number;
}
type Works = Record<string, Sum & { statements: Record<string, Sum> }>;

async function sumsOf(folder: string, name: 'api' | 'worker', pid: number): Promise<Works> {
  const file = path.join(folder, `${name}.json`);
  rmSync(file, { force: true });
  process.kill(pid, 'SIGUSR2');
  for (let tries = 0; !existsSync(file); tries++) {
    if (tries > 100) throw new Error(`${name} wrote no sums`);
    await sleep(50);
  }
  await sleep(50);
  return JSON.parse(readFileSync(file, 'utf8')) as Works;
}

/** Where the time of a request goes: door is what is left after the database; ledger, mail and commit are their own round trips. */
function anatomyOf({ n, ms, statements }: Works[string]): object {
  const all = Object.values(statements).reduce((sum, each) => sum + each.ms, 0);
  const of = (heading: string) => round((statements[heading]?.ms ?? 0) / n, 2);
  const trips = Object.values(statements).reduce((sum, each) => sum + each.n, 0);
  const named = of('ledger') + of('mail') + of('commit');
  return {
    requests: n,
    ms: round(ms / n, 2),
    round_trips: round(trips / n, 1),
    door_ms: round((ms - all) / n, 2),
    desk_ms: round(all / n - named, 2),
    ledger_ms: of('ledger'),
    mail_ms: of('mail'),
    commit_ms: of('commit'),
  };
}

/** One user's cases with every statement counted and timed; for its own run, since counting costs a little. */
export async function anatomy(house: House, { circle: name, cases }: { circle: string; cases: number }): Promise<object[]> {
  const { statements, pids } = house.address;
  if (!statements) return [];
  const circle = circleOf(name);
  const once = (i: number) => oneCase(house.people, circle, { key: `${house.run}-anatomy-${i}`, i, me: 0 }, () => undefined);
  await once(0);
  await sumsOf(statements, 'api', pids.api);
  await sumsOf(statements, 'worker', pids.worker);
  for (let i = 1; i <= cases; i++) await once(i);
  const api = await sumsOf(statements, 'api', pids.api);
  const worker = await sumsOf(statements, 'worker', pids.worker);
  const lines = Object.entries(api)
    .filter(([, { n }]) => n > 0)
    .map(([kind, work]) => ({
      mode: 'anatomy',
      label: kind,
      per_case: round(work.n / cases, 1),
      ...anatomyOf(work),
      statements: perCase(work.statements, work.n),
    }));
  const told = worker.worker ?? { n: 0, ms: 0, statements: {} };
  const trips = (works: Works) =>
    Object.values(works)
      .flatMap((work) => Object.values(work.statements))
      .reduce((sum, each) => sum + each.n, 0);
  return [
    ...lines,
    { mode: 'anatomy', label: 'worker', statements: perCase(told.statements, cases) },
    { mode: 'round_trips', api_per_case: round(trips(api) / cases, 1), worker_per_case: round(trips(worker) / cases, 1) },
  ];
}

const perCase = (statements: Record<string, Sum>, cases: number) =>
  Object.fromEntries(
    Object.entries(statements)
      .sort(([, a], [, b]) => b.ms - a.ms)
      .map(([heading, { n, ms }]) => [heading, { n: round(n / cases, 2), ms: round(ms / cases, 2) }]),
  );
