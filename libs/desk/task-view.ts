import type { z } from 'zod';
import type { task as taskSchema } from '../domain/api/case-views.ts';
import type { Db, Tx } from '../db.ts';
import type { StageContract } from '../domain/contract.ts';
import { stageAs } from '../domain/pinned.ts';
import { refuse, type Refusal } from '../domain/refusal.ts';
import type { Actor } from '../domain/roles.ts';
import { actionOf, type Action } from './actions.ts';
import { held, type AboutStage } from './audience.ts';
import { mayHandOn, mayRemove } from './hand-on.ts';
import { calendarsFor, taskRows, toTaskLine } from './lists.ts';
import { heldStill, judge, pastLegalEnd } from './may.ts';
import { isOutside, isStageForOutside } from './outside.ts';
import { hasPart } from './reach.ts';
import { earlierStages, mayReturnFrom } from './return.ts';
import { contractOf, stageOf, type DeskRoom } from './room.ts';
import { seatsAsked } from './seat.ts';
import { readCase, readTask, type CaseState, type TaskPart, type TaskState } from './state.ts';
import { whyNotTakenBack } from './take-back.ts';
import { possibleTargets, type Purpose, type Target } from './targets.ts';
import { partTitles } from './timeline.ts';
import { unitsAbove } from './when.ts';
import { verdictTitle } from './words.ts';

/** A task as its page needs it; what will change is the opening rooms' to say, so it is not here. */
export type TaskView = Omit<z.infer<typeof taskSchema>, 'changes'> & { personId: string | null };

const panelWords = (panel: { rule: string; share?: number; quorum?: number } | undefined, members: number): string | null => {
  if (!panel || members === 0) return null;
  if (panel.rule === 'all') return `会签：${members} 人须全部同意`;
  if (panel.rule === 'any') return `或签：${members} 人中任一人办理即可`;
  if (panel.rule === 'inOrder') return `依次：${members} 人按顺序办理，须全部同意`;
  return `票签：${members} 人，赞成超过 ${Math.round((panel.share ?? 0.5) * 100)}% 通过，投票须达 ${Math.round((panel.quorum ?? 0.5) * 100)}%`;
};

/** Refuses `NotFound`, and `NotYourTask` to whoever neither is asked nor has a part in the case. */
export async function taskView(
  room: DeskRoom,
  { taskId, actor, at }: { taskId: string; actor: Actor; at: Date },
): Promise<Refusal | TaskView> {
  const { db } = room;
  const [row] = await taskRows(db, [taskId]);
  if (!row) return refuse('NotFound', { what: '这项待办' });
  const state = (await readCase(db, row.caseId))!;
  const task = await readTask(db, taskId, actor);
  const contract = contractOf(room, row.process);
  const stage = stageAs(contract, row.stage, state.pinned);
  // what somebody fills in about themself is not shown to their substitute
  const isOwn = task.audienceRole === null && 'subject' in stage.audience;
  const asked = seatsAsked(task, row.process, actor).some(({ principal }) => !(principal && isOwn));
  const reads = !isOutside(actor) || isStageForOutside(contract, row.stage);
  if (!asked && !(reads && (await hasPart(db, row.caseId, actor)))) return refuse('NotYourTask');
  const calendar = (await calendarsFor(db, [row.countyCode]))(row.countyCode);
  const others = await db.$queryRaw<Other[]>`
    SELECT t.id, coalesce(b.display_name || coalesce('（代' || f.display_name || '）', ''), a.display_name) AS name, t.status, t.answer, t.part, t.added_by_id AS "addedById", t.answered_by_id AS "answeredById", t.closed_at AS "closedAt" FROM task t LEFT JOIN account a ON a.id = t.assignee_id LEFT JOIN account b ON b.id = t.answered_by_id LEFT JOIN account f ON f.id = t.answered_for_id
    WHERE t.case_id = ${row.caseId}::uuid AND t.stage = ${row.stage} AND t.round = ${row.round} ORDER BY t.chair DESC, name`;
  const last = await db.$queryRaw<{ answer: Record<string, unknown> }[]>`
    SELECT answer FROM task WHERE case_id = ${row.caseId}::uuid AND stage = ${row.stage} AND status = 'done' AND round < ${row.round} ORDER BY (${actor.accountId}::uuid IN (answered_by_id, answered_for_id)) DESC NULLS LAST, closed_at DESC LIMIT 1`;
  const runs = await db.stageRun.findMany({ where: { caseId: row.caseId }, select: { stage: true } });
  const earlier = earlierStages(contract, row.stage, new Set(runs.map((run) => run.stage)));
  const { seat, refusal: mayNot } = judge(contract, state, task, actor);
  const refusal = mayNot ?? pastLegalEnd(task, at);
  const claimed = task.claimed && task.assigneeId === seat.accountId;
  const returning =
    refusal ??
    mayReturnFrom(contract, state, task) ??
    (earlier.length === 0 ? refuse('ReturnNotAllowed', { stage: stage.title, why: '前面没有可以退回的环节。' }) : null);
  return {
    ...toTaskLine(room, row, actor, calendar, at),
    kind: stage.kind,
    form: stage.form ?? null,
    panel: panelWords(stage.panel, task.members?.length ?? 0),
    signers: signersOf(others, stage, task, state, actor),
    members: stage.panel
      ? others.map(({ name, status, answer }) => ({
          name,
          state: status === 'done' ? 'answered' : status === 'open' ? 'asked' : 'closed',
          verdict: row.status === 'open' && status === 'done' ? '已投票' : verdictTitle(stage, answer),
        }))
      : [],
    doneBy: doneBy(others, actor),
    note: await noteOf(db, taskId),
    answer: row.answer,
    lastRound: last[0]?.answer ?? null,
    choices: await choicesOf(db, stage.answer, state, at),
    returnTargets: earlier.map((name) => ({ stage: name, title: stageOf(contract, name).title })),
    actions: [
      actionOf('answer', '办理', refusal),
      ...handOnActions({ stage }, task, refusal),
      ...(row.status === 'done' ? [actionOf('takeBack', '拿回', await whyNotTakenBack(room, state, task, actor))] : []),
      // whoever has the task already needs no claim, and nobody puts back what was not claimed
      ...(task.assigneeId === seat.accountId ? [] : [actionOf('claim', '认领', refusal)]),
      ...(claimed ? [actionOf('release', '放回', refusal)] : []),
      actionOf('return', '退回', returning),
    ],
    version: state.version,
    personId: (state.input.personId as string | undefined) ?? null,
  };
}

interface Other {
  id: string;
  name: string;
  status: TaskState['status'];
  answer: Record<string, unknown> | null;
  part: TaskPart;
  addedById: string | null;
  originId: string | null;
  answeredById: string | null;
  closedAt: Date | null;
}

/** Who answered last in this stage and round, unless it was the reader. */
function doneBy(others: readonly Other[], { accountId }: Actor): string | null {
  const done = others.filter(({ status }) => status === 'done').sort((a, b) => b.closedAt!.getTime() - a.closedAt!.getTime());
  return done[0] && done[0].answeredById !== accountId ? done[0].name : null;
}

/** Who was asked beside the owner in this round, and what they said. */
function signersOf(others: readonly Other[], stage: StageContract, task: TaskState, state: CaseState, actor: Actor): TaskView['signers'] {
  return others.flatMap(({ id, name, status, answer, part, addedById }) => {
    if (part === 'main' || status === 'closed') return [];
    const originOwnerId = task.part === 'main' ? task.assigneeId : task.originOwnerId;
    return [
      {
        taskId: id,
        name,
        part,
        title: partTitles[part] ?? '加签',
        state: status === 'done' ? ('answered' as const) : status === 'open' ? ('asked' as const) : ('waiting' as const),
        verdict: part === 'advice' ? null : verdictTitle(stage, answer),
        words: typeof answer?.opinion === 'string' ? answer.opinion : null,
        removable:
          heldStill(state) === null &&
          mayRemove(state, { part, addedById, originOwnerId, status, assigneeName: name }, actor.accountId) === null,
      },
    ];
  });
}

/** Handing on and asking beside; left out where a task is nobody's to hand on. */
function handOnActions(about: Pick<AboutStage, 'stage'>, task: TaskState, refusal: Refusal | null): Action[] {
  if ('subject' in about.stage.audience || task.part !== 'main' || task.status === 'done') return [];
  return [
    actionOf('transfer', '转办', refusal ?? mayHandOn(about, task, 'transfer')),
    actionOf('delegate', '委派', refusal ?? mayHandOn(about, task, 'delegate')),
    actionOf('addSigner', '加签', refusal ?? mayHandOn(about, task, 'sign')),
  ];
}

/** People to whom the actor may hand this task, by a part of their name. Refuses as acting on the task would. */
export async function targetsOf(
  room: DeskRoom,
  { taskId, actor, at, purpose, q }: { taskId: string; actor: Actor; at: Date; purpose: Purpose; q: string },
): Promise<Refusal | Target[]> {
  const { db } = room;
  const [row] = await taskRows(db, [taskId]);
  if (!row) return refuse('NotFound', { what: '这项待办' });
  const state = (await readCase(db, row.caseId))!;
  const task = await readTask(db, taskId, actor);
  if (seatsAsked(task, row.process, actor).length === 0) return refuse('NotYourTask');
  const contract = contractOf(room, row.process);
  const about: AboutStage = { state, contract, stage: stageAs(contract, row.stage, state.pinned) };
  return mayHandOn(about, task, purpose) ? [] : possibleTargets(db, { about, task, purpose, at }, actor.accountId, q);
}

const noteOf = async (db: Db, id: string) => (await db.task.findUniqueOrThrow({ where: { id }, select: { note: true } })).note;

type Choice = { value: string; label: string };

/** People to choose from in the answer's person fields, by the list that each names. */
async function choicesOf(db: Db | Tx, schema: z.ZodObject, state: CaseState, at: Date): Promise<TaskView['choices']> {
  const lists: Record<string, typeof mentors> = { mentors, handlers, hosts };
  const choices: TaskView['choices'] = {};
  for (const [name, field] of Object.entries(schema.shape as Record<string, z.ZodType>)) {
    const list = lists[String((field.meta() as { options?: unknown } | undefined)?.options)];
    if (list) choices[name] = await list(db, state, at);
  }
  return choices;
}

/** Who may deal with an objection: the county's organisation department and human resources, but for those who are out of it. */
async function handlers(db: Db | Tx, { id, unitCode }: CaseState, at: Date): Promise<Choice[]> {
  const { county } = await unitsAbove(db as Tx, unitCode);
  return db.$queryRaw<Choice[]>`
    SELECT DISTINCT a.id AS value, a.display_name || '（' || u.name || ' ' || coalesce(p.title, '') || '）' AS label FROM post_held p JOIN account a ON a.id = p.account_id JOIN unit u ON u.code = p.unit_code
    WHERE p.role IN ('COUNTY_ORG', 'COUNTY_HR') AND p.unit_code = ${county ?? unitCode} AND a.status <> 'disabled' AND ${held(at)}
      AND NOT EXISTS (SELECT FROM recusal x WHERE x.case_id = ${id}::uuid AND x.account_id = a.id)
    ORDER BY label LIMIT 200`;
}

/** Contacts of communities that receive (接收地), wherever they are. */
async function hosts(db: Db | Tx, _state: CaseState, at: Date): Promise<Choice[]> {
  return db.$queryRaw<Choice[]>`
    SELECT a.id AS value, s.name || ' · ' || u.name || '（' || a.display_name || '）' AS label FROM post_held p JOIN account a ON a.id = p.account_id
      JOIN unit u ON u.code = p.unit_code JOIN unit s ON s.code = u.parent_code
    WHERE p.role = 'HOST_CONTACT' AND u.level = 'community' AND a.status <> 'disabled' AND ${held(at)} ORDER BY u.path, a.display_name LIMIT 1000`;
}

/** The street's leaders and its communities' secretaries, never the subject. */
async function mentors(db: Db | Tx, { unitCode, subjectId }: CaseState, at: Date): Promise<Choice[]> {
  const { street } = await unitsAbove(db as Tx, unitCode);
  return db.$queryRaw<Choice[]>`
    SELECT a.id AS value, a.display_name || '（' || u.name || ' ' || coalesce(p.title, CASE p.role WHEN 'COMMUNITY_SECRETARY' THEN '党组织书记' ELSE '班子成员' END) || '）' AS label
    FROM post_held p JOIN account a ON a.id = p.account_id JOIN unit u ON u.code = p.unit_code JOIN unit s ON s.code = ${street ?? unitCode}
    WHERE p.role IN ('STREET_PARTY_COMMITTEE', 'COMMUNITY_SECRETARY') AND starts_with(u.path, s.path) AND a.status <> 'disabled' AND ${held(at)}
      AND a.id IS DISTINCT FROM ${subjectId}::uuid
    ORDER BY u.level DESC, u.code, a.display_name LIMIT 200`;
}
