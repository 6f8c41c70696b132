import { formatMark, readScore, saysAbsent, type Mark } from '../domain/recruitment/score.ts';
import { normaliseText } from '../domain/person-words.ts';
import { refuseFormulas, textOf } from '../workbooks/row-values.ts';
import { RowNotes, type RawRow } from '../workbooks/verdict.ts';
import type { ReadRow } from './read-posts.ts';
import { scoreField, type ScoreKind } from './sheets.ts';

/** Somebody with a ticket, as the batch knows them. */
export interface Sitter {
  caseId: string;
  name: string;
  ticketNo: string;
  /** Whether they are to sit this exam. */
  sits: boolean;
  /** The score on record, and its row. */
  now: { id: bigint; mark: Mark } | null;
}
export interface ScoreRow {
  caseId: string;
  ticketNo: string;
  mark: Mark;
  examiner: string | null;
  /** The row that this one takes the place of; null for the first. Undefined marks no change. */
  replaces: bigint | null | undefined;
}

const exams: Record<ScoreKind, string> = { written: '笔试', interview: '面试', extra: '加试面试' };
const faultOf = { empty: 'missing-score', text: 'score-text', decimals: 'score-decimals', range: 'score-range' } as const;

/** The scores of a workbook against the tickets of the batch: each row its own verdict. */
export function readScores(rows: readonly RawRow[], kind: ScoreKind, sitters: ReadonlyMap<string, Sitter>): ReadRow<ScoreRow>[] {
  const seen = new Map<string, number>();
  const field = scoreField[kind];
  return rows.map((raw) => {
    const notes = new RowNotes(raw);
    refuseFormulas(notes);
    const ticketNo = textOf(notes, 'ticketNo')?.replace(/\s/g, '').toUpperCase() ?? notes.fault('ticketNo', 'missing-ticket');
    const sitter = ticketNo === null ? null : (sitters.get(ticketNo) ?? notes.fault('ticketNo', 'unknown-ticket'));
    const before = ticketNo === null ? undefined : seen.get(ticketNo);
    if (before !== undefined) notes.fault('ticketNo', 'duplicate-ticket', { row: before });
    else if (ticketNo !== null) seen.set(ticketNo, raw.row);
    const name = textOf(notes, 'name');
    if (sitter && name !== null && normaliseText(name) !== normaliseText(sitter.name))
      notes.fault('name', 'ticket-other-name', { name: sitter.name });
    if (sitter && !sitter.sits) notes.fault('ticketNo', 'not-in-exam', { exam: exams[kind] });
    const mark = readMark(notes, field);
    const label = sitter?.name ?? name;
    if (!notes.good || !sitter || mark === null) return { notes, label, record: null };
    const { now } = sitter;
    const same = now !== null && now.mark === mark;
    if (now !== null && !same) notes.fault(field, 'score-corrects', { value: formatMark(now.mark) });
    const replaces = now === null ? null : same ? undefined : now.id;
    return {
      notes,
      label,
      record: { caseId: sitter.caseId, ticketNo: sitter.ticketNo, mark, examiner: textOf(notes, 'examiner'), replaces },
    };
  });
}

function readMark(notes: RowNotes, field: (typeof scoreField)[ScoreKind]): Mark | null {
  if (notes.doubts(field)) return null;
  const text = textOf(notes, field) ?? '';
  if (saysAbsent(text)) return 'absent';
  const read = readScore(text);
  return 'score' in read ? read.score : notes.fault(field, faultOf[read.fault]);
}
