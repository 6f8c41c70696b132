import { columnLetter } from './cell.ts';
import { candidates, isRequired, LEARNED, LONGEST_HEADER, type Candidate, type SheetField, type SheetKind } from './fields.ts';
import { rangeAt, type Range, type Sheet, type SheetRow } from './read-workbook.ts';

/** How far down a header is looked for, and how many lines it may have. */
const SEARCHED_ROWS = 40;
const DEEPEST = 3;

/** `learned`: an officer's earlier answer; `officer`: their answer this time. `none`: nobody knows the column, it is shown and left alone. */
export type Sureness = 'sure' | 'likely' | 'learned' | 'officer' | 'none';

export interface MappedColumn {
  column: number;
  letter: string;
  /** As it stands in the sheet; the lines of a deeper header joined by a slash. */
  header: string;
  field: SheetField | null;
  sureness: Sureness;
}

/** Where the people stand in a workbook and what their columns mean. */
export interface Mapping {
  sheet: string;
  /** First and last line of the header; the people begin below. */
  headerTop: number;
  headerBottom: number;
  columns: MappedColumn[];
}

export interface MappingProblem {
  code: 'column-missing' | 'column-twice';
  field: SheetField;
  letters: string[];
}

type Learned = ReadonlyMap<string, SheetField>;

interface Header {
  top: number;
  bottom: number;
  columns: MappedColumn[];
  score: number;
}

/** The header of a sheet: the place where most columns are known. Null when there is none. */
export function findHeader(kind: SheetKind, sheet: Sheet, learned: Learned): Mapping | null {
  const rows = sheet.rows.slice(0, SEARCHED_ROWS);
  const byRow = new Map(rows.map((row) => [row.no, row]));
  let best: Header | null = null;
  const meaning = meanings(kind, learned);
  for (const row of rows) {
    for (let depth = 1; depth <= DEEPEST; depth++) {
      const top = row.no - depth + 1;
      if (depth > 1 && !byRow.has(top)) break;
      const header = readHeader(sheet, byRow, top, row.no, meaning, kind);
      // A deeper or later header must explain more than the one before, else title lines and people would be taken in.
      if (header && header.score > (best?.score ?? 0) + (best && best.bottom !== row.no ? 0.5 : 0)) best = header;
    }
  }
  if (!best) return null;
  return { sheet: sheet.name, headerTop: best.top, headerBottom: best.bottom, columns: best.columns };
}

/** A header at a place that the officer names. */
export function headerAt(kind: SheetKind, sheet: Sheet, top: number, bottom: number, learned: Learned): MappedColumn[] {
  const byRow = new Map(sheet.rows.map((row) => [row.no, row]));
  return readColumns(sheet, byRow, top, bottom, meanings(kind, learned));
}

function readHeader(
  sheet: Sheet,
  byRow: ReadonlyMap<number, SheetRow>,
  top: number,
  bottom: number,
  meaning: Meaning,
  { fewest, certain, likely, required }: SheetKind,
): Header | null {
  const columns = readColumns(sheet, byRow, top, bottom, meaning);
  const fields = new Set(columns.flatMap(({ field }) => field ?? []));
  if (fields.size < fewest || !(fields.has(likely) || fields.has(certain))) return null;
  const sure = columns.filter(({ sureness }) => sureness === 'sure' || sureness === 'learned').length;
  return { top, bottom, columns, score: fields.size + required.filter((field) => fields.has(field)).length + sure * 0.1 };
}

type Meaning = (header: string) => Candidate[];

/** The same few texts are asked about again and again while the header is looked for. */
function meanings(kind: SheetKind, learned: Learned): Meaning {
  const known = new Map<string, Candidate[]>();
  return (header) => {
    const found = known.get(header) ?? candidates(kind, header, learned);
    known.set(header, found);
    return found;
  };
}

interface Claim extends Candidate {
  column: number;
}

function readColumns(sheet: Sheet, byRow: ReadonlyMap<number, SheetRow>, top: number, bottom: number, meaning: Meaning): MappedColumn[] {
  const rows = Array.from({ length: bottom - top + 1 }, (_, i) => byRow.get(top + i)).filter((row) => row !== undefined);
  const merges = sheet.merges.filter((range) => range.top <= bottom && range.bottom >= top);
  const last = Math.min(256, Math.max(0, ...rows.flatMap((row) => [...row.cells.keys()]), ...merges.map(({ right }) => right)));
  const used = Array.from({ length: last }, (_, i) => i + 1);
  const headers = new Map(used.map((column) => [column, linesOf({ rows, merges, byRow }, column)]));
  const claims: Claim[] = used.flatMap((column) => readings(headers.get(column)!, meaning).map((one) => ({ column, ...one })));
  const chosen = assign(claims);
  return used.flatMap((column) => {
    const header = headers.get(column)!.join(' / ');
    const claim = chosen.get(column);
    return header === '' ? [] : [{ column, letter: columnLetter(column), header, field: claim?.field ?? null, sureness: sureness(claim) }];
  });
}

function sureness(claim: Claim | undefined): Sureness {
  if (!claim) return 'none';
  if (claim.confidence === LEARNED) return 'learned';
  return claim.confidence > 0.6 ? 'sure' : 'likely';
}

interface Lines {
  rows: SheetRow[];
  merges: Range[];
  byRow: ReadonlyMap<number, SheetRow>;
}

/** The texts over a column, top line first. A line merged over more than half of the columns is a title, no group. */
function linesOf({ rows, merges, byRow }: Lines, column: number): string[] {
  const widest = Math.max(1, ...rows.map((row) => row.cells.size));
  const texts = rows.map((row) => {
    const range = rangeAt(merges, row.no, column);
    if (range && range.right - range.left + 1 > Math.max(4, widest / 2)) return '';
    const cell = row.cells.get(column) ?? (range && byRow.get(range.top)?.cells.get(range.left));
    return cell?.text.replace(/\s+/g, ' ').trim().slice(0, LONGEST_HEADER) ?? '';
  });
  return texts.filter((text, i) => text !== '' && text !== texts[i - 1]);
}

/** What a column may mean: by its lowest line, then by a group's title and that line together. */
function readings(lines: string[], meaning: Meaning): Candidate[] {
  const own = meaning(lines.at(-1) ?? '');
  if (own[0] && own[0].confidence > 0.6) return own;
  const joined = lines.length > 1 ? meaning(lines.join('')).map((one) => ({ ...one, confidence: one.confidence - 0.01 })) : [];
  return [...own, ...joined];
}

/** Each column at most one field; a field goes to the column that fits best, and to several only when they fit equally well. */
function assign(claims: Claim[]): Map<number, Claim> {
  const chosen = new Map<number, Claim>();
  const taken = new Map<SheetField, number>();
  for (const claim of [...claims].sort((a, b) => b.confidence - a.confidence || a.column - b.column)) {
    if (chosen.has(claim.column)) continue;
    const best = taken.get(claim.field);
    if (best !== undefined && claim.confidence < best) continue;
    taken.set(claim.field, claim.confidence);
    chosen.set(claim.column, claim);
  }
  return chosen;
}

/** What keeps a mapping from being used: a required column that is missing, a field that two columns claim. */
export function mappingProblems(kind: SheetKind, columns: readonly MappedColumn[]): MappingProblem[] {
  const letters = (field: SheetField) => columns.filter((one) => one.field === field).map(({ letter }) => letter);
  const fields = new Set<SheetField>([...kind.required, ...columns.flatMap(({ field }) => field ?? [])]);
  return [...fields].flatMap((field): MappingProblem[] => {
    const found = letters(field);
    if (found.length > 1 && field !== 'note' && field !== 'seq') return [{ code: 'column-twice', field, letters: found }];
    return found.length === 0 && isRequired(kind, field) ? [{ code: 'column-missing', field, letters: [] }] : [];
  });
}

/** What the officer changes: another sheet, another header line, other meanings of columns (by letter; null leaves a column out). */
export interface MappingChange {
  sheet?: string;
  headerTop?: number;
  headerBottom?: number;
  columns?: Record<string, SheetField | null>;
}

/** The officer's word over what was found: a field given to one column leaves any other column that was only guessed. */
export function applyChange(columns: readonly MappedColumn[], change: MappingChange['columns'] = {}): MappedColumn[] {
  const given = new Set(Object.values(change).filter((field) => field !== null));
  return columns.map((one) => {
    if (one.letter in change) return { ...one, field: change[one.letter] ?? null, sureness: 'officer' };
    return one.field !== null && given.has(one.field) ? { ...one, field: null, sureness: 'none' } : one;
  });
}
