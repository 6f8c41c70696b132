// Runs the parts of the product as children: each is started again when it dies, up to a bound, and all end in order.
import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, renameSync, statfsSync, statSync } from 'node:fs';
import path from 'node:path';
import { endProcess, eventually, guard, sleep, startTime } from '../processes.mjs';
import { fullDisk, Trouble } from '../trouble.mjs';

const A_MINUTE = 60_000;
const DEATHS_A_MINUTE = 10;
const DEATHS_BEFORE_READY = 3;
const LOG_BYTES = 16 * 1024 * 1024;

/** Waits longer after each death within the last minute: 0.2 s, 0.4 s … 8 s. */
export const backoff = (deaths) => Math.min(8_000, 100 * 2 ** deaths);

/**
 * @param {{ logs: string, note: (child: object) => void, giveUp: (trouble: Error) => void, say: (text: string) => void }} house
 */
export function createSupervisor({ logs, note, giveUp, say }) {
  const running = new Map(); // name -> { child, spec }, in the order of their start
  let stopping = false;

  const logOf = (name) => path.join(logs, `${name}.log`);

  function launch(spec) {
    rotate(logOf(spec.name));
    const log = openSync(logOf(spec.name), 'a');
    // detached: Ctrl-C in the terminal reaches the supervisor alone, which ends its children in order
    const stdio = ['ignore', log, log, ...(spec.ipc ? ['ipc'] : [])];
    const child = spawn(spec.command, spec.args, { ...spec.options, env: { ...process.env, ...spec.env }, detached: true, stdio });
    closeSync(log);
    const ended = new Promise((resolve) => {
      child.once('exit', (code, signal) => resolve(signal ?? code));
      child.once('error', (error) => resolve(error.code ?? String(error)));
    });
    child.on('error', () => {}); // a send to a child that is gone
    if (child.pid) {
      guard(child, spec.signal.slice(3));
      note({ name: spec.name, pid: child.pid, start: startTime(child.pid), signal: spec.signal });
    }
    running.set(spec.name, { child, spec });
    return { child, ended };
  }

  async function becomesReady(spec, { child, ended }) {
    let over = false;
    void ended.then(() => (over = true));
    let ready = false;
    if (spec.ipc) child.once('message', () => (ready = true));
    const holds = spec.ipc ? () => ready : spec.ready;
    await eventually(async () => over || stopping || (await holds()), spec.within ?? A_MINUTE);
    return !over && (spec.ipc ? ready : true);
  }

  function tooManyDeaths(spec, how) {
    const { bavail, bsize } = statfsSync(logs);
    if (bavail * bsize < 16 * 1024 * 1024) return fullDisk(path.dirname(logs));
    return new Trouble(
      `${spec.title}反复退出（${how}），已停止：原因见 ${logOf(spec.name)}，排除后重新 npm start。`,
      `${spec.name} keeps ending (${how}): see ${logOf(spec.name)}, then run npm start again.`,
    );
  }

  /** Keeps a child alive from now on; resolves when it is ready for the first time. */
  async function keep(spec) {
    for (let deaths = 1; ; deaths++) {
      if (stopping) return;
      const launched = launch(spec);
      if (await becomesReady(spec, launched)) {
        void watch(spec, launched);
        return;
      }
      if (stopping) return;
      if (launched.child.exitCode === null && launched.child.signalCode === null && launched.child.pid) {
        throw new Trouble(
          `${spec.title}迟迟没有就绪：请看 ${logOf(spec.name)}。`,
          `${spec.name} did not become ready: see ${logOf(spec.name)}.`,
        );
      }
      if (deaths >= DEATHS_BEFORE_READY) throw tooManyDeaths(spec, await launched.ended);
      await sleep(backoff(deaths));
    }
  }

  async function watch(spec, launched) {
    let deaths = [];
    for (;;) {
      const how = await launched.ended;
      if (stopping) return;
      deaths = [...deaths.filter((at) => at > Date.now() - A_MINUTE), Date.now()];
      if (deaths.length >= DEATHS_A_MINUTE) return giveUp(tooManyDeaths(spec, how));
      say(`${spec.title} ${spec.name} 退出（${how}），重新启动。 ended, starting it again.`);
      await sleep(backoff(deaths.length));
      if (stopping) return;
      try {
        launched = launch(spec);
      } catch (error) {
        return giveUp(error);
      }
    }
  }

  /** A command that ends by itself; its exit code. */
  async function once(spec) {
    const how = await launch(spec).ended;
    running.delete(spec.name);
    return how;
  }

  const stop = async (name) => {
    const { child, spec } = running.get(name) ?? {};
    if (child?.pid) await endProcess({ pid: child.pid, start: startTime(child.pid) }, spec.signal, spec.grace ?? 10_000);
  };

  /** Ends everything, group after group; what stands in no group goes first. */
  async function stopAll(groups) {
    stopping = true;
    const grouped = new Set(groups.flat());
    const others = [...running.keys()].filter((name) => !grouped.has(name));
    for (const group of [others, ...groups]) await Promise.all(group.map(stop));
  }

  return { keep, once, stopAll, logOf };
}

function rotate(log) {
  if (existsSync(log) && statSync(log).size > LOG_BYTES) renameSync(log, `${log}.1`);
}
