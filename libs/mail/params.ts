/** What every mail about a case knows: the case by id, number and title, e.g. 「张某某试用期满转正」. */
export interface CaseParams {
  caseId: string;
  caseNo: string;
  caseTitle: string;
}

/** What every mail about a task knows. `dueAt` is an ISO instant; `dueTentative` marks a date from a provisional calendar (暂定). */
export interface TaskParams extends CaseParams {
  taskId: string;
  stageTitle: string;
  dueAt?: string | null;
  dueTentative?: boolean;
  /** In whose stead (代理) the reader is told, by name. */
  inStead?: string;
}

/** A part of the digest: how many tasks it has, and the first of them. A task stands in the first part that fits. */
export interface DigestSection {
  kind: 'overdue' | 'today' | 'week' | 'fresh';
  total: number;
  lines: { caseTitle: string; stageTitle: string; dueAt: string | null; dueTentative: boolean; fresh: boolean }[];
}

/** Each template and what it needs. Names of people may stand here, ID numbers and other encrypted fields never. Fields are only added. */
export interface MailParams {
  /** `fromName` with `how` says why it came to this person: transfer, delegation, added signer, escalation of an empty post. */
  'task-opened': TaskParams & {
    fromName?: string;
    how?: 'transferred' | 'delegated' | 'added' | 'advised' | 'level-above';
    note?: string;
  };
  'task-reminder': TaskParams & { mark: 50 | 80 | 100 | 'overdue' };
  'task-urged': TaskParams & { byName: string; note?: string };
  /** The task stands open with someone below; `heldBy` names that person or post with its unit. */
  'task-escalated': TaskParams & { heldBy: string };
  'task-returned': TaskParams & { byName: string; byPost?: string; reason: string };
  'task-copied': CaseParams & { stageTitle?: string; byName?: string; note?: string };
  /** 挂起 and 恢复, to whoever is asked. */
  'case-held': CaseParams & { kind: 'held' | 'resumed'; byName: string; reason: string; documentNo: string };
  'case-withdrawn': CaseParams & { byName: string; kind: 'withdrawn' | 'cancelled'; reason?: string };
  'case-ended': CaseParams & { outcomeTitle: string; officer?: boolean };
  /** A message to a worker about their own matter, paragraph by paragraph. */
  'worker-notice': CaseParams & { heading: string; paragraphs: string[] };
  /** 代理 set up, or ended before its time; no `processes`: all. */
  substitution: {
    principal: string;
    substitute: string;
    byName: string;
    fromOn: string;
    toOn: string;
    processes: string[];
    ended: boolean;
  };
  /** `code` is removed from the stored row once the mail is sent. */
  'sign-in-code': { code: string; expiresAt: string };
  'activation-code': { userName: string; code: string; expiresAt: string };
  /** 每日摘要 of the day `on`: open tasks by when they are due, and the news that was kept back for it, by subject. `later`: tasks that no section names. */
  digest: { on: string; sections: DigestSection[]; later: number; news: string[] };
  incident: { incidentId: string; title: string; advice?: string; caseId?: string; caseNo?: string };
}

export type MailTemplate = keyof MailParams;

/** Status of a mail: waiting (also between two tries), sending, sent, failed (given up), no-address; digest: kept for the daily digest, `sentAt` once told there. */
export type MailStatus = 'waiting' | 'sending' | 'sent' | 'failed' | 'no-address' | 'digest';
