import { provisionalTable } from '../../../libs/calendar/provisional.ts';
import { loadCalendar } from '../../../libs/calendar/calendar.ts';
import { makeCalendar, type Calendar } from '../../../libs/domain/calendar.ts';
import { addDays, dateOf, instantOf, timeOf } from '../../../libs/domain/dates.ts';
import { place } from '../../../test/support/cast.ts';
import { skippingHouse, TASK_QUEUE, type SkippingHouse } from '../../../test/support/stories.ts';
import type { Story } from '../../../test/support/story.ts';
import { contract } from './contract.ts';
import { passes } from './probation.fixture.ts';

interface Rehearsed {
  outcome: string;
  dates: { on: string; at: string | null; kind: string; title: string; tentative: boolean; unknown: boolean }[];
}

let house: SkippingHouse;
let drawn = 0;
beforeAll(async () => (house = await skippingHouse()));
afterEach(() => house.settle());
afterAll(() => house.close());

async function rehearses(of: {
  input: unknown;
  pinned: unknown;
  at: Date;
  calendar: Calendar;
}): Promise<{ said: Rehearsed; events: number[] }> {
  const handle = await house.client.workflow.start('rehearsal', {
    taskQueue: TASK_QUEUE,
    workflowId: `rehearsal/${(drawn += 1)}`,
    args: [{ process: 'probation', ...of, at: of.at.toISOString() }],
  });
  const said = (await handle.result()) as Rehearsed;
  const { events } = await handle.fetchHistory();
  return { said, events: events!.map(({ eventType }) => Number(eventType)) };
}

const rehearsalOf = async (story: Story) => {
  const { input, pinned, startedAt } = await story.case();
  return rehearses({ input, pinned, at: startedAt, calendar: await loadCalendar(house.db, place.county) });
};

/** Everybody answers on the due moment, and a minute before it where it is the law's end. */
async function allAnswerOnTime(story: Story): Promise<void> {
  for (;;) {
    const { status, waitingFor } = await story.case();
    if (status === 'ended') return;
    const open = await house.db.stageRun.findMany({ where: { caseId: story.caseId, status: 'open' } });
    if (open.length === 0) {
      const until = new Date((waitingFor as { until: string }).until);
      if (until > (await house.clock.now())) await house.until(dateOf(until), timeOf(until));
      await house.eventually('the wait is over', async () => (await story.openStages()).length > 0);
      continue;
    }
    const moments = open.map(({ stage, dueAt, legalEndAt }) => ({
      stage,
      at: new Date(dueAt!.getTime() - (dueAt!.getTime() === legalEndAt?.getTime() ? 60_000 : 0)),
    }));
    moments.sort((a, b) => a.at.getTime() - b.at.getTime());
    const { stage, at } = moments[0]!;
    if (at > (await house.clock.now())) await house.until(dateOf(at), timeOf(at));
    await passes(story, contract.stages[stage as keyof typeof contract.stages].title);
  }
}

const titleOf = (stage: string) => contract.stages[stage as keyof typeof contract.stages].title;
const inOrder = (lines: string[]) => lines.sort();

/** What a case's desk holds, as the rehearsal writes it. */
async function cameTrue(story: Story) {
  const { caseId } = story;
  const [runs, due, found] = await Promise.all([
    house.db.stageRun.findMany({ where: { caseId } }),
    house.db.due.findMany({ where: { caseId } }),
    story.case(),
  ]);
  return {
    outcome: found.outcome,
    endedOn: dateOf(found.endedAt!),
    stages: inOrder(
      runs.map(({ stage, dueAt, closedAt }) => `${titleOf(stage)} answered ${dateOf(closedAt!)}, due ${dueAt!.toISOString()}`),
    ),
    reminders: inOrder(
      due.filter(({ kind }) => kind.startsWith('reminder')).map(({ stage, at }) => `提醒：${titleOf(stage!)} ${at.toISOString()}`),
    ),
    waits: inOrder(due.filter(({ kind }) => kind === 'wait').map(({ at }) => at.toISOString())),
  };
}

const foretold = ({ outcome, dates }: Rehearsed) => ({
  outcome,
  endedOn: dates.find(({ kind }) => kind === 'end')!.on,
  stages: inOrder(dates.filter(({ kind }) => kind === 'stage').map(({ title, on, at }) => `${title} answered ${on}, due ${at}`)),
  reminders: inOrder(
    dates.filter(({ kind, title }) => kind === 'reminder' && !/前 \d+ 天$/.test(title)).map(({ title, at }) => `${title} ${at}`),
  ),
  waits: inOrder(dates.filter(({ kind }) => kind === 'wait').map(({ at }) => at!)),
});

describe('what is rehearsed comes true when everybody answers on the due moment', () => {
  test.each([
    ['on the first day', 0, 2],
    ['after the mid-point', 110, 1],
    ['in the review period', 165, 0],
    ['five days before the end', 178, 0],
  ])('started %s', async (_when, daysAgo, waits) => {
    const story = await house.begin({ startedOn: addDays(await house.today(), -daysAgo) });
    const { said, events } = await rehearsalOf(story);
    // started; its one task scheduled, begun, completed; completed
    expect(events).toEqual([1, 5, 6, 7, 2]);
    await allAnswerOnTime(story);
    expect(foretold(said)).toEqual(await cameTrue(story));
    expect(foretold(said).waits).toHaveLength(waits);
  });
});

test('started late, a mentor whom nobody names holds up neither the opinions nor the law’s end', async () => {
  const story = await house.begin({ startedOn: addDays(await house.today(), -165) });
  for (const title of ['本人总结', '社区意见']) await passes(story, title);
  await house.until(addDays(story.worker.lastDay, 1), '00:01');
  await house.eventually('the filing', async () => (await story.openStages()).includes('县级备案'));
  expect(await house.db.incident.count({ where: { caseId: story.caseId, kind: 'ConvertedBySilence' } })).toBe(1);
});

describe('over the turn of the year', () => {
  const table = (year: number) => ({ ...provisionalTable(year), official: true });
  const input = { personId: 'x', startedOn: '2026-09-07', probationMonths: 6, openedOn: '2026-09-07' };
  const told = (calendar: Calendar) =>
    rehearses({ input, pinned: { reviewBefore: 30, reminders: [], within: {} }, at: instantOf('2026-09-07', '10:00'), calendar });
  const within = (year: string, { dates }: Rehearsed) => dates.filter(({ kind, on }) => kind === 'stage' && on.startsWith(year));

  test('a provisional table makes the dates of its year tentative, and only those', async () => {
    const { said } = await told(makeCalendar([table(2026), provisionalTable(2027)]));
    expect(within('2026', said).map(({ tentative }) => tentative)).toEqual([false, false, false]);
    expect(within('2027', said).length).toBeGreaterThan(5);
    for (const date of within('2027', said)) expect(date).toMatchObject({ tentative: true, unknown: false });
  });

  test('an official table of the same days gives the same dates, none of them tentative', async () => {
    const [first, second] = [
      await told(makeCalendar([table(2026), provisionalTable(2027)])),
      await told(makeCalendar([table(2026), table(2027)])),
    ];
    expect(foretold(second.said)).toEqual(foretold(first.said));
    expect(second.said.dates.filter(({ tentative }) => tentative)).toEqual([]);
  });

  test('without a table the dates are unknown, nothing is guessed, and the story is told to its end', async () => {
    const { said } = await told(makeCalendar([table(2026)]));
    expect(said.outcome).toBe('confirmed');
    for (const date of within('2026', said)) expect(date).toMatchObject({ unknown: false });
    for (const date of within('2027', said)) expect(date).toMatchObject({ unknown: true, at: null, tentative: false });
    expect(within('2027', said).map(({ title }) => title)).toEqual([
      '本人总结',
      '社区意见',
      '导师意见',
      '街道考核',
      '党工委决定',
      '县级备案',
      '告知本人',
    ]);
    expect(said.dates.filter(({ kind, title }) => kind === 'reminder' && title.includes('本人总结'))).toEqual([]);
  });
});
