import type { z } from 'zod';
import type { Allowance } from './calendar.ts';
import type { ListedContract } from './listed.ts';
import type { FormContract } from './official-form.ts';
import type { Rating } from './person-words.ts';
import type { RatedYear } from './rating-chain.ts';
import type { Refusal } from './refusal.ts';
import type { Level, Role } from './roles.ts';

/**
 * Who a stage asks: whoever holds a role in the case's unit (or its county, street … at that level), the person concerned,
 * or people whom the story names when it opens the stage. While none of those named may act, `else` is asked; the street's own where it is not said.
 */
export type Audience = { role: Role; level: Level } | { subject: true } | { named: string; else?: { role: Role; level: Level } };

/** How several answers are summed up. A ballot counts the members fixed at opening; recusal shrinks them and the arithmetic. */
export interface Panel {
  /**
   * `all` (会签): every member for it, the first against closes it. `any` (或签): the first answer closes it. `inOrder` (依次): as `all`, one after the
   * other, the chair first. `ballot` (票签): counted by the two numbers below.
   */
  rule: 'all' | 'any' | 'inOrder' | 'ballot';
  /** The verdicts that count for and against; any other is an abstention. */
  for: string;
  against: string;
  /** Ballot: passes when more than this share (0..1) of the members is for it. */
  share?: number;
  /** Ballot: this share (0..1) of the members must have voted. */
  quorum?: number;
  /** Ballot: the chair's vote against decides alone. */
  veto?: 'chair';
  /** Fewer members than this, after recusal, and the case asks the level above. */
  minMembers?: number;
}

/** What an answer is for: an opinion or decision binds the separation of duty; a filing records; a receipt is the person's own. */
export type StageKind = 'task' | 'opinion' | 'decision' | 'filing' | 'receipt';

/**
 * 公示: what makes a stage one. Its task, of whoever the stage asks, is to post the notice: the answer (`postingForm` of notice.ts) says where and under
 * what number, and the period begins. The stage closes by itself at the end of the period, once every objection that came in time is closed.
 */
export interface NoticeContract {
  /** 社区工作者认定套转结果公示; the county's name is put before it. */
  title: string;
  /** How it came about, for the first sentence: 经调研摸底、初步认定、组织考察和套改测算. */
  basis: string;
  /** What is made public: 认定套转结果. */
  what: string;
  /** For how long where the case has pinned nothing else (`pinned.notices[stage]`): 3–15 working days. */
  period: Allowance;
  /** What the last column of the list says, beside name, unit and post: 等级档次. */
  detailTitle?: string;
  /**
   * For lists: the stage closes at the end of the period for everybody else, and tells as `held` those with an open objection. They are waited for by a
   * stage with `awaitsObjections`.
   */
  heldAlone?: true;
}

export interface StageContract {
  title: string;
  kind: StageKind;
  audience: Audience;
  within: Allowance;
  answer: z.ZodObject;
  /** The field of the answer that carries the verdict (values with their Chinese in the schema's meta). */
  verdict?: string;
  /** Fields of the answer that the story is told. Ids and verdicts only: everything else stays at the desk. */
  tells?: readonly string[];
  panel?: Panel;
  /** The official form this answer goes on. */
  form?: string;
  /** Nobody answers two stages of the same group in one case. */
  fourEyes?: string;
  /** True when the case takes effect (生效) with this answer. */
  takesEffectWhen?: (told: Record<string, unknown>) => boolean;
  /** On a batch's list: why somebody leaves it with this verdict (例外); null where they stay on it. */
  setsApart?: (told: Record<string, unknown>) => string | null;
  /** Checked in the act's transaction against what the case holds; a refusal stops the answer. */
  check?: (answer: Record<string, unknown>, about: CheckedAgainst) => Refusal | null;
  /** 公示: the answer posts the notice, and the stage goes on until its end. */
  notice?: NoticeContract;
  /** Nobody is asked: the stage waits until every objection to that notice stage is closed, and tells the same as it. */
  awaitsObjections?: string;
  /**
   * 名册环节 of a batch: asked of every unit at this level that has people on the list, one task a unit, of whoever holds the audience's role there. The
   * unit's answer says that its part is done, and is refused while people of it are open: not decided yet, or (`ended`) their own cases still going on. `nobody`: it is about all of them at once.
   * `together` is what must hold for the people of a part's streets together before the unit may say so.
   * `apart`: it is about those who stand apart for that reason, until they do no more.
   */
  list?: {
    cutBy: Exclude<Level, 'city'>;
    open: 'undecided' | 'ended' | 'nobody' | { apart: string };
    together?: (of: ListedTogether) => Refusal | null;
  };
  /** In a case that stands on a batch's list: decided there, with the batch's stage of the same name, until the batch is past it.
   * `rejoins`: whoever went their own way joins the list again here, if the batch has not come so far yet. */
  withBatch?: true | 'rejoins';
  /** A stage whose answers may not send the case back. */
  noReturn?: true;
  /** Nobody sends the case back to this stage: its time is over once the case has gone past it. */
  noReturnTo?: true;
  /** A right that need not be used: when it lapses unanswered, that is no incident. */
  mayLapse?: true;
  /** 接收地: shown to an outside contact who has a part in the case; of all other stages they see nothing. */
  outside?: true;
  /** What a rehearsal takes as this stage's answer, given on a day. */
  rehearsed?: Record<string, unknown> | ((on: string) => Record<string, unknown>);
}

/**
 * What an answer or event is checked against: the day, and the case as it stands. `told` is what closed stages told, `closedOn` the day on which each
 * closed, by stage; `events` what was declared.
 */
export interface CheckedAgainst {
  on: string;
  input: Record<string, unknown>;
  pinned: Record<string, unknown>;
  told: Record<string, Record<string, unknown>>;
  closedOn: Record<string, string>;
  events: Record<string, { told: Record<string, unknown>; on: string }>;
}

/** Everybody whose case goes on in the streets of a part, with what the batch has pinned and what its own stages have told. */
export interface ListedTogether {
  people: {
    caseId: string;
    name: string;
    street: string;
    streetName: string;
    /** False for whoever has gone their own way. */
    onList: boolean;
    /** What closed stages of their own case told, by stage. */
    told: Record<string, Record<string, unknown>>;
    /** What was computed for them. */
    result: unknown;
  }[];
  pinned: Record<string, unknown>;
  told: Record<string, Record<string, unknown>>;
}

/** 事项: something people declare in the middle of a case (a resignation, an agreed suspension). The story is told and goes on from there. */
export interface EventContract {
  title: string;
  /** Who may declare it: the person concerned, or holders of a role in the case's unit at a level. */
  by: readonly Audience[];
  answer: z.ZodObject;
  tells?: readonly string[];
  /** Open stages are closed when it is declared. */
  closesStages?: true;
  /** The case takes effect with it: nothing is withdrawn afterwards. */
  takesEffect?: true;
  /** May also be declared once the case has taken effect. */
  afterEffect?: true;
  /** Told by the house, by a rule between processes, and by nobody at a desk: `by` is empty. */
  byRule?: true;
  /** What a rehearsal takes as told when the story waits for it (`until` with the event's name). */
  rehearsed?: (input: Record<string, unknown>) => Record<string, unknown>;
  /** Declared only to be refused, on the record, with this code. */
  refusedWith?: Refusal['refused'];
  /** Checked under the case's lock against what the case holds; a refusal stops it. */
  check?: (answer: Record<string, unknown>, about: CheckedAgainst) => Refusal | null;
}

/** An arrow of the process map; `when` is written on it. `lane: 'aside'` draws it as the branch below. */
export interface MapArrow {
  from: string;
  to: string;
  when?: string;
  lane?: 'aside';
}

/** What a start looks up before the contract's `open` decides: the person's facts in force and the policies on the day. */
export interface OpeningFacts {
  on: string;
  person: OpeningPerson | null;
  policies: Policies;
  /** The unit that the start names, and the policies of every county in it; null where it names none. */
  unit?: { code: string; name: string; level: Level; counties: Record<string, Policies> } | null;
}
type Policies = Record<string, { value: unknown; version: number; assumed: boolean }>;
export interface OpeningPerson {
  personId: string;
  staffNo: string;
  name: string;
  unitCode: string;
  accountId: string | null;
  education: string | null;
  certificate: string | null;
  /** Facts in force on the day, by kind: employment, contract, post-grade-step, rating. */
  facts: Record<string, { fromOn: string; toOn: string | null; value: Record<string, unknown>; assumed: boolean }>;
  /** 年度考核: every year on record. */
  ratings: RatedYear[];
}

/** 流程之间: a final rating was recorded or changed, as a process that follows ratings is told of it. */
export interface RatingNews {
  year: number;
  rating: Rating;
  /** What the year said until then; null when it is new. */
  before: Rating | null;
  /** Every year as it stands on record now. */
  ratings: readonly RatedYear[];
  /** The person's open case of the process. */
  open: (Pick<CheckedAgainst, 'input' | 'events'> & { inEffect: boolean }) | null;
}
/** What follows: a case of the process starts for the person, or their open one is told an event. `means` says in a sentence what comes of it, to whoever records. */
export type Follows = ({ means: string } & ({ start: true } | { tell: string; told: Record<string, unknown> })) | null;
export interface Opening {
  /** Unique among open cases of the process; the story's id is `process/naturalKey/run`. No personal data. */
  naturalKey: string;
  title: string;
  unitCode: string;
  subjectAccountId: string | null;
  subjectPersonId: string | null;
  /** What the story is given: ids, dates and choices only. */
  storyInput: Record<string, unknown>;
  /** Policy values pinned into the case with their versions. */
  pinned: Record<string, unknown>;
}

export interface ProcessContract {
  name: string;
  title: string;
  /** Two characters in the case number, e.g. 转正. */
  short: string;
  summary: string;
  takes: string;
  laws: readonly { title: string; articles: string }[];
  startedBy: readonly Role[];
  /** Nobody starts it by hand: another case does, and nobody cancels it while that case waits for it. `startedBy` then only owns it. */
  caused?: true;
  input: z.ZodObject;
  policies: readonly string[];
  stages: Record<string, StageContract>;
  /** Stages in the order of the map's main line; "earlier" in returns means before in this order. */
  order: readonly string[];
  map: readonly MapArrow[];
  events: Record<string, EventContract>;
  outcomes: Record<string, { title: string; tone: 'passed' | 'failed' | 'stopped' }>;
  /** 文书: the official forms that a case is printed on, by key; a stage's `form` is the title of one of them. */
  forms?: Record<string, FormContract>;
  open: (input: Record<string, unknown>, facts: OpeningFacts) => Opening | Refusal;
  /** 批次: the process that each person on this one's list has a case of. */
  people?: string;
  /** 批次中的个人: started by a batch alone. */
  ofBatch?: string;
  /** Of such a process: what boards, lists, notices and computations of the batch need to know. */
  listed?: ListedContract;
  /** 流程之间的规则: what a final rating starts, or tells the open case. Pure; the house asks it in the transaction that records the rating. */
  followsRatings?: (news: RatingNews) => Follows;
  /** 年度运行: asked each morning for every county; the input with which a case begins by itself on that day, or null. One unit and year begins once. */
  opensYearly?: (about: { on: string; unitCode: string; policies: Policies }) => Record<string, unknown> | null;
  /** The days that a case lives by, from what its story is given. */
  keyDates?: (input: Record<string, unknown>, pinned: Record<string, unknown>) => { key: string; title: string; on: string }[];
  /** What will change for the person when a stage's answer is the favourable one; shown before the opinion. Policies are those of `policies` on the day. */
  foresees?: (stage: string, about: OpeningFacts & { input: Record<string, unknown>; pinned: Record<string, unknown> }) => ForeseenChange[];
}

export interface ForeseenChange {
  label: string;
  before: string | null;
  after: string | null;
}

/** The list of processes as data, as the desk, the API and the console get it. */
export type Catalogue = Record<string, ProcessContract>;
