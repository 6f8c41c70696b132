import { personAsOf } from '../../../libs/people/people.ts';
import type { Story } from '../../../test/support/story.ts';
import { houseHere, type HouseHere } from '../../../test/support/stories-here.ts';
import { answerTo, failing, goesOnTo, majority, passes } from './probation.fixture.ts';

// Hired on Monday 2026-01-05 for six months: the last day is Saturday 2026-07-04, the review opens on Thursday 2026-06-04.
let house: HouseHere;
beforeAll(async () => (house = await houseHere('2026-01-05')));
beforeEach(() => house.setClock('2026-01-05'));
afterEach(() => house.settle());
afterAll(() => house.close());

const runOf = async (story: Story, stage: string) =>
  house.db.stageRun.findFirstOrThrow({ where: { caseId: story.caseId, stage }, orderBy: { round: 'desc' } });
const dueOf = async (story: Story, stage: string) => (await runOf(story, stage)).dueAt!.toISOString();
const statusOn = async (story: Story, on: string) =>
  (await personAsOf(house.db, story.worker.personId, on))!.inForce.employment!.value.status;

async function isFoundUnfit(story: Story): Promise<void> {
  await goesOnTo(house, story, '党工委决定');
  for (const officer of majority) expect(await story.officer(officer).answers('党工委决定', failing)).not.toHaveProperty('refused');
}

test('found fit: formal from the day after the last day, the county files it, the worker is told', async () => {
  const story = await house.begin();
  await goesOnTo(house, story, '县级备案');
  expect(await story.case()).toMatchObject({ status: 'running', effectiveAt: expect.any(Date) as Date });
  expect([await statusOn(story, '2026-07-04'), await statusOn(story, '2026-07-05')]).toEqual(['probation', 'formal']);
  await passes(story, '县级备案');
  expect(await story.openStages()).toEqual(['告知本人']);
  await passes(story, '告知本人');
  expect(await story.case()).toMatchObject({ status: 'ended', outcome: 'confirmed' });
  expect(await story.incidents()).toEqual([]);
  const ended = await story.mails('case-ended');
  expect(ended.map(({ accountId }) => accountId).sort()).toEqual([story.worker.accountId, house.cast.ids.countyHr].sort());
});

test('a second click is the same act: one answer, one step further, one mail', async () => {
  const story = await house.begin();
  await goesOnTo(house, story, '社区意见');
  const [task] = await story.tasks('社区意见');
  const by = { ...(await house.cast.by(house.cast.ids.secretary, house.now)), requestKey: 'click' };
  const given = { ...by, taskId: task!.id, answer: answerTo['社区意见']!(house.today) };
  const [first, second] = await Promise.all([house.desk.answer(given), house.desk.answer(given)]);
  expect(first).not.toHaveProperty('refused');
  expect(second).toEqual(first);
  await story.quiet();
  expect(await house.desk.answer(given)).toEqual(first);
  expect(await house.desk.answer({ ...given, requestKey: 'another' })).toMatchObject({ refused: 'TaskNotOpen' });
  expect(await story.openStages()).toEqual(['导师意见']);
  expect(
    (await story.entries()).filter(
      ({ verb, accepted, accountId }) => verb === 'task.answer' && accepted && accountId === house.cast.ids.secretary,
    ),
  ).toHaveLength(2); // the mid-point check and this
  expect((await story.mails('task-opened')).filter(({ accountId }) => accountId === house.cast.ids.deputy)).toHaveLength(1);
});

describe('found unfit', () => {
  test('the union is heard, notice is served, certificate and file follow, the county files it; no formal employment', async () => {
    const story = await house.begin();
    await isFoundUnfit(story);
    expect(await story.openStages()).toEqual(['工会意见']);
    // nothing has happened to the employment yet
    expect((await story.case()).effectiveAt).toBeNull();
    // three working days from Thursday: Friday, Monday, Tuesday
    expect(await dueOf(story, 'union')).toBe('2026-06-09T09:30:00.000Z');
    await house.until('2026-06-08', '10:00');
    await passes(story, '工会意见');
    // two working days from Monday
    expect(await dueOf(story, 'service')).toBe('2026-06-10T09:30:00.000Z');
    await house.until('2026-06-09', '15:00');
    await passes(story, '送达解除通知');
    expect(await story.openStages()).toEqual(['离职证明与档案转移']);
    expect([await statusOn(story, '2026-06-09'), await statusOn(story, '2026-06-10')]).toEqual(['probation', 'ended']);
    expect((await personAsOf(house.db, story.worker.personId, '2026-06-10'))!.inForce.contract).toBeUndefined();
    await passes(story, '离职证明与档案转移');
    await passes(story, '县级备案');
    expect(await story.case()).toMatchObject({ status: 'ended', outcome: 'terminated' });
    expect(await statusOn(story, '2026-07-05')).toBe('ended');
  });

  test.each([
    ['2026-06-09', '2026-06-24', 'a Wednesday'],
    ['2026-06-12', '2026-06-29', 'the 27th is a Saturday'],
    ['2026-06-04', '2026-06-22', 'the 19th is the Dragon Boat festival, to the 21st'],
  ])('served on %s: certificate and file transfer are due on %s (fifteen days; %s)', async (servedOn, due, _why) => {
    const story = await house.begin();
    await isFoundUnfit(story);
    await passes(story, '工会意见');
    if (servedOn > house.today) await house.until(servedOn);
    await passes(story, '送达解除通知');
    expect(await dueOf(story, 'certificate')).toBe(`${due}T09:30:00.000Z`);
    expect((await runOf(story, 'certificate')).legalEndAt).toBeNull();
  });

  test('is refused while the worker has not confirmed the conditions of hiring; found fit is not', async () => {
    const story = await house.begin();
    await passes(story, '导师结对');
    // nobody confirms: what should have been prepared ends with the day before the review
    await house.until('2026-06-04', '09:30');
    expect((await runOf(story, 'conditions')).status).toBe('lapsed');
    await goesOnTo(house, story, '党工委决定');
    expect(await story.officer('chair').answers('党工委决定', failing)).toMatchObject({ refused: 'ConditionsNotConfirmed' });
    await passes(story, '党工委决定');
    expect(await story.openStages()).toEqual(['县级备案']);
  });

  test.each([
    ['before the union was heard', '2026-06-04', '送达日期不能早于工会提出意见之日'],
    ['on a day that has not come', '2026-06-06', '送达日期不能晚于今天'],
  ])('notice is not served %s', async (_when, servedOn, says) => {
    const story = await house.begin();
    await isFoundUnfit(story);
    await house.until('2026-06-05', '10:00');
    await passes(story, '工会意见');
    const served = { servedOn, how: 'inPerson', proof: '本人当面签收送达回证。' };
    expect(await story.officer('street').answers('送达解除通知', served)).toMatchObject({
      refused: 'AnswerDoesNotFit',
      params: { detail: expect.stringContaining(says) as string },
    });
    expect(await story.openStages()).toEqual(['送达解除通知']);
  });

  test('when the union objects, notice says how its opinion was dealt with (art. 43), and the decision stands', async () => {
    const story = await house.begin();
    await isFoundUnfit(story);
    await passes(story, '工会意见', { stance: 'objects', opinion: '证据不足，建议再观察。' });
    const served = { servedOn: house.today, how: 'inPerson', proof: '本人当面签收送达回证。' };
    expect(await story.officer('street').answers('送达解除通知', served)).toMatchObject({
      refused: 'AnswerDoesNotFit',
      params: { detail: expect.stringContaining('工会有异议') as string },
    });
    await passes(story, '送达解除通知', { unionReply: '已研究工会意见，补充谈话记录，维持原决定。' });
    await goesOnTo(house, story, null);
    expect(await story.case()).toMatchObject({ status: 'ended', outcome: 'terminated' });
  });
});
