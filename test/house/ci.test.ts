import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** Runs .ci/run with an `npm` that does what `script` says instead of running the tests. */
function ciWith(script: string) {
  const bin = mkdtempSync(path.join(tmpdir(), 'miaopu-ci-'));
  try {
    const programs = { npm: script, chromium: 'exit 0', 'fc-list': 'echo font' };
    for (const [name, text] of Object.entries(programs)) {
      writeFileSync(path.join(bin, name), `#!/bin/sh\n${text}\n`);
      chmodSync(path.join(bin, name), 0o755);
    }
    const { status, stdout } = spawnSync('bash', ['.ci/run'], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, PATH: `${bin}:${process.env.PATH}` },
    });
    return { status, lastLine: stdout.trimEnd().split('\n').at(-1) };
  } finally {
    rmSync(bin, { recursive: true, force: true });
  }
}

describe('.ci/run', () => {
  test.each([
    ['all passed', `printf '12 passed, 0 failed' > $TEST_COUNTS; echo noise`, 0, '12 passed, 0 failed'],
    ['one failed', `printf '11 passed, 1 failed' > $TEST_COUNTS; echo 'npm error' >&2; exit 1`, 1, '11 passed, 1 failed'],
    [
      'one skipped, although jest is content',
      `printf '11 passed, 0 failed, 1 skipped' > $TEST_COUNTS`,
      1,
      '11 passed, 0 failed, 1 skipped',
    ],
    ['one failed, although the exit code says otherwise', `printf '1 passed, 1 failed' > $TEST_COUNTS`, 1, '1 passed, 1 failed'],
    ['killed before it could count', 'kill -9 $$', 1, '0 passed, 1 failed'],
    ['ended well, yet counted nothing', 'exit 0', 1, '0 passed, 1 failed'],
    ['crashed after the count', `printf '12 passed, 0 failed' > $TEST_COUNTS; exit 7`, 7, '12 passed, 0 failed'],
  ])('%s', (_title, script, status, lastLine) => {
    expect(ciWith(script)).toEqual({ status, lastLine });
  });
});
