import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { createDb, type Db } from '../../libs/db.ts';

export interface TestDatabase {
  db: Db;
  url: string;
  /** Ends the connections and drops the database. */
  close: () => Promise<void>;
}

const TEMPLATE = 'miaopu_template';

async function asAdmin<T>(use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: process.env.TEST_PG_URL });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

/** A new migrated database of one's own, empty but for what the migrations write. */
export async function freshDatabase(options: { connections?: number } = {}): Promise<TestDatabase> {
  const server = process.env.TEST_PG_URL;
  if (!server) throw new Error('no PostgreSQL: freshDatabase() is for the rings desk, stories, service and browser (see jest.config.mjs)');
  const name = `t_${randomBytes(6).toString('hex')}`;
  await asAdmin((client) => client.query(`create database ${name} template ${TEMPLATE} strategy file_copy`));
  const url = new URL(server);
  url.pathname = `/${name}`;
  const db = createDb(url.href, options);
  const close = async () => {
    await db.$disconnect();
    await asAdmin((client) => client.query(`drop database if exists ${name} with (force)`));
  };
  return { db, url: url.href, close };
}
