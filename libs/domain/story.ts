import type { IsoDate } from './dates.ts';

/** What a stage tells the story: ids and verdicts, never personal data. `lapsed` when its legal end passed unanswered. */
export type Told = Record<string, unknown>;
export const LAPSED: Told = { lapsed: true };

/** How people end a case before its end: 撤回 by its starter, 撤销 by the county. */
export type EarlyEnding = 'withdrawn' | 'cancelled';

/** What the desk says to a story; numbered without gaps from 1 within a case. */
export type StoryMessage = { no: number } & (
  | { kind: 'started' }
  | { kind: 'closed'; stage: string; round: number; told: Told }
  /** The new rounds of the stages that are asked again. */
  | { kind: 'returned'; rounds: Record<string, number> }
  /** `as`: how it ends; withdrawn when not said. */
  | { kind: 'withdrawn'; as?: EarlyEnding }
  | { kind: 'event'; event: string; told: Told; on: IsoDate }
  /** Due dates were computed again; the timer may have to move. */
  | { kind: 'dates' }
);

/** A started story's only argument. */
export interface StoryStart {
  caseId: string;
}

/** All that the desk holds of a case, as its story needs it when it is told from the top. */
export interface Recalled {
  status: 'running' | 'withdrawing' | 'ended';
  outcome: string | null;
  /** How it is being ended before its end; withdrawn when not said. */
  ending?: EarlyEnding;
  input: Record<string, unknown>;
  pinned: Record<string, unknown>;
  /** The current round of each stage that has one. */
  rounds: Record<string, number>;
  /** What closed stages told in their current round. */
  told: Record<string, Told>;
  steps: Record<string, unknown>;
  events: Record<string, { told: Told; on: IsoDate }>;
  /** Messages up to this number are in the above. */
  lastMessageNo: number;
}

/** How the story asks a stage. Dates as they stand in Asia/Shanghai. */
export interface StageAsk {
  stage: string;
  round: number;
  /** For a stage with a named audience: the accounts. */
  asks?: string[];
  /** The last day on which an answer is valid, until 24:00; the law's, so it never moves for a rest day. */
  endsOn?: IsoDate;
  /** The stage lapses at the end of this day, though never before the day on which its full time allowed ends, nor after `endsOn`. */
  lapsesOn?: IsoDate;
  /** The day of the event from which the time allowed runs, when it is not the day of asking. */
  countsFrom?: IsoDate;
  /** Written by the desk alone: decided on a batch's list, so nobody is asked and nothing falls due. */
  list?: true;
}

/** Where stages stand: what each told (null while open), and when the story should next ask what is due. */
export interface StagesNow {
  told: Record<string, Told | null>;
  /** ISO instant of the nearest thing that falls due in the case; null when nothing does. */
  wakeAt: string | null;
  /** The case has moved on: a message is under way, and nothing was opened. */
  overtaken: boolean;
}

/** A date the case lives by, with reminders so many calendar days before it. */
export interface DateToKeep {
  key: string;
  title: string;
  on: IsoDate;
  remindBefore?: number[];
  /** People are reminded of it after the case has taken effect as well: there is still something to do by it. */
  inEffect?: true;
}
