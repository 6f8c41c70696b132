import { GAPS, pagesOf, printed, wordsOf } from '../../../libs/forms/forms.fixture.ts';
import { paidFrom } from '../../../libs/domain/conversion.ts';
import { formatDate } from '../../../libs/domain/dates.ts';
import { formatMoney } from '../../../libs/domain/post-grade.ts';
import { BatchHere } from '../certification/batch.fixture.ts';

test('one person of a batch on paper: what counts for them, how the step came about, pay line by line, each opinion in its box', async () => {
  const here = await BatchHere.at('2026-10-12');
  try {
    const worker = await here.worker({ joinedOn: '2012-05-01' });
    await here.open();
    await here.goesOnTo('contract', [worker]);
    await here.listPasses('contract');
    const caseId = await here.caseOf(worker);
    const by = { ...(await here.cast.by(here.cast.ids.countyOrg, here.now)), origin: 'test' };
    const paper = (form: string, format: 'docx' | 'pdf' = 'docx') => printed(here.room, by, caseId, form, format);

    const conversion = await wordsOf(await paper('conversion'));
    const from = formatDate(paidFrom(here.today));
    // fourteen years are seven steps, a bachelor one more; 2,100.00 post pay, 255.00 for the eighth step
    for (const said of [
      '满 14 年，年限 7 档，学历 1 档',
      formatMoney(210_000),
      formatMoney(25_500),
      `自${from}起`,
      '测算结果核对无误',
      '我已看过，确认无误',
      '同意认定套转',
    ])
      expect(conversion).toContain(said);
    const certification = await wordsOf(await paper('certification'));
    for (const said of ['符合认定条件', '考察合格，同意。', '2012年5月1日']) expect(certification).toContain(said);
    expect(await wordsOf(await paper('agreement'))).toContain(`自${from}起执行`);
    for (const form of ['survey', 'certification', 'conversion', 'confirmation', 'agreement']) {
      expect(await wordsOf(await paper(form))).not.toMatch(GAPS);
      expect(pagesOf(await paper(form, 'pdf'))).toBe(1);
    }
  } finally {
    await here.close();
  }
});
