// npm run walk [-- --steps N --seed N --trace]: the random walk over the desk, further than a test run goes, or the same way again.
import './node-version.mjs';
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './prepare.mjs';

const { values } = parseArgs({ options: { steps: { type: 'string' }, seed: { type: 'string' }, trace: { type: 'boolean' } } });
const number = (text, otherwise) => {
  if (text === undefined) return String(otherwise);
  if (/^\d{1,9}$/.test(text)) return text;
  console.error(`npm run walk: “${text}” 不是数 is no number. usage: npm run walk [-- --steps N --seed N --trace]`);
  process.exit(2);
};
const { status } = spawnSync(process.execPath, [path.join(root, 'scripts/test.mjs'), 'libs/desk/walk', '--selectProjects', 'desk'], {
  stdio: 'inherit',
  env: {
    ...process.env,
    WALK_STEPS: number(values.steps, 100_000),
    WALK_SEED: number(values.seed, randomInt(2 ** 31 - 1)),
    ...(values.trace && { WALK_TRACE: '1' }),
  },
});
process.exit(status ?? 1);
