import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from 'pino';

/** What PostgreSQL is heard saying: by channel, called with each payload. Called with '' after a time in which something may have been missed. */
export type Hearers = Record<string, (payload: string) => void>;

const AGAIN_MS = 500;

/**
 * Listens on the channels until the signal aborts, on a connection of its own. While the database is away nothing is heard: whoever listens also
 * looks by itself now and then.
 */
export async function listen(databaseUrl: string, hearers: Hearers, log: Logger, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await listenOnce(databaseUrl, hearers, signal);
    } catch (error) {
      log.warn({ err: error }, 'the database is not heard');
    }
    await sleep(AGAIN_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** Ends with the signal; throws when the connection is lost. */
async function listenOnce(databaseUrl: string, hearers: Hearers, signal: AbortSignal): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, keepAlive: true, connectionTimeoutMillis: 5_000 });
  const lost = new Promise<never>((_, reject) => {
    client.on('error', reject);
    client.on('end', () => reject(new Error('The connection has ended')));
  });
  lost.catch(() => undefined);
  const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  client.on('notification', ({ channel, payload }) => hearers[channel]?.(payload ?? ''));
  try {
    await client.connect();
    for (const channel of Object.keys(hearers)) await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
    for (const hear of Object.values(hearers)) hear('');
    await Promise.race([lost, stopped]);
  } finally {
    await client.end().catch(() => undefined);
  }
}
