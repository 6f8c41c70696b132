import type ExcelJS from 'exceljs';
import { chooseSheet, type Chosen } from '../workbooks/choose-sheet.ts';
import { isRefusal, refusalText } from '../domain/refusal.ts';
import { rosterSheet, type SheetField } from '../workbooks/fields.ts';
import type { MappingChange } from '../workbooks/headers.ts';
import { readWorkbook } from '../workbooks/read-workbook.ts';
import { evaluated, HEADER, line, verdictOf, workbookOf, type Layout, type Line } from './roster.fixture.ts';

async function chosen(bytes: Uint8Array, change: MappingChange = {}, learned = new Map<string, SheetField>()): Promise<Chosen> {
  const workbook = await readWorkbook(bytes);
  const found = isRefusal(workbook) ? workbook : chooseSheet(rosterSheet, workbook, learned, change);
  if (isRefusal(found)) throw new Error(refusalText(found));
  return found;
}
const fields = ({ mapping }: Chosen) => Object.fromEntries(mapping.columns.map(({ header, field }) => [header, field]));
const lines = [line(1), line(2)];
const made = (layout: Layout = {}, people: readonly Line[] = lines) => workbookOf(people, layout);

describe('the columns of a roster', () => {
  test('stand in any order', async () => {
    const shuffled = Object.fromEntries(Object.entries(HEADER).sort(([a], [b]) => (a < b ? 1 : -1)));
    const found = await evaluated(await made({ header: shuffled }));
    expect(found.problems).toEqual([]);
    expect(found.rows.map(verdictOf)).toEqual(['ok', 'ok']);
  });

  test('are spelt as each county spells them', async () => {
    const header = {
      county: '所属区县',
      street: '镇（街）',
      community: '所在社区（全称）',
      name: '姓　名',
      sex: '性 别',
      ethnicity: '族别',
      bornOn: '出生日期（yyyy-mm-dd）',
      idNo: '公民身份号码*',
      politicalStatus: '政治面目',
      education: '文化程度',
      certificate: '社工证等级',
      postTitle: '岗位：',
      joinedOn: '到社区工作时间',
      phone: '手机号码（必填）',
      email: 'E-mail',
      'rating:2025': '考核结果(2025年)',
      note: '备注',
    };
    const found = await evaluated(await made({ header }));
    expect(Object.values(fields(found))).toEqual(Object.keys(header));
    expect(found.rows.map(verdictOf)).toEqual(['ok', 'ok']);
  });

  test('ratings are found for any year', async () => {
    const years = {
      'rating:2019': '2019年度考核',
      'rating:2023': '２０２３年考核等次',
      'rating:2024': '年度考核结果（2024）',
      'rating:2025': '2025年考评',
    };
    const found = await chosen(await made({ header: { ...HEADER, ...years } }));
    expect(fields(found)).toMatchObject(Object.fromEntries(Object.entries(years).map(([field, header]) => [header, field])));
  });

  test('one that nobody knows is shown and left alone', async () => {
    const found = await evaluated(await made({ header: { ...HEADER, hobby: '特长' } }));
    expect(found.mapping.columns.at(-1)).toMatchObject({ header: '特长', field: null, sureness: 'none', letter: 'R' });
    expect(found.rows.map(verdictOf)).toEqual(['ok', 'ok']);
  });

  test('of 参加工作时间 and 参加社区工作时间 the latter counts; alone the former does, as likely', async () => {
    const { joinedOn: _, ...rest } = HEADER;
    const both = await chosen(await made({ header: { ...rest, work: '参加工作时间', joinedOn: '参加社区工作时间' } }));
    expect(fields(both)).toMatchObject({ 参加工作时间: null, 参加社区工作时间: 'joinedOn' });
    expect(both.problems).toEqual([]);
    expect(fields(await chosen(await made({ header: { ...rest, joinedOn: '参加工作时间' } })))).toMatchObject({ 参加工作时间: 'joinedOn' });
  });

  test('a missing column and a field twice are problems, and no row is judged', async () => {
    const { postTitle: _, ...rest } = HEADER;
    const missing = await evaluated(await made({ header: rest }));
    expect(missing.problems).toEqual([{ code: 'column-missing', field: 'postTitle', letters: [] }]);
    expect(missing.rows).toEqual([]);
    const twice = await evaluated(await made({ header: { ...HEADER, again: '姓名' } }));
    expect(twice.problems).toEqual([{ code: 'column-twice', field: 'name', letters: ['E', 'R'] }]);
    expect(twice.rows).toEqual([]);
  });

  test('the officer’s word goes before what was found', async () => {
    const bytes = await made({ header: { ...HEADER, postTitle: '干啥的', again: '姓名' } });
    const change: MappingChange = { columns: { M: 'postTitle', R: null } };
    const found = await evaluated(bytes, { change });
    expect(found.problems).toEqual([]);
    expect(found.mapping.columns.filter(({ sureness }) => sureness === 'officer').map(({ letter, field }) => [letter, field])).toEqual([
      ['M', 'postTitle'],
      ['R', null],
    ]);
    expect(found.rows.map(verdictOf)).toEqual(['ok', 'ok']);
  });

  test('a spelling once taught is known from then on', async () => {
    const bytes = await made({ header: { ...HEADER, postTitle: '干啥的' } });
    expect((await chosen(bytes)).problems).toHaveLength(1);
    const taught = await chosen(bytes, {}, new Map([['干啥的', 'postTitle']]));
    expect(taught.problems).toEqual([]);
    expect(taught.mapping.columns[12]).toMatchObject({ field: 'postTitle', sureness: 'learned' });
  });
});

test('texts without end are no headers, and cost nothing', async () => {
  const monsters = ['（如'.repeat(10_000), '（必填'.repeat(10_000), '参加'.repeat(15_000), '2025'.repeat(8000)];
  const header = { ...HEADER, ...Object.fromEntries(monsters.map((text, n) => [`x${n}`, text])) };
  const found = await evaluated(await made({ header }, [line(2, { community: '不存在社区'.repeat(6000) })]));
  expect(found.mapping.columns.slice(-4).map(({ field }) => field)).toEqual([null, null, null, null]);
  expect(found.rows[0]!.notes.faults[0]!.message.length).toBeLessThan(400);
  expect(Math.max(...found.mapping.columns.map(({ header: text }) => text.length))).toBeLessThanOrEqual(120);
});

describe('where the header stands', () => {
  const above = (texts: string[][]) => (sheet: ExcelJS.Worksheet) => void sheet.insertRows(2, texts);

  test('below several lines of title, unit and date', async () => {
    const change = above([['填报单位：碧江区委组织部'], [], ['联系人', '张三', '电话', '0856-5220000']]);
    const found = await evaluated(await made({ change }));
    expect([found.mapping.headerTop, found.mapping.headerBottom]).toEqual([5, 5]);
    expect(found.rows.map(verdictOf)).toEqual(['ok', 'ok']);
  });

  test('in the first line, without a title', async () => {
    const found = await evaluated(await made({ change: (sheet) => sheet.spliceRows(1, 1) }));
    expect(found.mapping.headerTop).toBe(1);
    expect(found.rows.map(verdictOf)).toEqual(['ok', 'ok']);
  });

  test('in two lines, with groups merged over their columns', async () => {
    const header = { ...HEADER, 'rating:2024': '2024年', 'rating:2025': '2025年' };
    const people = lines.map((one) => ({ ...one, 'rating:2024': '优秀' }));
    const change = (sheet: ExcelJS.Worksheet) => {
      sheet.insertRow(2, []);
      for (const [from, to, text] of [
        [2, 4, '所在单位'],
        [17, 18, '年度考核结果'],
      ] as const) {
        sheet.getCell(2, from).value = text;
        sheet.mergeCells(2, from, 2, to);
      }
      for (const column of [1, 5, 6, 7, 8, 9]) {
        sheet.getCell(2, column).value = sheet.getCell(3, column).value;
        sheet.getCell(3, column).value = null;
        sheet.mergeCells(2, column, 3, column);
      }
    };
    const found = await evaluated(await made({ header, change }, people));
    expect([found.mapping.headerTop, found.mapping.headerBottom]).toEqual([2, 3]);
    expect(fields(found)).toMatchObject({
      '年度考核结果 / 2024年': 'rating:2024',
      '年度考核结果 / 2025年': 'rating:2025',
      姓名: 'name',
      '所在单位 / 社区': 'community',
    });
    expect(found.rows.map(verdictOf)).toEqual(['ok', 'ok']);
    expect(found.rows[0]?.draft.ratings?.map(({ year }) => year).sort()).toEqual([2024, 2025]);
  });

  test('where the officer says', async () => {
    const header = {
      ...HEADER,
      name: '甲',
      idNo: '乙',
      community: '丙',
      sex: '丁',
      postTitle: '戊',
      joinedOn: '己',
      county: '庚',
      street: '辛',
    };
    const columns = { B: 'county', C: 'street', D: 'community', E: 'name', F: 'sex', I: 'idNo', M: 'postTitle', N: 'joinedOn' } as const;
    const found = await evaluated(await made({ header }), { change: { headerBottom: 2, columns } });
    expect(found.rows.map(verdictOf)).toEqual(['ok', 'ok']);
  });
});

describe('which sheet', () => {
  const withSheets = made({
    sheet: '汇总',
    change: (_, workbook) => {
      workbook.addWorksheet('说明').addRow(['请填写姓名、身份证号']);
      const old = workbook.addWorksheet('去年', { state: 'hidden' });
      old.addRow(Object.values(HEADER));
      for (let n = 10; n < 20; n++) old.addRow(Object.keys(HEADER).map((field) => line(n)[field]));
      const half = workbook.addWorksheet('通讯录');
      half.addRow(['姓名', '性别', '社区', '联系电话']);
      half.addRow(['向文', '女', '北门社区', '19900000000']);
    },
  });

  test('the visible one whose header tells most; a hidden one only when the officer takes it', async () => {
    const found = await chosen(await withSheets);
    expect(found.mapping.sheet).toBe('汇总');
    expect(found.sheets).toEqual([
      { name: '汇总', hidden: false, rows: 4, headerRow: 2 },
      { name: '说明', hidden: false, rows: 1, headerRow: null },
      { name: '去年', hidden: true, rows: 11, headerRow: 1 },
      { name: '通讯录', hidden: false, rows: 2, headerRow: 1 },
    ]);
    expect((await evaluated(await withSheets, { change: { sheet: '去年' } })).rows).toHaveLength(10);
    await expect(chosen(await withSheets, { sheet: '前年' })).rejects.toThrow('前年');
  });
});
