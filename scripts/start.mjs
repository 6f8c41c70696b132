// npm start: from a fresh clone to a running product, with nothing to install by hand but Node.
// Until the packages are installed only Node's own modules are used.
import './node-version.mjs';
import { existsSync, mkdirSync, readFileSync, statfsSync } from 'node:fs';
import path from 'node:path';
import { prepare, root } from './prepare.mjs';
import { portIfFree, sleep, whenNpmIsGone } from './processes.mjs';
import { takeLease } from './start/lease.mjs';
import { environment, product, seed } from './start/product.mjs';
import { database, temporal } from './start/services.mjs';
import { settingsOf } from './start/settings.mjs';
import { Supervisor } from './start/supervisor.mjs';
import { explain, fullDisk, readOnly, tell, Trouble } from './trouble.mjs';

const ROOM = 128 * 1024 * 1024;
const LAST_TO_END = [['api', 'worker'], ['temporal'], ['postgres']];
const say = (text) => console.log(`[苗圃] ${text}`);

let lease;
let supervisor;
let stopping = false;
let data = root;

async function stop(code) {
  if (stopping) return;
  stopping = true;
  const loudly = supervisor?.keepsAny();
  if (loudly) say('正在停止… stopping');
  await supervisor?.stopAll(LAST_TO_END);
  lease?.release();
  if (loudly) say('已停止。 stopped');
  process.exit(code);
}

/** Ends with the terminal, with Ctrl-C (npm may pass it on a second time), and with the npm that started us. */
function listenForTheEnd() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop(0));
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {}); // the terminal is gone
  whenNpmIsGone(() => void stop(0));
}

async function takeFolder(settings) {
  try {
    mkdirSync(path.join(settings.data, 'logs'), { recursive: true, mode: 0o755 });
  } catch (error) {
    throw error.code === 'ENOENT' ? readOnly(settings.data) : explain(error, settings.data); // so mkdir tells a read-only disk
  }
  lease = await takeLease(settings.data, settings.address);
  const { bavail, bsize } = statfsSync(settings.data);
  if (bavail * bsize < ROOM) throw fullDisk(settings.data);
  if (!(await portIfFree(settings.port, settings.host))) {
    const other = `PORT=${settings.port + 1} npm start`;
    throw new Trouble(
      `端口 ${settings.port} 已被占用：请换一个，例如 ${other}`,
      `Port ${settings.port} is in use: take another, for example ${other}`,
    );
  }
}

function tellAddress(settings, seconds) {
  say(`已就绪 ready  ${settings.address}  (${seconds} s)`);
  const accounts = path.join(settings.data, 'demo-accounts.json');
  if (!settings.production && existsSync(accounts)) {
    say('演示账号 demo accounts:');
    for (const account of JSON.parse(readFileSync(accounts, 'utf8'))) console.log(`    ${Object.values(account).join('  ')}`);
  }
  say('按 Ctrl-C 停止。 Ctrl-C stops it.');
}

async function start() {
  const begin = Date.now();
  const settings = settingsOf(process.env, root);
  data = settings.data;
  await takeFolder(settings);
  prepare();
  const note = (child) => lease.note(child);
  const giveUp = (trouble) => (tell(explain(trouble, settings.data)), void stop(1));
  supervisor = new Supervisor({ logs: path.join(settings.data, 'logs'), note, giveUp, say });
  const [databaseUrl, temporalAddress] = await Promise.all([database({ settings, supervisor, say }), temporal({ settings, supervisor })]);
  const env = await environment({ settings, databaseUrl, temporalAddress });
  lease.share(env); // for the commands (scripts/cli.mjs)
  await seed({ settings, supervisor, env });
  await product({ settings, supervisor, env });
  if (!stopping) tellAddress(settings, ((Date.now() - begin) / 1000).toFixed(1));
}

listenForTheEnd();
start().catch(async (error) => {
  await sleep(50); // Ctrl-C during the install: the signal is heard after the installer's end
  if (stopping) return;
  tell(explain(error, data));
  void stop(1);
});
