import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { startStory, workflowIdOf } from '../../apps/worker/src/couriers.ts';
import { addDays, dateOf } from '../../libs/domain/dates.ts';
import { isRefusal } from '../../libs/domain/refusal.ts';
import type { StoryMessage } from '../../libs/domain/story.ts';
import { inviteCast } from '../../test/support/cast.ts';
import { freshDatabase } from '../../test/support/database.ts';
import { House, TASK_QUEUE, workflowBundle, type Bundle } from '../../test/support/stories.ts';
import type { Story } from '../../test/support/story.ts';
import { temporalDevServer } from '../../test/support/temporal.ts';
import { answerTo, passes } from '../processes/probation/probation.fixture.ts';

// On a real server, whose clock is everybody's: probations that are in their review period, so that no day has to be waited for.
const toTheEnd = [
  '录用条件确认',
  '导师结对',
  '中期检查',
  '本人总结',
  '社区意见',
  '导师意见',
  '街道考核',
  '党工委决定',
  '县级备案',
  '告知本人',
];

async function realHouse(settings?: readonly string[]) {
  const [server, database] = await Promise.all([temporalDevServer({ settings }), freshDatabase({ connections: 20 })]);
  const cast = await inviteCast(database.db, new Date());
  const [connection, native] = await Promise.all([
    Connection.connect({ address: server.address }),
    NativeConnection.connect({ address: server.address }),
  ]);
  const house = new House(database, cast, { client: new Client({ connection }), connection: native }, { now: async () => new Date() });
  const close = async () => {
    await house.close();
    await connection.close();
    await native.close();
    await server.close();
  };
  return { house, close };
}

const inReview = (house: House) => house.begin({ startedOn: addDays(dateOf(new Date()), -165) });
const lengthOf = async (story: Story) => (await (await story.handle()).fetchHistory()).events!.length;

/** Everything that a story could have done twice. */
async function done({ house, caseId, worker }: Story) {
  const where = { where: { caseId } };
  const { db } = house;
  const [entries, mails, runs, tasks, steps, incidents, facts] = await Promise.all([
    db.ledgerEntry.count(where),
    db.mail.count(where),
    db.stageRun.count(where),
    db.task.count(where),
    db.stepResult.count(where),
    db.incident.count(where),
    db.personFact.count({ where: { personId: worker.personId } }),
  ]);
  return { entries, mails, runs, tasks, steps, incidents, facts };
}

describe('on a real server', () => {
  let house: House;
  let close: () => Promise<void>;
  const fetched: number[] = [];
  beforeAll(async () => {
    ({ house, close } = await realHouse());
    const { messagesAfter } = house.activities;
    house.activities.messagesAfter = (of) => (fetched.push(of.no), messagesAfter(of));
    await house.open();
  }, 120_000);
  afterEach(() => house.settle());
  afterAll(() => close());

  test('a stage that is answered before its first reminder costs at most ten events of history, a wake-up at most six', async () => {
    const story = await inReview(house);
    for (const title of toTheEnd.slice(0, 3)) await passes(story, title);
    const costs: Record<string, number> = {};
    for (const title of ['本人总结', '社区意见', '导师意见']) {
      const before = await lengthOf(story);
      await passes(story, title);
      costs[title] = (await lengthOf(story)) - before;
      expect(costs[title]).toBeLessThanOrEqual(10);
    }
    // something falls due soon: the next stage's timer is set for it
    const { id } = await house.db.due.create({
      data: { caseId: story.caseId, key: 'before/lastDay/soon', kind: 'before', at: new Date(Date.now() + 6_000) },
    });
    const doneAt = async () => (await house.db.due.findUnique({ where: { id } }))!.doneAt;
    await passes(story, '街道考核');
    const before = await lengthOf(story);
    expect(await doneAt()).toBeNull();
    await house.eventually('what falls due is done', doneAt);
    await story.quiet();
    const cost = (await lengthOf(story)) - before;
    expect(cost).toBeGreaterThan(0);
    expect(cost).toBeLessThanOrEqual(6);
    process.stdout.write(`events of history a stage: ${JSON.stringify(costs)}, a further wake-up: ${cost}\n`);
  });

  test('a story that the engine has lost is told again from the desk’s memory: nothing is done twice, and it goes on', async () => {
    const story = await inReview(house);
    for (const title of toTheEnd) {
      const before = await done(story);
      await (await story.handle()).terminate('lost');
      const { process, naturalKey, run } = await story.case();
      await startStory(house.client, TASK_QUEUE, { process, workflowId: workflowIdOf({ process, naturalKey, run }), caseId: story.caseId });
      await story.quiet();
      expect(await done(story)).toEqual(before);
      await passes(story, title);
    }
    expect(await story.case()).toMatchObject({ status: 'ended', outcome: 'confirmed' });
  });

  test('messages that come out of order, twice or not at all are heard once and in order', async () => {
    const story = await inReview(house);
    await house.stopCouriers();
    for (const [title, who] of [
      ['录用条件确认', story.worker.accountId],
      ['中期检查', house.cast.ids.secretary],
      ['本人总结', story.worker.accountId],
    ] as const) {
      const by = await house.cast.by(who, new Date());
      const [task] = await story.tasks(title, who);
      expect(isRefusal(await house.desk.answer({ ...by, taskId: task!.id, answer: answerTo[title]!(dateOf(by.at)) }))).toBe(false);
    }
    const messages = (await house.db.message.findMany({ where: { caseId: story.caseId }, orderBy: { no: 'asc' } })).map(
      ({ body }) => body as unknown as StoryMessage,
    );
    expect(messages.map(({ no }) => no)).toEqual([1, 2, 3, 4]);
    const handle = await story.handle();
    const say = (no: number) => handle.signal('deskMessage', messages[no - 1]!);
    fetched.length = 0;
    await say(4);
    // 2 and 3 are missing: the story fetches them
    await story.quiet();
    expect(fetched).toContain(1);
    expect(await story.openStages()).toContain('社区意见');
    const before = await done(story);
    for (const no of [3, 1, 4, 2, 4]) await say(no);
    await house.startCouriers();
    await passes(story, '社区意见');
    expect(await story.whereIsIt()).toMatchObject({ heard: 5 });
    const { runs } = await done(story);
    expect(runs).toBe(before.runs);
  });

  test('a fault in the code stalls the story, and a mended version heals it', async () => {
    const story = await inReview(house);
    for (const title of toTheEnd.slice(0, 6)) await passes(story, title);
    const sound = await workflowBundle();
    const asked = /await ask\((['"])committee\1/;
    expect(sound.code).toMatch(asked);
    const faulty: Bundle = {
      ...sound,
      code: sound.code.replace(asked, (text) => `(() => { throw new Error('a fault in the code'); })() || ${text}`),
    };
    await house.stopEngine();
    await house.startEngine({ bundle: faulty });
    const by = await house.cast.by(house.cast.ids.street, new Date());
    const [task] = await story.tasks('街道考核');
    expect(isRefusal(await house.desk.answer({ ...by, taskId: task!.id, answer: answerTo['街道考核']!(dateOf(by.at)) }))).toBe(false);
    expect(await house.eventually('the fault', () => story.lastFailure())).toBe('a fault in the code');
    expect(await story.openStages()).toEqual([]);
    expect((await (await story.handle()).describe()).status.name).toBe('RUNNING');
    await house.stopEngine();
    await house.startEngine();
    await story.waitForTask('党工委决定');
    for (const title of toTheEnd.slice(7)) await passes(story, title);
    expect(await story.case()).toMatchObject({ status: 'ended', outcome: 'confirmed' });
  });
});

test('a long history is cut: the story continues as new from the desk’s memory, as often as the server suggests', async () => {
  const { house, close } = await realHouse(['limit.historyCount.suggestContinueAsNew=25']);
  try {
    await house.open();
    const story = await inReview(house);
    const { firstExecutionRunId, runId } = (await (await story.handle()).describe()).raw.workflowExecutionInfo!.execution! as {
      runId: string;
      firstExecutionRunId?: string;
    };
    const runs = new Set([firstExecutionRunId ?? runId]);
    for (const title of toTheEnd) {
      await passes(story, title);
      runs.add((await (await story.handle()).describe()).runId);
    }
    expect(runs.size).toBeGreaterThan(2);
    expect(await story.case()).toMatchObject({ status: 'ended', outcome: 'confirmed' });
    const { steps, runs: stages } = await done(story);
    expect([steps, stages]).toEqual([1, toTheEnd.length]);
    await house.settle();
  } finally {
    await close();
  }
});
