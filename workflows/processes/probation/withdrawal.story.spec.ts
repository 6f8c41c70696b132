import { personAsOf } from '../../../libs/people/people.ts';
import type { Story } from '../../../test/support/story.ts';
import { houseHere, type HouseHere } from '../../../test/support/stories-here.ts';
import { failing, goesOnTo, majority, passes } from './probation.fixture.ts';

// Hired on Monday 2026-01-05 for six months: review from Thursday 2026-06-04, last day Saturday 2026-07-04.
let house: HouseHere;
beforeAll(async () => (house = await houseHere('2026-01-05')));
beforeEach(() => house.setClock('2026-01-05'));
afterEach(() => house.settle());
afterAll(() => house.close());

const facts = (story: Story) => house.db.personFact.count({ where: { personId: story.worker.personId } });
const statusOn = async (story: Story, on: string) =>
  (await personAsOf(house.db, story.worker.personId, on))!.inForce.employment!.value.status;
const unfit = async (story: Story) => {
  await goesOnTo(house, story, '党工委决定');
  for (const officer of majority) await story.officer(officer).answers('党工委决定', failing);
};
const at = (title: string) => (story: Story) => goesOnTo(house, story, title);
/** Answers what is open until only a day is waited for. */
const waits = async (story: Story) => {
  while ((await story.openStages()).length > 0) await passes(story, (await story.openStages())[0]!);
};

describe('the starter withdraws', () => {
  test.each<[string, (story: Story) => Promise<void>]>([
    ['while the conditions are confirmed', async () => undefined],
    ['while the mid-point is waited for', waits],
    ['at the mid-point check', at('中期检查')],
    ['while the review is waited for', async (story) => (await at('中期检查')(story), waits(story))],
    ['at the worker’s summary', at('本人总结')],
    ['at the community’s opinion', at('社区意见')],
    ['at the mentor’s opinion', at('导师意见')],
    ['at the street’s appraisal', at('街道考核')],
    [
      'in the middle of the vote',
      async (story) => {
        await at('党工委决定')(story);
        for (const officer of majority.slice(0, 3)) await story.officer(officer).answers('党工委决定', failing);
      },
    ],
    ['at the union', unfit],
    ['before notice is served', async (story) => (await unfit(story), passes(story, '工会意见'))],
    [
      'after a return',
      async (story) => (await at('街道考核')(story), void (await story.officer('street').returns('街道考核', '社区意见'))),
    ],
  ])('%s: closed at once, nothing was changed, and it may be started again', async (_when, comesTo) => {
    const story = await house.begin();
    await comesTo(story);
    const before = await facts(story);
    const [task] = await house.db.task.findMany({ where: { caseId: story.caseId, status: 'open' }, take: 1 });
    expect(await story.officer('countyHr').withdraws()).not.toHaveProperty('refused');
    expect(await story.case()).toMatchObject({ status: 'ended', outcome: 'withdrawn' });
    expect(await facts(story)).toBe(before);
    expect(await statusOn(story, house.today)).toBe('probation');
    if (task) {
      const by = await house.cast.by(task.assigneeId ?? house.cast.ids.street, house.now);
      expect(await house.desk.answer({ ...by, taskId: task.id, answer: {} })).toMatchObject({ refused: 'TaskNotOpen' });
    }
    // whoever had a part is told, the starter's own mail is that of the end
    const told = (await story.mails('case-withdrawn')).map(({ accountId }) => accountId);
    expect(told).toContain(story.worker.accountId);
    expect(told).not.toContain(house.cast.ids.countyHr);
    const again = await house.begin({ worker: story.worker });
    expect((await again.case()).run).toBe(2);
    expect((await again.openStages()).length).toBeGreaterThan(0);
  });

  test('and nobody else', async () => {
    const story = await house.begin();
    for (const other of ['countyHr2', 'countyOrg', 'street', 'system'] as const)
      expect(await story.officer(other).withdraws()).toMatchObject({ refused: 'OnlyStarterWithdraws' });
    expect(await story.self.withdraws()).toMatchObject({ refused: 'OnlyStarterWithdraws' });
  });

  test('once', async () => {
    const story = await house.begin();
    await story.officer('countyHr').withdraws();
    expect(await story.officer('countyHr').withdraws()).toMatchObject({ refused: 'CaseEnded' });
  });
});

describe('is refused after the case took effect', () => {
  test.each<[string, (story: Story) => Promise<void>]>([
    ['found fit, at the filing', at('县级备案')],
    ['found fit, at the notice to the worker', at('告知本人')],
    ['notice of termination served', async (story) => (await unfit(story), await passes(story, '工会意见'), passes(story, '送达解除通知'))],
    ['resigned', async (story) => void (await story.self.declares('resign', { reason: '回家乡工作' }))],
    [
      'converted by itself',
      async (story) => {
        await at('本人总结')(story);
        await house.until('2026-07-05', '10:00');
      },
    ],
  ])('%s', async (_how, comesTo) => {
    const story = await house.begin();
    await comesTo(story);
    expect(await story.officer('countyHr').withdraws()).toMatchObject({ refused: 'AlreadyEffective' });
    await goesOnTo(house, story, null);
    expect((await story.case()).outcome).not.toBe('withdrawn');
  });

  test('ended', async () => {
    const story = await house.begin();
    await goesOnTo(house, story, null);
    expect(await story.officer('countyHr').withdraws()).toMatchObject({ refused: 'CaseEnded' });
  });
});
