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

/** The files in dist/ that a source becomes. */
function targetsOf(file) {
  const target = path.join('dist', file.replace(/\.ts$/, '.js'));
  return file.endsWith('.ts') ? [target, `${target}.map`] : [target];
}

async function build(file) {
  const [target, mapTarget] = targetsOf(file);
  const source = await readFile(path.join(root, file));
  await mkdir(path.dirname(path.join(root, target)), { recursive: true });
  if (!mapTarget) return writeFile(path.join(root, target), source);
  const sourceFileName = path.relative(path.dirname(target), file);
  const { code, map } = await transform(source.toString(), { ...options, swcrc: false, filename: file, sourceFileName });
  await writeFile(path.join(root, target), `${code}\n//# sourceMappingURL=${path.basename(mapTarget)}\n`);
  await writeFile(path.join(root, mapTarget), map);
}

const isTest = (file) => /\.(spec|test|fixture)\.ts$|\/journals\/|^apps\/[a-z]+\/test\//.test(file);
const wanted = (file) => !isTest(file) && (/(?<!\.d)\.ts$/.test(file) || /\.(json|csv|txt|html|css|ttf|xlsx|mjs)$/.test(file));
const ours = new Set();
for (const folder of process.argv.slice(2)) {
  const files = (await filesBelow(folder)).filter(wanted);
  for (const file of files) for (const built of targetsOf(file)) ours.add(built);
  await Promise.all(files.map(build));
}
for (const folder of process.argv.slice(2)) {
  const stale = (await filesBelow(path.join('dist', folder))).filter((file) => !ours.has(file));
  await Promise.all(stale.map((file) => rm(path.join(root, file))));
}
