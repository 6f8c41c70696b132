import type { Rating } from '../../libs/domain/person-words.ts';
import type { DateToKeep, Recalled, StageAsk, StagesNow, StoryMessage } from '../../libs/domain/story.ts';

/** The desk as a story sees it: local activities, idempotent, and superseded by what the desk holds. Instants are ISO strings. */
export interface DeskDoors {
  recall(of: { caseId: string }): Promise<Recalled>;
  messagesAfter(of: { caseId: string; no: number }): Promise<StoryMessage[]>;
  /** `heard`: the last message that the story has heard. `beside`: the story goes on without waiting for these; the desk does not care, a rehearsal does. */
  openStages(of: { caseId: string; at: string; stages: StageAsk[]; heard: number; beside?: boolean }): Promise<StagesNow>;
  waitUntil(of: { caseId: string; at: string; key: string; title: string; until: string }): Promise<StagesNow>;
  setDates(of: { caseId: string; at: string; dates: DateToKeep[] }): Promise<StagesNow>;
  whatIsDue(of: { caseId: string; at: string; awaits: { stage: string; round: number }[] }): Promise<StagesNow>;
  /** `overtaken`: a message that changes it is under way. */
  endCase(of: { caseId: string; at: string; outcome: string; heard: number }): Promise<{ overtaken?: boolean } | void>;
}

/** A change of the world, remembered by the desk under case and key; `notRunning` when the case has been closed to it meanwhile. */
export interface WorldStep {
  caseId: string;
  key: string;
  at: string;
}
/** `more`: a part of the work is done, and the story asks for the next one. */
export type WorldResult =
  | {
      done: true;
      more?: boolean;
      people?: number;
      /** Who has been hired. */
      personId?: string;
      /** The host is somebody else's on some of the days. */
      taken?: boolean;
      /** A day as the calendar moves it; left out where that year's table is missing. */
      on?: string;
      /** The rating that is on record now. */
      rating?: Rating;
    }
  | { notRunning: true };

/** What changes the world: regular activities, once by case and key, retried without limit. */
export interface WorldDoors {
  /** Formal employment from a day on, with post grade and step by the entry rule. */
  confirmEmployment(of: WorldStep & { personId: string; on: string }): Promise<WorldResult>;
  /** Employment ends with a day, the last on which it stands. */
  endEmployment(
    of: WorldStep & { personId: string; lastOn: string; reason: 'terminated' | 'resigned' | 'declined' | 'dismissed' | 'agreed' },
  ): Promise<WorldResult>;
  /** A case for each person in the scope of a batch, some hundred at a time; nobody's story begins with it. */
  openPeople(of: WorldStep): Promise<WorldResult>;
  /** Computes the result of those on the batch's list who have none, some hundred at a time. */
  computeList(of: WorldStep): Promise<WorldResult>;
  /** Begins the stories of those on the list, or of those who have left it: they wait for something of their own now. */
  beginStories(of: WorldStep & { who: 'listed' | 'apart'; kind?: string }): Promise<WorldResult>;
  /** Puts down whom the batch's notice lists: everybody on its list who has come so far. `people` says how many. */
  listNotice(of: WorldStep): Promise<WorldResult>;
  /**
   * The batch's public notice is over for those on the list. Those with an objection that stands (`objected`) or is still open (`held`), by their cases, go
   * their own way.
   */
  passNotice(of: WorldStep & { objected: string[]; held: string[] }): Promise<WorldResult>;
  /** Every objection is closed: those who were held go on. */
  releaseHeld(of: WorldStep): Promise<WorldResult>;
  /** Computes one person's result anew, in their own case. */
  computePerson(of: WorldStep): Promise<WorldResult>;
  /** Post, grade, step and pay as computed, from the first of the month after the signature. */
  convertPerson(of: WorldStep & { personId: string; signedOn: string }): Promise<WorldResult>;
  /** What became of an objection; the case of its notice hears of it. */
  concludeObjection(of: WorldStep & { outcome: string }): Promise<WorldResult>;
  /** This case starts another about a person, linked to it; asked again, it is the same one. `people` is 0 where the process's own rule opens none. */
  startCase(of: WorldStep & { process: string; personId: string }): Promise<WorldResult>;
  /** How many people of the same street are being dismissed at about the same time (`people`); where that calls for the way of art. 41, it is an incident. */
  checkReduction(of: WorldStep): Promise<WorldResult>;
  /** Employment and contract stand again as if they had never ended: takes back what this case ended under `ended`. */
  reinstate(of: WorldStep & { personId: string; ended: string }): Promise<WorldResult>;
  /** A host community is kept for this case from–to; `taken` where another case has it on some of the days. */
  bookHost(of: WorldStep & { hostId: string; fromOn: string; toOn: string }): Promise<WorldResult>;
  /** A stay with a host stands on the person's record, to its end as the calendar moves it (`on`). */
  recordStay(of: WorldStep & { personId: string; hostId: string; year: number; fromOn: string; toOn: string }): Promise<WorldResult>;
  /** The stay has ended, with what the host says of it. */
  concludeStay(
    of: WorldStep & { personId: string; toOn: string; rating: string; agreement: boolean; recalled: boolean },
  ): Promise<WorldResult>;
  /** What the rules say of those on an appraisal's list of whom nothing is known yet, some hundred at a time. */
  appraiseListed(of: WorldStep): Promise<WorldResult>;
  /** The rating of this case's person becomes final for the year, or corrects what stood; what follows ratings starts or is told. Says the rating. */
  recordRating(of: WorldStep): Promise<WorldResult>;
  /** One step of a batch of recruitment over all its applications; `people` says how many it calls, or of how many it tells. `cases`: whom it is about. */
  moveRecruitment(of: WorldStep & { step: string; cases: string[] }): Promise<WorldResult>;
  /** The cases end of those whom the batch's last step has put out, some hundred at a time. */
  endApplications(of: WorldStep): Promise<WorldResult>;
  /** An applicant is out by their own story, for a coded reason. */
  leaveRecruitment(of: WorldStep & { reason: string; stage: string }): Promise<WorldResult>;
  /** Hired: person, employment on probation and contract are on record. `personId` says who. */
  hire(of: WorldStep & { signedOn: string; community: string | null }): Promise<WorldResult>;
  raiseIncident(of: WorldStep & { kind: string; detail: Record<string, string | number | null> }): Promise<WorldResult>;
  undoSteps(of: { caseId: string; at: string }): Promise<void>;
}

/** Every activity that a story may name; activities/ implements exactly this. */
export type Activities = DeskDoors & WorldDoors;

/** How far the day's digests have come: the last account that was looked at, null when all have been, and how many mails were posted. */
export interface DigestPart {
  next: string | null;
  posted: number;
}

/** How far a night's comparison of cases has come. */
export interface CheckPart {
  next: { at: string; caseId: string } | null;
  cases: number;
  faults: number;
}

/** What the house does by the clock, apart from any case; each can be asked for twice without harm. Instants are ISO strings. */
export interface Chores {
  /** 每日摘要 of some accounts, going on after `after`. */
  sendDigests(of: { at: string; after: string | null }): Promise<DigestPart>;
  /** From where the last comparison ended to a moment ago. */
  spanToCheck(of: { at: string }): Promise<{ since: string; until: string }>;
  /** 夜间对账 of some of the cases whose last change lies in the span, going on after `after`. */
  compareCases(of: { at: string; since: string; until: string; after: CheckPart['next'] }): Promise<CheckPart>;
  /** 年度运行: what begins by itself on the day, for every county; how many cases. Asked again, none twice. */
  openYearly(of: { at: string }): Promise<number>;
  keepCheck(of: { at: string; since: string; until: string; cases: number; faults: number }): Promise<void>;
}
