import ExcelJS from 'exceljs';
import type { Db } from '../db.ts';
import { dateOf, formatMoment, fromDateColumn } from '../domain/dates.ts';
import { formatMark, formatScore } from '../domain/recruitment/score.ts';
import { outReasonTitle, standingTitles, type Standing } from '../domain/recruitment/standing.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import type { Actor } from '../domain/roles.ts';
import { looksLikeFormula } from '../workbooks/row-values.ts';
import { roomFor, type Batch } from './batch.ts';
import { listedOf } from './papers.ts';

/** 名册. */
export const registers = { applicants: '报名名册', scores: '成绩册', interview: '面试名单', hires: '拟聘名册' } as const;
export type Register = keyof typeof registers;

type Cell = string | number | null;
interface Sheet {
  header: readonly string[];
  rows: Cell[][];
}

/** A register of a batch as a workbook, for one of its officers. ID numbers are masked in it; nothing in it runs as a formula. */
export async function registerOf(
  db: Db,
  { batchId, kind, actor, at }: { batchId: string; kind: Register; actor: Actor; at: Date },
): Promise<{ name: string; bytes: Buffer } | Refusal> {
  const batch = await roomFor(db, batchId, actor);
  if (isRefusal(batch)) return batch;
  const { header, rows } = await (kind === 'applicants' ? applicants(db, batch) : ofListed(db, batch, kind));
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet(registers[kind], { views: [{ state: 'frozen', ySplit: 2 }] });
  sheet.addRow([`${batch.title} ${registers[kind]}（${formatMoment(at)}）`]).font = { bold: true, size: 14 };
  sheet.mergeCells(1, 1, 1, header.length);
  sheet.addRow(header).font = { bold: true };
  for (const row of rows) sheet.addRow(row.map((cell) => (typeof cell === 'string' && looksLikeFormula(cell) ? `'${cell}` : cell)));
  for (let column = 1; column <= header.length; column++) sheet.getColumn(column).width = 16;
  return { name: `${registers[kind]}-${dateOf(at)}.xlsx`, bytes: Buffer.from(await workbook.xlsx.writeBuffer()) };
}

interface ApplicantRow {
  postCode: string;
  postTitle: string;
  name: string;
  sex: string;
  bornOn: Date;
  idNoMasked: string;
  politicalStatus: string | null;
  education: string;
  fullTime: boolean;
  school: string | null;
  major: string | null;
  phone: string;
  email: string;
  submittedAt: Date;
  importId: string | null;
  standing: Standing;
  outReason: string | null;
  ticketNo: string | null;
}

async function applicants(db: Db, { batchId }: Batch): Promise<Sheet> {
  const rows = await db.$queryRaw<ApplicantRow[]>`
    SELECT a.post_code AS "postCode", p.title AS "postTitle", c.name, c.sex, c.born_on AS "bornOn", c.id_no_masked AS "idNoMasked", c.political_status AS "politicalStatus", c.education,
      c.full_time AS "fullTime", c.school, c.major, c.phone, c.email, a.submitted_at AS "submittedAt", a.import_id AS "importId", a.standing, a.out_reason AS "outReason", a.ticket_no AS "ticketNo"
    FROM application a JOIN candidate c ON c.id = a.candidate_id JOIN recruitment_post p ON p.batch_id = a.batch_id AND p.code = a.post_code
    WHERE a.batch_id = ${batchId}::uuid ORDER BY p.no, a.submitted_at, a.import_row NULLS LAST, c.id_no_index`;
  return {
    header: [
      '序号',
      '岗位代码',
      '岗位名称',
      '姓名',
      '性别',
      '出生日期',
      '身份证号',
      '政治面貌',
      '学历',
      '是否全日制',
      '毕业院校',
      '所学专业',
      '联系电话',
      '电子邮箱',
      '报名时间',
      '报名方式',
      '进度',
      '原因',
      '准考证号',
    ],
    rows: rows.map((row, index) => [
      index + 1,
      row.postCode,
      row.postTitle,
      row.name,
      row.sex,
      fromDateColumn(row.bornOn),
      row.idNoMasked,
      row.politicalStatus,
      row.education,
      row.fullTime ? '是' : '否',
      row.school,
      row.major,
      row.phone,
      row.email,
      formatMoment(row.submittedAt),
      row.importId ? '导入' : '网上',
      standingTitles[row.standing],
      row.outReason && outReasonTitle(row.outReason),
      row.ticketNo,
    ]),
  };
}

/** Who stands on which list: everybody with a ticket, those in the interview and after it, those proposed. */
const onList: Record<Exclude<Register, 'applicants'>, readonly string[] | null> = {
  scores: null,
  interview: ['interview', 'proposed', 'hired'],
  hires: ['proposed', 'hired'],
};

async function ofListed(db: Db, { batchId }: Batch, kind: Exclude<Register, 'applicants'>): Promise<Sheet> {
  const wanted = onList[kind];
  const rows = (await listedOf(db, batchId)).filter(({ standing }) => wanted === null || wanted.includes(standing));
  return {
    header: ['序号', '岗位代码', '岗位名称', '用人单位', '准考证号', '姓名', '笔试成绩', '面试成绩', '总成绩', '名次', '进度'],
    rows: rows.map((row, index) => [
      index + 1,
      row.postCode,
      row.postTitle,
      row.unit,
      row.ticketNo,
      row.name,
      row.written && formatMark(row.written),
      row.interview && formatMark(row.interview),
      row.total === null ? null : formatScore(row.total),
      row.rank,
      standingTitles[row.standing as Standing],
    ]),
  };
}
