import ExcelJS from 'exceljs';
import { addDays, addMonths } from '../../../../libs/domain/dates.ts';
import { today } from './town.ts';

const HEAD = 2;
const column = { county: 2, street: 3, community: 4, name: 5, post: 13, joinedOn: 14 } as const;
/** Whoever joined this year was not appraised before. */
const RATINGS = [17, 18];
export const COUNTY = '碧江区';
const OTHER = '万山区';

export interface RosterLine {
  name: string;
  county: string;
  street: string;
  community: string;
}

/**
 * The people of two counties from the city's roster, with other first days, counted from today: `many` of the first and three of the second are on
 * probation with their review open, everybody else joined long ago. All of them work where a secretary is on the roster too.
 */
export async function rosterOfToday(many: number): Promise<{ bytes: Uint8Array<ArrayBuffer>; rows: number; onProbation: RosterLine[] }> {
  const [book, ours] = [new ExcelJS.Workbook(), new ExcelJS.Workbook()];
  await book.xlsx.readFile('libs/roster/testdata/roster.xlsx');
  const sheet = book.worksheets[0]!;
  const target = ours.addWorksheet(sheet.name);
  target.addRow(sheet.getRow(1).values);
  target.addRow(sheet.getRow(HEAD).values);
  const text = (row: ExcelJS.Row, of: keyof typeof column) => row.getCell(column[of]).text;
  const rows = (sheet.getRows(HEAD + 1, sheet.rowCount - HEAD) ?? []).filter((row) => [COUNTY, OTHER].includes(text(row, 'county')));
  const led = new Set(
    rows.filter((row) => text(row, 'post').includes('党组织书记')).map((row) => `${text(row, 'street')}/${text(row, 'community')}`),
  );
  const onProbation: RosterLine[] = [];
  const left = new Map([
    [COUNTY, many],
    [OTHER, 3],
  ]);
  for (const row of rows) {
    const [county, street, community] = [text(row, 'county'), text(row, 'street'), text(row, 'community')];
    const may = text(row, 'post') === '社区专职工作人员' && led.has(`${street}/${community}`) && left.get(county)! > 0;
    if (may) {
      left.set(county, left.get(county)! - 1);
      onProbation.push({ name: text(row, 'name'), county, street, community });
      row.getCell(column.joinedOn).value = addMonths(addDays(today(), 10 + (onProbation.length % 15)), -6);
      for (const rating of RATINGS) row.getCell(rating).value = '';
    } else if (text(row, 'joinedOn') > addMonths(today(), -8)) row.getCell(column.joinedOn).value = addMonths(today(), -14);
    target.addRow(row.values);
  }
  return { bytes: new Uint8Array(await ours.xlsx.writeBuffer()), rows: rows.length, onProbation };
}
