import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { loadavg } from 'node:os';

const TICK = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // gone meanwhile
  }
}

interface Stat {
  parent: number;
  /** Seconds of its own and of the children that it has reaped. */
  seconds: number;
}

function statOf(pid: number): Stat | null {
  const text = read(`/proc/${pid}/stat`);
  if (!text) return null;
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  return { parent: fields[1]!, seconds: (fields[11]! + fields[12]! + fields[13]! + fields[14]!) / TICK };
}

/** A process and all its living descendants. */
function treeOf(pid: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? statOf(Number(name)) : null;
    if (stat) children.set(stat.parent, [...(children.get(stat.parent) ?? []), Number(name)]);
  }
  const tree = [pid];
  for (const each of tree) tree.push(...(children.get(each) ?? []));
  return tree;
}

export type Pids = Record<'api' | 'worker' | 'temporal' | 'postgres', number>;
export type Part = keyof Pids;
export const parts: readonly Part[] = ['api', 'worker', 'temporal', 'postgres'];

/** CPU seconds so far: of each part of the product, of this driver, and of the whole machine. */
export interface Cpu extends Record<Part, number> {
  driver: number;
  machine: number;
  steal: number;
}

export function cpu(pids: Pids): Cpu {
  const of = (part: Part) => treeOf(pids[part]).reduce((sum, pid) => sum + (statOf(pid)?.seconds ?? 0), 0);
  const { user, system } = process.cpuUsage();
  const jiffies = read('/proc/stat').split('\n')[0]!.trim().split(/\s+/).slice(1, 9).map(Number);
  const busy = jiffies.reduce((sum, each) => sum + each, 0) - jiffies[3]! - jiffies[4]!;
  return {
    api: of('api'),
    worker: of('worker'),
    temporal: of('temporal'),
    postgres: of('postgres'),
    driver: (user + system) / 1e6,
    machine: busy / TICK,
    steal: jiffies[7]! / TICK,
  };
}

/** Megabytes. PSS shares each shared page among its users, so that shared buffers count once. */
export function memory(pids: Pids): Record<Part, { pss_mb: number; rss_mb: number }> {
  const kilobytes = (file: string, key: string) => Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(read(file))?.[1] ?? 0);
  const of = (part: Part) => {
    const tree = treeOf(pids[part]);
    const sum = (file: string, key: string) =>
      Math.round(tree.reduce((all, pid) => all + kilobytes(`/proc/${pid}/${file}`, key), 0) / 1024);
    return { pss_mb: sum('smaps_rollup', 'Pss'), rss_mb: sum('status', 'VmRSS') };
  };
  return { api: of('api'), worker: of('worker'), temporal: of('temporal'), postgres: of('postgres') };
}

/** Processes that want a core, over the last minute: what a figure was measured beside. */
export const load = (): number => Math.round(loadavg()[0]! * 100) / 100;
