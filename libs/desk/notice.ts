import { createHash } from 'node:crypto';
import type { Tx } from '../db.ts';
import { dateOf } from '../domain/dates.ts';
import { noticeRows, noticeTold, periodOf, postingForm, type NoticeRow, type NoticeTold, type ObjectionOutcome } from '../domain/notice.ts';
import { refuse, type Refusal } from '../domain/refusal.ts';
import type { StageAsk } from '../domain/story.ts';
import { append } from '../ledger/append.ts';
import { canonical } from '../ledger/entry.ts';
import { closeSettled } from './ask-again.ts';
import type { AboutStage } from './audience.ts';
import { countAgain } from './due-dates.ts';
import type { DeskRoom } from './room.ts';
import type { RunNow } from './stage-tasks.ts';
import { unitsAbove } from './when.ts';

type RunKey = Pick<RunNow, 'stage' | 'round'>;

/**
 * Puts down whom the next notice at a stage lists, before the stage is asked or while its notice is not posted yet; called again, the new list takes the
 * place of the old one. The caller holds the case's lock. A case about one person needs no list. Refuses `NoticeListNotSound`, `NoticePosted`.
 */
export async function listForNotice(
  tx: Tx,
  { caseId, stage, rows, at }: { caseId: string; stage: string; rows: readonly NoticeRow[]; at: Date },
): Promise<Refusal | { listed: number }> {
  const parsed = noticeRows.safeParse(rows);
  if (!parsed.success) return refuse('NoticeListNotSound', { detail: parsed.error.issues.map(({ message }) => message).join('；') });
  const [latest] = await tx.$queryRaw<{ round: number; status: string; posted: boolean }[]>`
    SELECT r.round, r.status, n.posted_at IS NOT NULL AS posted FROM stage_run r LEFT JOIN notice n ON n.case_id = r.case_id AND n.stage = r.stage AND n.round = r.round
    WHERE r.case_id = ${caseId}::uuid AND r.stage = ${stage} ORDER BY r.round DESC LIMIT 1`;
  if (latest?.posted && latest.status === 'open') return refuse('NoticePosted');
  const round = !latest ? 1 : latest.status === 'pending' || latest.status === 'open' ? latest.round : latest.round + 1;
  await tx.noticeRow.deleteMany({ where: { caseId, stage, round } });
  await tx.$executeRaw`
    INSERT INTO notice_row (case_id, stage, round, key, no, name, unit_name, post, detail, person_id)
    SELECT ${caseId}::uuid, ${stage}, ${round}::int, row ->> 'key', no, row ->> 'name', row ->> 'unitName', row ->> 'post', row ->> 'detail', (row ->> 'personId')::uuid
    FROM jsonb_array_elements(${JSON.stringify(parsed.data)}::jsonb) WITH ORDINALITY AS list (row, no)`;
  await append(tx, {
    chain: `case:${caseId}`,
    verb: 'notice.list',
    accepted: true,
    at,
    actor: null,
    caseId,
    stage,
    round,
    detail: { listed: parsed.data.length, sha256: createHash('sha256').update(canonical(parsed.data)).digest('hex') },
  });
  return { listed: parsed.data.length };
}

/** The stage is asked: its notice stands ready, with the list put down for it, else that of the round before, else the person concerned. */
export async function prepareNotice(
  tx: Tx,
  { state, contract, stage }: AboutStage,
  { stage: name, round }: RunKey,
  at: Date,
): Promise<void> {
  const { county } = await unitsAbove(tx, state.unitCode);
  const unit = await tx.unit.findUniqueOrThrow({ where: { code: county ?? state.unitCode }, select: { name: true } });
  const period = periodOf(contract, name, state.pinned) as { workingDays: number };
  await tx.notice.create({
    data: {
      caseId: state.id,
      stage: name,
      round,
      title: `${unit.name}${stage.notice!.title}`,
      unitCode: state.unitCode,
      days: period.workingDays,
      openedAt: at,
    },
  });
  const listed = await tx.$executeRaw`
    WITH given AS (SELECT max(round) AS round FROM notice_row WHERE case_id = ${state.id}::uuid AND stage = ${name} AND round <= ${round}::int), carried AS (
      INSERT INTO notice_row (case_id, stage, round, key, no, name, unit_name, post, detail, person_id)
      SELECT case_id, stage, ${round}::int, key, no, name, unit_name, post, detail, person_id FROM notice_row JOIN given USING (round)
      WHERE case_id = ${state.id}::uuid AND stage = ${name} AND round < ${round}::int)
    INSERT INTO notice_row (case_id, stage, round, key, no, name, unit_name, post, person_id)
    SELECT c.id, ${name}, ${round}::int, p.id::text, 1, p.name, coalesce(u.name, ''), coalesce(f.value ->> 'postTitle', ''), p.id
    FROM "case" c JOIN person p ON p.id = c.person_id
    LEFT JOIN LATERAL (SELECT value, unit_code FROM person_fact WHERE person_id = p.id AND kind = 'employment' AND ended_at IS NULL AND from_on <= ${dateOf(at)}::date ORDER BY from_on DESC LIMIT 1) f ON true
    LEFT JOIN unit u ON u.code = f.unit_code
    WHERE c.id = ${state.id}::uuid AND (SELECT round FROM given) IS NULL`;
  if (listed === 0 && (await tx.noticeRow.count({ where: { caseId: state.id, stage: name, round } })) === 0)
    throw new Error(`Nobody to list at ${name} of case ${state.id}`);
}

/** The posting is confirmed: from now on the stage is the notice, and ends with it. */
export async function postNotice(tx: Tx, room: DeskRoom, { state }: AboutStage, { stage, round }: RunKey, at: Date): Promise<void> {
  const task = await tx.task.findFirstOrThrow({ where: { caseId: state.id, stage, round, part: 'main', status: 'done' } });
  const run = await tx.stageRun.findUniqueOrThrow({
    where: { caseId_stage_round: { caseId: state.id, stage, round } },
    select: { ask: true },
  });
  await tx.notice.update({
    where: { caseId_stage_round: { caseId: state.id, stage, round } },
    data: { ...postingForm.parse(task.answer), postedAt: at },
  });
  await countAgain(tx, room, state, run.ask as unknown as StageAsk, at, true);
}

interface Standing {
  id: string;
  round: number;
  status: string;
  endsAt: Date | null;
  closedAt: Date | null;
  listed: number;
  objections: { key: string; outcome: ObjectionOutcome | null }[];
}

/**
 * The latest posted notice at a stage with the objections that count for it: its own, and those to an earlier round that were still open when it was
 * posted, so that asking anew makes no objection go away.
 */
async function standingOf(tx: Tx, caseId: string, stage: string): Promise<Standing | null> {
  const [found] = await tx.$queryRaw<Standing[]>`
    SELECT n.id, n.round, r.status, r.due_at AS "endsAt", n.closed_at AS "closedAt",
      (SELECT count(*)::int FROM notice_row l WHERE l.case_id = n.case_id AND l.stage = n.stage AND l.round = n.round) AS listed,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('key', o.row_key, 'outcome', o.outcome)), '[]') FROM objection o
        WHERE o.case_id = n.case_id AND o.stage = n.stage AND (o.notice_id = n.id OR o.concluded_at IS NULL OR o.concluded_at >= n.posted_at)) AS objections
    FROM notice n JOIN stage_run r ON r.case_id = n.case_id AND r.stage = n.stage AND r.round = n.round
    WHERE n.case_id = ${caseId}::uuid AND n.stage = ${stage} AND n.posted_at IS NOT NULL ORDER BY n.round DESC LIMIT 1`;
  return found ?? null;
}

/**
 * A notice whose period is over closes once every objection that came in time is closed, or for a list with `heldAlone` at once; its closing statement is
 * made when the last one is closed. Whether a stage of the story has closed by it.
 */
export async function settleNotice(tx: Tx, about: AboutStage, stage: string, at: Date): Promise<boolean> {
  const { state, contract } = about;
  const standing = await standingOf(tx, state.id, stage);
  if (!standing || !standing.endsAt || standing.endsAt > at) return false;
  const told = noticeTold(standing.objections);
  const over = told.held.length === 0;
  if (over && !standing.closedAt && ['open', 'closed'].includes(standing.status))
    await writeStatement(tx, state.id, stage, standing, told, at);
  let closed = false;
  if (standing.status === 'open' && (over || about.stage.notice!.heldAlone)) {
    await closeSettled(tx, about, { stage, round: standing.round, dueAt: standing.endsAt, tentative: false }, told, at);
    closed = true;
  }
  return over ? (await closeWaiting(tx, { state, contract }, stage, told, at)) || closed : closed;
}

/** Closes the stage that waits for the objections to a notice, when it is open. */
async function closeWaiting(
  tx: Tx,
  { state, contract }: Pick<AboutStage, 'state' | 'contract'>,
  notice: string,
  told: NoticeTold,
  at: Date,
): Promise<boolean> {
  for (const [name, stage] of Object.entries(contract.stages)) {
    if (stage.awaitsObjections !== notice) continue;
    const run = await tx.stageRun.findFirst({ where: { caseId: state.id, stage: name, status: 'open' } });
    if (!run) continue;
    await closeSettled(tx, { state, contract, stage }, { stage: name, round: run.round, dueAt: null, tentative: false }, told, at);
    return true;
  }
  return false;
}

/** 公示情况说明, as data: the page is made from it. */
async function writeStatement(tx: Tx, caseId: string, stage: string, standing: Standing, told: NoticeTold, at: Date): Promise<void> {
  const statement = {
    listed: standing.listed,
    endedAt: standing.endsAt!.toISOString(),
    objections: told.objections,
    upheld: told.upheld,
    undecided: told.undecided,
    rejected: told.rejected,
  };
  await tx.notice.update({ where: { id: standing.id }, data: { closedAt: at, statement } });
  await append(tx, {
    chain: `case:${caseId}`,
    verb: 'notice.close',
    accepted: true,
    at,
    actor: null,
    caseId,
    stage,
    round: standing.round,
    after: statement,
  });
}

/** A stage that waits for objections is opened: what it tells when none is open any more, else null. */
export async function objectionsOver(tx: Tx, { state, stage }: AboutStage): Promise<NoticeTold | null> {
  const standing = await standingOf(tx, state.id, stage.awaitsObjections!);
  const told = noticeTold(standing?.objections ?? []);
  return told.held.length === 0 ? told : null;
}
