import ExcelJS from 'exceljs';
import { isRefusal } from '../domain/refusal.ts';
import { mark } from '../workbooks/mark.ts';
import { packageOf, row } from './package.fixture.ts';
import { readWorkbook } from '../workbooks/read-workbook.ts';
import { evaluated, HEADER, idNumber, line, testdata, verdictOf, workbookOf, type Layout, type Line } from './roster.fixture.ts';

async function marked(bytes: Uint8Array): Promise<Buffer> {
  const { workbook, mapping, rows } = await evaluated(bytes);
  return mark(
    workbook,
    mapping,
    rows.flatMap(({ notes }) => notes.faults),
    '测试.xlsx：共几行。',
  );
}

async function opened(bytes: Buffer): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(bytes as unknown as ExcelJS.Buffer);
  return workbook;
}
const made = (people: readonly Line[], layout: Layout = {}) => workbookOf(people, layout);
const isRed = (cell: ExcelJS.Cell) => cell.fill?.type === 'pattern' && cell.fill.fgColor?.argb === 'FFFFC7C3';
/** Addresses of the red cells of a sheet. */
function redCells(sheet: ExcelJS.Worksheet): string[] {
  const found: string[] = [];
  sheet.eachRow((each) => each.eachCell({ includeEmpty: true }, (cell) => void (isRed(cell) && found.push(cell.address))));
  return found;
}

const faulty = [line(2), line(4, { name: null, idNo: '123' }), line(6, { 'rating:2025': '良好', phone: '12' }), line(8)];

describe('the same workbook back', () => {
  test('exactly the faulty cells are red, an empty one too; the last column and the notes say why', async () => {
    const workbook = await opened(await marked(await made(faulty)));
    const sheet = workbook.worksheets[0]!;
    expect(redCells(sheet)).toEqual(['E4', 'I4', 'Q5']);
    expect(sheet.getCell('R2').value).toBe('校验结果');
    expect(sheet.getCell('R3').value).toBeNull();
    expect(sheet.getCell('R4').value).toBe(
      '错误“姓名”：姓名没有填。补上姓名。错误“身份证号”：身份证号应为 18 位，这里是 3 位。对照身份证补全。',
    );
    expect(sheet.getCell('R5').text).toContain('需核对“联系电话”');
    expect(workbook.worksheets.map(({ name }) => name)).toEqual(['花名册', '校验说明']);
    expect(workbook.worksheets[1]!.getCell('A1').value).toBe('测试.xlsx：共几行。');
    expect([1, 2, 3, 4].map((column) => workbook.worksheets[1]!.getCell(4, column).value)).toEqual(['错误', '4', 'E 姓名', '（空）']);
  });

  test('all else is as it was: values, styles, widths, merged cells, lists to choose from, other sheets', async () => {
    const bytes = await made(faulty, {
      change: (sheet, workbook) => {
        sheet.getColumn(5).width = 33;
        sheet.getCell('E3').font = { bold: true, name: '宋体' };
        sheet.getCell('I4').border = { top: { style: 'thin' } };
        sheet.getCell('F3').dataValidation = { type: 'list', formulae: ['"男,女"'] };
        workbook.addWorksheet('备注页').addRow(['不要动我', 42]);
      },
    });
    const [before, after] = [await opened(bytes), await opened(await marked(bytes))];
    const [was, is] = [before.worksheets[0]!, after.worksheets[0]!];
    was.eachRow((each, n) =>
      each.eachCell((cell, column) => expect([cell.address, is.getCell(n, column).value]).toEqual([cell.address, cell.value])),
    );
    expect(is.getColumn(5).width).toBe(33);
    expect(is.getCell('E3').font).toEqual(was.getCell('E3').font);
    expect(is.getCell('I4').border).toEqual(was.getCell('I4').border);
    expect(is.getCell('F3').dataValidation).toEqual(was.getCell('F3').dataValidation);
    expect(is.getCell('A1').isMerged).toBe(true);
    expect(after.getWorksheet('备注页')!.getRow(1).values).toEqual(before.getWorksheet('备注页')!.getRow(1).values);
  });

  test('nothing in it runs, on any sheet', async () => {
    const bytes = await made(
      [line(2, { sex: { formula: 'IF(1,"女","")', result: '女' }, name: '=HYPERLINK("http://example.org","点我")' })],
      {
        change: (_, workbook) => {
          const other = workbook.addWorksheet('别的');
          other.addRow(['+cmd|calc', { formula: 'WEBSERVICE("http://example.org")', result: 'x' }, '@SUM(A1)', 5, '-', '正常']);
        },
      },
    );
    const workbook = await opened(await marked(bytes));
    const formulas: string[] = [];
    for (const sheet of workbook.worksheets)
      sheet.eachRow((each) => each.eachCell((cell) => void (cell.formula && formulas.push(cell.address))));
    expect(formulas).toEqual([]);
    expect(workbook.worksheets[0]!.getCell('E3').value).toBe(`'=HYPERLINK("http://example.org","点我")`);
    expect(workbook.worksheets[0]!.getCell('F3').value).toBe('女');
    expect((workbook.worksheets[1]!.getRow(1).values as unknown[]).slice(1)).toEqual(["'+cmd|calc", 'x', "'@SUM(A1)", 5, '-', '正常']);
  });

  test('mended and marked again, it is red only where it is still wrong, and has one column of results', async () => {
    const workbook = await opened(await marked(await made(faulty)));
    const sheet = workbook.worksheets[0]!;
    sheet.getCell('E4').value = '冉文';
    sheet.getCell('Q5').value = '合格';
    const again = await opened(await marked(Buffer.from(await workbook.xlsx.writeBuffer())));
    expect(redCells(again.worksheets[0]!)).toEqual(['I4']);
    expect(again.worksheets[0]!.getCell('R4').text).toBe('错误“身份证号”：身份证号应为 18 位，这里是 3 位。对照身份证补全。');
    expect(again.worksheets[0]!.getCell('S2').value).toBeNull();
    const sheetOf = (each: ExcelJS.Workbook) => each.worksheets.map(({ name }) => name);
    expect(sheetOf(again)[0]).toBe('花名册');
    sheet.getCell('I4').value = idNumber(4);
    const mended = await evaluated(Buffer.from(await workbook.xlsx.writeBuffer()));
    expect(mended.rows.map(verdictOf)).toEqual(['ok', 'ok', 'ok', 'ok']);
  });

  test('of another maker: prefixed elements, no styles of its own', async () => {
    const fields = ['name', 'idNo', 'community', 'postTitle', 'joinedOn'];
    const person = (changes: Line) => row(...fields.map((field) => String(line(2, changes)[field] ?? '')));
    const bytes = await packageOf({
      rows: row(...fields.map((field) => HEADER[field]!)) + person({}) + person({ idNo: '123' }),
      prefix: 'x:',
    });
    const { workbook, mapping, rows } = await evaluated(bytes);
    const out = await mark(
      workbook,
      mapping,
      rows.flatMap(({ notes }) => notes.faults),
      '一',
    );
    const back = await readWorkbook(out);
    if (isRefusal(back)) throw new Error(back.refused);
    expect(back.sheets.map(({ name }) => name)).toEqual(['花名册', '校验说明']);
    expect(back.sheets[0]!.rows[2]!.cells.get(6)?.text).toContain('身份证号应为 18 位');
    expect((await evaluated(out)).rows.map(verdictOf)).toEqual(rows.map(verdictOf));
  });

  test('the messy roster comes back with each of its faults marked, and reads the same', async () => {
    const bytes = testdata('roster-messy.xlsx');
    const { rows } = await evaluated(bytes);
    const sheet = (await opened(await marked(bytes))).worksheets[0]!;
    const expected = rows.flatMap(({ notes }) =>
      notes.faults.filter(({ severity }) => severity === 'error').map((one) => `${one.letter}${one.row}`),
    );
    expect(redCells(sheet).sort()).toEqual([...new Set(expected)].sort());
  });
});
