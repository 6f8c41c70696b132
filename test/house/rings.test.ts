import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

test('every test file stands in exactly one ring', () => {
  const jest = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', '--listTests'];
  const { stdout } = spawnSync(process.execPath, jest, { cwd: root, encoding: 'utf8' });
  const listed = stdout
    .trim()
    .split('\n')
    .map((file) => path.relative(root, file));
  const rooms = readdirSync(root, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && !/^(\.|node_modules$|dist$|artifacts$)/.test(entry.name),
  );
  const files = rooms.flatMap(({ name }) =>
    readdirSync(path.join(root, name), { recursive: true, encoding: 'utf8' }).map((file) => path.join(name, file)),
  );
  expect(listed.sort()).toEqual(files.filter((file) => /\.(spec|test)\.tsx?$/.test(file)).sort());
});
