import type { Tx } from '../db.ts';
import { stageAs } from '../domain/pinned.ts';
import { stageDates, type DueEntry, type Hold, type StageDates } from '../domain/stage-dates.ts';
import type { StageAsk } from '../domain/story.ts';
import { append } from '../ledger/append.ts';
import { closeIncident, openIncident } from './incidents.ts';
import { postedOf } from './posted.ts';
import { contractOf, type DeskRoom } from './room.ts';
import type { CaseState } from './state.ts';
import { calendarOf } from './when.ts';

/** Something of a case whose time has come. */
export interface DueRow {
  id: bigint;
  key: string;
  kind: DueEntry['kind'];
  stage: string | null;
  round: number | null;
  at: Date;
}

/** ISO instant of the nearest thing not yet done that falls due in the case. */
export async function nearestDue(tx: Tx, caseId: string): Promise<string | null> {
  const [row] = await tx.$queryRaw<
    { at: Date | null }[]
  >`SELECT min(at) AS at FROM due WHERE case_id = ${caseId}::uuid AND done_at IS NULL`;
  return row?.at?.toISOString() ?? null;
}

/** When the case was held, earliest first. */
export function holdsOf(tx: Tx, caseId: string): Promise<Hold[]> {
  return tx.$queryRaw<Hold[]>`SELECT from_at AS "from", to_at AS "to" FROM hold WHERE case_id = ${caseId}::uuid ORDER BY from_at`;
}

/** A year without a table is an incident of the whole house, once. */
export async function noteMissingYear(tx: Tx, { missingYear: year }: StageDates, at: Date): Promise<void> {
  if (year)
    await openIncident(tx, { caseId: null, unitCode: null, at, key: `calendar/${year}`, kind: 'MissingCalendar', detail: { year } });
}

/** The table of a missing year has come: its incident is over. */
async function noteYearsFound(tx: Tx, at: Date): Promise<void> {
  const found = await tx.$queryRaw<{ key: string }[]>`
    SELECT i.key FROM incident i JOIN calendar_year y ON y.year = (i.detail ->> 'year')::int AND y.unit_code = '' WHERE i.kind = 'MissingCalendar' AND i.resolved_at IS NULL`;
  for (const { key } of found) await closeIncident(tx, key, '工作日历已导入，各期限已重新计算。', at);
}

/**
 * Counts an open stage's dates again from its opening: the story asks it with another legal end, the calendar has changed, or the case is held or goes
 * on (`anew`: all that fell due is set again). What moved is recorded, but for the standstill itself. Whether anything moved.
 */
export async function countAgain(tx: Tx, room: DeskRoom, state: CaseState, ask: StageAsk, at: Date, anew = false): Promise<boolean> {
  const [run] = await tx.$queryRaw<{ openedAt: Date; dueAt: Date | null; tentative: boolean; legalEndAt: Date | null }[]>`
    SELECT opened_at AS "openedAt", due_at AS "dueAt", due_tentative AS tentative, legal_end_at AS "legalEndAt" FROM stage_run
    WHERE case_id = ${state.id}::uuid AND stage = ${ask.stage} AND round = ${ask.round} AND status = 'open' AND ask -> 'list' IS NULL`;
  if (!run) return false;
  const stage = stageAs(contractOf(room, state.process), ask.stage, state.pinned);
  const posted = await postedOf(tx, stage, { caseId: state.id, stage: ask.stage, round: ask.round });
  const dates = stageDates(await calendarOf(tx, state.unitCode), stage, ask, run.openedAt, at, await holdsOf(tx, state.id), posted);
  const same =
    run.dueAt?.getTime() === dates.dueAt?.getTime() &&
    run.legalEndAt?.getTime() === dates.legalEndAt?.getTime() &&
    run.tentative === dates.tentative;
  if (same && dates.dueAt && !anew) {
    await tx.stageRun.update({
      where: { caseId_stage_round: { caseId: state.id, stage: ask.stage, round: ask.round } },
      data: { ask: { ...ask } },
    });
    return false;
  }
  await rewriteDates(tx, state.id, ask, dates, at, anew);
  await noteMissingYear(tx, dates, at);
  if (run.dueAt === null && dates.dueAt) await noteYearsFound(tx, at);
  if (same || (anew && dates.dueAt === null && !dates.missingYear)) return !same;
  const line = (dueAt: Date | null, legalEndAt: Date | null, tentative: boolean) => ({
    dueAt: dueAt?.toISOString() ?? null,
    legalEndAt: legalEndAt?.toISOString() ?? null,
    tentative,
  });
  await append(tx, {
    chain: `case:${state.id}`,
    verb: 'stage.recount',
    accepted: true,
    at,
    actor: null,
    caseId: state.id,
    stage: ask.stage,
    round: ask.round,
    before: line(run.dueAt, run.legalEndAt, run.tentative),
    after: line(dates.dueAt, dates.legalEndAt, dates.tentative),
  });
  return true;
}

/** Puts new dates in the place of those not yet due. A stage that stays overdue goes on being put before the levels above. */
async function rewriteDates(tx: Tx, caseId: string, ask: StageAsk, dates: StageDates, at: Date, anew: boolean): Promise<void> {
  const { stage, round } = ask;
  const ahead = dates.entries.filter((entry) => entry.at > at || ['legalEnd', 'due', 'noticeEnd'].includes(entry.kind));
  const overdue = !anew && dates.dueAt !== null && dates.dueAt <= at;
  await tx.$executeRaw`DELETE FROM due WHERE case_id = ${caseId}::uuid AND stage = ${stage} AND round = ${round} AND done_at IS NULL AND NOT (kind = 'escalate' AND ${overdue})`;
  await tx.$executeRaw`
    WITH run AS (UPDATE stage_run SET ask = ${JSON.stringify(ask)}::jsonb, due_at = ${dates.dueAt}, due_tentative = ${dates.tentative}, legal_end_at = ${dates.legalEndAt} WHERE case_id = ${caseId}::uuid AND stage = ${stage} AND round = ${round}),
      tasks AS (UPDATE task SET due_at = ${dates.dueAt} WHERE case_id = ${caseId}::uuid AND stage = ${stage} AND round = ${round} AND status IN ('open', 'waiting'))
    INSERT INTO due (case_id, key, kind, stage, round, at)
    SELECT ${caseId}::uuid, key, kind, ${stage}, ${round}::int, at
    FROM unnest(${ahead.map(({ key }) => key)}::text[], ${ahead.map(({ kind }) => kind)}::text[], ${ahead.map((entry) => entry.at)}::timestamptz[]) AS e (key, kind, at)
    ON CONFLICT (case_id, key) DO UPDATE SET at = excluded.at, done_at = CASE WHEN excluded.at > ${at} THEN NULL ELSE due.done_at END`;
}
