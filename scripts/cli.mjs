// npm run cli -- <command>…: a command beside the running system, with its settings (DATA_DIR/runtime.json), or with those of the environment.
import './node-version.mjs';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { tell, Trouble } from './trouble.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const data = path.resolve(root, process.env.DATA_DIR || '.data');
const program = path.join(root, 'dist/apps/cli/src/main.js');

function runtime() {
  if (process.env.DATABASE_URL) return {};
  try {
    return JSON.parse(readFileSync(path.join(data, 'runtime.json'), 'utf8'));
  } catch {
    throw new Trouble('没有找到运行中的苗圃：请先 npm start，或设置 DATABASE_URL。', 'No running system found: npm start first, or set DATABASE_URL.');
  }
}

try {
  const env = { ...runtime(), ...process.env };
  if (!existsSync(program)) throw new Trouble('程序还没有构建：请先 npm start。', 'Not built yet: npm start first.');
  // Paths in the arguments are meant from where the command was typed.
  const { status } = spawnSync(process.execPath, ['--enable-source-maps', program, ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
    env: { ...env, CLI_CWD: process.env.INIT_CWD ?? process.cwd() },
  });
  process.exit(status ?? 1);
} catch (error) {
  if (!(error instanceof Trouble)) throw error;
  tell(error);
  process.exit(1);
}
