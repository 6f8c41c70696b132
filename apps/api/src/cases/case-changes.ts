import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import pg from 'pg';
import { System } from '../system.ts';

interface Waiter {
  after: number;
  moved: () => void;
}

/** Whoever follows all cases: which one has changed; `missed`: some may have changed unheard. */
export interface Follower {
  changed: (caseId: string) => void;
  missed: () => void;
}

/** Hears from PostgreSQL which case has moved to which version, and wakes whoever waits for it: one connection a process. */
@Injectable()
export class CaseChanges implements OnModuleInit, OnApplicationShutdown {
  private readonly waiters = new Map<string, Set<Waiter>>();
  private readonly followers: Follower[] = [];
  private client: pg.Client | undefined;
  private closed = false;
  private readonly system: System;

  constructor(system: System) {
    this.system = system;
  }

  async onModuleInit(): Promise<void> {
    await this.listen();
  }

  follow(follower: Follower): void {
    this.followers.push(follower);
  }

  /** `moved` resolves when the case has passed the version, or when the time is over; `forget` drops the wait. */
  beyond(caseId: string, after: number, milliseconds: number): { moved: Promise<void>; forget: () => void } {
    let forget = (): void => undefined;
    const moved = new Promise<void>((resolve) => {
      const timer = setTimeout(() => forget(), milliseconds);
      const waiter: Waiter = { after, moved: () => forget() };
      forget = () => {
        clearTimeout(timer);
        const set = this.waiters.get(caseId);
        set?.delete(waiter);
        if (set?.size === 0) this.waiters.delete(caseId);
        resolve();
      };
      const set = this.waiters.get(caseId) ?? new Set();
      set.add(waiter);
      this.waiters.set(caseId, set);
    });
    return { moved, forget };
  }

  private async listen(): Promise<void> {
    const client = new pg.Client({ connectionString: this.system.config.databaseUrl });
    let lost = false;
    client.on('error', () => {
      if (!lost) void this.again();
      lost = true;
    });
    client.on('notification', ({ payload }) => {
      const { caseId, version } = JSON.parse(payload ?? '{}') as { caseId?: string; version?: number };
      if (!caseId) return;
      for (const follower of this.followers) follower.changed(caseId);
      if (version === undefined) return;
      for (const waiter of this.waiters.get(caseId) ?? []) if (version > waiter.after) waiter.moved();
    });
    await client.connect();
    await client.query('LISTEN desk');
    this.client = client;
  }

  /** While the database is away nobody is woken early: each wait ends by its own time. */
  private async again(): Promise<void> {
    this.client = undefined;
    while (!this.closed) {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      try {
        await this.listen();
        for (const follower of this.followers) follower.missed();
        return;
      } catch {
        // tried again in a second; the readiness page says that the database is away
      }
    }
  }

  async onApplicationShutdown(): Promise<void> {
    this.closed = true;
    await this.client?.end();
  }
}
