import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Worker } from '@temporalio/worker';
import { createActivities } from '../../../activities/index.ts';
import { addDays, dateOf } from '../../../libs/domain/dates.ts';
import { isRefusal } from '../../../libs/domain/refusal.ts';
import { skippingHouse, workflowBundle, type Bundle, type SkippingHouse } from '../../../test/support/stories.ts';
import type { Story } from '../../../test/support/story.ts';
import type { Officer } from '../../../test/support/cast.ts';
import { contract } from './contract.ts';
import { failing, goesOnTo, majority, passes } from './probation.fixture.ts';

// Histories of the main branches as they were recorded: every later version of the story must replay them. RECORD_JOURNALS=1 records them anew.
const folder = path.join(process.cwd(), 'workflows/processes/probation/journals');
const recording = process.env.RECORD_JOURNALS === '1';

interface Branch {
  daysAgo?: number;
  go: (house: SkippingHouse, story: Story) => Promise<void>;
}
const by = async (house: SkippingHouse, who: string) => house.cast.by(house.cast.ids[who as Officer] ?? who, await house.clock.now());
const accepted = (verdict: unknown): void => {
  if (isRefusal(verdict as object)) throw new Error(JSON.stringify(verdict));
};
const returns = (house: SkippingHouse, story: Story, then: 'through' | 'straightBack') => async () => {
  const [task] = await story.tasks('街道考核');
  accepted(
    await house.desk.returnTask({
      ...(await by(house, 'street')),
      taskId: task!.id,
      to: 'summary',
      reason: '总结过于简略，请补充。',
      then,
    }),
  );
};

const branches: Record<string, Branch> = {
  pass: { go: (house, story) => goesOnTo(house, story, null) },
  fail: {
    go: async (house, story) => {
      await goesOnTo(house, story, '党工委决定');
      for (const officer of majority) accepted(await story.officer(officer).answers('党工委决定', failing));
      await goesOnTo(house, story, null);
    },
  },
  resigned: {
    go: async (house, story) => {
      accepted(
        await house.desk.declare({
          ...(await by(house, story.worker.accountId)),
          caseId: story.caseId,
          event: 'resign',
          answer: { reason: '个人原因。' },
        }),
      );
      await story.quiet();
      await goesOnTo(house, story, null);
    },
  },
  converted: {
    go: async (house, story) => {
      await goesOnTo(house, story, '街道考核');
      await house.until(addDays(story.worker.lastDay, 1), '09:30');
      await goesOnTo(house, story, null);
    },
  },
  returned: {
    daysAgo: 160,
    go: async (house, story) => {
      await goesOnTo(house, story, '街道考核');
      await returns(house, story, 'through')();
      await story.waitForTask('本人总结');
      await story.quiet();
      await goesOnTo(house, story, null);
    },
  },
  withdrawn: {
    go: async (house, story) => {
      await passes(story, '录用条件确认');
      accepted(await house.desk.withdraw({ ...(await by(house, 'countyHr')), caseId: story.caseId, reason: '发起有误。' }));
      await story.quiet();
    },
  },
  suspended: {
    go: async (house, story) => {
      const today = dateOf(await house.clock.now());
      accepted(
        await house.desk.declare({
          ...(await by(house, 'countyHr')),
          caseId: story.caseId,
          event: 'suspend',
          answer: { fromOn: today, toOn: addDays(today, 9), documentNo: '协〔2026〕1号', reason: '双方书面约定。' },
        }),
      );
      await story.quiet();
      await goesOnTo(house, story, null);
    },
  },
  late: { daysAgo: 165, go: (house, story) => goesOnTo(house, story, null) },
};
const outcomes: Record<string, string> = {
  pass: 'confirmed',
  fail: 'terminated',
  resigned: 'resigned',
  converted: 'converted',
  returned: 'confirmed',
  withdrawn: 'withdrawn',
  suspended: 'confirmed',
  late: 'confirmed',
};

/** A history as plain JSON: bytes under `$b64`, long numbers as numbers. Who ran it and where is left out. */
function plain(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (ArrayBuffer.isView(value)) return { $b64: Buffer.from(value as Uint8Array).toString('base64') };
  if (Array.isArray(value)) return value.map(plain);
  if ('low' in value && 'high' in value) return Number(value);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, each]) => key !== 'identity' && each !== null)
      .map(([key, each]) => [key, plain(each)]),
  );
}
const revived = (_key: string, value: unknown): unknown =>
  value && typeof value === 'object' && '$b64' in value ? new Uint8Array(Buffer.from(String(value.$b64), 'base64')) : value;

if (recording)
  describe('recording', () => {
    let house: SkippingHouse;
    beforeAll(async () => (house = await skippingHouse()), 120_000);
    afterEach(() => house.settle());
    afterAll(() => house.close());

    test.each(Object.entries(branches))('%s', async (name, { daysAgo = 0, go }) => {
      const story = await house.begin({ startedOn: addDays(dateOf(await house.clock.now()), -daysAgo) });
      await go(house, story);
      expect(await story.case()).toMatchObject({ status: 'ended', outcome: outcomes[name] });
      const history = JSON.stringify(plain(await (await story.handle()).fetchHistory()));
      const told = decoded(history);
      for (const secret of house.cast.secrets) expect(told).not.toContain(secret);
      mkdirSync(folder, { recursive: true });
      writeFileSync(path.join(folder, `${name}.json`), history);
    });
  });

/** A journal with its payloads in the clear, however it is laid out. */
const decoded = (text: string): string =>
  JSON.stringify(JSON.parse(text)).replace(/"\$b64":"([A-Za-z0-9+/=]*)"/g, (_, data: string) => Buffer.from(data, 'base64').toString());

const journals = (): [string, string][] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => [file.replace('.json', ''), readFileSync(path.join(folder, file), 'utf8')]);
const replay = (bundle: Bundle, text: string) =>
  Worker.runReplayHistory({ workflowBundle: bundle }, JSON.parse(text, revived) as unknown, 'probation/journal/1');

test('there is a journal of every branch, and none is big', () => {
  expect(
    journals()
      .map(([name]) => name)
      .sort(),
  ).toEqual(Object.keys(branches).sort());
  for (const [, text] of journals()) expect(text.length).toBeLessThan(200_000);
});

describe.each(Object.keys(branches))('%s', (name) => {
  const text = () => readFileSync(path.join(folder, `${name}.json`), 'utf8');

  test('replays with the story as it is', async () => {
    await replay(await workflowBundle(), text());
  });

  test('is refused by a story that does something else', async () => {
    const sound = await workflowBundle();
    const own = /await dates\((?=\[\s*\{\s*key: 'lastDay',\s*title: '试用期最后一天')/g;
    expect(sound.code.match(own)).toHaveLength(1);
    const code = sound.code.replace(own, "await tools.world.raiseIncident('other', { kind: 'Other', detail: {} }); await dates(");
    await expect(replay({ ...sound, code }, text())).rejects.toThrow(/nondeterminism/i);
  });

  test('holds nobody’s name, address, phone or ID number', () => {
    const told = decoded(text());
    expect(told).toContain('lastMessageNo');
    expect(told).not.toMatch(/田新人|办件"|@example|"identity"/);
    expect(told).not.toMatch(/(?<![\w-])1[3-9]\d{9}(?![\w-])/);
    expect(told).not.toMatch(/(?<![\w-])\d{17}[\dX](?![\w-])/);
  });

  test('names registered activities only', () => {
    const told = decoded(text());
    const named = [...told.matchAll(/"activity_type":\s*"(\w+)"/g), ...told.matchAll(/"activityType":\s*\{\s*"name":\s*"(\w+)"/g)].map(
      ([, activity]) => activity,
    );
    expect(named).toEqual(expect.arrayContaining(['recall', 'openStages']));
    const registered = Object.keys(createActivities({ desk: {} as never, room: {} as never }));
    expect(registered).toEqual(expect.arrayContaining([...new Set(named)]));
  });
});

test('the stages that the story asks are those of the contract, each with its place on the map', () => {
  const source = readFileSync(path.join(process.cwd(), 'workflows/processes/probation/workflow.ts'), 'utf8');
  const calls = [
    ...source.matchAll(/\bask(?:Together|Beside)?\(\s*(\[[^\]]*\]|'\w+')/g),
    ...source.matchAll(/const stage of (\[[^\]]*\])/g),
  ];
  const asked = new Set(calls.flatMap(([, names]) => [...names!.matchAll(/'(\w+)'/g)].map(([, stage]) => stage!)));
  expect([...asked].sort()).toEqual([...contract.order].sort());
  expect([...new Set(contract.map.flatMap(({ from, to }) => [from, to]))].sort()).toEqual([...contract.order].sort());
  const answered = new Set(
    journals().flatMap(([, text]) =>
      [...decoded(text).matchAll(/"kind":"closed","told":\{[^{}]*\},"round":\d+,"stage":"(\w+)"/g)].map(([, stage]) => stage!),
    ),
  );
  expect([...answered].sort()).toEqual([...contract.order].sort());
});
