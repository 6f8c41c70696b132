import { randomUUID } from 'node:crypto';
import { toDateColumn } from '../../../libs/domain/dates.ts';
import { contract } from '../../../workflows/processes/probation/contract.ts';
import { failing } from '../../../workflows/processes/probation/probation.fixture.ts';
import { eventually } from '../../../scripts/processes.mjs';
import { assertAgreement, assertLedgerVerifies, withEngine } from './support/agreement.ts';
import { Matter, soundAnswer, type Parties } from './support/matter.ts';
import { COUNTY, rosterOfToday, type RosterLine } from './support/roster.ts';
import { startService, type Service } from './support/service.ts';
import { Town, today } from './support/town.ts';
import { workflowIdOf } from '../src/couriers.ts';

const MANY = 50;
const starter = 'county-hr-520602-1';
const settings = { RECONCILE_EVERY_MS: '1000' };

let service: Service;
let town: Town;
let onProbation: RosterLine[];
const matters: Matter[] = [];
beforeAll(async () => {
  service = await startService({ env: settings });
  town = new Town(service);
});
afterAll(() => service?.close());

const county = () => town.as(starter);

test('a roster is imported: 53 are on probation, 50 of them in one county', async () => {
  const roster = await rosterOfToday(MANY);
  ({ onProbation } = roster);
  const city = await town.as('city-org-5206-1');
  const batch = await city.ok('checkRoster', { file: { name: 'roster.xlsx', bytes: roster.bytes } });
  expect(batch.summary).toMatchObject({ rows: roster.rows, good: roster.rows, onProbation: MANY + 3 });
  expect(await city.ok('confirmRoster', { params: { id: batch.id }, body: {} })).toMatchObject({ added: roster.rows, left: 0 });
  expect((await city.ok('probationCandidates')).items).toHaveLength(MANY + 3);
  const { items } = await (await county()).ok('probationCandidates');
  expect(items.map(({ name }) => name).sort()).toEqual(
    onProbation
      .filter((line) => line.county === COUNTY)
      .map(({ name }) => name)
      .sort(),
  );
  expect(items.every(({ runningCaseId, assumed }) => runningCaseId === null && assumed)).toBe(true);
});

async function finished(jobId: string) {
  let job = await (await county()).ok('startJob', { params: { id: jobId } });
  const done = await eventually(async () => (job = await (await county()).ok('startJob', { params: { id: jobId } })).finished, 30_000);
  expect(done).toBe(true);
  return job;
}

test('fifty are started as one job; a second time each is refused with the case that runs', async () => {
  const officer = await county();
  const { items } = await officer.ok('probationCandidates');
  const body = { process: 'probation', items: items.map(({ personId }) => ({ key: personId, input: { personId } })) };
  const key = randomUUID();
  const first = await officer.ok('startMany', { body, key });
  expect(await officer.ok('startMany', { body, key })).toEqual(first);
  expect(await finished(first.jobId)).toMatchObject({ total: MANY, done: MANY, started: MANY, refused: [] });

  const running = new Map((await officer.ok('probationCandidates')).items.map(({ personId, runningCaseId }) => [personId, runningCaseId]));
  const again = await officer.ok('startMany', { body, key: randomUUID() });
  const { refused, started } = await finished(again.jobId);
  expect(started).toBe(0);
  expect(refused.map(({ key: personId, code, caseId }) => [personId, code, caseId]).sort()).toEqual(
    [...running].map(([personId, caseId]) => [personId, 'AlreadyRunning', caseId]).sort(),
  );
  expect(refused[0]!.text).toContain('不能重复发起');

  const other = await town.as('county-hr-520603-1');
  const foreign = await other.ok('startMany', { body: { ...body, items: body.items.slice(0, 1) } });
  expect((await other.ok('startJob', { params: { id: foreign.jobId } })).total).toBe(1);
  expect((await officer.call('startJob', { params: { id: foreign.jobId } })).code).toBe('NotFound');
  const verdict = await eventually(
    async () => (await other.ok('startJob', { params: { id: foreign.jobId } })).refused[0]?.code === 'NotInYourUnits',
    20_000,
  );
  expect(verdict).toBe(true);

  for (const { caseId, personId } of await casesOf()) matters.push(new Matter(town, caseId, await partiesOf(personId)));
  // the first is one whose street has a case in another community too: its secretary is tried there
  matters.unshift(
    ...matters.splice(
      matters.findIndex((matter) => secretaryElsewhere(matter) !== null),
      1,
    ),
  );
});

const secretaryElsewhere = ({ parties: { community, street } }: Matter): string | null =>
  matters.find(({ parties }) => parties.community !== community && parties.street === street)?.parties.secretary ?? null;

const casesOf = () =>
  service.db.$queryRaw<
    { caseId: string; personId: string }[]
  >`SELECT id AS "caseId", person_id AS "personId" FROM "case" WHERE status = 'running' ORDER BY case_no`;

async function partiesOf(personId: string): Promise<Parties> {
  const { db } = service;
  const [found] = await db.$queryRaw<
    (Parties & { accountId: string; userName: string; name: string; startedOn: string; lastDay: string })[]
  >`
    SELECT a.id AS "accountId", a.user_name AS "userName", a.display_name AS name, c.code AS community, s.code AS street, s.parent_code AS county,
      (SELECT sa.user_name FROM post_held p JOIN account sa ON sa.id = p.account_id WHERE p.role = 'COMMUNITY_SECRETARY' AND p.unit_code = c.code ORDER BY 1 LIMIT 1) AS secretary,
      k.value ->> 'startsOn' AS "startedOn", k.value ->> 'probationEndsOn' AS "lastDay"
    FROM account a JOIN person_fact f ON f.person_id = a.person_id AND f.kind = 'employment' AND f.ended_at IS NULL JOIN person_fact k ON k.person_id = a.person_id AND k.kind = 'contract' AND k.ended_at IS NULL
    JOIN unit c ON c.code = f.unit_code JOIN unit s ON s.code = c.parent_code WHERE a.person_id = ${personId}::uuid`;
  const { community, street, county: of, secretary, ...worker } = found!;
  return { community, street, county: of, secretary, starter, worker: { personId, ...worker } };
}

/** A post more, from the beginning of time. */
const alsoHolds = async (userName: string, role: string, unitCode: string) => {
  const { id } = await service.db.account.findUniqueOrThrow({ where: { userName } });
  await service.db.postHeld.create({ data: { accountId: id, role, unitCode, title: '兼任', fromOn: toDateColumn('2020-01-01') } });
  town.signInAgain(userName);
};

describe('the wrong people are refused, each on the record', () => {
  const refusals: string[] = [];
  const tries = async (userName: string, stage: Parameters<typeof soundAnswer>[0], taskId: string): Promise<string | null> => {
    const { code } = await (await town.as(userName)).call('answer', { params: { id: taskId }, body: { answer: soundAnswer(stage) } });
    if (code) refusals.push(code);
    return code;
  };

  test('community, street and county of another place; administrators; the person concerned; the starter', async () => {
    const matter = matters[0]!;
    const { community, street, worker, secretary } = matter.parties;
    await matter.prepares();
    await matter.through('summary');
    const opinion = await matter.task(secretary, 'community');
    expect(await tries(secretaryElsewhere(matter)!, 'community', opinion)).toBe('NotYourTask');
    for (const administrator of ['auditor-5206-1', 'system-5206-1', 'security-5206-1'])
      expect(await tries(administrator, 'community', opinion)).toBe('AdministratorDecidesNothing');
    expect(await tries(worker.userName, 'community', opinion)).toBe('NotYourTask');
    await alsoHolds(worker.userName, 'COMMUNITY_SECRETARY', community);
    expect(await tries(worker.userName, 'community', opinion)).toBe('OwnCase');
    await matter.through('community', 'mentorOpinion');

    const appraisal = await matter.task(`street-hr-${street}-1`, 'street');
    expect(await tries(starter, 'street', appraisal)).toBe('NotYourTask');
    await alsoHolds(starter, 'STREET_HR', street);
    expect(await tries(starter, 'street', appraisal)).toBe('StarterMayNotDecide');
    expect((await (await town.as('county-hr-520603-1')).call('case', { params: { id: matter.caseId } })).code).toBe('NotYourCase');
  });

  test('one who has voted does not appraise in the next round: four eyes', async () => {
    const matter = matters[0]!;
    const { street } = matter.parties;
    await matter.through('street');
    const voter = `committee-${street}-2`;
    await matter.answers(voter, 'committee');
    await alsoHolds(voter, 'STREET_HR', street);
    const chair = await town.as(`committee-${street}-1`);
    const back = await chair.call('returnTask', {
      params: { id: await matter.task(`committee-${street}-1`, 'committee') },
      body: { to: 'street', reason: '请补充群众评价。', then: 'through' },
    });
    expect(back.code).toBeNull();
    expect(await tries(voter, 'street', await matter.task(`street-hr-${street}-1`, 'street'))).toBe('FourEyes');
    await matter.through('street');
    // whoever appraised or voted before is asked no more than once in the new round, and the others make the majority
    for (const n of [1, 3, 4, 5]) expect((await matter.answers(`committee-${street}-${n}`, 'committee')).code).toBeNull();
    expect(await tries('county-org-520603-1', 'filing', await matter.task('county-org-520602-1', 'filing'))).toBe('NotYourTask');
    await matter.through('filing', 'notice');
    expect(await matter.ended()).toBe('confirmed');
  });

  test('each of these refusals is one entry, and changed nothing', async () => {
    const entries = await service.db.ledgerEntry.findMany({ where: { accepted: false, verb: 'task.answer', caseId: matters[0]!.caseId } });
    const written = entries.map(({ body }) => (JSON.parse(body) as { refusal: { code: string } }).refusal.code);
    expect(written.sort()).toEqual(refusals.sort());
  });
});

test('attachments and comments: by those with a part in the case, kept by content, once for one request', async () => {
  const matter = matters[1]!;
  const params = { id: matter.caseId };
  const [officer, stranger] = [await county(), await town.as('county-hr-520603-1')];
  const bytes = new TextEncoder().encode(`%PDF-1.7 谈话记录 ${randomUUID()}`);
  const file = { name: '谈话记录.pdf', bytes, type: 'application/pdf' };
  const key = randomUUID();
  const kept = await officer.ok('attach', { params, file, key });
  expect(await officer.ok('attach', { params, file, key })).toEqual(kept);
  expect((await officer.call('attach', { params, file: { ...file, name: '程序.exe' } })).code).toBe('FileTypeRefused');
  expect((await stranger.call('attach', { params, file })).code).toBe('NotYourCase');
  expect((await officer.call('attachment', { params: { id: matter.caseId, file: kept.id } })).body).toEqual(bytes);
  expect((await stranger.call('attachment', { params: { id: matter.caseId, file: kept.id } })).code).toBe('NotYourCase');
  expect((await officer.call('comment', { params, body: { text: '请社区补充走访记录。' } })).status).toBe(201);
  expect((await stranger.call('comment', { params, body: { text: '与我无关' } })).code).toBe('NotYourCase');
  const { attachments, comments } = await matter.view();
  expect(attachments.map(({ name, sha256 }) => [name, sha256])).toEqual([[file.name, kept.sha256]]);
  expect(comments.map(({ text }) => text)).toEqual(['请社区补充走访记录。']);
});

// What becomes of a case, by its place in the list.
const passes = async (matter: Matter) => {
  await matter.prepares();
  await matter.through('summary', 'community', 'mentorOpinion', 'street', 'committee', 'filing', 'notice');
};
const fails = async (matter: Matter) => {
  await matter.prepares();
  await matter.through('summary', 'community', 'mentorOpinion', 'street');
  await matter.everyoneAnswers('committee', failing);
  await matter.through('union', 'service', 'certificate', 'filing');
};
/** The street sends the summary back: through all stages again. */
const returns = async (matter: Matter) => {
  await matter.prepares();
  await matter.through('summary', 'community', 'mentorOpinion');
  const street = `street-hr-${matter.parties.street}-1`;
  await (
    await town.as(street)
  ).ok('returnTask', {
    params: { id: await matter.task(street, 'street') },
    body: { to: 'summary', reason: '总结太简略，请补充。', then: 'through' },
    key: randomUUID(),
  });
  await matter.through('summary', 'community', 'mentorOpinion', 'street', 'committee', 'filing', 'notice');
};
const withdraws = async (matter: Matter) => {
  await matter.prepares();
  const [own, officer] = [await town.as(matter.parties.worker.userName), await county()];
  const body = { reason: '人员选错，重新发起。' };
  expect((await own.call('withdraw', { params: { id: matter.caseId }, body })).code).toBe('OnlyStarterWithdraws');
  expect((await officer.call('withdraw', { params: { id: matter.caseId }, body })).code).toBeNull();
};
/** Resigns; then five days pass, in which the engine loses the story, and the leaving day is behind. */
const resigns = async (matter: Matter) => {
  await matter.prepares();
  const own = await town.as(matter.parties.worker.userName);
  const params = { id: matter.caseId, event: 'resign' };
  await own.ok('declare', { params, body: { answer: { reason: '个人原因' } }, key: randomUUID() });
  expect((await own.call('declare', { params, body: { answer: { reason: '再次提出' } } })).code).toMatch(
    /AlreadyDeclared|AlreadyEffective/,
  );
  const { db } = service;
  expect(
    await eventually(async () => (await db.case.findUniqueOrThrow({ where: { id: matter.caseId } })).waitingFor !== null, 20_000),
  ).toBe(true);
  await db.$executeRaw`UPDATE case_event SET at = at - interval '5 days' WHERE case_id = ${matter.caseId}::uuid`;
  const row = await db.case.findUniqueOrThrow({ where: { id: matter.caseId } });
  await withEngine(service, (client) => client.workflow.getHandle(workflowIdOf(row)).terminate('five days later'));
  await matter.through('certificate', 'filing');
};
const ends: [number, (matter: Matter) => Promise<void>, string][] = [
  [6, fails, 'terminated'],
  [4, returns, 'confirmed'],
  [4, withdraws, 'withdrawn'],
  [3, resigns, 'resigned'],
  [MANY, passes, 'confirmed'],
];

test('all fifty come to their ends by the right people, eight at a time', async () => {
  const waiting = matters.slice(1).map((matter, i) => {
    const at = ends.findIndex((_, n) => i < ends.slice(0, n + 1).reduce((sum, [count]) => sum + count, 0));
    return { matter, end: ends[at]! };
  });
  const began = Date.now();
  const outcomes: [string, string | null][] = [];
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        await next.end[1](next.matter);
        outcomes.push([next.end[2], await next.matter.ended()]);
      }
    }),
  );
  process.stdout.write(`${outcomes.length} cases to their ends in ${((Date.now() - began) / 1_000).toFixed(1)} s\n`);
  expect(outcomes.filter(([expected, got]) => expected !== got)).toEqual([]);
  expect(outcomes).toHaveLength(MANY - 1);
}, 240_000);

test('after it took effect nothing is withdrawn', async () => {
  const confirmed = matters.at(-1)!;
  const { code } = await (await county()).call('withdraw', { params: { id: confirmed.caseId }, body: { reason: '想撤回' } });
  expect(code).toBe('CaseEnded');
  const [worker] = await service.db.$queryRaw<{ personId: string }[]>`
    SELECT f.person_id AS "personId" FROM person_fact f JOIN unit u ON u.code = f.unit_code
    WHERE f.kind = 'employment' AND f.ended_at IS NULL AND f.value ->> 'status' = 'probation' AND u.path LIKE '%/520603/%' LIMIT 1`;
  const parties = { ...(await partiesOf(worker!.personId)), starter: 'county-hr-520603-1' };
  const matter = await Matter.start(town, parties);
  await matter.prepares();
  await matter.through('summary', 'community', 'mentorOpinion', 'street', 'committee');
  const officer = await town.as(parties.starter);
  expect((await officer.call('withdraw', { params: { id: matter.caseId }, body: { reason: '想撤回' } })).code).toBe('AlreadyEffective');
  await matter.through('filing', 'notice');
  expect(await matter.ended()).toBe('confirmed');
});

test('desk and stories agree, each case in its outcome and each person in their status', async () => {
  await assertAgreement(service);
  const rows = await service.db.$queryRaw<{ outcome: string; status: string; count: number }[]>`
    SELECT c.outcome, (SELECT f.value ->> 'status' FROM person_fact f WHERE f.person_id = c.person_id AND f.kind = 'employment' AND f.ended_at IS NULL ORDER BY f.from_on DESC LIMIT 1) AS status, count(*)::int AS count
    FROM "case" c GROUP BY 1, 2`;
  const expected: Record<string, string> = { confirmed: 'formal', terminated: 'ended', resigned: 'ended', withdrawn: 'probation' };
  expect(rows.filter(({ outcome, status }) => expected[outcome] !== status)).toEqual([]);
  expect(new Set(rows.map(({ outcome }) => outcome))).toEqual(new Set(Object.keys(expected)));
  expect(Object.keys(expected).every((outcome) => outcome in contract.outcomes)).toBe(true);
});

test('the losses of a story were incidents, and closed by themselves', async () => {
  const incidents = await service.db.incident.findMany();
  expect(incidents.filter(({ kind }) => kind === 'StoryMissing')).toHaveLength(3);
  expect(incidents.filter(({ kind, resolvedAt }) => kind !== 'StageLapsed' && resolvedAt === null)).toEqual([]);
});

test('the ledger verifies', () => assertLedgerVerifies(town));

test('no page of the service has a fault in its log', () => {
  expect(`${service.api.log()}${service.worker.log()}`).not.toMatch(/"level":(50|60)/);
  expect(today()).toMatch(/^\d{4}-\d\d-\d\d$/);
});
