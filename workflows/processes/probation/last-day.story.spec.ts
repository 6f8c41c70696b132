import { personAsOf } from '../../../libs/people/people.ts';
import { instantOf } from '../../../libs/domain/dates.ts';
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
const runOf = (story: Story, stage: string) =>
  house.db.stageRun.findFirstOrThrow({ where: { caseId: story.caseId, stage }, orderBy: { round: 'desc' } });
const incidentsOf = async (story: Story, kind: string) => (await story.incidents()).filter((incident) => incident.kind === kind);
const unfit = async (story: Story) => {
  for (const officer of majority) await story.officer(officer).answers('党工委决定', failing);
};

/** Nothing more was done: formal by law from the day after the last one, and somebody must look at why. */
async function hasConverted(story: Story, lastDay: string, dayAfter: string): Promise<void> {
  expect(await story.openStages()).toEqual(['县级备案']);
  expect(await incidentsOf(story, 'ConvertedBySilence')).toMatchObject([{ detail: { lastDay } }]);
  expect([await statusOn(story, lastDay), await statusOn(story, dayAfter)]).toEqual(['probation', 'formal']);
  expect(await story.officer('countyHr').withdraws()).toMatchObject({ refused: 'AlreadyEffective' });
  await goesOnTo(house, story, null);
  expect(await story.case()).toMatchObject({ status: 'ended', outcome: 'converted' });
  expect(await incidentsOf(story, 'ConvertedBySilence')).toHaveLength(1);
}

describe('the last day passes without a decision: the case converts by itself, and an incident is raised', () => {
  const reached: [string, string, (story: Story) => Promise<void>][] = [
    ['本人总结', 'summary', (story) => goesOnTo(house, story, '本人总结')],
    ['社区意见', 'community', (story) => goesOnTo(house, story, '社区意见')],
    ['导师意见', 'mentorOpinion', (story) => goesOnTo(house, story, '导师意见')],
    ['街道考核', 'street', (story) => goesOnTo(house, story, '街道考核')],
    ['党工委决定', 'committee', (story) => goesOnTo(house, story, '党工委决定')],
    ['工会意见', 'union', async (story) => (await goesOnTo(house, story, '党工委决定'), unfit(story))],
    [
      '送达解除通知',
      'service',
      async (story) => (await goesOnTo(house, story, '党工委决定'), await unfit(story), passes(story, '工会意见')),
    ],
  ];

  test.each(reached)('while %s is asked', async (title, stage, comesTo) => {
    const story = await house.begin();
    await comesTo(story);
    expect(await story.openStages()).toEqual([title]);
    // Saturday counts: a term's end never moves
    await house.until('2026-07-04', '23:59');
    expect(await story.openStages()).toEqual([title]);
    expect((await runOf(story, stage)).legalEndAt).toEqual(instantOf('2026-07-04', '24:00'));
    await house.until('2026-07-05', '00:00');
    expect((await runOf(story, stage)).status).toBe('lapsed');
    expect(await incidentsOf(story, 'StageLapsed')).toHaveLength(1);
    await hasConverted(story, '2026-07-04', '2026-07-05');
  });

  test('when nobody ever did anything', async () => {
    const story = await house.begin();
    await house.until('2026-07-05', '10:00');
    await hasConverted(story, '2026-07-04', '2026-07-05');
  });

  test('when the worker has no account and the street stays silent too', async () => {
    const story = await house.begin({ worker: await house.cast.worker({ startedOn: '2026-01-05', account: false }) });
    await house.until('2026-07-05', '10:00');
    expect(await story.openStages()).toEqual(['县级备案']);
  });

  test.each([
    ['for it', {}],
    ['against it', failing],
  ])('also when the committee is half way through its vote, three of seven %s', async (_how, vote) => {
    const story = await house.begin();
    await goesOnTo(house, story, '党工委决定');
    for (const officer of majority.slice(0, 3))
      await story.officer(officer).answers('党工委决定', { ...answerTo['党工委决定']!(house.today), ...vote });
    const [fourth] = await story.tasks('党工委决定', house.cast.ids.member4);
    await house.until('2026-07-04', '23:59');
    // the story sleeps until midnight; a vote that comes then is too late, whether or not it has woken
    const by = await house.cast.by(house.cast.ids.member4, instantOf('2026-07-04', '24:00'));
    expect(await house.desk.answer({ ...by, taskId: fourth!.id, answer: failing })).toMatchObject({ refused: 'LegalEndPassed' });
    await house.until('2026-07-05', '00:00');
    const late = await house.cast.by(house.cast.ids.member4, house.now);
    expect(await house.desk.answer({ ...late, taskId: fourth!.id, answer: failing })).toMatchObject({ refused: 'TaskNotOpen' });
    expect(await house.db.task.count({ where: { caseId: story.caseId, stage: 'committee', status: 'done' } })).toBe(3);
    await hasConverted(story, '2026-07-04', '2026-07-05');
  });

  test('while the engine is away over the last day: nothing that is over is done any more, and on its return the case converts', async () => {
    const story = await house.begin();
    await goesOnTo(house, story, '街道考核');
    const [task] = await story.tasks('街道考核');
    await house.until('2026-07-03', '10:00');
    house.passBy('2026-07-06', '10:00');
    const street = await house.cast.by(house.cast.ids.street, house.now);
    const starter = await house.cast.by(house.cast.ids.countyHr, house.now);
    const self = await house.cast.by(story.worker.accountId, house.now);
    const { caseId } = story;
    expect(await house.desk.answer({ ...street, taskId: task!.id, answer: answerTo['街道考核']!(house.today) })).toMatchObject({
      refused: 'LegalEndPassed',
    });
    expect(await house.desk.withdraw({ ...starter, caseId, reason: '发起有误' })).toMatchObject({ refused: 'LegalEndPassed' });
    expect(await house.desk.declare({ ...self, caseId, event: 'resign', answer: { reason: '回家乡工作' } })).toMatchObject({
      refused: 'LeavesAfterProbation',
    });
    await story.quiet();
    await hasConverted(story, '2026-07-04', '2026-07-05');
  });

  test('the deciding vote a minute before midnight still decides', async () => {
    const story = await house.begin();
    await goesOnTo(house, story, '党工委决定');
    for (const officer of majority.slice(0, 3)) await story.officer(officer).answers('党工委决定', answerTo['党工委决定']!(house.today));
    await house.until('2026-07-04', '23:59');
    await story.officer('member4').answers('党工委决定', answerTo['党工委决定']!(house.today));
    await house.until('2026-07-05', '10:00');
    await goesOnTo(house, story, null);
    expect(await story.case()).toMatchObject({ outcome: 'confirmed' });
    expect(await story.incidents()).toEqual([]);
  });
});

describe('an agreed suspension', () => {
  const agreed = (fromOn: string, toOn: string) => ({ fromOn, toOn, documentNo: '协〔2026〕1号', reason: '双方书面约定。' });
  const aheadOf = async (story: Story, kind: string) =>
    (await house.db.due.findMany({ where: { caseId: story.caseId, kind, doneAt: null }, orderBy: { at: 'asc' } })).map(({ at }) =>
      at.toISOString(),
    );

  test('moves the last day, the mid-point, the review and every reminder by what it stops', async () => {
    const story = await house.begin();
    while ((await story.openStages()).length > 0) await passes(story, (await story.openStages())[0]!);
    await house.until('2026-03-02', '10:00');
    // thirty days, both included: 4 July and thirty is 3 August; from 5 January that is 210 days, the middle the 105th: 20 April
    expect(await story.officer('countyHr').declares('suspend', agreed('2026-03-03', '2026-04-01'))).not.toHaveProperty('refused');
    expect(await story.lastDay()).toBe('2026-08-03');
    expect(await aheadOf(story, 'wait')).toEqual(['2026-04-20T01:00:00.000Z']);
    // 30, 15, 7 and 3 days before 3 August
    expect(await aheadOf(story, 'before')).toEqual([
      '2026-07-04T01:00:00.000Z',
      '2026-07-19T01:00:00.000Z',
      '2026-07-27T01:00:00.000Z',
      '2026-07-31T01:00:00.000Z',
    ]);
    await goesOnTo(house, story, '本人总结');
    expect(house.today).toBe('2026-07-04');
    await house.until('2026-08-04', '00:00');
    await hasConverted(story, '2026-08-03', '2026-08-04');
  });

  test('declared while the street appraises moves the legal end of that stage; nothing ends on the old last day', async () => {
    const story = await house.begin();
    await goesOnTo(house, story, '街道考核');
    await house.until('2026-06-10', '10:00');
    await story.officer('countyOrg').declares('suspend', agreed('2026-06-10', '2026-06-19'));
    // ten days: 14 July
    expect((await runOf(story, 'street')).legalEndAt).toEqual(instantOf('2026-07-14', '24:00'));
    expect(await aheadOf(story, 'before')).toEqual([
      '2026-06-14T01:00:00.000Z',
      '2026-06-29T01:00:00.000Z',
      '2026-07-07T01:00:00.000Z',
      '2026-07-11T01:00:00.000Z',
    ]);
    await house.until('2026-07-05', '10:00');
    expect(await story.openStages()).toEqual(['街道考核']);
    await passes(story, '街道考核');
    await goesOnTo(house, story, '县级备案');
    expect([await statusOn(story, '2026-07-14'), await statusOn(story, '2026-07-15')]).toEqual(['probation', 'formal']);
  });

  test.each([
    ['begins after the last day', '2026-07-05', '2026-07-20'],
    ['began yesterday', '2026-06-03', '2026-06-20'],
    ['ends before it begins', '2026-06-20', '2026-06-10'],
  ])('is refused when it %s', async (_what, fromOn, toOn) => {
    const story = await house.begin();
    await goesOnTo(house, story, '本人总结');
    expect(await story.officer('countyHr').declares('suspend', agreed(fromOn, toOn))).toMatchObject({ refused: 'SuspensionBeforeToday' });
    expect(await story.lastDay()).toBe('2026-07-04');
  });

  test('is agreed once, by the county, and not after the case took effect', async () => {
    const story = await house.begin();
    for (const other of ['street', 'secretary', 'chair', 'security'] as const)
      expect(await story.officer(other).declares('suspend', agreed('2026-02-02', '2026-02-11'))).toMatchObject({ refused: 'NotYourEvent' });
    await story.officer('countyHr').declares('suspend', agreed('2026-02-02', '2026-02-11'));
    expect(await story.officer('countyOrg').declares('suspend', agreed('2026-03-02', '2026-03-11'))).toMatchObject({
      refused: 'AlreadyDeclared',
    });
    expect(await story.lastDay()).toBe('2026-07-14');
    const other = await house.begin();
    await goesOnTo(house, other, '县级备案');
    expect(await other.officer('countyHr').declares('suspend', agreed('2026-07-02', '2026-07-11'))).toMatchObject({
      refused: 'AlreadyEffective',
    });
  });

  test('that begins on the very last day moves it all the same', async () => {
    const story = await house.begin();
    await goesOnTo(house, story, '社区意见');
    await house.until('2026-07-04', '10:00');
    await story.officer('countyHr').declares('suspend', agreed('2026-07-04', '2026-07-10'));
    expect(await story.lastDay()).toBe('2026-07-11');
    await house.until('2026-07-11', '23:59');
    expect(await story.openStages()).toEqual(['社区意见']);
    await house.until('2026-07-12', '00:00');
    await hasConverted(story, '2026-07-11', '2026-07-12');
  });
});
