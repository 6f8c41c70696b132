import { dateOf, timeOf } from '../../../libs/domain/dates.ts';
import type { Officer } from '../../../test/support/cast.ts';
import type { Story } from '../../../test/support/story.ts';
import { houseHere, type HouseHere } from '../../../test/support/stories-here.ts';
import { failing, goesOnTo, majority, passes } from './probation.fixture.ts';

// Hired on Monday 2026-01-05 for six months: mid-point 2026-04-05, review from 2026-06-04, last day Saturday 2026-07-04.
let house: HouseHere;
beforeAll(async () => (house = await houseHere('2026-01-05')));
beforeEach(() => house.setClock('2026-01-05'));
afterEach(() => house.settle());
afterAll(() => house.close());

const moment = (at: Date) => `${dateOf(at)} ${timeOf(at)}`;
/** Mails of one kind: when each was caused, and when it may leave. */
async function told(story: Story, template: 'task-reminder' | 'task-escalated' | 'worker-notice', who?: string) {
  const mails = (await story.mails(template)).filter(({ accountId }) => !who || accountId === who);
  return [
    ...new Set(
      mails.map(({ createdAt, notBefore, says }) => `${String(says.mark ?? '')} ${moment(createdAt)} → ${moment(notBefore)}`.trim()),
    ),
  ];
}
const toldOfTheLastDay = async (story: Story, createdOn: string) =>
  (await story.mails('worker-notice')).filter(({ createdAt }) => dateOf(createdAt) === createdOn).map(({ accountId }) => accountId);
const idsOf = (...officers: Officer[]) => officers.map((officer) => house.cast.ids[officer]).sort();

describe('30, 15, 7 and 3 days before the last day', () => {
  test('in the morning; a mail waits for the next working day', async () => {
    const story = await house.begin();
    await goesOnTo(house, story, '街道考核');
    await house.until('2026-07-04', '12:00');
    expect(await told(story, 'worker-notice')).toEqual([
      '2026-06-04 09:00 → 2026-06-04 09:00', // Thursday
      '2026-06-19 09:00 → 2026-06-22 08:30', // the Dragon Boat festival, to Sunday
      '2026-06-27 09:00 → 2026-06-29 08:30', // Saturday
      '2026-07-01 09:00 → 2026-07-01 09:00', // Wednesday
    ]);
  });

  test('unless the probation would be over by then', async () => {
    house.setClock('2026-04-05');
    // six months from 5 April: the last day is 4 October, in the National Day holiday
    const story = await house.begin();
    await goesOnTo(house, story, '街道考核');
    await house.until('2026-10-04', '12:00');
    expect(await told(story, 'worker-notice')).toEqual([
      '2026-09-04 09:00 → 2026-09-04 09:00', // Friday
      '2026-09-19 09:00 → 2026-09-20 08:30', // Saturday; the Sunday is a make-up day
      '2026-09-27 09:00 → 2026-09-28 08:30', // the Mid-Autumn holiday, to Sunday
      '2026-10-01 09:00 → 2026-10-01 09:00', // the next working day is 8 October: too late
    ]);
  });

  test('to the starter, to whoever had a part and to whoever is asked now, never to the worker', async () => {
    const story = await house.begin();
    await goesOnTo(house, story, '本人总结');
    // nobody else is asked yet: the starter, the street (paired the mentor), the secretary (checked at the middle)
    expect((await toldOfTheLastDay(story, '2026-06-04')).sort()).toEqual(idsOf('countyHr', 'street', 'secretary'));
    await goesOnTo(house, story, '街道考核');
    await house.until('2026-06-19', '09:00');
    // the deputy has given the mentor's opinion; of the street both may answer
    expect((await toldOfTheLastDay(story, '2026-06-19')).sort()).toEqual(idsOf('countyHr', 'street', 'street2', 'secretary', 'deputy'));
    await goesOnTo(house, story, '党工委决定');
    await house.until('2026-06-27', '09:00');
    const voters: Officer[] = ['chair', 'deputy', 'member3', 'member4', 'member5', 'member6', 'member7'];
    expect((await toldOfTheLastDay(story, '2026-06-27')).sort()).toEqual(idsOf('countyHr', 'street', 'secretary', ...voters));
  });

  test.each([
    ['2026-06-04', '08:00', ['2026-06-04', '2026-06-19', '2026-06-27', '2026-07-01']],
    ['2026-06-04', '09:00', ['2026-06-19', '2026-06-27', '2026-07-01']],
    ['2026-06-25', '10:00', ['2026-06-27', '2026-07-01']],
    ['2026-07-02', '10:00', []],
  ])('of a case started on %s at %s none from before its start', async (on, time, mornings) => {
    house.setClock(on, time);
    const story = await house.begin({ startedOn: '2026-01-05' });
    await house.until('2026-07-04', '12:00');
    expect((await told(story, 'worker-notice')).map((line) => line.slice(0, 10))).toEqual(mornings);
  });

  test('none after the case has taken effect', async () => {
    const story = await house.begin();
    await goesOnTo(house, story, '党工委决定');
    await house.until('2026-06-22', '10:00');
    await passes(story, '党工委决定');
    await house.until('2026-07-04', '12:00');
    expect((await told(story, 'worker-notice')).map((line) => line.slice(0, 10))).toEqual(['2026-06-04', '2026-06-19']);
  });

  test('none after a resignation', async () => {
    const story = await house.begin();
    await goesOnTo(house, story, '街道考核');
    await story.self.declares('resign', { reason: '回家乡工作', leavesOn: '2026-07-03' });
    await house.until('2026-07-04', '12:00');
    expect((await told(story, 'worker-notice')).map((line) => line.slice(0, 10))).toEqual(['2026-06-04']);
  });
});

const unfit = async (story: Story) => {
  await goesOnTo(house, story, '党工委决定');
  for (const officer of majority) await story.officer(officer).answers('党工委决定', failing);
};

describe('a stage is reminded of at half its time, at four fifths and at its end; a day late it can still be answered', () => {
  const at = (title: string) => (story: Story) => goesOnTo(house, story, title);
  const [nine, close] = ['09:00', '17:30'];
  test.each<[string, string, (story: Story) => Promise<void>, string, string, string, string]>([
    // five working days from Monday 5 January; the third and the fourth
    ['录用条件确认', 'conditions', async () => undefined, '2026-01-08', '2026-01-09', '2026-01-12', '2026-01-13'],
    // ten working days: the fifth and the eighth, over two weekends
    ['导师结对', 'mentor', async () => undefined, '2026-01-12', '2026-01-15', '2026-01-19', '2026-01-20'],
    // opens on Sunday 5 April within the Qingming holiday: the first working day is Tuesday the 7th
    ['中期检查', 'midpoint', at('中期检查'), '2026-04-09', '2026-04-10', '2026-04-13', '2026-04-14'],
    // from Thursday 4 June: 5, 8, 9, 10, 11
    ['本人总结', 'summary', at('本人总结'), '2026-06-09', '2026-06-10', '2026-06-11', '2026-06-12'],
    // three working days: the second, the third
    ['社区意见', 'community', at('社区意见'), '2026-06-08', '2026-06-09', '2026-06-09', '2026-06-10'],
    ['导师意见', 'mentorOpinion', at('导师意见'), '2026-06-08', '2026-06-09', '2026-06-09', '2026-06-10'],
    ['街道考核', 'street', at('街道考核'), '2026-06-09', '2026-06-10', '2026-06-11', '2026-06-12'],
    ['党工委决定', 'committee', at('党工委决定'), '2026-06-08', '2026-06-09', '2026-06-09', '2026-06-10'],
    ['工会意见', 'union', unfit, '2026-06-08', '2026-06-09', '2026-06-09', '2026-06-10'],
    // two working days: the first, the second
    [
      '送达解除通知',
      'service',
      async (story) => (await unfit(story), passes(story, '工会意见')),
      '2026-06-05',
      '2026-06-08',
      '2026-06-08',
      '2026-06-09',
    ],
    // fifteen days from the 4th end in a holiday and move to Monday the 22nd: eighteen days; the ninth is a Saturday, the fifteenth a holiday
    [
      '离职证明与档案转移',
      'certificate',
      async (story) => (await unfit(story), await passes(story, '工会意见'), passes(story, '送达解除通知')),
      '2026-06-15',
      '2026-06-22',
      '2026-06-22',
      '2026-06-23',
    ],
    ['县级备案', 'filing', at('县级备案'), '2026-06-09', '2026-06-10', '2026-06-11', '2026-06-12'],
    ['告知本人', 'notice', at('告知本人'), '2026-06-09', '2026-06-10', '2026-06-11', '2026-06-12'],
  ])('%s', async (title, stage, comesTo, half, fourFifths, end, late) => {
    const story = await house.begin();
    await comesTo(story);
    expect(await story.openStages()).toContain(title);
    const rows = await house.db.due.findMany({ where: { caseId: story.caseId, stage, kind: { not: 'legalEnd' } }, orderBy: { at: 'asc' } });
    expect(rows.map(({ kind, at }) => `${kind} ${moment(at)}`)).toEqual([
      `reminder50 ${half} ${nine}`,
      `reminder80 ${fourFifths} ${nine}`,
      `due ${end} ${close}`,
    ]);
    await house.until(late, '10:00');
    const entries = await house.db.ledgerEntry.findMany({
      where: { caseId: story.caseId, verb: { in: ['stage.remind', 'stage.overdue'] } },
      orderBy: { seq: 'asc' },
    });
    const ofStage = entries.filter(({ body }) => (JSON.parse(body) as { stage: string }).stage === stage);
    expect(ofStage.map(({ verb, at }) => `${verb} ${moment(at)}`)).toEqual([
      `stage.remind ${half} ${nine}`,
      `stage.remind ${fourFifths} ${nine}`,
      `stage.overdue ${end} ${close}`,
      `stage.overdue ${late} ${nine}`,
    ]);
    await passes(story, title);
    expect(await story.openStages()).not.toContain(title);
  });
});

test('whoever is asked by name is told each time, and once each working day while it is overdue', async () => {
  const story = await house.begin();
  await goesOnTo(house, story, '本人总结');
  await house.until('2026-06-22', '12:00');
  expect(await told(story, 'task-reminder', story.worker.accountId)).toEqual([
    '50 2026-06-09 09:00 → 2026-06-09 09:00',
    '80 2026-06-10 09:00 → 2026-06-10 09:00',
    '100 2026-06-11 17:30 → 2026-06-11 17:30',
    'overdue 2026-06-12 09:00 → 2026-06-12 09:00',
    'overdue 2026-06-15 09:00 → 2026-06-15 09:00',
    'overdue 2026-06-16 09:00 → 2026-06-16 09:00',
    'overdue 2026-06-17 09:00 → 2026-06-17 09:00',
    'overdue 2026-06-18 09:00 → 2026-06-18 09:00',
    'overdue 2026-06-22 09:00 → 2026-06-22 09:00', // over the Dragon Boat holiday nothing
  ]);
});

describe('overdue, a stage goes up level by level, once a working day', () => {
  const levelsOf = async (story: Story) => {
    const tasks = await house.db.task.findMany({ where: { caseId: story.caseId }, select: { id: true } });
    const levels = await house.db.taskEscalation.findMany({ where: { taskId: { in: tasks.map(({ id }) => id) } }, orderBy: { at: 'asc' } });
    return levels.map(({ role, at }) => `${role} ${moment(at)}`);
  };

  test('from the community to the street, the county’s two departments and the city; there it stays', async () => {
    const story = await house.begin();
    await goesOnTo(house, story, '社区意见');
    await house.until('2026-06-18', '12:00');
    expect(await levelsOf(story)).toEqual([
      'STREET_HR 2026-06-09 17:30',
      'COUNTY_HR 2026-06-10 09:00',
      'COUNTY_ORG 2026-06-11 09:00',
      'CITY_ORG 2026-06-12 09:00',
    ]);
    // the county's starter gives no opinion: of the two in that office only the other is told
    const escalated = await story.mails('task-escalated');
    expect(escalated.map(({ accountId }) => accountId).sort()).toEqual(
      idsOf('street', 'street2', 'countyHr2', 'countyOrg', 'countyOrg2', 'cityOrg'),
    );
    expect(await told(story, 'task-reminder', house.cast.ids.secretary)).toHaveLength(3 + 7);
  });

  test.each<[Officer, string]>([
    ['secretary', 'the one who was asked first'],
    ['street', 'the level above'],
    ['countyHr2', 'the level above that'],
  ])('%s may answer (%s)', async (who) => {
    const story = await house.begin();
    await goesOnTo(house, story, '社区意见');
    await house.until('2026-06-10', '12:00');
    const answer = { result: 'pass', opinion: '表现符合录用条件，建议按期转正。' };
    expect(await story.officer('countyHr').answers('社区意见', answer)).toMatchObject({ refused: 'StarterMayNotDecide' });
    expect(await story.officer('countyOrg').answers('社区意见', answer)).toMatchObject({ refused: 'NotYourTask' });
    expect(await story.officer(who).answers('社区意见', answer)).not.toHaveProperty('refused');
    expect(await story.openStages()).toEqual(['导师意见']);
  });

  test('a vote goes up to nobody: the level above is told once, and presses', async () => {
    const story = await house.begin();
    await goesOnTo(house, story, '党工委决定');
    await house.until('2026-06-12', '12:00');
    expect(await levelsOf(story)).toEqual([]);
    const escalated = await story.mails('task-escalated');
    expect(escalated.map(({ accountId, createdAt }) => `${accountId} ${moment(createdAt)}`).sort()).toEqual(
      idsOf('countyOrg', 'countyOrg2').map((id) => `${id} 2026-06-09 17:30`),
    );
    const vote = { result: 'pass', opinion: '同意按期转正。' };
    expect(await story.officer('countyOrg').answers('党工委决定', vote)).toMatchObject({ refused: 'NotYourTask' });
  });

  test('what comes due while nobody woke the story is told once, as it stands then', async () => {
    const story = await house.begin();
    await goesOnTo(house, story, '本人总结');
    // away from the 8th to the 15th: half, four fifths, the end and two mornings are past
    await house.until('2026-06-08', '10:00');
    house.passBy('2026-06-15', '11:00');
    await story.quiet();
    expect(await told(story, 'task-reminder', story.worker.accountId)).toEqual(['100 2026-06-15 11:00 → 2026-06-15 11:00']);
  });
});
