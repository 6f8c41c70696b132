import { readFileSync } from 'node:fs';
import ExcelJS from 'exceljs';
import { isRefusal, refusalText, type Refusal } from '../domain/refusal.ts';
import type { Actor } from '../domain/roles.ts';
import { childPath, type Unit } from '../domain/unit.ts';
import { readUnitTable } from '../units/units.ts';
import { evaluate, type Evaluated, type EvaluateInput } from './evaluate.ts';
import type { CheckedRow } from './rules.ts';

// For tests: Tongren's units, workbooks of invented people made on the spot, verdicts in the words of the list of expected ones.
export const testdata = (name: string): Buffer => readFileSync(`libs/roster/testdata/${name}`);

export function tongren(): Unit[] {
  const paths = new Map<string, string>([['', '']]);
  return readUnitTable(readFileSync('prisma/seed/data/tongren-divisions.csv', 'utf8')).map(({ code, name, level, parentCode }) => {
    const path = childPath(paths.get(parentCode) ?? '', code);
    paths.set(code, path);
    return { code, name, level, parentCode: parentCode || null, path };
  });
}

export const attempt = (bytes: Uint8Array, input: Partial<EvaluateInput> = {}): Promise<Evaluated | Refusal> =>
  evaluate({ bytes, change: {}, on: '2026-11-24', units: tongren(), withinPath: '5206/', synonyms: [], ...input });

export async function evaluated(bytes: Uint8Array, input: Partial<EvaluateInput> = {}): Promise<Evaluated> {
  const found = await attempt(bytes, input);
  if (isRefusal(found)) throw new Error(refusalText(found));
  return found;
}

/** The refusal's code, or "read". */
export async function refusedAs(bytes: Uint8Array): Promise<string> {
  const found = await attempt(bytes);
  return isRefusal(found) ? found.refused : 'read';
}

/** A row's verdict in the words of the list of expected ones; several faults are joined by "+". */
export function verdictOf({ notes: { faults, corrections } }: Pick<CheckedRow, 'notes'>): string {
  const errors = faults.filter(({ severity }) => severity === 'error').map(({ code }) => code);
  if (errors.length > 0) return `reject:${errors.join('+')}`;
  return corrections.length > 0 ? `ok:${corrections.map(({ kind }) => kind).join('+')}` : 'ok';
}

export const codesOf = (found: Evaluated): string[] => found.rows.flatMap(({ notes }) => notes.faults.map(({ code }) => code));

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/** A sound ID number of a place that does not exist: a woman's for even n, a man's for odd. */
export function idNumber(n: number, bornOn = '1990-05-28'): string {
  const digits = `520690${bornOn.replaceAll('-', '')}${String(n).padStart(3, '0')}`;
  return digits + '10X98765432'[WEIGHTS.reduce((sum, weight, i) => sum + weight * Number(digits[i]), 0) % 11];
}

export type Line = Record<string, ExcelJS.CellValue>;

/** A sound line of a roster, by field; women for even n. */
export const line = (n: number, changes: Line = {}): Line => ({
  seq: n,
  county: '碧江区',
  street: '环北街道',
  community: '北门社区',
  name: `向文${'甲乙丙丁戊己庚辛壬癸'[n % 10]}${'子丑寅卯辰巳午未申酉'[Math.floor(n / 10) % 10]}`,
  sex: n % 2 === 0 ? '女' : '男',
  ethnicity: '土家族',
  bornOn: '1990-05-28',
  idNo: idNumber(n),
  politicalStatus: '中共党员',
  education: '本科',
  certificate: '助理社会工作师',
  postTitle: '社区专职工作人员',
  joinedOn: '2018-03-25',
  phone: `199${String(n).padStart(8, '0')}`,
  email: `w${n}@example.org`,
  'rating:2025': '合格',
  ...changes,
});

/** The usual header of a roster, by field. */
export const HEADER: Record<string, string> = {
  seq: '序号',
  county: '区（县）',
  street: '街道（乡镇）',
  community: '社区',
  name: '姓名',
  sex: '性别',
  ethnicity: '民族',
  bornOn: '出生年月',
  idNo: '身份证号',
  politicalStatus: '政治面貌',
  education: '学历',
  certificate: '职业资格',
  postTitle: '现任职务',
  joinedOn: '参加社区工作时间',
  phone: '联系电话',
  email: '电子邮箱',
  'rating:2025': '2025年度考核',
};

export interface Layout {
  /** Header by field, in the order of the columns. */
  header?: Record<string, string>;
  title?: string;
  sheet?: string;
  change?: (sheet: ExcelJS.Worksheet, workbook: ExcelJS.Workbook) => void;
}

/** A workbook with a title, one line of header, and people. `change` may do to it what offices do. */
export async function workbookOf(
  lines: readonly Line[],
  { header = HEADER, title = '社区工作者花名册', sheet = '花名册', change }: Layout = {},
): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  const page = workbook.addWorksheet(sheet);
  const fields = Object.keys(header);
  page.addRow([title]);
  page.mergeCells(1, 1, 1, fields.length);
  page.addRow(Object.values(header));
  for (const one of lines) page.addRow(fields.map((field) => one[field] ?? null));
  change?.(page, workbook);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

/** An officer for acts in tests; `n` tells one from another. */
export const officer = (n = 1): Actor => ({
  accountId: `00000000-0000-4000-8000-00000000000${n}`,
  name: `龙静${n}`,
  personId: null,
  posts: [],
  standsInFor: [],
});
