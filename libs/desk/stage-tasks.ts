import type { Tx } from '../db.ts';
import type { Panel } from '../domain/contract.ts';
import type { AboutStage, Asked } from './audience.ts';
import { append } from '../ledger/append.ts';
import { openIncident } from './incidents.ts';
import type { TaskState } from './state.ts';
import { taskWords, tellOfTask } from './tell-task.ts';
import { mailTimingOf } from './when.ts';

/** Who a task lies before: one row a person for a panel, one for a group or a person, none when nobody can be asked. */
export interface TaskRows {
  role: string | null;
  unitCode: string | null;
  people: { who: string | null; chair: boolean; status: 'open' | 'waiting' }[];
}

export function taskRowsOf(asked: Asked | null, panel?: Panel): TaskRows {
  if (!asked) return { role: null, unitCode: null, people: [] };
  if (asked.kind === 'panel')
    return {
      role: null,
      unitCode: null,
      people: asked.members.map(({ accountId, chair }, i) => ({
        who: accountId,
        chair,
        status: panel?.rule === 'inOrder' && i > 0 ? 'waiting' : 'open',
      })),
    };
  if (asked.kind === 'person') return { role: null, unitCode: null, people: [{ who: asked.accountId, chair: false, status: 'open' }] };
  return { role: asked.post.role, unitCode: asked.post.unitCode, people: [{ who: null, chair: false, status: 'open' }] };
}

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
  const holders = asked?.kind === 'group' ? asked.holders : [];
  for (const { id, who } of tasks.filter(({ status }) => status === 'open')) {
    await tellOfTask(tx, about, asked?.kind === 'group' ? asked.post.role : null, {
      eventKey: `${id}/opened`,
      to: who ? [who] : holders,
      template: 'task-opened',
      caseId: state.id,
      at,
      ...timing,
      toGroup: !who && holders.length > 1,
      params: {
        ...taskWords(about, id, run),
        ...(asked?.note && { how: 'level-above' as const, note: asked.note }),
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
  const { role, unitCode, people } = taskRowsOf(asked, about.stage.panel);
  await tx.$executeRaw`
    WITH panel AS (UPDATE stage_run SET tally = ${tallyOf(asked)}::jsonb WHERE case_id = ${state.id}::uuid AND stage = ${run.stage} AND round = ${run.round})
    UPDATE task SET status = 'closed', closed_at = ${at} WHERE case_id = ${state.id}::uuid AND stage = ${run.stage} AND round = ${run.round} AND status IN ('open', 'waiting')`;
  const tasks = await tx.$queryRaw<OpenedTask[]>`
    INSERT INTO task (case_id, process, stage, round, status, audience_role, audience_unit, assignee_id, chair, note, opened_at, due_at)
    SELECT ${state.id}::uuid, ${state.process}, ${run.stage}, ${run.round}::int, p.status, ${role}, ${unitCode}, who, chair, ${asked.note}, ${at}, ${run.dueAt}
    FROM unnest(${people.map(({ who }) => who)}::uuid[], ${people.map(({ chair }) => chair)}::boolean[], ${people.map(({ status }) => status)}::text[]) AS p (who, chair, status)
    RETURNING id, assignee_id AS who, status`;
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
