import { cellReference, columnLetter } from './cell.ts';
import type { Styles } from './marked-styles.ts';
import { looksLikeFormula } from './row-values.ts';
import { encodeText, XmlReader } from './xml.ts';

/** What is to be marked in a sheet: cells (by row, then column) and one text a row for the column of results. */
export interface Marks {
  cells: ReadonlyMap<number, ReadonlySet<number>>;
  results: ReadonlyMap<number, string>;
  resultColumn: number;
}

interface CellXml {
  column: number;
  xml: string;
}

/** Strings of the workbook by number, to find those that a spreadsheet would run. */
export type SharedText = (index: number) => string;

/**
 * A sheet with its marks. Formulas become their results, and a text that would run as one gets an apostrophe, in every sheet, marked or not;
 * all else stays as it is.
 */
export function rewriteSheet(xml: string, shared: SharedText, styles: Styles | null, marks: Marks | null): string {
  const reader = new XmlReader(xml);
  const parts: string[] = [];
  let copied = 0;
  let prefix = '';
  let rowNo = 0;
  while (reader.next()) {
    const { name, kind, start, end } = reader;
    if (name === 'worksheet' && kind === 'open') prefix = reader.prefix;
    // A hint at the used range, which would now be wrong; it may be left out.
    if (name === 'dimension' && kind !== 'close' && marks) {
      parts.push(xml.slice(copied, start));
      copied = kind === 'empty' ? end : skipTo(reader, 'dimension');
    }
    if (name !== 'row' || kind === 'close') continue;
    const attributes = reader.attributes();
    rowNo = Number(attributes['r'] ?? rowNo + 1);
    if (kind === 'empty' && !marks?.results.has(rowNo)) continue;
    const tag = xml.slice(start, end);
    const cells = kind === 'empty' ? [] : readCells(reader, rowNo, shared, prefix);
    parts.push(xml.slice(copied, start), writeRow({ tag, cells, rowNo, prefix }, styles, marks));
    copied = reader.end;
  }
  return parts.join('') + xml.slice(copied);
}

function skipTo(reader: XmlReader, name: string): number {
  while (reader.inside(name));
  return reader.end;
}

/** The cells of a row up to its closing tag, formulas replaced by their results. */
function readCells(reader: XmlReader, rowNo: number, shared: SharedText, prefix: string): CellXml[] {
  const cells: CellXml[] = [];
  let column = 0;
  while (reader.inside('row')) {
    if (reader.name !== 'c' || reader.kind === 'close') continue;
    const { r, s = '0', t = 'n' } = reader.attributes();
    column = (r === undefined ? undefined : cellReference(r)?.column) ?? column + 1;
    const start = reader.start;
    if (reader.kind === 'empty') {
      cells.push({ column, xml: reader.xml.slice(start, reader.end) });
      continue;
    }
    const { text, formula } = readContent(reader, t, shared);
    const whole = reader.xml.slice(start, reader.end);
    const harmful = text !== null && looksLikeFormula(text.normalize('NFKC').trim());
    if (harmful) cells.push({ column, xml: textCell(prefix, rowNo, column, Number(s), `'${text}`) });
    else cells.push({ column, xml: formula ? whole.slice(0, formula.start - start) + whole.slice(formula.end - start) : whole });
  }
  return cells;
}

/** What a cell says as text, null for numbers, and where its formula stands. Ends behind the cell. */
function readContent(
  reader: XmlReader,
  type: string,
  shared: SharedText,
): { text: string | null; formula: { start: number; end: number } | null } {
  let formula: { start: number; end: number } | null = null;
  let text: string | null = null;
  while (reader.inside('c')) {
    if (reader.kind === 'close') continue;
    if (reader.name === 'f') {
      const start = reader.start;
      formula = { start, end: reader.kind === 'empty' ? reader.end : skipTo(reader, 'f') };
    } else if ((reader.name === 'v' || reader.name === 't') && reader.kind === 'open') {
      const inline = reader.name === 't';
      reader.keepText = true;
      reader.next();
      reader.keepText = false;
      if (inline) text = (text ?? '') + reader.text;
      else if (type === 's') text = shared(Number(reader.text));
      else if (type === 'str') text = reader.text;
    }
  }
  return { text, formula };
}

export function textCell(prefix: string, row: number, column: number, style: number, text: string): string {
  const inner = `<${prefix}is><${prefix}t xml:space="preserve">${encodeText(text)}</${prefix}t></${prefix}is>`;
  return `<${prefix}c r="${columnLetter(column)}${row}" s="${style}" t="inlineStr">${inner}</${prefix}c>`;
}

function writeRow(
  row: { tag: string; cells: CellXml[]; rowNo: number; prefix: string },
  styles: Styles | null,
  marks: Marks | null,
): string {
  const { tag, rowNo, prefix } = row;
  let cells = row.cells;
  if (styles && marks) {
    const faulty = marks.cells.get(rowNo) ?? new Set<number>();
    const result = marks.results.get(rowNo);
    cells = cells
      .filter(({ column }) => column !== marks.resultColumn)
      .map(({ column, xml }) => ({ column, xml: restyled(xml, faulty.has(column) ? styles.marked : styles.unmarked) }));
    for (const column of faulty) {
      if (!cells.some((cell) => cell.column === column))
        cells.push({ column, xml: `<${prefix}c r="${columnLetter(column)}${rowNo}" s="${styles.marked(0)}"/>` });
    }
    if (result !== undefined) cells.push({ column: marks.resultColumn, xml: textCell(prefix, rowNo, marks.resultColumn, 0, result) });
    cells.sort((a, b) => a.column - b.column);
  }
  const open = (marks ? tag.replace(/\sspans="[^"]*"/, '') : tag).replace(/\s*\/>$/, '>');
  return `${open}${cells.map(({ xml }) => xml).join('')}</${prefix}row>`;
}

function restyled(cell: string, twin: (style: number) => number): string {
  const end = cell.indexOf('>');
  const tag = cell.slice(0, end);
  const before = Number(/\ss="(\d+)"/.exec(tag)?.[1] ?? 0);
  const after = twin(before);
  if (after === before) return cell;
  const empty = tag.endsWith('/') ? '/' : '';
  const bare = tag.replace(/\ss="\d*"/, '').replace(/\/$/, '');
  return `${bare} s="${after}"${empty}${cell.slice(end)}`;
}
