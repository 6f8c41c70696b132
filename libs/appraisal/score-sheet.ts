import { sourceTitles, type AppraisalRules, type Source } from '../domain/appraisal/rules.ts';
import { appraise, type AppraisalResult, type Appraised, type Evaluated } from '../domain/appraisal/result.ts';
import { sourcesOf, type Evaluation } from '../domain/appraisal/total.ts';
import { unratedTitles } from '../domain/appraisal/unrated.ts';
import { formatScore, readScore } from '../domain/recruitment/score.ts';
import { isRefusal, refuse, type Refusal } from '../domain/refusal.ts';
import { chooseSheet, type Chosen } from '../workbooks/choose-sheet.ts';
import type { FaultCode } from '../workbooks/fault-words.ts';
import type { PlainField, SheetKind } from '../workbooks/fields.ts';
import { rawRows } from '../workbooks/raw-rows.ts';
import { readWorkbook, type Workbook } from '../workbooks/read-workbook.ts';
import { readName, refuseFormulas, textOf } from '../workbooks/row-values.ts';
import { RowNotes } from '../workbooks/verdict.ts';

const columns = {
  street: { score: 'streetScore', raters: 'streetRaters' },
  residents: { score: 'residentsScore', raters: 'residentsRaters' },
  community: { score: 'communityScore', raters: 'communityRaters' },
} as const satisfies Record<Source, { score: PlainField; raters: PlainField }>;

/** 测评汇总表: a line a person of the list, by staff number. */
export const scoreSheet: SheetKind = {
  fields: [
    'seq',
    'community',
    'staffNo',
    'name',
    ...Object.values(columns).flatMap(({ score, raters }) => [score, raters]),
    'leaveDays',
    'hostOpinion',
    'note',
  ],
  required: ['staffNo', 'name'],
  certain: 'staffNo',
  likely: 'name',
  fewest: 3,
  ratings: false,
};

/** Somebody of the list whom an upload may be about. */
export interface Listed {
  caseId: string;
  personId: string;
  staffNo: string;
  name: string;
  roster: Appraised;
  before: AppraisalResult | null;
}

export interface ScoredRow {
  notes: RowNotes;
  /** Null where the row is refused, or nobody is meant by it. */
  scored: { listed: Listed; given: Evaluated; result: AppraisalResult } | null;
}

export interface ReadScores extends Chosen {
  workbook: Workbook;
  rows: ScoredRow[];
}

/** Reads a workbook of evaluations and checks each line against the list and the rules. The same bytes, list and rules always give the same. */
export async function readScores(
  bytes: Uint8Array,
  { people, year, rules }: { people: readonly Listed[]; year: number; rules: AppraisalRules },
): Promise<ReadScores | Refusal> {
  const workbook = await readWorkbook(bytes);
  if (isRefusal(workbook)) return workbook;
  const chosen = chooseSheet(scoreSheet, workbook, new Map());
  if (isRefusal(chosen)) return chosen;
  const found = rawRows(scoreSheet, chosen.sheet, chosen.mapping);
  if (found.rows.length === 0) return refuse('WorkbookNoRows', { sheet: chosen.sheet.name });
  const byNo = new Map(people.map((one) => [one.staffNo, one]));
  const first = new Map<string, number>();
  const rows = found.rows.map((raw): ScoredRow => {
    const notes = new RowNotes(raw);
    refuseFormulas(notes);
    const listed = whoIsMeant(notes, byNo, first);
    const given = valuesOf(notes, rules);
    if (!listed) return { notes, scored: null };
    const result = appraise(listed.roster, given, year, rules);
    wantEvaluations(notes, result);
    if (result.unrated && Object.keys(given.evaluations).length > 0)
      notes.fault('staffNo', 'unrated-evaluated', { why: unratedTitles[result.unrated] });
    const before = listed.before?.total ?? null;
    if (before !== null && result.total !== null && before !== result.total)
      notes.fault('staffNo', 'evaluation-corrects', { total: formatScore(before) });
    return { notes, scored: notes.good ? { listed, given, result } : null };
  });
  return { ...chosen, workbook, rows };
}

function whoIsMeant(notes: RowNotes, byNo: ReadonlyMap<string, Listed>, first: Map<string, number>): Listed | null {
  const name = readName(notes);
  const staffNo = textOf(notes, 'staffNo')?.toUpperCase() ?? null;
  if (staffNo === null) return notes.doubts('staffNo') ? null : notes.fault('staffNo', 'missing-staff-no');
  const earlier = first.get(staffNo);
  if (earlier !== undefined) return notes.fault('staffNo', 'duplicate-staff', { row: earlier });
  first.set(staffNo, notes.raw.row);
  const listed = byNo.get(staffNo);
  if (!listed) return notes.fault('staffNo', 'staff-not-listed', { staffNo });
  return name === null || name === listed.name ? listed : notes.fault('name', 'staff-other-name', { name: listed.name });
}

const scoreFaults = {
  empty: null,
  text: 'evaluation-text',
  decimals: 'evaluation-decimals',
  range: 'evaluation-range',
} as const satisfies Record<string, FaultCode | null>;

function valuesOf(notes: RowNotes, rules: AppraisalRules): Evaluated {
  const evaluations = Object.fromEntries(
    sourcesOf(rules.weights).flatMap((source) => {
      const found = evaluationOf(notes, source, rules);
      return found ? [[source, found]] : [];
    }),
  );
  const leave = textOf(notes, 'leaveDays');
  const leaveDays = leave === null ? 0 : wholeNumber(leave, 366);
  if (leaveDays === null) notes.fault('leaveDays', 'leave-unreadable');
  return { evaluations, leaveDays: leaveDays ?? 0, hostOpinion: textOf(notes, 'hostOpinion')?.slice(0, 500) ?? null };
}

function evaluationOf(notes: RowNotes, source: Source, { minRaters }: AppraisalRules): Evaluation | null {
  const { score: scoreField, raters: ratersField } = columns[source];
  const text = textOf(notes, scoreField);
  if (text === null) return null;
  const read = readScore(text);
  if ('fault' in read) return scoreFaults[read.fault] && notes.fault(scoreField, scoreFaults[read.fault]!);
  const count = textOf(notes, ratersField);
  if (count === null)
    return notes.doubts(ratersField) ? null : notes.fault(ratersField, 'raters-missing', { source: sourceTitles[source] });
  const raters = wholeNumber(count.replace(/人$/, ''), 100_000);
  if (raters === null) return notes.fault(ratersField, 'raters-unreadable');
  const least = minRaters[source];
  if (raters < least) return notes.fault(ratersField, 'raters-few', { source: sourceTitles[source], raters, least });
  return { score: read.score, raters };
}

/** Whoever is rated needs every evaluation that counts; a cell that is in fault already has been named. */
function wantEvaluations(notes: RowNotes, { missing }: AppraisalResult): void {
  for (const { source } of missing) {
    const { score: scoreField, raters: ratersField } = columns[source];
    if (!notes.doubts(scoreField, ratersField)) notes.fault(scoreField, 'evaluation-missing', { source: sourceTitles[source] });
  }
}

function wholeNumber(text: string, most: number): number | null {
  const value = /^\d{1,6}$/.test(text.replace(/\s/g, '')) ? Number(text) : NaN;
  return value <= most ? value : null;
}
