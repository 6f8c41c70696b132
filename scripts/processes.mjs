// What a supervisor needs to know about processes and ports. Node's own modules only: it runs before the install.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import net from 'node:net';

/** Start time of a process in clock ticks, so that a recycled pid is never taken for ours; '' where /proc does not tell, null when it is gone. */
export function startTime(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(') ') + 2).split(' ');
    return fields[0] === 'Z' ? null : fields[19]; // a killed process that nobody has reaped still answers kill(pid, 0)
  } catch (error) {
    if (process.platform === 'linux' || error.code === 'ESRCH') return null;
  }
  try {
    process.kill(pid, 0);
    return '';
  } catch (error) {
    return error.code === 'EPERM' ? '' : null;
  }
}

/** The pids of npm and of the shell between it and us, when npm started us (Linux; elsewhere only the parent). */
function launchers() {
  const read = (file) => {
    try {
      return readFileSync(file, 'utf8');
    } catch {
      return '';
    }
  };
  const parent = process.ppid;
  if (!/^(sh|dash|bash|zsh|ksh)$/.test(read(`/proc/${parent}/comm`).trim())) return [parent];
  return [parent, Number(/^PPid:\s*(\d+)/m.exec(read(`/proc/${parent}/status`))?.[1] ?? 0)];
}

/** Calls back when the npm that started us is gone, even by kill -9. */
export function whenNpmIsGone(act) {
  if (!process.env.npm_lifecycle_event) return;
  const at = launchers().join();
  setInterval(() => launchers().join() !== at && act(), 1_000).unref();
}

/** Whether the process that was recorded as pid + start time still runs. */
export const stillRuns = ({ pid, start }) => startTime(pid) !== null && startTime(pid) === start;

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Asks again every 25 ms until `holds` answers true; false when `ms` have passed. */
export async function eventually(holds, ms) {
  for (const end = Date.now() + ms; Date.now() < end; await sleep(25)) if (await holds()) return true;
  return false;
}

/** Ends a process by a polite signal, and by SIGKILL when it takes longer than `grace` ms. */
export async function endProcess(recorded, signal, grace) {
  const kill = (s) => {
    try {
      process.kill(recorded.pid, s);
    } catch {
      // gone already
    }
  };
  if (!stillRuns(recorded)) return;
  kill(signal);
  if (await eventually(() => !stillRuns(recorded), grace)) return;
  kill('SIGKILL');
  await eventually(() => !stillRuns(recorded), 5_000);
}

const GUARD =
  'while read -r _; do :; done; kill "-$2" "$1" 2>/dev/null; n=0; while kill -0 "$1" 2>/dev/null && [ $n -lt 100 ]; do sleep 0.1; n=$((n+1)); done; kill -KILL "$1" 2>/dev/null; [ -z "$3" ] || rm -rf "$3"';

/**
 * Stands beside a child and ends it when this process is gone, however it went (kill -9 closes the pipe too).
 * The guard is a shell of its own session, so that Ctrl-C in a terminal does not reach it. `sweep` is a directory to remove then.
 */
export function guard(child, signal = 'TERM', sweep = '') {
  const watcher = spawn('/bin/sh', ['-c', GUARD, 'guard', String(child.pid), signal, sweep], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watcher.unref();
  watcher.stdin.unref();
  watcher.stdin.on('error', () => {});
  child.once('exit', () => watcher.kill('SIGKILL')); // before the pid can be given to another
  return watcher;
}

/** Whether something accepts connections there. */
export const accepts = (port, host = '127.0.0.1') =>
  new Promise((resolve) => {
    const socket = net.connect(port, host, () => (socket.destroy(), resolve(true))).once('error', () => resolve(false));
  });

/** The port if it is free on this machine's loopback, else 0. `port` 0 asks for any. */
export const portIfFree = (port, host = '127.0.0.1') =>
  new Promise((resolve) => {
    const server = net.createServer().once('error', () => resolve(0));
    server.listen(port, host, () => {
      const got = server.address().port;
      server.close(() => resolve(got));
    });
  });

/** `wanted` when it is free, else any free port. */
export async function freePort(wanted = 0) {
  const port = (wanted && (await portIfFree(wanted))) || (await portIfFree(0));
  if (!port) throw new Error('no free port');
  return port;
}
