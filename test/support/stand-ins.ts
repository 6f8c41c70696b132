import { actorOf } from '../../libs/access/actor.ts';
import type { By } from '../../libs/desk/room.ts';
import { endSubstitution, setSubstitution } from '../../libs/desk/substitutes.ts';
import { addDays, dateOf, instantOf, toDateColumn } from '../../libs/domain/dates.ts';
import { isRefusal, refusalText, type RefusalCode } from '../../libs/domain/refusal.ts';
import type { Actor, Role } from '../../libs/domain/roles.ts';
import type { Officer } from './cast.ts';
import { DeskHouse, type MatterAtDesk } from './matter-at-desk.ts';

interface Recorded {
  verb: string;
  accepted: boolean;
  actor: { accountId: string };
  actingFor?: { accountId: string };
}

/** A desk where people stand in for each other, on a Monday at half past nine, with one matter of the exercise at a time. */
export class StandIns {
  matter!: MatterAtDesk;
  private constructor(readonly house: DeskHouse) {}

  static async open(): Promise<StandIns> {
    return new StandIns(await DeskHouse.open('2026-03-02T01:30:00Z'));
  }

  get db() {
    return this.house.room.db;
  }
  idOf = (who: string): string => this.house.cast.ids[who as Officer] ?? who;
  actor = async (who: string): Promise<Actor> => (await actorOf(this.db, this.idOf(who), dateOf(this.house.now)))!;
  nameOf = async (who: string): Promise<string> => (await this.actor(who)).name;
  later = (on: string, time = '10:00') => (this.house.now = instantOf(on, time));
  begin = async (starter: Officer = 'countyHr') => (this.matter = await this.house.start(starter));

  /** The principal names a substitute, from today for this week, or as it says. */
  async standsIn(
    substitute: string,
    principal: string,
    more: { processes?: string[]; fromOn?: string; toOn?: string } = {},
  ): Promise<string> {
    const today = dateOf(this.house.now);
    // no two at one moment: whom one stands in for is in the order in which it was set
    this.house.now = new Date(this.house.now.getTime() + 1_000);
    const set = await setSubstitution(this.house.room, {
      actor: await this.actor(principal),
      at: this.house.now,
      processes: [],
      fromOn: today,
      toOn: addDays(today, 4),
      reason: '外出学习',
      ...more,
      principalId: this.idOf(principal),
      substituteId: this.idOf(substitute),
    });
    if (isRefusal(set)) throw new Error(refusalText(set));
    return set.id;
  }

  async ends(id: string, principal: string): Promise<void> {
    const refusal = await endSubstitution(this.house.room, { id, actor: await this.actor(principal), at: this.house.now });
    if (refusal) throw new Error(refusalText(refusal));
  }

  grant = (accountId: string, role: Role, unitCode: string) =>
    this.db.postHeld.create({ data: { accountId, role, unitCode, fromOn: toDateColumn('2020-01-01') } });

  relatives = (a: string, b: string) =>
    this.db.relative.createMany({
      data: [
        { accountId: a, otherId: b },
        { accountId: b, otherId: a },
      ],
    });

  /** Does something on the first task of a stage; the refusal's code, or null. */
  async on(
    stage: string,
    who: string,
    act: (by: By & { taskId: string }) => Promise<Parameters<typeof isRefusal>[0]>,
  ): Promise<RefusalCode | null> {
    const { id: taskId } = await this.only(stage);
    return this.matter.does(who, (by) => act({ ...by, taskId }) as never);
  }
  drafts = (who: string) => this.matter.answers('draft', who, { text: '初稿' });
  checks = (who: string) => this.matter.answers('check', who, { result: 'pass', opinion: '情况属实' });
  claims = (who: string, stage = 'draft') => this.on(stage, who, this.house.desk.claim);

  only = async (stage: string) => (await this.matter.tasks(stage))[0]!;

  /** The latest entry of somebody's act in the matter. */
  async lastEntry(): Promise<Recorded> {
    const entry = await this.db.ledgerEntry.findFirstOrThrow({
      where: { chain: `case:${this.matter.caseId}`, accountId: { not: null } },
      orderBy: { seq: 'desc' },
    });
    return JSON.parse(entry.body) as Recorded;
  }

  async inbox(who: string) {
    const { items } = await this.house.desk.tasksPage({ actor: await this.actor(who), at: this.house.now, box: 'open', limit: 20 });
    return items.map(({ stage, inStead, mine }) => ({ stage, inStead, mine }));
  }
}
