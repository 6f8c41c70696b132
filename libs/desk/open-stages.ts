import type { Tx } from '../db.ts';
import type { ProcessContract } from '../domain/contract.ts';
import { stageAs } from '../domain/pinned.ts';
import type { StageAsk, StagesNow, Told } from '../domain/story.ts';
import { append } from '../ledger/append.ts';
import { postMail } from '../mail/post.ts';
import { touch } from './act.ts';
import { whoIsAsked, type Asked } from './audience.ts';
import { stageDates, type DueEntry, type StageDates } from '../domain/stage-dates.ts';
import { openIncident } from './incidents.ts';
import { contractOf, type DeskRoom } from './room.ts';
import { lockCase, type CaseState } from './state.ts';
import { calendarOf, mailMoment, unitsAbove } from './when.ts';

export interface OpenStages {
  caseId: string;
  at: Date;
  stages: StageAsk[];
}

interface Run {
  stage: string;
  round: number;
  status: 'pending' | 'open' | 'closed' | 'lapsed' | 'superseded';
  result: Told | null;
  legalEndAt: Date | null;
}

/**
 * The story asks stages: each is opened once a round, its people asked, its dates computed and stored; what is closed already is told at once, and
 * one that is open gets its legal end again (an agreed suspension may have moved it). When the case has moved on, nothing is opened: `overtaken`.
 */
export function openStages(room: DeskRoom, { caseId, at, stages }: OpenStages): Promise<StagesNow> {
  return room.db.$transaction(async (tx) => {
    const state = await lockCase(tx, caseId);
    if (state?.status !== 'running') return { told: {}, wakeAt: null, overtaken: true };
    const contract = contractOf(room, state.process);
    const runs = await tx.$queryRaw<Run[]>`
      SELECT stage, round, status, result, legal_end_at AS "legalEndAt" FROM stage_run
      WHERE case_id = ${caseId}::uuid AND stage = ANY(${stages.map(({ stage }) => stage)}::text[])`;
    if (stages.some((ask) => runs.some((run) => run.stage === ask.stage && run.round > ask.round))) return { told: {}, wakeAt: null, overtaken: true };
    const told: Record<string, Told | null> = {};
    let opened = false;
    for (const ask of stages) {
      const run = runs.find(({ stage, round }) => stage === ask.stage && round === ask.round);
      told[ask.stage] = run && (run.status === 'closed' || run.status === 'lapsed') ? run.result : null;
      if (run?.status === 'superseded') return { told: {}, wakeAt: null, overtaken: true };
      if (run?.status === 'open') await moveLegalEnd(tx, room, state, ask, run, at);
      if (run && run.status !== 'pending') continue;
      await openStage(tx, state, contract, ask, at);
      opened = true;
    }
    if (opened) await touch(tx, caseId);
    return { told, wakeAt: await nearestDue(tx, caseId), overtaken: false };
  });
}

/** ISO instant of the nearest thing not yet done that falls due in the case. */
export async function nearestDue(tx: Tx, caseId: string): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ at: Date | null }[]>`SELECT min(at) AS at FROM due WHERE case_id = ${caseId}::uuid AND done_at IS NULL`;
  return row?.at?.toISOString() ?? null;
}

async function openStage(tx: Tx, state: CaseState, contract: ProcessContract, ask: StageAsk, at: Date): Promise<void> {
  const stage = stageAs(contract, ask.stage, state.pinned);
  const calendar = await calendarOf(tx, state.unitCode);
  const dates = stageDates(calendar, stage, ask, at);
  const asked = await whoIsAsked(tx, state, contract, stage, await unitsAbove(tx, state.unitCode), ask.asks, at);
  const tasks = await writeStage(tx, state, ask, asked, dates, at);
  const incidentBase = { caseId: state.id, unitCode: state.unitCode, at };
  if (!asked) await openIncident(tx, { ...incidentBase, key: `${state.id}/nobody/${ask.stage}/${ask.round}`, kind: 'NobodyToAsk', detail: { caseNo: state.caseNo, stageTitle: stage.title } });
  if (dates.missingYear) await openIncident(tx, { caseId: null, unitCode: null, at, key: `calendar/${dates.missingYear}`, kind: 'MissingCalendar', detail: { year: dates.missingYear } });
  await append(tx, {
    chain: `case:${state.id}`, verb: 'stage.open', accepted: true, at, actor: null, caseId: state.id, stage: ask.stage, round: ask.round,
    detail: { dueAt: dates.dueAt?.toISOString() ?? null, tentative: dates.tentative, legalEndAt: dates.legalEndAt?.toISOString() ?? null, ...(asked?.note && { note: asked.note }), asked: askedLine(asked) },
  });
  for (const task of tasks) {
    await postMail(tx, {
      eventKey: `${task.taskId}/opened`, to: task.holders, template: 'task-opened', caseId: state.id, at, notBefore: await mailMoment(tx, state.unitCode, at),
      params: { caseId: state.id, caseNo: state.caseNo, caseTitle: state.title, taskId: task.taskId, stageTitle: stage.title, dueAt: dates.dueAt?.toISOString() ?? null, dueTentative: dates.tentative, ...(asked?.note && { how: 'level-above' as const, note: asked.note }) },
    });
  }
}

const askedLine = (asked: Asked | null) =>
  asked === null ? null : asked.kind === 'person' ? { accountId: asked.accountId } : asked.kind === 'group' ? { role: asked.role, unitCode: asked.unitCode } : { members: asked.members.map(({ accountId }) => accountId) };

/** One statement: the run, its tasks and everything that will fall due in it. */
async function writeStage(tx: Tx, state: CaseState, ask: StageAsk, asked: Asked | null, dates: StageDates, at: Date): Promise<{ taskId: string; holders: string[] }[]> {
  const people = asked?.kind === 'panel' ? asked.members.map(({ accountId, chair }) => ({ who: accountId, chair })) : asked?.kind === 'person' ? [{ who: asked.accountId, chair: false }] : asked ? [{ who: null, chair: false }] : [];
  const role = asked?.kind === 'group' ? asked.role : null;
  const unit = asked?.kind === 'group' ? asked.unitCode : null;
  const tally = asked?.kind === 'panel' ? JSON.stringify({ members: asked.members.map(({ accountId }) => accountId) }) : null;
  const rows = await tx.$queryRaw<{ id: string; who: string | null }[]>`
    WITH run AS (
      INSERT INTO stage_run (case_id, stage, round, status, tally, opened_at, due_at, due_tentative, legal_end_at, seq)
      SELECT ${state.id}::uuid, ${ask.stage}, ${ask.round}::int, 'open', ${tally}::jsonb, ${at}, ${dates.dueAt}, ${dates.tentative}, ${dates.legalEndAt}, coalesce(max(seq), 0) + 1 FROM stage_run WHERE case_id = ${state.id}::uuid
      ON CONFLICT (case_id, stage, round) DO UPDATE SET status = 'open', tally = excluded.tally, opened_at = excluded.opened_at, due_at = excluded.due_at, due_tentative = excluded.due_tentative, legal_end_at = excluded.legal_end_at
    ), entries AS (
      INSERT INTO due (case_id, key, kind, stage, round, at)
      SELECT ${state.id}::uuid, key, kind, ${ask.stage}, ${ask.round}::int, at
      FROM unnest(${dates.entries.map(({ key }) => key)}::text[], ${dates.entries.map(({ kind }) => kind)}::text[], ${dates.entries.map((entry) => entry.at)}::timestamptz[]) AS e (key, kind, at)
      ON CONFLICT (case_id, key) DO NOTHING
    )
    INSERT INTO task (case_id, process, stage, round, status, audience_role, audience_unit, assignee_id, chair, note, opened_at, due_at)
    SELECT ${state.id}::uuid, ${state.process}, ${ask.stage}, ${ask.round}::int, 'open', ${role}, ${unit}, who, chair, ${asked?.note ?? null}, ${at}, ${dates.dueAt}
    FROM unnest(${people.map(({ who }) => who)}::uuid[], ${people.map(({ chair }) => chair)}::boolean[]) AS p (who, chair)
    RETURNING id, assignee_id AS who`;
  return rows.map(({ id, who }) => ({ taskId: id, holders: who ? [who] : asked?.kind === 'group' ? asked.holders : [] }));
}

/** An open stage asked again with another legal end (the last day has moved) gets its dates anew. */
async function moveLegalEnd(tx: Tx, room: DeskRoom, state: CaseState, ask: StageAsk, run: Run, at: Date): Promise<void> {
  const stage = stageAs(contractOf(room, state.process), ask.stage, state.pinned);
  const [opened] = await tx.$queryRaw<{ openedAt: Date }[]>`SELECT opened_at AS "openedAt" FROM stage_run WHERE case_id = ${state.id}::uuid AND stage = ${ask.stage} AND round = ${ask.round}`;
  const dates = stageDates(await calendarOf(tx, state.unitCode), stage, ask, opened!.openedAt);
  if (dates.legalEndAt?.getTime() === run.legalEndAt?.getTime()) return;
  await rewriteDates(tx, state.id, ask.stage, ask.round, dates, at);
}

/** Puts new dates in the place of those not yet due. */
export async function rewriteDates(tx: Tx, caseId: string, stage: string, round: number, dates: StageDates, at: Date): Promise<void> {
  const ahead: DueEntry[] = dates.entries.filter((entry) => entry.at > at || entry.kind === 'legalEnd');
  await tx.$executeRaw`DELETE FROM due WHERE case_id = ${caseId}::uuid AND stage = ${stage} AND round = ${round} AND done_at IS NULL`;
  await tx.$executeRaw`
    WITH run AS (UPDATE stage_run SET due_at = ${dates.dueAt}, due_tentative = ${dates.tentative}, legal_end_at = ${dates.legalEndAt} WHERE case_id = ${caseId}::uuid AND stage = ${stage} AND round = ${round}),
      tasks AS (UPDATE task SET due_at = ${dates.dueAt} WHERE case_id = ${caseId}::uuid AND stage = ${stage} AND round = ${round} AND status = 'open')
    INSERT INTO due (case_id, key, kind, stage, round, at)
    SELECT ${caseId}::uuid, key, kind, ${stage}, ${round}::int, at
    FROM unnest(${ahead.map(({ key }) => key)}::text[], ${ahead.map(({ kind }) => kind)}::text[], ${ahead.map((entry) => entry.at)}::timestamptz[]) AS e (key, kind, at)
    ON CONFLICT (case_id, key) DO UPDATE SET at = excluded.at, done_at = NULL`;
}
