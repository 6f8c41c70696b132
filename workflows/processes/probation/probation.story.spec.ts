import { addDays, addMonths, dateOf, daysBetween } from '../../../libs/domain/dates.ts';
import { personAsOf } from '../../../libs/people/people.ts';
import { placementLabel, placementOf } from '../../../libs/domain/post-grade.ts';
import { calendarsFor } from '../../../test/support/cast.ts';
import { skippingHouse, type SkippingHouse } from '../../../test/support/stories.ts';
import type { Story } from '../../../test/support/story.ts';
import { failing, goesOnTo, majority, passes } from './probation.fixture.ts';

// With the engine itself: its timers, signals and retries. What are dates and people alone is told without it in the other files.
let house: SkippingHouse;
beforeAll(async () => (house = await skippingHouse()));
afterEach(() => house.settle());
afterAll(() => house.close());

const statusOn = async (story: Story, on: string) =>
  (await personAsOf(house.db, story.worker.personId, on))!.inForce.employment!.value.status;
/** The engine's own clock wakes the story: until it has, nobody tells it anything. */
const wakesTo = (story: Story, title: string) =>
  house.eventually(`${title} is asked`, async () => (await story.openStages()).includes(title));

test('a worker found fit is formal from the day after the last day, placed by the entry rule', async () => {
  const story = await house.begin({ education: '本科' });
  await goesOnTo(house, story, null);
  expect(await story.case()).toMatchObject({ status: 'ended', outcome: 'confirmed' });
  const { lastDay, personId } = story.worker;
  const before = await personAsOf(house.db, personId, lastDay);
  const after = await personAsOf(house.db, personId, addDays(lastDay, 1));
  expect(before!.inForce.employment!.value.status).toBe('probation');
  expect(after!.inForce.employment!.value.status).toBe('formal');
  const { post, globalStep, profile } = after!.inForce['post-grade-step']!.value;
  expect(placementLabel(placementOf(profile, post, globalStep)!)).toBe('五岗一级二档');
  expect(before!.inForce['post-grade-step']).toBeUndefined();
});

test('a vote half way at the end of the last day: the engine’s timer converts the case, and the fourth vote is too late', async () => {
  const story = await house.begin();
  await goesOnTo(house, story, '党工委决定');
  for (const officer of majority.slice(0, 3)) await story.officer(officer).answers('党工委决定', failing);
  const [fourth] = await story.tasks('党工委决定', house.cast.ids.member4);
  const { lastDay } = story.worker;
  await house.until(lastDay, '23:59');
  expect(await story.openStages()).toEqual(['党工委决定']);
  await house.until(addDays(lastDay, 1), '00:01');
  await wakesTo(story, '县级备案');
  const by = await house.cast.by(house.cast.ids.member4, await house.clock.now());
  expect(await house.desk.answer({ ...by, taskId: fourth!.id, answer: failing })).toMatchObject({ refused: 'TaskNotOpen' });
  expect((await story.incidents()).map(({ kind }) => kind).sort()).toEqual(['ConvertedBySilence', 'StageLapsed']);
  expect([await statusOn(story, lastDay), await statusOn(story, addDays(lastDay, 1))]).toEqual(['probation', 'formal']);
  await goesOnTo(house, story, null);
  expect((await story.case()).outcome).toBe('converted');
});

test('the street stays silent: reminders, then level by level, each by the engine’s timer; the return of the matter begins anew', async () => {
  const story = await house.begin();
  await goesOnTo(house, story, '街道考核');
  const { openedAt } = await house.db.stageRun.findFirstOrThrow({ where: { caseId: story.caseId, stage: 'street' } });
  // time enough for five working days, whatever holidays fall into it
  await house.until(addDays(dateOf(openedAt), 21));
  const done = await house.db.due.findMany({
    where: { caseId: story.caseId, stage: 'street', doneAt: { not: null } },
    orderBy: { at: 'asc' },
  });
  expect(done.map(({ kind }) => kind).slice(0, 4)).toEqual(['reminder50', 'reminder80', 'due', 'escalate']);
  // each was done at its own moment, by nobody but the timer
  for (const { at, doneAt } of done) {
    expect(doneAt!.getTime() - at.getTime()).toBeLessThan(60_000);
  }
  await story.officer('street').returns('街道考核', '社区意见', 'straightBack');
  expect(await house.db.due.count({ where: { caseId: story.caseId, stage: 'street', doneAt: null } })).toBe(0);
  await passes(story, '社区意见');
  expect(await story.openStages()).toEqual(['街道考核']);
  await goesOnTo(house, story, null);
  expect((await story.case()).outcome).toBe('confirmed');
});

test('while the story sleeps for months, a resignation and a withdrawal wake it at once', async () => {
  const [leaving, wrong] = [await house.begin(), await house.begin()];
  for (const story of [leaving, wrong]) for (const title of ['录用条件确认', '导师结对']) await passes(story, title);
  await leaving.self.declares('resign', { reason: '回家乡工作' });
  expect((await leaving.case()).waitingFor).toMatchObject({ title: '等待离职日' });
  await wrong.officer('countyHr').withdraws();
  expect(await wrong.case()).toMatchObject({ status: 'ended', outcome: 'withdrawn' });
  await goesOnTo(house, leaving, null);
  expect(await leaving.case()).toMatchObject({ status: 'ended', outcome: 'resigned' });
});

test('three years of a suspended probation pass in seconds: nothing is asked before its day, and dates beyond the official tables are tentative', async () => {
  const startedOn = await house.today();
  const years = Array.from({ length: 6 }, (_, i) => Number(startedOn.slice(0, 4)) + i);
  await house.db.calendarYear.updateMany({ where: { year: { gt: 2027 } }, data: { official: false } });
  await calendarsFor(house.db, years, { official: false });
  const story = await house.begin();
  await passes(story, '录用条件确认');
  await passes(story, '导师结对');
  // thirty months stand still, so the six of the probation end three years from now
  const resumesOn = addMonths(startedOn, 30);
  const agreed = { fromOn: startedOn, toOn: addDays(resumesOn, -1), documentNo: '协〔2026〕1号', reason: '双方书面约定。' };
  expect(await story.officer('countyHr').declares('suspend', agreed)).not.toHaveProperty('refused');
  const lastDay = await story.lastDay();
  expect(lastDay).toBe(addDays(story.worker.lastDay, daysBetween(startedOn, resumesOn)));
  expect(daysBetween(startedOn, lastDay)).toBeGreaterThan(1_090);
  await goesOnTo(house, story, '本人总结');
  expect(await house.today()).toBe(addDays(lastDay, -30));
  expect((await house.db.stageRun.findFirstOrThrow({ where: { caseId: story.caseId, stage: 'summary' } })).dueTentative).toBe(true);
  await goesOnTo(house, story, null);
  expect(await story.case()).toMatchObject({ status: 'ended', outcome: 'confirmed' });
  expect([await statusOn(story, lastDay), await statusOn(story, addDays(lastDay, 1))]).toEqual(['probation', 'formal']);
  expect(await story.incidents()).toEqual([]);
});
