import { Readable } from 'node:stream';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { liveSessions, type Session } from '../../../../libs/access/session.ts';
import { isParty, partiesOf } from '../../../../libs/desk/reach.ts';
import type { LiveEvents } from '../../../../libs/domain/api/live.ts';
import { refuse, type Refusal } from '../../../../libs/domain/refusal.ts';
import type { Actor } from '../../../../libs/domain/roles.ts';
import { CaseChanges } from '../cases/case-changes.ts';
import { System } from '../system.ts';

/** Open windows of one account; the oldest gives way, for it may be one that is gone without a word. */
const STREAMS_PER_ACCOUNT = 8;
const STREAMS_PER_PROCESS = 2_000;
/** Changes within so long are told together: one look into the database for all who listen. */
const GATHER_MS = 100;
/** More than these at once are told as "look again". */
const CASES_AT_ONCE = 200;
/** Whoever does not read is let go. */
const UNREAD_BYTES = 256 * 1024;

interface Listener {
  tokenHash: string;
  actor: Actor;
  out: Readable;
  unread: number;
}

/**
 * Tells open pages which cases have changed, as soon as PostgreSQL says so: to each reader the cases in which they have a part, and of them the id and
 * version alone. What a page shows it then asks for as always. Nothing is kept for a page that was away: it is told to look again.
 */
@Injectable()
export class Live implements OnModuleInit, OnModuleDestroy {
  private readonly listeners = new Set<Listener>();
  private changed = new Set<string>();
  private gathering: NodeJS.Timeout | undefined;
  private beating: NodeJS.Timeout | undefined;
  private closed = false;
  private readonly system: System;
  private readonly changes: CaseChanges;

  constructor(system: System, changes: CaseChanges) {
    this.system = system;
    this.changes = changes;
  }

  onModuleInit(): void {
    this.changes.follow({ changed: (caseId) => this.gather(caseId), missed: () => this.toAll('look', {}) });
    this.beating = setInterval(() => void this.beat(), this.system.config.liveBeatMs);
  }

  /** A page begins to listen. Refuses `Unavailable` when there are too many, or the process is about to go. */
  open({ tokenHash, actor }: Session): Refusal | Readable {
    if (this.closed || this.listeners.size >= STREAMS_PER_PROCESS) return refuse('Unavailable');
    const own = [...this.listeners].filter((other) => other.actor.accountId === actor.accountId);
    for (const oldest of own.slice(0, Math.max(0, own.length - STREAMS_PER_ACCOUNT + 1))) this.end(oldest, 'tooMany');
    const listener: Listener = { tokenHash, actor, unread: 0, out: new Readable({ read: () => void (listener.unread = 0) }) };
    listener.out.on('close', () => this.listeners.delete(listener));
    this.listeners.add(listener);
    say(listener, 'look', {});
    return listener.out;
  }

  /** The session is over: its pages hear no more. */
  signedOut(tokenHash: string): void {
    for (const listener of this.listeners) if (listener.tokenHash === tokenHash) this.end(listener, 'signedOut');
  }

  /** Before the server waits for the requests under way: these would never end by themselves. */
  onModuleDestroy(): void {
    this.closed = true;
    clearInterval(this.beating);
    clearTimeout(this.gathering);
    for (const listener of this.listeners) this.end(listener, 'restart');
  }

  private gather(caseId: string): void {
    if (this.listeners.size === 0) return;
    this.changed.add(caseId);
    this.gathering ??= setTimeout(() => void this.tell(), GATHER_MS);
  }

  private async tell(): Promise<void> {
    const ids = [...this.changed];
    this.changed = new Set();
    try {
      if (ids.length > CASES_AT_ONCE) this.toAll('look', {});
      else await this.tellOf(ids);
    } catch {
      // the database is away: whoever looks again is told so
      this.toAll('look', {});
    }
    this.gathering = this.changed.size > 0 && !this.closed ? setTimeout(() => void this.tell(), GATHER_MS) : undefined;
  }

  private async tellOf(ids: readonly string[]): Promise<void> {
    const found = await partiesOf(this.system.db, ids);
    for (const listener of this.listeners) {
      const cases = found.filter((parties) => isParty(parties, listener.actor)).map(({ caseId, version }) => ({ id: caseId, version }));
      if (cases.length > 0) say(listener, 'cases', { cases });
    }
  }

  /** Now and then: sessions that are over end, and whoever holds other posts than before looks again. */
  private async beat(): Promise<void> {
    const asked = [...this.listeners];
    if (asked.length === 0) return;
    const hashes = [...new Set(asked.map(({ tokenHash }) => tokenHash))];
    const sessions = await liveSessions(this.system.db, hashes, this.system.now(), this.system.config.session).catch(() => null);
    if (!sessions) return;
    for (const listener of asked) {
      const actor = sessions.get(listener.tokenHash);
      if (!actor) this.end(listener, 'signedOut');
      else if (JSON.stringify(actor) === JSON.stringify(listener.actor)) say(listener, 'beat', {});
      else say(Object.assign(listener, { actor }), 'look', {});
    }
  }

  private toAll<K extends keyof LiveEvents>(event: K, data: LiveEvents[K]): void {
    for (const listener of this.listeners) say(listener, event, data);
  }

  private end(listener: Listener, why: LiveEvents['end']['why']): void {
    this.listeners.delete(listener);
    say(listener, 'end', { why });
    listener.out.push(null);
  }
}

function say<K extends keyof LiveEvents>(listener: Listener, event: K, data: LiveEvents[K]): void {
  if (listener.out.destroyed || listener.out.readableEnded) return;
  const text = `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
  listener.unread += text.length;
  if (listener.unread > UNREAD_BYTES) listener.out.destroy();
  else listener.out.push(text);
}
