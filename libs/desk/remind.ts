import type { Tx } from '../db.ts';
import { stageAs } from '../domain/pinned.ts';
import { levelAbove, roleTitles, type Role } from '../domain/roles.ts';
import { append } from '../ledger/append.ts';
import type { MailTiming } from '../mail/policy.ts';
import { askAgain, closeSettled, putBackTasksOfLeavers } from './ask-again.ts';
import { eligible, groupFrom, type AboutStage, type PostOf } from './audience.ts';
import type { DueRow } from './due-dates.ts';
import { nextEscalation } from './escalate.ts';
import { contractOf, type DeskRoom } from './room.ts';
import { settlePanel } from './settle-panel.ts';
import type { RunNow } from './stage-tasks.ts';
import type { CaseState } from './state.ts';
import { taskWords, tellOfTask } from './tell-task.ts';
import { mailTimingOf, unitsAbove } from './when.ts';

interface OpenTask {
  id: string;
  assigneeId: string | null;
  assigneeName: string | null;
  role: Role | null;
  unitCode: string | null;
  /** Levels before which it lies already, lowest first. */
  above: PostOf[];
}

/** What a stage's mails say of it. */
type Words = ReturnType<typeof taskWords>;

/** An open stage at 50 %, 80 % and the end of its time, and each working day after it: whoever is asked is reminded, an overdue one goes up as well. */
export async function remind(
  tx: Tx,
  room: DeskRoom,
  state: CaseState,
  row: DueRow & { stage: string; round: number },
  at: Date,
): Promise<void> {
  const contract = contractOf(room, state.process);
  const about: AboutStage = { state, contract, stage: stageAs(contract, row.stage, state.pinned) };
  const run = await tx.stageRun.findUniqueOrThrow({
    where: { caseId_stage_round: { caseId: state.id, stage: row.stage, round: row.round } },
  });
  const now: RunNow = { stage: row.stage, round: row.round, dueAt: run.dueAt, tentative: run.dueTentative, legalEndAt: run.legalEndAt };
  const settled = await settlePanel(tx, about, now, at);
  if (settled) return settled === 'above' ? undefined : closeSettled(tx, about, now, settled, at);
  await putBackTasksOfLeavers(tx, about, now, at);
  const tasks = await openTasksOf(tx, state.id, now);
  if (tasks.length === 0) await askAgain(tx, about, now, at, { key: row.key });
  const timing = await mailTimingOf(tx, state.unitCode, at, run);
  const overdue = row.kind === 'due' || row.kind === 'escalate';
  const mark = row.kind === 'reminder50' ? 50 : row.kind === 'reminder80' ? 80 : row.kind === 'due' ? 100 : 'overdue';
  const wordsOf = (taskId: string): Words => taskWords(about, taskId, now);
  for (const task of tasks) {
    const to = task.assigneeId ? [task.assigneeId] : await eligible(tx, about, { role: task.role!, unitCode: task.unitCode! }, at);
    await tellOfTask(tx, about, task.role, {
      eventKey: `${task.id}/${row.key}`,
      to,
      template: 'task-reminder',
      caseId: state.id,
      at,
      ...timing,
      toGroup: to.length > 1,
      params: { ...wordsOf(task.id), mark },
    });
  }
  await append(tx, {
    chain: `case:${state.id}`,
    verb: overdue ? 'stage.overdue' : 'stage.remind',
    accepted: true,
    at,
    actor: null,
    caseId: state.id,
    stage: row.stage,
    round: row.round,
    detail: { mark },
  });
  if (!overdue) return;
  if (answeredInPerson(about)) await tellAbove(tx, about, now, tasks[0], wordsOf, at, timing);
  else for (const task of tasks) await putAbove(tx, about, task, wordsOf(task.id), at, timing);
  await nextEscalation(tx, state, now, at);
}

/** A receipt is the person's own, and nobody votes in a member's place: the level above is told, and presses. */
const answeredInPerson = ({ stage }: AboutStage): boolean => Boolean(stage.panel) || 'subject' in stage.audience;

function openTasksOf(tx: Tx, caseId: string, { stage, round }: RunNow): Promise<OpenTask[]> {
  return tx.$queryRaw<OpenTask[]>`
    SELECT t.id, t.assignee_id AS "assigneeId", a.display_name AS "assigneeName", t.audience_role AS role, t.audience_unit AS "unitCode",
      coalesce((SELECT jsonb_agg(jsonb_build_object('role', e.role, 'unitCode', e.unit_code) ORDER BY e.at) FROM task_escalation e WHERE e.task_id = t.id), '[]') AS above
    FROM task t LEFT JOIN account a ON a.id = t.assignee_id
    WHERE t.case_id = ${caseId}::uuid AND t.stage = ${stage} AND t.round = ${round} AND t.status = 'open' ORDER BY t.chair DESC, t.id`;
}

/** Who comes next above: the first level with somebody who may act. */
async function nextAbove(
  tx: Tx,
  about: AboutStage,
  from: Role,
  at: Date,
  unitCode = about.state.unitCode,
): Promise<{ post: PostOf; holders: string[] } | null> {
  const above = levelAbove[from];
  if (!above) return null;
  const units = await unitsAbove(tx, unitCode);
  return groupFrom(tx, about, units, { role: above.role, unitCode: units[above.level] }, null, at);
}

/** The role whose level above a stage's task goes to, when it lies before a person by name. */
const ownRole = ({ stage }: AboutStage): Role => ('role' in stage.audience ? stage.audience.role : 'COMMUNITY_SECRETARY');

/** Where a task of somebody asked by name goes first: to whoever is asked in their stead, where the contract says so. */
async function insteadOf(tx: Tx, about: AboutStage, task: OpenTask, at: Date) {
  const { audience } = about.stage;
  if (!('named' in audience) || !audience.else || task.role || task.above.length > 0) return null;
  const units = await unitsAbove(tx, about.state.unitCode);
  return groupFrom(tx, about, units, { role: audience.else.role, unitCode: units[audience.else.level] }, null, at);
}

/** Puts a task also before the next level up; at the top it stays there, and only the reminders go on. */
async function putAbove(tx: Tx, about: AboutStage, task: OpenTask, words: Words, at: Date, timing: MailTiming): Promise<void> {
  const from = task.above.at(-1)?.role ?? task.role ?? ownRole(about);
  // a part of a batch's list goes up from its own unit, not from the batch's
  const above =
    (await insteadOf(tx, about, task, at)) ?? (await nextAbove(tx, about, from, at, (about.stage.list && task.unitCode) || undefined));
  if (!above) return;
  const { role, unitCode } = above.post;
  await tx.$executeRaw`INSERT INTO task_escalation (task_id, role, unit_code, at) VALUES (${task.id}::uuid, ${role}, ${unitCode}, ${at}) ON CONFLICT DO NOTHING`;
  await tellOfTask(tx, about, role, {
    eventKey: `${task.id}/escalated/${role}`,
    to: above.holders,
    template: 'task-escalated',
    caseId: words.caseId,
    at,
    ...timing,
    toGroup: above.holders.length > 1,
    params: { ...words, heldBy: task.assigneeName ?? (task.role ? roleTitles[task.role] : '') },
  });
}

/** Tells the level above, once a stage and round, of what only the persons asked can answer. */
async function tellAbove(
  tx: Tx,
  about: AboutStage,
  run: RunNow,
  task: OpenTask | undefined,
  wordsOf: (taskId: string) => Words,
  at: Date,
  timing: MailTiming,
): Promise<void> {
  const above = task && (await nextAbove(tx, about, ownRole(about), at));
  if (!above) return;
  const heldBy = about.stage.panel ? roleTitles[ownRole(about)] : (task.assigneeName ?? '');
  await tellOfTask(tx, about, above.post.role, {
    eventKey: `${about.state.id}/${run.stage}/${run.round}/escalated/${above.post.role}`,
    to: above.holders,
    template: 'task-escalated',
    caseId: about.state.id,
    at,
    ...timing,
    toGroup: above.holders.length > 1,
    params: { ...wordsOf(task.id), heldBy },
  });
}
