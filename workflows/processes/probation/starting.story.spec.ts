import { provisionalTable } from '../../../libs/calendar/provisional.ts';
import { putYear } from '../../../libs/calendar/calendar.ts';
import { dateOf, timeOf } from '../../../libs/domain/dates.ts';
import { calendarsFor } from '../../../test/support/cast.ts';
import type { Story } from '../../../test/support/story.ts';
import { houseHere, type HouseHere } from '../../../test/support/stories-here.ts';
import { failing, goesOnTo, passes } from './probation.fixture.ts';

let house: HouseHere;
beforeAll(async () => (house = await houseHere('2026-01-05')));
afterEach(() => house.settle());
afterAll(() => house.close());

const moment = (at: Date | null) => at && `${dateOf(at)} ${timeOf(at)}`;
/** What is asked now and until when, by stage. */
const asked = async (story: Story) =>
  Object.fromEntries(
    (await house.db.stageRun.findMany({ where: { caseId: story.caseId, status: 'open' } })).map(({ stage, dueAt }) => [
      stage,
      moment(dueAt),
    ]),
  );
const runOf = (story: Story, stage: string) => house.db.stageRun.findFirstOrThrow({ where: { caseId: story.caseId, stage } });

describe('a probation from 2026-01-05 to 2026-07-04, its case started later', () => {
  // The middle is Sunday 5 April (in the Qingming holiday), the review opens on Thursday 4 June.
  test.each<[string, string, string, Record<string, string>]>([
    // conditions 5 working days, mentor 10; Spring Festival from 15 to 23 February, Saturday the 14th is worked
    ['in the first third', '2026-02-09', '10:00', { conditions: '2026-02-14 17:30', mentor: '2026-02-28 17:30' }],
    ['on the day of the middle', '2026-04-05', '08:00', { conditions: '2026-04-13 17:30', mentor: '2026-04-20 17:30' }],
    // Labour Day from 1 to 5 May
    [
      'in the second third',
      '2026-04-20',
      '10:00',
      { conditions: '2026-04-27 17:30', mentor: '2026-05-07 17:30', midpoint: '2026-04-27 17:30' },
    ],
    // all at once, and the review with it; the Dragon Boat holiday from 19 to 21 June
    [
      'in the last third',
      '2026-06-10',
      '10:00',
      { conditions: '2026-06-17 17:30', mentor: '2026-06-25 17:30', midpoint: '2026-06-17 17:30', summary: '2026-06-17 17:30' },
    ],
    [
      'on the day of the review',
      '2026-06-04',
      '10:00',
      { conditions: '2026-06-11 17:30', mentor: '2026-06-18 17:30', midpoint: '2026-06-11 17:30', summary: '2026-06-11 17:30' },
    ],
    // five working days would end on the 10th: the law's end is 24:00 of the 4th
    [
      'on the last day but one',
      '2026-07-03',
      '10:00',
      { conditions: '2026-07-05 00:00', mentor: '2026-07-05 00:00', midpoint: '2026-07-05 00:00', summary: '2026-07-05 00:00' },
    ],
  ])('%s', async (_when, on, time, dues) => {
    house.setClock(on, time);
    const story = await house.begin({ startedOn: '2026-01-05' });
    expect(await asked(story)).toEqual(dues);
    await goesOnTo(house, story, null);
    expect(await story.case()).toMatchObject({ outcome: 'confirmed' });
  });

  test.each([
    ['recordedLate', '补录：已于四月十日检查，帮带计划按期完成。'],
    ['notDone', '中期检查未做：当时办件还没有发起。'],
  ])('the mid-point check is written down as it was: %s', async (how, findings) => {
    house.setClock('2026-05-11');
    const story = await house.begin({ startedOn: '2026-01-05' });
    await passes(story, '中期检查', { how, findings });
    expect((await runOf(story, 'midpoint')).result).toEqual({ how });
    await goesOnTo(house, story, null);
    expect((await story.case()).outcome).toBe('confirmed');
  });

  test('what should have been prepared holds up no opinion; found unfit needs the conditions confirmed all the same', async () => {
    house.setClock('2026-06-10');
    const story = await house.begin({ startedOn: '2026-01-05' });
    for (const title of ['本人总结', '社区意见']) await passes(story, title);
    expect(await story.openStages()).toEqual(['录用条件确认', '导师结对', '中期检查']);
    // the mentor’s opinion waits for a mentor
    await passes(story, '导师结对');
    for (const title of ['导师意见', '街道考核']) await passes(story, title);
    expect(await story.officer('chair').answers('党工委决定', failing)).toMatchObject({ refused: 'ConditionsNotConfirmed' });
    await passes(story, '录用条件确认');
    expect(await story.officer('chair').answers('党工委决定', failing)).not.toHaveProperty('refused');
  });

  test('nobody names a mentor: after the full time allowed the street gives that opinion', async () => {
    house.setClock('2026-06-10');
    const story = await house.begin({ startedOn: '2026-01-05' });
    for (const title of ['本人总结', '社区意见']) await passes(story, title);
    await house.until('2026-06-25', '23:59');
    expect(await story.openStages()).toEqual(['导师结对']);
    await house.until('2026-06-26', '00:00');
    expect(await story.openStages()).toEqual(['导师意见']);
    expect(await story.incidents()).toMatchObject([{ kind: 'StageLapsed' }, { kind: 'StageLapsed' }, { kind: 'StageLapsed' }]);
    await story.officer('street').answers('导师意见', { result: 'pass', opinion: '表现符合录用条件，建议按期转正。' });
    expect(await story.openStages()).toEqual(['街道考核']);
  });

  test('after the last day none is started', async () => {
    house.setClock('2026-07-05');
    await expect(house.begin({ startedOn: '2026-01-05' })).rejects.toThrow('ProbationOver');
  });

  test('while one runs no second one is started', async () => {
    house.setClock('2026-06-10');
    const { worker } = await house.begin({ startedOn: '2026-01-05' });
    await expect(house.begin({ worker })).rejects.toThrow('AlreadyRunning');
  });
});

describe('a shorter probation', () => {
  test.each<[number, string, string, string]>([
    // one month from 1 April 2026: 30 April; the middle, the 15th, comes after thirty days before the end: both are then
    [1, '2026-04-30', '2026-04-15', '2026-04-15'],
    // two months: 31 May; thirty days before are 1 May, the middle is that day
    [2, '2026-05-31', '2026-05-01', '2026-05-01'],
    [3, '2026-06-30', '2026-05-16', '2026-05-31'],
  ])('of %i months ends on %s: mid-point on %s, review from %s', async (months, lastDay, midpoint, review) => {
    house.setClock('2026-04-01');
    const story = await house.begin({ startedOn: '2026-04-01', months });
    expect(await story.lastDay()).toBe(lastDay);
    await goesOnTo(house, story, '中期检查');
    expect(house.today).toBe(midpoint);
    await goesOnTo(house, story, '本人总结');
    expect(house.today).toBe(review);
  });
});

describe('a year without a calendar', () => {
  // From Monday 2026-09-07: the last day is 2027-03-06, the middle 2026-12-06, the review opens on Thursday 2027-02-04.
  beforeEach(async () => {
    await house.db.calendarYear.deleteMany({ where: { year: 2027 } });
    await house.db.incident.deleteMany({ where: { kind: 'MissingCalendar' } });
    house.setClock('2026-09-07');
  });
  afterEach(() => calendarsFor(house.db, [2027]));
  const missing = () => house.db.incident.findMany({ where: { kind: 'MissingCalendar' } });

  test('the deadline waits and an incident is raised; when the year is loaded, the next morning counts it', async () => {
    const story = await house.begin();
    await goesOnTo(house, story, '本人总结');
    expect(house.today).toBe('2027-02-04');
    expect(await asked(story)).toEqual({ summary: null });
    expect((await runOf(story, 'summary')).legalEndAt!.toISOString()).toBe('2027-03-06T16:00:00.000Z');
    expect(await missing()).toMatchObject([{ resolvedAt: null, detail: { year: 2027 } }]);
    await house.until('2027-02-06', '10:00');
    // two mornings later nothing is guessed, and nobody was reminded
    expect(await asked(story)).toEqual({ summary: null });
    expect(await story.mails('task-reminder')).toEqual([]);
    expect(await missing()).toHaveLength(1);

    await house.db.$transaction((tx) => putYear(tx, provisionalTable(2027), house.now));
    await house.until('2027-02-07', '09:00');
    // Spring Festival from 5 to 8 February: the five working days are the 9th to the 12th and Monday the 15th
    expect(await asked(story)).toEqual({ summary: '2027-02-15 17:30' });
    expect((await runOf(story, 'summary')).dueTentative).toBe(true);
    expect((await missing())[0]!.resolvedAt).not.toBeNull();
    await house.until('2027-02-13', '10:00');
    expect((await story.mails('task-reminder')).map(({ createdAt, says }) => `${String(says.mark)} ${moment(createdAt)}`)).toEqual([
      '50 2027-02-11 09:00',
      '80 2027-02-12 09:00',
    ]);
    await goesOnTo(house, story, null);
    expect((await story.case()).outcome).toBe('confirmed');
  });

  test('officers may answer meanwhile, and each further stage waits the same', async () => {
    const story = await house.begin();
    await goesOnTo(house, story, '街道考核');
    expect(await asked(story)).toEqual({ street: null });
    expect(await missing()).toHaveLength(1);
    await goesOnTo(house, story, null);
    expect((await story.case()).outcome).toBe('confirmed');
  });

  test('the law’s end comes all the same', async () => {
    const story = await house.begin();
    await goesOnTo(house, story, '街道考核');
    await house.until('2027-03-06', '23:59');
    expect(await story.openStages()).toEqual(['街道考核']);
    await house.until('2027-03-07', '00:00');
    expect(await asked(story)).toEqual({ filing: null });
    await goesOnTo(house, story, null);
    expect((await story.case()).outcome).toBe('converted');
  });
});
