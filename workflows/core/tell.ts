import {
  CancellationScope,
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import type { StoryMessage, StoryStart } from '../../libs/domain/story.ts';
import type { Activities, DeskDoors, WorldDoors } from './activities.ts';
import { tellStory, type Story, type Telling } from './story.ts';

export const deskMessage = defineSignal<[StoryMessage]>('deskMessage');
/** Where a story stands: the last message that it has heard, and what it waits for; null while it is at work. */
export interface WhereIsIt {
  heard: number;
  waits: { stages: readonly string[]; until: string | null } | null;
}
export const whereIsIt = defineQuery<WhereIsIt>('whereIsIt');

// Infrastructure is retried without limit: the desk and the world come back, and what they answer is never an exception.
const retry = { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '1 minute' } as const;
const desk = proxyLocalActivities<DeskDoors>({ startToCloseTimeout: '20s', retry });
// What a killed worker had begun is begun again after the ten seconds.
const world = proxyActivities<WorldDoors>({ startToCloseTimeout: '10s', retry });
// The proxies make a door of whatever name is read, so they are not spread.
const doors: Activities = {
  recall: desk.recall,
  messagesAfter: desk.messagesAfter,
  openStages: desk.openStages,
  waitUntil: desk.waitUntil,
  setDates: desk.setDates,
  whatIsDue: desk.whatIsDue,
  endCase: desk.endCase,
  confirmEmployment: world.confirmEmployment,
  endEmployment: world.endEmployment,
  openPeople: world.openPeople,
  computeList: world.computeList,
  beginStories: world.beginStories,
  listNotice: world.listNotice,
  passNotice: world.passNotice,
  releaseHeld: world.releaseHeld,
  computePerson: world.computePerson,
  convertPerson: world.convertPerson,
  concludeObjection: world.concludeObjection,
  startCase: world.startCase,
  checkReduction: world.checkReduction,
  reinstate: world.reinstate,
  bookHost: world.bookHost,
  recordStay: world.recordStay,
  concludeStay: world.concludeStay,
  appraiseListed: world.appraiseListed,
  recordRating: world.recordRating,
  moveRecruitment: world.moveRecruitment,
  endApplications: world.endApplications,
  leaveRecruitment: world.leaveRecruitment,
  hire: world.hire,
  raiseIncident: world.raiseIncident,
  undoSteps: world.undoSteps,
};

/**
 * The story's one timer. Set to a later moment it keeps the earlier one and looks again then: most stages are answered long before, and a timer
 * that is cancelled for each costs more than one that rings for nothing.
 */
class Alarm {
  private at = Infinity;
  private stop = (): void => undefined;

  /** Whether it has rung since it was set. */
  rung = false;

  setTo(at: number): void {
    if (this.at <= at) return;
    this.stop();
    const scope = new CancellationScope();
    this.stop = () => scope.cancel();
    this.at = at;
    this.rung = false;
    void scope
      .run(() => sleep(at - Date.now()))
      .then(
        () => {
          this.at = Infinity;
          this.rung = true;
        },
        (error: unknown) => {
          if (!isCancellation(error)) throw error;
        },
      );
  }
}

/** Makes a Temporal workflow of a story: messages strictly in number order, one timer at a time, told anew from the desk's memory when history grows long. */
export function tell(story: Story): (start: StoryStart) => Promise<string> {
  return async (start) => {
    const inbox = new Map<number, StoryMessage>();
    let heard = 0;
    let waits: WhereIsIt['waits'] = null;
    setHandler(deskMessage, (message) => {
      if (message.no > heard) inbox.set(message.no, message);
    });
    setHandler(whereIsIt, () => ({ heard, waits }));

    const alarm = new Alarm();
    const memory = await doors.recall({ caseId: start.caseId });
    heard = memory.lastMessageNo;
    for (const no of inbox.keys()) if (no <= heard) inbox.delete(no);

    async function nextMessage(wakeAt: string | null, stages: readonly string[]): Promise<StoryMessage | null> {
      for (;;) {
        const next = inbox.get(heard + 1);
        if (next) {
          inbox.delete(next.no);
          heard = next.no;
          return next;
        }
        if (inbox.size > 0) {
          for (const missing of await doors.messagesAfter({ caseId: start.caseId, no: heard })) inbox.set(missing.no, missing);
          continue;
        }
        if (workflowInfo().continueAsNewSuggested) await continueAsNew<(start: StoryStart) => Promise<string>>(start);
        if (wakeAt !== null && Date.parse(wakeAt) <= Date.now()) return null;
        if (wakeAt !== null) alarm.setTo(Date.parse(wakeAt));
        waits = { stages, until: wakeAt };
        await condition(() => inbox.size > 0 || (wakeAt !== null && alarm.rung));
        waits = null;
      }
    }

    const telling: Telling = { doors, now: () => new Date(), nextMessage };
    return tellStory(telling, start.caseId, memory, story);
  };
}
