import { Client, Connection } from '@temporalio/client';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { System } from '../system.ts';

/** The way to the stories. What is not delivered from here in time, the worker's outbox delivers: nothing that people do waits for Temporal. */
@Injectable()
export class Stories implements OnApplicationShutdown {
  private readonly connection: Connection;
  readonly client: Client;

  constructor({ config }: System) {
    this.connection = Connection.lazy({ address: config.temporal.address });
    this.client = new Client({ connection: this.connection, namespace: config.temporal.namespace });
  }

  /** Resolves when the server answers. */
  async reach(): Promise<void> {
    await this.connection.withDeadline(Date.now() + 2_000, () => this.connection.workflowService.getSystemInfo({}));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.connection.close();
  }
}
