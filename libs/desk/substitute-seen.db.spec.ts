import { place } from '../../test/support/cast.ts';
import { StandIns } from '../../test/support/stand-ins.ts';
import { hasPart } from './reach.ts';
import { workCounts } from './workbench.ts';

let at: StandIns;
beforeEach(async () => {
  at = await StandIns.open();
});
afterEach(() => at.house.close());

describe('what they see', () => {
  beforeEach(async () => void (await at.begin()));

  test('the principal’s tasks, marked, each once', async () => {
    await at.standsIn('secretary', 'street');
    await at.standsIn('secretary', 'street2');
    expect(await at.inbox('secretary')).toEqual([{ stage: 'draft', inStead: await at.nameOf('street'), mine: false }]);
    await at.claims('street2');
    expect(await at.inbox('secretary')).toEqual([{ stage: 'draft', inStead: await at.nameOf('street2'), mine: true }]);
    expect(await at.inbox('street2')).toEqual([{ stage: 'draft', inStead: null, mine: true }]);
    expect(await workCounts(at.house.room, await at.actor('secretary'), at.house.now)).toMatchObject({ open: 1, unclaimed: 0 });
  });

  test('what was done: marked for both', async () => {
    await at.standsIn('secretary', 'street');
    await at.drafts('secretary');
    const done = async (who: string) =>
      (await at.house.desk.tasksPage({ actor: await at.actor(who), at: at.house.now, box: 'done', limit: 20 })).items.map(
        ({ stage, inStead, inMyStead }) => [stage, inStead, inMyStead],
      );
    expect(await done('secretary')).toEqual([['draft', await at.nameOf('street'), null]]);
    expect(await done('street')).toEqual([['draft', null, await at.nameOf('secretary')]]);
  });

  test('the case for the period, and what they did themselves for good', async () => {
    const part = async (who: string) => hasPart(at.db, at.matter.caseId, await at.actor(who));
    expect(await part('union')).toBe(false);
    const id = await at.standsIn('union', 'street');
    expect(await part('union')).toBe(true);
    await at.ends(id, 'street');
    expect(await part('union')).toBe(false);
    await at.standsIn('union', 'street');
    await at.drafts('union');
    at.later('2026-04-01');
    expect(await part('union')).toBe(true);
  });

  test('a page of a list goes on after the page before, own tasks and the principal’s together', async () => {
    for (let n = 0; n < 3; n += 1) await at.house.start();
    await at.standsIn('secretary', 'street');
    await at.claims('street');
    const ids: string[] = [];
    for (let after: string | null = null; ;) {
      const page = await at.house.desk.tasksPage({
        actor: await at.actor('secretary'),
        at: at.house.now,
        box: 'open',
        limit: 2,
        ...(after && { after }),
      });
      ids.push(...page.items.map(({ id }) => id));
      after = page.next;
      if (after === null) break;
    }
    const open = await at.db.task.findMany({ where: { status: 'open' } });
    expect([...ids].sort()).toEqual(open.map(({ id }) => id).sort());
  });
});

describe('mails', () => {
  const mails = async (template = 'task-opened') =>
    (await at.db.mail.findMany({ where: { template }, orderBy: { id: 'asc' } })).map(({ accountId, params }) => ({
      to: accountId,
      inStead: (params as { inStead?: string }).inStead ?? null,
    }));
  const pressing = () =>
    at.db.mailWish.createMany({
      data: ['street', 'street2', 'secretary', 'union'].map((who) => ({
        accountId: at.idOf(who),
        pace: 'each',
        copies: true,
        changedAt: at.house.now,
      })),
    });

  test('a task is told to whoever is asked and to who stands in for them, saying for whom; nobody twice', async () => {
    await pressing();
    await at.standsIn('secretary', 'street');
    await at.standsIn('street2', 'street', { fromOn: '2026-04-01', toOn: '2026-04-02' });
    await at.begin();
    const told = await mails();
    expect(told).toHaveLength(3);
    expect(told).toEqual(
      expect.arrayContaining([
        { to: at.idOf('street'), inStead: null },
        { to: at.idOf('street2'), inStead: null },
        { to: at.idOf('secretary'), inStead: await at.nameOf('street') },
      ]),
    );
  });

  test('one mail for two principals, and in one’s own name to whoever is asked anyway', async () => {
    await pressing();
    await at.standsIn('secretary', 'street');
    await at.standsIn('secretary', 'street2');
    await at.begin();
    const told = (await mails()).filter(({ to }) => to === at.idOf('secretary'));
    expect(told).toHaveLength(1);
    expect(told[0]!.inStead!.split('、').sort()).toEqual([await at.nameOf('street'), await at.nameOf('street2')].sort());
    await at.db.substitution.deleteMany();
    await at.standsIn('street2', 'street');
    await at.db.mail.deleteMany();
    await at.begin('countyOrg');
    expect((await mails()).filter(({ to }) => to === at.idOf('street2'))).toEqual([{ to: at.idOf('street2'), inStead: null }]);
  });

  test('not to a substitute who may not act, nor for what is done in person, nor for other processes', async () => {
    await pressing();
    await at.grant(at.idOf('union'), 'COUNTY_HR', place.county);
    await at.standsIn('union', 'street');
    await at.standsIn('secretary', 'street2', { processes: ['probation'] });
    await at.begin('union');
    await at.drafts('street');
    // the starter gives no opinion
    expect((await mails()).filter(({ to }) => to === at.idOf('union'))).toHaveLength(1);
    expect((await mails()).filter(({ to }) => to === at.idOf('secretary'))).toEqual([]);
  });

  test('reminders and urging reach the substitute as well', async () => {
    await pressing();
    await at.standsIn('secretary', 'street', { toOn: '2026-03-31' });
    await at.begin();
    const { id: taskId } = await at.only('draft');
    await at.matter.does('countyHr', (by) => at.house.desk.urge({ ...by, taskId }));
    expect((await mails('task-urged')).map(({ to }) => to).sort()).toEqual(['street', 'street2', 'secretary'].map(at.idOf).sort());
    at.later('2026-03-06', '09:00');
    await at.house.desk.whatIsDue({ caseId: at.matter.caseId, at: at.house.now, awaits: [] });
    expect((await mails('task-reminder')).filter(({ to }) => to === at.idOf('secretary'))).toEqual([
      { to: at.idOf('secretary'), inStead: await at.nameOf('street') },
    ]);
  });
});
