import ExcelJS from 'exceljs';
import { educations, certificates, politicalStatuses, postTitles, ratingTitles } from '../domain/person-words.ts';
import type { IsoDate } from '../domain/dates.ts';
import { yearOf } from '../domain/dates.ts';
import { columnLetter } from '../workbooks/cell.ts';
import { fieldTitle, isRequired, rosterSheet, type SheetField } from '../workbooks/fields.ts';

const FILLED_ROWS = 3000;
const TEXT_FIELDS: readonly SheetField[] = ['bornOn', 'idNo', 'joinedOn', 'phone'];
const RATINGS = Object.values(ratingTitles);

const HINTS: Partial<Record<SheetField, string>> = {
  county: '区划名称，如 碧江区',
  street: '区划名称，如 环北街道',
  community: '区划名称的全称，如 北门社区',
  name: '只填姓名，不加空格',
  bornOn: '1990-05-28，或 1990-05；须与身份证号一致',
  idNo: '18 位；列已设为文本，请勿改成数字',
  joinedOn: '2018-03-25，或 2018-03；不晚于导入当天，当时须满 16 周岁',
  phone: '11 位手机号',
};

function choices(field: SheetField): readonly string[] | undefined {
  if (field.startsWith('rating:')) return RATINGS;
  return { sex: ['男', '女'], politicalStatus: politicalStatuses, education: educations, certificate: certificates, postTitle: postTitles }[
    field as string
  ];
}

/** An empty roster with lists to choose from, and a sheet that says how to fill it in. Ratings are asked for the two years before `on`. */
export async function rosterTemplate(on: IsoDate): Promise<Buffer> {
  const year = yearOf(on);
  const fields: SheetField[] = [
    ...([
      'seq',
      'county',
      'street',
      'community',
      'name',
      'sex',
      'ethnicity',
      'bornOn',
      'idNo',
      'politicalStatus',
      'education',
      'certificate',
    ] as const),
    ...(['postTitle', 'joinedOn', 'phone', 'email'] as const),
    `rating:${year - 2}`,
    `rating:${year - 1}`,
  ];
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('花名册', { views: [{ state: 'frozen', xSplit: 0, ySplit: 2 }] });
  sheet.mergeCells(1, 1, 1, fields.length);
  Object.assign(sheet.getCell(1, 1), { value: '社区工作者花名册', font: { bold: true, size: 16 }, alignment: { horizontal: 'center' } });
  for (const [i, field] of fields.entries()) formatColumn(sheet, i + 1, field);
  const notes = workbook.addWorksheet('填写说明');
  notes.columns = [{ width: 20 }, { width: 10 }, { width: 70 }];
  notes.addRow(['列', '是否必填', '怎样填']).font = { bold: true };
  for (const field of fields.slice(1)) {
    notes.addRow([fieldTitle(field), isRequired(rosterSheet, field) ? '必填' : '', choices(field)?.join(' / ') ?? HINTS[field] ?? '']);
  }
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

function formatColumn(sheet: ExcelJS.Worksheet, column: number, field: SheetField): void {
  const cell = sheet.getCell(2, column);
  cell.value = fieldTitle(field) + (isRequired(rosterSheet, field) ? '（必填）' : '');
  cell.font = { bold: true };
  cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFF0F5FF' } };
  const { width, numFmt } = {
    width: field === 'idNo' || field === 'postTitle' ? 24 : 14,
    numFmt: TEXT_FIELDS.includes(field) ? '@' : 'General',
  };
  Object.assign(sheet.getColumn(column), { width, numFmt });
  const list = choices(field);
  // exceljs knows validations of a whole range only through the sheet's own list, which its types leave out.
  const validations = (sheet as unknown as { dataValidations: { add: (range: string, rule: object) => void } }).dataValidations;
  if (list) {
    const letter = columnLetter(column);
    validations.add(`${letter}3:${letter}${FILLED_ROWS}`, {
      type: 'list',
      allowBlank: true,
      formulae: [`"${list.join(',')}"`],
      showErrorMessage: false,
    });
  }
}
