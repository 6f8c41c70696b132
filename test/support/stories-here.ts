import { instantOf, dateOf, type IsoDate } from '../../libs/domain/dates.ts';
import { probationStory } from '../../workflows/processes/probation/workflow.ts';
import { inviteCast, type Cast, type Worker } from './cast.ts';
import { freshDatabase, type TestDatabase } from './database.ts';
import { House } from './stories.ts';
import { Story, type WhereIsIt } from './story.ts';
import { ToldHere } from './told-here.ts';

/** A story that is told in this process: it hears and waits as with the engine, and at once. */
class StoryHere extends Story {
  constructor(
    house: House,
    caseId: string,
    worker: Worker,
    private readonly teller: ToldHere,
  ) {
    super(house, caseId, worker);
  }

  override async whereIsIt(): Promise<WhereIsIt | null> {
    const { outcome, heard, waits } = this.teller;
    return outcome === null ? { heard, waits: waits && { until: waits.until, stages: [...waits.stages] } } : null;
  }

  override quiet(): Promise<void> {
    return this.teller.goOn();
  }

  override stop(): Promise<void> {
    return this.teller.kill();
  }

  /** What the engine would have got: the messages and what the case was opened with. */
  override async assertNoPersonalData(): Promise<void> {
    const { input, pinned } = await this.case();
    const messages = await this.house.db.message.findMany({ where: { caseId: this.caseId }, select: { body: true } });
    const said = JSON.stringify([input, pinned, messages]);
    expect(this.house.cast.secrets.filter((secret) => said.includes(secret))).toEqual([]);
  }
}

/**
 * A house without an engine: the same stories over the real desk, told in this process by a clock that the test sets, so that years pass at once. For
 * what needs no engine: dates, people, ways through a process.
 */
export class HouseHere extends House {
  constructor(
    database: TestDatabase,
    cast: Cast,
    private readonly hands: { at: Date },
  ) {
    super(database, cast, null, { now: async () => hands.at });
  }

  /** Sets the clock, back too; only between stories. */
  setClock(on: IsoDate, time = '09:30'): void {
    if (this.stories.length > 0) throw new Error('The clock is set between stories only');
    this.hands.at = instantOf(on, time);
  }

  get now(): Date {
    return this.hands.at;
  }

  get today(): IsoDate {
    return dateOf(this.hands.at);
  }

  /** Lets time pass until a wall-clock time in Shanghai: each story wakes when its own timer says so. */
  async until(on: IsoDate, time = '10:00'): Promise<void> {
    const then = instantOf(on, time);
    if (then < this.hands.at) throw new Error(`${on} ${time} is past`);
    await this.quiet();
    for (let next = await this.nextWake(); next && next <= then; next = await this.nextWake()) {
      this.hands.at = next > this.hands.at ? next : this.hands.at;
      await this.quiet();
    }
    this.hands.at = then;
    await this.quiet();
  }

  /** Time passes while the engine is away: no story wakes. */
  passBy(on: IsoDate, time: string): void {
    this.hands.at = instantOf(on, time);
  }

  private async nextWake(): Promise<Date | undefined> {
    const places = await Promise.all(this.stories.map((story) => story.whereIsIt()));
    const moments = places.flatMap((place) => place?.waits?.until ?? []).sort();
    return moments[0] ? new Date(moments[0]) : undefined;
  }

  /** Nothing comes later by itself: what is not there now is missing. */
  override async eventually<T>(what: string, look: () => Promise<T | null | undefined | false>): Promise<T> {
    const seen = await look();
    if (!seen) throw new Error(`Not seen: ${what}`);
    return seen;
  }

  protected override async tellStory(caseId: string, person: Worker): Promise<Story> {
    const teller = new ToldHere({ desk: this.desk, room: this.room, caseId, story: probationStory, now: () => this.hands.at });
    await teller.begin();
    return new StoryHere(this, caseId, person, teller);
  }

  override async close(): Promise<void> {
    await this.database.close();
  }
}

/** A house with the usual people whose clock stands on a day. */
export async function houseHere(on: IsoDate, time = '09:30'): Promise<HouseHere> {
  const database = await freshDatabase({ connections: 6 });
  const hands = { at: instantOf(on, time) };
  return new HouseHere(database, await inviteCast(database.db, hands.at), hands);
}
