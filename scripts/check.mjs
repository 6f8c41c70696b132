// npm run check: what must hold before a commit, all of it without running the product. `npm run format` only writes the style.
import './node-version.mjs';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { prepareSources, root } from './prepare.mjs';

const program = (file) => path.join(root, 'node_modules', file);
const ROOMS = ['apps', 'workflows', 'activities', 'libs', 'prisma/seed', 'scripts', 'test'];
const STYLED = [...ROOMS.map((room) => `${room}/**/*.{ts,tsx,mjs,css}`), '*.{mjs,ts,json}'];

const prettier = (mode) => [
  program('prettier/bin/prettier.cjs'),
  mode,
  '--log-level',
  'warn',
  '--no-error-on-unmatched-pattern',
  ...STYLED,
];

const CHECKS = [
  ['types of the server', [program('typescript/bin/tsc'), '-p', 'tsconfig.json']],
  ['types of the console', [program('typescript/bin/tsc'), '-p', 'apps/web/tsconfig.json']],
  ['lint', [program('oxlint/bin/oxlint'), '--type-aware', '--deny-warnings', ...ROOMS]],
  ['walls between the rooms', ['scripts/walls.mjs']],
  ['dead code', [program('knip/bin/knip.js'), '--no-progress', '--no-config-hints']],
  ['style', prettier('--check')],
  ['migrations add up to the schema', ['scripts/migrate.mjs', 'check']],
];

/** Runs one check; what it said is kept until it is over, so that two never mix. */
function run([name, args]) {
  const begin = Date.now();
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let words = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (words += text));
  return new Promise((resolve) =>
    child.once('close', (code) => {
      console.log(`${code === 0 ? '✓' : '✗'} ${name} (${((Date.now() - begin) / 1000).toFixed(1)} s)`);
      if (code !== 0) console.log(words.trimEnd().replace(/^/gm, '    '));
      resolve(code === 0);
    }),
  );
}

/** An address in the lock file would tie every install to the registry of whoever wrote it. */
function lockFileIsPortable() {
  const packages = Object.entries(JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages);
  const tied = packages.filter(([, entry]) => 'resolved' in entry).map(([name]) => name);
  console.log(`${tied.length ? '✗' : '✓'} the lock file names no registry`);
  if (tied.length) console.log(`    "resolved" stands at ${tied.slice(0, 5).join(', ')}${tied.length > 5 ? ' …' : ''}`);
  return tied.length === 0;
}

prepareSources();
if (process.argv.includes('--write')) process.exit((await run(['style', prettier('--write')])) ? 0 : 1);
const results = [lockFileIsPortable()];
const waiting = [...CHECKS];
const lane = async () => {
  while (waiting.length) results.push(await run(waiting.shift()));
};
await Promise.all([lane(), lane()]);
process.exit(results.every(Boolean) ? 0 : 1);
