import { actorOf } from '../../../libs/access/actor.ts';
import { boardOf, type Board } from '../../../libs/campaigns/board.ts';
import { joinBatch } from '../../../libs/campaigns/join.ts';
import { createListJob, listJobProgress, workOnListJobs, type Selection } from '../../../libs/campaigns/list-jobs.ts';
import { conversionView, peoplePage } from '../../../libs/campaigns/people-page.ts';
import type { ListAct } from '../../../libs/desk/list-acts.ts';
import { dateOf } from '../../../libs/domain/dates.ts';
import { isRefusal } from '../../../libs/domain/refusal.ts';
import { place, type Officer, type Worker } from '../../../test/support/cast.ts';
import { BatchHere, OTHER_COMMUNITY, usual } from './batch.fixture.ts';

let here: BatchHere;
let workers: Worker[];
beforeEach(async () => {
  here = await BatchHere.at('2026-10-12');
  workers = [];
  for (let n = 0; n < 5; n += 1) workers.push(await here.worker(n < 3 ? {} : { community: OTHER_COMMUNITY }));
  await here.open();
});
afterEach(() => here.close());

const actor = async (who: string) => (await here.cast.by(here.cast.ids[who as Officer] ?? who, here.now)).actor;
const hand = async (who: string, does: ListAct, on: Selection, requestKey?: string) =>
  createListJob(here.room, { batchId: here.batchId, does, on, actor: await actor(who), at: here.now, requestKey });
const work = (limit?: number) => workOnListJobs(here.room, async (id, at) => (await actorOf(here.db, id, dateOf(at)))!, here.now, limit);
const surveyed: ListAct = { act: 'decide', stage: 'survey', answer: usual.survey!.answer };
const board = async (who: string): Promise<Board> => {
  const seen = await boardOf(here.room, { batchId: here.batchId, actor: await actor(who), at: here.now });
  if (isRefusal(seen)) throw new Error(seen.refused);
  return seen;
};
const answers = () => here.db.ledgerEntry.count({ where: { verb: 'task.answer', accepted: true } });

describe('an act on many people runs as a job', () => {
  test('everybody open in one’s own part, each with an entry of their own; the same request again is the same job', async () => {
    const first = await hand('secretary', surveyed, { open: true }, 'key-1');
    expect(first.count).toBe(3);
    expect(await hand('secretary', surveyed, { open: true }, 'key-1')).toEqual(first);
    expect(await here.db.listJob.count()).toBe(1);
    expect(await work()).toBe(3);
    expect(await work()).toBe(0);
    expect(await answers()).toBe(3);
    expect(await listJobProgress(here.db, first.jobId, here.cast.ids.secretary)).toMatchObject({
      total: 3,
      done: 3,
      finished: true,
      refused: [],
    });
    expect(await listJobProgress(here.db, first.jobId, here.cast.ids.street)).toBeNull();
    await here.sound();
  });

  test('killed between two parts it goes on where it stood; killed within one, that part was never done', async () => {
    await hand('secretary', surveyed, { open: true });
    await work(1);
    expect(await answers()).toBe(1);
    // what a killed worker had begun is rolled back as a whole
    const killed = here.db.$transaction(async (tx) => {
      await workOnListJobs({ ...here.room, db: withTx(tx) }, async (id, at) => (await actorOf(here.db, id, dateOf(at)))!, here.now);
      throw new Error('killed');
    });
    await expect(killed).rejects.toThrow('killed');
    expect(await answers()).toBe(1);
    expect(await work()).toBe(2);
    expect(await answers()).toBe(3);
    await here.sound();
  });

  test('those refused are named with the reason, on record in their own chain, and the rest stand', async () => {
    const items = await Promise.all(workers.map((worker) => here.caseOf(worker)));
    const { jobId } = await hand('secretary', surveyed, { caseIds: items });
    await work();
    const { refused } = (await listJobProgress(here.db, jobId, here.cast.ids.secretary))!;
    expect(refused.map(({ name, code }) => [name, code])).toEqual(workers.slice(3).map(({ name }) => [name, 'NotOnYourList']));
    expect(await here.db.ledgerEntry.count({ where: { verb: 'task.answer', accepted: false, caseId: items[3]! } })).toBe(1);
    expect(await answers()).toBe(3);
    await here.sound();
  });

  test('the last job is undone as a whole while its list is open', async () => {
    const { jobId } = await hand('secretary', surveyed, { open: true });
    await work();
    await hand('secretary', { act: 'undo', stage: 'survey' }, { jobId });
    expect(await work()).toBe(3);
    expect((await hand('secretary', surveyed, { open: true })).count).toBe(3);
    await here.sound();
  });
});

describe('the board', () => {
  test('counts each person in one cell, exceptions apart, and the sums add up', async () => {
    await hand('secretary', surveyed, { open: true });
    await work();
    await here.refusalOf(here.otherSecretary, { act: 'sendBack', stage: 'survey', reason: '缺学历证明。' }, workers[4]!);
    const { columns, rows, exceptions, myParts } = await board('street');
    expect(columns.map(({ title }) => title)).toEqual([
      '调研摸底',
      '初步认定',
      '组织考察',
      '套改测算',
      '本人确认',
      '公示',
      '审批备案',
      '签订合同',
      '已签约起薪',
    ]);
    const counts = Object.fromEntries(
      rows.map(({ unit, cells, apart, total }) => [unit.code, [...cells.map(({ count }) => count), apart, total]]),
    );
    expect(counts[place.community]).toEqual([0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 3]);
    expect(counts[OTHER_COMMUNITY]).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2]);
    for (const { cells, apart, total } of rows) expect(cells.reduce((sum, { count }) => sum + count, apart)).toBe(total);
    expect(exceptions).toEqual([{ kind: 'evidence', title: '补正材料', count: 1, earliestDueAt: expect.any(String) }]);
    expect(myParts).toEqual([]);
    expect((await board('secretary')).myParts).toMatchObject([{ stage: 'survey', left: 0 }]);
  });

  test('a secretary sees their own community and no other; another street sees nothing', async () => {
    expect((await board('secretary')).rows.map(({ unit }) => unit.code)).toEqual([place.community]);
    expect(await boardOf(here.room, { batchId: here.batchId, actor: await actor('otherStreet'), at: here.now })).toMatchObject({
      refused: 'NotYourCase',
    });
  });

  test('the list shows whom one may decide on now, page by page, and is searched by name', async () => {
    const page = async (more: object) => {
      const found = await peoplePage(here.room, {
        batchId: here.batchId,
        actor: await actor('secretary'),
        at: here.now,
        limit: 2,
        ...more,
      });
      if (isRefusal(found)) throw new Error(found.refused);
      return found;
    };
    const first = await page({ mine: true });
    const second = await page({ mine: true, after: first.next });
    expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(workers.slice(0, 3).map(({ name }) => name));
    expect(second.next).toBeNull();
    expect((await page({ q: workers[1]!.name })).items).toMatchObject([{ name: workers[1]!.name, stageTitle: '调研摸底', apart: null }]);
    expect((await page({ unit: OTHER_COMMUNITY })).items).toEqual([]);
  });
});

describe('who comes late, and what everybody is shown', () => {
  test('left out at the opening, joined by the county: a way of their own until the notice, none after it', async () => {
    const late = await here.worker();
    const join = async (who: string) =>
      joinBatch(here.room, {
        ...(await here.cast.by(here.cast.ids[who as Officer], here.now)),
        batchId: here.batchId,
        personIds: [late.personId],
        reason: '名册遗漏。',
      });
    expect(await join('otherStreet')).toMatchObject({ refused: 'NotProcessOwner' });
    expect(await join('countyOrg')).toEqual({ joined: 1, left: 0 });
    expect(await join('countyOrg')).toEqual({ joined: 0, left: 1 });
    await here.goOn();
    expect((await board('street')).exceptions).toMatchObject([{ kind: 'late', count: 1 }]);
    const id = await here.caseOf(late);
    await here.goesOnTo('confirm', []);
    await here.must('survey', 'secretary', usual.survey!.answer, id);
    await here.must('preliminary', 'street', usual.preliminary!.answer, id);
    await here.must('review', 'countyOrg2', usual.review!.answer, id);
    await here.must('computation', 'countyOrg2', usual.computation!.answer, id);
    await here.confirms(late);
    await here.goesOnTo('notice', workers);
    expect(await join('countyOrg')).toMatchObject({ refused: 'BatchClosedToJoin' });
    await here.goesOnTo('contract', []);
    await here.listPasses('contract');
    expect(await here.outcomeOf(late)).toBe('converted');
    await here.sound();
  });

  test('the worker sees how the step came about and the pay before and after; another worker sees nothing', async () => {
    await here.goesOnTo('confirm', []);
    const caseId = await here.caseOf(workers[0]!);
    const seen = await conversionView(here.room, { caseId, actor: await actor(workers[0]!.accountId) });
    // six years and a half: three steps, and one for the bachelor
    expect(seen).toMatchObject({
      label: '五岗三级一档',
      globalStep: 5,
      steps: { seniority: 3, education: 1 },
      total: { before: null, after: 350_000 },
    });
    expect(await conversionView(here.room, { caseId, actor: await actor(workers[1]!.accountId) })).toMatchObject({
      refused: 'NotYourCase',
    });
  });
});

/** The same database through a transaction that is going on. */
function withTx(tx: unknown): typeof here.db {
  return new Proxy(here.db, {
    get: (db, name) =>
      name === '$transaction' ? (run: (inner: unknown) => unknown) => run(tx) : (Reflect.get(tx as object, name) ?? Reflect.get(db, name)),
  });
}
