import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClient, type Answer, type RawRequest } from '../../../api/test/support/client.ts';
import type { Service } from './service.ts';
import type { Acknowledged } from './agreement.ts';

const FIRST_PAUSE_MS = 25;
const LONGEST_PAUSE_MS = 400;
const PATIENCE_MS = 60_000;

/** What an answered request to change something is called in the ledger. */
const verbs: [RegExp, string][] = [
  [/^\/api\/tasks\/([^/]+)\/answer$/, 'task.answer'],
  [/^\/api\/tasks\/([^/]+)\/return$/, 'task.return'],
  [/^\/api\/cases$/, 'case.start'],
  [/^\/api\/cases\/[^/]+\/withdraw$/, 'case.withdraw'],
];

/** What the patient clients of a test went through. */
export class Endurance {
  readonly acknowledged: Acknowledged[] = [];
  readonly again: Record<string, number> = {};

  constructor(private readonly service: Service) {}

  readonly newClient = (): ApiClient => new PatientClient(this.service.url, this.service.described, this);
}

/** A client that sends a request again, as it is and under the same key, until the service answers it. */
class PatientClient extends ApiClient {
  constructor(
    url: string,
    described: Service['described'],
    private readonly endured: Endurance,
  ) {
    super(url, described);
  }

  override async raw(method: string, path: string, request: RawRequest = {}): Promise<Answer> {
    const until = Date.now() + PATIENCE_MS;
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(LONGEST_PAUSE_MS, pause * 2)) {
      const [answer, trouble] = await this.once(method, path, request);
      if (answer && !trouble) {
        this.note(path, answer);
        return answer;
      }
      this.endured.again[trouble!] = (this.endured.again[trouble!] ?? 0) + 1;
      if (Date.now() > until) throw new Error(`${method} ${path} was not answered: ${trouble} ${JSON.stringify(answer?.body)}`);
      await sleep(pause);
    }
  }

  private async once(method: string, path: string, request: RawRequest): Promise<[Answer | null, string | null]> {
    try {
      const answer = await super.raw(method, path, request);
      return [answer, answer.status >= 500 ? String(answer.status) : null];
    } catch (error) {
      // what fetch throws when the other side is gone, told by name: the class is another room's
      if ((error as Error).name !== 'TypeError') throw error;
      return [null, 'gone'];
    }
  }

  private note(path: string, { status, body }: Answer): void {
    if (status >= 300) return;
    for (const [like, verb] of verbs) {
      const taskId = like.exec(path)?.[1];
      if (like.test(path)) this.endured.acknowledged.push({ caseId: (body as { caseId: string }).caseId, verb, ...(taskId && { taskId }) });
    }
  }
}
