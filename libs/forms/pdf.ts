import { createRequire } from 'node:module';
import type { Content, Margins, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { formatDate } from '../domain/dates.ts';
import type { FormBlock, FormCell, OfficialForm } from '../domain/official-form.ts';
import type { Printed } from './printed.ts';

/** Points. A4 with the margins of an official form. */
const MARGIN = 60;
const INNER = 595.28 - 2 * MARGIN;
const SIZE = { title: 19, text: 12, box: 10.5, small: 9, foot: 8 };
const LINE = 0.7;
type Edges = Exclude<Margins, number | [number, number]>;
const edges = (left: number, top: number, right = left, bottom = 0): Edges => [left, top, right, bottom];
const fontFile = (name: string): string => createRequire(import.meta.url).resolve(`@expo-google-fonts/noto-serif-sc/${name}`);

/** An official form as PDF on A4. The fonts come with the product: nothing is fetched, and a name with a rare character prints. */
export async function pdfOf(form: OfficialForm, printed: Printed): Promise<Buffer> {
  const pdfmake = await printer();
  return pdfmake
    .createPdf({
      pageSize: 'A4',
      pageMargins: edges(MARGIN, 46, MARGIN, 50),
      info: { title: form.title, creator: '苗圃' },
      defaultStyle: { font: 'Song', fontSize: SIZE.text, lineHeight: 1.15 },
      ...(printed.draft && { header: { text: printed.draft, alignment: 'center', bold: true, margin: edges(0, 28, 0, 0) } }),
      footer: (page: number, pages: number) => footer(printed, page, pages),
      content: [
        { text: `编号：${form.number}`, alignment: 'right', fontSize: SIZE.small },
        { text: form.title, alignment: 'center', bold: true, fontSize: SIZE.title, margin: edges(0, 6, 0, 12) },
        ...(form.head ? [ends(...form.head, edges(0, 0, 0, 4))] : []),
        ...form.blocks.flatMap(blockOf),
        ...(form.copies ? [{ text: form.copies, fontSize: SIZE.small, margin: edges(0, 5, 0, 0) }] : []),
      ],
    })
    .getBuffer();
}

interface Printer {
  createPdf(document: TDocumentDefinitions): { getBuffer(): Promise<Buffer> };
}
let ready: Promise<Printer> | null = null;
/** Loaded at the first print: an API that prints nothing does not hold the fonts in memory. It may read the two font files, and fetch nothing. */
function printer(): Promise<Printer> {
  return (ready ??= (async () => {
    const { default: pdfmake } = await import('pdfmake');
    const [normal, bold] = [fontFile('400Regular/NotoSerifSC_400Regular.ttf'), fontFile('700Bold/NotoSerifSC_700Bold.ttf')];
    pdfmake.setFonts({ Song: { normal, bold } });
    pdfmake.setUrlAccessPolicy(() => false);
    pdfmake.setLocalAccessPolicy((file: string) => file === normal || file === bold);
    return pdfmake;
  })());
}

const ends = (left: string, right: string, margin: Edges): Content => ({
  columns: [
    { text: left, width: '*' },
    { text: right, width: 'auto', alignment: 'right' },
  ],
  margin,
});

const footer = ({ left, right }: Printed, page: number, pages: number): Content => ({
  margin: edges(MARGIN, 14, MARGIN, 0),
  stack: [
    { canvas: [{ type: 'line', x1: 0, y1: 0, x2: INNER, y2: 0, lineWidth: LINE }] },
    {
      fontSize: SIZE.foot,
      margin: edges(0, 4, 0, 0),
      columns: [
        { text: left, width: '*' },
        { text: `${right}　第 ${page} 页，共 ${pages} 页`, width: 'auto', alignment: 'right' },
      ],
    },
  ],
});

const paragraph = (text: string): Content => ({ text, leadingIndent: 2 * SIZE.text, lineHeight: 1.6 });

function blockOf(block: FormBlock): Content[] {
  if ('grid' in block) return [gridOf(block.grid)];
  if ('letter' in block) {
    const { to, paragraphs, from, on } = block.letter;
    return [
      ...(to ? [{ text: to, lineHeight: 1.6 }] : []),
      ...paragraphs.map(paragraph),
      { text: from, alignment: 'right', margin: edges(0, 44, 0, 0), lineHeight: 1.6 },
      { text: on ? formatDate(on) : '　　年　　月　　日', alignment: 'right', lineHeight: 1.6 },
    ];
  }
  const { title, paragraphs, signed } = block.receipt;
  return [
    {
      canvas: [{ type: 'line', x1: 0, y1: 0, x2: INNER, y2: 0, lineWidth: LINE, dash: { length: 4 } }],
      margin: edges(0, 40, 0, 0),
    },
    { text: title, alignment: 'center', bold: true, fontSize: 14, margin: edges(0, 8, 0, 8) },
    ...paragraphs.map(paragraph),
    { text: signed, leadingIndent: 2 * SIZE.text, margin: edges(0, 16, 0, 0) },
  ];
}

function gridOf({ widths, rows }: { widths: readonly number[]; rows: FormCell[][] }): Content {
  const whole = widths.reduce((sum, width) => sum + width, 0);
  const padding = 10;
  return {
    fontSize: SIZE.box,
    table: {
      dontBreakRows: true,
      widths: widths.map((width) => (width / whole) * (INNER - LINE) - padding - LINE),
      heights: 17,
      body: rows.map((cells) =>
        cells.flatMap((cell) => [
          boxOf(cell),
          // what a box covers beside itself stands in the row as empty
          ...Array.from({ length: (cell.span ?? 1) - 1 }, () => ''),
        ]),
      ),
    },
    layout: {
      hLineWidth: () => LINE,
      vLineWidth: () => LINE,
      paddingLeft: () => padding / 2,
      paddingRight: () => padding / 2,
      paddingTop: () => 3,
      paddingBottom: () => 2,
    },
  };
}

function boxOf(cell: FormCell): TableCell {
  const own = { colSpan: cell.span ?? 1, verticalAlignment: 'middle' as const };
  if ('label' in cell) return { ...own, text: cell.label, alignment: 'center' };
  if ('text' in cell) return { ...own, text: cell.text, alignment: cell.left ? 'left' : 'center' };
  const { words, signed, on } = cell.opinion;
  return {
    ...own,
    stack: [
      { text: words, leadingIndent: 2 * SIZE.box, lineHeight: 1.2 },
      {
        margin: edges(0, 8, 0, 0),
        columns: [
          { text: '', width: '28%' },
          { text: signed, width: '*' },
          { text: on ? formatDate(on) : '年　　月　　日', width: 'auto', alignment: 'right' },
        ],
      },
    ],
  };
}
