// The workflows as one file, so that a worker starts without bundling.
//   node scripts/bundle-workflows.mjs [entry] [target]
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const [entry = 'workflows/index.ts', output = 'dist/workflow-bundle.js'] = process.argv.slice(2);
const target = path.join(root, output);
const quiet = { trace() {}, debug() {}, info() {}, log() {}, warn: console.warn, error: console.error };

const { code } = await bundleWorkflowCode({ workflowsPath: path.join(root, entry), logger: quiet });
await mkdir(path.dirname(target), { recursive: true });
await writeFile(target, code);
