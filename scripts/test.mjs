// npm test [-- jest's arguments]. Ends with one line of counts (and writes it to the file TEST_COUNTS, when that is set).
import './node-version.mjs';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { prepareSources, root } from './prepare.mjs';

// A test that runs the whole product has five processes of its own: of these only one runs at a time, or each waits for the others.
const RUNS = [
  { rings: ['rules', 'desk', 'stories'], options: [] },
  { rings: ['service', 'browser', 'house'], options: ['--maxWorkers=1'] },
];

const given = process.argv.slice(2);
const scratch = mkdtempSync(path.join(tmpdir(), 'miaopu-counts-'));

/** One run of jest: its exit code, and passed, failed and skipped, or null when it did not reach its end. */
function run(args, name) {
  const counts = path.join(scratch, name);
  const node = [
    '--experimental-vm-modules',
    '--no-warnings',
    '--import',
    pathToFileURL(path.join(root, 'apps/worker/src/no-promise-stacks.mjs')).href,
  ];
  const jest = [...node, path.join(root, 'node_modules/jest/bin/jest.js'), ...args];
  const { status } = spawnSync(process.execPath, jest, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: 'test', TEST_COUNTS: counts },
  });
  try {
    return { status: status ?? 1, counted: JSON.parse(readFileSync(counts, 'utf8')) };
  } catch {
    return { status: status || 1, counted: null };
  }
}

prepareSources();
const runs = given.includes('--selectProjects')
  ? [run(given, 'all')]
  : RUNS.map(({ rings, options }, n) => run(['--passWithNoTests', ...options, ...given, '--selectProjects', ...rings], String(n)));
rmSync(scratch, { recursive: true, force: true });

const total = { passed: 0, failed: 0, skipped: 0 };
for (const { counted } of runs) for (const what of Object.keys(total)) total[what] += counted ? counted[what] : what === 'failed' ? 1 : 0;
if (runs.some(({ counted }) => counted === null)) console.log('jest did not reach its end');
const line = `${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`;
if (process.env.TEST_COUNTS) writeFileSync(process.env.TEST_COUNTS, line);
console.log(line);
process.exit(runs.find(({ status }) => status !== 0)?.status ?? 0);
