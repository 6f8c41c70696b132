import { isRefusal, refuse, type Refusal } from '../domain/refusal.ts';
import { cellReference, isDateFormat, numberText, serialDate, type Cell } from './cell.ts';
import { openWorkbook, type Parts } from './open-workbook.ts';
import { decodeText, XmlError, XmlReader, type Attributes } from './xml.ts';

/** The widest and longest sheet that is read. Columns further right and merged ranges past the bound are left alone. */
export const sheetLimits = { rows: 20_000, columns: 256, sheets: 60, merges: 5000 };

export interface SheetRow {
  no: number;
  hidden: boolean;
  /** By column, 1 is A. Cells without content are absent. */
  cells: Map<number, Cell>;
}

/** A merged range, both corners included. */
export interface Range {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

export interface Sheet {
  name: string;
  hidden: boolean;
  /** The part of the package it stands in. */
  part: string;
  /** Rows with content, in order. */
  rows: SheetRow[];
  merges: Range[];
}

export interface Workbook {
  parts: Parts;
  sheets: Sheet[];
  date1904: boolean;
}

interface Shared {
  text: string;
  rich: boolean;
}
interface Context {
  shared: Shared[];
  dateStyles: boolean[];
  date1904: boolean;
}

/**
 * Reads a workbook of any maker. Written for this use instead of taking exceljs: a workbook of a few KB with one merged range over the
 * whole sheet fills all memory there, prefixed elements are not understood, and a fault workbook written by it loses what it does not know.
 */
export async function readWorkbook(bytes: Uint8Array): Promise<Workbook | Refusal> {
  const parts = await openWorkbook(bytes);
  if (isRefusal(parts)) return parts;
  try {
    return readParts(parts);
  } catch (error) {
    if (error instanceof XmlError || error instanceof RangeError) return refuse('WorkbookBroken');
    throw error;
  }
}

function readParts(parts: Parts): Workbook | Refusal {
  const book = partText(parts, workbookPart(parts));
  const { sheets: listed, date1904 } = readSheetList(book);
  const targets = relationships(parts, workbookPart(parts));
  const context: Context = {
    shared: readShared(partText(parts, targets.byType('sharedStrings') ?? 'xl/sharedStrings.xml')),
    dateStyles: readDateStyles(partText(parts, targets.byType('styles') ?? 'xl/styles.xml')),
    date1904,
  };
  const sheets: Sheet[] = [];
  for (const { name, id, hidden } of listed.slice(0, sheetLimits.sheets)) {
    const part = targets.byId(id);
    if (part === undefined || !parts.has(part)) continue;
    const read = readSheet(partText(parts, part), context);
    if (read === null) return refuse('WorkbookTooManyRows', { sheet: name, limit: sheetLimits.rows });
    sheets.push({ name, hidden, part, ...read });
  }
  return sheets.length === 0 ? refuse('WorkbookBroken') : { parts, sheets, date1904 };
}

/** The text of a part; UTF-8 unless a byte order mark says UTF-16. Absent parts are empty. */
export function partText(parts: Parts, name: string): string {
  const bytes = parts.get(name);
  if (!bytes) return '';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le', 2);
  return bytes.toString('utf8', bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0);
}

export const workbookPart = (parts: Parts): string =>
  [...parts.keys()].find((name) => /^xl\/workbook\d*\.xml$/.test(name)) ?? 'xl/workbook.xml';

export const relationshipsPart = (part: string): string => part.replace(/([^/]+)$/, '_rels/$1.rels');

/** Where the relationships of a part lead, inside the package only. */
export function relationships(parts: Parts, part: string) {
  const found: { id: string; type: string; target: string }[] = [];
  const reader = new XmlReader(partText(parts, relationshipsPart(part)));
  while (reader.next()) {
    if (reader.name !== 'Relationship' || reader.kind === 'close') continue;
    const { Id, Type = '', Target = '', TargetMode } = reader.attributes();
    if (Id === undefined || TargetMode === 'External') continue;
    found.push({ id: Id, type: Type.replace(/^.*\//, ''), target: resolve(part, Target) });
  }
  return {
    byId: (id: string) => found.find((one) => one.id === id)?.target,
    byType: (type: string) => found.find((one) => one.type === type)?.target,
  };
}

function resolve(from: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1);
  const path = from.split('/').slice(0, -1);
  for (const step of target.split('/')) {
    if (step === '..') path.pop();
    else if (step !== '.') path.push(step);
  }
  return path.join('/');
}

function readSheetList(book: string) {
  const sheets: { name: string; id: string; hidden: boolean }[] = [];
  let date1904 = false;
  const reader = new XmlReader(book);
  while (reader.next()) {
    if (reader.kind === 'close') continue;
    if (reader.name === 'workbookPr') date1904 = isTrue(reader.attributes()['date1904']);
    if (reader.name !== 'sheet') continue;
    const attributes = reader.attributes();
    const id = Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1] ?? '';
    sheets.push({ name: attributes['name'] ?? '', id, hidden: (attributes['state'] ?? 'visible') !== 'visible' });
  }
  return { sheets, date1904 };
}

const isTrue = (value: string | undefined) => value === '1' || value === 'true';

/** The strings that cells point at by number. */
export function readSharedTexts(parts: Parts): string[] {
  const part = relationships(parts, workbookPart(parts)).byType('sharedStrings') ?? 'xl/sharedStrings.xml';
  return readShared(partText(parts, part)).map(({ text }) => text);
}

function readShared(xml: string): Shared[] {
  const shared: Shared[] = [];
  const reader = new XmlReader(xml);
  while (reader.next()) {
    if (reader.name !== 'si') continue;
    if (reader.kind === 'empty') shared.push({ text: '', rich: false });
    else if (reader.kind === 'open') shared.push(readString(reader, 'si'));
  }
  return shared;
}

/** Runs of a string joined; phonetic hints (`rPh`) are no part of it. Ends after the closing tag of `until`. */
function readString(reader: XmlReader, until: string): Shared {
  let text = '';
  let runs = 0;
  let phonetic = 0;
  while (reader.inside(until)) {
    if (reader.name === 'rPh') phonetic += reader.kind === 'open' ? 1 : reader.kind === 'close' ? -1 : 0;
    if (reader.name === 'r' && reader.kind === 'open') runs += 1;
    if (reader.name === 't' && reader.kind === 'open') {
      const inner = readText(reader);
      if (phonetic === 0) text += inner;
    }
  }
  return { text, rich: runs > 0 };
}

/** The text up to the closing tag of the element that the reader has just opened. */
function readText(reader: XmlReader): string {
  reader.keepText = true;
  reader.next();
  reader.keepText = false;
  return reader.text;
}

function readDateStyles(xml: string): boolean[] {
  const codes = new Map<number, string>();
  const dates: boolean[] = [];
  let inCellFormats = false;
  const reader = new XmlReader(xml);
  while (reader.next()) {
    if (reader.name === 'cellXfs') inCellFormats = reader.kind === 'open';
    if (reader.kind === 'close') continue;
    if (reader.name === 'numFmt') {
      const { numFmtId, formatCode = '' } = reader.attributes();
      codes.set(Number(numFmtId), formatCode);
    } else if (reader.name === 'xf' && inCellFormats) {
      const id = Number(reader.attributes()['numFmtId'] ?? 0);
      dates.push(isDateFormat(id, codes.get(id)));
    }
  }
  return dates;
}

function readSheet(xml: string, context: Context): Pick<Sheet, 'rows' | 'merges'> | null {
  const rows: SheetRow[] = [];
  const merges: Range[] = [];
  const reader = new XmlReader(xml);
  let rowNo = 0;
  let whole = false;
  while (reader.next()) {
    if (reader.name === 'worksheet' || reader.name === 'chartsheet' || reader.name === 'dialogsheet') whole = reader.kind !== 'open';
    if (reader.name === 'row' && reader.kind === 'open') {
      const attributes = reader.attributes();
      rowNo = Number(attributes['r'] ?? rowNo + 1);
      const cells = readRow(reader, context);
      if (cells.size > 0 && rows.push({ no: rowNo, hidden: isTrue(attributes['hidden']), cells }) > sheetLimits.rows) return null;
    } else if (reader.name === 'row' && reader.kind === 'empty') {
      rowNo = Number(reader.attributes()['r'] ?? rowNo + 1);
    } else if (reader.name === 'mergeCell' && reader.kind !== 'close') {
      const range = readRange(reader.attributes()['ref'] ?? '');
      if (range && merges.length < sheetLimits.merges) merges.push(range);
    }
  }
  if (!whole) throw new XmlError('half a sheet');
  return { rows, merges };
}

function readRange(reference: string): Range | null {
  const [from, to] = reference.split(':').map(cellReference);
  return from && to ? { top: from.row, left: from.column, bottom: to.row, right: to.column } : null;
}

function readRow(reader: XmlReader, context: Context): Map<number, Cell> {
  const cells = new Map<number, Cell>();
  let column = 0;
  while (reader.inside('row')) {
    if (reader.name !== 'c' || reader.kind === 'close') continue;
    const attributes = reader.attributes();
    column = (attributes['r'] ? cellReference(attributes['r'])?.column : undefined) ?? column + 1;
    if (reader.kind === 'empty') continue;
    const cell = readCell(reader, attributes, context);
    if (cell && column <= sheetLimits.columns) cells.set(column, cell);
  }
  return cells;
}

function readCell(reader: XmlReader, attributes: Attributes, context: Context): Cell | null {
  let value: string | undefined;
  let formula: string | undefined;
  let inline: Shared | undefined;
  while (reader.inside('c')) {
    if (reader.name === 'f' && reader.kind !== 'close') formula = reader.kind === 'open' ? readText(reader) : '';
    else if (reader.name === 'v' && reader.kind === 'open') value = readText(reader);
    else if (reader.name === 'is' && reader.kind === 'open') inline = readString(reader, 'is');
  }
  const cell = cellOf(attributes, value, inline, context);
  // A formula that was never computed has no result: an empty text, which its column's rule refuses.
  if (formula !== undefined) return { ...(cell ?? { text: '' }), formula };
  return cell && (cell.text.trim() !== '' || cell.error) ? cell : null;
}

function cellOf({ t = 'n', s = '0' }: Attributes, value: string | undefined, inline: Shared | undefined, context: Context): Cell | null {
  if (t === 'inlineStr' || (inline && value === undefined))
    return inline ? { text: inline.text, ...(inline.rich && { rich: true }) } : null;
  if (value === undefined) return null;
  if (t === 's') {
    const shared = context.shared[Number(value)];
    return shared ? { text: shared.text, ...(shared.rich && { rich: true }) } : null;
  }
  if (t === 'str') return { text: value };
  if (t === 'b') return { text: value === '1' ? 'TRUE' : 'FALSE' };
  if (t === 'e') return { text: value, error: true };
  if (t === 'd') {
    const date = /^\d{4}-\d{2}-\d{2}/.exec(value)?.[0];
    return { text: date ?? value, ...(date && { date }) };
  }
  const number = Number(value);
  if (value.trim() === '' || Number.isNaN(number)) return { text: decodeText(value) };
  const date = context.dateStyles[Number(s)] ? serialDate(number, context.date1904) : null;
  return date ? { text: date, number, date } : { text: numberText(number), number };
}

/** The merged range that a cell lies in. */
export const rangeAt = (ranges: readonly Range[], row: number, column: number): Range | undefined =>
  ranges.find((one) => one.top <= row && row <= one.bottom && one.left <= column && column <= one.right);

/** A column's cells by row, a merged range's value in each of its rows: rosters merge the unit's name over its people. */
export function columnWithMerges(sheet: Sheet, column: number): Map<number, Cell> {
  const ranges = sheet.merges.filter((one) => one.left <= column && column <= one.right).sort((a, b) => a.top - b.top);
  const anchors = new Map(sheet.rows.map((row) => [row.no, row.cells]));
  const values = new Map<number, Cell>();
  let next = 0;
  let range: Range | undefined;
  for (const row of sheet.rows) {
    while (next < ranges.length && ranges[next]!.top <= row.no) range = ranges[next++];
    const own = row.cells.get(column);
    const anchor = !own && range && row.no <= range.bottom ? anchors.get(range.top)?.get(range.left) : undefined;
    if (own) values.set(row.no, own);
    else if (anchor) values.set(row.no, { ...anchor, merged: true });
  }
  return values;
}
