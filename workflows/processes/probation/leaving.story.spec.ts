import { personAsOf } from '../../../libs/people/people.ts';
import type { Story } from '../../../test/support/story.ts';
import { houseHere, type HouseHere } from '../../../test/support/stories-here.ts';
import { answerTo, failing, goesOnTo, majority, passes } from './probation.fixture.ts';

// Hired on Monday 2026-01-05 for six months: mid-point 2026-04-05, review from 2026-06-04, last day Saturday 2026-07-04.
let house: HouseHere;
beforeAll(async () => (house = await houseHere('2026-01-05')));
beforeEach(() => house.setClock('2026-01-05'));
afterEach(() => house.settle());
afterAll(() => house.close());

const statusOn = async (story: Story, on: string) =>
  (await personAsOf(house.db, story.worker.personId, on))!.inForce.employment!.value.status;

/** The people answer until `title` is asked, or until only a day is waited for. */
async function comesTo(story: Story, title: string): Promise<void> {
  if (title === '等待中期检查' || title === '等待试用期满前考核') {
    if (title === '等待试用期满前考核') await goesOnTo(house, story, '中期检查');
    while ((await story.openStages()).length > 0) await passes(story, (await story.openStages())[0]!);
    expect((await story.case()).waitingFor).toMatchObject({ title });
    return;
  }
  await goesOnTo(house, story, ['工会意见', '送达解除通知'].includes(title) ? '党工委决定' : title);
  if (!['工会意见', '送达解除通知'].includes(title)) return;
  for (const officer of majority) await story.officer(officer).answers('党工委决定', failing);
  if (title === '送达解除通知') await passes(story, '工会意见');
}

describe('the worker resigns: three days’ notice (art. 37), or a later day of their own choice', () => {
  test.each<[string, string, string | undefined, string, string, string]>([
    ['录用条件确认', '2026-01-05', undefined, '2026-01-08', '2026-01-23', 'on the first day'],
    ['等待中期检查', '2026-03-02', undefined, '2026-03-05', '2026-03-20', 'while nobody is asked'],
    ['中期检查', '2026-04-07', undefined, '2026-04-10', '2026-04-27', '25 April is a Saturday'],
    ['等待试用期满前考核', '2026-05-29', undefined, '2026-06-01', '2026-06-16', 'over the end of a month'],
    ['本人总结', '2026-06-04', undefined, '2026-06-07', '2026-06-22', 'the notice ends on a Sunday all the same'],
    ['社区意见', '2026-06-04', '2026-06-30', '2026-06-30', '2026-07-15', 'a later day of their own choice'],
    ['导师意见', '2026-06-05', '2026-06-06', '2026-06-08', '2026-06-23', 'a wish that is too early'],
    ['街道考核', '2026-06-08', undefined, '2026-06-11', '2026-06-26', 'Friday'],
    ['党工委决定', '2026-06-09', undefined, '2026-06-12', '2026-06-29', '27 June is a Saturday'],
    ['工会意见', '2026-06-09', undefined, '2026-06-12', '2026-06-29', 'found unfit already, and still free to leave'],
    ['送达解除通知', '2026-06-10', undefined, '2026-06-13', '2026-06-29', '28 June is a Sunday'],
    ['街道考核', '2026-07-04', undefined, '2026-07-07', '2026-07-22', 'on the very last day: the notice runs over it'],
  ])('at %s on %s (wish: %s): leaves on %s, certificate and file by %s (%s)', async (at, declaredOn, leavesOn, lastOn, due, _why) => {
    const story = await house.begin();
    await comesTo(story, at);
    if (declaredOn > house.today) await house.until(declaredOn, '10:00');
    const declared = await story.self.declares('resign', { reason: '回家乡工作', ...(leavesOn && { leavesOn }) });
    expect(declared).not.toHaveProperty('refused');
    // closed to people at once; nothing changes in the world before the day
    expect(await story.openStages()).toEqual([]);
    expect(await house.db.task.count({ where: { caseId: story.caseId, status: 'open' } })).toBe(0);
    expect((await story.case()).waitingFor).toMatchObject({ title: '等待离职日' });
    await house.until(lastOn, '23:59');
    expect(await story.openStages()).toEqual([]);
    expect((await story.case()).waitingFor).toMatchObject({ title: '等待离职日' });
    await goesOnTo(house, story, '离职证明与档案转移');
    const dayAfter = house.today;
    expect([await statusOn(story, lastOn), await statusOn(story, dayAfter)]).toEqual(['probation', 'ended']);
    const run = await house.db.stageRun.findFirstOrThrow({ where: { caseId: story.caseId, stage: 'certificate' } });
    expect(run.dueAt!.toISOString()).toBe(`${due}T09:30:00.000Z`);
    await goesOnTo(house, story, null);
    expect(await story.case()).toMatchObject({ status: 'ended', outcome: 'resigned' });
    expect(await story.incidents()).toEqual([]);
  });

  test('with a vote half way: the votes stay on record, nobody votes any more', async () => {
    const story = await house.begin();
    await goesOnTo(house, story, '党工委决定');
    for (const officer of majority.slice(0, 2)) await story.officer(officer).answers('党工委决定', failing);
    const [open] = await story.tasks('党工委决定');
    await story.self.declares('resign', { reason: '回家乡工作' });
    const by = await house.cast.by(open!.assigneeId!, house.now);
    expect(await house.desk.answer({ ...by, taskId: open!.id, answer: failing })).toMatchObject({ refused: 'TaskNotOpen' });
    expect(await house.db.task.count({ where: { caseId: story.caseId, stage: 'committee', status: 'done' } })).toBe(2);
    await goesOnTo(house, story, null);
    expect((await story.case()).outcome).toBe('resigned');
  });

  test('just as a stage was answered, before the story has heard of that: no further stage is asked', async () => {
    const story = await house.begin();
    await goesOnTo(house, story, '社区意见');
    const [task] = await story.tasks('社区意见');
    const secretary = await house.cast.by(house.cast.ids.secretary, house.now);
    await house.desk.answer({ ...secretary, taskId: task!.id, answer: answerTo['社区意见']!(house.today) });
    await story.self.declares('resign', { reason: '回家乡工作' });
    expect(await story.openStages()).toEqual([]);
    await goesOnTo(house, story, null);
    expect((await story.case()).outcome).toBe('resigned');
  });

  test('declared once, it is not declared again, nor is the case withdrawn', async () => {
    const story = await house.begin();
    await story.self.declares('resign', { reason: '回家乡工作' });
    expect(await story.self.declares('resign', { reason: '回家乡工作' })).toMatchObject({ refused: 'AlreadyEffective' });
    expect(await story.officer('countyHr').withdraws()).toMatchObject({ refused: 'AlreadyEffective' });
  });

  test('a wish beyond the probation is refused with the last possible day', async () => {
    const story = await house.begin();
    expect(await story.self.declares('resign', { reason: '回家乡工作', leavesOn: '2026-07-05' })).toMatchObject({
      refused: 'LeavesAfterProbation',
      params: { latest: '2026-07-04' },
    });
  });

  test('after the end of the probation nobody resigns from it: it has converted, and thirty days’ notice is another matter', async () => {
    const story = await house.begin();
    await goesOnTo(house, story, '街道考核');
    await house.until('2026-07-04', '23:59');
    // the story has not woken yet; the day decides
    const by = await house.cast.by(story.worker.accountId, new Date('2026-07-04T16:00:00Z'));
    const late = { ...by, caseId: story.caseId, event: 'resign', answer: { reason: '回家乡工作' } };
    expect(await house.desk.declare(late)).toMatchObject({ refused: 'LeavesAfterProbation', params: { latest: '2026-07-04' } });
    await house.until('2026-07-05', '10:00');
    expect(await story.self.declares('resign', { reason: '回家乡工作' })).toMatchObject({ refused: 'AlreadyEffective' });
    expect(await story.openStages()).toEqual(['县级备案']);
  });
});

test('the street declares a resignation for a worker who told it so, and nobody else does', async () => {
  const story = await house.begin();
  for (const other of ['secretary', 'chair', 'countyHr', 'countyOrg', 'otherStreet', 'system'] as const)
    expect(await story.officer(other).declares('resign', { reason: '本人书面提出辞职' })).toMatchObject({ refused: 'NotYourEvent' });
  await house.until('2026-01-07', '10:00');
  await story.officer('street').declares('resign', { reason: '本人书面提出辞职' });
  await house.until('2026-01-10', '23:00');
  expect(await story.openStages()).toEqual([]);
  await goesOnTo(house, story, null);
  expect((await story.case()).outcome).toBe('resigned');
  expect([await statusOn(story, '2026-01-10'), await statusOn(story, '2026-01-11')]).toEqual(['probation', 'ended']);
});

test('a transfer is refused during the probation, the request is on record, and the case goes on', async () => {
  const story = await house.begin();
  const before = await story.openStages();
  expect(await story.self.declares('transfer', { to: '锦江街道' })).toMatchObject({ refused: 'NoTransferInProbation' });
  expect(await story.officer('street').declares('transfer', { to: '锦江街道' })).toMatchObject({ refused: 'NotYourEvent' });
  expect(await story.openStages()).toEqual(before);
  expect((await story.entries()).filter(({ verb }) => verb === 'event.transfer').map(({ accepted }) => accepted)).toEqual([false, false]);
});
