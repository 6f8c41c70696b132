// npm run cli -- <command>: the product's commands, with the database of the product that runs here, or an embedded one started for them.
import './node-version.mjs';
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { prepare, root } from './prepare.mjs';
import { runningIn, takeLease } from './start/lease.mjs';
import { embeddedDatabase } from './start/services.mjs';
import { settingsOf } from './start/settings.mjs';
import { Supervisor } from './start/supervisor.mjs';
import { explain, tell } from './trouble.mjs';

function runCommand(settings, env) {
  const program = path.join(root, 'dist/apps/cli/src/main.js');
  const defaults = {
    NODE_ENV: 'production',
    DATA_DIR: settings.data,
    KEYS_DIR: settings.keys,
    CLI_CWD: process.env.INIT_CWD ?? process.cwd(),
  };
  const { status } = spawnSync(process.execPath, ['--enable-source-maps', program, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, ...defaults, ...env },
  });
  return status ?? 1;
}

/** Without a running product and without DATABASE_URL: PostgreSQL alone, for as long as the command runs. */
async function withEmbeddedDatabase(settings) {
  const logs = path.join(settings.data, 'logs');
  mkdirSync(logs, { recursive: true });
  const lease = await takeLease(settings.data, 'a command');
  const supervisor = new Supervisor({ logs, note: lease.note, giveUp: tell, say: console.error });
  try {
    return runCommand(settings, { DATABASE_URL: await embeddedDatabase({ settings, supervisor, say: console.error }) });
  } finally {
    await supervisor.stopAll([['postgres']]);
    lease.release();
  }
}

async function main() {
  prepare();
  const settings = settingsOf(process.env, root);
  if (settings.database) return runCommand(settings, {});
  const running = runningIn(settings.data);
  return running?.env ? runCommand(settings, running.env) : withEmbeddedDatabase(settings);
}

main().then(
  (status) => process.exit(status),
  (error) => {
    tell(explain(error, root));
    process.exit(1);
  },
);
