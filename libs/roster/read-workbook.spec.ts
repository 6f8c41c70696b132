import { isRefusal, refusalText } from '../domain/refusal.ts';
import { isDateFormat, numberText, serialDate } from '../workbooks/cell.ts';
import { inline, packageOf, row, zipOf } from './package.fixture.ts';
import { readWorkbook, type Workbook } from '../workbooks/read-workbook.ts';
import { line, refusedAs, testdata, workbookOf } from './roster.fixture.ts';

async function read(bytes: Uint8Array): Promise<Workbook> {
  const workbook = await readWorkbook(bytes);
  if (isRefusal(workbook)) throw new Error(refusalText(workbook));
  return workbook;
}
/** The first sheet's cells as text, row by row. */
const texts = (workbook: Workbook) => workbook.sheets[0]!.rows.map(({ cells }) => [...cells.values()].map(({ text }) => text));
const cell = (workbook: Workbook, rowNo: number, column: number) =>
  workbook.sheets[0]!.rows.find(({ no }) => no === rowNo)?.cells.get(column);

const OLE = Buffer.from('D0CF11E0A1B11AE1', 'hex');
const MB = 1024 * 1024;

describe('a file that is no roster is refused by what it is, whatever its name', () => {
  test.each<[string, Buffer | Promise<Buffer>, string]>([
    ['an old .xls', Buffer.concat([OLE, Buffer.alloc(512), Buffer.from('Workbook', 'utf16le')]), 'WorkbookOldFormat'],
    [
      'a workbook with a password',
      Buffer.concat([OLE, Buffer.alloc(512), Buffer.from('EncryptedPackage', 'utf16le')]),
      'WorkbookEncrypted',
    ],
    ['a program renamed to .xlsx', Buffer.concat([Buffer.from('MZ\x90\x00'), Buffer.alloc(2000)]), 'WorkbookIsProgram'],
    ['a shell script', Buffer.from('#!/bin/sh\nrm -rf .\n'), 'WorkbookIsProgram'],
    ['a CSV file', Buffer.from('姓名,身份证号\n向文,520690199005280001\n'), 'WorkbookIsText'],
    ['a CSV file in GB18030', Buffer.from([0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0x31, 0x0a]), 'WorkbookIsText'],
    ['a web page called .xls', Buffer.from('<html><table><tr><td>姓名</td></tr></table></html>'), 'WorkbookOtherFormat'],
    ['a PDF', Buffer.from('%PDF-1.7\n'), 'WorkbookOtherFormat'],
    ['a photograph', Buffer.from('FFD8FFE000104A464946', 'hex'), 'WorkbookOtherFormat'],
    ['an empty file', Buffer.alloc(0), 'WorkbookEmpty'],
    ['100 MB', Buffer.alloc(100 * MB, 0x50), 'WorkbookTooLarge'],
    ['a zip of other things', zipOf({ 'readme.txt': 'x' }), 'WorkbookOtherFormat'],
    ['a Word document', zipOf({ '[Content_Types].xml': '<Types/>', 'word/document.xml': '<x/>' }), 'WorkbookOtherFormat'],
    [
      'an OpenDocument sheet',
      zipOf({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<x/>' }),
      'WorkbookOtherFormat',
    ],
    ['a binary workbook', zipOf({ '[Content_Types].xml': '<Types/>', 'xl/workbook.bin': 'x' }), 'WorkbookOtherFormat'],
    ['a workbook with macros', packageOf({ rows: '', extra: { 'xl/vbaProject.bin': 'x' } }), 'WorkbookHasMacros'],
    ['half a workbook', testdata('roster-messy.xlsx').subarray(0, 30_000), 'WorkbookBroken'],
    ['a workbook of broken XML', packageOf({ rows: '<row><c' }), 'WorkbookBroken'],
    [
      'a workbook with entities',
      packageOf({ rows: '', extra: { 'xl/sharedStrings.xml': '<!DOCTYPE x [<!ENTITY a "&b;&b;">]><sst/>' } }),
      'WorkbookBroken',
    ],
    ['a workbook without people', workbookOf([]), 'WorkbookNoRows'],
    ['a workbook without a header', packageOf({ rows: row('一', '二', '三') + row('1', '2', '3') }), 'WorkbookNoHeader'],
  ])('%s', async (_, bytes, code) => {
    expect(await refusedAs(await bytes)).toBe(code);
  });

  test('each refusal says what to do', async () => {
    for (const bytes of [OLE, Buffer.from('MZ'), Buffer.alloc(0), Buffer.from('%PDF')]) {
      const found = await readWorkbook(bytes);
      expect(isRefusal(found) && refusalText(found)).toMatch(/^.{6,}。.*请.*。$/s);
    }
  });
});

describe('bombs', () => {
  const sized = (size: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(size);
    return bytes;
  };
  /** A zip whose directory and headers tell another size of a part. */
  async function lying(real: number, told: number): Promise<Buffer> {
    const zip = await packageOf({ rows: '', extra: { 'xl/media/a.bin': Buffer.alloc(real) } });
    for (let at = zip.indexOf(sized(real)); at >= 0; at = zip.indexOf(sized(real), at + 4)) sized(told).copy(zip, at);
    return zip;
  }

  test('a part that says it unpacks to more than the limit is not unpacked', async () => {
    expect(await refusedAs(await lying(4321, 130 * MB))).toBe('WorkbookBomb');
  });

  test('a part that swells a thousandfold is refused below the limit too', async () => {
    const bomb = await packageOf({ rows: '', extra: { 'xl/media/a.bin': Buffer.alloc(12 * MB) } });
    expect(bomb.length).toBeLessThan(MB / 10);
    expect(await refusedAs(bomb)).toBe('WorkbookBomb');
  });

  test('a directory that lies about sizes ends where the lie does', async () => {
    expect(await refusedAs(await lying(12 * MB, 100))).toBe('WorkbookBroken');
  });

  test('very many entries', async () => {
    const many = Object.fromEntries(Array.from({ length: 2100 }, (_, i) => [`xl/media/${i}.xml`, '']));
    expect(await refusedAs(await zipOf(many))).toBe('WorkbookBomb');
  });

  test('a merged range over the whole sheet, a validation of all cells and a text without end cost nothing', async () => {
    const header = row('姓名', '身份证号', '社区', '职务', '参加社区工作时间');
    const after =
      '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells><dataValidations><dataValidation sqref="A1:XFD1048576"/></dataValidations>';
    const bytes = await packageOf({ rows: header + row('向文', 'x'), after });
    const before = process.memoryUsage().heapUsed;
    expect((await read(bytes)).sheets[0]!.merges).toHaveLength(1);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(50 * MB);
  });

  test('more rows than a city has people', async () => {
    const rows = Array.from({ length: 20_001 }, () => '<row><c><v>1</v></c></row>').join('');
    expect(await refusedAs(await packageOf({ rows }))).toBe('WorkbookTooManyRows');
    const blank = Array.from({ length: 60_000 }, () => '<row><c s="0"/></row>').join('');
    expect(await refusedAs(await packageOf({ rows: blank }))).toBe('WorkbookNoHeader');
  });
});

describe('cells as different makers write them', () => {
  test('prefixed elements, cells without addresses, text in place', async () => {
    const workbook = await read(await packageOf({ rows: row('甲', '乙') + `<row r="5">${inline('丙')}</row>`, prefix: 'x:' }));
    expect(texts(workbook)).toEqual([['甲', '乙'], ['丙']]);
    expect(workbook.sheets[0]!.rows.map(({ no }) => no)).toEqual([1, 5]);
  });

  test('shared strings: runs are joined, phonetic hints left out, escapes and entities read, CDATA too', async () => {
    const shared =
      '<si><r><t>冯</t></r><r><rPr><b/></rPr><t>海建</t></r></si><si><t>安&amp;明</t><rPh sb="0" eb="1"><t>an</t></rPh></si><si><t>甲_x000D_乙</t></si><si><t><![CDATA[<丙>]]></t></si><si/>';
    const rows = `<row>${[0, 1, 2, 3, 4].map((n) => `<c t="s"><v>${n}</v></c>`).join('')}</row>`;
    const workbook = await read(await packageOf({ rows, shared }));
    expect(texts(workbook)).toEqual([['冯海建', '安&明', '甲\r乙', '<丙>']]);
    expect(cell(workbook, 1, 1)?.rich).toBe(true);
    expect(cell(workbook, 1, 2)?.rich).toBeUndefined();
  });

  test('formulas give their results; errors, booleans and ISO dates are told as such', async () => {
    const rows =
      '<row><c t="str"><f>IF(1,"男","")</f><v>男</v></c><c><f>NOW()</f></c><c t="e"><v>#N/A</v></c><c t="b"><v>1</v></c><c t="d"><v>2018-03-25T00:00:00</v></c></row>';
    const workbook = await read(await packageOf({ rows }));
    expect([1, 2, 3, 4, 5].map((column) => cell(workbook, 1, column))).toEqual([
      { text: '男', formula: 'IF(1,"男","")' },
      { text: '', formula: 'NOW()' },
      { text: '#N/A', error: true },
      { text: 'TRUE' },
      { text: '2018-03-25', date: '2018-03-25' },
    ]);
  });

  test('a number is a date where its format says so, by built-in, Chinese and custom formats', async () => {
    const styles =
      '<numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/><numFmt numFmtId="177" formatCode="0.00&quot;day&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="31"/><xf numFmtId="176"/><xf numFmtId="177"/></cellXfs>';
    const rows = `<row>${[0, 1, 2, 3, 4].map((s) => `<c s="${s}"><v>43184</v></c>`).join('')}</row>`;
    const workbook = await read(await packageOf({ rows, styles }));
    expect([1, 2, 3, 4, 5].map((column) => cell(workbook, 1, column)?.date)).toEqual([
      undefined,
      '2018-03-25',
      '2018-03-25',
      '2018-03-25',
      undefined,
    ]);
  });

  test('a workbook of 1904 counts its days from there', async () => {
    const styles = '<cellXfs><xf numFmtId="14"/></cellXfs>';
    const workbook = await read(await packageOf({ rows: '<row><c><v>41722</v></c></row>', styles, book: '<workbookPr date1904="1"/>' }));
    expect(workbook.date1904).toBe(true);
    expect(cell(workbook, 1, 1)?.date).toBe('2018-03-25');
  });

  test('hidden rows and sheets are told, charts and other sheets without cells do no harm', async () => {
    const bytes = await workbookOf([line(1), line(2)], {
      change: (sheet, workbook) => {
        sheet.getRow(3).hidden = true;
        workbook.addWorksheet('旧表', { state: 'veryHidden' });
      },
    });
    const { sheets } = await read(bytes);
    expect(sheets.map(({ name, hidden }) => [name, hidden])).toEqual([
      ['花名册', false],
      ['旧表', true],
    ]);
    expect(sheets[0]!.rows.filter(({ hidden }) => hidden).map(({ no }) => no)).toEqual([3]);
  });
});

describe('numbers and formats', () => {
  test.each([
    [1, false, '1900-01-01'],
    [59, false, '1900-02-28'],
    [60, false, null],
    [61, false, '1900-03-01'],
    [43_184.75, false, '2018-03-25'],
    [0, false, null],
    [0, true, '1904-01-01'],
    [200_000, false, null],
  ])('serial %s (1904: %s) is %s', (serial, date1904, day) => {
    expect(serialDate(serial, date1904)).toBe(day);
  });

  test.each([
    [14, undefined, true],
    [0, undefined, false],
    [57, undefined, true],
    [164, 'yyyy-mm-dd', true],
    [164, 'm"月"d"日"', true],
    [164, '[$-804]yyyy"年"', true],
    [164, '[Red]0.00', false],
    [164, 'h:mm:ss', false],
    [164, '#,##0_);[Red]\\(#,##0\\)', false],
    [164, '@', false],
  ])('format %s %s', (id, code, date) => {
    expect(isDateFormat(id, code)).toBe(date);
  });

  test('a number is told without an exponent', () => {
    expect([numberText(19_900_000_000), numberText(5.20690198805143e17), numberText(2018.6), numberText(0.1 + 0.2)]).toEqual([
      '19900000000',
      '520690198805143000',
      '2018.6',
      '0.3',
    ]);
  });
});
