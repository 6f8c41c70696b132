import type { Db, Tx } from '../db.ts';
import type { CheckedAgainst } from '../domain/contract.ts';
import { dateOf } from '../domain/dates.ts';
import type { Actor } from '../domain/roles.ts';
import type { EarlyEnding, Told } from '../domain/story.ts';

/** A case as an act finds it, under the lock. */
export interface CaseState {
  id: string;
  caseNo: string;
  process: string;
  title: string;
  unitCode: string;
  subjectId: string | null;
  starterId: string | null;
  /** Who started it in the starter's stead. */
  startedById: string | null;
  status: 'running' | 'withdrawing' | 'ended';
  outcome: string | null;
  effectiveAt: Date | null;
  /** 挂起 since. */
  heldAt: Date | null;
  /** How it is being ended before its end, by people. */
  ending: EarlyEnding | null;
  input: Record<string, unknown>;
  pinned: Record<string, unknown>;
  version: number;
  naturalKey: string;
  run: number;
}

const caseColumns = `id, case_no AS "caseNo", process, title, unit_code AS "unitCode", subject_id AS "subjectId", starter_id AS "starterId", started_by_id AS "startedById",
  status, outcome, effective_at AS "effectiveAt", held_at AS "heldAt", ending, input, pinned, version, natural_key AS "naturalKey", run`;

/** Takes the case's row lock, which every decision about the case is made under; null when there is no such case. */
export async function lockCase(tx: Tx, caseId: string): Promise<CaseState | null> {
  const [found] = await tx.$queryRawUnsafe<CaseState[]>(`SELECT ${caseColumns} FROM "case" WHERE id = $1::uuid FOR UPDATE`, caseId);
  return found ?? null;
}

/** A case as it stands, without its lock: for pages. */
export async function readCase(db: Db | Tx, caseId: string): Promise<CaseState | null> {
  const [found] = await db.$queryRawUnsafe<CaseState[]>(`SELECT ${caseColumns} FROM "case" WHERE id = $1::uuid`, caseId);
  return found ?? null;
}

export async function lockCaseOfTask(tx: Tx, taskId: string): Promise<CaseState | null> {
  const [found] = await tx.$queryRawUnsafe<CaseState[]>(
    `SELECT ${caseColumns} FROM "case" WHERE id = (SELECT case_id FROM task WHERE id = $1::uuid) FOR UPDATE`,
    taskId,
  );
  return found ?? null;
}

/** What separation of duty asks of an account about a task. */
export interface AccountFacts {
  /** Stages of this case that the account answered or had answered in its stead, in whatever round. */
  answeredStages: string[];
  isRelative: boolean;
  /** Declared a conflict (回避) in this case. */
  isRecused: boolean;
  /** Whether it answered another task of the same stage and round, and whether in somebody's stead; advice is no answer. */
  signedHere: boolean;
  signedHereInStead: boolean;
}

/** What a task is in its stage: the stage's own, or asked beside it: an added signer, or an advice that its owner asked for. */
export type TaskPart = 'main' | 'before' | 'beside' | 'after' | 'advice';

/** A task with all that decides whether somebody may act on it. */
export interface TaskState {
  id: string;
  stage: string;
  round: number;
  /** `waiting`: its turn has not come. */
  status: 'open' | 'waiting' | 'done' | 'closed';
  part: TaskPart;
  originId: string | null;
  addedById: string | null;
  /** Who owns the task beside which this one stands. */
  originOwnerId: string | null;
  /** Others are or were asked in this round beside the one whom the stage asks. */
  hasExtras: boolean;
  audienceRole: string | null;
  audienceUnit: string | null;
  assigneeId: string | null;
  claimed: boolean;
  openedAt: string;
  dueAt: string | null;
  assigneeName: string | null;
  assigneeUnit: string | null;
  claimedAt: string | null;
  legalEndAt: string | null;
  stageStatus: string;
  closedAt: string | null;
  answeredById: string | null;
  /** In whose stead it was answered. */
  answeredForId: string | null;
  dueTentative: boolean;
  /** Whether this task's member presides over the panel. */
  chair: boolean;
  /** The members of the stage's panel, fixed at opening; null where there is none. */
  members: string[] | null;
  /** The post by which the members of the panel sit on it. */
  panelPost: { role: string; unitCode: string } | null;
  /** Levels above before which the task also lies. */
  escalations: { role: string; unitCode: string }[];
  /** Of the actor and of everybody for whom they stand in, by account. */
  accounts: Record<string, AccountFacts>;
}

/**
 * Reads one task for whoever would act on it, after the case's lock was taken. The accounts stand in a subselect: with their number known the server would
 * plan this statement anew each time, which costs more than all the rest of an act.
 */
export async function readTask(tx: Db | Tx, taskId: string, { accountId, standsInFor }: Actor): Promise<TaskState> {
  const accounts = [accountId, ...standsInFor.map((principal) => principal.accountId)];
  const [row] = await tx.$queryRaw<{ task: TaskState }[]>`
    SELECT jsonb_build_object(
      'id', t.id, 'stage', t.stage, 'round', t.round, 'status', t.status, 'part', t.part, 'originId', t.origin_id, 'addedById', t.added_by_id,
      'originOwnerId', (SELECT o.assignee_id FROM task o WHERE o.id = t.origin_id), 'audienceRole', t.audience_role, 'audienceUnit', t.audience_unit,
      'assigneeId', t.assignee_id, 'claimed', t.claimed, 'openedAt', t.opened_at, 'dueAt', t.due_at, 'claimedAt', t.claimed_at,
      'hasExtras', EXISTS (SELECT FROM task x WHERE x.case_id = t.case_id AND x.stage = t.stage AND x.round = t.round AND x.part <> 'main'),
      'assigneeName', a.display_name,
      'assigneeUnit', (SELECT u.name FROM post_held p JOIN unit u ON u.code = p.unit_code WHERE p.account_id = a.id ORDER BY p.from_on LIMIT 1),
      'legalEndAt', s.legal_end_at, 'stageStatus', s.status, 'closedAt', t.closed_at, 'answeredById', t.answered_by_id, 'answeredForId', t.answered_for_id, 'members', s.tally -> 'members', 'panelPost', s.tally -> 'post', 'chair', t.chair, 'dueTentative', s.due_tentative,
      'escalations', coalesce((SELECT jsonb_agg(jsonb_build_object('role', e.role, 'unitCode', e.unit_code)) FROM task_escalation e WHERE e.task_id = t.id), '[]'),
      'accounts', (SELECT jsonb_object_agg(who, jsonb_build_object('answeredStages', signed.stages, 'signedHere', signed.here, 'signedHereInStead', signed.in_stead,
          'isRelative', EXISTS (SELECT 1 FROM relative r JOIN "case" c ON c.id = t.case_id WHERE r.account_id = who AND r.other_id = c.subject_id),
          'isRecused', EXISTS (SELECT 1 FROM recusal x WHERE x.case_id = t.case_id AND x.account_id = who)))
        FROM unnest((SELECT ${accounts}::uuid[])) AS asking (who) CROSS JOIN LATERAL (
          SELECT coalesce(jsonb_agg(DISTINCT d.stage) FILTER (WHERE d.part <> 'advice'), '[]') AS stages, coalesce(bool_or(here), false) AS here, coalesce(bool_or(here AND d.answered_for_id IS NOT NULL), false) AS in_stead
          FROM task d CROSS JOIN LATERAL (SELECT d.answered_by_id = who AND d.stage = t.stage AND d.round = t.round AND d.id <> t.id AND d.part <> 'advice') AS now (here)
          WHERE d.case_id = t.case_id AND who IN (d.answered_by_id, d.answered_for_id)) signed)
    ) AS task
    FROM task t
    JOIN stage_run s ON s.case_id = t.case_id AND s.stage = t.stage AND s.round = t.round
    LEFT JOIN account a ON a.id = t.assignee_id
    WHERE t.id = ${taskId}::uuid`;
  return row!.task;
}

/** What an answer or event is checked against: what closed stages told in their current round and on which day they closed, and what was declared. */
export async function readHeld(tx: Db | Tx, caseId: string): Promise<Pick<CheckedAgainst, 'told' | 'closedOn' | 'events'>> {
  const runs = await tx.$queryRaw<{ stage: string; result: Told; closedAt: Date }[]>`
    SELECT stage, result, closed_at AS "closedAt" FROM (SELECT DISTINCT ON (stage) * FROM stage_run WHERE case_id = ${caseId}::uuid ORDER BY stage, round DESC) latest
    WHERE status IN ('closed', 'lapsed')`;
  const events = await tx.caseEvent.findMany({ where: { caseId } });
  return {
    told: Object.fromEntries(runs.map(({ stage, result }) => [stage, result])),
    closedOn: Object.fromEntries(runs.map(({ stage, closedAt }) => [stage, dateOf(closedAt)])),
    events: Object.fromEntries(events.map(({ event, told, at }) => [event, { told: told as Told, on: dateOf(at) }])),
  };
}
