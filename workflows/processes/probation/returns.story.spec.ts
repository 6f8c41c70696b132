import type { Officer } from '../../../test/support/cast.ts';
import type { Story } from '../../../test/support/story.ts';
import { houseHere, type HouseHere } from '../../../test/support/stories-here.ts';
import { answerTo, failing, goesOnTo, majority, passes } from './probation.fixture.ts';

// Hired on Monday 2026-01-05 for six months: review from Thursday 2026-06-04, last day Saturday 2026-07-04.
let house: HouseHere;
beforeAll(async () => (house = await houseHere('2026-01-05')));
beforeEach(() => house.setClock('2026-01-05'));
afterEach(() => house.settle());
afterAll(() => house.close());

const order = [
  '录用条件确认',
  '导师结对',
  '中期检查',
  '本人总结',
  '社区意见',
  '导师意见',
  '街道考核',
  '党工委决定',
  '工会意见',
  '送达解除通知',
];
/** Who sends back from each stage that may. */
const returners: [string, Officer | 'self'][] = [
  ['本人总结', 'self'],
  ['社区意见', 'secretary'],
  ['导师意见', 'deputy'],
  ['街道考核', 'street'],
  ['党工委决定', 'chair'],
  ['工会意见', 'union'],
  ['送达解除通知', 'street'],
];

const acting = (story: Story, who: Officer | 'self') => (who === 'self' ? story.self : story.officer(who));
/** The usual people answer; the committee finds unfit where the case is to come to the union. */
async function answers(story: Story, title: string, unfit: boolean): Promise<void> {
  if (title === '党工委决定' && unfit) for (const officer of majority) await story.officer(officer).answers(title, failing);
  else await passes(story, title);
}
async function comesTo(story: Story, title: string): Promise<boolean> {
  const unfit = order.indexOf(title) > order.indexOf('党工委决定');
  await goesOnTo(house, story, unfit ? '党工委决定' : title);
  for (let [open] = await story.openStages(); open !== title; [open] = await story.openStages()) await answers(story, open!, unfit);
  return unfit;
}

describe.each(returners)('sent back from %s', (from, who) => {
  test('to every earlier stage: through all stages again, and straight back', async () => {
    const story = await house.begin();
    const unfit = await comesTo(story, from);
    const earlier = order.slice(0, order.indexOf(from));
    for (const to of earlier.toReversed()) {
      expect(await acting(story, who).returns(from, to, 'through')).not.toHaveProperty('refused');
      for (const title of order.slice(order.indexOf(to), order.indexOf(from))) {
        expect(await story.openStages()).toEqual(['录用条件确认', '导师结对'].includes(title) ? expect.arrayContaining([title]) : [title]);
        await answers(story, title, unfit);
      }
      expect(await story.openStages()).toEqual([from]);

      expect(await acting(story, who).returns(from, to, 'straightBack')).not.toHaveProperty('refused');
      expect(await story.openStages()).toEqual([to]);
      await answers(story, to, unfit);
      expect(await story.openStages()).toEqual([from]);
    }
    await answers(story, from, unfit);
    await goesOnTo(house, story, null);
    expect(await story.case()).toMatchObject({ status: 'ended', outcome: unfit ? 'terminated' : 'confirmed' });
    expect(await story.incidents()).toEqual([]);
  });
});

test('whoever answered last is told why, and a new round begins with its full time and all its reminders', async () => {
  const story = await house.begin();
  await goesOnTo(house, story, '街道考核');
  await house.until('2026-06-10', '15:00');
  const before = await house.db.due.findMany({ where: { caseId: story.caseId, stage: 'street', round: 1, doneAt: null } });
  expect(before.map(({ kind }) => kind).sort()).toEqual(['due', 'legalEnd']);
  await story.officer('street').returns('街道考核', '社区意见', 'straightBack');
  expect(await house.db.due.count({ where: { caseId: story.caseId, stage: 'street', doneAt: null } })).toBe(0);
  const mails = await story.mails('task-returned');
  expect(mails.map(({ accountId, says }) => [accountId, says.reason])).toEqual([[house.cast.ids.secretary, '请补充材料后再报。']]);
  await house.until('2026-06-11', '10:00');
  await passes(story, '社区意见');
  // five working days from Thursday the 11th: 12, 15, 16, 17, 18
  const again = await house.db.due.findMany({ where: { caseId: story.caseId, stage: 'street', round: 2 }, orderBy: { at: 'asc' } });
  expect(again.map(({ kind, at }) => `${kind} ${at.toISOString()}`)).toEqual([
    'reminder50 2026-06-16T01:00:00.000Z',
    'reminder80 2026-06-17T01:00:00.000Z',
    'due 2026-06-18T09:30:00.000Z',
    'legalEnd 2026-07-04T16:00:00.000Z',
  ]);
});

describe('a vote half way', () => {
  test('is sent back by the chair alone; the votes of that round count no more, and everybody votes again', async () => {
    const story = await house.begin();
    await goesOnTo(house, story, '党工委决定');
    for (const officer of ['deputy', 'member3', 'member4'] as const) await story.officer(officer).answers('党工委决定', failing);
    expect(await story.officer('member5').returns('党工委决定', '街道考核')).toMatchObject({ refused: 'ReturnNotAllowed' });
    expect(await story.officer('chair').returns('党工委决定', '街道考核')).not.toHaveProperty('refused');
    await passes(story, '街道考核');
    // one more against it would have decided the first round
    await story.officer('member6').answers('党工委决定', failing);
    expect(await story.openStages()).toEqual(['党工委决定']);
    for (const officer of majority) await passesVote(story, officer);
    await goesOnTo(house, story, null);
    expect((await story.case()).outcome).toBe('confirmed');
  });

  const passesVote = async (story: Story, officer: Officer) =>
    expect(await story.officer(officer).answers('党工委决定', { result: 'pass', opinion: '同意按期转正。' })).not.toHaveProperty('refused');
});

test.each<[string, string]>([
  ['工会意见', '党工委决定'],
  ['送达解除通知', '街道考核'],
  ['送达解除通知', '党工委决定'],
])('sent back from %s to %s, where the decision is another now, the case goes on from that', async (from, to) => {
  const story = await house.begin();
  await comesTo(story, from);
  await acting(story, returners.find(([title]) => title === from)![1]).returns(from, to);
  await goesOnTo(house, story, null);
  expect(await story.case()).toMatchObject({ status: 'ended', outcome: 'confirmed' });
});

test('an answer that is taken back while the engine is away leads nowhere: the stage is asked again, and only then the next', async () => {
  const story = await house.begin();
  await goesOnTo(house, story, '街道考核');
  await house.until('2026-06-08', '10:00');
  // both acts before the story hears of the first
  const [task] = await story.tasks('街道考核');
  const by = await house.cast.by(house.cast.ids.street, house.now);
  await house.desk.answer({ ...by, taskId: task!.id, answer: answerTo['街道考核']!(house.today) });
  expect(await house.desk.takeBack({ ...by, taskId: task!.id, reason: '分数写错了。' })).not.toHaveProperty('refused');
  await story.quiet();
  expect(await story.openStages()).toEqual(['街道考核']);
  await goesOnTo(house, story, null);
  expect((await story.case()).outcome).toBe('confirmed');
});

test('on the last day a case may still be sent back; the last day does not move for it', async () => {
  const story = await house.begin();
  await goesOnTo(house, story, '党工委决定');
  await house.until('2026-07-04', '20:00');
  await story.officer('chair').returns('党工委决定', '街道考核');
  await house.until('2026-07-05', '00:00');
  expect(await story.openStages()).toEqual(['县级备案']);
  await goesOnTo(house, story, null);
  expect((await story.case()).outcome).toBe('converted');
});

describe('is refused', () => {
  test.each([
    ['to a later stage', '社区意见', '街道考核'],
    ['to the stage itself', '社区意见', '社区意见'],
    ['to a stage of a branch that was not gone', '街道考核', '工会意见'],
  ])('%s', async (_where, from, to) => {
    const story = await house.begin();
    await goesOnTo(house, story, from);
    const who = from === '社区意见' ? 'secretary' : 'street';
    expect(await story.officer(who).returns(from, to)).toMatchObject({ refused: 'NotAnEarlierStage' });
    expect(await story.openStages()).toEqual([from]);
  });

  test.each<[string, Officer | 'self', string]>([
    ['录用条件确认', 'self', 'ReturnNotAllowed'],
    ['导师结对', 'street', 'ReturnNotAllowed'],
    ['中期检查', 'secretary', 'ReturnNotAllowed'],
    // in effect from the decision on
    ['县级备案', 'countyOrg', 'AlreadyEffective'],
    ['告知本人', 'self', 'AlreadyEffective'],
  ])('from %s', async (from, who, code) => {
    const story = await house.begin();
    await goesOnTo(house, story, from);
    expect(await acting(story, who).returns(from, '录用条件确认')).toMatchObject({ refused: code });
    expect(await story.openStages()).toContain(from);
  });
});
