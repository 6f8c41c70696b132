import { isRefusal, refusalText } from '../../../libs/domain/refusal.ts';
import { quotasOf } from '../../../libs/domain/secondment.ts';
import { openCase } from '../../../libs/openings/open-case.ts';
import { pairMany, planOf, suggestPairs } from '../../../libs/secondments/board.ts';
import { place, type Officer } from '../../../test/support/cast.ts';
import { catalogue } from '../../catalogue.ts';
import { Stay, StaysHere, usual } from './stay.fixture.ts';

const PLACES = 30;
const TOWNS = 22;
let here: StaysHere;
beforeAll(async () => (here = await StaysHere.at('2026-01-19', { hosts: PLACES, towns: TOWNS })));
afterAll(async () => {
  await here.turn();
  await here.close();
});
const cityOrg = () => here.cast.by(here.cast.ids.cityOrg, here.now);

/** Thirty secretaries of thirty communities of one county; streets without an officer are done for by the county. */
async function thirtyNominated(): Promise<Stay[]> {
  const path = `${place.city}/${place.county}/`;
  const staffed = [place.street, place.otherStreet];
  const homes = await here.db.unit.findMany({
    where: { level: 'community', path: { startsWith: path }, parentCode: { notIn: staffed } },
    orderBy: { code: 'desc' },
    take: PLACES,
  });
  expect(homes).toHaveLength(PLACES);
  const by = await here.cast.by(here.cast.ids.countyOrg2, here.now);
  const stays: Stay[] = [];
  for (const { code } of homes) {
    const worker = await here.secretary({ community: code });
    const input = { personId: worker.personId, year: 2026 };
    const started = await here.db.$transaction((tx) =>
      openCase(tx, { desk: here.desk, catalogue }, { process: 'secondment', input, ...by }),
    );
    if (isRefusal(started)) throw new Error(refusalText(started));
    stays.push(new Stay(here, started.caseId, worker));
  }
  await here.tick();
  return stays;
}

/** One officer answers a stage for all of them at once, as usual. */
async function all(stage: string, who: Officer): Promise<void> {
  const tasks = await here.db.task.findMany({ where: { stage, status: 'open', process: 'secondment' }, select: { id: true } });
  expect(tasks).toHaveLength(PLACES);
  const by = await here.cast.by(here.cast.ids[who], here.now);
  const done = await here.desk.answerMany({ ...by, taskIds: tasks.map(({ id }) => id), answer: usual[stage]!.answer(here.today) });
  expect(done.flatMap(({ verdict }) => (isRefusal(verdict) ? [refusalText(verdict)] : []))).toEqual([]);
  await here.tick();
}

/** Everybody answers their own. */
async function each(stays: readonly Stay[], stage: string): Promise<void> {
  for (const stay of stays) {
    const task = await here.db.task.findFirstOrThrow({ where: { caseId: stay.caseId, stage, status: 'open' } });
    const { who, answer } = usual[stage]!;
    const done = await here.desk.answer({ ...(await stay.by(who)), taskId: task.id, answer: answer(here.today) });
    if (isRefusal(done)) throw new Error(`${stage}: ${refusalText(done)}`);
  }
  await here.tick();
}

test('a year’s plan: thirty secretaries to thirty communities in twenty-two towns, shared out, matched one to one, received and counted', async () => {
  const by = await cityOrg();
  const input = { unitCode: place.city, year: 2026 };
  const first = here.cast.ids.cityOrg;
  const second = await here.cast.appoint('CITY_ORG', place.city, '组织二科干部');
  const plan = await here.db.$transaction((tx) =>
    openCase(tx, { desk: here.desk, catalogue }, { process: 'secondmentPlan', input, ...by }),
  );
  if (isRefusal(plan)) throw new Error(refusalText(plan));
  await here.tick();
  const answers = async (stage: string, accountId: string, answer: object) => {
    const task = await here.db.task.findFirstOrThrow({ where: { caseId: plan.caseId, stage, status: 'open' } });
    const done = await here.desk.answer({ ...(await here.cast.by(accountId, here.now)), taskId: task.id, answer: { ...answer } });
    await here.tick();
    return done;
  };
  const draft = { places: PLACES, communities: 189, opinion: '优秀书记优先。' };
  expect(await answers('draft', first, { ...draft, quotas: '碧江区 29' })).toMatchObject({ refused: 'AnswerDoesNotFit' });
  expect(isRefusal(await answers('draft', first, draft))).toBe(false);
  expect(await answers('approval', first, { result: 'approved', documentNo: '铜组〔2026〕1号' })).toMatchObject({
    refused: 'StarterMayNotDecide',
  });
  expect(isRefusal(await answers('approval', second, { result: 'approved', documentNo: '铜组〔2026〕1号' }))).toBe(false);

  const board = await planOf(here.db, 2026);
  expect(board).toMatchObject({ places: PLACES, communities: 189, counters: { people: 0, communities: 0, towns: 0 } });
  expect(board.counties.reduce((sum, { quota }) => sum + quota, 0)).toBe(PLACES);
  expect(Object.fromEntries(board.counties.map(({ code, quota }) => [code, quota]))).toEqual(quotasOf(PLACES, board.counties));

  const stays = await thirtyNominated();
  await all('nomination', 'countyHr');
  await each(stays, 'consent');
  await all('review', 'countyOrg');
  await all('notice', 'countyOrg');
  await here.until('2026-01-27');
  await all('approval', 'cityOrg');
  expect((await planOf(here.db, 2026)).counties.find(({ code }) => code === place.county)).toMatchObject({ nominated: 30, approved: 30 });

  const startOn = '2026-03-02';
  const suggestion = await suggestPairs(here.db, { year: 2026, startOn, on: here.today });
  const pairs = suggestion.waiting.map(({ caseId, hostId }) => ({ caseId, accountId: hostId! }));
  expect(new Set(pairs.map(({ accountId }) => accountId)).size).toBe(PLACES);
  const many = async (list: typeof pairs) =>
    pairMany(here.room, { ...(await cityOrg()), year: 2026, startOn, pairs: list, on: here.today });
  expect(await many([pairs[0]!, { ...pairs[1]!, accountId: pairs[0]!.accountId }])).toMatchObject({ refused: 'PairsDoNotStand' });
  expect(await many(pairs)).toEqual({ matched: pairs.map(({ caseId }) => caseId), refused: [] });
  await here.tick();
  // everybody is matched: nobody waits, and no host is free on these days
  expect(await suggestPairs(here.db, { year: 2026, startOn, on: here.today })).toMatchObject({ waiting: [], hosts: [] });

  for (const stay of stays) stay.host = here.hostNo(pairs.find(({ caseId }) => caseId === stay.caseId)!.accountId);
  await each(stays, 'acceptance');
  await all('dispatch', 'countyHr');
  await here.until(startOn);
  await each(stays, 'arrival');
  const after = await planOf(here.db, 2026);
  expect(after.counters).toEqual({ people: PLACES, communities: PLACES, towns: TOWNS });
  expect(after.all).toEqual(after.counters);
  expect(after.communities).toBe(189);
}, 240_000);
