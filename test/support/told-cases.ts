import type { Desk } from '../../libs/desk/desk.ts';
import type { DeskRoom } from '../../libs/desk/room.ts';
import type { Story } from '../../workflows/core/story.ts';
import { brokenInvariants } from './invariants.ts';
import { ToldHere } from './told-here.ts';

/** Every case of some processes over one desk, each told in this process as with the engine: by a clock that the test moves. */
export class ToldCases {
  private readonly tellers = new Map<string, ToldHere>();
  /** Cases whose stories hear nothing, as behind a long queue. */
  readonly silent = new Set<string>();
  private readonly resting = new Set<string>();

  constructor(private readonly of: { desk: Desk; room: DeskRoom; stories: Record<string, Story>; now: () => Date }) {}

  get = (caseId: string): ToldHere | undefined => this.tellers.get(caseId);
  ids = (): string[] => [...this.tellers.keys()];

  /** Every story hears what there is to hear, until nobody has anything new; a case's story begins when it is told something for the first time. */
  async goOn(): Promise<void> {
    for (let moved = true; moved;) {
      moved = false;
      for (const { id, process, nextMessageNo } of await this.cases()) {
        if (nextMessageNo === 1 || this.silent.has(id)) continue;
        const known = this.tellers.get(id);
        if (!known) await this.begin(id, process);
        else if (known.outcome === null && known.heard < nextMessageNo - 1) await known.goOn();
        else continue;
        moved = true;
      }
    }
  }

  /** Every story looks at the clock, then hears what there is to hear. */
  async wake(): Promise<void> {
    for (const teller of this.tellers.values()) await teller.goOn();
    await this.goOn();
  }

  /** Time passes until a moment: each story wakes when its own timer says so. The clock is set by the caller's `set`. */
  async pass(then: Date, set: (at: Date) => void): Promise<void> {
    for (let next = this.nextWake(); next && next <= then; next = this.nextWake()) {
      if (next > this.of.now()) set(next);
      await this.wake();
    }
    set(then);
    await this.goOn();
  }

  private nextWake(): Date | undefined {
    const wakes = [...this.tellers.values()].flatMap(({ outcome, waits }) => (outcome === null && waits?.until ? [waits.until] : []));
    const [next] = wakes.sort();
    return next === undefined ? undefined : new Date(next);
  }

  /** The engine loses everything: each story is told again from the desk's memory. */
  async forget(): Promise<void> {
    for (const teller of this.tellers.values()) {
      if (teller.outcome !== null) continue;
      await teller.kill();
      await teller.begin();
    }
  }

  /** What of the desk's invariants is broken in any of these cases, with a story or still without. */
  async faults(): Promise<string[]> {
    const found = [];
    for (const { id } of await this.cases()) {
      const told = this.tellers.get(id);
      const place = told && (told.outcome === null ? { heard: told.heard, waits: told.waits } : null);
      found.push(...(await brokenInvariants(this.of.room, id, place)));
    }
    return found;
  }

  /** These cases rest: nobody tells them or looks at them any more. */
  rest(): void {
    for (const id of this.tellers.keys()) this.resting.add(id);
    this.tellers.clear();
  }

  private async cases() {
    const all = await this.of.room.db.case.findMany({
      where: { process: { in: Object.keys(this.of.stories) } },
      select: { id: true, process: true, nextMessageNo: true },
    });
    return all.filter(({ id }) => !this.resting.has(id));
  }

  private async begin(id: string, process: string): Promise<void> {
    const { desk, room, stories, now } = this.of;
    const teller = new ToldHere({ desk, room, caseId: id, story: stories[process]!, now });
    this.tellers.set(id, teller);
    await teller.begin();
  }
}
