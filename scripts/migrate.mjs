// Migrations. `deploy` applies prisma/migrations file by file, each as one script in one transaction, and keeps Prisma's own table
// (Prisma's engine splits a script at every ";", which breaks function bodies).
//   node scripts/migrate.mjs deploy   the database at DATABASE_URL gets what it lacks
//   node scripts/migrate.mjs check    schema.prisma and the migrations say the same, or exit 1
//   node scripts/migrate.mjs reinit   writes the first migration anew from schema.prisma (before the first release only)
import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import pg from 'pg';
import { tell, Trouble } from './trouble.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const directory = path.join(root, 'prisma/migrations');
/** The advisory lock that Prisma's own commands take: whoever migrates excludes everyone else who does. */
const LOCK = 72707369;
const TABLE = `create table if not exists _prisma_migrations (
  id varchar(36) primary key not null, checksum varchar(64) not null, finished_at timestamptz, migration_name varchar(255) not null,
  logs text, rolled_back_at timestamptz, started_at timestamptz not null default now(), applied_steps_count integer not null default 0)`;

const sha256 = (text) => createHash('sha256').update(text).digest('hex');

/** The migrations on disk in the order in which they apply. */
export function migrationsOnDisk() {
  const names = readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return names
    .map(({ name }) => ({ name, sql: readFileSync(path.join(directory, name, 'migration.sql'), 'utf8') }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((migration) => ({ ...migration, checksum: sha256(migration.sql) }));
}

/** Brings the database up to date; returns the names applied. Refuses a database that knows other migrations than this program. */
export async function deploy(url, onDisk = migrationsOnDisk()) {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await client.query(TABLE);
    const { rows } = await client.query('select migration_name as name, checksum from _prisma_migrations where rolled_back_at is null');
    const known = new Map(rows.map((row) => [row.name, row.checksum]));
    refuseForeignHistory(known, onDisk);
    const missing = onDisk.filter(({ name }) => !known.has(name));
    for (const migration of missing) await apply(client, migration);
    return missing.map(({ name }) => name);
  } finally {
    await client.end(); // the lock ends with the session
  }
}

function refuseForeignHistory(known, onDisk) {
  for (const name of known.keys()) {
    if (!onDisk.some((migration) => migration.name === name))
      throw new Trouble(
        `数据库比程序新（含有迁移 ${name}）：请升级程序，或换一个数据库。`,
        `The database knows migration ${name}, this program does not: upgrade the program, or use another database.`,
      );
  }
  for (const { name, checksum } of onDisk) {
    if (known.has(name) && known.get(name) !== checksum)
      throw new Trouble(
        `迁移 ${name} 在应用之后被改动：请恢复该文件，或换一个空数据库（内置数据库：删除数据目录）。`,
        `Migration ${name} was changed after it was applied: restore the file, or use an empty database (embedded: remove the data folder).`,
      );
  }
}

async function apply(client, { name, sql, checksum }) {
  await client.query('begin');
  try {
    await client.query(sql);
    await client.query(
      `insert into _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count) values ($1, $2, $3, clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    const line = error.position ? ` (line ${sql.slice(0, Number(error.position)).split('\n').length})` : '';
    throw new Error(`migration ${name}${line}: ${error.message}`, { cause: error });
  }
}

/** Lends the database at DATABASE_URL, or a throw-away one. */
export async function withDatabase(use) {
  if (process.env.DATABASE_URL) return use(process.env.DATABASE_URL);
  const { startFleetingPostgres } = await import('./pg.mjs');
  const server = await startFleetingPostgres();
  try {
    return await use(server.url);
  } finally {
    await server.stop();
  }
}

async function main(command) {
  if (command === 'deploy' && process.env.DATABASE_URL) {
    const applied = await deploy(process.env.DATABASE_URL);
    console.log(applied.length ? `applied: ${applied.join(', ')}` : 'up to date');
  } else if (command === 'check') {
    const sql = await withDatabase((await import('./schema-drift.mjs')).drift);
    if (sql) console.error(`The migrations do not add up to schema.prisma. What is missing:\n${sql}`);
    process.exitCode = sql ? 1 : 0;
  } else if (command === 'reinit') {
    await withDatabase((await import('./schema-drift.mjs')).reinit);
  } else {
    console.error('usage: [DATABASE_URL=…] node scripts/migrate.mjs deploy | check | reinit');
    process.exitCode = 2;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  // not awaited at the top: schema-drift.mjs imports this file
  main(process.argv[2]).catch((error) => {
    tell(error);
    process.exitCode = 1;
  });
}
