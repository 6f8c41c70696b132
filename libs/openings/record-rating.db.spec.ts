import type { Worker } from '../../test/support/cast.ts';
import { WatchHere } from '../../workflows/processes/dismissal/watch.fixture.ts';
import type { Employment } from '../domain/person.ts';
import type { Rating } from '../domain/person-words.ts';
import { isRefusal } from '../domain/refusal.ts';
import { addFact } from '../people/facts.ts';
import { foreseeRating, recordRating } from './record-rating.ts';

let here: WatchHere;
beforeEach(async () => {
  here = await WatchHere.at('2026-01-20');
});
afterEach(async () => {
  await here.sound();
  await here.close();
});

const given = (worker: Worker, year = 2025) => ({
  personId: worker.personId,
  year,
  rating: 'failed' as const,
  finalOn: here.today,
  documentNo: `碧组考〔${year}〕8号`,
});
const byOrg = () => here.cast.by(here.cast.ids.countyOrg, here.now);
const records = async (of: Parameters<typeof recordRating>[2]) => here.db.$transaction((tx) => recordRating(tx, here.room, of));
const refusalOf = async (of: Parameters<typeof recordRating>[2]) => {
  const recorded = await records(of);
  return isRefusal(recorded) ? recorded.refused : null;
};
const foresees = async ({ personId }: Worker, year: number, rating: Rating) => {
  const foreseen = await foreseeRating(here.db, here.room, { personId, year, rating, at: here.now });
  if (isRefusal(foreseen)) throw new Error(foreseen.refused);
  return foreseen;
};

test('the same request twice is one rating, one entry and one case, and gets the first reply again', async () => {
  const worker = await here.worker();
  const act = { ...given(worker), ...(await byOrg()), requestKey: 'once' };
  const both = await Promise.all([records(act), records(act)]);
  expect(both[1]).toEqual(both[0]);
  expect(both[0]).toMatchObject({ cases: [{ process: 'dismissal', how: 'started' }] });
  const { personId } = worker;
  expect(await here.db.personFact.count({ where: { personId, kind: 'rating' } })).toBe(1);
  expect(await here.db.ledgerEntry.count({ where: { personId, verb: 'rating.record' } })).toBe(1);
  expect(await here.db.case.count({ where: { personId } })).toBe(1);
  await here.tick();
});

test('nobody records their own, nor a relative’s; a result is final from the December of its year on, and not tomorrow', async () => {
  const worker = await here.worker();
  const by = await byOrg();
  await here.db.relative.create({ data: { accountId: by.actor.accountId, otherId: worker.accountId } });
  expect(await refusalOf({ ...given(worker), ...by })).toBe('Relative');
  const other = await here.cast.by(here.cast.ids.countyOrg2, here.now);
  expect(await refusalOf({ ...given(worker), ...(await here.cast.by(worker.accountId, here.now)) })).toBe('OwnCase');
  for (const change of [{ finalOn: '2026-01-21' }, { finalOn: '2025-11-30' }, { year: 2027 }])
    expect(await refusalOf({ ...given(worker), ...other, ...change })).toBe('RatingNotSound');
  expect(await refusalOf({ ...given(worker), ...other, personId: '00000000-0000-4000-8000-000000000000' })).toBe('NotFound');
  expect(await here.db.personFact.count({ where: { personId: worker.personId, kind: 'rating' } })).toBe(0);
});

test('what recording brings about is told before, and nothing is written by asking', async () => {
  const watch = await here.watched();
  const { worker, caseId } = watch;
  expect(await foresees(await here.worker(), 2025, 'failed')).toMatchObject({
    before: null,
    follows: [{ process: 'dismissal', caseId: null, means: expect.stringContaining('不是解聘') as string }],
  });
  expect(await foresees(worker, 2025, 'competent')).toMatchObject({ before: 'failed', follows: [{ caseId, held: false }] });
  await here.until('2027-01-20');
  expect((await foresees(worker, 2026, 'failed')).follows).toMatchObject([
    { caseId, means: expect.stringContaining('连续两个年度') as string },
  ]);
  expect((await foresees(worker, 2026, 'basic')).follows).toMatchObject([{ caseId, means: expect.stringContaining('跟踪结束') as string }]);
  expect(await foresees(worker, 2026, 'unrated')).toEqual({ before: null, follows: [] });
  expect(await here.db.caseEvent.count()).toBe(0);
  // whoever has left is watched by nobody
  const left = await here.worker();
  const value: Employment = { status: 'ended', postTitle: '社区专职工作人员', post: 5, joinedOn: '2020-01-06', reason: 'resigned' };
  const fact = {
    personId: left.personId,
    kind: 'employment',
    fromOn: here.today,
    unitCode: '520602005005',
    value,
    ground: 'test',
  } as const;
  await here.db.$transaction((tx) => addFact(tx, fact, here.now));
  expect((await foresees(left, 2026, 'failed')).follows).toEqual([]);
});

describe('told to a case on hold', () => {
  test('failing again, the next stage is asked and the case stays held, until whoever held it lets it go on', async () => {
    const watch = await here.watched();
    await watch.passes('warning');
    expect(await watch.holds('hold')).toBeNull();
    await here.until('2027-01-20');
    expect((await foresees(watch.worker, 2026, 'failed')).follows).toMatchObject([{ held: true }]);
    await here.rates(watch.worker, 2026, 'failed');
    expect(await watch.open()).toEqual(['eligibility']);
    expect(await watch.case()).toMatchObject({ status: 'running', heldAt: expect.any(Date) as Date });
    expect((await watch.run('eligibility')).dueAt).toBeNull();
    expect(await watch.answers('eligibility', 'street', {})).toContain('挂起');
    await here.sound();
    await here.until('2027-03-01');
    expect(await watch.holds('resume')).toBeNull();
    expect((await watch.run('eligibility')).dueAt!.getTime()).toBeGreaterThan(here.now.getTime());
    await watch.passes('eligibility');
    expect(await watch.open()).toEqual(['legal']);
  });

  test('a better one ends the watch, and the hold with it', async () => {
    const watch = await here.watched();
    expect(await watch.holds('hold')).toBeNull();
    await here.until('2027-01-20');
    await here.rates(watch.worker, 2026, 'competent');
    expect(await watch.case()).toMatchObject({ status: 'ended', outcome: 'recovered', heldAt: null });
    expect(await here.db.hold.count({ where: { caseId: watch.caseId, toAt: null } })).toBe(0);
  });
});
