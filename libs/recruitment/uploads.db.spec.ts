import { freshDatabase, type TestDatabase } from '../../test/support/database.ts';
import {
  applicantLines,
  applicantWorkbook,
  messyApplicants,
  messyScores,
  postLines,
  postWorkbook,
  scoreLines,
  scoreWorkbook,
} from '../../prisma/seed/recruitment-batch.ts';
import { seedReference } from '../../prisma/seed/reference.ts';
import { keys } from '../people/people.fixture.ts';
import { readWorkbook } from '../workbooks/read-workbook.ts';
import { announced, AT, batchIn, COUNTY, officerOf, roomOf, sure, unitsOfCounty } from './recruitment.fixture.ts';
import type { UploadKind } from './sheets.ts';
import { issueTickets } from './tickets.ts';
import { checkUpload, confirmUpload, markedUpload } from './uploads.ts';

let testing: TestDatabase;
const actor = officerOf(COUNTY, `5206/${COUNTY}/`);
const by = { actor, at: AT, origin: 'o' };
const check = async (batchId: string, kind: UploadKind, bytes: Uint8Array, who = by) =>
  checkUpload(roomOf(testing.db), keys, { ...who, batchId, kind, bytes, fileName: `${kind}.xlsx` });
const confirm = (id: string, more: { goodRowsOnly?: boolean; reason?: string } = {}) =>
  confirmUpload(roomOf(testing.db), keys, { ...by, id, goodRowsOnly: false, ...more });
const taken = async (batchId: string, kind: UploadKind, bytes: Uint8Array) =>
  sure(await confirm(sure(await check(batchId, kind, bytes)).id));
/** The error codes of each faulty row, in order. */
const codes = (found: { faults: { row: number; severity: string; code: string }[] }) => [
  ...new Map(found.faults.filter(({ severity }) => severity === 'error').map(({ row, code }) => [row, code])).values(),
];

beforeAll(async () => {
  testing = await freshDatabase();
  await seedReference(testing.db);
});
afterAll(() => testing.close());

const table = async (count = 12) => postLines(await unitsOfCounty(testing.db), count);

/** A batch with its posts, announced, with applicants who have tickets. */
async function examined(no: number, people: number) {
  const batchId = await batchIn(testing.db, no);
  const posts = await table();
  await taken(batchId, 'posts', await postWorkbook(posts));
  await announced(testing.db, batchId);
  const lines = applicantLines(posts, people, 100 + no);
  await taken(batchId, 'applicants', await applicantWorkbook(lines));
  await testing.db.application.updateMany({ where: { batchId }, data: { standing: 'qualified' } });
  await testing.db.$transaction((tx) => issueTickets(tx, batchId, AT));
  const sitters = await testing.db.$queryRaw<{ ticketNo: string; name: string; caseId: string }[]>`
    SELECT a.ticket_no AS "ticketNo", c.name, a.case_id AS "caseId" FROM application a JOIN candidate c ON c.id = a.candidate_id WHERE a.batch_id = ${batchId}::uuid ORDER BY 1`;
  return { batchId, posts, lines, sitters };
}

describe('the post table', () => {
  test('is replaced as a whole until the announcement, and stands from then on', async () => {
    const batchId = await batchIn(testing.db, 1);
    const posts = await table();
    expect(await taken(batchId, 'posts', await postWorkbook(posts))).toEqual({ added: 12, updated: 0, unchanged: 0, left: 0 });
    const fewer = posts.slice(0, 10).map((post, index) => (index === 0 ? { ...post, 岗位名称: '社区综合岗' } : post));
    expect(await taken(batchId, 'posts', await postWorkbook(fewer))).toMatchObject({ added: 0, updated: 1, unchanged: 9 });
    expect(await testing.db.recruitmentPost.count({ where: { batchId } })).toBe(10);
    expect(await testing.db.recruitmentBatch.findUnique({ where: { batchId } })).toMatchObject({ tableVersion: 2 });
    await announced(testing.db, batchId);
    expect(await check(batchId, 'posts', await postWorkbook(posts))).toMatchObject({ refused: 'PostTableFixed' });
  });

  test('a line is told what is wrong with it', async () => {
    const batchId = await batchIn(testing.db, 2);
    const [first, second, third, ...rest] = await table(6);
    const wrong = [
      { ...first, 招聘人数: '若干' },
      { ...second, 选岗社区: '没有的社区3' },
      { ...third, 岗位代码: null },
      { ...rest[0], 岗位代码: rest[1]!['岗位代码']! },
      rest[1]!,
      { ...rest[2], '街道（乡镇）': '官舟镇', 社区: null, 选岗社区: null },
    ];
    const found = sure(await check(batchId, 'posts', await postWorkbook(wrong)));
    expect(codes(found)).toEqual([
      'number-unreadable',
      'choices-unreadable',
      'missing-post-code',
      'duplicate-post-code',
      'not-in-your-units',
    ]);
    expect(await confirm(found.id)).toMatchObject({ refused: 'ImportHasFaults' });
    expect(await testing.db.recruitmentPost.count({ where: { batchId } })).toBe(0);
  });
});

describe('applicants', () => {
  test('each wrong line is told why, the workbook comes back marked, and the good ones are taken once', async () => {
    const batchId = await batchIn(testing.db, 3);
    const posts = await table();
    expect(await check(batchId, 'applicants', await applicantWorkbook([]))).toMatchObject({ refused: 'NotAnnounced' });
    await taken(batchId, 'posts', await postWorkbook(posts));
    await announced(testing.db, batchId);
    const { lines, expected } = messyApplicants(applicantLines(posts, 30));
    const bytes = await applicantWorkbook(lines);
    const found = sure(await check(batchId, 'applicants', bytes));
    expect(codes(found)).toEqual(expected);
    expect(found).toMatchObject({ rows: 30, refusedRows: expected.length, good: 30 - expected.length });
    expect(await testing.db.application.count({ where: { batchId } })).toBe(0);
    const marked = sure(await markedUpload(roomOf(testing.db), keys, { id: found.id, actor }));
    const sheet = sure(await readWorkbook(marked.bytes)).sheets[0]!;
    expect(sheet.rows.filter(({ cells }) => [...cells.values()].some(({ text }) => text.startsWith('错误')))).toHaveLength(expected.length);
    const result = { added: 30 - expected.length, updated: 0, unchanged: 0, left: expected.length };
    expect(await confirm(found.id, { goodRowsOnly: true })).toEqual(result);
    expect(await confirm(found.id, { goodRowsOnly: true })).toEqual(result);
    const again = sure(await check(batchId, 'applicants', bytes));
    expect(await confirm(again.id, { goodRowsOnly: true })).toMatchObject({ added: 0, updated: 0, unchanged: result.added });
    const kept = await testing.db.application.findMany({ where: { batchId } });
    expect(kept).toHaveLength(result.added);
    const chains = kept.map(({ caseId }) => `case:${caseId}`);
    expect(await testing.db.ledgerEntry.count({ where: { chain: { in: chains }, verb: 'case.start' } })).toBe(result.added);
  });

  test('a changed line changes the application until it is looked at, and nobody changes their post by it', async () => {
    const batchId = await batchIn(testing.db, 4);
    const posts = await table();
    await taken(batchId, 'posts', await postWorkbook(posts));
    await announced(testing.db, batchId);
    const lines = applicantLines(posts, 3, 77);
    await taken(batchId, 'applicants', await applicantWorkbook(lines));
    const school = lines.map((line) => ({ ...line, 毕业院校: '梵净学院' }));
    expect(await taken(batchId, 'applicants', await applicantWorkbook(school))).toMatchObject({ updated: 3 });
    await testing.db.application.updateMany({ where: { batchId, importRow: 3 }, data: { standing: 'qualified' } });
    const open = posts.filter((post) => post['限中共党员'] === '否' && post['户籍要求'] === '不限').map((post) => post['岗位代码']!);
    const other = open.find((code) => code !== lines[1]!['报考岗位代码'])!;
    const third = [lines[0]!, { ...lines[1], 报考岗位代码: other }];
    expect(codes(sure(await check(batchId, 'applicants', await applicantWorkbook(third))))).toEqual(['application-decided', 'other-post']);
  });

  test('no ID number stands in what is kept of an upload', async () => {
    const rows = await testing.db.$queryRaw<{ n: bigint }[]>`
      SELECT count(*) AS n FROM import_batch WHERE kind = 'applicants' AND (rows::text || faults::text || summary::text || mapping::text) ~ '520690[0-9]{11}[0-9X]'`;
    expect(rows[0]!.n).toBe(0n);
    expect(await testing.db.ledgerEntry.count({ where: { body: { contains: '520690' } } })).toBe(0);
  });
});

describe('scores', () => {
  test('each row has its verdict; the same again changes nothing; a correction says why and keeps the old one', async () => {
    const { batchId, sitters } = await examined(5, 60);
    const lines = scoreLines('笔试', sitters);
    const messy = messyScores('笔试', lines);
    const found = sure(await check(batchId, 'written', await scoreWorkbook('笔试', messy.lines)));
    expect(codes(found)).toEqual(messy.expected);
    // whoever is told of in no sound row: all of the wrong ones
    expect(found.missing).toHaveLength(messy.expected.length);
    const bytes = await scoreWorkbook('笔试', lines);
    expect(await taken(batchId, 'written', bytes)).toEqual({ added: 60, updated: 0, unchanged: 0, left: 0 });
    expect(await taken(batchId, 'written', bytes)).toEqual({ added: 0, updated: 0, unchanged: 60, left: 0 });
    const absent = await testing.db.score.findMany({ where: { batchId, value: null } });
    expect(absent).toHaveLength(1);

    const corrected = lines.map((line, index) => (index === 4 ? { ...line, 笔试成绩: 99.5 } : line));
    const change = sure(await check(batchId, 'written', await scoreWorkbook('笔试', corrected)));
    expect(await confirm(change.id)).toMatchObject({ refused: 'CorrectionNeedsReason' });
    expect(await confirm(change.id, { reason: '登分差错，复核更正' })).toMatchObject({ updated: 1, unchanged: 59 });
    const all = await testing.db.score.findMany({ where: { caseId: sitters[4]!.caseId }, orderBy: { id: 'asc' } });
    expect(all.map(({ value, replaces, reason }) => [value, replaces, reason])).toEqual([
      [Math.round(Number(lines[4]!['笔试成绩']) * 100), null, null],
      [9950, all[0]!.id, '登分差错，复核更正'],
    ]);
    await expect(testing.db.score.update({ where: { id: all[0]!.id }, data: { value: 1 } })).rejects.toThrow(/not rewritten/);
    await expect(testing.db.score.delete({ where: { id: all[0]!.id } })).rejects.toThrow(/not rewritten/);
  });

  test('two officers who confirm at once write each score once', async () => {
    const { batchId, sitters } = await examined(6, 20);
    const bytes = await scoreWorkbook('笔试', scoreLines('笔试', sitters));
    const [one, two] = [sure(await check(batchId, 'written', bytes)), sure(await check(batchId, 'written', bytes))];
    const results = await Promise.all([confirm(one.id), confirm(two.id)]);
    expect(results.map((result) => sure(result).added).sort()).toEqual([0, 20]);
    expect(await testing.db.score.count({ where: { batchId } })).toBe(20);
  });

  test('an interview score is for those admitted alone, and nobody scores before there are tickets', async () => {
    const { batchId, sitters } = await examined(7, 4);
    await testing.db.application.updateMany({
      where: { caseId: { in: sitters.slice(0, 2).map(({ caseId }) => caseId) } },
      data: { standing: 'interview' },
    });
    const found = sure(await check(batchId, 'interview', await scoreWorkbook('面试', scoreLines('面试', sitters))));
    expect(codes(found)).toEqual(['not-in-exam', 'not-in-exam']);
    const fresh = await batchIn(testing.db, 8);
    expect(await check(fresh, 'written', await scoreWorkbook('笔试', []))).toMatchObject({ refused: 'NoTickets' });
  });
});

test('a batch is its own county’s', async () => {
  const batchId = await batchIn(testing.db, 9);
  const stranger = { ...by, actor: officerOf('520603', '5206/520603/') };
  expect(await check(batchId, 'posts', await postWorkbook(await table()), stranger)).toMatchObject({ refused: 'NotInYourUnits' });
});
