import { randomUUID } from 'node:crypto';
import type { Answer, ApiClient } from '../../../api/test/support/client.ts';
import { eventually } from '../../../../scripts/processes.mjs';
import { contract } from '../../../../workflows/processes/probation/contract.ts';
import { answerTo } from '../../../../workflows/processes/probation/probation.fixture.ts';
import { today, type Hired, type Place, type Town } from './town.ts';

export type Stage = keyof typeof contract.stages;
/** Longer than what a killed worker held is waited for. */
const PATIENCE_MS = 60_000;

/** Who answers the stages of one case, by user name. */
export interface Parties extends Place {
  worker: Hired;
  secretary: string;
  starter: string;
}

/** A sound answer to a stage. */
export const soundAnswer = (stage: Stage): Record<string, unknown> => {
  const answer = answerTo[contract.stages[stage].title];
  if (!answer) throw new Error(`No answer to ${stage}`);
  return answer(today());
};

/** One case of probation as its people drive it over HTTP. */
export class Matter {
  constructor(
    readonly town: Town,
    readonly caseId: string,
    readonly parties: Parties,
  ) {}

  static async start(town: Town, parties: Parties, key = randomUUID()): Promise<Matter> {
    const starter = await town.as(parties.starter);
    const { caseId } = await starter.ok('startCase', { body: { process: 'probation', input: { personId: parties.worker.personId } }, key });
    return new Matter(town, caseId, parties);
  }

  /** User names of those who are asked at a stage. */
  whoAnswers(stage: Stage): string[] {
    const { worker, secretary, street, county } = this.parties;
    switch (stage) {
      case 'conditions':
      case 'summary':
      case 'notice':
        return [worker.userName];
      case 'midpoint':
      case 'community':
      case 'mentorOpinion':
        return [secretary];
      case 'mentor':
      case 'street':
      case 'service':
      case 'certificate':
        return [`street-hr-${street}-1`];
      case 'committee':
        return [1, 2, 3, 4].map((n) => `committee-${street}-${n}`);
      case 'union':
        return [`street-union-${street}-1`];
      case 'filing':
        return [`county-org-${county}-1`];
    }
  }

  /** The open task of a stage in somebody's list, as soon as it is there: between looks `next` is held open for whoever started the case. */
  async task(userName: string, stage: Stage): Promise<string> {
    const [client, starter] = [await this.town.as(userName), await this.town.as(this.parties.starter)];
    let version = 0;
    let found: string | undefined;
    const seen = await eventually(async () => {
      const { items } = await client.ok('tasks', { query: { caseId: this.caseId, stage } });
      found = items[0]?.id;
      if (!found) ({ version } = await starter.ok('next', { params: { id: this.caseId }, query: { after: version } }));
      return found !== undefined;
    }, PATIENCE_MS);
    if (!seen) throw new Error(`${stage} does not come to ${userName}`);
    return found!;
  }

  async answers(
    userName: string,
    stage: Stage,
    answer = soundAnswer(stage),
    key = randomUUID(),
  ): Promise<Answer<{ version: number; nextTaskId: string | null }>> {
    const id = await this.task(userName, stage);
    return (await this.town.as(userName)).call('answer', { params: { id }, body: { answer }, key }) as Promise<
      Answer<{ version: number; nextTaskId: string | null }>
    >;
  }

  /** Everybody who is asked at a stage gives the answer. */
  async everyoneAnswers(stage: Stage, answer?: Record<string, unknown>): Promise<void> {
    for (const userName of this.whoAnswers(stage)) {
      const done = await this.answers(userName, stage, answer);
      if (done.status !== 200) throw new Error(`${userName} at ${stage}: ${done.status} ${JSON.stringify(done.body)}`);
    }
  }

  /** The street pairs the worker with the community's secretary. */
  async pairsMentor(): Promise<void> {
    const [userName] = this.whoAnswers('mentor');
    const secretary = await this.town.service.db.account.findUniqueOrThrow({ where: { userName: this.parties.secretary } });
    const done = await this.answers(userName!, 'mentor', { mentorId: secretary.id, plan: '每周走访两次，每月小结一次。' });
    if (done.status !== 200) throw new Error(`mentor: ${JSON.stringify(done.body)}`);
  }

  async prepares(): Promise<void> {
    await this.everyoneAnswers('conditions');
    await this.pairsMentor();
    await this.everyoneAnswers('midpoint');
  }

  async through(...stages: Stage[]): Promise<void> {
    for (const stage of stages) await this.everyoneAnswers(stage);
  }

  async starter(): Promise<ApiClient> {
    return this.town.as(this.parties.starter);
  }

  view() {
    return this.starter().then((starter) => starter.ok('case', { params: { id: this.caseId } }));
  }

  /** Waits until the case has ended; its outcome. */
  async ended(): Promise<string | null> {
    const starter = await this.starter();
    let version = 0;
    const over = await eventually(async () => {
      const now = await starter.ok('next', { params: { id: this.caseId }, query: { after: version } });
      version = now.version;
      return now.status === 'ended';
    }, PATIENCE_MS);
    if (!over) throw new Error('The case does not end');
    return (await this.view()).outcome;
  }
}
