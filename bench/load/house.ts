import { statSync } from 'node:fs';
import { Client, Connection } from '@temporalio/client';
import pg from 'pg';
import { HttpClient } from './client.ts';
import type { Pids } from './meter.ts';
import { People } from './people.ts';

/** Where the product under test is, as whoever started it says. */
export interface Address {
  base: string;
  databaseUrl: string;
  temporalAddress: string;
  temporalFile: string;
  pids: Pids;
  /** Where its processes write the sums of their statements; null when they do not count them. */
  statements: string | null;
}

export interface Counters {
  db_bytes: number;
  wal_bytes: number;
  temporal_bytes: number;
  transactions: number;
}

/** The product under test with the ways into it: its door for people, and its databases for counting. */
export class House {
  readonly client: HttpClient;
  readonly people: People;
  readonly sql: pg.Client;
  readonly address: Address;
  readonly run = Date.now().toString(36);
  private temporal: Client | undefined;

  constructor(address: Address) {
    this.address = address;
    this.client = new HttpClient(address.base);
    this.people = new People(this.client);
    this.sql = new pg.Client({ connectionString: address.databaseUrl });
  }

  async rows<T>(text: string, values: unknown[] = []): Promise<T[]> {
    return (await this.sql.query(text, values)).rows as T[];
  }

  async counters(): Promise<Counters> {
    const [row] = await this.rows<{ db: string; wal: string; transactions: string }>(
      `SELECT pg_database_size(current_database()) AS db, pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') AS wal, xact_commit AS transactions FROM pg_stat_database WHERE datname = current_database()`,
    );
    return {
      db_bytes: Number(row!.db),
      wal_bytes: Number(row!.wal),
      temporal_bytes: sizeOf(this.address.temporalFile),
      transactions: Number(row!.transactions),
    };
  }

  /** Events in a case's history, by kind. */
  async historyOf(caseId: string): Promise<string[]> {
    const [row] = await this.rows<{ id: string }>(`SELECT process || '/' || natural_key || '/' || run AS id FROM "case" WHERE id = $1`, [
      caseId,
    ]);
    this.temporal ??= new Client({ connection: await Connection.connect({ address: this.address.temporalAddress }) });
    const { events } = await this.temporal.workflow.getHandle(row!.id).fetchHistory();
    return (events ?? []).map(
      (event) =>
        Object.keys(event)
          .find((key) => key.endsWith('EventAttributes'))
          ?.replace('EventAttributes', '') ?? 'unknown',
    );
  }

  async close(): Promise<void> {
    this.client.close();
    await this.sql.end();
    await this.temporal?.connection.close();
  }
}

/** The main file: its log is written back into it at each checkpoint, and counts for nothing at rest. */
const sizeOf = (file: string): number => statSync(file).size;
