import ExcelJS from 'exceljs';
import { Prisma } from '../../prisma/generated/client.ts';
import { reachOfBatches, within } from '../campaigns/standing.ts';
import { toldBy } from '../desk/list-parts.ts';
import type { By, DeskRoom } from '../desk/room.ts';
import { excellentPlaces } from '../domain/appraisal/cap.ts';
import { appraisalResult, ratingNow } from '../domain/appraisal/result.ts';
import { sources } from '../domain/appraisal/rules.ts';
import { unratedTitles } from '../domain/appraisal/unrated.ts';
import { ratingTitles } from '../domain/person-words.ts';
import { formatScore } from '../domain/recruitment/score.ts';
import { isRefusal, refuse, type Refusal } from '../domain/refusal.ts';
import { fieldTitle } from '../workbooks/fields.ts';
import { looksLikeFormula } from '../workbooks/row-values.ts';
import { rulesOf } from './keep-results.ts';
import { myPart } from './my-part.ts';
import { scoreSheet } from './score-sheet.ts';

type Row = (string | number | null)[];

/** A plain list: a title over a header, texts that no spreadsheet runs. */
async function listOf(
  name: string,
  title: string,
  header: readonly string[],
  rows: readonly Row[],
  foot: readonly string[] = [],
): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet(name, { views: [{ state: 'frozen', xSplit: 0, ySplit: 2 }] });
  sheet.mergeCells(1, 1, 1, header.length);
  Object.assign(sheet.getCell(1, 1), { value: title, font: { bold: true, size: 16 }, alignment: { horizontal: 'center' } });
  sheet.addRow([...header]).font = { bold: true };
  const safe = (cell: Row[number]) => (typeof cell === 'string' && looksLikeFormula(cell) ? `'${cell}` : cell);
  for (const row of rows) sheet.addRow(row.map(safe));
  for (const line of foot) sheet.addRow([line]);
  sheet.columns.forEach((column, i) => (column.width = Math.max(10, (header[i]?.length ?? 0) * 2 + 4)));
  return Buffer.from(await book.xlsx.writeBuffer());
}

/** 测评汇总表 of the actor's part, to be filled in. Refuses as `checkScores`. */
export const scoresTemplate = (room: DeskRoom, about: Pick<By, 'actor'> & { batchId: string }): Promise<Buffer | Refusal> =>
  room.db.$transaction(async (tx) => {
    const mine = await myPart(tx, room, about);
    if (isRefusal(mine)) return mine;
    const { year } = await rulesOf(tx, about.batchId);
    const units = await tx.$queryRaw<{ caseId: string; community: string }[]>`
      SELECT i.case_id AS "caseId", u.name AS community FROM batch_item i JOIN unit u ON u.code = i.community WHERE i.batch_id = ${about.batchId}::uuid`;
    const communityOf = new Map(units.map(({ caseId, community }) => [caseId, community]));
    const rows = mine.map(({ caseId, staffNo, name }, i): Row => [i + 1, communityOf.get(caseId) ?? '', staffNo, name]);
    return listOf('测评汇总表', `${year} 年度考核测评汇总表`, scoreSheet.fields.map(fieldTitle), rows);
  });

interface Line {
  street: string;
  community: string;
  no: string;
  name: string;
  result: unknown;
  told: Record<string, Record<string, unknown>>;
  outcome: string | null;
}

/** 年度考核汇总表: everybody within the actor's units with evaluations, total and rating, and how many 优秀 each street has and may have. */
export async function yearRegister(room: DeskRoom, { batchId, actor }: Pick<By, 'actor'> & { batchId: string }): Promise<Buffer | Refusal> {
  const { db } = room;
  const batch = await db.case.findUnique({ where: { id: batchId }, select: { process: true, title: true } });
  if (!batch || room.catalogue[batch.process]?.people !== 'rating') return refuse('NotFound', { what: '这个年度考核' });
  const paths = reachOfBatches(actor);
  const lines = await db.$queryRaw<Line[]>`
    SELECT (SELECT name FROM unit WHERE code = i.street) AS street, u.name AS community, i.no, coalesce(p.name, i.name) AS name, i.result, c.outcome, ${toldBy(Prisma.sql`i.case_id`)} AS told
    FROM batch_item i JOIN "case" c ON c.id = i.case_id JOIN unit u ON u.code = i.community LEFT JOIN person p ON p.id = i.person_id
    WHERE i.batch_id = ${batchId}::uuid AND ${within(paths)} ORDER BY i.street, i.community, i.no`;
  if (lines.length === 0) return refuse('NotYourCase');
  const { rules } = await db.$transaction((tx) => rulesOf(tx, batchId));
  const people = lines.map((line) => {
    const result = appraisalResult.safeParse(line.result).data ?? null;
    return { ...line, result, rating: line.outcome === 'left' ? null : ratingNow(result, line.told) };
  });
  const rows = people.map(({ street, community, no, name, result, rating, outcome }, i): Row => [
    i + 1,
    street,
    community,
    no,
    name,
    ...sources.flatMap((source): Row => {
      const given = result?.evaluations[source];
      return given ? [formatScore(given.score), given.raters] : [null, null];
    }),
    typeof result?.total === 'number' ? formatScore(result.total) : null,
    rating ? ratingTitles[rating] : null,
    outcome === 'left' ? '离岗' : result?.unrated ? unratedTitles[result.unrated] : null,
  ]);
  const streets = [...new Set(people.map(({ street }) => street))].map((street) => {
    const rated = people.filter((one) => one.street === street && one.rating && one.rating !== 'unrated');
    const best = rated.filter(({ rating }) => rating === 'excellent').length;
    return `${street}：参加定等 ${rated.length} 人，优秀 ${best} 人，名额 ${excellentPlaces(rated.length, rules.cap)} 人（${rules.cap.percent}%）`;
  });
  const header = [
    '序号',
    '街道（乡镇）',
    '社区',
    '工号',
    '姓名',
    '街道评价',
    '人数',
    '居民评议',
    '人数',
    '社区测评',
    '人数',
    '总分',
    '等次',
    '备注',
  ];
  return listOf('汇总表', `${batch.title}汇总表`, header, rows, streets);
}
