import ExcelJS from 'exceljs';
import { addDays, type IsoDate } from '../../libs/domain/dates.ts';
import type { Unit } from '../../libs/domain/unit.ts';
import { nameDrawer, seeded } from './demo-names.ts';

// A batch of recruitment of invented people: post table, applicants and scores as offices make them. The same seed gives the same workbooks.

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/** A sound ID number of a county code that does not exist, by day of birth and number of the day. */
function idNumber(bornOn: IsoDate, serial: number): string {
  const digits = `520690${bornOn.replaceAll('-', '')}${String(serial).padStart(3, '0')}`;
  return digits + '10X98765432'[WEIGHTS.reduce((sum, weight, i) => sum + weight * Number(digits[i]), 0) % 11];
}

type Cells = Record<string, ExcelJS.CellValue>;
/** A workbook with a title, one line of header and these lines. */
export async function sheetOf(title: string, header: readonly string[], lines: readonly Cells[]): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  const page = workbook.addWorksheet(title);
  page.addRow([title]);
  page.mergeCells(1, 1, 1, header.length);
  page.addRow(header);
  for (const line of lines) page.addRow(header.map((column) => line[column] ?? null));
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

const postHeader = [
  '岗位代码',
  '岗位名称',
  '街道（乡镇）',
  '社区',
  '招聘人数',
  '选岗社区',
  '学历要求',
  '年龄上限',
  '户籍要求',
  '限中共党员',
  '其他条件',
];

/** A post table over the streets of a county; each third post is one community's, the others leave the choice to those hired. */
export function postLines(units: readonly Unit[], count: number, seed = 7): Cells[] {
  const draw = seeded(seed);
  const streets = units.filter(({ level, code }) => level === 'street' && units.some(({ parentCode }) => parentCode === code));
  return Array.from({ length: count }, (_, index) => {
    const street = streets[index % streets.length]!;
    const own = units.filter(({ parentCode }) => parentCode === street.code).slice(0, 3);
    const single = index % 3 === 2;
    const numbers = own.map(() => 1 + draw(3));
    return {
      岗位代码: `BJ${String(index + 1).padStart(3, '0')}`,
      岗位名称: single ? '社区党建岗' : '社区专职工作人员',
      '街道（乡镇）': street.name,
      社区: single ? own[0]!.name : null,
      招聘人数: single ? 2 : numbers.reduce((sum, number) => sum + number, 0),
      选岗社区: single ? null : own.map(({ name }, at) => `${name}${numbers[at]}`).join('、'),
      学历要求: single ? '大专' : null,
      限中共党员: single ? '是' : '否',
      户籍要求: index % 7 === 3 ? '本市' : '不限',
      其他条件: null,
    };
  });
}
export const postWorkbook = (lines: readonly Cells[]): Promise<Buffer> => sheetOf('岗位表', postHeader, lines);

const applicantHeader = [
  '序号',
  '报考岗位代码',
  '姓名',
  '性别',
  '民族',
  '出生日期',
  '身份证号',
  '政治面貌',
  '学历',
  '是否全日制',
  '毕业院校',
  '所学专业',
  '户籍所在地',
  '联系电话',
  '电子邮箱',
  '放宽条件',
];

/** So many applicants for these posts, each sound and eligible. */
export function applicantLines(posts: readonly Cells[], count: number, seed = 11): Cells[] {
  const draw = seeded(seed);
  const name = nameDrawer(seed + 1);
  return Array.from({ length: count }, (_, index) => {
    const bornOn = addDays('1990-01-01', (index * 13) % 5400);
    // one serial a day of birth, odd for men
    const serial = 100 + 2 * Math.floor(index / 5400) + draw(2);
    const post = posts[draw(posts.length)]!;
    return {
      序号: index + 1,
      报考岗位代码: post['岗位代码'] ?? null,
      姓名: name(),
      性别: serial % 2 === 1 ? '男' : '女',
      民族: ['汉族', '土家族', '苗族', '侗族'][draw(4)]!,
      出生日期: bornOn,
      身份证号: idNumber(bornOn, serial),
      政治面貌: post['限中共党员'] === '是' ? '中共党员' : ['中共党员', '共青团员', '群众'][draw(3)]!,
      学历: ['大专', '本科', '本科', '硕士'][draw(4)]!,
      是否全日制: draw(3) === 0 ? '否' : '是',
      毕业院校: '武陵学院',
      所学专业: ['社会工作', '行政管理', '汉语言文学', '计算机应用'][draw(4)]!,
      户籍所在地: '碧江区',
      联系电话: `199${String(index).padStart(8, '0')}`,
      电子邮箱: `c${index}@example.org`,
      放宽条件: null,
    };
  });
}
export const applicantWorkbook = (lines: readonly Cells[]): Promise<Buffer> => sheetOf('报名人员', applicantHeader, lines);

/** What offices do to a list of applicants: one mistake a line, with the code that it is told under. */
export function messyApplicants(lines: readonly Cells[]): { lines: Cells[]; expected: string[] } {
  const broken: [string, (line: Cells, first: Cells) => Cells][] = [
    ['no-such-post', (line) => ({ ...line, 报考岗位代码: 'XX999' })],
    ['missing-post-code', (line) => ({ ...line, 报考岗位代码: null })],
    ['missing-name', (line) => ({ ...line, 姓名: null })],
    ['id-checksum', (line) => ({ ...line, 身份证号: String(line['身份证号']).replace(/.$/, (end) => (end === '0' ? '1' : '0')) })],
    ['duplicate-id', (line, first) => ({ ...first, 报考岗位代码: line['报考岗位代码'] ?? null })],
    ['not-eligible', (line) => ({ ...line, 出生日期: '1970-03-05', 身份证号: idNumber('1970-03-05', 101), 性别: '男' })],
    ['unknown-education', (line) => ({ ...line, 学历: '某某学历' })],
    ['missing-phone', (line) => ({ ...line, 联系电话: null })],
    ['missing-email', (line) => ({ ...line, 电子邮箱: null })],
    ['unknown-exception', (line) => ({ ...line, 放宽条件: '劳动模范' })],
    ['yes-or-no', (line) => ({ ...line, 是否全日制: '也许' })],
    ['unknown-place', (line) => ({ ...line, 户籍所在地: '云上区' })],
  ];
  const first = lines[0]!;
  return {
    lines: lines.map((line, index) => (index === 0 ? line : (broken[index - 1]?.[1](line, first) ?? line))),
    expected: broken.map(([code]) => code),
  };
}

const scoreHeader = (paper: '笔试' | '面试') => ['准考证号', '姓名', `${paper}成绩`, '考官'];
/** A score for each ticket, to two decimals; each fortieth was absent. */
export function scoreLines(paper: '笔试' | '面试', sitters: readonly { ticketNo: string; name: string }[], seed = 3): Cells[] {
  const draw = seeded(seed);
  return sitters.map(({ ticketNo, name }, index) => ({
    准考证号: ticketNo,
    姓名: name,
    [`${paper}成绩`]: index % 40 === 39 ? '缺考' : 50 + draw(4800) / 100,
    考官: paper === '面试' ? `第${1 + (index % 3)}考场` : null,
  }));
}
export const scoreWorkbook = (paper: '笔试' | '面试', lines: readonly Cells[]): Promise<Buffer> =>
  sheetOf(`${paper}成绩`, scoreHeader(paper), lines);

/** What goes wrong with scores: one mistake a line from the second on, with its code. */
export function messyScores(paper: '笔试' | '面试', lines: readonly Cells[]): { lines: Cells[]; expected: string[] } {
  const score = `${paper}成绩`;
  const first = lines[0]!;
  const broken: [string, (line: Cells) => Cells][] = [
    ['missing-score', (line) => ({ ...line, [score]: null })],
    ['score-range', (line) => ({ ...line, [score]: 105 })],
    ['score-text', (line) => ({ ...line, [score]: '优' })],
    ['score-decimals', (line) => ({ ...line, [score]: '80.125' })],
    ['unknown-ticket', (line) => ({ ...line, 准考证号: '209900000000' })],
    ['missing-ticket', (line) => ({ ...line, 准考证号: null })],
    ['duplicate-ticket', (line) => ({ ...first, [score]: line[score] ?? null })],
    ['ticket-other-name', (line) => ({ ...line, 姓名: '某某某' })],
  ];
  return {
    lines: lines.map((line, index) => (index === 0 ? line : (broken[index - 1]?.[1](line) ?? line))),
    expected: broken.map(([code]) => code),
  };
}
