import { setTimeout as sleep } from 'node:timers/promises';
import { circleOf } from '../circles.ts';
import type { Counters, House } from './house.ts';
import { cpu, load, memory, parts, type Cpu } from './meter.ts';
import { round, spread } from './spread.ts';
import { oneCase } from './story.ts';

const timings = ['start', 'start_visible', 'inbox', 'claim', 'complete', 'visible', 'visible_new', 'ended'] as const;

/** A virtual user that fails so often is broken. */
const MOST_FAULTS = 100;

/** Collects samples while it is open: what ends after the window counts for nothing. */
class Window {
  readonly samples: Record<string, number[]> = Object.fromEntries(timings.map((kind) => [kind, []]));
  readonly counts: Record<string, number> = { step: 0, case: 0, asked_again: 0 };
  readonly errors: Record<string, number> = {};
  readonly caseIds: string[] = [];
  finished = 0;
  open = true;

  note = (kind: string, value: number): void => {
    if (!this.open) return;
    if (kind in this.samples) this.samples[kind]!.push(value);
    else this.counts[kind] = (this.counts[kind] ?? 0) + value;
  };

  fault(error: unknown): void {
    const words = String(error)
      .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID')
      .slice(0, 300);
    this.errors[words] = (this.errors[words] ?? 0) + 1;
  }
}

export interface Driven {
  circle: string;
  seconds: number;
  label: string;
}

/** Whole cases in a closed loop by all virtual users of a circle, for so long; one line of figures. */
export async function drive(house: House, { circle: name, seconds, label }: Driven): Promise<object> {
  const circle = circleOf(name);
  const { pids } = house.address;
  const window = new Window();
  const before = await house.counters();
  const loadBefore = load();
  let number = 0;
  const at = { cpu: cpu(pids), time: performance.now() };
  const end = at.time + seconds * 1000;
  let closed: { cpu: Cpu; seconds: number } | undefined;
  const close = () => {
    window.open = false;
    closed ??= { cpu: cpu(pids), seconds: (performance.now() - at.time) / 1000 };
  };
  const timer = setTimeout(close, seconds * 1000);
  const user = async (me: number) => {
    for (let faults = 0; performance.now() < end && faults < MOST_FAULTS;) {
      const i = number++;
      try {
        window.caseIds.push(await oneCase(house.people, circle, { key: `${house.run}-${label}-${name}-${i}`, i, me }, window.note));
        window.finished += 1;
      } catch (error) {
        faults += 1;
        window.fault(error);
        await sleep(20);
      }
    }
  };
  await Promise.all(Array.from({ length: circle.users }, (_, me) => user(me)));
  clearTimeout(timer);
  close();
  const backlog = await house.rows<{ mails: number; messages: number }>(
    `SELECT (SELECT count(*)::int FROM mail WHERE status IN ('waiting', 'sending')) AS mails, (SELECT count(*)::int FROM message WHERE confirmed_at IS NULL) AS messages`,
  );
  const spent = cpuFigures(at.cpu, closed!.cpu, closed!.seconds, window.counts.step! / 6);
  return {
    mode: 'drive',
    label,
    users: circle.users,
    seconds: round(closed!.seconds),
    ...figuresOf(window, closed!.seconds),
    ...spent,
    memory: memoryFigures(house),
    ...perCase(before, await house.counters(), window.finished),
    mails_waiting: backlog[0]!.mails,
    load_average: [loadBefore, load()],
    errors: window.errors,
    sample: window.caseIds.slice(-10),
  };
}

function figuresOf({ samples, counts }: Window, seconds: number): object {
  const s = (kind: (typeof timings)[number]) => spread(samples[kind]!);
  return {
    cases: counts.case,
    cases_per_s: round(counts.case! / seconds),
    completions_per_s: round(counts.step! / seconds),
    complete_to_visible_ms: s('visible'),
    complete_to_new_task_ms: s('visible_new'),
    last_complete_to_ended_ms: s('ended'),
    start_ms: s('start'),
    start_to_visible_ms: s('start_visible'),
    claim_ms: s('claim'),
    complete_ms: s('complete'),
    inbox_page_ms: s('inbox'),
    asked_again: counts.asked_again,
  };
}

/** CPU by the parts of the product, divided by the cases' worth of steps in the window. */
function cpuFigures(before: Cpu, after: Cpu, seconds: number, cases: number): object {
  const spent = (part: keyof Cpu) => after[part] - before[part];
  const ms = (part: keyof Cpu) => round((spent(part) * 1000) / cases, 1);
  const server = spent('api') + spent('worker') + spent('temporal');
  const others = spent('machine') - server - spent('postgres') - spent('driver');
  return {
    cpu_s_per_case: round((server + spent('postgres')) / cases, 4),
    cpu_server_per_case: round(server / cases, 4),
    cpu_db_per_case: round(spent('postgres') / cases, 4),
    cpu_driver_per_case: round(spent('driver') / cases, 4),
    cpu_busy_by_others: round(others / seconds),
    steal: round(spent('steal') / seconds),
    cpu_ms_by_part: Object.fromEntries(parts.map((part) => [part, ms(part)])),
  };
}

function memoryFigures(house: House): object {
  const of = memory(house.address.pids);
  const server = (['api', 'worker', 'temporal'] as const).map((part) => of[part]);
  const sum = (key: 'pss_mb' | 'rss_mb') => server.reduce((all, each) => all + each[key], 0);
  return {
    server: { pss_mb: sum('pss_mb'), rss_mb: sum('rss_mb') },
    db: of.postgres,
    ...of,
    all_pss_mb: sum('pss_mb') + of.postgres.pss_mb,
  };
}

const perCase = (before: Counters, after: Counters, cases: number) =>
  Object.fromEntries(
    Object.entries(after).map(([key, value]) => [`${key}_per_case`, Math.round((Number(value) - before[key as keyof Counters]) / cases)]),
  );
