import { readFileSync } from 'node:fs';

type Line = Record<string, unknown> & { mode: string; label?: string };

const at = (line: Line, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], line);

/** Median and spread of one figure over the rounds. */
function middle(lines: readonly Line[], path: string): string {
  const values = lines
    .map((line) => Number(at(line, path)))
    .filter((value) => !Number.isNaN(value))
    .sort((a, b) => a - b);
  if (values.length === 0) return '-';
  const median = values[Math.floor(values.length / 2)]!;
  return values.length === 1 ? `${median}` : `${median} (${values[0]}–${values.at(-1)})`;
}

const rows: readonly [string, string][] = [
  ['办件/秒 cases/s', 'cases_per_s'],
  ['受理 act acknowledged p50 ms', 'complete_ms.p50'],
  ['受理 act acknowledged p95 ms', 'complete_ms.p95'],
  ['认领 claim p95 ms', 'claim_ms.p95'],
  ['发起 start p95 ms', 'start_ms.p95'],
  ['下一待办可见 next task visible p50 ms', 'complete_to_visible_ms.p50'],
  ['下一待办可见 next task visible p95 ms', 'complete_to_visible_ms.p95'],
  ['新环节可见 new stage visible p50 ms', 'complete_to_new_task_ms.p50'],
  ['新环节可见 new stage visible p95 ms', 'complete_to_new_task_ms.p95'],
  ['待办首页 inbox page p95 ms', 'inbox_page_ms.p95'],
  ['CPU s/件 per case', 'cpu_s_per_case'],
  ['  api ms', 'cpu_ms_by_part.api'],
  ['  worker ms', 'cpu_ms_by_part.worker'],
  ['  temporal ms', 'cpu_ms_by_part.temporal'],
  ['  postgres ms', 'cpu_ms_by_part.postgres'],
  ['库字节/件 database bytes per case', 'db_bytes_per_case'],
  ['引擎字节/件 temporal bytes per case', 'temporal_bytes_per_case'],
  ['WAL 字节/件 per case', 'wal_bytes_per_case'],
  ['事务/件 transactions per case', 'transactions_per_case'],
  ['待发邮件 mails waiting at the end', 'mails_waiting'],
  ['内存 memory of all, PSS MB', 'memory.all_pss_mb'],
  ['他用核数 cores busy with others', 'cpu_busy_by_others'],
  ['负载 load average after', 'load_average.1'],
];

/** The figures of a run as tables for people: rounds as medians with their spread, everything else in its own line. */
export function report(file: string): string {
  const lines = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((text) => JSON.parse(text) as Line);
  const rounds = lines.filter(({ mode, label }) => mode === 'drive' && label?.startsWith('round'));
  const users = [...new Set(rounds.map((line) => Number(line.users)))].sort((a, b) => a - b);
  const table = rows.map(
    ([title, path]) =>
      `| ${title} | ${users
        .map((count) =>
          middle(
            rounds.filter((line) => line.users === count),
            path,
          ),
        )
        .join(' | ')} |`,
  );
  const errors = rounds.flatMap((line) => Object.entries(line.errors as Record<string, number>));
  const rest = lines.filter((line) => !rounds.includes(line) && line.mode !== 'machine' && line.label !== 'warm-up');
  return [
    ...(users.length > 0
      ? [
          `| median (min–max) | ${users.map((count) => `${count} users`).join(' | ')} |`,
          `| --- |${users.map(() => ' --- |').join('')}`,
          ...table,
        ]
      : []),
    ...(errors.length > 0 ? [`errors: ${JSON.stringify(errors)}`] : []),
    ...rest.map(({ system: _, mode, label, sample: _sample, ...figures }) => `${mode} ${label ?? ''}: ${JSON.stringify(figures)}`),
  ].join('\n');
}

if (process.argv[2]) console.log(report(process.argv[2]));
