import ExcelJS from 'exceljs';
import { defaultRules } from '../domain/appraisal/rules.ts';
import { isRefusal } from '../domain/refusal.ts';
import { readScores, type Listed, type ReadScores } from './score-sheet.ts';

const HEADER = [
  '序号',
  '社区',
  '工号',
  '姓名',
  '街道评价得分',
  '街道评价人数',
  '居民评议得分',
  '居民评议人数',
  '社区测评得分',
  '社区测评人数',
  '请假天数',
  '跟岗单位意见',
];
type Cells = (string | number | null | { formula: string; result?: number })[];
const sound = (staffNo: string, name: string): Cells => [1, '北门社区', staffNo, name, 92.5, 12, '88', '60人', 90, 6, null, null];
const change = (at: number, value: Cells[number]): Cells => sound('E00001', '田一').map((cell, i) => (i === at ? value : cell));

const listed = (n: number, name: string, more: Partial<Listed> = {}): Listed => ({
  caseId: `case-${n}`,
  personId: `person-${n}`,
  staffNo: `E0000${n}`,
  name,
  roster: { status: 'formal', workedFrom: '2020-03-02', postTitle: '社区专职工作人员' },
  before: null,
  ...more,
});
const people = [
  listed(1, '田一'),
  listed(2, '田二'),
  listed(3, '田三', { roster: { status: 'probation', workedFrom: '2026-09-01', postTitle: '社区专职工作人员' } }),
];

async function workbookOf(rows: Cells[], header: string[] = HEADER): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('测评汇总表');
  sheet.addRow(['2026 年度考核测评汇总表']);
  sheet.addRow(header);
  for (const row of rows) sheet.addRow(row);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}
async function read(...rows: Cells[]): Promise<ReadScores> {
  const found = await readScores(await workbookOf(rows), { people, year: 2026, rules: defaultRules });
  if (isRefusal(found)) throw new Error(found.refused);
  return found;
}
const codes = ({ rows }: ReadScores) => rows.map(({ notes }) => notes.faults.map(({ code }) => code).join('+') || 'ok');

test('each line gets its total, and what the street says of it', async () => {
  const { rows } = await read(sound('E00001', '田一'), [2, '北门社区', 'e00002', '田二', 70, 10, 69.99, 50, 70, 3, 12, '跟岗期间表现良好']);
  expect(rows.map(({ scored }) => [scored!.listed.staffNo, scored!.result.total, scored!.result.proposed])).toEqual([
    ['E00001', 9020, 'excellent'], // 37.00 + 35.20 + 18.00
    ['E00002', 7000, 'competent'], // 69.996 is 70.00
  ]);
  expect(rows[1]!.scored!.given).toEqual({
    evaluations: { street: { score: 7000, raters: 10 }, residents: { score: 6999, raters: 50 }, community: { score: 7000, raters: 3 } },
    leaveDays: 12,
    hostOpinion: '跟岗期间表现良好',
  });
});

test.each<[string, Cells, string]>([
  ['no staff number', change(2, null), 'missing-staff-no'],
  ['somebody of another street', sound('E00009', '田九'), 'staff-not-listed'],
  ['another’s number', sound('E00001', '田二'), 'staff-other-name'],
  ['no score of the residents', change(6, null), 'evaluation-missing'],
  ['a score in words', change(4, '优秀'), 'evaluation-text'],
  ['a score with a third decimal', change(4, '92.555'), 'evaluation-decimals'],
  ['a score above a hundred', change(4, 101), 'evaluation-range'],
  ['no number of raters', change(7, null), 'raters-missing'],
  ['half a rater', change(7, 50.5), 'raters-unreadable'],
  ['one rater too few', change(7, 49), 'raters-few'],
  ['more days on leave than a year has', change(10, 367), 'leave-unreadable'],
  [
    'a score that a formula fetches from outside',
    change(4, { formula: 'WEBSERVICE("http://example.org")', result: 99 }),
    'formula-injection',
  ],
])('%s is refused', async (_, row, code) => {
  const found = await read(row);
  expect(codes(found)).toEqual([code]);
  expect(found.rows[0]!.scored).toBeNull();
});

test('the same person twice: the first line stands, the second names it', async () => {
  const found = await read(sound('E00001', '田一'), sound('E00001', '田一'));
  expect(codes(found)).toEqual(['ok', 'duplicate-staff']);
  expect(found.rows[1]!.notes.faults[0]!.problem).toContain('第 3 行');
});

test('whoever is not rated needs no score; one that is given is kept and counts for nothing', async () => {
  const empty = await read([3, '北门社区', 'E00003', '田三', null, null, null, null, null, null, null, null]);
  expect(codes(empty)).toEqual(['ok']);
  expect(empty.rows[0]!.scored!.result).toMatchObject({ unrated: 'probation', total: null, proposed: 'unrated' });
  const given = await read(sound('E00003', '田三'));
  expect(codes(given)).toEqual(['unrated-evaluated']);
  expect(given.rows[0]!.scored!.result).toMatchObject({ proposed: 'unrated', evaluations: { street: { score: 9250 } } });
  const leave = await read(change(10, 181));
  expect(leave.rows[0]!.scored!.result).toMatchObject({ unrated: 'longLeave', proposed: 'unrated' });
});

test('a total that corrects an earlier one says so', async () => {
  const before = (await read(sound('E00001', '田一'))).rows[0]!.scored!.result;
  const again = await readScores(await workbookOf([change(4, 80)]), {
    people: [listed(1, '田一', { before })],
    year: 2026,
    rules: defaultRules,
  });
  expect(isRefusal(again) ? [] : codes(again)).toEqual(['evaluation-corrects']);
  const same = await readScores(await workbookOf([sound('E00001', '田一')]), {
    people: [listed(1, '田一', { before })],
    year: 2026,
    rules: defaultRules,
  });
  expect(isRefusal(same) ? [] : codes(same)).toEqual(['ok']);
});

test('a sheet without staff numbers is no list of evaluations', async () => {
  const found = await readScores(
    await workbookOf(
      [sound('', '田一')],
      HEADER.map((title) => (title === '工号' ? '电话' : title)),
    ),
    { people, year: 2026, rules: defaultRules },
  );
  expect(isRefusal(found) ? found.refused : found.problems).toEqual([{ code: 'column-missing', field: 'staffNo', letters: [] }]);
});
