import type { NoticeRow } from './notice.ts';

/** Somebody on a batch's list, as the contract's rules read them: what was known when they were put on it, and what was computed since (null before). */
export interface OnTheList {
  roster: unknown;
  result: unknown;
}

/** What a result is computed from: the roster, a role taken up since, and what was answered at the stages that count, in their order. */
export interface ToCompute {
  roster: unknown;
  override: object | null;
  answers: readonly Record<string, unknown>[];
  /** The batch's own input and what it has pinned; rules by county stand there. */
  batch: { input: Record<string, unknown>; pinned: Record<string, unknown> };
  county: string;
}

/** How somebody's line reads on the list. Amounts in fen a month; null where the batch is about no pay, or nothing was computed yet. */
export interface ListLine {
  postTitle: string;
  joinedOn: string | null;
  education: string | null;
  certificate: string | null;
  result: { label: string; before: string | null; total: number | null; change: number | null; retained: number } | null;
}

/**
 * 名册: what a process says whose cases are the people of a batch, so that boards, lists, notices and computations need to know no process by its name. The
 * batch's story is given `cutOffOn` (基准日), the day that counts for everybody on the list.
 */
export interface ListedContract {
  /** Who belongs on the list. Finding them needs the database: the room that does is registered under this name (activities/campaigns.ts). */
  belongs: string;
  /** The outcomes that count as done (办成), and how their column of the board reads. */
  done: { outcomes: readonly string[]; title: string };
  /** Kinds of exception (例外) of this process's own, in words. */
  apart?: Record<string, string>;
  /**
   * 公示: the stage, of both contracts, at which the batch is made public; the one that must have been closed before somebody stands in it; their row, or null
   * where they are not made public. `tells`: their stories hear when it is over, since no list decides on them afterwards.
   */
  notice?: {
    stage: string;
    after: string;
    row: (person: OnTheList & { told: Record<string, Record<string, unknown>> }) => Pick<NoticeRow, 'post' | 'detail'> | null;
    tells?: true;
  };
  /** 测算: the stages whose answers count, the result of one person, and what the ledger keeps of it. */
  computes?: {
    from: readonly string[];
    result: (of: ToCompute) => object;
    entry: (result: never) => { verb: string; before?: object; after: object; detail?: object; policyVersion?: string };
  };
  /** 补正: the stage that asks for evidence when somebody is sent back from the list. */
  sendsBackTo?: string;
  /** 任职变动: from which stage on somebody is dealt with anew when they take up another role. Where it is not said, nobody's role is changed on the list. */
  roleCountsFrom?: string;
  line: (person: OnTheList) => ListLine;
}
