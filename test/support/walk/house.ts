import { toDateColumn } from '../../../libs/domain/dates.ts';
import { createDesk, type Desk } from '../../../libs/desk/desk.ts';
import type { DeskRoom } from '../../../libs/desk/room.ts';
import type { Task } from '../../../prisma/generated/client.ts';
import { catalogue } from '../../../workflows/catalogue.ts';
import { objectionStory } from '../../../workflows/processes/objection/workflow.ts';
import { probationStory } from '../../../workflows/processes/probation/workflow.ts';
import type { Story } from '../../../workflows/core/story.ts';
import { announcement, announcementStory, roll, rollStory } from '../announcement.ts';
import { inviteCast, officers, type Cast } from '../cast.ts';
import { freshDatabase, type TestDatabase } from '../database.ts';
import { exercise, exerciseStory } from '../exercise.ts';

export const stories: Record<string, Story> = {
  probation: probationStory,
  exercise: exerciseStory,
  announcement: announcementStory,
  roll: rollStory,
  objection: objectionStory,
};

/** The real desk with its cast, and one clock for every case. */
export class WalkHouse {
  readonly room: DeskRoom;
  readonly desk: Desk;
  private constructor(
    private readonly database: TestDatabase,
    readonly cast: Cast,
    public now: Date,
  ) {
    this.room = { db: database.db, catalogue: { ...catalogue, exercise, announcement, roll } };
    this.desk = createDesk(this.room);
  }

  static async open(): Promise<WalkHouse> {
    const now = new Date('2026-01-05T01:30:00Z');
    const database = await freshDatabase();
    return new WalkHouse(database, await inviteCast(database.db, now, { years: 60 }), now);
  }

  get db() {
    return this.room.db;
  }

  close = () => this.database.close();

  /** With WALK_TRACE each step is told as it is taken. */
  trace = (...words: unknown[]) =>
    process.env.WALK_TRACE && process.stderr.write(`${this.now.toISOString()} ${words.map((word) => JSON.stringify(word)).join(' ')}\n`);

  /** Everything of a case but its ledger, so that it can be seen whether an act changed anything. */
  async picture(caseId: string): Promise<string> {
    const [row] = await this.db.$queryRaw<{ picture: string }[]>`
      SELECT md5(concat((SELECT c::text FROM "case" c WHERE id = ${caseId}::uuid), (SELECT string_agg(t::text, '' ORDER BY t.id) FROM task t WHERE case_id = ${caseId}::uuid),
        (SELECT string_agg(r::text, '' ORDER BY stage, round) FROM stage_run r WHERE case_id = ${caseId}::uuid), (SELECT string_agg(d::text, '' ORDER BY id) FROM due d WHERE case_id = ${caseId}::uuid),
        (SELECT string_agg(m::text, '' ORDER BY no) FROM message m WHERE case_id = ${caseId}::uuid), (SELECT count(*) FROM mail WHERE case_id = ${caseId}::uuid),
        (SELECT count(*) FROM comment WHERE case_id = ${caseId}::uuid), (SELECT count(*) FROM attachment WHERE case_id = ${caseId}::uuid),
        (SELECT string_agg(h::text, '' ORDER BY id) FROM hold h WHERE case_id = ${caseId}::uuid), (SELECT count(*) FROM urge JOIN task t ON t.id = task_id WHERE case_id = ${caseId}::uuid),
        (SELECT count(*) FROM copy WHERE case_id = ${caseId}::uuid), (SELECT count(*) FROM recusal WHERE case_id = ${caseId}::uuid),
        (SELECT string_agg(n::text, '' ORDER BY id) FROM notice n WHERE case_id = ${caseId}::uuid), (SELECT string_agg(o::text, '' ORDER BY id) FROM objection o WHERE case_id = ${caseId}::uuid))) AS picture`;
    return row!.picture;
  }

  /** How many entries a case's chain holds: of what was accepted, and of what was refused. */
  async entriesOf(caseId: string): Promise<{ accepted: number; refused: number }> {
    const groups = await this.db.ledgerEntry.groupBy({ by: ['accepted'], where: { chain: `case:${caseId}` }, _count: true });
    const countOf = (accepted: boolean) => groups.find((group) => group.accepted === accepted)?._count ?? 0;
    return { accepted: countOf(true), refused: countOf(false) };
  }

  /** Where an account stands among the officers, so that an order by it is the same on each way. */
  rank = (accountId: string | null): number => officers.findIndex((officer) => this.cast.ids[officer] === accountId);

  /** Ids of tasks are drawn by the database: their order here is the same on each way with one seed. */
  async tasksOf(caseId: string): Promise<Task[]> {
    const keyOf = ({ status, openedAt, stage, round, part, assigneeId }: Task) =>
      [status === 'open' ? 0 : 1, 9e15 - openedAt.getTime(), stage, round, part, 100 + this.rank(assigneeId)].join('/');
    return (await this.db.task.findMany({ where: { caseId } }))
      .map((task) => ({ task, key: keyOf(task) }))
      .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
      .map(({ task }) => task);
  }

  /** Whoever stands in for somebody today, now and then; else they themself. */
  async orSubstitute(principalId: string, today: string, n: number): Promise<string> {
    const on = toDateColumn(today);
    const [standing] = await this.db.substitution.findMany({
      where: { principalId, endedAt: null, fromOn: { lte: on }, toOn: { gte: on } },
      orderBy: { setAt: 'desc' },
    });
    return standing && n % 4 ? standing.substituteId : principalId;
  }
}

export const latest = (tasks: readonly Task[]): Task | undefined =>
  tasks.filter(({ status }) => status === 'done').sort((a, b) => b.closedAt!.getTime() - a.closedAt!.getTime())[0];
