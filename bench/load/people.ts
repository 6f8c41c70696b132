import { randomUUID } from 'node:crypto';
import { PASSWORD } from '../circles.ts';
import type { HttpClient } from './client.ts';

export interface TaskLine {
  id: string;
  caseId: string;
}
export interface Acted {
  caseId: string;
  version: number;
}

/** Somebody with an open session, who does what the console does for them. */
export class Person {
  readonly accountId: string;
  private readonly client: HttpClient;
  private readonly reading: Record<string, string>;
  private readonly writing: Record<string, string>;

  constructor(client: HttpClient, { accountId, csrfToken, cookie }: { accountId: string; csrfToken: string; cookie: string }) {
    this.client = client;
    this.accountId = accountId;
    this.reading = { cookie };
    this.writing = { cookie, 'x-csrf-token': csrfToken };
  }

  private async read<T>(path: string): Promise<T> {
    return (await this.client.send<T>('GET', path, { headers: this.reading })).body;
  }

  private async act<T>(path: string, body?: unknown): Promise<T> {
    return (await this.client.send<T>('POST', path, { headers: { ...this.writing, 'idempotency-key': randomUUID() }, body })).body;
  }

  start(input: Record<string, unknown>): Promise<Acted> {
    return this.act('/api/cases', { process: 'ht6', input });
  }
  startMany(items: readonly { key: string; input: Record<string, unknown> }[]): Promise<{ jobId: string }> {
    return this.act('/api/start-jobs', { process: 'ht6', items });
  }
  job(id: string): Promise<{ finished: boolean; started: number; refused: unknown[] }> {
    return this.read(`/api/start-jobs/${id}`);
  }
  /** The first page of the inbox. */
  inbox({ limit = 20, after }: { limit?: number; after?: string } = {}): Promise<{ items: TaskLine[]; next: string | null }> {
    return this.read(`/api/tasks?limit=${limit}${after ? `&after=${encodeURIComponent(after)}` : ''}`);
  }
  /** The open task of one case in this person's inbox. */
  async taskOf(caseId: string): Promise<TaskLine | null> {
    return (await this.read<{ items: TaskLine[] }>(`/api/tasks?caseId=${caseId}`)).items[0] ?? null;
  }
  claim(task: TaskLine): Promise<Acted> {
    return this.act(`/api/tasks/${task.id}/claim`);
  }
  answer(task: TaskLine, outcome: 'agree' | 'refuse'): Promise<Acted> {
    return this.act(`/api/tasks/${task.id}/answer`, { answer: { outcome } });
  }
  /** What the console asks after a click: held open by the server until the case has moved on. */
  next(caseId: string, after: number): Promise<{ version: number; status: string }> {
    return this.read(`/api/cases/${caseId}/next?after=${after}`);
  }
}

/** Signs people in, each once; two at a time, for a password costs what it should. */
export class People {
  private readonly client: HttpClient;
  private readonly known = new Map<string, Person>();

  constructor(client: HttpClient) {
    this.client = client;
  }

  of(userName: string): Person {
    const person = this.known.get(userName);
    if (!person) throw new Error(`${userName} is not signed in`);
    return person;
  }

  async signIn(userNames: readonly string[]): Promise<void> {
    const waiting = userNames.filter((name) => !this.known.has(name));
    const lane = async () => {
      for (let userName = waiting.pop(); userName; userName = waiting.pop()) {
        const { body, cookie } = await this.client.send<{ accountId: string; csrfToken: string }>('POST', '/api/session', {
          body: { userName, password: PASSWORD },
        });
        this.known.set(userName, new Person(this.client, { ...body, cookie: cookie! }));
      }
    };
    await Promise.all([lane(), lane()]);
  }
}
