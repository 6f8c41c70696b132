import { z } from 'zod';
import { createDb } from '../../../libs/db.ts';
import { openLedgerReader } from '../../../libs/ledger/keys.ts';
import { openPersonKeys } from '../../../libs/people/keys.ts';
import type { Catalogue } from '../../../libs/domain/contract.ts';
import { createApp } from './bootstrap.ts';
import { readConfig } from './config.ts';
import { createLogger } from './http/logger.ts';
import { System } from './system.ts';

// Faults of a request are told in Chinese, beside their fields.
z.config(z.locales.zhCN());

/** So long requests under way may last when the process is told to go; its supervisor waits a little longer. */
const LAST_REQUESTS_MS = 10_000;

/** The API as a process of its own: settings from the environment, the processes as handed in; ends with a signal or with its supervisor. */
export async function runApi({ catalogue }: { catalogue: Catalogue }): Promise<void> {
  const config = readConfig(process.env);
  const logger = createLogger(config.logLevel);
  const db = createDb(config.databaseUrl, { connections: config.databaseConnections });
  const keys = await openLedgerReader({
    dir: config.keysDir,
    ...(config.ledgerPublicKeyFile && { publicKeyFile: config.ledgerPublicKeyFile }),
    ...(config.sealsLog && { sealsLog: config.sealsLog }),
  });
  const personKeys = await openPersonKeys({ dir: config.keysDir, ...(config.personKeyFile && { keyFile: config.personKeyFile }) });
  const app = await createApp(new System({ config, db, catalogue, keys, personKeys }), logger);

  let stopping = false;
  /** Takes no more requests, lets those under way end, and goes. */
  async function stop(): Promise<void> {
    if (stopping) return;
    stopping = true;
    const server = app.getHttpServer();
    // a connection that was busy when the server closed, or never used, is left to us
    const idle = setInterval(() => server.closeIdleConnections(), 200);
    const late = setTimeout(() => server.closeAllConnections(), LAST_REQUESTS_MS);
    await app.close();
    clearInterval(idle);
    clearTimeout(late);
    await db.$disconnect();
    process.exit(0);
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
  // The supervisor is gone: nobody would ever stop this process.
  process.on('disconnect', () => void stop());

  await app.listen(config.port, config.host);
  logger.info({ url: await app.getUrl(), ms: Math.round(performance.now()) }, 'api ready');
  process.send?.({ ready: 'api', url: await app.getUrl() });
}
