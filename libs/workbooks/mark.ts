import { ZipFile } from 'yazl';
import { columnNumber } from './cell.ts';
import { rewriteSheet, textCell, type Marks } from './marked-sheet.ts';
import { openStyles } from './marked-styles.ts';
import type { Parts } from './open-workbook.ts';
import { partText, readSharedTexts, relationships, relationshipsPart, workbookPart, type Sheet, type Workbook } from './read-workbook.ts';
import { looksLikeFormula } from './row-values.ts';
import type { Fault } from './verdict.ts';
import { encodeText } from './xml.ts';

const RESULT_HEADER = '校验结果';
const NOTES_SHEET = '校验说明';
const NOTES_HEADER = ['类别', '行', '列', '表里写的', '问题', '怎样改'];
const TYPE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** What is told of a fault in the workbook that comes back. */
export type MarkedFault = Pick<Fault, 'row' | 'letter' | 'severity' | 'header' | 'written' | 'problem' | 'fix'>;

/** The name of a workbook that comes back marked. */
export const markedName = (fileName: string): string => `${fileName.replace(/(?:（标注）)?\.xlsx$/i, '')}（标注）.xlsx`;

/** Marks faults in a workbook. `head` is the first line of the notes. */
export async function mark(
  workbook: Workbook,
  where: { sheet: string; headerBottom: number },
  faults: readonly MarkedFault[],
  head: string,
): Promise<Buffer> {
  const parts: Parts = new Map(workbook.parts);
  const targets = relationships(parts, workbookPart(parts));
  const stylesPart = targets.byType('styles') ?? 'xl/styles.xml';
  const styles = openStyles(partText(parts, stylesPart));
  const shared = readSharedTexts(parts);
  const sharedText = (index: number) => shared[index] ?? '';
  for (const sheet of workbook.sheets) {
    const marked = sheet.name === where.sheet;
    const marks = marked ? marksOf(sheet, where.headerBottom, faults) : null;
    parts.set(sheet.part, Buffer.from(rewriteSheet(partText(parts, sheet.part), sharedText, marked ? styles : null, marks)));
  }
  if (!parts.has(stylesPart)) addPart(parts, stylesPart, 'styles', 'styles');
  parts.set(stylesPart, Buffer.from(styles.text()));
  putNotes(parts, workbook, notesXml(faults, head));
  dropFormulaParts(parts);
  return zipped(parts);
}

function marksOf(sheet: Sheet, headerBottom: number, faults: readonly MarkedFault[]): Marks {
  const cells = new Map<number, Set<number>>();
  const results = new Map<number, string>([[headerBottom, RESULT_HEADER]]);
  for (const { row, letter, severity, header, problem, fix } of faults) {
    if (severity === 'error' && letter !== '') cells.set(row, (cells.get(row) ?? new Set()).add(columnNumber(letter)));
    const line = `${severity === 'error' ? '错误' : '需核对'}“${header}”：${problem}。${fix}。`;
    results.set(row, results.has(row) ? `${results.get(row)}${line}` : line);
  }
  const header = sheet.rows.find(({ no }) => no === headerBottom)?.cells;
  const own = [...(header ?? [])].find(([, { text }]) => text === RESULT_HEADER)?.[0];
  const last = Math.max(0, ...sheet.rows.flatMap((row) => [...row.cells.keys()]));
  return { cells, results, resultColumn: own ?? last + 1 };
}

function notesXml(faults: readonly MarkedFault[], head: string): string {
  const rows = [
    [head],
    ['红色单元格有错误，改好后保存，整本重新上传即可；没有改的行可以先不导入。“需核对”的行核对无误可保留。'],
    NOTES_HEADER,
    ...faults.map(({ severity, row, letter, header, written, problem, fix }) => [
      severity === 'error' ? '错误' : '需核对',
      String(row),
      `${letter} ${header}`,
      written,
      problem,
      fix,
    ]),
  ];
  const widths = [9, 7, 20, 26, 44, 44].map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`);
  const lines = rows.map(
    (texts, i) =>
      `<row r="${i + 1}">${texts.map((text, c) => textCell('', i + 1, c + 1, 0, looksLikeFormula(text) ? `'${text}` : text)).join('')}</row>`,
  );
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cols>${widths.join('')}</cols><sheetData>${lines.join('')}</sheetData></worksheet>`;
}

/** The notes take the place of those of an earlier marking, or become the last sheet. */
function putNotes(parts: Parts, workbook: Workbook, xml: string): void {
  const own = workbook.sheets.find(({ name, rows }) => name.startsWith(NOTES_SHEET) && isNotes(rows));
  if (own) {
    parts.set(own.part, Buffer.from(xml));
    return;
  }
  let number = workbook.sheets.length + 1;
  while (parts.has(sheetPart(number))) number += 1;
  parts.set(sheetPart(number), Buffer.from(xml));
  const names = new Set(workbook.sheets.map(({ name }) => name));
  let name = NOTES_SHEET;
  for (let n = 2; names.has(name); n++) name = `${NOTES_SHEET}${n}`;
  const id = addPart(parts, sheetPart(number), 'worksheet', 'worksheet');
  const bookPart = workbookPart(parts);
  const book = partText(parts, bookPart);
  const sheetId = Math.max(0, ...[...book.matchAll(/\ssheetId="(\d+)"/g)].map(([, n]) => Number(n))) + 1;
  const close = /<\/((?:\w+:)?)sheets>/.exec(book);
  const prefix = close?.[1] ?? '';
  // The prefix as the workbook has it: some readers look for the very letters "r:id".
  const namespace = relationshipNamespace(book);
  const bound = new RegExp(`xmlns:(\\w+)="${namespace}"`).exec(book)?.[1];
  const reference = bound ? `${bound}:id="${id}"` : `xmlns:r="${namespace}" r:id="${id}"`;
  const entry = `<${prefix}sheet name="${encodeText(name)}" sheetId="${sheetId}" ${reference}/>`;
  parts.set(bookPart, Buffer.from(book.replace(close?.[0] ?? '', `${entry}${close?.[0] ?? ''}`)));
}

// Some readers know sheets only by this form of name.
const sheetPart = (number: number) => `xl/worksheets/sheet${number}.xml`;
const isNotes = (rows: Sheet['rows']) => rows.some(({ cells }) => NOTES_HEADER.every((text, i) => cells.get(i + 1)?.text === text));

/** Strict workbooks name the same relationships by another address. */
const relationshipNamespace = (xml: string) =>
  xml.includes('purl.oclc.org/ooxml') ? 'http://purl.oclc.org/ooxml/officeDocument/relationships' : TYPE;

/** Registers a part with the workbook; returns the relationship's id. */
function addPart(parts: Parts, part: string, type: string, content: string): string {
  const relations = relationshipsPart(workbookPart(parts));
  const id = `rIdMiaopu${type === 'worksheet' ? 1 : 2}`;
  const namespace = relationshipNamespace(partText(parts, workbookPart(parts)));
  const entry = `<Relationship xmlns="http://schemas.openxmlformats.org/package/2006/relationships" Id="${id}" Type="${namespace}/${type}" Target="${part.replace(/^xl\//, '')}"/>`;
  parts.set(relations, Buffer.from(partText(parts, relations).replace(/<\/(?:\w+:)?Relationships>\s*$/, (close) => entry + close)));
  const override = `<Override xmlns="http://schemas.openxmlformats.org/package/2006/content-types" PartName="/${part}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${content}+xml"/>`;
  const types = '[Content_Types].xml';
  parts.set(types, Buffer.from(partText(parts, types).replace(/<\/(?:\w+:)?Types>\s*$/, (close) => override + close)));
  return id;
}

/** The order of calculation and links to other workbooks lead nowhere once there are no formulas. */
function dropFormulaParts(parts: Parts): void {
  const book = workbookPart(parts);
  const relations = relationshipsPart(book);
  const dropped = [...parts.keys()].filter((name) => /^xl\/(?:calcChain\.xml|externalLinks\/)/.test(name));
  if (dropped.length === 0) return;
  for (const name of dropped) parts.delete(name);
  const without = (text: string, tag: string, test: RegExp) =>
    text.replace(new RegExp(`<(?:\\w+:)?${tag}\\b[^>]*/>`, 'g'), (one) => (test.test(one) ? '' : one));
  parts.set(relations, Buffer.from(without(partText(parts, relations), 'Relationship', /Type="[^"]*\/(?:calcChain|externalLink)"/)));
  const types = '[Content_Types].xml';
  parts.set(types, Buffer.from(without(partText(parts, types), 'Override', /PartName="\/xl\/(?:calcChain\.xml|externalLinks\/)/)));
  parts.set(book, Buffer.from(partText(parts, book).replace(/<((?:\w+:)?)externalReferences>.*?<\/\1externalReferences>/s, '')));
}

async function zipped(parts: Parts): Promise<Buffer> {
  const zip = new ZipFile();
  // Readers expect the list of content types first.
  const names = ['[Content_Types].xml', ...[...parts.keys()].filter((name) => name !== '[Content_Types].xml')];
  for (const name of names) zip.addBuffer(parts.get(name)!, name, { mtime: new Date(0), compress: true });
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
