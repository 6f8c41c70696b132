// The product's own processes: seed once, then the door (api) and the engine room (worker).
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { freePort } from '../processes.mjs';
import { stampOf } from '../prepare.mjs';
import { Trouble } from '../trouble.mjs';

/** The environment of every process of the product. */
export async function environment({ settings, databaseUrl, temporalAddress }) {
  mkdirSync(settings.keys, { recursive: true, mode: 0o700 });
  const catcher = settings.smtpUrl ? undefined : await freePort(1025);
  return {
    NODE_ENV: 'production',
    HOST: settings.host,
    PORT: String(settings.port),
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress,
    TEMPORAL_NAMESPACE: settings.namespace,
    SMTP_URL: settings.smtpUrl ?? `smtp://127.0.0.1:${catcher}`,
    ...(catcher && { MAIL_CATCHER_PORT: String(catcher) }),
    DATA_DIR: settings.data,
    KEYS_DIR: settings.keys,
    PUBLIC_URL: process.env.PUBLIC_URL || settings.address, // where links in mails lead
    WEB_DIST: path.join(settings.root, 'dist/web'),
    ...(!settings.production && { DEMO: process.env.DEMO ?? '1' }),
  };
}

/** What Node is told before it runs one of our programs. The worker's threads note no stack for every promise of a story (`no-promise-stacks.mjs`). */
export const nodeOptions = (root, name) => [
  '--enable-source-maps',
  '--max-old-space-size=400',
  ...(name === 'worker' ? ['--import', pathToFileURL(path.join(root, 'dist/apps/worker/src/no-promise-stacks.mjs')).href] : []),
];

const node = (settings, name, args = []) => ({
  command: process.execPath,
  args: [...nodeOptions(settings.root, name), path.join(settings.root, 'dist/apps', name, 'src/main.js'), ...args],
  options: { cwd: settings.root },
});

/** What a new or newly built product must find in the database. Runs again only after a build, or in another database. */
export async function seed({ settings, supervisor, env }) {
  const stamp = path.join(settings.data, 'seeded');
  const now = `${stampOf('server')} ${await databaseIdentity(env.DATABASE_URL)}`;
  if (!existsSync(path.join(settings.root, 'dist/apps/cli/src/main.js')) || (existsSync(stamp) && readFileSync(stamp, 'utf8') === now))
    return;
  const how = await supervisor.once({ name: 'seed', env, signal: 'SIGTERM', ...node(settings, 'cli', ['seed']) });
  if (how !== 0)
    throw new Trouble(
      `初始数据写入失败（${how}）：请看 ${supervisor.logOf('seed')}。`,
      `Seeding failed (${how}): see ${supervisor.logOf('seed')}.`,
    );
  writeFileSync(stamp, now);
}

/** Changes when the database is another one, or was emptied and migrated anew. */
async function databaseIdentity(connectionString) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query('select id from _prisma_migrations order by migration_name limit 1');
    return rows[0].id;
  } finally {
    await client.end();
  }
}

/** Starts api and worker; resolves when both have said that they are ready. */
export async function product({ settings, supervisor, env }) {
  const part = (name, title) => supervisor.keep({ name, title, env, ipc: true, signal: 'SIGTERM', grace: 15_000, ...node(settings, name) });
  await Promise.all([part('api', '网页服务'), part('worker', '流程工作者')]);
}
