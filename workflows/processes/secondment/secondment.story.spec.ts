import { isRefusal } from '../../../libs/domain/refusal.ts';
import { printForm } from '../../../libs/forms/forms.ts';
import { GAPS, printed, wordsOf } from '../../../libs/forms/forms.fixture.ts';
import { contract } from './contract.ts';
import { StaysHere } from './stay.fixture.ts';

let here: StaysHere;
beforeAll(async () => {
  here = await StaysHere.at('2026-01-19');
});
afterEach(() => here.turn());
afterAll(() => here.close());

test('two months with a host: from the nomination to what was copied, each step asked of whom it is for', async () => {
  const stay = await here.begun();
  expect(await stay.open()).toEqual(['nomination']);
  await stay.proposed();
  expect(here.today).toBe('2026-01-27');
  await stay.passes('approval');
  expect(await stay.matched('2026-03-02')).toBeNull();
  await stay.passes('acceptance');
  await stay.passes('dispatch');
  expect(await stay.waitsFor()).toBe('等待报到');
  await here.until('2026-03-02');
  // one working day after the day agreed on
  expect((await stay.run('arrival')).dueAt!.toISOString()).toBe('2026-03-03T09:30:00.000Z');
  expect((await stay.case()).effectiveAt).toBeNull();
  await stay.passes('arrival');
  expect((await stay.case()).effectiveAt).not.toBeNull();

  // 2 May is a holiday until the 5th: the stay ends on the 6th
  expect(await stay.endsOn()).toBe('2026-05-06');
  expect(await stay.recordOn('2026-05-06')).toMatchObject({ value: { year: 2026, host: expect.any(String) as string } });
  expect(await stay.recordOn('2026-05-07')).toBeUndefined();
  expect(await stay.open()).toEqual(['plan', 'agreement']);
  await stay.passes('plan');
  await here.until('2026-03-06');
  expect(await stay.open()).toEqual(['agreement', 'week1']);
  await stay.passes('week1');
  await here.until('2026-04-02');
  expect(await stay.open()).toContain('midterm');
  await stay.passes('midterm');
  await stay.passes('agreement');
  await here.until('2026-05-05', '23:00');
  expect(await stay.open()).not.toContain('appraisal');
  await here.until('2026-05-06');
  expect(await stay.open()).toEqual(expect.arrayContaining(['appraisal', 'returned', 'summary']));
  // three working days from the 6th over the make-up Saturday of the 9th; two weeks for appraisal and summary
  expect((await stay.run('returned')).dueAt!.toISOString()).toBe('2026-05-09T09:30:00.000Z');
  expect((await stay.run('appraisal')).dueAt!.toISOString()).toBe('2026-05-20T09:30:00.000Z');
  await stay.passes('returned');
  await stay.passes('summary');
  await stay.passes('appraisal', { rating: 'good' });
  expect(await stay.recordOn('2026-05-06')).toMatchObject({ value: { rating: 'good', agreement: true } });
  // what was not written in time has lapsed, and is nobody's fault
  expect((await stay.run('week5')).status).not.toBe('closed');
  await stay.passes('sharing');
  await here.until('2026-08-06');
  await stay.passes('followUp3');
  await here.until('2026-11-06');
  await stay.passes('followUp6');
  expect(await stay.case()).toMatchObject({ status: 'ended', outcome: 'completed' });
  expect(await stay.incidents()).toEqual([]);
});

test('whatever the engine forgets, the story goes on from what the desk holds: between hosts, in the stay, after it', async () => {
  const stay = await here.begun();
  await stay.proposed();
  await stay.passes('approval');
  await stay.matched('2026-03-02');
  expect(await stay.answers('acceptance', 'host', { result: 'cannot', opinion: '正在改造办公场所。' })).toBeNull();
  await here.forgets();
  expect(await stay.open()).toEqual(['match']);
  await stay.matched('2026-03-02', 1);
  await here.forgets();
  expect(await stay.open()).toEqual(['acceptance']);
  await stay.passes('acceptance');
  await stay.passes('dispatch');
  await here.until('2026-03-02');
  await stay.passes('arrival');
  await here.until('2026-03-20');
  await here.forgets();
  expect(await stay.open()).toEqual(expect.arrayContaining(['week1', 'week2', 'week3']));
  await here.until('2026-05-06');
  await here.forgets();
  for (const stage of ['appraisal', 'returned', 'summary']) await stay.passes(stage);
  // the last week's log keeps its three working days after the holiday, to the 8th
  await here.until('2026-05-07');
  expect((await stay.open()).toSorted()).toEqual(['sharing', 'week9']);
  await here.until('2026-05-09');
  expect(await stay.open()).toEqual(['sharing']);
});

test('people are told of the end two weeks, one week and a day before, though the case has long taken effect', async () => {
  const stay = await here.begun();
  await stay.arrives('2026-03-02');
  await here.until('2026-05-06');
  const told = await here.db.ledgerEntry.findMany({ where: { caseId: stay.caseId }, select: { body: true } });
  const days = told.map(({ body }) => JSON.parse(body) as { verb: string; at: string }).filter(({ verb }) => verb === 'date.remind');
  expect(days.map(({ at }) => at.slice(0, 10))).toEqual(['2026-04-22', '2026-04-29', '2026-05-05']);
});

test('the papers: recommendation, letter with host and acting secretary, logs, appraisal by the host, summary, in Word and PDF', async () => {
  const stay = await here.begun();
  await stay.arrives('2026-03-02');
  await here.until('2026-03-06');
  await stay.passes('week1');
  await stay.passes('agreement');
  await here.until('2026-05-06');
  for (const stage of ['appraisal', 'returned', 'summary']) await stay.passes(stage);
  const by = { ...(await stay.by('street')), origin: 'test' };
  const words = async (form: string) => wordsOf(await printed(here.room, by, stay.caseId, form, 'docx'));
  const said: Record<string, string[]> = {
    nomination: ['任书记八年，社区治理成效好。', '同意推荐。', '同意选派。'],
    dispatch: ['碧组派〔2026〕3号', '2026年3月2日', '不属于劳务派遣', stay.worker.name],
    acting: ['社区副书记', '返岗'],
    log: ['第 1 周', '物业联席会议的开法。'],
    agreement: ['党组织联建共建协议', '互访互学。'],
    appraisal: ['优秀', '跟岗期间表现优秀'],
    summary: ['在本社区成立物业联席会议。'],
  };
  for (const [form, parts] of Object.entries(said)) {
    const found = await words(form);
    for (const part of parts) expect(found).toContain(part);
    expect(found).not.toMatch(GAPS);
  }
  const pdf = await printForm(here.room, by, { caseId: stay.caseId, form: 'appraisal', format: 'pdf' });
  expect(isRefusal(pdf) ? pdf : pdf.bytes.subarray(0, 5).toString()).toBe('%PDF-');
  expect(Object.keys(contract.forms)).toEqual(expect.arrayContaining(Object.keys(said)));
});
