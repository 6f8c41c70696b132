import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { accepts, eventually, freePort, guard } from '../../scripts/processes.mjs';
import { temporalBinary, timeSkippingBinary } from '../../scripts/temporal-bin.mjs';

async function launch(program: string, args: string[], port: number, sweep = ''): Promise<ChildProcess> {
  const child = spawn(program, args, { stdio: 'ignore', env: { ...process.env, GOGC: '400' } });
  guard(child, 'KILL', sweep);
  child.unref();
  const up = await eventually(async () => child.exitCode !== null || (await accepts(port)), 20_000);
  if (!up || child.exitCode !== null) throw new Error(`${program} did not start`);
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

export interface DevServer {
  address: string;
  namespace: string;
  /** kill -9; what was acknowledged is on disk. */
  kill: () => Promise<void>;
  /** On the same address and the same data. */
  startAgain: () => Promise<void>;
  /** Its data are gone; to be called while it is down. */
  loseData: () => void;
  close: () => Promise<void>;
}

/**
 * A real Temporal server of one's own, with its data on disk; up in about 0.3 s. It ends with this process, however that ends.
 * `settings` are the server's dynamic configuration, `name=value`.
 */
export async function temporalDevServer({ settings = [] }: { settings?: readonly string[] } = {}): Promise<DevServer> {
  const directory = mkdtempSync(path.join(tmpdir(), 'miaopu-temporal-'));
  const [program, port] = [await temporalBinary(), await freePort()];
  const data = [
    '--db-filename',
    path.join(directory, 'temporal.db'),
    '--sqlite-pragma',
    'journal_mode=wal',
    '--sqlite-pragma',
    'synchronous=normal',
  ];
  const args = ['server', 'start-dev', '--headless', '--ip', '127.0.0.1', '--port', String(port), '--log-level', 'error', ...data];
  for (const setting of settings) args.push('--dynamic-config-value', setting);
  const start = () => launch(program, args, port, directory);
  let child = await start();
  return {
    address: `127.0.0.1:${port}`,
    namespace: 'default',
    kill: () => kill(child),
    startAgain: async () => {
      child = await start();
    },
    loseData: () => {
      for (const end of ['', '-wal', '-shm']) rmSync(path.join(directory, `temporal.db${end}`), { force: true });
    },
    close: async () => {
      await kill(child);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** A server that skips time, at its address; up in about 0.5 s. Its clock is one for all that it runs: one server a test file. */
export async function timeSkippingServer(): Promise<{ address: string; close: () => Promise<void> }> {
  const [program, port] = [await timeSkippingBinary(), await freePort()];
  const child = await launch(program, [String(port)], port);
  return { address: `127.0.0.1:${port}`, close: () => kill(child) };
}

type Create = (options: { server: { type: 'existing' }; address: string; supportsTimeSkipping: true }) => Promise<TestWorkflowEnvironment>;

/** The SDK's environment over a time-skipping server of one's own. `teardown` ends the server too. */
export async function timeSkippingEnvironment(): Promise<TestWorkflowEnvironment> {
  const server = await timeSkippingServer();
  // The SDK starts the server itself, and would leave it behind when the tests are killed: hand it ours through its own (private) factory.
  const create = (TestWorkflowEnvironment as unknown as { create: Create }).create.bind(TestWorkflowEnvironment);
  const environment = await create({ server: { type: 'existing' }, address: server.address, supportsTimeSkipping: true });
  const teardown = environment.teardown.bind(environment);
  environment.teardown = async () => {
    await teardown();
    await server.close();
  };
  return environment;
}
