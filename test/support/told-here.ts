import { createActivities } from '../../activities/index.ts';
import type { Desk } from '../../libs/desk/desk.ts';
import type { DeskRoom } from '../../libs/desk/room.ts';
import { tellStory, type Story, type Telling } from '../../workflows/core/story.ts';

class Killed extends Error {}

/** A story hears much at once after a long silence, but never without end. */
const MOST_AT_ONCE = 400;

/** What a story waits for, as it says itself. */
export interface Waits {
  stages: readonly string[];
  until: string | null;
}

/**
 * A story told in this process over the real desk: the same code that Temporal runs, with a clock that the test moves. It runs until it waits; `goOn`
 * lets it hear what the desk has said and what the clock has brought.
 */
export class ToldHere {
  outcome: string | null = null;
  waits: Waits | null = null;
  heard = 0;
  private wake: ((killed?: true) => void) | undefined;
  private waiting: () => void = () => undefined;
  private failure: unknown;
  private sinceWait = 0;
  private readonly activities;

  constructor(private readonly of: { desk: Desk; room: DeskRoom; caseId: string; story: Story; now: () => Date }) {
    this.activities = createActivities(of);
  }

  /** Tells the story from the top, as after a loss of everything that the engine knew. */
  async begin(): Promise<void> {
    const { caseId, story, now } = this.of;
    await this.settled(async () => {
      const memory = await this.activities.recall({ caseId });
      this.heard = memory.lastMessageNo;
      const telling: Telling = { doors: this.activities, now, nextMessage: (wakeAt, stages) => this.nextMessage(wakeAt, stages) };
      tellStory(telling, caseId, memory, story).then(
        (outcome) => ((this.outcome = outcome), this.waiting()),
        (error: unknown) => (error instanceof Killed || (this.failure = error), this.waiting()),
      );
    });
  }

  /** The story hears what there is to hear, and comes to wait again or to its end. */
  async goOn(): Promise<void> {
    if (this.outcome !== null || !this.wake) return;
    await this.settled(() => this.wake!());
  }

  /** The engine forgets the story at the point where it waits. */
  async kill(): Promise<void> {
    const wake = this.wake;
    if (wake) await this.settled(() => wake(true));
  }

  private async settled(go: () => void | Promise<void>): Promise<void> {
    const waiting = new Promise<void>((resolve) => (this.waiting = resolve));
    await go();
    await waiting;
    if (this.failure) throw this.failure;
  }

  private async nextMessage(wakeAt: string | null, stages: readonly string[]) {
    for (;;) {
      if ((this.sinceWait += 1) > MOST_AT_ONCE)
        throw new Error(
          `The story of ${this.of.caseId} turns without waiting: ${stages.join()}, until ${wakeAt}, now ${this.of.now().toISOString()}`,
        );
      const [next] = await this.activities.messagesAfter({ caseId: this.of.caseId, no: this.heard });
      if (next) {
        if (next.no !== this.heard + 1) throw new Error(`Message ${next.no} after ${this.heard}`);
        this.heard = next.no;
        return next;
      }
      if (wakeAt !== null && new Date(wakeAt) <= this.of.now()) return null;
      this.waits = { stages, until: wakeAt };
      this.sinceWait = 0;
      const killed = await new Promise<true | undefined>((resolve) => ((this.wake = resolve), this.waiting()));
      this.wake = undefined;
      this.waits = null;
      if (killed) throw new Killed();
    }
  }
}
