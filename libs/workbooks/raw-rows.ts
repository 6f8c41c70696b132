import type { Cell } from './cell.ts';
import { headerKey, unusedFields, type SheetField, type SheetKind } from './fields.ts';
import type { Mapping } from './headers.ts';
import { columnWithMerges, type Sheet, type SheetRow } from './read-workbook.ts';
import type { Placed, RawRow } from './verdict.ts';

const UNIT_FIELDS: readonly SheetField[] = ['county', 'street', 'community'];
const FOOT = /^(?:合计|总计|小计|共计|填表|制表|审核|复核|单位负责人|负责人|联系人|注[:：]|备注[:：]|说明[:：]|填报)/;
/** A line with neither of the columns that tell a row, and no more than this, is none. */
const STRAY_CELLS = 2;
/** A text merged over more columns than this is a line of its own. */
const WIDE = 3;

/** The rows below the header (of a roster: its people), read by the mapping. `skipped`: lines that are none, such as totals, signatures and repeated headers. */
export function rawRows(kind: SheetKind, sheet: Sheet, mapping: Mapping): { rows: RawRow[]; skipped: number[] } {
  const used = mapping.columns.filter(({ field }) => field !== null && !unusedFields.includes(field));
  const columns = new Map(used.map(({ field, letter, header }) => [field!, { letter, header }]));
  const merged = new Map(
    used.filter(({ field }) => UNIT_FIELDS.includes(field!)).map(({ column }) => [column, columnWithMerges(sheet, column)]),
  );
  const named = mapping.columns.find(({ field }) => field === kind.likely);
  // Printed rosters repeat the header on each page.
  const isHeader = ({ cells }: SheetRow) =>
    named !== undefined && headerKey(cells.get(named.column)?.text ?? '') === headerKey(named.header.split(' / ').at(-1)!);
  const rows: RawRow[] = [];
  const skipped: number[] = [];
  for (const row of sheet.rows) {
    if (row.no <= mapping.headerBottom) continue;
    const cells = new Map<SheetField, Placed>();
    for (const { column, field, letter, header } of used) {
      const cell = merged.get(column)?.get(row.no) ?? row.cells.get(column);
      if (cell && !isBlank(cell)) cells.set(field!, { cell, letter, header });
    }
    if (cells.size === 0) continue;
    const line = sheet.merges.some((range) => range.top === row.no && range.right - range.left >= WIDE && row.cells.has(range.left));
    if (isHeader(row) || !isRow(kind, cells, row.cells, line)) skipped.push(row.no);
    else rows.push({ row: row.no, hidden: row.hidden, cells, columns });
  }
  return { rows, skipped };
}

const isBlank = (cell: Cell) => cell.text.trim() === '' && cell.formula === undefined && !cell.error;

function isRow(
  { certain, likely }: SheetKind,
  cells: ReadonlyMap<SheetField, Placed>,
  whole: ReadonlyMap<number, Cell>,
  line: boolean,
): boolean {
  if (cells.has(certain)) return true;
  if (line) return false;
  if ([...whole.values()].some(({ text }) => FOOT.test(text.trim()))) return false;
  const own = [...cells].filter(([, { cell }]) => !cell.merged).length;
  return cells.has(likely) || own > STRAY_CELLS;
}
