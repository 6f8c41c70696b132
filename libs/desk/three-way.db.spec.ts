import { inviteCast, type Cast, type Worker } from '../../test/support/cast.ts';
import { freshDatabase, type TestDatabase } from '../../test/support/database.ts';
import { ToldHere } from '../../test/support/told-here.ts';
import { catalogue } from '../../workflows/catalogue.ts';
import { probationStory } from '../../workflows/processes/probation/workflow.ts';
import { isRefusal } from '../domain/refusal.ts';
import { openCase } from '../openings/open-case.ts';
import { createDesk, type Desk } from './desk.ts';
import { compareCases, keepCheck, spanToCheck, type CheckCursor, type Stories, type StoryNow } from './three-way.ts';

const start = new Date('2026-03-02T02:00:00Z');
const night = new Date('2026-03-03T18:30:00Z');
const span = { since: new Date('2026-03-01T18:29:00Z'), until: new Date('2026-03-03T18:29:00Z') };
let database: TestDatabase;
let desk: Desk;
let cast: Cast;
const room = () => ({ db: database.db, catalogue });

beforeAll(async () => {
  database = await freshDatabase();
  cast = await inviteCast(database.db, start, { years: 2 });
  desk = createDesk(room());
}, 60_000);
afterAll(() => database.close());
beforeEach(() => database.db.$executeRaw`TRUNCATE incident, case_check`);

/** A case whose story has been told as far as it goes, and what the engine says of it. */
async function aCase(): Promise<{ caseId: string; worker: Worker; story: ToldHere }> {
  const worker = await cast.worker({ startedOn: '2026-01-05' });
  const by = await cast.by(cast.ids.countyHr, start);
  const started = await database.db.$transaction((tx) =>
    openCase(tx, { desk, catalogue }, { ...by, process: 'probation', input: { personId: worker.personId } }),
  );
  if (isRefusal(started)) throw new Error(started.refused);
  const { caseId } = started;
  const story = new ToldHere({ desk, room: room(), caseId, story: probationStory, now: () => start });
  await story.begin();
  await database.db.$executeRaw`UPDATE message SET confirmed_at = ${start} WHERE case_id = ${caseId}::uuid`;
  return { caseId, worker, story };
}
class Engine implements Stories {
  readonly anew: string[] = [];
  constructor(private readonly says: (caseId: string) => StoryNow) {}
  ask = ({ caseId }: { caseId: string }) => Promise.resolve(this.says(caseId));
  tellAnew = async ({ caseId }: { caseId: string }) => void this.anew.push(caseId);
}
const running = (heard: number): StoryNow => ({ state: 'running', heard, outcome: null });
const asItIs = async (caseId: string) => running((await database.db.case.findUniqueOrThrow({ where: { id: caseId } })).nextMessageNo - 1);
async function compare(engine: Engine) {
  const sum = { cases: 0, faults: 0 };
  for (let after: CheckCursor | null = null; ;) {
    const part = await compareCases(room(), engine, { span, after, at: night });
    sum.cases += part.cases;
    sum.faults += part.faults;
    if (part.next === null) return sum;
    after = part.next;
  }
}
const incidents = (caseId: string) => database.db.incident.findMany({ where: { caseId }, orderBy: { openedAt: 'asc' } });
const withdrawn = async (caseId: string, story: ToldHere) => {
  const by = await cast.by(cast.ids.countyHr, start);
  await desk.withdraw({ ...by, caseId, reason: '发起有误' });
  await story.goOn();
  await database.db.$executeRaw`UPDATE message SET confirmed_at = ${start} WHERE case_id = ${caseId}::uuid`;
};

/** Takes the cases of earlier tests out of the span. */
const alone = async () => {
  const others = await database.db.case.findMany({ select: { id: true } });
  return (caseId: string) => others.some(({ id }) => id === caseId);
};

test('cases for which all three agree are compared and nothing is reported', async () => {
  const one = await aCase();
  const two = await aCase();
  await withdrawn(two.caseId, two.story);
  const heard = await asItIs(one.caseId);
  const engine = new Engine((caseId) => (caseId === one.caseId ? heard : { state: 'ended', heard: null, outcome: 'withdrawn' }));
  expect(await compare(engine)).toEqual({ cases: 2, faults: 0 });
  expect(await database.db.incident.count()).toBe(0);
  // the engine may have forgotten what has ended
  expect(
    await compare(new Engine((caseId) => (caseId === one.caseId ? heard : { state: 'unknown', heard: null, outcome: null }))),
  ).toMatchObject({
    faults: 0,
  });
});

describe('a story that differs is told anew, and its incident closes with that', () => {
  test.each([
    ['has heard too little', (heard: number): StoryNow => running(heard - 1)],
    ['has heard of what is not there', (heard: number): StoryNow => running(heard + 1)],
    ['is gone', (): StoryNow => ({ state: 'unknown', heard: null, outcome: null })],
    ['has ended though the case goes on', (): StoryNow => ({ state: 'ended', heard: null, outcome: 'confirmed' })],
  ])('one that %s', async (_, says) => {
    const known = await alone();
    const { caseId } = await aCase();
    const { heard } = await asItIs(caseId);
    const states = new Map((await database.db.case.findMany()).map((row) => [row.id, row]));
    const engine = new Engine((id) => {
      if (!known(id)) return says(heard!);
      const row = states.get(id)!;
      return row.status === 'ended' ? { state: 'unknown', heard: null, outcome: null } : running(row.nextMessageNo - 1);
    });
    expect(await compare(engine)).toMatchObject({ faults: 1 });
    expect(engine.anew).toEqual([caseId]);
    expect(await incidents(caseId)).toMatchObject([{ kind: 'StoryDiffers', resolvedAt: night }]);
  });

  test('but not while its messages wait to be delivered', async () => {
    await database.db.$executeRaw`TRUNCATE message, "case" CASCADE`;
    const { caseId } = await aCase();
    await database.db.$executeRaw`UPDATE message SET confirmed_at = NULL WHERE case_id = ${caseId}::uuid`;
    const engine = new Engine(() => running(0));
    expect(await compare(engine)).toEqual({ cases: 1, faults: 0 });
    expect(engine.anew).toEqual([]);
  });
});

describe('what nobody can mend by himself stays open, once', () => {
  let caseId: string;
  let story: ToldHere;
  let engine: Engine;
  beforeEach(async () => {
    await database.db.$executeRaw`TRUNCATE message, "case" CASCADE`;
    ({ caseId, story } = await aCase());
    await withdrawn(caseId, story);
    engine = new Engine(() => ({ state: 'ended', heard: null, outcome: 'withdrawn' }));
    expect(await compare(engine)).toEqual({ cases: 1, faults: 0 });
  });

  test.each([
    [
      'another outcome in the row than in the ledger',
      'LedgerDiffers',
      () => database.db.$executeRaw`UPDATE "case" SET outcome = 'confirmed'`,
    ],
    [
      'a case taken back from its end',
      'LedgerDiffers',
      () => database.db.$executeRaw`UPDATE "case" SET status = 'running', outcome = NULL`,
    ],
    [
      'an answer without its entry',
      'LedgerDiffers',
      () =>
        database.db
          .$executeRaw`UPDATE task SET status = 'done' WHERE id = (SELECT min(id::text)::uuid FROM task WHERE case_id = ${caseId}::uuid)`,
    ],
    ['a message that is gone', 'LedgerDiffers', () => database.db.$executeRaw`DELETE FROM message WHERE no = 2`],
    [
      'a notice of the end that was taken out',
      'MailDiffers',
      () => database.db.$executeRaw`DELETE FROM mail WHERE template = 'case-ended'`,
    ],
    [
      'a mail that no act has caused',
      'MailDiffers',
      () =>
        database.db
          .$executeRaw`UPDATE mail SET created_at = created_at + interval '1 second' WHERE id = (SELECT min(id) FROM mail WHERE case_id = ${caseId}::uuid)`,
    ],
  ])('%s', async (_, kind, tamper) => {
    await tamper();
    await compare(engine);
    await compare(engine);
    expect((await incidents(caseId)).filter((incident) => incident.kind === kind)).toMatchObject([{ resolvedAt: null }]);
    const entries = await database.db.ledgerEntry.findMany({ where: { caseId, verb: 'incident.open' } });
    expect(entries.filter(({ body }) => body.includes(`"kind":"${kind}"`))).toHaveLength(1);
  });

  test('another outcome in the story', async () => {
    engine = new Engine(() => ({ state: 'ended', heard: null, outcome: 'confirmed' }));
    expect(await compare(engine)).toEqual({ cases: 1, faults: 1 });
    expect(await incidents(caseId)).toMatchObject([{ kind: 'OutcomeDiffers', resolvedAt: null }]);
    expect(engine.anew).toEqual([]);
  });
});

test('each check begins where the one before ended, and leaves the last minute to the next', async () => {
  expect(await spanToCheck(database.db, night)).toEqual({
    since: new Date('2026-03-02T18:30:00Z'),
    until: new Date('2026-03-03T18:29:00Z'),
  });
  await keepCheck(database.db, { ...span, at: night, cases: 1, faults: 0 });
  await keepCheck(database.db, { ...span, at: night, cases: 1, faults: 0 });
  const next = new Date('2026-03-04T18:30:00Z');
  expect((await spanToCheck(database.db, next)).since).toEqual(span.until);
  const { caseId } = await aCase();
  const engine = new Engine(() => ({ state: 'unknown', heard: null, outcome: null }));
  const justNow = { since: span.since, until: new Date(start.getTime() - 1) };
  expect((await compareCases(room(), engine, { span: justNow, after: null, at: night })).cases).toBe(0);
  expect((await compareCases(room(), engine, { span: { ...justNow, until: start }, after: null, at: night })).cases).toBeGreaterThan(0);
  expect(engine.anew).toContain(caseId);
});
