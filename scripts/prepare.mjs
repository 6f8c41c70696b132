// What a fresh clone lacks: packages, the database client, the built product. A step runs when the hash of what it reads has changed.
// Node's own modules only: it runs before the install.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startTime, stillRuns } from './processes.mjs';
import { explain, tell, Trouble } from './trouble.mjs';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const stamps = path.join(root, 'dist/.prepared.json');
const readStamps = () => (existsSync(stamps) ? JSON.parse(readFileSync(stamps, 'utf8')) : {});

/** The hash under which a step last ran; it changes with what the step built. */
export const stampOf = (name) => readStamps()[name] ?? '';

function filesOf(input) {
  const absolute = path.join(root, input);
  if (!existsSync(absolute)) return [];
  if (!statSync(absolute).isDirectory()) return [input];
  const inside = readdirSync(absolute, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile());
  return inside.map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name))).sort();
}

const isTest = (file) => /\.(spec|test)\.tsx?$|\/journals\/|^apps\/[a-z]+\/test\//.test(file);

function hashOf(inputs) {
  const hash = createHash('sha256').update(process.version);
  for (const file of inputs.flatMap(filesOf))
    if (!isTest(file))
      hash
        .update(file)
        .update('\0')
        .update(readFileSync(path.join(root, file)))
        .update('\0');
  return hash.digest('hex');
}

/** Runs one of Node's programs in the root; what it says is shown only when it fails. */
function run(name, args, env = {}) {
  const options = { cwd: root, encoding: 'utf8', env: { ...process.env, ...env } };
  const { status, signal, error, stdout, stderr } = spawnSync(process.execPath, args, options);
  if (status === 0) return;
  const words = `${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}`;
  const cause = explain({ message: words }, root);
  if (cause instanceof Trouble) throw cause;
  console.error(words.trim());
  throw new Trouble(`构建失败（${name}，${signal ?? status}）：原因见上。`, `Building failed (${name}): the cause stands above.`);
}

/** Runs `act` unless `done()` already holds; two commands at once wait for each other rather than build into one another. */
function ensure(name, done, act) {
  if (done()) return;
  const lock = path.join(root, 'dist/.preparing');
  mkdirSync(path.dirname(lock), { recursive: true });
  while (!taken(lock)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  try {
    if (done()) return;
    const begin = Date.now();
    act();
    console.log(`[prepare] ${name} ${((Date.now() - begin) / 1000).toFixed(1)} s`);
  } finally {
    rmSync(lock, { force: true });
  }
}

function taken(lock) {
  try {
    writeFileSync(lock, JSON.stringify({ pid: process.pid, start: startTime(process.pid) }), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  try {
    if (!stillRuns(JSON.parse(readFileSync(lock, 'utf8')))) rmSync(lock, { force: true });
  } catch {
    // being written, or gone: look again
  }
  return false;
}

function step(name, inputs, output, act) {
  const hash = hashOf(inputs);
  const done = () => readStamps()[name] === hash && existsSync(path.join(root, output));
  ensure(name, done, () => {
    act();
    writeFileSync(stamps, JSON.stringify({ ...readStamps(), [name]: hash }));
  });
}

const program = (file) => path.join(root, 'node_modules', file);

/** Packages and the database client: enough for tests of rules and for the checks. */
export function prepareSources() {
  ensure('packages', packagesAreThere, install);
  step('database client', ['prisma/schema.prisma', 'scripts/generate-client.mjs', 'package-lock.json'], 'prisma/generated/client.ts', () =>
    run('database client', ['scripts/generate-client.mjs']),
  );
}

const json = (file) => JSON.parse(readFileSync(path.join(root, file), 'utf8'));

/** Whether node_modules holds exactly what the lock file says: npm keeps its own list of what it laid down. */
function packagesAreThere() {
  if (!existsSync(path.join(root, 'node_modules/.package-lock.json'))) return false;
  const [wanted, got] = [json('package-lock.json').packages, json('node_modules/.package-lock.json').packages];
  const same = ([name, entry]) =>
    name === '' || (got[name] ? got[name].version === entry.version : Boolean(entry.optional || entry.peerOptional));
  return Object.entries(wanted).every(same) && Object.keys(got).every((name) => name in wanted);
}

function install() {
  if (lstatSync(path.join(root, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink()) {
    throw new Trouble(
      'node_modules 是一个链接，且与 package-lock.json 不符：请在链接所指之处安装。',
      'node_modules is a link, and not what package-lock.json says: install where it leads (npm ci would empty that place).',
    );
  }
  console.log('[prepare] 正在安装依赖… installing packages (npm ci)');
  const npm = process.env.npm_execpath; // npm itself, when it runs us
  const [command, first] = npm ? [process.execPath, [npm]] : ['npm', []];
  const args = [...first, 'ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, signal, stderr, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ['inherit', 'inherit', 'pipe'],
    encoding: 'utf8',
  });
  if (status === 0) return;
  const words = stderr ?? '';
  if (/ENOSPC|EROFS|EACCES/.test(words)) throw explain({ message: words }, root);
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|network/.test(words)) {
    throw new Trouble(
      '连接不上 npm 软件源，依赖没有装上：请检查网络或代理（npm config get registry），再运行 npm start。',
      'The npm registry cannot be reached, so packages are not installed: check the network or proxy (npm config get registry), then run npm start again.',
    );
  }
  throw new Error(`npm ci: ${error?.message ?? `ended with ${signal ?? status}`}\n${words}`);
}

const SERVER = ['apps/api', 'apps/worker', 'apps/cli', 'workflows', 'activities', 'libs', 'prisma/generated', 'prisma/seed'];

/** What runs on the server lies in dist/ afterwards. */
export function prepareServer() {
  prepareSources();
  step('server', [...SERVER, '.swcrc', 'scripts/build-server.mjs', 'package-lock.json'], 'dist/libs/db.js', () =>
    run('build', ['scripts/build-server.mjs', ...SERVER]),
  );
  prepareBundle();
}

/** The stories as the worker loads them. */
export function prepareBundle() {
  step(
    'workflow bundle',
    ['workflows', 'libs/domain', 'scripts/bundle-workflows.mjs', 'package-lock.json'],
    'dist/workflow-bundle.js',
    () => run('workflow bundle', ['scripts/bundle-workflows.mjs']),
  );
}

/** Everything, the console too. */
export function prepare() {
  prepareServer();
  step('console', ['apps/web', 'workflows', 'libs/domain', 'vite.config.ts', 'package-lock.json'], 'dist/web/index.html', () =>
    run('console', [program('vite/bin/vite.js'), 'build', '--logLevel', 'error']),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    prepare();
  } catch (error) {
    tell(error);
    process.exit(1);
  }
}
