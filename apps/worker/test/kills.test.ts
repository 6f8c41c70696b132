import { randomUUID } from 'node:crypto';
import { failing } from '../../../workflows/processes/probation/probation.fixture.ts';
import { eventually } from '../../../scripts/processes.mjs';
import { assertAgreement, assertLedgerVerifies, assertMails, assertNothingLostNothingDouble } from './support/agreement.ts';
import { lastingPostgres, type LastingPostgres } from './support/lasting-postgres.ts';
import { Matter } from './support/matter.ts';
import { Endurance } from './support/patient-client.ts';
import { startService, type Service } from './support/service.ts';
import { home, Town, type Hired } from './support/town.ts';

const KILLS = 20;
/** On a machine that is busy with other things no further kill comes after so long; each part has been killed three times at least. */
const KILLING_MS = 100_000;
const FEWEST_KILLS = 12;
const CLIENTS = 5;
const PEOPLE = 120;

let postgres: LastingPostgres;
let service: Service;
let endured: Endurance;
let town: Town;
let secretary: string;
const people: Hired[] = [];
beforeAll(async () => {
  postgres = await lastingPostgres();
  service = await startService({ database: postgres, env: { RECONCILE_EVERY_MS: '2000' } });
  endured = new Endurance(service);
  town = new Town(service, endured.newClient);
  ({ userName: secretary } = await town.appoint('COMMUNITY_SECRETARY', home.community, { title: '党组织书记' }));
  while (people.length < PEOPLE) people.push(await town.hire());
}, 120_000);
afterAll(() => service?.close());

type Course = [string, (matter: Matter) => Promise<void>];
const opinions = ['summary', 'community', 'mentorOpinion', 'street'] as const;
const courses: Course[] = [
  ['confirmed', (matter) => matter.through(...opinions, 'committee', 'filing', 'notice')],
  [
    'terminated',
    async (matter) => {
      await matter.through(...opinions);
      await matter.everyoneAnswers('committee', failing);
      await matter.through('union', 'service', 'certificate', 'filing');
    },
  ],
  [
    'confirmed',
    async (matter) => {
      await matter.through('summary', 'community', 'mentorOpinion');
      const [street] = matter.whoAnswers('street');
      await (
        await town.as(street!)
      ).ok('returnTask', {
        params: { id: await matter.task(street!, 'street') },
        body: { to: 'community', reason: '请补充走访情况。', then: 'straightBack' },
        key: randomUUID(),
      });
      await matter.through('community', 'street', 'committee', 'filing', 'notice');
    },
  ],
  [
    'withdrawn',
    async (matter) => {
      await matter.through('summary', 'community');
      await (await matter.starter()).ok('withdraw', { params: { id: matter.caseId }, body: { reason: '人员选错。' }, key: randomUUID() });
    },
  ],
];

const begin = async (worker: Hired): Promise<Matter> => {
  const matter = await Matter.start(town, { ...home, worker, secretary, starter: `county-hr-${home.county}-1` });
  await matter.prepares();
  return matter;
};

/** Kills parts in turn, each as soon as the work goes on after the one before. */
const parts: [string, () => Promise<void>][] = [
  [
    'worker',
    async () => {
      await service.worker.kill();
      await service.startWorker();
    },
  ],
  [
    'API',
    async () => {
      await service.api.kill();
      await service.startApi();
    },
  ],
  [
    'Temporal',
    async () => {
      await service.temporal.kill();
      await service.temporal.startAgain();
    },
  ],
  [
    'PostgreSQL',
    async () => {
      await postgres.kill();
      await postgres.startAgain();
    },
  ],
];

test(`up to ${KILLS} kills of worker, API, Temporal and PostgreSQL while ${CLIENTS} clients drive cases: every case comes to its end`, async () => {
  let killing = true;
  const ends: [string, string | null][] = [];
  const drivers = Array.from({ length: CLIENTS }, async (_, client) => {
    for (let n = client; killing; n += 1) {
      const worker = people.shift();
      if (!worker) throw new Error('Nobody is left to be confirmed: the kills were not under load');
      const [outcome, course] = courses[n % courses.length]!;
      const matter = await begin(worker);
      await course(matter);
      ends.push([outcome, await matter.ended()]);
    }
  });
  const mornings = (async () => {
    while (killing) {
      await town.morning().catch(() => undefined);
      await eventually(async () => !killing, 500);
    }
  })();
  const working = Promise.all(drivers);
  working.catch(() => (killing = false));
  const began = Date.now();
  const goesOnAfter: Record<string, number[]> = {};
  let kills = 0;
  for (; killing && kills < KILLS && (kills < FEWEST_KILLS || Date.now() < began + KILLING_MS); kills += 1) {
    const [name, kill] = parts[kills % parts.length]!;
    await kill();
    const [acts, killed] = [endured.acknowledged.length, Date.now()];
    if (!(await eventually(async () => endured.acknowledged.length >= acts + 4 || !killing, 60_000)))
      throw new Error(`Nothing goes on any more after ${name} was killed`);
    (goesOnAfter[name] ??= []).push(Math.round((Date.now() - killed) / 100) / 10);
  }
  killing = false;
  await Promise.all([working, mornings]);
  process.stdout.write(
    `${kills} kills in ${((Date.now() - began) / 1_000).toFixed(0)} s: ${ends.length} cases ended, ${endured.acknowledged.length} acts acknowledged, sent again: ${JSON.stringify(endured.again)}, seconds to the fourth act after each: ${JSON.stringify(goesOnAfter)}\n`,
  );
  expect(ends.filter(([expected, got]) => expected !== got)).toEqual([]);
}, 240_000);

test('a case in the middle goes on, and each story waits for what the desk shows', async () => {
  for (const stages of [[], ['summary'], ['summary', 'community', 'mentorOpinion']] as const) {
    const matter = await begin(people.shift()!);
    await matter.through(...stages);
  }
  await assertAgreement(service);
}, 120_000);

test('nothing acknowledged is lost, and nothing was done twice', () => assertNothingLostNothingDouble(service, endured.acknowledged));

test('no person got two mails for one event; what was sent again after a kill is written down', async () => {
  // the lease of mails that a killed worker was sending runs out
  await service.db.$executeRaw`UPDATE mail SET not_before = created_at WHERE status = 'sending'`;
  await assertMails(town);
}, 90_000);

test('the ledger verifies', () => assertLedgerVerifies(town));

test('incidents were told and closed by themselves', async () => {
  const open = await service.db.incident.findMany({ where: { resolvedAt: null }, select: { kind: true, detail: true } });
  expect(open).toEqual([]);
});

test('no process ended by a fault of its own', () => {
  expect(
    service
      .logs()
      .split('\n')
      .filter((line) => /"level":(50|60)/.test(line)),
  ).toEqual([]);
});
