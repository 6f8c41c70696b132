// TypeScript to dist/, file by file with swc (types are checked by `npm run check`). A file whose source is gone goes too.
//   node scripts/build-server.mjs <folder>…
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const { $schema: _, ...options } = JSON.parse(await readFile(path.join(root, '.swcrc'), 'utf8'));

async function filesBelow(folder) {
  const entries = await readdir(path.join(root, folder), { withFileTypes: true, recursive: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)));
}

async function build(file) {
  const target = path.join(root, 'dist', file.replace(/\.ts$/, '.js'));
  await mkdir(path.dirname(target), { recursive: true });
  if (!file.endsWith('.ts')) return writeFile(target, await readFile(path.join(root, file)));
  const source = await readFile(path.join(root, file), 'utf8');
  const { code, map } = await transform(source, {
    ...options,
    swcrc: false,
    filename: file,
    sourceFileName: path.relative(path.dirname(target), path.join(root, file)),
  });
  await writeFile(target, `${code}\n//# sourceMappingURL=${path.basename(target)}.map\n`);
  await writeFile(`${target}.map`, map);
}

const wanted = (file) =>
  (/\.ts$/.test(file) && !/\.(spec|test|d)\.ts$/.test(file) && !/^apps\/[a-z]+\/test\//.test(file)) ||
  /^libs\/.*\.(json|ttf|html|css)$/.test(file);
for (const folder of process.argv.slice(2)) {
  await rm(path.join(root, 'dist', folder), { recursive: true, force: true });
  await Promise.all((await filesBelow(folder)).filter(wanted).map(build));
}
