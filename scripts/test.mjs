// npm test [-- jest's arguments]. Ends with one line of counts (and writes it to the file TEST_COUNTS, when that is set).
import './node-version.mjs';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { prepareSources, root } from './prepare.mjs';

prepareSources();
const scratch = mkdtempSync(path.join(tmpdir(), 'miaopu-counts-'));
const counts = process.env.TEST_COUNTS ?? path.join(scratch, 'counts');
const jest = ['--experimental-vm-modules', '--no-warnings', path.join(root, 'node_modules/jest/bin/jest.js'), ...process.argv.slice(2)];
const { status } = spawnSync(process.execPath, jest, {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, NODE_ENV: 'test', TEST_COUNTS: counts },
});
let line = 'no counts: jest did not reach its end';
try {
  line = readFileSync(counts, 'utf8');
} catch {
  // said above
}
rmSync(scratch, { recursive: true, force: true });
console.log(line);
process.exit(status ?? 1);
