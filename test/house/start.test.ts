import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eventually, freePort, startTime, stillRuns } from '../../scripts/processes.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const scratch = mkdtempSync(path.join(tmpdir(), 'miaopu-start-'));
spawnSync('chmod', ['755', scratch]); // under root PostgreSQL is another user

interface Recorded {
  name: string;
  pid: number;
  start: string;
}
interface Started {
  supervisor: ChildProcess;
  output: () => string;
  address: string;
}

const running: ChildProcess[] = [];

function launch(data: string, port: number): { supervisor: ChildProcess; output: () => string } {
  const env = {
    ...process.env,
    NO_COLOR: '1',
    DATA_DIR: data,
    PORT: String(port),
    NODE_ENV: '',
    LOG_LEVEL: 'info',
    npm_lifecycle_event: '',
  };
  const supervisor = spawn(process.execPath, ['scripts/start.mjs'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(supervisor);
  let text = '';
  for (const stream of [supervisor.stdout, supervisor.stderr]) stream.on('data', (more: Buffer) => (text += more));
  return { supervisor, output: () => text };
}

const ended = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

async function start(data: string, port: number): Promise<Started> {
  const launched = launch(data, port);
  await eventually(() => ended(launched.supervisor) || launched.output().includes('ready  http'), 110_000);
  if (!launched.output().includes('ready  http')) throw new Error(`it did not start:\n${launched.output()}`);
  return { ...launched, address: `http://127.0.0.1:${port}` };
}

/** The supervisor with its children, as it wrote them down. */
function family(data: string): Recorded[] {
  const record = JSON.parse(readFileSync(path.join(data, 'supervisor.json'), 'utf8')) as Recorded & { children: Recorded[] };
  return [{ ...record, name: 'supervisor' }, ...record.children.filter(({ name }) => name !== 'seed')];
}
const member = (data: string, name: string): Recorded => family(data).find((one) => one.name === name)!;
const alive = (processes: Recorded[]): string[] => processes.filter(stillRuns).map(({ name }) => name);
const healthy = async (address: string, page = 'readyz'): Promise<boolean> => {
  try {
    return (await fetch(`${address}/${page}`, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
};

describe('npm start', () => {
  const data = path.join(scratch, 'data');
  let port: number;
  let house: Started;

  beforeAll(async () => {
    port = await freePort();
    house = await start(data, port);
  }, 120_000);

  afterAll(async () => {
    for (const child of running.filter((one) => !ended(one))) child.kill('SIGKILL'); // its guards end the rest
    const left = existsSync(path.join(data, 'supervisor.json')) ? family(data) : [];
    await eventually(() => alive(left).length === 0, 15_000);
    rmSync(scratch, { recursive: true, force: true });
  }, 20_000);

  test('serves the console and its API, and tells the demo accounts', async () => {
    expect(await healthy(house.address)).toBe(true);
    expect(await (await fetch(house.address)).text()).toContain('<div id="root">');
    expect(house.output()).toContain('演示账号');
    expect(alive(family(data)).sort()).toEqual(['api', 'postgres', 'supervisor', 'temporal', 'worker']);
  });

  test('beside a running one is refused in one sentence, and the running one is untouched', async () => {
    const before = family(data);
    const second = launch(data, await freePort());
    expect(await eventually(() => ended(second.supervisor), 10_000)).toBe(true);
    expect(second.supervisor.exitCode).toBe(1);
    expect(second.output()).toContain(`苗圃已在运行：${house.address}`);
    expect(second.output().trim().split('\n')).toHaveLength(2); // Chinese and English
    expect(family(data)).toEqual(before);
    expect(await healthy(house.address)).toBe(true);
  });

  test('on a port in use is refused before anything is made', async () => {
    const other = path.join(scratch, 'other');
    const second = launch(other, port);
    expect(await eventually(() => ended(second.supervisor), 10_000)).toBe(true);
    expect(second.supervisor.exitCode).toBe(1);
    expect(second.output()).toContain(`端口 ${port} 已被占用`);
    expect(second.output().trim().split('\n')).toHaveLength(2);
    expect(existsSync(path.join(other, 'pg'))).toBe(false);
    expect(existsSync(path.join(other, 'supervisor.json'))).toBe(false);
  });

  test.each(['api', 'worker', 'temporal', 'postgres'])('starts %s again when it was killed, at the same address', async (name) => {
    const before = member(data, name);
    process.kill(before.pid, 'SIGKILL');
    expect(await eventually(() => member(data, name).pid !== before.pid, 10_000)).toBe(true);
    expect(await eventually(() => healthy(house.address), 20_000)).toBe(true);
    // Who leaned on the one that was killed may have ended with it, and is started again too.
    expect(await eventually(() => alive(family(data)).length === 5, 20_000)).toBe(true);
    expect(alive(family(data)).sort()).toEqual(['api', 'postgres', 'supervisor', 'temporal', 'worker']);
    expect(house.output()).toContain(`${name} 退出（SIGKILL），重新启动`);
  });

  test('comes up again after kill -9 of the supervisor, and leaves no orphan', async () => {
    const before = family(data);
    house.supervisor.kill('SIGKILL');
    house = await start(data, port);
    expect(alive(before)).toEqual([]);
    expect(await healthy(house.address)).toBe(true);
  });

  test('comes up again after kill -9 of everything', async () => {
    const before = family(data);
    for (const { pid } of before) process.kill(pid, 'SIGKILL');
    await eventually(() => alive(before).length === 0, 5_000);
    house = await start(data, port);
    expect(await healthy(house.address)).toBe(true);
  });

  test('ends in order on Ctrl-C and leaves no process', async () => {
    const before = family(data);
    house.supervisor.kill('SIGINT');
    house.supervisor.kill('SIGINT'); // npm passes it on a second time
    expect(await eventually(() => ended(house.supervisor), 20_000)).toBe(true);
    expect(house.supervisor.exitCode).toBe(0);
    expect(alive(before)).toEqual([]);
    expect(existsSync(path.join(data, 'supervisor.json'))).toBe(false);
    expect(readFileSync(path.join(data, 'logs/postgres.log'), 'utf8').trimEnd()).toMatch(/database system is shut down$/);
  });
});

test('an old Node gets a sentence in two languages', () => {
  const pretend = `Object.defineProperty(process.versions, 'node', { value: '18.20.4' }); await import('./scripts/node-version.mjs');`;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', pretend], { cwd: root, encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stderr).toContain('需要 Node.js 20.19 或更高版本，当前是 18.20.4');
  expect(stderr).toContain('Node.js 20.19 or newer is needed');
});

test('the start time of a process tells it from a later one with its pid', () => {
  expect(stillRuns({ pid: process.pid, start: startTime(process.pid) })).toBe(true);
  expect(stillRuns({ pid: process.pid, start: '1' })).toBe(false);
});
