import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createDb } from '../../../../libs/db.ts';
import { deploy } from '../../../../scripts/migrate.mjs';
import {
  initPostgres,
  placePostgres,
  postgresAnswers,
  postgresCommand,
  postgresUrl,
  stopLeftoverPostgres,
} from '../../../../scripts/pg.mjs';
import { eventually, freePort, guard, sleep } from '../../../../scripts/processes.mjs';
import type { TestDatabase } from '../../../../test/support/database.ts';

/** A PostgreSQL as it runs in production, durability on, whose data outlive a kill. */
export interface LastingPostgres extends TestDatabase {
  kill: () => Promise<void>;
  startAgain: () => Promise<void>;
}

export async function lastingPostgres(): Promise<LastingPostgres> {
  const [directory, port] = [mkdtempSync(path.join(tmpdir(), 'miaopu-lasting-')), await freePort()];
  chmodSync(directory, 0o755); // under root the server is another user
  const place = await placePostgres({ data: path.join(directory, 'pg'), outside: () => directory });
  const password = initPostgres(place);
  const { command, args, options } = postgresCommand(place, { port });
  let child: ChildProcess;

  /** Backends of a killed server hold on to its memory for a moment; until they are gone the next one refuses to start. */
  async function start(): Promise<void> {
    for (let tries = 0; tries < 40; tries += 1) {
      await stopLeftoverPostgres(place.data);
      child = spawn(command, args, { ...options, stdio: 'ignore', detached: true });
      guard(child, 'INT', directory);
      child.unref();
      await eventually(async () => child.exitCode !== null || (await postgresAnswers({ port, password })), 30_000);
      if (child.exitCode === null) return;
      await sleep(50);
    }
    throw new Error('PostgreSQL does not start again');
  }
  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }

  await start();
  const url = postgresUrl({ port, password });
  await deploy(url);
  const db = createDb(url, { connections: 4 });
  return {
    db,
    url,
    kill: () => end('SIGKILL'),
    startAgain: start,
    close: async () => {
      await db.$disconnect();
      await end('SIGINT');
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
