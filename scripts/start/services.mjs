// PostgreSQL and Temporal as this start needs them: embedded and kept alive, or somebody's own at an address.
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { accepts, eventually, freePort } from '../processes.mjs';
import { explain, Trouble } from '../trouble.mjs';

/** The database's URL, answering and migrated. */
export async function database({ settings, supervisor, say }) {
  const url = settings.database ? await ownDatabase(settings.database) : await embeddedDatabase({ settings, supervisor, say });
  const { deploy } = await import('../migrate.mjs');
  try {
    const applied = await deploy(url);
    if (applied.length) say(`数据库已更新 migrated: ${applied.join(', ')}`);
  } catch (error) {
    const { hostname, port } = new URL(url);
    if (!/ECONN|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|password authentication|does not exist|28P01|3D000/.test(`${error.code} ${error.message}`))
      throw error;
    throw new Trouble(
      `无法登录数据库 ${hostname}:${port}（${error.message}）：请检查 DATABASE_URL。`,
      `The database at ${hostname}:${port} refuses: check DATABASE_URL.`,
    );
  }
  return url;
}

async function ownDatabase({ url, host, port }) {
  if (await eventually(() => accepts(port, host), 5_000)) return url;
  throw new Trouble(
    `连接不上数据库 ${host}:${port}：请检查 DATABASE_URL，或去掉它以使用内置数据库。`,
    `No database answers at ${host}:${port}: check DATABASE_URL, or unset it to use the embedded one.`,
  );
}

/** The URL of PostgreSQL in the data folder, kept alive by the supervisor. */
export async function embeddedDatabase({ settings, supervisor, say }) {
  const { initPostgres, placePostgres, postgresAnswers, postgresCommand, postgresUrl, stopLeftoverPostgres } = await import('../pg.mjs');
  const place = await placePostgres({ data: path.join(settings.data, 'pg'), outside: () => outsideOf(settings.data) });
  if (place.moved) say(`以 root 身份运行且目录不对外开放，数据库放在 database kept in: ${place.data}`);
  refuseOtherMajor(place);
  await stopLeftoverPostgres(place.data);
  let password;
  try {
    password = initPostgres(place);
  } catch (error) {
    throw explain(error, place.data);
  }
  const port = await freePort(Number(process.env.PG_PORT ?? 5433));
  const { command, args, options } = postgresCommand(place, { port });
  const ready = () => postgresAnswers({ port, password });
  await supervisor.keep({
    name: 'postgres',
    title: '数据库',
    command,
    args,
    options,
    env: { LC_ALL: 'C' },
    ready,
    signal: 'SIGINT',
    grace: 30_000,
  });
  return postgresUrl({ port, password });
}

function refuseOtherMajor({ version, data }) {
  const file = path.join(data, 'PG_VERSION');
  const [had, has] = [existsSync(file) ? readFileSync(file, 'utf8').trim() : '', version.split('.')[0]];
  if (!had || had === has) return;
  throw new Trouble(
    `数据由 PostgreSQL ${had} 写成，本程序带的是 ${has}：请用原版本导出（pg_dump）后导入。`,
    `The data was written by PostgreSQL ${had}, this is ${has}: dump it with the former version and load it.`,
  );
}

/** A directory that an unprivileged user can reach, the same one for the same data folder every time. */
function outsideOf(data) {
  const name = `miaopu-${createHash('sha256').update(data).digest('hex').slice(0, 10)}`;
  for (const base of ['/var/lib', tmpdir()]) {
    try {
      accessSync(base, constants.W_OK);
      mkdirSync(path.join(base, name), { recursive: true, mode: 0o755 });
      return path.join(base, name);
    } catch {
      // the next one
    }
  }
  throw new Trouble(
    '找不到数据库可用的目录：请设置 DATABASE_URL，或不要以 root 身份运行。',
    'No directory for the database: set DATABASE_URL, or do not run as root.',
  );
}

/** The address of a Temporal server that accepts connections. */
export async function temporal({ settings, supervisor }) {
  const own = settings.temporal;
  if (own) {
    if (await eventually(() => accepts(own.port, own.host), 5_000)) return own.address;
    throw new Trouble(
      `连接不上 Temporal ${own.address}：请检查 TEMPORAL_ADDRESS，或去掉它以使用内置服务。`,
      `No Temporal answers at ${own.address}: check TEMPORAL_ADDRESS, or unset it to use the embedded one.`,
    );
  }
  const { temporalBinary } = await import('../temporal-bin.mjs');
  const [command, port] = [
    await temporalBinary([path.join(settings.data, 'bin')]),
    await freePort(Number(process.env.TEMPORAL_PORT ?? 7233)),
  ];
  const data = ['--db-filename', path.join(settings.data, 'temporal.db'), '--sqlite-pragma', 'journal_mode=wal'];
  const args = [
    'server',
    'start-dev',
    '--headless',
    '--ip',
    '127.0.0.1',
    '--port',
    String(port),
    '--namespace',
    settings.namespace,
    '--log-level',
    'warn',
    ...data,
  ];
  // GOGC=400 takes a fifth off its CPU; the limit keeps that from eating the machine
  const env = { GOGC: '400', GOMEMLIMIT: '300MiB' };
  await supervisor.keep({ name: 'temporal', title: '流程引擎', command, args, env, ready: () => accepts(port), signal: 'SIGTERM' });
  return `127.0.0.1:${port}`;
}
