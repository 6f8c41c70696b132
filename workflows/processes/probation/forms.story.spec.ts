import { printForm } from '../../../libs/forms/forms.ts';
import { GAPS, pagesOf, printed, wordsOf } from '../../../libs/forms/forms.fixture.ts';
import { isRefusal } from '../../../libs/domain/refusal.ts';
import type { Officer } from '../../../test/support/cast.ts';
import type { Story } from '../../../test/support/story.ts';
import { houseHere, type HouseHere } from '../../../test/support/stories-here.ts';
import { catalogue } from '../../catalogue.ts';
import { failing, goesOnTo, majority, passes } from './probation.fixture.ts';

// Hired on Monday 2026-01-05 for six months: the last day is Saturday 2026-07-04.
let house: HouseHere;
beforeAll(async () => (house = await houseHere('2026-01-05')));
beforeEach(() => house.setClock('2026-01-05'));
afterEach(() => house.settle());
afterAll(() => house.close());

const room = () => ({ db: house.db, catalogue });
const by = async (officer: Officer) => ({ ...(await house.cast.by(house.cast.ids[officer], house.now)), origin: 'test' });
const ready = async (story: Story) => {
  const view = await house.desk.caseView({ caseId: story.caseId, ...(await by('countyHr')) });
  return isRefusal(view) ? view : view.forms.map(({ title }) => title);
};
const print = async (story: Story, form: string, format: 'docx' | 'pdf' = 'docx') =>
  printed(room(), await by('countyHr'), story.caseId, form, format);

test('a passed probation on its approval form: who it is about, each opinion in its box, how the committee voted, the grade', async () => {
  const story = await house.begin();
  expect(await ready(story)).toEqual([]);
  expect(await printForm(room(), await by('countyHr'), { caseId: story.caseId, form: 'approval', format: 'pdf' })).toMatchObject({
    refused: 'FormNotReady',
  });
  await goesOnTo(house, story, '党工委决定');
  expect(await ready(story)).toEqual(['录用条件确认书', '试用期考核表', '转正审批表']);
  const midway = await wordsOf(await print(story, 'approval'));
  expect(midway).toContain('办理中打印，不作凭证');
  expect(midway).not.toContain('应到');

  await goesOnTo(house, story, '县级备案');
  await passes(story, '县级备案', { docNo: '碧组社备〔2026〕37号' });
  await passes(story, '告知本人');
  const words = await wordsOf(await print(story, 'approval'));
  const { caseNo } = await story.case();
  for (const said of [
    '编号：碧组社备〔2026〕37号',
    '社区工作者试用期转正审批表',
    '2026年1月5日至2026年7月4日',
    '政治素质 18 分、业务能力 20 分、工作实绩 21 分、群众评价 17 分、遵纪守规 9 分，合计 85 分',
    '应到 7 人，已表决 4 人，同意 4 人，不同意 0 人。同意按期转正。',
    '自2026年7月5日起',
    '同意备案',
    '无退回，无代理办理。',
    `办件 ${caseNo}`,
  ])
    expect(words).toContain(said);
  expect(words).not.toContain('办理中打印');
  expect(words).not.toMatch(GAPS);

  const notice = await wordsOf(await print(story, 'passed'));
  expect(notice).toContain('自2026年7月5日起转为正式聘用');
  expect(notice).not.toMatch(GAPS);
  for (const form of ['approval', 'appraisal', 'conditions', 'passed']) {
    const paper = await print(story, form, 'pdf');
    const { bytes } = paper;
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    // one sheet each, as they are filed
    expect(pagesOf(paper)).toBe(1);
    expect(bytes.toString('latin1')).toMatch(/\/FontName \/[A-Z]{6}\+NotoSerifSC/);
  }
});

test('found unfit: the union’s letter, the notice with its receipt, the certificate; each print is an entry with who and what', async () => {
  const story = await house.begin();
  await goesOnTo(house, story, '党工委决定');
  for (const officer of majority) await story.officer(officer).answers('党工委决定', failing);
  await goesOnTo(house, story, '县级备案');
  expect(await ready(story)).toEqual(['录用条件确认书', '试用期考核表', '转正审批表', '工会意见函', '试用期解除通知书', '离职证明']);
  const notice = await wordsOf(await print(story, 'termination'));
  expect(notice).toContain(failing.reasons);
  expect(notice).toContain('第三十九条第一项');
  expect(await wordsOf(await print(story, 'approval'))).toContain('认定试用期不符合录用条件');
  for (const form of ['union', 'termination', 'certificate']) expect(await wordsOf(await print(story, form))).not.toMatch(GAPS);
  await print(story, 'certificate', 'pdf');
  await print(story, 'termination', 'pdf');

  const prints = await house.db.ledgerEntry.findMany({ where: { caseId: story.caseId, verb: 'form.print' }, orderBy: { id: 'asc' } });
  expect(prints).toHaveLength(7);
  expect(new Set(prints.map(({ accountId }) => accountId))).toEqual(new Set([house.cast.ids.countyHr]));
  expect(JSON.parse(prints.at(-1)!.body)).toMatchObject({ detail: { form: '试用期解除通知书', format: 'pdf' } });
});

test('somebody without a part in the case gets no form', async () => {
  const story = await house.begin();
  await goesOnTo(house, story, '社区意见');
  const stranger = await house.cast.worker({ startedOn: '2026-01-05' });
  const asked = { ...(await house.cast.by(stranger.accountId, house.now)), origin: 'test' };
  expect(await printForm(room(), asked, { caseId: story.caseId, form: 'conditions', format: 'pdf' })).toMatchObject({
    refused: 'NotYourCase',
  });
});
