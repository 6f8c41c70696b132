import { place, type Officer } from '../../test/support/cast.ts';
import { exercise } from '../../test/support/exercise.ts';
import { DeskHouse, MatterAtDesk } from '../../test/support/matter-at-desk.ts';
import { probationStory } from '../../workflows/processes/probation/workflow.ts';
import { actorOf } from '../access/actor.ts';
import { addDays, dateOf, instantOf, toDateColumn } from '../domain/dates.ts';
import { isRefusal, refusalText } from '../domain/refusal.ts';
import type { Actor, Role } from '../domain/roles.ts';
import { eligible } from './audience.ts';
import { hasPart } from './reach.ts';
import { readCase, readTask } from './state.ts';
import { endSubstitution, setSubstitution } from './substitutes.ts';
import { workCounts } from './workbench.ts';

// A Monday at half past nine. The stage 拟稿 is asked of the street's two: street and street2.
const monday = '2026-03-02';
const opinion = { result: 'pass', opinion: '情况属实' };
let house: DeskHouse;
let matter: MatterAtDesk;
beforeEach(async () => {
  house = await DeskHouse.open('2026-03-02T01:30:00Z');
});
afterEach(() => house.close());

const db = () => house.room.db;
const idOf = (who: string): string => house.cast.ids[who as Officer] ?? who;
const actor = async (who: string): Promise<Actor> => (await actorOf(db(), idOf(who), dateOf(house.now)))!;
const begin = async (starter: Officer = 'countyHr') => (matter = await house.start(starter));

/** For this week, or as it says. */
async function standsIn(
  substitute: string,
  principal: string,
  more: { processes?: string[]; fromOn?: string; toOn?: string } = {},
): Promise<string> {
  const asked = { processes: [], fromOn: dateOf(house.now), toOn: addDays(dateOf(house.now), 4), reason: '外出学习', ...more };
  const set = await setSubstitution(house.room, {
    actor: await actor(principal),
    at: house.now,
    ...asked,
    principalId: idOf(principal),
    substituteId: idOf(substitute),
  });
  if (isRefusal(set)) throw new Error(refusalText(set));
  return set.id;
}
const grant = (accountId: string, role: Role, unitCode: string) =>
  db().postHeld.create({ data: { accountId, role, unitCode, fromOn: toDateColumn('2020-01-01') } });
const relatives = (a: string, b: string) =>
  db().relative.createMany({
    data: [
      { accountId: a, otherId: b },
      { accountId: b, otherId: a },
    ],
  });
const drafts = (who: string) => matter.answers('draft', who, { text: '初稿' });
const checks = (who: string) => matter.answers('check', who, opinion);
const claims = async (who: string, stage = 'draft') => {
  const [task] = await matter.tasks(stage);
  return matter.does(who, (by) => house.desk.claim({ ...by, taskId: task!.id }));
};
const only = async (stage: string) => (await matter.tasks(stage))[0]!;
const lastEntry = async () => {
  const entry = await db().ledgerEntry.findFirstOrThrow({
    where: { chain: `case:${matter.caseId}`, accountId: { not: null } },
    orderBy: { seq: 'desc' },
  });
  return JSON.parse(entry.body) as {
    verb: string;
    accepted: boolean;
    actor: { accountId: string };
    actingFor?: { accountId: string };
    refusal?: object;
  };
};
const inbox = async (who: string) =>
  (await house.desk.tasksPage({ actor: await actor(who), at: house.now, box: 'open', limit: 20 })).items.map(
    ({ stage, inStead, mine }) => ({
      stage,
      inStead,
      mine,
    }),
  );
const nameOf = async (who: string) => (await actor(who)).name;
const later = (on: string, time = '10:00') => (house.now = instantOf(on, time));

describe('in another’s name', () => {
  beforeEach(() => begin());

  test('the substitute answers: both are on the task, on the record and in the timeline', async () => {
    await standsIn('secretary', 'street');
    expect(await drafts('secretary')).toBeNull();
    expect(await only('draft')).toMatchObject({ status: 'done', answeredById: idOf('secretary'), answeredForId: idOf('street') });
    expect(await lastEntry()).toMatchObject({
      verb: 'task.answer',
      accepted: true,
      actor: { accountId: idOf('secretary') },
      actingFor: { accountId: idOf('street'), posts: [{ role: 'STREET_HR', unitCode: place.street }] },
    });
    const view = await house.desk.caseView({ caseId: matter.caseId, actor: await actor('secretary'), at: house.now });
    if (isRefusal(view)) throw new Error(refusalText(view));
    expect(view.timeline.filter(({ verb }) => verb === 'task.answer').map(({ who, actingFor }) => [who, actingFor])).toEqual([
      [await nameOf('secretary'), await nameOf('street')],
    ]);
    expect(view.stages[0]!.rounds[0]!.who).toBe(`${await nameOf('secretary')}（代${await nameOf('street')}）`);
  });

  test('a claim makes the task the principal’s; the two of them may put it back, nobody else', async () => {
    await standsIn('secretary', 'street');
    expect(await claims('secretary')).toBeNull();
    expect(await only('draft')).toMatchObject({ assigneeId: idOf('street'), claimed: true });
    const { id: taskId } = await only('draft');
    const release = (who: string) => matter.does(who, (by) => house.desk.release({ ...by, taskId }));
    expect(await release('street2')).toBe('AlreadyClaimed');
    expect(await release('secretary')).toBeNull();
    expect(await lastEntry()).toMatchObject({ verb: 'task.release', actingFor: { accountId: idOf('street') } });
    expect(await claims('secretary')).toBeNull();
    expect(await release('street')).toBeNull();
    expect((await lastEntry()).actingFor).toBeUndefined();
  });

  test('who is asked anyway acts for themself, and for the principal only when the task has become theirs', async () => {
    await standsIn('street2', 'street');
    expect(await claims('street2')).toBeNull();
    expect(await only('draft')).toMatchObject({ assigneeId: idOf('street2') });
    const { id: taskId } = await only('draft');
    await matter.does('street2', (by) => house.desk.release({ ...by, taskId }));
    expect(await claims('street')).toBeNull();
    expect(await drafts('street2')).toBeNull();
    expect(await only('draft')).toMatchObject({ answeredById: idOf('street2'), answeredForId: idOf('street') });
  });

  test('it ends by itself: the open task is the principal’s, with nothing to do', async () => {
    await standsIn('secretary', 'street', { toOn: '2026-03-03' });
    await claims('secretary');
    later('2026-03-03', '23:30');
    expect(await inbox('secretary')).toHaveLength(1);
    later('2026-03-04', '00:30');
    expect(await inbox('secretary')).toEqual([]);
    expect(await drafts('secretary')).toBe('NotYourTask');
    expect(await drafts('street')).toBeNull();
    expect(await only('draft')).toMatchObject({ answeredById: idOf('street'), answeredForId: null });
  });

  test('it begins by itself, and not before its day', async () => {
    await standsIn('secretary', 'street', { fromOn: '2026-03-03' });
    expect(await drafts('secretary')).toBe('NotYourTask');
    later('2026-03-03', '00:10');
    expect(await drafts('secretary')).toBeNull();
  });

  test('ended early it is over at once', async () => {
    const id = await standsIn('secretary', 'street');
    await endSubstitution(house.room, { id, actor: await actor('street'), at: house.now });
    expect(await drafts('secretary')).toBe('NotYourTask');
    expect(await inbox('secretary')).toEqual([]);
  });

  test('for the processes named alone', async () => {
    await standsIn('secretary', 'street', { processes: ['probation'] });
    expect(await drafts('secretary')).toBe('NotYourTask');
    expect(await inbox('secretary')).toEqual([]);
    await standsIn('union', 'street', { processes: ['exercise'] });
    expect(await drafts('union')).toBeNull();
  });

  test('with what the principal holds today, and while the substitute holds an office', async () => {
    await standsIn('secretary', 'street');
    await house.cast.leavesPost(idOf('secretary'), monday);
    expect(await drafts('secretary')).toBe('NotYourTask');
    await db().postHeld.updateMany({ where: { accountId: idOf('secretary') }, data: { toOn: null } });
    await house.cast.leavesPost(idOf('street'), monday);
    expect(await drafts('secretary')).toBe('NotYourTask');
  });

  test('not any more when the principal’s account is closed, and never as an administrator', async () => {
    await standsIn('secretary', 'street');
    await db().account.update({ where: { id: idOf('street') }, data: { status: 'disabled' } });
    expect(await drafts('secretary')).toBe('NotYourTask');
    await db().account.update({ where: { id: idOf('street') }, data: { status: 'active' } });
    await db().postHeld.updateMany({ where: { accountId: idOf('secretary') }, data: { toOn: toDateColumn('2026-03-01') } });
    await db().postHeld.create({
      data: { accountId: idOf('secretary'), role: 'AUDITOR', unitCode: place.city, fromOn: toDateColumn(monday) },
    });
    expect(await drafts('secretary')).toBe('AdministratorDecidesNothing');
  });

  test('returns, hands on and takes back in that name too', async () => {
    await standsIn('secretary', 'street');
    await drafts('street2');
    const { id: taskId } = await only('check');
    expect(
      await matter.does('secretary', (by) => house.desk.returnTask({ ...by, taskId, to: 'draft', reason: '请补充材料', then: 'through' })),
    ).toBeNull();
    expect(await lastEntry()).toMatchObject({ verb: 'task.return', actingFor: { accountId: idOf('street') } });
    const { id: again } = await only('draft');
    expect(
      await matter.does('secretary', (by) => house.desk.transfer({ ...by, taskId: again, to: idOf('street2'), reason: '情况更熟' })),
    ).toBeNull();
    expect(await lastEntry()).toMatchObject({ verb: 'task.transfer', actingFor: { accountId: idOf('street') } });
    expect(await db().copy.findMany({ where: { caseId: matter.caseId } })).toMatchObject([{ accountId: idOf('street') }]);
    await drafts('street2');
    expect(await checks('secretary')).toBeNull();
    const { id: answered } = await only('check');
    const takeBack = (who: string) => matter.does(who, (by) => house.desk.takeBack({ ...by, taskId: answered, reason: '写错了' }));
    expect(await takeBack('street2')).toBe('NothingToTakeBack');
    expect(await takeBack('secretary')).toBeNull();
    expect(await lastEntry()).toMatchObject({ verb: 'task.takeBack', actingFor: { accountId: idOf('street') } });
  });

  test('the principal takes back what was answered in their name, the substitute no longer after the period', async () => {
    const id = await standsIn('secretary', 'street');
    await drafts('secretary');
    const { id: taskId } = await only('draft');
    const takeBack = (who: string) => matter.does(who, (by) => house.desk.takeBack({ ...by, taskId, reason: '写错了' }));
    await endSubstitution(house.room, { id, actor: await actor('street'), at: house.now });
    expect(await takeBack('secretary')).toBe('NothingToTakeBack');
    expect(await takeBack('street')).toBeNull();
  });

  test('at the level above, once a task lies there too', async () => {
    await standsIn('otherStreet', 'countyHr', { toOn: '2026-03-31' });
    expect(await drafts('otherStreet')).toBe('NotYourTask');
    later('2026-03-09', '17:30');
    await house.desk.whatIsDue({ caseId: matter.caseId, at: house.now, awaits: [] });
    expect(await inbox('otherStreet')).toEqual([{ stage: 'draft', inStead: await nameOf('countyHr'), mine: false }]);
    await matter.told.goOn();
    expect(await drafts('otherStreet')).toBeNull();
    expect(await only('draft')).toMatchObject({ answeredForId: idOf('countyHr') });
  });
});

describe('the bars of both', () => {
  // who is barred, how it comes about, what the refusal begins with
  const own = (text: string) => expect(text.startsWith('您')).toBe(true);
  const principals = async (text: string) => expect(text.startsWith(await nameOf('street'))).toBe(true);
  async function refusedAt(stage: 'draft' | 'check', code: string): Promise<string> {
    const { id: taskId } = await only(stage);
    const by = await matter.by('secretary');
    const told = await house.desk.answer({ ...by, taskId, answer: stage === 'draft' ? { text: '初稿' } : opinion });
    expect(isRefusal(told) && told.refused).toBe(code);
    expect(await lastEntry()).toMatchObject({ accepted: false, refusal: { code }, actingFor: { accountId: idOf('street') } });
    await matter.sound();
    return refusalText(told as never);
  }

  test('the substitute is the person concerned', async () => {
    await begin();
    const [{ id }] = (await db().case.findMany({ where: { id: matter.caseId } })) as [{ id: string }];
    await standsIn('secretary', 'street');
    await db().case.update({ where: { id }, data: { subjectId: idOf('secretary') } });
    own(await refusedAt('draft', 'OwnCase'));
  });

  test('the principal is the person concerned', async () => {
    await begin();
    await standsIn('secretary', 'street');
    await db().case.update({ where: { id: matter.caseId }, data: { subjectId: idOf('street') } });
    await principals(await refusedAt('draft', 'OwnCase'));
  });

  test.each(['secretary', 'street'])('%s is a declared relative', async (barred) => {
    await begin();
    await standsIn('secretary', 'street');
    await relatives(idOf(barred), matter.worker.accountId);
    const text = await refusedAt('draft', 'Relative');
    if (barred === 'secretary') own(text);
    else await principals(text);
  });

  test.each(['secretary', 'street'])('%s declared a conflict', async (barred) => {
    await begin();
    await standsIn('secretary', 'street');
    expect(await matter.does(barred, (by) => house.desk.recuse({ ...by, caseId: matter.caseId, reason: '曾共事' }))).toBeNull();
    const text = await refusedAt('draft', 'Recused');
    if (barred === 'secretary') own(text);
    else await principals(text);
  });

  test.each(['secretary', 'street'] as const)('%s started the case: plain work yes, an opinion no', async (barred) => {
    await grant(idOf(barred), 'COUNTY_HR', place.county);
    await begin(barred);
    await standsIn('secretary', 'street');
    expect(await drafts('secretary')).toBeNull();
    const text = await refusedAt('check', 'StarterMayNotDecide');
    if (barred === 'secretary') own(text);
    else await principals(text);
  });

  describe('where four eyes are asked for', () => {
    const { draft, check } = exercise.stages;
    beforeEach(async () => {
      house.room.catalogue.exercise = {
        ...exercise,
        stages: { ...exercise.stages, draft: { ...draft, fourEyes: 'both' }, check: { ...check, fourEyes: 'both' } },
      };
      await begin();
      await standsIn('secretary', 'street');
    });
    const asked = async () => {
      const { catalogue } = house.room;
      const about = {
        state: (await readCase(db(), matter.caseId))!,
        contract: catalogue.exercise!,
        stage: catalogue.exercise!.stages.check!,
      };
      return db().$transaction((tx) => eligible(tx, about, { role: 'STREET_HR', unitCode: place.street }, house.now));
    };

    test('what was done in one’s stead counts as one’s own, and the principal is not even asked again', async () => {
      await drafts('secretary');
      expect(await checks('street')).toBe('FourEyes');
      expect(await asked()).toEqual([idOf('street2')]);
    });

    test('who did one thing does not do the other in another’s stead', async () => {
      await drafts('secretary');
      await endSubstitution(house.room, {
        id: (await db().substitution.findFirstOrThrow()).id,
        actor: await actor('street'),
        at: house.now,
      });
      await standsIn('secretary', 'street2');
      own(await refusedFor('street2'));
    });

    test('nor does a substitute do what their principal may not', async () => {
      await drafts('street');
      await principals(await refusedFor('street'));
    });
    async function refusedFor(principal: string): Promise<string> {
      const { id: taskId } = await only('check');
      const told = await house.desk.answer({ ...(await matter.by('secretary')), taskId, answer: opinion });
      expect(isRefusal(told) && told.refused).toBe('FourEyes');
      expect((await lastEntry()).actingFor).toMatchObject({ accountId: idOf(principal) });
      return refusalText(told as never);
    }

    test('both are asked in one look', async () => {
      await drafts('secretary');
      const { id } = await only('check');
      const { accounts } = await readTask(db(), id, await actor('secretary'));
      expect(accounts[idOf('secretary')]!.answeredStages).toEqual(['draft']);
      expect(accounts[idOf('street')]!.answeredStages).toEqual(['draft']);
    });
  });

  test('one principal barred, another not: for the one who may', async () => {
    await begin();
    await standsIn('secretary', 'street');
    await standsIn('secretary', 'street2');
    await relatives(idOf('street'), matter.worker.accountId);
    expect(await drafts('secretary')).toBeNull();
    expect(await only('draft')).toMatchObject({ answeredForId: idOf('street2') });
  });
});

describe('not in another’s stead', () => {
  const vote = (who: string, stage: string) => matter.answers(stage, who, { result: 'pass', opinion: '同意' });
  async function upTo(stage: string): Promise<void> {
    await begin();
    await drafts('street');
    for (const before of ['check', 'all', 'any', 'inOrder']) {
      if (before === stage) return;
      await (before === 'check' ? checks('street2') : matter.everyoneAnswers(before, { result: 'pass', opinion: '同意' }));
    }
  }
  const seatOf = async (stage: string, who: string) => (await matter.tasks(stage)).find(({ assigneeId }) => assigneeId === idOf(who))!.id;

  test('a vote in a ballot: refused with the reason, and not in the substitute’s list', async () => {
    await upTo('ballot');
    await standsIn('secretary', 'member3');
    const taskId = await seatOf('ballot', 'member3');
    const told = await house.desk.answer({ ...(await matter.by('secretary')), taskId, answer: { result: 'pass', opinion: '同意' } });
    expect(isRefusal(told) && [told.refused, refusalText(told)]).toEqual([
      'InPersonOnly',
      `“票决”须由${await nameOf('member3')}本人投票，不能由他人代理。`,
    ]);
    expect(await inbox('secretary')).toEqual([]);
    const view = await house.desk.taskView({ taskId, actor: await actor('secretary'), at: house.now });
    expect(isRefusal(view) ? null : view.actions.find(({ verb }) => verb === 'answer')).toMatchObject({
      allowed: false,
      code: 'InPersonOnly',
    });
    expect(await vote('member3', 'ballot')).toBeNull();
  });

  test('a countersignature is answered by a substitute, once a person: the arithmetic counts seats', async () => {
    await upTo('all');
    await standsIn('secretary', 'member3');
    await standsIn('secretary', 'member4');
    expect(
      await matter.does('secretary', async (by) =>
        house.desk.answer({ ...by, taskId: await seatOf('all', 'member3'), answer: { result: 'pass', opinion: '同意' } }),
      ),
    ).toBeNull();
    expect(
      await matter.does('secretary', async (by) =>
        house.desk.answer({ ...by, taskId: await seatOf('all', 'member4'), answer: { result: 'pass', opinion: '同意' } }),
      ),
    ).toBe('SignsOnce');
    await matter.everyoneAnswers('all', { result: 'pass', opinion: '同意' });
    expect((await matter.run('all'))?.result).toMatchObject({ result: 'pass', for: 7, members: 7 });
  });

  test('a member of the panel signs for nobody but themself, whether or not they have signed', async () => {
    await upTo('all');
    await standsIn('deputy', 'member3');
    const forOther = () =>
      matter.does('deputy', async (by) =>
        house.desk.answer({ ...by, taskId: await seatOf('all', 'member3'), answer: { result: 'pass', opinion: '同意' } }),
      );
    expect(await forOther()).toBe('SignsOnce');
    expect(await vote('deputy', 'all')).toBeNull();
    expect(await forOther()).toBe('SignsOnce');
  });

  test('an earlier signer is no substitute at that stage, nor the other way round', async () => {
    await begin();
    const { id: taskId } = await only('draft');
    await standsIn('union', 'street');
    expect(
      await matter.does('street', (by) => house.desk.addSigner({ ...by, taskId, to: idOf('union'), reason: '请会签', where: 'before' })),
    ).toBeNull();
    expect(await drafts('union')).toBeNull();
    expect(await matter.does('union', (by) => house.desk.answer({ ...by, taskId, answer: { text: '初稿' } }))).toBe('SignsOnce');
    expect(await matter.does('street', (by) => house.desk.answer({ ...by, taskId, answer: { text: '初稿' } }))).toBeNull();
  });

  test('a receipt: refused with the reason, not shown, and neither is the case about the principal', async () => {
    const worker = await house.cast.worker({ startedOn: monday });
    await grant(worker.accountId, 'UNION', place.street);
    matter = await MatterAtDesk.start(house, { process: 'probation', story: probationStory, starter: 'countyHr', worker });
    await standsIn('secretary', worker.accountId);
    const { id: taskId } = await only('conditions');
    expect(await matter.does('secretary', (by) => house.desk.answer({ ...by, taskId, answer: { acknowledged: 'yes' } }))).toBe(
      'InPersonOnly',
    );
    expect(await inbox('secretary')).toEqual([]);
    expect(await house.desk.taskView({ taskId, actor: await actor('secretary'), at: house.now })).toMatchObject({ refused: 'NotYourTask' });
    expect(await hasPart(db(), matter.caseId, await actor('secretary'))).toBe(false);
    expect(await matter.does('worker', (by) => house.desk.answer({ ...by, taskId, answer: { acknowledged: 'yes' } }))).toBeNull();
  });
});

describe('what they see', () => {
  beforeEach(() => begin());

  test('the principal’s tasks, marked, each once', async () => {
    await standsIn('secretary', 'street');
    await standsIn('secretary', 'street2');
    expect(await inbox('secretary')).toEqual([{ stage: 'draft', inStead: await nameOf('street'), mine: false }]);
    await claims('street2');
    expect(await inbox('secretary')).toEqual([{ stage: 'draft', inStead: await nameOf('street2'), mine: true }]);
    expect(await inbox('street2')).toEqual([{ stage: 'draft', inStead: null, mine: true }]);
    expect(await workCounts(house.room, await actor('secretary'), house.now)).toMatchObject({ open: 1, unclaimed: 0 });
  });

  test('what was done: marked for both', async () => {
    await standsIn('secretary', 'street');
    await drafts('secretary');
    const done = async (who: string) =>
      (await house.desk.tasksPage({ actor: await actor(who), at: house.now, box: 'done', limit: 20 })).items.map(
        ({ stage, inStead, inMyStead }) => [stage, inStead, inMyStead],
      );
    expect(await done('secretary')).toEqual([['draft', await nameOf('street'), null]]);
    expect(await done('street')).toEqual([['draft', null, await nameOf('secretary')]]);
  });

  test('the case for the period, and what they did themselves for good', async () => {
    const part = async (who: string) => hasPart(db(), matter.caseId, await actor(who));
    expect(await part('union')).toBe(false);
    const id = await standsIn('union', 'street');
    expect(await part('union')).toBe(true);
    await endSubstitution(house.room, { id, actor: await actor('street'), at: house.now });
    expect(await part('union')).toBe(false);
    await standsIn('union', 'street');
    await drafts('union');
    later('2026-04-01');
    expect(await part('union')).toBe(true);
  });

  test('a page of a list goes on after the page before, own tasks and the principal’s together', async () => {
    for (let n = 0; n < 3; n += 1) await house.start();
    await standsIn('secretary', 'street');
    await claims('street');
    const ids: string[] = [];
    for (let after: string | null = null; ;) {
      const page = await house.desk.tasksPage({
        actor: await actor('secretary'),
        at: house.now,
        box: 'open',
        limit: 2,
        ...(after && { after }),
      });
      ids.push(...page.items.map(({ id }) => id));
      after = page.next;
      if (after === null) break;
    }
    const open = await db().task.findMany({ where: { status: 'open' } });
    expect([...ids].sort()).toEqual(open.map(({ id }) => id).sort());
  });
});

describe('mails', () => {
  const mails = async (template = 'task-opened') =>
    (await db().mail.findMany({ where: { template }, orderBy: { id: 'asc' } })).map(({ accountId, params }) => ({
      to: accountId,
      inStead: (params as { inStead?: string }).inStead ?? null,
    }));
  const pressing = () =>
    db().mailWish.createMany({
      data: ['street', 'street2', 'secretary', 'union'].map((who) => ({
        accountId: idOf(who),
        pace: 'each',
        copies: true,
        changedAt: house.now,
      })),
    });

  test('a task is told to whoever is asked and to who stands in for them, saying for whom; nobody twice', async () => {
    await pressing();
    await standsIn('secretary', 'street');
    await standsIn('street2', 'street', { fromOn: '2026-04-01', toOn: '2026-04-02' });
    await begin();
    const told = await mails();
    expect(told).toHaveLength(3);
    expect(told).toEqual(
      expect.arrayContaining([
        { to: idOf('street'), inStead: null },
        { to: idOf('street2'), inStead: null },
        { to: idOf('secretary'), inStead: await nameOf('street') },
      ]),
    );
  });

  test('one mail for two principals, and in one’s own name to whoever is asked anyway', async () => {
    await pressing();
    await standsIn('secretary', 'street');
    await standsIn('secretary', 'street2');
    await begin();
    const told = (await mails()).filter(({ to }) => to === idOf('secretary'));
    expect(told).toHaveLength(1);
    expect(told[0]!.inStead!.split('、').sort()).toEqual([await nameOf('street'), await nameOf('street2')].sort());
    await db().substitution.deleteMany();
    await standsIn('street2', 'street');
    await db().mail.deleteMany();
    await begin('countyOrg');
    expect((await mails()).filter(({ to }) => to === idOf('street2'))).toEqual([{ to: idOf('street2'), inStead: null }]);
  });

  test('not to a substitute who may not act, nor for what is done in person, nor for other processes', async () => {
    await pressing();
    await grant(idOf('union'), 'COUNTY_HR', place.county);
    await standsIn('union', 'street');
    await standsIn('secretary', 'street2', { processes: ['probation'] });
    await begin('union');
    await drafts('street');
    // the starter gives no opinion
    expect((await mails()).filter(({ to }) => to === idOf('union'))).toHaveLength(1);
    expect((await mails()).filter(({ to }) => to === idOf('secretary'))).toEqual([]);
  });

  test('reminders and urging reach the substitute as well', async () => {
    await pressing();
    await standsIn('secretary', 'street', { toOn: '2026-03-31' });
    await begin();
    const { id: taskId } = await only('draft');
    await matter.does('countyHr', (by) => house.desk.urge({ ...by, taskId }));
    expect((await mails('task-urged')).map(({ to }) => to).sort()).toEqual(['street', 'street2', 'secretary'].map(idOf).sort());
    later('2026-03-06', '09:00');
    await house.desk.whatIsDue({ caseId: matter.caseId, at: house.now, awaits: [] });
    expect((await mails('task-reminder')).filter(({ to }) => to === idOf('secretary'))).toEqual([
      { to: idOf('secretary'), inStead: await nameOf('street') },
    ]);
  });
});
