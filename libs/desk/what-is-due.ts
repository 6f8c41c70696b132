import type { Tx } from '../db.ts';
import { dateOf, daysBetween, endOfDay, formatDate, formatEnd, fromDateColumn } from '../domain/dates.ts';
import { LAPSED, type StageAsk, type StagesNow, type Told } from '../domain/story.ts';
import { append } from '../ledger/append.ts';
import { postMail } from '../mail/post.ts';
import { touch } from './act.ts';
import { askedNow } from './asked-now.ts';
import { peopleOfCase } from './case-people.ts';
import { closeStage } from './close-stage.ts';
import { countAgain, nearestDue, type DueRow } from './due-dates.ts';
import { openIncident } from './incidents.ts';
import { settleNotice } from './notice.ts';
import { remind } from './remind.ts';
import { contractOf, stageOf, type DeskRoom } from './room.ts';
import { lockCase, type CaseState } from './state.ts';
import { tellOfCase } from './tell-task.ts';
import { mailMoment, mailTimingOf } from './when.ts';

/** A stage in a round, as a story waits for it. */
export interface Awaited {
  stage: string;
  round: number;
}

/**
 * The story's timer fired: everything due by `at` is done once. Of several reminders of one stage that fell due together (an outage), only the latest is
 * sent. An overdue task is also put before the level above, at most once a working day. Past its legal end a stage lapses. Asked again with nothing
 * due, it changes nothing and tells the same of the stages that the story awaits.
 */
export function whatIsDue(
  room: DeskRoom,
  { caseId, at, awaits }: { caseId: string; at: Date; awaits: readonly Awaited[] },
): Promise<StagesNow> {
  return room.db.$transaction(async (tx) => {
    const state = await lockCase(tx, caseId);
    if (state?.status !== 'running') return { told: {}, wakeAt: null, overtaken: true };
    const rows = await tx.$queryRaw<DueRow[]>`
      UPDATE due SET done_at = ${at} WHERE case_id = ${caseId}::uuid AND done_at IS NULL AND at <= ${at} RETURNING id, key, kind, stage, round, at`;
    rows.sort((a, b) => a.at.getTime() - b.at.getTime());
    for (const group of groupsOf(rows)) await doneOnce(tx, room, state, group, at);
    if (rows.length > 0) await touch(tx, caseId);
    return { told: await toldOf(tx, caseId, awaits), wakeAt: await nearestDue(tx, caseId), overtaken: false };
  });
}

/** What fell due together for one stage, or for one of the case's dates. */
function groupsOf(rows: DueRow[]): DueRow[][] {
  const groups = new Map<string, DueRow[]>();
  for (const row of rows) {
    const name = row.stage ? `${row.stage}/${row.round}` : row.kind === 'before' ? row.key.split('/', 2).join('/') : row.key;
    groups.set(name, [...(groups.get(name) ?? []), row]);
  }
  return [...groups.values()];
}

async function doneOnce(tx: Tx, room: DeskRoom, state: CaseState, group: DueRow[], at: Date): Promise<void> {
  const last = group.at(-1)!;
  if (last.kind === 'before') return remindOfDate(tx, room, state, last, at);
  if (last.kind === 'wait') return waitIsOver(tx, state.id, last);
  if (group.some(({ kind }) => kind === 'legalEnd')) return lapse(tx, room, state, last.stage!, last.round!, at);
  const counted = group.some(({ kind }) => kind === 'recount');
  if (counted) await recount(tx, room, state, last, at);
  const reminder = group.findLast(({ kind }) => kind !== 'recount');
  // what fell due by the old table may have moved by the new one
  if (!reminder || (counted && (await isAhead(tx, state.id, last)))) return;
  const contract = contractOf(room, state.process);
  if (reminder.kind === 'noticeEnd') await settleNotice(tx, { state, contract, stage: stageOf(contract, last.stage!) }, last.stage!, at);
  else await remind(tx, room, state, { ...reminder, stage: last.stage!, round: last.round! }, at);
}

/** Whether the stage's due moment lies ahead of everything that was taken out as due. */
async function isAhead(tx: Tx, caseId: string, { stage, round }: DueRow): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ ahead: boolean }[]>`
    SELECT EXISTS (SELECT FROM due WHERE case_id = ${caseId}::uuid AND stage = ${stage} AND round = ${round} AND done_at IS NULL AND kind IN ('due', 'noticeEnd')) AS ahead`;
  return row!.ahead;
}

/** What the awaited stages told, by stage; the caller holds the case's lock. */
async function toldOf(tx: Tx, caseId: string, awaits: readonly Awaited[]): Promise<Record<string, Told>> {
  if (awaits.length === 0) return {};
  const rows = await tx.$queryRaw<{ stage: string; result: Told }[]>`
    SELECT r.stage, r.result FROM stage_run r JOIN unnest(${awaits.map(({ stage }) => stage)}::text[], ${awaits.map(({ round }) => round)}::int[]) AS a (stage, round) ON r.stage = a.stage AND r.round = a.round
    WHERE r.case_id = ${caseId}::uuid AND r.status IN ('closed', 'lapsed')`;
  return Object.fromEntries(rows.map(({ stage, result }) => [stage, result]));
}

const waitIsOver = async (tx: Tx, caseId: string, { key }: DueRow): Promise<void> => {
  await tx.$executeRaw`UPDATE "case" SET waiting_for = NULL WHERE id = ${caseId}::uuid AND 'wait/' || (waiting_for ->> 'key') = ${key}`;
};

async function lapse(tx: Tx, room: DeskRoom, state: CaseState, stage: string, round: number, at: Date): Promise<void> {
  await closeStage(tx, { caseId: state.id, stage, round, status: 'lapsed', told: LAPSED, at });
  const { title, mayLapse } = stageOf(contractOf(room, state.process), stage);
  await append(tx, { chain: `case:${state.id}`, verb: 'stage.lapse', accepted: true, at, actor: null, caseId: state.id, stage, round });
  if (mayLapse) return;
  await openIncident(tx, {
    key: `${state.id}/lapsed/${stage}/${round}`,
    kind: 'StageLapsed',
    caseId: state.id,
    unitCode: state.unitCode,
    at,
    detail: { caseNo: state.caseNo, title: state.title, stageTitle: title },
  });
}

/** The calendar has changed, or the missing year's table may be there by now: whoever is asked is told what moved. */
async function recount(tx: Tx, room: DeskRoom, state: CaseState, row: DueRow, at: Date): Promise<void> {
  const run = await tx.stageRun.findUnique({
    where: { caseId_stage_round: { caseId: state.id, stage: row.stage!, round: row.round! } },
    select: { ask: true },
  });
  if (!(await countAgain(tx, room, state, run!.ask as unknown as StageAsk, at))) return;
  const { title } = stageOf(contractOf(room, state.process), row.stage!);
  const now = await tx.stageRun.findUniqueOrThrow({
    where: { caseId_stage_round: { caseId: state.id, stage: row.stage!, round: row.round! } },
    select: { dueAt: true, dueTentative: true },
  });
  const until = now.dueAt ? `${formatEnd(now.dueAt)}${now.dueTentative ? '（暂定）' : ''}` : '待定';
  await postMail(tx, {
    eventKey: `${state.id}/${row.key}`,
    to: await askedNow(tx, room, state, at),
    template: 'worker-notice',
    caseId: state.id,
    at,
    notBefore: await mailMoment(tx, state.unitCode, at),
    params: {
      caseId: state.id,
      caseNo: state.caseNo,
      caseTitle: state.title,
      heading: `“${title}”的办理期限已按新的工作日历重算：${until}`,
      paragraphs: [`${state.title}的“${title}”环节，办理期限现为 ${until}。`],
    },
  });
}

/** A date that the case lives by comes near: everyone with a part and everyone who is asked now is told, except the person concerned. */
async function remindOfDate(tx: Tx, room: DeskRoom, state: CaseState, row: DueRow, at: Date): Promise<void> {
  const date = await tx.caseDate.findFirst({ where: { caseId: state.id, key: row.key.split('/')[1]! } });
  if (!date) return;
  const on = fromDateColumn(date.on);
  const people = [...(await peopleOfCase(tx, state.id)), ...(await askedNow(tx, room, state, at))];
  const to = [...new Set(people)].filter((who) => who !== state.subjectId);
  await tellOfCase(tx, state, {
    eventKey: `${state.id}/${row.key}`,
    to,
    template: 'worker-notice',
    caseId: state.id,
    at,
    ...(await mailTimingOf(tx, state.unitCode, at, { legalEndAt: endOfDay(on) })),
    params: {
      caseId: state.id,
      caseNo: state.caseNo,
      caseTitle: state.title,
      heading: `距${date.title}还有 ${daysBetween(dateOf(at), on)} 天（${formatDate(on)}）`,
      paragraphs: [`${state.title}的${date.title}是 ${formatDate(on)}，还没有结论。请抓紧办理。`],
    },
  });
  await append(tx, {
    chain: `case:${state.id}`,
    verb: 'date.remind',
    accepted: true,
    at,
    actor: null,
    caseId: state.id,
    detail: { key: row.key, on },
  });
}
