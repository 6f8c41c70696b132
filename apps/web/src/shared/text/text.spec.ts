import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const src = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

const sources = readdirSync(src, { withFileTypes: true, recursive: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.spec\.tsx?$/.test(entry.name))
  .map((entry) => path.join(entry.parentPath, entry.name))
  .filter((file) => !file.includes(`${path.sep}text${path.sep}`));

const withoutComments = (code: string) => code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`])\/\/.*$/gm, '$1');

test('every Chinese word of the console stands in the catalogue', () => {
  expect(sources.length).toBeGreaterThan(20);
  const strays = sources.filter((file) => /\p{Script=Han}/u.test(withoutComments(readFileSync(file, 'utf8'))));
  expect(strays.map((file) => path.relative(src, file))).toEqual([]);
});
