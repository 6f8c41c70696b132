import pg from 'pg';
import { deploy } from '../../scripts/migrate.mjs';
import { startFleetingPostgres } from '../../scripts/pg.mjs';

const TEMPLATE = 'miaopu_template'; // cloned by freshDatabase()

/** One PostgreSQL for the whole run, holding a migrated template. It ends with this process, even if that is killed. */
export default async function setup() {
  if (globalThis.miaopuTestServer) return; // two rings of one run
  const server = await startFleetingPostgres();
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  await admin.query(`create database ${TEMPLATE}`);
  const template = new URL(server.url);
  template.pathname = `/${TEMPLATE}`;
  await deploy(template.href);
  await admin.query(`alter database ${TEMPLATE} with allow_connections false is_template true`);
  await admin.end();
  process.env.TEST_PG_URL = server.url;
  globalThis.miaopuTestServer = server;
}
