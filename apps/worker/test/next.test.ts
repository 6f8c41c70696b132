import { randomUUID } from 'node:crypto';
import { Matter, soundAnswer, type Stage } from './support/matter.ts';
import { startService, type Service } from './support/service.ts';
import { home, Town } from './support/town.ts';

let service: Service;
let town: Town;
let secretary: string;
beforeAll(async () => {
  service = await startService();
  town = new Town(service);
  ({ userName: secretary } = await town.appoint('COMMUNITY_SECRETARY', home.community, { title: '党组织书记' }));
});
afterAll(() => service?.close());

// Each of these closes its stage, and the case goes on to the one after it.
const steps: [Stage, Stage][] = [
  ['summary', 'community'],
  ['community', 'mentorOpinion'],
  ['mentorOpinion', 'street'],
  ['street', 'committee'],
  ['committee', 'filing'],
  ['filing', 'notice'],
];

interface Click {
  step: string;
  acknowledged: number;
  visible: number;
  /** How often `next` had to be asked. */
  asked: number;
}

/** One answer that closes a stage; then `next` is asked until whoever comes after has their task. */
async function click(matter: Matter, [stage, following]: [Stage, Stage]): Promise<Click> {
  const who = matter.whoAnswers(stage);
  for (const userName of who.slice(0, -1)) await matter.answers(userName, stage);
  const [last, after, starter] = [await town.as(who.at(-1)!), await town.as(matter.whoAnswers(following)[0]!), await matter.starter()];
  const id = await matter.task(who.at(-1)!, stage);
  const began = performance.now();
  const done = await last.ok('answer', { params: { id }, body: { answer: soundAnswer(stage) }, key: randomUUID() });
  const acknowledged = performance.now() - began;
  let { version } = done;
  for (let asked = 1; asked <= 10; asked += 1) {
    const now = await starter.ok('next', { params: { id: matter.caseId }, query: { after: version } });
    version = now.version;
    const { items } = await after.ok('tasks', { query: { caseId: matter.caseId, stage: following } });
    if (items.length > 0) return { step: `${stage} → ${following}`, acknowledged, visible: performance.now() - began, asked };
  }
  throw new Error(`${following} does not follow ${stage}`);
}

const share = (values: number[], part: number) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))]!;
const line = (name: string, values: number[]) =>
  `${name}: p50 ${share(values, 0.5).toFixed(0)} ms, p95 ${share(values, 0.95).toFixed(0)} ms`;

test("`next` answers as soon as the case has moved, and then the following task is in its officer's list", async () => {
  const clicks: Click[] = [];
  for (let round = 0; round < 4; round += 1) {
    const matter = await Matter.start(town, { ...home, worker: await town.hire(), secretary, starter: `county-hr-${home.county}-1` });
    await matter.prepares();
    for (const step of steps) clicks.push(await click(matter, step));
  }
  process.stdout.write(
    `${clicks.length} clicks, one client — ${line(
      'acknowledged',
      clicks.map((it) => it.acknowledged),
    )}; ${line(
      'next task visible',
      clicks.map((it) => it.visible),
    )}\n`,
  );
  if (process.env.SERVICE_LOG)
    for (const [stage] of steps)
      process.stdout.write(
        `  ${line(
          stage,
          clicks.filter(({ step }) => step.startsWith(`${stage} `)).map((it) => it.visible),
        )}\n`,
      );
});

test('a case that does not move is held open for a while, and comes back as it was', async () => {
  const matter = await Matter.start(town, { ...home, worker: await town.hire(), secretary, starter: `county-hr-${home.county}-1` });
  await matter.prepares();
  await matter.task(matter.whoAnswers('summary')[0]!, 'summary');
  const starter = await matter.starter();
  const { version } = await matter.view();
  const began = performance.now();
  expect(await starter.ok('next', { params: { id: matter.caseId }, query: { after: version } })).toMatchObject({
    version,
    status: 'running',
  });
  expect(performance.now() - began).toBeGreaterThanOrEqual(390);
  const stranger = await town.as('county-hr-520603-1');
  expect((await stranger.call('next', { params: { id: matter.caseId }, query: { after: version } })).code).toBe('NotYourCase');
});
