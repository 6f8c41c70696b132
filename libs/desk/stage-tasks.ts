import { Prisma } from '../../prisma/generated/client.ts';
import type { Tx } from '../db.ts';
import type { Panel } from '../domain/contract.ts';
import type { AboutStage, Asked } from './audience.ts';
import { append } from '../ledger/append.ts';
import { openIncident } from './incidents.ts';
import type { TaskState } from './state.ts';
import { taskWords, tellOfTask } from './tell-task.ts';
import { mailTimingOf } from './when.ts';

/** Who a task lies before: one row a person for a panel, a unit for a list, one for a group or a person, none when nobody can be asked. */
export interface TaskRow {
  role: string | null;
  unitCode: string | null;
  listUnit: string | null;
  who: string | null;
  chair: boolean;
  status: 'open' | 'waiting';
  note: string | null;
}

export function taskRowsOf(asked: Asked | null, panel?: Panel): TaskRow[] {
  if (!asked) return [];
  const row: TaskRow = { role: null, unitCode: null, listUnit: null, who: null, chair: false, status: 'open', note: asked.note };
  if (asked.kind === 'panel')
    return asked.members.map(({ accountId, chair }, i) => ({
      ...row,
      who: accountId,
      chair,
      status: panel?.rule === 'inOrder' && i > 0 ? 'waiting' : 'open',
    }));
  if (asked.kind === 'parts') return asked.parts.map(({ key, post, note }) => ({ ...row, ...post, listUnit: key, note }));
  if (asked.kind === 'person') return [{ ...row, who: asked.accountId }];
  return [{ ...row, ...asked.post }];
}

/** The rows as the source of an INSERT: role, unit, list unit, who, chair, status, note. */
export const taskRowsSql = (rows: readonly TaskRow[]): Prisma.Sql => {
  const column = <K extends keyof TaskRow>(name: K) => rows.map((row) => row[name]);
  return Prisma.sql`unnest(${column('role')}::text[], ${column('unitCode')}::text[], ${column('listUnit')}::text[], ${column('who')}::uuid[], ${column('chair')}::boolean[], ${column('status')}::text[], ${column('note')}::text[])
    AS p (role, unit_code, list_unit, who, chair, status, note)`;
};

/** The members of a panel and the post that they hold, as a stage run keeps them. */
export const tallyOf = (asked: Asked | null): string | null =>
  asked?.kind === 'panel' ? JSON.stringify({ members: asked.members.map(({ accountId }) => accountId), post: asked.post }) : null;

/** Whoever was asked, as the ledger keeps it. */
export const askedLine = (asked: Asked | null) =>
  asked === null
    ? null
    : asked.kind === 'person'
      ? { accountId: asked.accountId }
      : asked.kind === 'group'
        ? asked.post
        : asked.kind === 'parts'
          ? { parts: asked.parts.map(({ post }) => post) }
          : { members: asked.members.map(({ accountId }) => accountId) };

export interface RunNow {
  stage: string;
  round: number;
  dueAt: Date | null;
  tentative: boolean;
  legalEndAt?: Date | null;
}

export interface OpenedTask {
  id: string;
  who: string | null;
  listUnit: string | null;
  status: 'open' | 'waiting';
}

/** The run to which a task belongs. */
export const runOf = (task: Pick<TaskState, 'stage' | 'round' | 'dueAt' | 'dueTentative'>): RunNow => ({
  stage: task.stage,
  round: task.round,
  dueAt: task.dueAt ? new Date(task.dueAt) : null,
  tentative: task.dueTentative,
});

/** Tells whoever is asked, and who stands in for them, one mail a person and task. */
export async function tellAsked(tx: Tx, about: AboutStage, run: RunNow, asked: Asked | null, tasks: OpenedTask[], at: Date): Promise<void> {
  if (tasks.length === 0) return;
  const { state } = about;
  const timing = await mailTimingOf(tx, state.unitCode, at, run);
  for (const { id, who, listUnit } of tasks.filter(({ status }) => status === 'open')) {
    const group = asked?.kind === 'parts' ? asked.parts.find(({ key }) => key === listUnit) : asked?.kind === 'group' ? asked : null;
    const note = group?.note ?? asked?.note;
    const holders = group?.holders ?? [];
    await tellOfTask(tx, about, group?.post.role ?? null, {
      eventKey: `${id}/opened`,
      to: who ? [who] : holders,
      template: 'task-opened',
      caseId: state.id,
      at,
      ...timing,
      toGroup: !who && holders.length > 1,
      params: {
        ...taskWords(about, id, run),
        ...(note && { how: 'level-above' as const, note }),
      },
    });
  }
}

/** Puts an open stage before other people than at first, on the record: its open tasks close, new ones open with the same due date. */
export async function askOthers(
  tx: Tx,
  about: AboutStage,
  run: RunNow,
  asked: Asked,
  at: Date,
  detail: { key?: string } = {},
): Promise<void> {
  const { state } = about;
  await tx.$executeRaw`
    WITH panel AS (UPDATE stage_run SET tally = ${tallyOf(asked)}::jsonb WHERE case_id = ${state.id}::uuid AND stage = ${run.stage} AND round = ${run.round})
    UPDATE task SET status = 'closed', closed_at = ${at} WHERE case_id = ${state.id}::uuid AND stage = ${run.stage} AND round = ${run.round} AND status IN ('open', 'waiting')`;
  const tasks = await tx.$queryRaw<OpenedTask[]>`
    INSERT INTO task (case_id, process, stage, round, status, audience_role, audience_unit, list_unit, assignee_id, chair, note, opened_at, due_at)
    SELECT ${state.id}::uuid, ${state.process}, ${run.stage}, ${run.round}::int, p.status, p.role, p.unit_code, p.list_unit, p.who, p.chair, p.note, ${at}, ${run.dueAt}
    FROM ${taskRowsSql(taskRowsOf(asked, about.stage.panel))}
    RETURNING id, assignee_id AS who, list_unit AS "listUnit", status`;
  await tellAsked(tx, about, run, asked, tasks, at);
  await append(tx, {
    chain: `case:${state.id}`,
    verb: 'stage.ask',
    accepted: true,
    at,
    actor: null,
    caseId: state.id,
    stage: run.stage,
    round: run.round,
    detail: { ...detail, note: asked.note },
  });
}

/** Nobody at any level may act on an open stage: what is left of its tasks closes, and somebody must look at it. Once a stage and round. */
export async function noteNobody(tx: Tx, { state, stage }: AboutStage, run: Pick<RunNow, 'stage' | 'round'>, at: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE task SET status = 'closed', closed_at = ${at} WHERE case_id = ${state.id}::uuid AND stage = ${run.stage} AND round = ${run.round} AND status IN ('open', 'waiting')`;
  await openIncident(tx, {
    caseId: state.id,
    unitCode: state.unitCode,
    at,
    key: `${state.id}/nobody/${run.stage}/${run.round}`,
    kind: 'NobodyToAsk',
    detail: { caseNo: state.caseNo, stageTitle: stage.title },
  });
}
