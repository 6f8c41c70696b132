import { condition, continueAsNew, defineQuery, defineSignal, proxyActivities, proxyLocalActivities, setHandler, workflowInfo } from '@temporalio/workflow';
import type { StoryMessage, StoryStart } from '../../libs/domain/story.ts';
import type { DeskDoors, WorldDoors } from './activities.ts';
import { tellStory, type Story, type Telling } from './story.ts';

export const deskMessage = defineSignal<[StoryMessage]>('deskMessage');
/** What the story waits for now: stages without an answer in memory, and the number of the last message it has heard. */
export const whereIsIt = defineQuery<{ heard: number; waitsUntil: string | null }>('whereIsIt');

// Infrastructure is retried without limit: the desk and the world come back, and what they answer is never an exception.
const retry = { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '1 minute' } as const;
const desk = proxyLocalActivities<DeskDoors>({ startToCloseTimeout: '20s', retry });
const world = proxyActivities<WorldDoors>({ startToCloseTimeout: '1 minute', retry });

/** Makes a Temporal workflow of a story: messages strictly in number order, one timer at a time, told anew from the desk's memory when history grows long. */
export function tell(story: Story): (start: StoryStart) => Promise<string> {
  return async (start) => {
    const inbox = new Map<number, StoryMessage>();
    let heard = 0;
    let waitsUntil: string | null = null;
    setHandler(deskMessage, (message) => {
      if (message.no > heard) inbox.set(message.no, message);
    });
    setHandler(whereIsIt, () => ({ heard, waitsUntil }));

    const memory = await desk.recall({ caseId: start.caseId });
    heard = memory.lastMessageNo;
    for (const no of inbox.keys()) if (no <= heard) inbox.delete(no);

    async function nextMessage(wakeAt: string | null): Promise<StoryMessage | null> {
      for (;;) {
        const next = inbox.get(heard + 1);
        if (next) {
          inbox.delete(next.no);
          heard = next.no;
          return next;
        }
        if (inbox.size > 0) {
          for (const missing of await desk.messagesAfter({ caseId: start.caseId, no: heard })) inbox.set(missing.no, missing);
          continue;
        }
        if (workflowInfo().continueAsNewSuggested) await continueAsNew<(start: StoryStart) => Promise<string>>(start);
        const left = wakeAt === null ? null : Date.parse(wakeAt) - Date.now();
        if (left !== null && left <= 0) return null;
        waitsUntil = wakeAt;
        const came = () => inbox.size > 0;
        if (left === null) await condition(came);
        else if (!(await condition(came, left))) return null;
      }
    }

    const telling: Telling = { doors: { ...desk, ...world }, now: () => new Date(), nextMessage };
    return tellStory(telling, start.caseId, memory, story);
  };
}
