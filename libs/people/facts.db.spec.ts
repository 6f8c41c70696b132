import { freshDatabase, type TestDatabase } from '../../test/support/database.ts';
import type { IsoDate } from '../domain/dates.ts';
import type { FactValue } from '../domain/person.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { addFact, addFirstFacts, correctFact, endFact, undoFactChange, type NewFact } from './facts.ts';
import { addPeople, personAsOf } from './people.ts';
import { formal, keys, newPerson, onProbation, placed } from './people.fixture.ts';

let testing: TestDatabase;
let personId: string;
beforeAll(async () => {
  testing = await freshDatabase();
});
afterAll(() => testing.close());

const at = (day: IsoDate) => new Date(`${day}T02:00:00Z`);
let n = 0;
beforeEach(async () => {
  const [person] = await testing.db.$transaction((tx) => addPeople(tx, keys, [newPerson((n += 1))], at('2026-06-01')));
  personId = person?.id ?? '';
  const first: NewFact = { personId, kind: 'employment', fromOn: '2026-06-01', value: onProbation, ground: 'import:1' };
  await testing.db.$transaction((tx) => addFirstFacts(tx, [first], at('2026-06-01')));
});

function granted<T>(verdict: T | Refusal): T {
  if (isRefusal(verdict)) throw new Error(verdict.refused);
  return verdict;
}
const add = (fact: Omit<NewFact, 'personId' | 'ground'>, on: IsoDate = fact.fromOn) =>
  testing.db.$transaction((tx) => addFact(tx, { personId, ground: 'case:1', ...fact }, at(on)));
const asOf = async (on: IsoDate, known?: IsoDate) => {
  const person = await personAsOf(testing.db, personId, on, known ? at(known) : undefined);
  if (!person) throw new Error('gone');
  return person;
};
const statusOn = async (on: IsoDate, known?: IsoDate) => (await asOf(on, known)).inForce.employment?.value.status;

describe('facts that succeed each other', () => {
  test('confirmation closes probation on the day before', async () => {
    const { fact, before } = granted(await add({ kind: 'employment', fromOn: '2026-12-01', value: formal }, '2026-11-26'));
    expect(before).toMatchObject({ fromOn: '2026-06-01', toOn: null, value: onProbation });
    expect(fact).toMatchObject({ fromOn: '2026-12-01', toOn: null, ground: 'case:1' });
    expect(await statusOn('2026-11-30')).toBe('probation');
    expect(await statusOn('2026-12-01')).toBe('formal');
    expect(await statusOn('2026-05-31')).toBeUndefined();
  });

  test('what was known when is kept: before the decision nobody knew of December', async () => {
    await add({ kind: 'employment', fromOn: '2026-12-01', value: formal }, '2026-11-26');
    expect(await statusOn('2026-12-15', '2026-11-25')).toBe('probation');
    expect(await statusOn('2026-12-15', '2026-11-26')).toBe('formal');
    const rows = (await asOf('2026-12-15')).facts;
    expect(rows.map(({ fromOn, toOn, endedAt }) => [fromOn, toOn, endedAt !== null])).toEqual([
      ['2026-12-01', null, false],
      ['2026-06-01', '2026-11-30', false],
      ['2026-06-01', null, true],
    ]);
  });

  test('a fact from the same day corrects the one before', async () => {
    const value = { ...onProbation, post: 4 as const };
    const { before } = granted(await add({ kind: 'employment', fromOn: '2026-06-01', value }, '2026-06-20'));
    expect(before?.value).toEqual(onProbation);
    expect((await asOf('2026-07-01')).inForce.employment?.value.post).toBe(4);
    expect((await asOf('2026-07-01', '2026-06-10')).inForce.employment?.value.post).toBe(5);
  });

  test('a fact learned late ends where the next one begins', async () => {
    await add({ kind: 'employment', fromOn: '2026-12-01', value: formal }, '2026-11-26');
    const late = granted(await add({ kind: 'employment', fromOn: '2026-09-01', value: { ...onProbation, post: 4 } }, '2026-12-20'));
    expect(late.fact.toOn).toBe('2026-11-30');
    expect((await asOf('2026-10-01')).inForce.employment?.value.post).toBe(4);
    expect((await asOf('2026-08-31')).inForce.employment?.value.post).toBe(5);
    expect(await statusOn('2026-12-01')).toBe('formal');
  });

  test('a fact that would run into a later one is refused and changes nothing', async () => {
    await add({ kind: 'employment', fromOn: '2026-12-01', value: formal }, '2026-11-26');
    const rows = await testing.db.personFact.count({ where: { personId } });
    const verdict = await add({ kind: 'employment', fromOn: '2026-09-01', toOn: '2026-12-15', value: onProbation }, '2026-12-20');
    expect(verdict).toEqual({ refused: 'FactOverlaps', params: { fromOn: '2026-12-01' } });
    expect(await testing.db.personFact.count({ where: { personId } })).toBe(rows);
  });

  test('kinds do not close each other', async () => {
    await add({ kind: 'post-grade-step', fromOn: '2026-06-01', value: placed });
    await add({ kind: 'employment', fromOn: '2026-12-01', value: formal });
    expect((await asOf('2026-12-01')).inForce['post-grade-step']).toMatchObject({ toOn: null, value: placed });
  });

  test('two at once do not both stay open', async () => {
    const verdicts = await Promise.all(
      ['2026-12-01', '2026-12-02'].map((fromOn) => add({ kind: 'employment', fromOn, value: formal }, '2026-11-26')),
    );
    verdicts.forEach(granted);
    const open = await testing.db.personFact.findMany({ where: { personId, kind: 'employment', endedAt: null, toOn: null } });
    expect(open).toHaveLength(1);
  });

  test('a value that its kind does not know is an error', async () => {
    const value = { ...formal, status: 'retired' } as unknown as FactValue<'employment'>;
    await expect(add({ kind: 'employment', fromOn: '2026-12-01', value })).rejects.toThrow();
  });
});

describe('ratings', () => {
  const rate = (year: number, rating: 'competent' | 'excellent', on: IsoDate) =>
    add({ kind: 'rating', fromOn: `${year}-01-01`, toOn: `${year}-12-31`, value: { year, rating } }, on);

  test('stand beside each other by year; a review’s new one corrects its year', async () => {
    await rate(2024, 'competent', '2025-01-20');
    await rate(2025, 'competent', '2026-01-20');
    await rate(2025, 'excellent', '2026-02-10');
    const { inForce, facts } = await asOf('2026-11-24');
    expect(inForce.rating?.value).toEqual({ year: 2025, rating: 'excellent' });
    const current = facts.filter(({ kind, endedAt }) => kind === 'rating' && endedAt === null);
    expect(current.map(({ title }) => title)).toEqual(['2025 年度考核优秀', '2024 年度考核合格']);
  });
});

describe('closing, correcting, taking back', () => {
  const employmentId = async () => (await asOf('2026-07-01')).inForce.employment?.id ?? '';

  test('a closed fact holds to its last day', async () => {
    const id = await employmentId();
    granted(await testing.db.$transaction((tx) => endFact(tx, { id, toOn: '2026-08-15' }, at('2026-08-15'))));
    expect(await statusOn('2026-08-15')).toBe('probation');
    expect(await statusOn('2026-08-16')).toBeUndefined();
    expect(await statusOn('2026-08-16', '2026-08-14')).toBe('probation');
  });

  test('a correction keeps the wrong row with the moment at which its record ended', async () => {
    const id = await employmentId();
    const corrected = granted(
      await testing.db.$transaction((tx) => correctFact(tx, { id, fromOn: '2026-06-08', ground: 'correction:1' }, at('2026-07-01'))),
    );
    expect(corrected.fact).toMatchObject({ fromOn: '2026-06-08', ground: 'correction:1' });
    expect(await statusOn('2026-06-05')).toBeUndefined();
    expect(await statusOn('2026-06-05', '2026-06-30')).toBe('probation');
    expect(await testing.db.personFact.findUnique({ where: { id } })).toMatchObject({ endedAt: at('2026-07-01') });
  });

  test('a row no longer the truth cannot be changed again, nor a neighbour run over', async () => {
    const id = await employmentId();
    await add({ kind: 'employment', fromOn: '2026-12-01', value: formal }, '2026-11-26');
    const again = await testing.db.$transaction((tx) => endFact(tx, { id, toOn: '2026-08-15' }, at('2026-12-01')));
    expect(again).toEqual({ refused: 'FactNotCurrent', params: {} });
    const current = await employmentId();
    const longer = await testing.db.$transaction((tx) => endFact(tx, { id: current, toOn: '2026-12-31' }, at('2026-12-01')));
    expect(longer).toEqual({ refused: 'FactOverlaps', params: { fromOn: '2026-12-01' } });
  });

  test('a change taken back leaves the person as before, and the record of both', async () => {
    const { change } = granted(await add({ kind: 'employment', fromOn: '2026-12-01', value: formal }, '2026-11-26'));
    granted(await testing.db.$transaction((tx) => undoFactChange(tx, change, at('2026-11-28'))));
    expect((await asOf('2026-12-15')).inForce.employment).toMatchObject({
      fromOn: '2026-06-01',
      toOn: null,
      value: onProbation,
      ground: 'import:1',
    });
    expect(await statusOn('2026-12-15', '2026-11-27')).toBe('formal');
  });

  test('two steps of one act are taken back together', async () => {
    const first = granted(await add({ kind: 'employment', fromOn: '2026-12-01', value: formal }, '2026-11-26')).change;
    const second = granted(await add({ kind: 'employment', fromOn: '2026-12-01', value: { ...formal, post: 4 } }, '2026-11-26')).change;
    const both = { added: [...first.added, ...second.added], ended: [...first.ended, ...second.ended] };
    granted(await testing.db.$transaction((tx) => undoFactChange(tx, both, at('2026-11-28'))));
    const current = (await asOf('2026-12-15')).facts.filter(({ endedAt }) => endedAt === null);
    expect(current.map(({ fromOn, toOn, value }) => [fromOn, toOn, value])).toEqual([['2026-06-01', null, onProbation]]);
  });

  test('a change that something was built on is not taken back', async () => {
    const { change } = granted(await add({ kind: 'employment', fromOn: '2026-12-01', value: formal }, '2026-11-26'));
    await add({ kind: 'employment', fromOn: '2027-03-01', value: { ...formal, post: 4 } }, '2027-02-20');
    const undone = await testing.db.$transaction((tx) => undoFactChange(tx, change, at('2027-03-02')));
    expect(undone).toEqual({ refused: 'FactNotCurrent', params: {} });
  });

  test('the database itself refuses to rewrite a recorded fact', async () => {
    const id = await employmentId();
    await expect(testing.db.personFact.update({ where: { id }, data: { toOn: new Date('2026-12-31') } })).rejects.toThrow('not rewritten');
    await testing.db.personFact.update({ where: { id }, data: { endedAt: at('2026-07-01') } });
    await expect(testing.db.personFact.update({ where: { id }, data: { endedAt: null } })).rejects.toThrow('not rewritten');
  });
});
