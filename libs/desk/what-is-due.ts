import type { Tx } from '../db.ts';
import { addWorkingDays, isMissingYear } from '../domain/calendar.ts';
import { addDays, dateOf, formatDate, fromDateColumn, instantOf } from '../domain/dates.ts';
import { stageAs } from '../domain/pinned.ts';
import { levelAbove, roleTitles, type Role } from '../domain/roles.ts';
import { LAPSED, type StagesNow } from '../domain/story.ts';
import { append } from '../ledger/append.ts';
import { postMail } from '../mail/post.ts';
import { touch } from './act.ts';
import { closeStage } from './answer.ts';
import { peopleOfCase } from './case-people.ts';
import { stageDates, type DueEntry } from '../domain/stage-dates.ts';
import { openIncident } from './incidents.ts';
import { nearestDue, rewriteDates } from './open-stages.ts';
import { contractOf, stageOf, type DeskRoom } from './room.ts';
import { lockCase, type CaseState } from './state.ts';
import { calendarOf, mailMoment, unitsAbove } from './when.ts';

interface DueRow {
  id: bigint;
  key: string;
  kind: DueEntry['kind'];
  stage: string | null;
  round: number | null;
  at: Date;
}

/**
 * The story's timer fired: everything due by `at` is done once. Of several reminders of one stage that fell due together (an outage), only the latest is
 * sent. An overdue task is also put before the level above, at most once a working day. Past its legal end a stage lapses and the story is told.
 */
export function whatIsDue(room: DeskRoom, { caseId, at }: { caseId: string; at: Date }): Promise<StagesNow> {
  return room.db.$transaction(async (tx) => {
    const state = await lockCase(tx, caseId);
    if (state?.status !== 'running') return { told: {}, wakeAt: null, overtaken: true };
    const rows = await tx.$queryRaw<DueRow[]>`
      UPDATE due SET done_at = ${at} WHERE case_id = ${caseId}::uuid AND done_at IS NULL AND at <= ${at} RETURNING id, key, kind, stage, round, at`;
    rows.sort((a, b) => a.at.getTime() - b.at.getTime());
    const told: StagesNow['told'] = {};
    for (const group of groupsOf(rows)) {
      const last = group.at(-1)!;
      const lapsed = group.some(({ kind }) => kind === 'legalEnd');
      if (lapsed && last.stage) {
        await lapse(tx, room, state, last.stage, last.round!, at);
        told[last.stage] = LAPSED;
      } else if (last.kind === 'before') await remindOfDate(tx, state, last, at);
      else if (last.kind === 'recount') await countAgain(tx, room, state, last, at);
      else if (last.stage) await remind(tx, room, state, last, at);
    }
    if (rows.length > 0) await touch(tx, caseId);
    return { told, wakeAt: await nearestDue(tx, caseId), overtaken: false };
  });
}

function groupsOf(rows: DueRow[]): DueRow[][] {
  const groups = new Map<string, DueRow[]>();
  for (const row of rows) {
    const name = row.stage ? `${row.stage}/${row.round}` : row.kind;
    groups.set(name, [...(groups.get(name) ?? []), row]);
  }
  return [...groups.values()];
}

async function lapse(tx: Tx, room: DeskRoom, state: CaseState, stage: string, round: number, at: Date): Promise<void> {
  await closeStage(tx, { caseId: state.id, stage, round, status: 'lapsed', told: LAPSED, at });
  const title = stageOf(contractOf(room, state.process), stage).title;
  await append(tx, { chain: `case:${state.id}`, verb: 'stage.lapse', accepted: true, at, actor: null, caseId: state.id, stage, round });
  await openIncident(tx, { key: `${state.id}/lapsed/${stage}/${round}`, kind: 'StageLapsed', caseId: state.id, unitCode: state.unitCode, at, detail: { caseNo: state.caseNo, title: state.title, stageTitle: title } });
}

interface OpenTask {
  id: string;
  assigneeId: string | null;
  assigneeName: string | null;
  role: string | null;
  unitCode: string | null;
  dueAt: Date | null;
  tentative: boolean;
  /** The highest level before which it lies already. */
  above: { role: Role; unitCode: string }[];
}

async function openTasksOf(tx: Tx, caseId: string, stage: string, round: number): Promise<OpenTask[]> {
  return tx.$queryRaw<OpenTask[]>`
    SELECT t.id, t.assignee_id AS "assigneeId", a.display_name AS "assigneeName", t.audience_role AS role, t.audience_unit AS "unitCode", t.due_at AS "dueAt", s.due_tentative AS tentative,
      coalesce((SELECT jsonb_agg(jsonb_build_object('role', e.role, 'unitCode', e.unit_code) ORDER BY e.at) FROM task_escalation e WHERE e.task_id = t.id), '[]') AS above
    FROM task t JOIN stage_run s ON s.case_id = t.case_id AND s.stage = t.stage AND s.round = t.round LEFT JOIN account a ON a.id = t.assignee_id
    WHERE t.case_id = ${caseId}::uuid AND t.stage = ${stage} AND t.round = ${round} AND t.status = 'open'`;
}

/** Accounts that hold a role in a unit on the day. */
async function holdersOf(tx: Tx, role: string, unitCode: string, at: Date): Promise<string[]> {
  const rows = await tx.$queryRaw<{ who: string }[]>`
    SELECT DISTINCT account_id AS who FROM post_held WHERE role = ${role} AND unit_code = ${unitCode} AND from_on <= ${dateOf(at)}::date AND (to_on IS NULL OR to_on >= ${dateOf(at)}::date)`;
  return rows.map(({ who }) => who);
}

async function remind(tx: Tx, room: DeskRoom, state: CaseState, row: DueRow, at: Date): Promise<void> {
  const stage = stageOf(contractOf(room, state.process), row.stage!);
  const notBefore = await mailMoment(tx, state.unitCode, at);
  const overdue = row.kind === 'due' || row.kind === 'escalate';
  const mark = row.kind === 'reminder50' ? 50 : row.kind === 'reminder80' ? 80 : row.kind === 'due' ? 100 : 'overdue';
  for (const task of await openTasksOf(tx, state.id, row.stage!, row.round!)) {
    const params = { caseId: state.id, caseNo: state.caseNo, caseTitle: state.title, taskId: task.id, stageTitle: stage.title, dueAt: task.dueAt?.toISOString() ?? null, dueTentative: task.tentative };
    const to = task.assigneeId ? [task.assigneeId] : await holdersOf(tx, task.role!, task.unitCode!, at);
    await postMail(tx, { eventKey: `${task.id}/${row.key}`, to, template: 'task-reminder', caseId: state.id, at, notBefore, params: { ...params, mark } });
    if (overdue) await escalate(tx, state, task, params, at, notBefore);
  }
  await append(tx, { chain: `case:${state.id}`, verb: overdue ? 'stage.overdue' : 'stage.remind', accepted: true, at, actor: null, caseId: state.id, stage: row.stage, round: row.round, detail: { mark } });
  if (overdue) await nextEscalation(tx, state, row, at);
}

/** Puts the task also before the next level up; at the top it stays there, and only the reminders go on. */
async function escalate(tx: Tx, state: CaseState, task: OpenTask, params: { stageTitle: string; taskId: string; caseId: string; caseNo: string; caseTitle: string }, at: Date, notBefore: Date): Promise<void> {
  const units = await unitsAbove(tx, state.unitCode);
  const from = task.above.at(-1)?.role ?? (task.role as Role | null) ?? 'COMMUNITY_SECRETARY';
  const above = levelAbove[from];
  const unitCode = above && units[above.level];
  if (!above || !unitCode) return;
  await tx.$executeRaw`INSERT INTO task_escalation (task_id, role, unit_code, at) VALUES (${task.id}::uuid, ${above.role}, ${unitCode}, ${at}) ON CONFLICT DO NOTHING`;
  await postMail(tx, {
    eventKey: `${task.id}/escalated/${above.role}`, to: await holdersOf(tx, above.role, unitCode, at), template: 'task-escalated', caseId: state.id, at, notBefore,
    params: { ...params, heldBy: task.assigneeName ?? roleTitles[task.role as Role] ?? '' },
  });
}

/** The next working day at 09:00; without that year's calendar, the next day. */
async function nextEscalation(tx: Tx, state: CaseState, row: DueRow, at: Date): Promise<void> {
  const today = dateOf(at);
  const next = addWorkingDays(await calendarOf(tx, state.unitCode), today, 1);
  const on = isMissingYear(next) ? addDays(today, 1) : next.on;
  await tx.$executeRaw`
    INSERT INTO due (case_id, key, kind, stage, round, at) VALUES (${state.id}::uuid, ${`${row.stage}/${row.round}/escalate/${on}`}, 'escalate', ${row.stage}, ${row.round}::int, ${instantOf(on, '09:00')})
    ON CONFLICT (case_id, key) DO NOTHING`;
}

/** A date that the case lives by comes near: everyone with a part is told, with what is still open. */
async function remindOfDate(tx: Tx, state: CaseState, row: DueRow, at: Date): Promise<void> {
  const date = await tx.caseDate.findFirst({ where: { caseId: state.id, key: row.key.split('/')[1]! } });
  if (!date) return;
  const on = fromDateColumn(date.on);
  const open = await tx.task.findMany({ where: { caseId: state.id, status: 'open' }, select: { audienceRole: true, audienceUnit: true, stage: true } });
  const groups = (await Promise.all(open.filter((task) => task.audienceRole).map((task) => holdersOf(tx, task.audienceRole!, task.audienceUnit!, at)))).flat();
  const to = [...new Set([...(await peopleOfCase(tx, state.id)), ...groups])].filter((who) => who !== state.subjectId);
  await postMail(tx, {
    eventKey: `${state.id}/${row.key}`, to, template: 'worker-notice', caseId: state.id, at, notBefore: await mailMoment(tx, state.unitCode, at),
    params: { caseId: state.id, caseNo: state.caseNo, caseTitle: state.title, heading: `${date.title}：${formatDate(on)}`, paragraphs: [`${state.title}的${date.title}是 ${formatDate(on)}。期满前必须有结论，请抓紧办理。`] },
  });
  await append(tx, { chain: `case:${state.id}`, verb: 'date.remind', accepted: true, at, actor: null, caseId: state.id, detail: { key: row.key, on } });
}

/** The missing year's table may be there by now: the stage's dates are counted again from its opening. */
async function countAgain(tx: Tx, room: DeskRoom, state: CaseState, row: DueRow, at: Date): Promise<void> {
  const [run] = await tx.$queryRaw<{ openedAt: Date; legalEndAt: Date | null }[]>`
    SELECT opened_at AS "openedAt", legal_end_at AS "legalEndAt" FROM stage_run WHERE case_id = ${state.id}::uuid AND stage = ${row.stage} AND round = ${row.round} AND status = 'open'`;
  if (!run) return;
  const stage = stageAs(contractOf(room, state.process), row.stage!, state.pinned);
  const endsOn = run.legalEndAt ? addDays(dateOf(run.legalEndAt), -1) : undefined;
  const dates = stageDates(await calendarOf(tx, state.unitCode), stage, { stage: row.stage!, round: row.round!, endsOn }, run.openedAt);
  if (!dates.missingYear) return rewriteDates(tx, state.id, row.stage!, row.round!, dates, at);
  const again = instantOf(addDays(dateOf(at), 1), '09:00');
  await tx.$executeRaw`
    INSERT INTO due (case_id, key, kind, stage, round, at) VALUES (${state.id}::uuid, ${`${row.stage}/${row.round}/recount/${dateOf(again)}`}, 'recount', ${row.stage}, ${row.round}::int, ${again})
    ON CONFLICT (case_id, key) DO NOTHING`;
}
