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
const LEAST_ROOM = 16 * 1024 * 1024;

/** The wait after so many deaths within a minute: 0.2 s, 0.4 s … 8 s. */
const backoff = (deaths) => Math.min(8_000, 100 * 2 ** deaths);

/**
 * A part is `{ name, title, command, args, signal }` with `options` and `env` for its process, `grace` ms to end in, and either `ipc` (it
 * sends a message when it is ready) or `ready`, which is asked until it answers true.
 */
export class Supervisor {
  #running = new Map(); // name -> { child, part }
  #stopping = false;

  /** `note` writes a started child down, `giveUp` is told why a part cannot be kept alive, `say` reaches the terminal. */
  constructor({ logs, note, giveUp, say }) {
    Object.assign(this, { logs, note, giveUp, say });
  }

  logOf(name) {
    return path.join(this.logs, `${name}.log`);
  }

  /** Keeps a part alive from now on; resolves when it is ready for the first time. */
  async keep(part) {
    for (let deaths = 1; !this.#stopping; deaths++) {
      const launched = this.#launch(part);
      if (await this.#becomesReady(part, launched)) {
        void this.#watch(part, launched);
        return;
      }
      if (this.#stopping) return;
      const { exitCode, signalCode, pid } = launched.child;
      if (pid && exitCode === null && signalCode === null)
        throw new Trouble(
          `${part.title}迟迟没有就绪：请看 ${this.logOf(part.name)}。`,
          `${part.name} did not become ready: see ${this.logOf(part.name)}.`,
        );
      if (deaths >= DEATHS_BEFORE_READY) throw this.#tooManyDeaths(part, await launched.ended);
      await sleep(backoff(deaths));
    }
  }

  /** Runs a command that ends by itself; its exit code or signal. */
  async once(part) {
    const how = await this.#launch(part).ended;
    this.#running.delete(part.name);
    return how;
  }

  keepsAny() {
    return [...this.#running.values()].some(({ child }) => child.exitCode === null && child.signalCode === null && child.pid);
  }

  /** Ends everything, group after group; what stands in no group goes first. */
  async stopAll(groups) {
    this.#stopping = true;
    const others = [...this.#running.keys()].filter((name) => !groups.flat().includes(name));
    for (const group of [others, ...groups]) await Promise.all(group.map((name) => this.#stop(name)));
  }

  #launch(part) {
    rotate(this.logOf(part.name));
    const log = openSync(this.logOf(part.name), 'a');
    // detached: Ctrl-C in the terminal reaches the supervisor alone, which ends its children in order
    const stdio = ['ignore', log, log, ...(part.ipc ? ['ipc'] : [])];
    const child = spawn(part.command, part.args, { ...part.options, env: { ...process.env, ...part.env }, detached: true, stdio });
    closeSync(log);
    const ended = new Promise((resolve) => {
      child.once('exit', (code, signal) => resolve(signal ?? code));
      child.on('error', (error) => child.pid ?? resolve(error.code ?? String(error)));
    });
    if (child.pid) {
      guard(child, part.signal.slice(3));
      this.note({ name: part.name, pid: child.pid, start: startTime(child.pid), signal: part.signal });
    }
    this.#running.set(part.name, { child, part });
    return { child, ended };
  }

  async #becomesReady(part, { child, ended }) {
    let [over, told] = [false, false];
    void ended.then(() => (over = true));
    if (part.ipc) child.once('message', () => (told = true));
    const ready = part.ipc ? () => told : part.ready;
    let holds = false;
    await eventually(async () => over || this.#stopping || (holds = await ready()), A_MINUTE);
    return holds && !over;
  }

  async #watch(part, launched) {
    let deaths = [];
    for (;;) {
      const how = await launched.ended;
      if (this.#stopping) return;
      deaths = [...deaths.filter((at) => at > Date.now() - A_MINUTE), Date.now()];
      if (deaths.length >= DEATHS_A_MINUTE) return this.giveUp(this.#tooManyDeaths(part, how));
      this.say(`${part.title} ${part.name} 退出（${how}），重新启动。 ended, starting it again.`);
      await sleep(backoff(deaths.length));
      if (this.#stopping) return;
      try {
        launched = this.#launch(part);
      } catch (error) {
        return this.giveUp(error); // not even its log can be written
      }
    }
  }

  async #stop(name) {
    const { child, part } = this.#running.get(name) ?? {};
    if (child?.pid) await endProcess({ pid: child.pid, start: startTime(child.pid) }, part.signal, part.grace ?? 10_000);
  }

  #tooManyDeaths(part, how) {
    const { bavail, bsize } = statfsSync(this.logs);
    if (bavail * bsize < LEAST_ROOM) return fullDisk(path.dirname(this.logs));
    const log = this.logOf(part.name);
    return new Trouble(
      `${part.title}反复退出（${how}），已停止：原因见 ${log}，排除后重新 npm start。`,
      `${part.name} keeps ending (${how}): see ${log}, then run npm start again.`,
    );
  }
}

function rotate(log) {
  if (existsSync(log) && statSync(log).size > LOG_BYTES) renameSync(log, `${log}.1`);
}
