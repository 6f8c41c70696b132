// Lets Node run the TypeScript sources as they are: a forked process under test needs no build, and nothing stale is ever tested.
//   node --import ./apps/api/test/support/ts-loader.mjs apps/api/src/main.ts
import { readFileSync } from 'node:fs';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';

if (isMainThread) register(import.meta.url);

let compile;
async function compiler() {
  const [{ transformSync }, root] = [await import('@swc/core'), new URL('../../../../', import.meta.url)];
  const { $schema: _, ...options } = JSON.parse(readFileSync(new URL('.swcrc', root), 'utf8'));
  const jsc = { ...options.jsc, rewriteRelativeImportExtensions: false };
  return (url) => transformSync(readFileSync(fileURLToPath(url), 'utf8'), { ...options, jsc, module: { type: 'es6' }, swcrc: false, sourceMaps: 'inline', filename: fileURLToPath(url) }).code;
}

export async function load(url, context, next) {
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return next(url, context);
  compile ??= await compiler();
  return { format: 'module', source: compile(url), shortCircuit: true };
}
