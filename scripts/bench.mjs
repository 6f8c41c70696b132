// npm run bench [-- quick | acts | campaigns | anatomy] [--profile] [--keep]: the product under load on this machine, in a database of its own that is thrown away.
//   (nothing)   three rounds of 1, 8 and 32 virtual users, the inbox at 1,000 and 100,000 open tasks, a job of 1,324 starts: about seven minutes
//   quick       one round of 8 users and the short lists: about a minute
//   acts        two rounds of 8 users: to hold a change against what was before it
//   campaigns   1,087 people of the roster from the opening of a batch to the new pay, the worker killed in between: about ten minutes
//   anatomy     one user with every database statement counted: where the time of a request goes
//   --profile   CPU profiles of api and worker beside the figures      --keep   leaves the data where it is
import './node-version.mjs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { prepareServer, root } from './prepare.mjs';
import { freePort } from './processes.mjs';
import { environment, nodeOptions } from './start/product.mjs';
import { database, temporal } from './start/services.mjs';
import { settingsOf } from './start/settings.mjs';
import { Supervisor } from './start/supervisor.mjs';
import { explain, tell } from './trouble.mjs';

const PLANS = ['full', 'quick', 'acts', 'campaigns', 'anatomy'];
const CAMPAIGN_PEOPLE = 1_087;
const say = (text) => console.log(`[bench] ${text}`);

const { positionals, values } = parseArgs({ allowPositionals: true, options: { profile: { type: 'boolean' }, keep: { type: 'boolean' } } });
const plan = positionals[0] ?? 'full';
if (!PLANS.includes(plan)) {
  console.error(`usage: npm run bench [-- ${PLANS.slice(1).join(' | ')}] [--profile] [--keep]`);
  process.exit(2);
}

const data = mkdtempSync(path.join(tmpdir(), 'miaopu-bench-'));
const artifacts = path.join(root, 'artifacts');
const out = path.join(artifacts, `bench-${plan}-${new Date().toISOString().replace(/[:.]/g, '-')}.jsonl`);
let supervisor;
let stopping = false;

async function stop(code) {
  if (stopping) return;
  stopping = true;
  await supervisor?.stopAll([['api', 'worker'], ['sink'], ['temporal'], ['postgres']]);
  if (values.keep) say(`data kept in ${data}`);
  else rmSync(data, { recursive: true, force: true });
  process.exit(code);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop(130));

/** Node's programs in a process of their own; resolves with the exit code. */
async function run(file, args = [], env = {}) {
  const child = spawn(process.execPath, [path.join(root, file), ...args], { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
  const [code] = await once(child, 'exit');
  return code;
}

async function build() {
  prepareServer();
  if ((await run('scripts/build-server.mjs', ['bench'])) !== 0) throw new Error('the benchmark does not build');
  if ((await run('scripts/bundle-workflows.mjs', ['bench/index.ts', 'dist/bench/workflow-bundle.js'])) !== 0)
    throw new Error('the workflows do not bundle');
}

/** The product as `npm start` runs it, with one process more in its catalogue and a mail server that keeps nothing. */
async function open() {
  chmodSync(data, 0o755); // as root the database runs under another user
  mkdirSync(path.join(data, 'logs'), { recursive: true });
  mkdirSync(artifacts, { recursive: true });
  const settings = settingsOf({ DATA_DIR: data, PORT: String(await freePort()) }, root);
  const pids = {};
  supervisor = new Supervisor({
    logs: path.join(data, 'logs'),
    note: ({ name, pid }) => (pids[name] = pid),
    giveUp: (trouble) => (tell(explain(trouble, data)), void stop(1)),
    say,
  });
  const [databaseUrl, temporalAddress] = await Promise.all([database({ settings, supervisor, say }), temporal({ settings, supervisor })]);
  if ((await run('dist/bench/seed.js', [], { DATABASE_URL: databaseUrl })) !== 0) throw new Error('seeding failed');
  const sinkPort = await freePort();
  const env = {
    ...(await environment({ settings: { ...settings, smtpUrl: `smtp://127.0.0.1:${sinkPort}` }, databaseUrl, temporalAddress })),
    SINK_PORT: String(sinkPort),
    WEB_DIST: '',
    WORKFLOW_BUNDLE: path.join(root, 'dist/bench/workflow-bundle.js'),
    RATE_PER_ACCOUNT_PER_MINUTE: '1000000', // one virtual user clicks as fast as a whole office
    RATE_SIGN_IN_PER_MINUTE: '100000',
    ...(plan === 'anatomy' && { BENCH_STATEMENTS: data }),
  };
  const profile = values.profile ? ['--cpu-prof', `--cpu-prof-dir=${artifacts}`] : [];
  const part = (name, args = []) =>
    supervisor.keep({
      name,
      title: name,
      env,
      ipc: true,
      signal: 'SIGTERM',
      grace: 15_000,
      command: process.execPath,
      args: [...nodeOptions(root, name), ...args, path.join(root, 'dist/bench', `${name}.js`)],
      options: { cwd: root },
    });
  await part('sink');
  await Promise.all([part('api', profile), part('worker', profile)]);
  return {
    base: `http://127.0.0.1:${settings.port}`,
    databaseUrl,
    temporalAddress,
    temporalFile: path.join(data, 'temporal.db'),
    pids,
    statements: plan === 'anatomy' ? data : null,
  };
}

/** The main run of a batch is a test of the whole product; at full size its figures are of use. */
async function campaigns() {
  mkdirSync(artifacts, { recursive: true });
  const env = { CAMPAIGN_PEOPLE: String(CAMPAIGN_PEOPLE), CAMPAIGN_FIGURES: out };
  const code = await run('scripts/test.mjs', ['apps/worker/test/campaign'], env);
  if (code === 0) {
    await run('scripts/build-server.mjs', ['bench']);
    await run('dist/bench/report.js', [out]);
    say(`figures in ${path.relative(root, out)}`);
  }
  await stop(code);
}

async function bench() {
  if (plan === 'campaigns') return campaigns();
  await build();
  const address = await open();
  const code = await run('dist/bench/load/main.js', [], { BENCH_ADDRESS: JSON.stringify(address), BENCH_OUT: out, BENCH_PLAN: plan });
  await run('dist/bench/report.js', [out]);
  say(`figures in ${path.relative(root, out)}`);
  await stop(code);
}

bench().catch((error) => {
  tell(explain(error, data));
  void stop(1);
});
