import type { Db } from '../db.ts';
import { dateOf } from '../domain/dates.ts';
import { closeIncident, openIncident } from './incidents.ts';
import type { DeskRoom } from './room.ts';

/** A story as the engine tells of it. `unknown`: the engine has forgotten it, as it may once it has ended. */
export interface StoryNow {
  state: 'running' | 'ended' | 'unknown';
  /** The last message that a running story has heard. */
  heard: number | null;
  /** What an ended one returned. */
  outcome: string | null;
}

/** The engine, as far as the check needs it. */
export interface Stories {
  ask(story: StoryRef): Promise<StoryNow>;
  /** Ends what there is of the story and tells it anew from the desk's memory, which repeats no act, mail or change. */
  tellAnew(story: StoryRef): Promise<void>;
}
export interface StoryRef {
  caseId: string;
  process: string;
  workflowId: string;
}

/** How far a check has come: the last entry and the case of the last one checked. */
export interface CheckCursor {
  at: string;
  caseId: string;
}
export interface CheckPart {
  next: CheckCursor | null;
  cases: number;
  faults: number;
}

interface CheckedCase extends StoryRef {
  caseNo: string;
  title: string;
  unitCode: string;
  status: 'running' | 'withdrawing' | 'ended';
  outcome: string | null;
  messages: number;
  /** A message waits to be delivered: the reconciler watches over that. */
  busy: boolean;
  last: Date;
  starts: number;
  ends: string[];
  answers: number;
  answered: number;
  numbered: number;
  untold: string[];
  causeless: string[];
}

type Kind = 'StoryDiffers' | 'OutcomeDiffers' | 'LedgerDiffers' | 'MailDiffers';
interface Mismatch {
  kind: Kind;
  what: string;
}

const PAGE = 50;
/** What was told within so long may still be on its way. */
const QUIET_MS = 60_000;
const FIRST_MS = 86_400_000;

/** Cases are compared whose last change lies after `since` and not after `until`. */
export interface CheckSpan {
  since: Date;
  until: Date;
}

/** From where the last check ended, or a day back before the first, to a minute ago: what changes just now is the next one's. */
export async function spanToCheck(db: Db, at: Date): Promise<CheckSpan> {
  const last = await db.caseCheck.findFirst({ orderBy: { at: 'desc' } });
  return { since: last?.until ?? new Date(at.getTime() - FIRST_MS), until: new Date(at.getTime() - QUIET_MS) };
}

/**
 * Compares what three books say of the cases that changed in a span: the engine's stories, the ledger, and the mail log, each against the desk. Each
 * mismatch opens an incident, once while it stands open; a story that differs is told anew, as the reconciler does. Some fifty cases at a time, those
 * that changed first; it goes on after `after`.
 */
export async function compareCases(
  room: DeskRoom,
  stories: Stories,
  { span, after, at }: { span: CheckSpan; after: CheckCursor | null; at: Date },
): Promise<CheckPart> {
  const ofBatches = Object.values(room.catalogue).flatMap(({ name, ofBatch }) => (ofBatch ? [name] : []));
  const cases = await changedCases(room.db, ofBatches, span, after);
  let faults = 0;
  for (const one of cases) {
    const found = [...ledgerMismatches(one), ...mailMismatches(one), ...(one.busy ? [] : await storyMismatches(stories, one))];
    for (const mismatch of found) await report(room.db, stories, one, mismatch, at);
    faults += found.length;
  }
  const last = cases.at(-1);
  return { cases: cases.length, faults, next: cases.length === PAGE && last ? { at: last.last.toISOString(), caseId: last.caseId } : null };
}

/** Writes down that a check has come to its end: what 事件 shows, and where the next one begins. */
export async function keepCheck(db: Db, check: CheckSpan & { at: Date; cases: number; faults: number }): Promise<void> {
  await db.caseCheck.upsert({ where: { at: check.at }, create: check, update: check });
}

/** Everything that is compared, in one statement: one moment. */
const changedCases = (
  db: Db,
  ofBatches: readonly string[],
  { since, until }: CheckSpan,
  after: CheckCursor | null,
): Promise<CheckedCase[]> => db.$queryRaw<CheckedCase[]>`
  WITH changed AS (
    SELECT case_id, date_trunc('milliseconds', max(at)) AS last FROM ledger_entry WHERE case_id IS NOT NULL AND at > ${since} GROUP BY case_id HAVING max(at) <= ${until}
  ), page AS (
    SELECT c.*, changed.last FROM changed JOIN "case" c ON c.id = changed.case_id
    WHERE ${after === null} OR (changed.last, c.id) > (${after?.at ?? null}::timestamptz, ${after?.caseId ?? null}::uuid) ORDER BY changed.last, c.id LIMIT ${PAGE}
  )
  SELECT p.id AS "caseId", p.case_no AS "caseNo", p.title, p.unit_code AS "unitCode", p.process, p.process || '/' || p.natural_key || '/' || p.run AS "workflowId",
    p.status, p.outcome, p.next_message_no - 1 AS messages, p.last,
    EXISTS (SELECT FROM message m WHERE m.case_id = p.id AND m.confirmed_at IS NULL) AS busy,
    (SELECT count(*)::int FROM ledger_entry e WHERE e.case_id = p.id AND e.verb = 'case.start' AND e.accepted) AS starts,
    (SELECT coalesce(array_agg(e.body::jsonb -> 'after' ->> 'outcome'), '{}') FROM ledger_entry e WHERE e.case_id = p.id AND e.verb = 'case.end' AND e.accepted) AS ends,
    (SELECT count(*)::int FROM ledger_entry e WHERE e.case_id = p.id AND e.verb = 'task.answer' AND e.accepted) AS answers,
    (SELECT count(*)::int FROM task t WHERE t.case_id = p.id AND t.status = 'done') AS answered,
    (SELECT count(*)::int FROM message m WHERE m.case_id = p.id) AS numbered,
    (SELECT coalesce(array_agg(a.display_name ORDER BY a.id), '{}') FROM account a WHERE p.status = 'ended' AND (a.id = p.subject_id OR a.id = p.starter_id AND p.process <> ALL(${[...ofBatches]}::text[]))
      AND NOT EXISTS (SELECT FROM mail m WHERE m.account_id = a.id AND m.event_key = p.id || '/ended')) AS untold,
    (SELECT coalesce(array_agg(m.event_key ORDER BY m.id), '{}') FROM mail m WHERE m.case_id = p.id
      AND NOT EXISTS (SELECT FROM ledger_entry e WHERE e.case_id = p.id AND e.at = m.created_at)) AS causeless
  FROM page p ORDER BY p.last, p.id`;

function ledgerMismatches({ status, outcome, starts, ends, answers, answered, messages, numbered }: CheckedCase): Mismatch[] {
  const what = [
    starts !== 1 && `发起的记录有 ${starts} 条`,
    status === 'ended' && (ends.length !== 1 || ends[0] !== outcome) && '办结的结果与账本不同',
    status !== 'ended' && ends.length > 0 && '账本记为已办结，办件仍在办',
    answers !== answered && `已办意见 ${answered} 条，账本 ${answers} 条`,
    messages !== numbered && `进展编号到 ${messages}，实有 ${numbered} 条`,
  ].filter((one) => one !== false);
  return what.length > 0 ? [{ kind: 'LedgerDiffers', what: what.join('；') }] : [];
}

function mailMismatches({ untold, causeless }: CheckedCase): Mismatch[] {
  const what = [
    untold.length > 0 && `没有办结通知的记录：${untold.join('、')}`,
    causeless.length > 0 && `${causeless.length} 封邮件找不到引起它的办理`,
  ].filter((one) => one !== false);
  return what.length > 0 ? [{ kind: 'MailDiffers', what: what.join('；') }] : [];
}

async function storyMismatches(stories: Stories, one: CheckedCase): Promise<Mismatch[]> {
  // on a batch's list, and nothing was told to a story yet
  if (one.messages === 0) return [];
  const { state, heard, outcome } = await stories.ask(one);
  if (state === 'running') {
    if (one.status === 'ended') return [{ kind: 'StoryDiffers', what: '办件已办结，进程没有结束' }];
    return heard === one.messages ? [] : [{ kind: 'StoryDiffers', what: `进程听到第 ${heard} 条进展，应为第 ${one.messages} 条` }];
  }
  if (one.status !== 'ended') return [{ kind: 'StoryDiffers', what: '办件在办，进程已经不在' }];
  return state === 'ended' && outcome !== one.outcome ? [{ kind: 'OutcomeDiffers', what: `进程的结果是 ${outcome ?? '没有'}` }] : [];
}

/** One incident of a kind stands open for a case at a time. A story that differs is told anew, and its incident closes with that. */
async function report(db: Db, stories: Stories, one: CheckedCase, { kind, what }: Mismatch, at: Date): Promise<void> {
  const { caseId, caseNo, title, unitCode } = one;
  if (await db.incident.findFirst({ where: { caseId, kind, resolvedAt: null } })) return;
  const key = `${caseId}/check/${kind}/${dateOf(at)}`;
  await db.$transaction((tx) => openIncident(tx, { key, kind, caseId, unitCode, at, detail: { caseNo, title, what } }));
  if (kind !== 'StoryDiffers') return;
  await stories.tellAnew(one);
  await db.$transaction((tx) => closeIncident(tx, key, '系统已从办件记录重新接续，没有重复任何动作。', at));
}
