import ExcelJS from 'exceljs';
import { isRefusal } from '../domain/refusal.ts';
import { attempt, evaluated, line, verdictOf } from './roster.fixture.ts';
import { rosterTemplate } from './template.ts';

test('the empty template asks for people, and filled in it is understood column by column', async () => {
  const empty = await rosterTemplate('2026-11-24');
  const refused = await attempt(empty);
  expect(isRefusal(refused) && refused.refused).toBe('WorkbookNoRows');
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(empty as unknown as ExcelJS.Buffer);
  const sheet = workbook.getWorksheet('花名册')!;
  const fields = [
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
  ];
  fields.push('postTitle', 'joinedOn', 'phone', 'email', 'rating:2024', 'rating:2025');
  sheet.getRow(3).values = fields.map((field) => line(2)[field] ?? null);
  const filled = await evaluated(Buffer.from(await workbook.xlsx.writeBuffer()));
  expect(filled.mapping.columns.map(({ field }) => field)).toEqual(fields);
  expect(filled.mapping.columns.every(({ sureness }) => sureness === 'sure')).toBe(true);
  expect(filled.rows.map(verdictOf)).toEqual(['ok']);
  // ID numbers and dates stay text, however they are typed.
  expect(sheet.getColumn(9).numFmt).toBe('@');
});
