// What a fresh clone lacks: packages, the database client, the built product. A step runs when the hash of what it reads has changed.
// Node's own modules only: it runs before the install.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const stamps = path.join(root, 'node_modules/.cache/miaopu/prepare.json');
const readStamps = () => (existsSync(stamps) ? JSON.parse(readFileSync(stamps, 'utf8')) : {});

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

/** Runs one of Node's programs in the root; its words reach the terminal. */
export function run(name, args, env = {}) {
  const { status, signal, error } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
  if (status !== 0) throw new Error(`${name}: ${error?.message ?? `ended with ${signal ?? status}`}`);
}

function step(name, inputs, output, act) {
  const hash = hashOf(inputs);
  if (readStamps()[name] === hash && existsSync(path.join(root, output))) return;
  const begin = Date.now();
  act();
  mkdirSync(path.dirname(stamps), { recursive: true });
  writeFileSync(stamps, JSON.stringify({ ...readStamps(), [name]: hash }));
  console.log(`[prepare] ${name} ${((Date.now() - begin) / 1000).toFixed(1)} s`);
}

const program = (file) => path.join(root, 'node_modules', file);

/** Packages and the database client: enough for tests of rules and for the checks. */
export function prepareSources() {
  if (!packagesAreThere()) install();
  // `generate` never runs the schema engine, it only looks for it: any existing file stops its download
  const quiet = { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' };
  step('database client', ['prisma/schema.prisma', 'prisma.config.ts', 'package-lock.json'], 'prisma/generated/client.ts', () =>
    run('prisma generate', [program('prisma/build/index.js'), 'generate', '--no-hints'], quiet),
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
  console.log('[prepare] 正在安装依赖… installing packages (npm ci)');
  const npm = process.env.npm_execpath; // npm itself, when it runs us
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status } = npm
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: 'inherit' })
    : spawnSync('npm', args, { cwd: root, stdio: 'inherit' });
  if (status !== 0)
    throw new Error(
      '安装依赖失败：请检查网络后重试 npm start。 Packages could not be installed: check the network, then run npm start again.',
    );
}

const SERVER = ['apps/api', 'apps/worker', 'apps/cli', 'workflows', 'activities', 'libs', 'prisma/generated'];

/** Everything: what runs lies in dist/ afterwards. */
export function prepare() {
  prepareSources();
  step('server', [...SERVER, '.swcrc', 'scripts/build-server.mjs', 'package-lock.json'], 'dist/libs/db.js', () =>
    run('build', ['scripts/build-server.mjs', ...SERVER]),
  );
  step('workflow bundle', ['workflows', 'libs/domain', 'package-lock.json'], 'dist/workflow-bundle.js', () =>
    run('workflow bundle', ['scripts/bundle-workflows.mjs']),
  );
  step('console', ['apps/web', 'workflows', 'libs/domain', 'vite.config.ts', 'package-lock.json'], 'dist/web/index.html', () =>
    run('console', [program('vite/bin/vite.js'), 'build', '--logLevel', 'error']),
  );
}
