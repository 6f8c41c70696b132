// Migrations. `deploy` applies prisma/migrations file by file, each as one script in one transaction, and keeps Prisma's own table
// (Prisma's engine splits a script at every ";", which breaks function bodies). `check` and `reinit` ask Prisma's engine as WebAssembly:
// its native build would be a download.
//   node scripts/migrate.mjs deploy   the database at DATABASE_URL gets what it lacks
//   node scripts/migrate.mjs check    schema.prisma and the migrations say the same, or exit 1
//   node scripts/migrate.mjs reinit   writes the first migration anew from schema.prisma (before the first release only)
import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import pg from 'pg';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const directory = path.join(root, 'prisma/migrations');
const INIT = '20261124000000_init';
const GUARDS = '20261124000001_guards';
/** The advisory lock that Prisma's own commands take: whoever migrates excludes everyone else who does. */
const LOCK = 72707369;
const TABLE = `create table if not exists _prisma_migrations (
  id varchar(36) primary key not null, checksum varchar(64) not null, finished_at timestamptz, migration_name varchar(255) not null,
  logs text, rolled_back_at timestamptz, started_at timestamptz not null default now(), applied_steps_count integer not null default 0)`;

const sha256 = (text) => createHash('sha256').update(text).digest('hex');

/** The migrations on disk in the order in which they apply. */
function migrationsOnDisk() {
  const names = readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return names
    .map(({ name }) => ({ name, sql: readFileSync(path.join(directory, name, 'migration.sql'), 'utf8') }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((migration) => ({ ...migration, checksum: sha256(migration.sql) }));
}

/** Brings the database up to date; returns the names applied. Refuses a database that knows other migrations than this program. */
export async function deploy(url) {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await client.query(TABLE);
    const { rows } = await client.query('select migration_name as name, checksum from _prisma_migrations where rolled_back_at is null');
    const known = new Map(rows.map((row) => [row.name, row.checksum]));
    const onDisk = migrationsOnDisk();
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
      throw new Error(
        `数据库比程序新：含有本程序没有的迁移 ${name}。请升级程序。 The database knows migration ${name}, this program does not: upgrade the program.`,
      );
  }
  for (const { name, checksum } of onDisk) {
    if (known.has(name) && known.get(name) !== checksum)
      throw new Error(
        `迁移 ${name} 在应用之后被改动。请恢复该文件，或换一个空数据库。 Migration ${name} was changed after it was applied: restore the file, or use an empty database.`,
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

/** The SQL that would lead from a database with all migrations to schema.prisma; null when they agree. */
export async function drift(url) {
  const name = `drift_${randomUUID().replaceAll('-', '')}`;
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query(`create database ${name}`);
  try {
    const scratch = new URL(url);
    scratch.pathname = `/${name}`;
    await deploy(scratch.href);
    const result = await diff({ tag: 'schemaDatasource', ...schema(), configDir: root }, scratch.href);
    return result.exitCode === 2 ? withoutFalseAlarms(result.stdout) : null;
  } finally {
    await admin.query(`drop database ${name} with (force)`);
    await admin.end();
  }
}

/**
 * What the engine calls a difference and is none: an index that it would make anew by the very statement of the first migration (it does
 * not read operator classes back), and an index that a hand-written migration added.
 */
function withoutFalseAlarms(script) {
  const [init, ...byHand] = migrationsOnDisk().map(({ sql }) => sql);
  const anew = [...script.matchAll(/^CREATE (?:UNIQUE )?INDEX "([^"]+)" .*;/gm)].filter(([statement]) => init.includes(statement));
  const added = [...byHand.join('\n').matchAll(/^CREATE (?:UNIQUE )?INDEX "?(\w+)"?/gim)];
  const known = new Set([...anew, ...added].map(([, name]) => name));
  const index = /^(?:DROP|CREATE|CREATE UNIQUE) INDEX "([^"]+)"/m;
  const rest = script.split(/\n\n(?=-- )/).filter((part) => !known.has(part.match(index)?.[1]));
  return rest.join('\n\n').trim() || null;
}

/** Writes the first migration from schema.prisma, and an empty second one for hand-written SQL where there is none. */
export async function reinit(url) {
  const { stdout } = await diff({ tag: 'empty' }, url);
  const write = (name, sql, flag) => {
    mkdirSync(path.join(directory, name), { recursive: true });
    try {
      writeFileSync(path.join(directory, name, 'migration.sql'), sql, { flag });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
  };
  write(INIT, stdout, 'w');
  write(GUARDS, '-- What Prisma cannot say: triggers, partial indexes, roles. Written by hand.\n', 'wx');
  writeFileSync(path.join(directory, 'migration_lock.toml'), '# Please do not edit this file manually\nprovider = "postgresql"\n');
}

const schema = () => {
  const file = path.join(root, 'prisma/schema.prisma');
  return { files: [{ path: file, content: readFileSync(file, 'utf8') }] };
};

async function diff(from, url) {
  const SchemaEngine = await loadEngine();
  const adapter = bindMigrationAwareSqlAdapterFactory(new CatalogueReader({ connectionString: url }));
  const engine = await SchemaEngine.new({ datamodels: schema().files.map((file) => [file.path, file.content]) }, () => {}, adapter);
  try {
    const filters = { externalTables: [], externalEnums: [] };
    return await engine.diff({
      from,
      to: { tag: 'schemaDatamodel', ...schema() },
      script: true,
      exitCode: true,
      shadowDatabaseUrl: null,
      filters,
    });
  } finally {
    engine.free();
  }
}

/** The engine is made for a bundler; by hand it needs neither that nor a flag of Node's. */
async function loadEngine() {
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (text) => console.error(`schema engine: ${text}`) };
  const here = path.dirname(fileURLToPath(import.meta.resolve('@prisma/schema-engine-wasm')));
  const glue = await import(pathToFileURL(path.join(here, 'schema_engine_bg.js')).href);
  const module = await WebAssembly.compile(await readFile(path.join(here, 'schema_engine_bg.wasm')));
  const instance = await WebAssembly.instantiate(module, { './schema_engine_bg.js': glue });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return glue.SchemaEngine;
}

const CHAR_OID = 18;
const TEXT_OID = 25;
/** PrismaPg refuses the catalogue's "char" columns, which the engine reads: tell them as Character. */
class CatalogueReader extends PrismaPg {
  async connect() {
    const adapter = await super.connect();
    const queryRaw = adapter.queryRaw;
    adapter.queryRaw = async (query) => {
      const chars = [];
      const performIO = async (asked) => {
        const result = await adapter.performIO(asked);
        result.fields.forEach((field, index) => {
          if (field.dataTypeID !== CHAR_OID) return;
          chars.push(index);
          field.dataTypeID = TEXT_OID;
        });
        return result;
      };
      const result = await queryRaw.call(Object.create(adapter, { performIO: { value: performIO } }), query);
      for (const index of chars) result.columnTypes[index] = ColumnTypeEnum.Character;
      return result;
    };
    return adapter;
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
    const sql = await withDatabase(drift);
    if (sql) console.error(`The migrations do not add up to schema.prisma. What is missing:\n${sql}`);
    process.exitCode = sql ? 1 : 0;
  } else if (command === 'reinit') {
    await withDatabase(reinit);
  } else {
    console.error('usage: [DATABASE_URL=…] node scripts/migrate.mjs deploy | check | reinit');
    process.exitCode = 2;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await main(process.argv[2]);
