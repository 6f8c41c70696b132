import type { Cell } from './cell.ts';
import { faultWords, type CorrectionKind, type FaultCode, type FaultParams } from './fault-words.ts';
import { fieldTitle, type SheetField } from './fields.ts';

/** A cell with the place where it stands. */
export interface Placed {
  cell: Cell;
  letter: string;
  header: string;
}

/** One person's line as the mapping reads it. */
export interface RawRow {
  row: number;
  hidden: boolean;
  /** Cells with content. */
  cells: Map<SheetField, Placed>;
  /** The columns that the workbook has, by field. */
  columns: ReadonlyMap<SheetField, { letter: string; header: string }>;
}

/** A word that an officer may teach: from now on it is read so. */
export interface Suggestion {
  label: string;
  kind: SynonymKind;
  scopeCode: string;
  written: string;
  meaning: string;
}
export type SynonymKind = 'header' | 'county' | 'street' | 'community' | 'postTitle' | 'education' | 'certificate' | 'politicalStatus';

/** What is wrong in a row, and how to mend it. ID and phone numbers in `written` are masked. */
export interface Fault {
  row: number;
  letter: string;
  header: string;
  field: SheetField;
  severity: 'error' | 'check';
  code: FaultCode;
  written: string;
  problem: string;
  fix: string;
  message: string;
  suggestion?: Suggestion;
}

/** What was set right by itself. */
export interface Correction {
  row: number;
  letter: string;
  header: string;
  field: SheetField;
  kind: CorrectionKind;
  written: string;
  read: string;
}

/** First digits of an ID number as the officer needs them to find the fault; the last four are never shown. */
const maskId = (text: string) => (text.length > 8 ? `${text.slice(0, -4)}****` : text);
const maskPhone = (text: string) => (text.length > 6 ? `${text.slice(0, -4)}****` : text);

const clip = (text: string, length: number) => (text.length > length ? `${text.slice(0, length)}…` : text);

export function shown(field: SheetField, text: string): string {
  const short = clip(text, 40);
  if (short.trim() === '') return '（空）';
  if (field === 'idNo') return maskId(short.trim());
  return field === 'phone' ? maskPhone(short.trim()) : short;
}

/** Gathers the faults and corrections of one row. */
export class RowNotes {
  readonly faults: Fault[] = [];
  readonly corrections: Correction[] = [];
  readonly raw: RawRow;

  constructor(raw: RawRow) {
    this.raw = raw;
  }

  /** A fault at a field's cell; of a field without a column, at the field's title. Returns null, which is what the field then says. */
  fault(field: SheetField, code: FaultCode, params: FaultParams = {}, suggestion?: Suggestion): null {
    this.faults.push(makeFault(this.raw, field, code, params, suggestion));
    return null;
  }

  correct(field: SheetField, kind: CorrectionKind, read: string): void {
    const { cell, letter, header } = at(this.raw, field);
    this.corrections.push({ row: this.raw.row, letter, header, field, kind, written: shown(field, cell.text), read: shown(field, read) });
  }

  get good(): boolean {
    return !this.faults.some(({ severity }) => severity === 'error');
  }

  /** Whether something is wrong at one of these fields, so that what follows from them cannot be judged. */
  doubts(...fields: SheetField[]): boolean {
    return this.faults.some(({ field, severity }) => severity === 'error' && fields.includes(field));
  }
}

const at = ({ cells, columns }: RawRow, field: SheetField): Placed =>
  cells.get(field) ?? { cell: { text: '' }, ...(columns.get(field) ?? { letter: '', header: fieldTitle(field) }) };

function makeFault(raw: RawRow, field: SheetField, code: FaultCode, params: FaultParams, suggestion?: Suggestion): Fault {
  const { cell, letter, header } = at(raw, field);
  const { severity, problem, fix } = faultWords[code];
  const clipped = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, typeof value === 'string' ? clip(value, 200) : value]),
  );
  const [what, how] = [problem(clipped), fix(clipped)];
  return {
    row: raw.row,
    letter,
    header,
    field,
    severity,
    code,
    written: shown(field, cell.text),
    problem: what,
    fix: how,
    message: `第 ${raw.row} 行“${header}”：${what}。${how}${/[？?]$/.test(how) ? '' : '。'}`,
    ...(suggestion && { suggestion }),
  };
}

/** Errors counted by the heading that their kind has. */
export function groupsOf(faults: readonly Fault[]): { group: string; count: number; codes: string[] }[] {
  const groups = new Map<string, { count: number; codes: Set<string> }>();
  for (const { code, severity } of faults) {
    if (severity !== 'error') continue;
    const { group } = faultWords[code];
    const one = groups.get(group) ?? { count: 0, codes: new Set() };
    groups.set(group, { count: one.count + 1, codes: one.codes.add(code) });
  }
  return [...groups].map(([group, { count, codes }]) => ({ group, count, codes: [...codes] }));
}
