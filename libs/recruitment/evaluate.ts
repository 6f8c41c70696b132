import type { Tx } from '../db.ts';
import { isRefusal, refuse, type Refusal } from '../domain/refusal.ts';
import type { RecruitmentPost } from '../domain/recruitment/posts.ts';
import { dateOf } from '../domain/dates.ts';
import { codesOf } from '../domain/unit.ts';
import type { PersonKeys } from '../people/keys.ts';
import { synonymsFor } from '../roster/learn.ts';
import { unitsWithin } from '../units/units.ts';
import { chooseSheet } from '../workbooks/choose-sheet.ts';
import { fieldTitle } from '../workbooks/fields.ts';
import type { MappingChange } from '../workbooks/headers.ts';
import { makePlaceReader } from '../workbooks/place.ts';
import { rawRows } from '../workbooks/raw-rows.ts';
import { readWorkbook } from '../workbooks/read-workbook.ts';
import { headerSynonyms, wordSynonyms } from '../workbooks/synonyms.ts';
import type { RowNotes } from '../workbooks/verdict.ts';
import { postsOf, type Batch } from './batch.ts';
import { knownApplicants, planApplicant } from './write-applicants.ts';
import { planPosts } from './write-posts.ts';
import { readApplicants, type Applicant } from './read-applicants.ts';
import { readPosts, type ReadRow } from './read-posts.ts';
import { readScores, type ScoreRow } from './read-scores.ts';
import { sheets, type UploadKind } from './sheets.ts';
import { sittersOf } from './write-scores.ts';

export type Action = 'new' | 'update' | 'unchanged';
/** A row with what an import would do with it; null where it is refused. */
export interface PlannedRow<T> extends ReadRow<T> {
  action: Action | null;
}
export type Planned =
  | { kind: 'posts'; rows: PlannedRow<RecruitmentPost>[] }
  | { kind: 'applicants'; rows: PlannedRow<Applicant>[] }
  | { kind: 'written' | 'interview' | 'extra'; rows: PlannedRow<ScoreRow>[] };

export interface Evaluated {
  planned: Planned;
  notes: RowNotes[];
  sheet: string;
  headerBottom: number;
  skipped: number[];
  /** Tickets of those who sit the exam and are in no row of it. */
  missing: string[];
}

export interface Uploaded {
  batch: Batch;
  kind: UploadKind;
  bytes: Uint8Array;
  change: MappingChange;
  at: Date;
}

/** Reads a workbook of a batch and holds each row against the batch as it stands now. Nothing is written. */
export async function evaluate(tx: Tx, keys: PersonKeys, { batch, kind, bytes, change, at }: Uploaded): Promise<Evaluated | Refusal> {
  const barred = await whyBarred(tx, batch, kind);
  if (barred) return barred;
  const workbook = await readWorkbook(bytes);
  if (isRefusal(workbook)) return workbook;
  const synonyms = await synonymsFor(tx, batch.withinPath);
  const chosen = chooseSheet(sheets[kind], workbook, headerSynonyms(synonyms), change);
  if (isRefusal(chosen)) return chosen;
  const { sheet, mapping, problems } = chosen;
  const [problem] = problems;
  if (problem) return refuse('WorkbookColumns', { field: fieldTitle(problem.field), twice: problem.letters.join('、') });
  const found = rawRows(sheets[kind], sheet, mapping);
  if (found.rows.length === 0) return refuse('WorkbookNoRows', { sheet: sheet.name });
  const planned = await plan(tx, keys, { batch, kind, at }, found.rows, { date1904: workbook.date1904, learned: wordSynonyms(synonyms) });
  const seen = new Set(planned.rows.flatMap(({ record }) => (record && 'ticketNo' in record ? [record.ticketNo] : [])));
  const missing = kind === 'written' || kind === 'interview' ? [...(await sittersOf(tx, batch.batchId, kind)).values()] : [];
  return {
    planned,
    notes: planned.rows.map(({ notes }) => notes),
    sheet: sheet.name,
    headerBottom: mapping.headerBottom,
    skipped: found.skipped,
    missing: missing.filter(({ sits, ticketNo, now }) => sits && now === null && !seen.has(ticketNo)).map(({ ticketNo }) => ticketNo),
  };
}

/** Why a batch takes no such workbook now. */
async function whyBarred(tx: Tx, batch: Batch, kind: UploadKind): Promise<Refusal | null> {
  if (batch.cancelledAt) return refuse('CaseEnded', {});
  if (kind === 'posts') return batch.postedAt ? refuse('PostTableFixed') : null;
  if (kind === 'applicants') return batch.postedAt ? null : refuse('NotAnnounced');
  return (await tx.application.count({ where: { batchId: batch.batchId, ticketNo: { not: null } } })) > 0 ? null : refuse('NoTickets');
}

type Rows = ReturnType<typeof rawRows>['rows'];

async function plan(
  tx: Tx,
  keys: PersonKeys,
  { batch, kind, at }: Pick<Uploaded, 'batch' | 'kind' | 'at'>,
  rows: Rows,
  { date1904, learned }: { date1904: boolean; learned: ReturnType<typeof wordSynonyms> },
): Promise<Planned> {
  const city = codesOf(batch.withinPath)[0] ?? '';
  if (kind === 'posts') {
    const units = await unitsWithin(tx, `${city}/`, dateOf(at));
    const read = readPosts(rows, makePlaceReader(units, learned, { streets: true }), batch.withinPath);
    return { kind, rows: planPosts(read, await postsOf(tx, batch.batchId)) };
  }
  if (kind === 'applicants') {
    const posts = new Map((await postsOf(tx, batch.batchId)).map((post) => [post.code, post]));
    const counties = (await unitsWithin(tx, `${city}/`, dateOf(at))).filter(({ level }) => level === 'county');
    const context = { date1904, learned, counties, posts, rules: batch.rules, cutOffOn: batch.cutOffOn ?? dateOf(at) };
    const read = readApplicants(rows, context);
    const known = await knownApplicants(
      tx,
      keys,
      batch.batchId,
      read.flatMap(({ record }) => record?.idNo ?? []),
    );
    return { kind, rows: read.map((row) => planApplicant(row, known)) };
  }
  const read = readScores(rows, kind, await sittersOf(tx, batch.batchId, kind));
  return { kind, rows: read.map((row) => ({ ...row, action: actionOf(row.record) })) };
}

function actionOf(record: ScoreRow | null): Action | null {
  if (!record) return null;
  return record.replaces === null ? 'new' : record.replaces === undefined ? 'unchanged' : 'update';
}
