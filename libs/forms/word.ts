import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  Header,
  Packer,
  PageNumber,
  Paragraph,
  Tab,
  TabStopType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx';
import { formatDate } from '../domain/dates.ts';
import type { FormBlock, FormCell, OfficialForm } from '../domain/official-form.ts';
import type { Printed } from './printed.ts';

/** Twentieths of a point. A4 with the margins of an official form. */
const PAGE = { width: 11_906, height: 16_838, margin: 1_134 };
const INNER = PAGE.width - 2 * PAGE.margin;
/** The fonts that office computers have: 宋体 for the text, 小标宋 or 宋体 bold for titles. */
const FONT = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '宋体' };
const SIZE = { title: 36, text: 24, box: 21, small: 18 };
const BLACK = { style: BorderStyle.SINGLE, size: 4, color: '000000' };
const twoCharacters = { firstLine: 480 };

const run = (text: string, options: { size?: number; bold?: boolean } = {}): TextRun =>
  new TextRun({ text, font: FONT, size: options.size ?? SIZE.text, bold: options.bold ?? false });
/** Two texts on one line: one at the left edge and one at the right. */
const ends = (left: string, right: string, size = SIZE.text, width = INNER): Paragraph =>
  new Paragraph({
    tabStops: [{ type: TabStopType.RIGHT, position: width }],
    children: [run(left, { size }), new TextRun({ children: [new Tab()] }), run(right, { size })],
  });

/** An official form as a Word document on A4, to be signed and filed on paper. */
export function wordOf(form: OfficialForm, printed: Printed): Promise<Buffer> {
  const body = [
    new Paragraph({ alignment: AlignmentType.RIGHT, children: [run(`编号：${form.number}`, { size: SIZE.small })] }),
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { before: 120, after: 200 },
      children: [run(form.title, { size: SIZE.title, bold: true })],
    }),
    ...(form.head ? [ends(...form.head)] : []),
    ...form.blocks.flatMap(blockOf),
    ...(form.copies ? [new Paragraph({ spacing: { before: 80 }, children: [run(form.copies, { size: SIZE.small })] })] : []),
  ];
  return Packer.toBuffer(
    new Document({
      creator: '苗圃',
      title: form.title,
      sections: [
        {
          properties: {
            page: {
              size: { width: PAGE.width, height: PAGE.height },
              margin: { top: PAGE.margin, bottom: PAGE.margin, left: PAGE.margin, right: PAGE.margin },
            },
          },
          headers: printed.draft
            ? {
                default: new Header({
                  children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [run(printed.draft, { bold: true })] })],
                }),
              }
            : {},
          footers: { default: footerOf(printed) },
          children: body,
        },
      ],
    }),
  );
}

const footerOf = ({ left, right }: Printed): Footer =>
  new Footer({
    children: [
      new Paragraph({
        border: { top: BLACK },
        tabStops: [{ type: TabStopType.RIGHT, position: INNER }],
        children: [
          run(left, { size: 16 }),
          new TextRun({
            font: FONT,
            size: 16,
            children: [new Tab(), `${right}　第 `, PageNumber.CURRENT, ' 页，共 ', PageNumber.TOTAL_PAGES, ' 页'],
          }),
        ],
      }),
    ],
  });

function blockOf(block: FormBlock): (Paragraph | Table)[] {
  if ('grid' in block) return [gridOf(block.grid)];
  if ('letter' in block) {
    const { to, paragraphs, from, on } = block.letter;
    return [
      ...(to ? [new Paragraph({ spacing: { line: 420 }, children: [run(to)] })] : []),
      ...paragraphs.map((text) => new Paragraph({ indent: twoCharacters, spacing: { line: 420 }, children: [run(text)] })),
      new Paragraph({ alignment: AlignmentType.RIGHT, spacing: { before: 900, line: 420 }, children: [run(from)] }),
      new Paragraph({
        alignment: AlignmentType.RIGHT,
        spacing: { line: 420 },
        children: [run(on ? formatDate(on) : '　　年　　月　　日')],
      }),
    ];
  }
  const { title, paragraphs, signed } = block.receipt;
  return [
    new Paragraph({ spacing: { before: 700 }, border: { top: { style: BorderStyle.DASHED, size: 6, color: '000000' } }, children: [] }),
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { before: 120, after: 160 },
      children: [run(title, { bold: true, size: 28 })],
    }),
    ...paragraphs.map((text) => new Paragraph({ indent: twoCharacters, spacing: { line: 420 }, children: [run(text)] })),
    new Paragraph({ indent: twoCharacters, spacing: { before: 300, line: 420 }, children: [run(signed)] }),
  ];
}

function gridOf({ widths, rows }: { widths: readonly number[]; rows: FormCell[][] }): Table {
  const whole = widths.reduce((sum, width) => sum + width, 0);
  const columns = widths.map((width) => Math.round((width / whole) * INNER));
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: INNER, type: WidthType.DXA },
    columnWidths: columns,
    borders: { top: BLACK, bottom: BLACK, left: BLACK, right: BLACK, insideHorizontal: BLACK, insideVertical: BLACK },
    rows: rows.map((cells) => {
      let at = 0;
      return new TableRow({
        cantSplit: true,
        height: { value: 440, rule: 'atLeast' },
        children: cells.map((cell) => {
          const span = cell.span ?? 1;
          const width = columns.slice(at, at + span).reduce((sum, column) => sum + column, 0);
          at += span;
          return new TableCell({
            columnSpan: span,
            verticalAlign: VerticalAlignTable.CENTER,
            width: { size: width, type: WidthType.DXA },
            margins: { left: 100, right: 100, top: 40, bottom: 40 },
            children: contentOf(cell, width - 200),
          });
        }),
      });
    }),
  });
}

function contentOf(cell: FormCell, width: number): Paragraph[] {
  if ('label' in cell)
    return cell.label
      .split('\n')
      .map((line) => new Paragraph({ alignment: AlignmentType.CENTER, children: [run(line, { size: SIZE.box })] }));
  if ('text' in cell)
    return [
      new Paragraph({ alignment: cell.left ? AlignmentType.LEFT : AlignmentType.CENTER, children: [run(cell.text, { size: SIZE.box })] }),
    ];
  const { words, signed, on } = cell.opinion;
  return [
    new Paragraph({ indent: twoCharacters, children: [run(words, { size: SIZE.box })] }),
    new Paragraph({ children: [] }),
    signatureOf(signed, on ? formatDate(on) : '　年　月　日', width),
  ];
}

/** Who signs, with room for the ink, and the day at the right edge. */
const signatureOf = (signed: string, day: string, width: number): Paragraph =>
  new Paragraph({
    indent: { left: Math.round(width * 0.3) },
    tabStops: [{ type: TabStopType.RIGHT, position: width }],
    children: [run(signed, { size: SIZE.box }), new TextRun({ children: [new Tab()] }), run(day, { size: SIZE.box })],
  });
