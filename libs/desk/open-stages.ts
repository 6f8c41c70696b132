import type { Tx } from '../db.ts';
import type { ProcessContract } from '../domain/contract.ts';
import { stageAs } from '../domain/pinned.ts';
import { stageDates, type StageDates } from '../domain/stage-dates.ts';
import { LAPSED, type StageAsk, type StagesNow, type Told } from '../domain/story.ts';
import { append } from '../ledger/append.ts';
import { touch } from './act.ts';
import { closeSettled } from './ask-again.ts';
import type { AboutStage, Asked } from './audience.ts';
import { closeStage } from './close-stage.ts';
import { countAgain, holdsOf, nearestDue, noteMissingYear } from './due-dates.ts';
import { askedAt } from './list-parts.ts';
import { standsOnList } from './list-track.ts';
import { objectionsOver, prepareNotice } from './notice.ts';
import { contractOf, type DeskRoom } from './room.ts';
import { askedLine, noteNobody, taskRowsOf, taskRowsSql, tallyOf, tellAsked, type OpenedTask } from './stage-tasks.ts';
import { lockCase, type CaseState } from './state.ts';
import { calendarOf } from './when.ts';

export interface OpenStages {
  caseId: string;
  at: Date;
  stages: StageAsk[];
  /** The last message that the story has heard. */
  heard?: number | undefined;
}

interface Run {
  stage: string;
  round: number;
  status: 'pending' | 'open' | 'closed' | 'lapsed' | 'superseded';
  result: Told | null;
}

/**
 * The story asks stages: each is opened once a round, its people asked, its dates computed and stored; what is closed already is told at once, and
 * one that is open is asked anew (an agreed suspension may have moved its legal end). A stage asked after its legal end has lapsed at once.
 * When the case has moved on, nothing is opened: `overtaken`.
 */
export function openStages(room: DeskRoom, { caseId, at, stages, heard }: OpenStages): Promise<StagesNow> {
  return room.db.$transaction(async (tx) => {
    const state = await lockCase(tx, caseId);
    if (state?.status !== 'running') return { told: {}, wakeAt: null, overtaken: true };
    const contract = contractOf(room, state.process);
    const runs = await tx.$queryRaw<Run[]>`
      SELECT stage, round, status, result FROM stage_run WHERE case_id = ${caseId}::uuid AND stage = ANY(${stages.map(({ stage }) => stage)}::text[])`;
    const runOf = (ask: StageAsk) => runs.find(({ stage, round }) => stage === ask.stage && round === ask.round);
    const movedOn = (ask: StageAsk) =>
      runOf(ask)?.status === 'superseded' || runs.some(({ stage, round }) => stage === ask.stage && round > ask.round);
    if (stages.some(movedOn) || (await goesElsewhere(tx, caseId, heard))) return { told: {}, wakeAt: null, overtaken: true };
    const told: Record<string, Told | null> = {};
    let changed = false;
    for (const ask of stages) {
      const run = runOf(ask);
      if (run?.status === 'closed' || run?.status === 'lapsed') told[ask.stage] = run.result;
      else if (run?.status === 'open') {
        told[ask.stage] = null;
        changed = (await countAgain(tx, room, state, ask, at)) || changed;
      } else {
        told[ask.stage] = await openStage(tx, state, contract, ask, at);
        changed = true;
      }
    }
    const [wakeAt] = await Promise.all([nearestDue(tx, caseId), changed && touch(tx, caseId)]);
    return { told, wakeAt, overtaken: false };
  });
}

/** Somebody returned the case, took an answer back, withdrew or declared something, and the story has not heard of it. */
export async function goesElsewhere(tx: Tx, caseId: string, heard: number | undefined): Promise<boolean> {
  if (heard === undefined) return false;
  const [row] = await tx.$queryRaw<[{ elsewhere: boolean }]>`
    SELECT EXISTS (SELECT FROM message WHERE case_id = ${caseId}::uuid AND no > ${heard}::int AND body ->> 'kind' IN ('returned', 'withdrawn', 'event')) AS elsewhere`;
  return row.elsewhere;
}

/** Opens one stage; what it told when its legal end had passed already, else null. */
async function openStage(tx: Tx, state: CaseState, contract: ProcessContract, ask: StageAsk, at: Date): Promise<Told | null> {
  const stage = stageAs(contract, ask.stage, state.pinned);
  const about: AboutStage = { state, contract, stage };
  if (stage.withBatch && (await standsOnList(tx, state, ask.stage, stage.withBatch))) return openOnList(tx, about, ask, at);
  const dates = stageDates(await calendarOf(tx, state.unitCode), stage, ask, at, at, await holdsOf(tx, state.id));
  const common = entryOf(state.id, ask, at);
  if (dates.legalEndAt && dates.legalEndAt <= at) {
    await writeStage(tx, about, ask, null, { ...dates, entries: [] }, at, LAPSED);
    await append(tx, { ...common, verb: 'stage.lapse', detail: { legalEndAt: dates.legalEndAt.toISOString() } });
    return LAPSED;
  }
  if (stage.awaitsObjections) return waitForObjections(tx, about, ask, dates, at);
  if (stage.notice) await prepareNotice(tx, about, ask, at);
  const asked = await askedAt(tx, about, ask, at);
  if (asked?.kind === 'parts' && asked.parts.length === 0) return passOver(tx, about, ask, at);
  const tasks = await writeStage(tx, about, ask, asked, dates, at);
  if (!asked) await noteNobody(tx, about, ask, at);
  await noteMissingYear(tx, dates, at);
  await append(tx, {
    ...common,
    verb: 'stage.open',
    detail: {
      dueAt: dates.dueAt?.toISOString() ?? null,
      tentative: dates.tentative,
      legalEndAt: dates.legalEndAt?.toISOString() ?? null,
      ...(asked?.note && { note: asked.note }),
      asked: askedLine(asked),
    },
  });
  await tellAsked(tx, about, { ...ask, dueAt: dates.dueAt, tentative: dates.tentative, legalEndAt: dates.legalEndAt }, asked, tasks, at);
  return null;
}

/** Opens a stage that asks nobody: at once over when no objection is open. */
async function waitForObjections(tx: Tx, about: AboutStage, ask: StageAsk, dates: StageDates, at: Date): Promise<Told | null> {
  const { state } = about;
  await writeStage(tx, about, ask, null, dates, at);
  await append(tx, { ...entryOf(state.id, ask, at), verb: 'stage.open', detail: { asked: null } });
  const told = await objectionsOver(tx, about);
  if (told) await closeSettled(tx, about, { stage: ask.stage, round: ask.round, dueAt: null, tentative: false }, told, at);
  return told;
}

const NO_DATES: StageDates = { dueAt: null, tentative: false, legalEndAt: null, missingYear: null, entries: [] };

/** The stage is decided on the batch's list: nobody is asked in this case, and nothing falls due in it. */
async function openOnList(tx: Tx, about: AboutStage, ask: StageAsk, at: Date): Promise<null> {
  await writeStage(tx, about, { ...ask, list: true }, null, NO_DATES, at);
  await append(tx, { ...entryOf(about.state.id, ask, at), verb: 'stage.open', detail: { onList: true } });
  return null;
}

/** Nobody is left on the list: there is nothing to decide. */
async function passOver(tx: Tx, about: AboutStage, ask: StageAsk, at: Date): Promise<Told> {
  await writeStage(tx, about, { ...ask, list: true }, null, NO_DATES, at);
  await closeStage(tx, { caseId: about.state.id, stage: ask.stage, round: ask.round, status: 'closed', told: {}, at });
  await append(tx, { ...entryOf(about.state.id, ask, at), verb: 'stage.open', detail: { nobodyOnList: true } });
  return {};
}

const entryOf = (caseId: string, { stage, round }: StageAsk, at: Date) => ({
  chain: `case:${caseId}` as const,
  accepted: true,
  at,
  actor: null,
  caseId,
  stage,
  round,
});

/** One statement: the run, its tasks and everything that will fall due in it. Whatever the case waited for is over. */
async function writeStage(
  tx: Tx,
  { state, stage }: AboutStage,
  ask: StageAsk,
  asked: Asked | null,
  dates: StageDates,
  at: Date,
  lapsed: Told | null = null,
): Promise<OpenedTask[]> {
  const { entries } = dates;
  return tx.$queryRaw<OpenedTask[]>`
    WITH run AS (
      INSERT INTO stage_run (case_id, stage, round, status, ask, tally, result, opened_at, due_at, due_tentative, legal_end_at, closed_at, seq)
      SELECT ${state.id}::uuid, ${ask.stage}, ${ask.round}::int, ${lapsed ? 'lapsed' : 'open'}, ${JSON.stringify(ask)}::jsonb, ${tallyOf(asked)}::jsonb, ${lapsed ? JSON.stringify(lapsed) : null}::jsonb, ${at},
        ${dates.dueAt}, ${dates.tentative}, ${dates.legalEndAt}, ${lapsed ? at : null}::timestamptz, coalesce(max(seq), 0) + 1 FROM stage_run WHERE case_id = ${state.id}::uuid
      ON CONFLICT (case_id, stage, round) DO UPDATE SET status = excluded.status, ask = excluded.ask, tally = excluded.tally, result = excluded.result, opened_at = excluded.opened_at,
        due_at = excluded.due_at, due_tentative = excluded.due_tentative, legal_end_at = excluded.legal_end_at, closed_at = excluded.closed_at
    ), entries AS (
      INSERT INTO due (case_id, key, kind, stage, round, at)
      SELECT ${state.id}::uuid, key, kind, ${ask.stage}, ${ask.round}::int, at
      FROM unnest(${entries.map(({ key }) => key)}::text[], ${entries.map(({ kind }) => kind)}::text[], ${entries.map((entry) => entry.at)}::timestamptz[]) AS e (key, kind, at)
      ON CONFLICT (case_id, key) DO NOTHING
    ), waits AS (
      UPDATE "case" SET waiting_for = NULL WHERE id = ${state.id}::uuid AND waiting_for IS NOT NULL
    )
    INSERT INTO task (case_id, process, stage, round, status, audience_role, audience_unit, list_unit, assignee_id, chair, note, opened_at, due_at)
    SELECT ${state.id}::uuid, ${state.process}, ${ask.stage}, ${ask.round}::int, p.status, p.role, p.unit_code, p.list_unit, p.who, p.chair, p.note, ${at}, ${dates.dueAt}
    FROM ${taskRowsSql(taskRowsOf(asked, stage.panel))}
    RETURNING id, assignee_id AS who, list_unit AS "listUnit", status`;
}
