import { instantOf, type IsoDate } from '../../libs/domain/dates.ts';
import {
  LAPSED,
  type DateToKeep,
  type Recalled,
  type StageAsk,
  type StagesNow,
  type StoryMessage,
  type Told,
} from '../../libs/domain/story.ts';
import type { Activities, WorldDoors, WorldResult, WorldStep } from './activities.ts';

/** How a story is told: for real (Temporal's clock, the desk's messages) or in rehearsal (a clock of its own, everyone answering on the due date). */
export interface Telling {
  doors: Activities;
  now(): Date;
  /** The next message in number order, or null when `wakeAt` has come first. `stages` are those that the story has asked and that are open. */
  nextMessage(wakeAt: string | null, stages: readonly string[]): Promise<StoryMessage | null>;
}

type Done = Extract<WorldResult, { done: true }>;

/** A world door without what the teller adds. */
type World = {
  [K in Exclude<keyof WorldDoors, 'undoSteps'>]: (key: string, of: Omit<Parameters<WorldDoors[K]>[0], keyof WorldStep>) => Promise<Done>;
};

/** What a story has at hand. Everything it awaits may also end by a return, an event or a withdrawal: the teller then tells it again from the top. */
export interface Tools {
  input: Record<string, unknown>;
  pinned: Record<string, unknown>;
  /** Events declared so far, with what they told and the day. */
  events: Recalled['events'];
  /** The round of a stage that was asked or is to be asked, 0 when it never was. */
  round(stage: string): number;
  /** What a stage told, without asking it. */
  known(stage: string): Told | undefined;
  /** Today in the story's own time. */
  today(): Date;
  /** Asks one stage; its answer, or `lapsed` when its end passed first. */
  ask(stage: string, how?: Omit<StageAsk, 'stage' | 'round'>): Promise<Told>;
  /** Asks several stages at once and waits for all of them. */
  askTogether(stages: readonly string[], how?: Omit<StageAsk, 'stage' | 'round'>): Promise<Record<string, Told>>;
  /** A stage that has told is to be asked once more, in a new round; the desk keeps every round. */
  again(stage: string): void;
  /** Asks stages and goes on; whoever needs an answer later asks for it then. One that a return asks again is waited for. */
  askBeside(stages: readonly string[], how?: Omit<StageAsk, 'stage' | 'round'>): Promise<void>;
  /**
   * Waits for 09:00 of the day on which a stage is to be asked; `title` is what the case shows meanwhile. Neither a day that is past is waited for, nor
   * that of a stage which has been asked already: what has begun goes on when its day moves.
   */
  until(stage: string, title: string, on: IsoDate): Promise<void>;
  dates(dates: DateToKeep[]): Promise<void>;
  world: World;
}

export type Story = (tools: Tools) => Promise<string>;

/** The story is to be told again from the top, with what has changed. */
class ToldAgain extends Error {}
class Withdrawn extends Error {}

export const lapsed = (told: Told): boolean => told.lapsed === LAPSED.lapsed;

/** Tells a case's story to its end. What the desk remembers is given at once, so telling again repeats no act, mail or change. */
export async function tellStory(telling: Telling, caseId: string, memory: Recalled, story: Story): Promise<string> {
  const at = () => telling.now().toISOString();
  if (memory.status === 'ended') return memory.outcome ?? 'ended';
  for (;;) {
    try {
      if (memory.status === 'withdrawing') throw new Withdrawn();
      const outcome = await story(toolsFor(telling, caseId, memory));
      const ended = await telling.doors.endCase({ caseId, at: at(), outcome, heard: memory.lastMessageNo });
      if (!ended?.overtaken) return outcome;
      for (;;) hear(memory, (await telling.nextMessage(null, []))!);
    } catch (thrown) {
      if (thrown instanceof ToldAgain) continue;
      if (!(thrown instanceof Withdrawn)) throw thrown;
      await telling.doors.undoSteps({ caseId, at: at() });
      const outcome = memory.ending ?? 'withdrawn';
      await telling.doors.endCase({ caseId, at: at(), outcome, heard: memory.lastMessageNo });
      return outcome;
    }
  }
}

/** Puts a message into the memory; throws when it changes what the story was waiting for. */
function hear(memory: Recalled, message: StoryMessage): void {
  memory.lastMessageNo = message.no;
  switch (message.kind) {
    case 'closed':
      if ((memory.rounds[message.stage] ?? 1) === message.round) memory.told[message.stage] = message.told;
      return;
    case 'returned':
      for (const [stage, round] of Object.entries(message.rounds)) {
        memory.rounds[stage] = round;
        delete memory.told[stage];
      }
      throw new ToldAgain();
    case 'event':
      memory.events[message.event] = { told: message.told, on: message.on };
      throw new ToldAgain();
    case 'withdrawn':
      memory.status = 'withdrawing';
      memory.ending = message.as;
      throw new Withdrawn();
    case 'started':
    case 'dates':
  }
}

// oxlint-disable-next-line max-lines-per-function -- the tools of a story over one memory
function toolsFor(telling: Telling, caseId: string, memory: Recalled): Tools {
  const at = () => telling.now().toISOString();
  const roundOf = (stage: string): number => (memory.rounds[stage] ??= 1);

  const asked = new Set<string>();
  async function openStages(stages: readonly string[], how: Omit<StageAsk, 'stage' | 'round'>, beside = false): Promise<StagesNow> {
    for (const stage of stages) asked.add(stage);
    return telling.doors.openStages({
      caseId,
      at: at(),
      heard: memory.lastMessageNo,
      ...(beside && { beside }),
      stages: stages.map((stage) => ({ ...how, stage, round: roundOf(stage) })),
    });
  }

  async function waitFor(over: () => boolean, first: StagesNow): Promise<void> {
    let now = first;
    for (;;) {
      Object.assign(memory.told, present(now.told));
      if (over()) return;
      const open = [...asked].filter((stage) => !memory.told[stage]);
      const message = await telling.nextMessage(now.overtaken ? null : now.wakeAt, open);
      if (message) hear(memory, message);
      // woken by the clock, or told only that dates have moved, the story sets its timer anew
      if (!message || message.kind === 'dates')
        now = await telling.doors.whatIsDue({ caseId, at: at(), awaits: open.map((stage) => ({ stage, round: roundOf(stage) })) });
    }
  }

  async function askTogether(stages: readonly string[], how: Omit<StageAsk, 'stage' | 'round'> = {}): Promise<Record<string, Told>> {
    const open = stages.filter((stage) => !memory.told[stage]);
    if (open.length > 0) {
      const now = await openStages(open, how);
      await waitFor(() => stages.every((stage) => memory.told[stage]), now);
    }
    return Object.fromEntries(stages.map((stage) => [stage, memory.told[stage]!]));
  }

  async function askBeside(stages: readonly string[], how: Omit<StageAsk, 'stage' | 'round'> = {}): Promise<void> {
    const open = stages.filter((stage) => !memory.told[stage]);
    if (open.length === 0) return;
    const now = await openStages(open, how, true);
    const again = open.filter((stage) => roundOf(stage) > 1);
    // when the case has moved on, the message about it is under way
    await waitFor(() => !now.overtaken && again.every((stage) => memory.told[stage]), now);
  }

  async function step(key: string, work: () => Promise<WorldResult>): Promise<Done> {
    if (key in memory.steps) return memory.steps[key] as Done;
    const result = await work();
    if ('notRunning' in result) await waitFor(() => false, { told: {}, wakeAt: null, overtaken: true });
    memory.steps[key] = result;
    return result as Done;
  }

  const worldDoor =
    <K extends keyof World>(name: K) =>
    (key: string, of: object) =>
      step(key, () => (telling.doors[name] as (of: object) => Promise<WorldResult>)({ ...of, caseId, key, at: at() }));

  return {
    input: memory.input,
    pinned: memory.pinned,
    events: memory.events,
    round: (stage) => memory.rounds[stage] ?? 0,
    known: (stage) => memory.told[stage],
    today: () => telling.now(),
    ask: async (stage, how) => (await askTogether([stage], how))[stage]!,
    askTogether,
    askBeside,
    again(stage) {
      if (!memory.told[stage]) return;
      memory.rounds[stage] = roundOf(stage) + 1;
      delete memory.told[stage];
    },
    async until(stage, title, on) {
      const moment = instantOf(on, '09:00');
      if (stage in memory.rounds || telling.now() >= moment) return;
      const now = await telling.doors.waitUntil({ caseId, at: at(), key: stage, title, until: moment.toISOString() });
      await waitFor(() => telling.now() >= moment, now);
    },
    async dates(dates) {
      const key = `dates/${dates.map(({ key: name, on }) => `${name}=${on}`).join(',')}`;
      if (key in memory.steps) return;
      await telling.doors.setDates({ caseId, at: at(), dates });
      memory.steps[key] = { done: true };
    },
    world: {
      confirmEmployment: worldDoor('confirmEmployment'),
      endEmployment: worldDoor('endEmployment'),
      openPeople: worldDoor('openPeople'),
      computeList: worldDoor('computeList'),
      beginStories: worldDoor('beginStories'),
      listNotice: worldDoor('listNotice'),
      passNotice: worldDoor('passNotice'),
      releaseHeld: worldDoor('releaseHeld'),
      computePerson: worldDoor('computePerson'),
      convertPerson: worldDoor('convertPerson'),
      concludeObjection: worldDoor('concludeObjection'),
      startCase: worldDoor('startCase'),
      checkReduction: worldDoor('checkReduction'),
      reinstate: worldDoor('reinstate'),
      bookHost: worldDoor('bookHost'),
      recordStay: worldDoor('recordStay'),
      concludeStay: worldDoor('concludeStay'),
      appraiseListed: worldDoor('appraiseListed'),
      recordRating: worldDoor('recordRating'),
      moveRecruitment: worldDoor('moveRecruitment'),
      endApplications: worldDoor('endApplications'),
      leaveRecruitment: worldDoor('leaveRecruitment'),
      hire: worldDoor('hire'),
      raiseIncident: worldDoor('raiseIncident'),
    },
  };
}

const present = (told: StagesNow['told']): Record<string, Told> =>
  Object.fromEntries(Object.entries(told).filter((entry): entry is [string, Told] => entry[1] !== null));
