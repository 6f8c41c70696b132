import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Calendar } from '../../../../libs/domain/calendar.ts';
import { refuse, type Refusal } from '../../../../libs/domain/refusal.ts';
import { System } from '../system.ts';

/** The `rehearsal` workflow is called by name: its input and answer as the API knows them. */
export interface RehearsalInput {
  process: string;
  input: Record<string, unknown>;
  pinned: Record<string, unknown>;
  calendar: Calendar;
  at: string;
}
export interface Rehearsed {
  outcome: string;
  dates: {
    on: string;
    at: string | null;
    kind: 'stage' | 'reminder' | 'legal' | 'wait' | 'end';
    title: string;
    who: string | null;
    rule: string | null;
    tentative: boolean;
    unknown: boolean;
  }[];
}

/** The way to the stories. What is not delivered from here in time, the worker's outbox delivers: nothing that people do waits for Temporal. */
@Injectable()
export class Stories implements OnApplicationShutdown {
  private readonly connection: Connection;
  readonly client: Client;
  private readonly taskQueue: string;

  constructor({ config }: System) {
    this.taskQueue = config.temporal.taskQueue;
    const { address, tls, apiKey } = config.temporal;
    this.connection = Connection.lazy({ address, ...(tls && { tls: true }), ...(apiKey && { apiKey }) });
    this.client = new Client({ connection: this.connection, namespace: config.temporal.namespace });
  }

  /** Resolves when the server answers. */
  async reach(): Promise<void> {
    await this.connection.withDeadline(Date.now() + 2_000, () => this.connection.workflowService.getSystemInfo({}));
  }

  /** Runs the rehearsal workflow of the bundle; `Unavailable` when the engine or its worker does not answer in time. */
  async rehearse(input: RehearsalInput): Promise<Refusal | Rehearsed> {
    try {
      return await this.client.connection.withDeadline(Date.now() + 10_000, () =>
        this.client.workflow.execute<(input: RehearsalInput) => Promise<Rehearsed>>('rehearsal', {
          taskQueue: this.taskQueue,
          workflowId: `rehearsal/${randomUUID()}`,
          args: [input],
          workflowExecutionTimeout: '10s',
        }),
      );
    } catch {
      return refuse('Unavailable');
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.connection.close();
  }
}
