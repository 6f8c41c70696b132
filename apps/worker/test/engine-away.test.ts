import { randomUUID } from 'node:crypto';
import { addDays } from '../../../libs/domain/dates.ts';
import { eventually } from '../../../scripts/processes.mjs';
import { workflowIdOf } from '../src/couriers.ts';
import { assertAgreement, assertLedgerVerifies, assertMails, withEngine } from './support/agreement.ts';
import { Matter, type Stage } from './support/matter.ts';
import { startService, type Service } from './support/service.ts';
import { home, today, Town } from './support/town.ts';

/** So often cases are compared with their stories, and so long something may be amiss before it counts. */
const RECONCILE_MS = 1_000;

let service: Service;
let town: Town;
let secretary: string;
beforeAll(async () => {
  service = await startService({ env: { RECONCILE_EVERY_MS: String(RECONCILE_MS) } });
  town = new Town(service);
  ({ userName: secretary } = await town.appoint('COMMUNITY_SECRETARY', home.community, { title: '党组织书记' }));
});
afterAll(() => service?.close());

const begin = async (hire: Parameters<Town['hire']>[0] = {}): Promise<Matter> =>
  Matter.start(town, { ...home, worker: await town.hire(hire), secretary, starter: `county-hr-${home.county}-1` });
/** A case with its preparation done, whose next stages have been answered too. */
const after = async (...stages: Stage[]): Promise<Matter> => {
  const matter = await begin();
  await matter.prepares();
  await matter.through(...stages);
  return matter;
};

const rest: Stage[] = ['community', 'mentorOpinion', 'street', 'committee', 'filing', 'notice'];
const incidents = (kind: string, caseId: string | null = null) => service.db.incident.findMany({ where: { kind, caseId } });
const tellsOf = (kind: string, open: boolean) => async () =>
  (await incidents(kind)).some(({ resolvedAt }) => (resolvedAt === null) === open);

/** Numbers of the messages that a story has got, in the order in which they first came: one whose receipt was lost is carried again. */
const messagesHeard = ({ caseId }: Matter): Promise<number[]> =>
  withEngine(service, async (client) => {
    const { process, naturalKey, run } = await service.db.case.findUniqueOrThrow({ where: { id: caseId } });
    const { events } = await client.workflow.getHandle(workflowIdOf({ process, naturalKey, run })).fetchHistory();
    const heard = events!.flatMap(({ workflowExecutionSignaledEventAttributes: signal }) => {
      const [payload] = signal?.input?.payloads ?? [];
      return payload?.data ? [(JSON.parse(Buffer.from(payload.data).toString()) as { no: number }).no] : [];
    });
    return [...new Set(heard)];
  });

test('while the engine is away officers go on, and after its return the stories catch up in order', async () => {
  const [late, ballot] = [await begin(), await after('summary', 'community', 'mentorOpinion', 'street')];
  const starter = await late.starter();
  await late.task(late.parties.worker.userName, 'summary');
  await ballot.task(ballot.whoAnswers('committee')[0]!, 'committee');
  await service.temporal.kill();

  // whatever is asked can be answered: in one case four stages one after the other, in another a ballot that takes effect
  await late.prepares();
  await late.everyoneAnswers('summary');
  await ballot.everyoneAnswers('committee');
  const suspended = await starter.call('declare', {
    params: { id: late.caseId, event: 'suspend' },
    body: { answer: { fromOn: today(), toOn: addDays(today(), 2), documentNo: '协〔2026〕1号', reason: '双方书面约定。' } },
    key: randomUUID(),
  });
  expect(suspended.status).toBe(200);
  const started = await begin();
  const withdrawn = await begin();
  await starter.ok('withdraw', { params: { id: withdrawn.caseId }, body: { reason: '人员选错。' }, key: randomUUID() });
  expect(await eventually(tellsOf('MessagesWait', true), 30_000)).toBe(true);
  for (const { caseId } of [late, ballot, started, withdrawn])
    expect(await service.db.message.count({ where: { caseId, confirmedAt: null } })).toBeGreaterThan(0);

  await service.temporal.startAgain();
  await late.through('community');
  await ballot.everyoneAnswers('filing');
  await started.prepares();
  expect(await withdrawn.ended()).toBe('withdrawn');
  await assertAgreement(service);
  expect(await messagesHeard(late)).toEqual([2, 3, 4, 5, 6, 7]);
  expect(await eventually(tellsOf('MessagesWait', false), 30_000)).toBe(true);
}, 120_000);

/** Everything that a story told a second time could have done twice. */
async function done({ caseId, parties }: Matter) {
  const where = { where: { caseId } };
  const { db } = service;
  const [mails, runs, tasks, due, steps, facts, entries] = await Promise.all([
    db.mail.count(where),
    db.stageRun.count(where),
    db.task.count(where),
    db.due.count(where),
    db.stepResult.count(where),
    db.personFact.count({ where: { personId: parties.worker.personId } }),
    db.ledgerEntry.count({ where: { caseId, verb: { notIn: ['incident.open', 'incident.resolve'] } } }),
  ]);
  return { mails, runs, tasks, due, steps, facts, entries };
}

test('when the engine has lost everything, each case goes on from the desk’s memory and repeats nothing', async () => {
  // before the first day that is waited for; in the middle; half way through a vote; after the person's record was changed
  const waits = await begin({ startedOn: addDays(today(), -3) });
  await waits.everyoneAnswers('conditions');
  await waits.pairsMentor();
  const middle = await after('summary');
  const ballot = await after('summary', 'community', 'mentorOpinion', 'street');
  for (const member of ballot.whoAnswers('committee').slice(0, 3)) await ballot.answers(member, 'committee');
  const formal = await after('summary', 'community', 'mentorOpinion', 'street', 'committee');
  const all = [waits, middle, ballot, formal];
  for (const [matter, stage] of [
    [middle, 'community'],
    [formal, 'filing'],
  ] as const)
    await matter.task(matter.whoAnswers(stage)[0]!, stage);
  await assertAgreement(service);
  const before = await Promise.all(all.map(done));

  await service.temporal.kill();
  service.temporal.loseData();
  await service.temporal.startAgain();
  const repaired = (matter: Matter) => async () =>
    (await incidents('StoryMissing', matter.caseId)).some(({ resolvedAt }) => resolvedAt !== null);
  for (const matter of all) expect(await eventually(repaired(matter), 30_000)).toBe(true);
  await assertAgreement(service);
  expect(await Promise.all(all.map(done))).toEqual(before);

  await middle.through(...rest);
  await ballot.answers(ballot.whoAnswers('committee')[3]!, 'committee');
  await ballot.through('filing', 'notice');
  await formal.through('filing', 'notice');
  for (const matter of [middle, ballot, formal]) {
    expect(await matter.ended()).toBe('confirmed');
    const [facts, steps] = await Promise.all([
      service.db.personFact.findMany({ where: { personId: matter.parties.worker.personId, endedAt: null }, orderBy: { kind: 'asc' } }),
      service.db.stepResult.count({ where: { caseId: matter.caseId } }),
    ]);
    // on probation and then formal, each once
    expect(facts.map(({ kind }) => kind)).toEqual(['contract', 'employment', 'employment', 'post-grade-step']);
    expect(steps).toBe(1);
    expect(await incidents('StoryMissing', matter.caseId)).toHaveLength(1);
  }
  await assertAgreement(service);
}, 120_000);

test('no person got two mails for one event', () => assertMails(town), 90_000);

test('the ledger verifies', () => assertLedgerVerifies(town));

test('no incident is left open, and no process had a fault of its own', async () => {
  expect(await service.db.incident.findMany({ where: { resolvedAt: null }, select: { kind: true, detail: true } })).toEqual([]);
  const faults = service
    .logs()
    .split('\n')
    .filter((line) => /"level":(50|60)/.test(line));
  expect(faults).toEqual([]);
});
