import ExcelJS from 'exceljs';
import { scoresTemplate, yearRegister } from '../../../libs/appraisal/workbooks.ts';
import { checkScores, markScores } from '../../../libs/appraisal/record-scores.ts';
import { isRefusal, type Refusal } from '../../../libs/domain/refusal.ts';
import { GAPS, pagesOf, printed, wordsOf } from '../../../libs/forms/forms.fixture.ts';
import type { Officer } from '../../../test/support/cast.ts';
import { YearHere } from './year.fixture.ts';

let here: YearHere;
afterEach(() => here.close());

const by = (who: Officer) => here.batch.cast.by(here.batch.cast.ids[who], here.batch.now);
/** The lines of a workbook that was made, as texts. */
async function linesOf(made: Buffer | Refusal): Promise<string[][]> {
  if (isRefusal(made)) throw new Error(made.refused);
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(made as unknown as ExcelJS.Buffer);
  return book.worksheets[0]!.getSheetValues().flatMap((row) =>
    Array.isArray(row) ? [row.slice(1).map((cell) => String(cell ?? ''))] : [],
  );
}

test('the workbook to fill in has the street’s people; what comes back is checked, marked, and recorded once', async () => {
  here = await YearHere.opened(3);
  const { batch, workers } = here;
  await here.reported();
  const { batchId, room } = batch;
  const template = await linesOf(await scoresTemplate(room, { ...(await by('street')), batchId }));
  expect(template.slice(2).map((line) => [line[2], line[3]])).toEqual(workers.map(({ staffNo, name }) => [staffNo, name]));
  expect(await scoresTemplate(room, { ...(await by('otherStreet')), batchId })).toMatchObject({ refused: 'NotOnYourList' });

  const upload = { ...(await by('street')), batchId, bytes: await here.workbook([80, 101, 70]), fileName: '测评.xlsx' };
  expect(await checkScores(room, upload)).toMatchObject({
    good: 2,
    refused: 1,
    without: 1,
    faults: [{ code: 'evaluation-range' }, { code: 'evaluation-range' }, { code: 'evaluation-range' }],
  });
  const marked = await linesOf(await markScores(room, upload));
  expect(marked[2]!.at(-1)).toContain('得分应在 0 至 100 之间');
  expect(await here.upload([80, 101, 70])).toMatchObject({ refused: 'ImportHasFaults' });
  expect(await here.upload([80, 101, 70], { goodRowsOnly: true })).toMatchObject({ good: 2 });
  await here.upload([80, null, 70]);
  expect(await here.db.ledgerEntry.count({ where: { verb: 'appraisal.evaluate' } })).toBe(2);
  expect(await here.upload([75, null, null])).toMatchObject({ faults: [{ code: 'evaluation-corrects', severity: 'check' }] });
  expect(await here.db.ledgerEntry.count({ where: { verb: 'appraisal.evaluate' } })).toBe(3);
});

test('a year on paper: the form, the notice to whom it is about, the decision on a review; and the register with the cap of each street', async () => {
  here = await YearHere.opened(5);
  const { batch, workers } = here;
  await here.rated([95, 80, 80, 80, 65]);
  await here.announced();
  const last = workers[4]!;
  await here.answers('notified', last, last.accountId, { wish: 'appeals', grounds: '有两项工作没有计入。' });
  await here.answers('appealAnswer', last, 'countyOrg2', { verdict: 'competent', opinion: '经复核，两项工作属实，予以计入。' });
  const caseId = await batch.caseOf(last);
  const witness = { ...(await by('countyOrg')), origin: 'test' };
  const paper = async (form: string) => wordsOf(await printed(batch.room, witness, caseId, form, 'docx'));
  const year = await paper('year');
  for (const said of ['2026 年度', '走访群众', '街道评价 65.00 分（12 人）', '总分 65.00 分', '同意拟定等次']) expect(year).toContain(said);
  expect(await paper('notice')).toContain('考核等次为：基本合格');
  const review = await paper('review');
  for (const said of ['有两项工作没有计入', '两项工作属实', '改为合格', '考核等次为合格']) expect(review).toContain(said);
  for (const form of ['year', 'notice', 'review']) {
    expect(await paper(form)).not.toMatch(GAPS);
    expect(pagesOf(await printed(batch.room, witness, caseId, form, 'pdf'))).toBe(1);
  }
  const register = await linesOf(await yearRegister(batch.room, { ...(await by('countyOrg')), batchId: batch.batchId }));
  expect(register.slice(2, 7).map((line) => [line[4], line[11], line[12]])).toEqual([
    [workers[0]!.name, '95.00', '优秀'],
    ...workers.slice(1, 4).map(({ name }) => [name, '80.00', '合格']),
    [last.name, '65.00', '合格'],
  ]);
  expect(register[7]![0]).toContain('参加定等 5 人，优秀 1 人，名额 1 人（20%）');
  expect(await yearRegister(batch.room, { ...(await by('otherStreet')), batchId: batch.batchId })).toMatchObject({
    refused: 'NotYourCase',
  });
});
