import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowNotFoundError, type WorkflowHandle } from '@temporalio/client';
import { workflowIdOf } from '../../apps/worker/src/couriers.ts';
import type { Verdict } from '../../libs/desk/room.ts';
import { fromDateColumn, type IsoDate } from '../../libs/domain/dates.ts';
import { isRefusal } from '../../libs/domain/refusal.ts';
import type { MailTemplate } from '../../libs/mail/params.ts';
import { personAsOf } from '../../libs/people/people.ts';
import type { Case, Incident, Mail } from '../../prisma/generated/client.ts';
import { catalogue } from '../../workflows/catalogue.ts';
import type { Officer, Worker as Person } from './cast.ts';
import type { House } from './stories.ts';

/** A person as a test speaks of them: acts on tasks by the stage's title. What was accepted has been heard by the story when it is told here. */
export interface Acting {
  answers(title: string, answer: Record<string, unknown>, how?: How): Promise<Verdict>;
  claims(title: string): Promise<Verdict>;
  releases(title: string): Promise<Verdict>;
  returns(title: string, to: string, then?: 'through' | 'straightBack'): Promise<Verdict>;
  withdraws(reason?: string): Promise<Verdict>;
  declares(event: string, answer: Record<string, unknown>): Promise<Verdict>;
}
export interface How {
  requestKey?: string;
  /** When the act came, where it is not now. */
  at?: Date;
}

/** One case and its story, in users' words. */
export class Story {
  constructor(
    readonly house: House,
    readonly caseId: string,
    readonly worker: Person,
  ) {}

  private get db() {
    return this.house.db;
  }

  case(): Promise<Case> {
    return this.db.case.findUniqueOrThrow({ where: { id: this.caseId } });
  }

  async handle(): Promise<WorkflowHandle> {
    return this.house.client.workflow.getHandle(workflowIdOf(await this.case()));
  }

  /** What the story itself says; null when it has ended. */
  async whereIsIt(): Promise<WhereIsIt | null> {
    const handle = await this.handle();
    try {
      if ((await handle.describe()).status.name !== 'RUNNING') return null;
      // a story whose workflow task fails never answers; a busy machine answers late
      const asked = handle.query<WhereIsIt>('whereIsIt');
      let answer = await Promise.race([asked, sleep(8_000, 'silent' as const)]);
      const failure = answer === 'silent' ? await this.lastFailure() : undefined;
      if (answer === 'silent' && !failure) answer = await Promise.race([asked, sleep(15_000, 'silent' as const)]);
      if (answer === 'silent') throw new Error(`The story does not answer: ${failure}`);
      return answer;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return null;
      throw error;
    }
  }

  /** Why the story's last workflow task failed. */
  async lastFailure(): Promise<string | undefined> {
    const { events } = await (await this.handle()).fetchHistory();
    return (
      events
        ?.map((event) => event.workflowTaskFailedEventAttributes?.failure)
        .filter((failure) => failure)
        .at(-1)?.message ?? undefined
    );
  }

  /** The story has heard everything the desk said and waits, or has ended. */
  async quiet(): Promise<void> {
    let seen: object = {};
    const isQuiet = async () => {
      const { status, nextMessageNo } = await this.case();
      const where = await this.whereIsIt();
      seen = { status, nextMessageNo, where };
      return status === 'ended' ? where === null : where?.waits && where.heard === nextMessageNo - 1;
    };
    await this.house.eventually('a quiet story', isQuiet).catch(async (error: Error) => {
      const waiting = await this.db.message.count({ where: { caseId: this.caseId, confirmedAt: null } });
      throw new Error(`${error.message}; ${JSON.stringify({ ...seen, waiting })}`);
    });
  }

  async stop(): Promise<void> {
    const handle = await this.handle();
    await handle.terminate('the test is over').catch((error: unknown) => {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    });
  }

  /** Titles of the stages that are open now, in the order of their opening. */
  async openStages(): Promise<string[]> {
    const runs = await this.db.stageRun.findMany({ where: { caseId: this.caseId, status: 'open' }, orderBy: { seq: 'asc' } });
    return runs.map(({ stage }) => titleOf(stage));
  }

  /** Open tasks of a stage: that of one person, when asked. */
  async tasks(title: string, accountId?: string) {
    const rows = await this.db.task.findMany({
      where: { caseId: this.caseId, stage: stageOf(title), status: 'open' },
      orderBy: [{ round: 'desc' }, { chair: 'desc' }],
    });
    return accountId ? rows.sort((a, b) => Number(b.assigneeId === accountId) - Number(a.assigneeId === accountId)) : rows;
  }

  /** Waits until a stage is asked. */
  waitForTask(title: string) {
    return this.house.eventually(`${title} is asked`, async () => (await this.tasks(title))[0]);
  }

  officer(officer: Officer): Acting {
    return this.person(this.house.cast.ids[officer]);
  }

  get self(): Acting {
    return this.person(this.worker.accountId);
  }

  person(accountId: string): Acting {
    const { house, caseId } = this;
    const { desk } = house;
    const by = async (how: How = {}) => ({
      ...(await house.cast.by(accountId, how.at ?? (await house.clock.now()))),
      ...(how.requestKey && { requestKey: how.requestKey }),
    });
    const taskOf = async (title: string) => {
      await this.waitForTask(title);
      return (await this.tasks(title, accountId))[0]!.id;
    };
    const heard = async (verdict: Promise<Verdict>): Promise<Verdict> => {
      const result = await verdict;
      if (!isRefusal(result)) await this.quiet();
      return result;
    };
    return {
      answers: async (title, answer, how) => heard(desk.answer({ ...(await by(how)), taskId: await taskOf(title), answer })),
      claims: async (title) => heard(desk.claim({ ...(await by()), taskId: await taskOf(title) })),
      releases: async (title) => heard(desk.release({ ...(await by()), taskId: await taskOf(title) })),
      returns: async (title, to, then = 'through') =>
        heard(desk.returnTask({ ...(await by()), taskId: await taskOf(title), to: stageOf(to), then, reason: '请补充材料后再报。' })),
      withdraws: async (reason = '发起有误') => heard(desk.withdraw({ ...(await by()), caseId, reason })),
      declares: async (event, answer) => heard(desk.declare({ ...(await by()), caseId, event, answer })),
    };
  }

  /** Mails of the case, oldest first, with what they say. */
  async mails(template?: MailTemplate): Promise<(Mail & { says: Record<string, unknown> })[]> {
    const rows = await this.db.mail.findMany({ where: { caseId: this.caseId, ...(template && { template }) }, orderBy: { id: 'asc' } });
    return rows.map((row) => ({ ...row, says: row.params as Record<string, unknown> }));
  }

  /** Verbs of the case in the ledger, oldest first. */
  async entries(): Promise<{ verb: string; accepted: boolean; accountId: string | null }[]> {
    return this.db.ledgerEntry.findMany({
      where: { chain: `case:${this.caseId}` },
      orderBy: { seq: 'asc' },
      select: { verb: true, accepted: true, accountId: true },
    });
  }

  incidents(): Promise<Incident[]> {
    return this.db.incident.findMany({ where: { caseId: this.caseId }, orderBy: { openedAt: 'asc' } });
  }

  /** What stands in the record about the worker on a day. */
  async recordOn(day: IsoDate) {
    return (await personAsOf(this.db, this.worker.personId, day))!.inForce;
  }

  /** The last day of the probation as the case knows it. */
  async lastDay(): Promise<IsoDate> {
    return fromDateColumn(
      (await this.db.caseDate.findUniqueOrThrow({ where: { caseId_key: { caseId: this.caseId, key: 'lastDay' } } })).on,
    );
  }

  /** No name, address, phone or ID number went to the engine. */
  async assertNoPersonalData(): Promise<void> {
    const text = textOf(await (await this.handle()).fetchHistory());
    expect(this.house.cast.secrets.filter((secret) => text.includes(secret))).toEqual([]);
  }
}

/** Everything that a history says, payloads in clear. */
function textOf(said: unknown): string {
  if (said instanceof Uint8Array) return Buffer.from(said).toString('utf8');
  return typeof said === 'object' && said !== null ? Object.values(said).map(textOf).join('\n') : String(said);
}

export interface WhereIsIt {
  heard: number;
  waits: { until: string | null; stages: string[] } | null;
}

const contract = catalogue.probation!;
const titleOf = (stage: string): string => contract.stages[stage]!.title;
/** The name of a stage by what people call it. */
export function stageOf(title: string): string {
  const found = Object.entries(contract.stages).find(([, stage]) => stage.title === title);
  if (!found) throw new Error(`No stage is called ${title}`);
  return found[0];
}
