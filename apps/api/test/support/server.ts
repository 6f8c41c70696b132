import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { seedDemo } from '../../../../prisma/seed/demo.ts';
import { seedReference } from '../../../../prisma/seed/reference.ts';
import type { Db } from '../../../../libs/db.ts';
import { openLedgerKeys } from '../../../../libs/ledger/keys.ts';
import { freshDatabase, type TestDatabase } from '../../../../test/support/database.ts';
import { guard } from '../../../../scripts/processes.mjs';
import { nodeOptions } from '../../../../scripts/start/product.mjs';
import { ApiClient } from './client.ts';
import { Described } from './described.ts';

export interface ServerOptions {
  /** More settings, over those of a test. */
  env?: Record<string, string>;
  /** Fill every post with invented people (the default), only units and calendars, or nothing. */
  seed?: 'demo' | 'reference' | 'none';
  /** The address of a Temporal server; without one the API runs as when Temporal is away. */
  temporalAddress?: string;
  /** A migrated database instead of a fresh one; it is closed with the server. */
  database?: TestDatabase;
}

export interface Part {
  child: ChildProcess;
  /** What it wrote: its log. */
  log: () => string;
  /** Ends it as a supervisor would; resolves with its exit code. */
  stop: () => Promise<number | null>;
  kill: () => Promise<void>;
}

export interface Server {
  url: string;
  db: Db;
  databaseUrl: string;
  dataDir: string;
  /** The password of every demo account. */
  password: string;
  env: Record<string, string>;
  /** A test that kills it puts the one that it starts again in its place. */
  api: Part;
  described: Described;
  anonymous: () => ApiClient;
  signIn: (userName: string) => Promise<ApiClient>;
  close: () => Promise<void>;
}

/** Runs a built program as a process of its own; resolves when it says that it is ready. */
export async function startPart(file: string, env: Record<string, string>): Promise<Part & { ready: { url?: string } }> {
  const child = spawn(process.execPath, ['--no-warnings', ...nodeOptions(process.cwd(), file.split('/')[2]!), file], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  guard(child);
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text: Buffer) => (log += text.toString()));
  const gone = once(child, 'exit') as Promise<[number | null]>;
  const ready = await Promise.race([once(child, 'message').then(([message]) => message as { url?: string }), gone.then(() => null)]);
  if (!ready) throw new Error(`${file} did not start:\n${log}`);
  const end = (signal: NodeJS.Signals) => async () => {
    child.kill(signal);
    return (await gone)[0];
  };
  return { child, ready, log: () => log, stop: end('SIGTERM'), kill: async () => void (await end('SIGKILL')()) };
}

/** The API as a process of its own over a database of its own. */
export async function startServer({
  env = {},
  seed = 'demo',
  temporalAddress = '127.0.0.1:1',
  database: own,
}: ServerOptions = {}): Promise<Server> {
  const database = own ?? (await freshDatabase({ connections: 4 }));
  const dataDir = mkdtempSync(path.join(tmpdir(), 'miaopu-api-'));
  if (seed !== 'none') await seedReference(database.db);
  if (seed === 'demo') await seedDemo(database.db, dataDir);
  const password =
    seed === 'demo'
      ? (JSON.parse(readFileSync(path.join(dataDir, 'demo-accounts.json'), 'utf8')) as { password: string }[])[0]!.password
      : '';
  // As the worker's first start does: the signing key apart, where the API does not look.
  const signingDir = path.join(dataDir, 'signing');
  mkdirSync(signingDir);
  await openLedgerKeys({ dir: path.join(dataDir, 'keys'), signingDir });
  const settings = {
    NODE_ENV: 'test',
    SIGNING_KEY_DIR: signingDir,
    DATABASE_URL: database.url,
    DATABASE_CONNECTIONS: '8',
    TEMPORAL_ADDRESS: temporalAddress,
    DATA_DIR: dataDir,
    PORT: '0',
    DEMO: '1',
    LOG_LEVEL: 'warn',
    SEAL_PATIENCE_MS: '0',
    LIVE_BEAT_MS: '500',
    RATE_SIGN_IN_PER_MINUTE: '100000',
    RATE_PER_ACCOUNT_PER_MINUTE: '1000000',
    RATE_NOTICES_PER_MINUTE: '100000',
    RATE_OBJECTIONS_PER_HOUR: '100000',
    ...env,
  };
  const clear = async () => {
    await database.close();
    rmSync(dataDir, { recursive: true, force: true });
  };
  const api = await startPart('dist/apps/api/src/main.js', settings).catch(async (error: unknown) => {
    await clear();
    throw error;
  });
  const url = api.ready.url!;
  const described = new Described((await (await fetch(`${url}/api/openapi.json`)).json()) as Described['document']);
  const anonymous = () => new ApiClient(url, described);
  const server: Server = {
    url,
    db: database.db,
    databaseUrl: database.url,
    dataDir,
    password,
    env: settings,
    api,
    described,
    anonymous,
    signIn: (userName) => anonymous().signIn(userName, password),
    close: async () => {
      await server.api.stop();
      await database.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  return server;
}
