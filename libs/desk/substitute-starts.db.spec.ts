import { z } from 'zod';
import { exercise } from '../../test/support/exercise.ts';
import { StandIns } from '../../test/support/stand-ins.ts';
import { place } from '../../test/support/cast.ts';
import { toDateColumn } from '../domain/dates.ts';
import { isRefusal } from '../domain/refusal.ts';
import { openCase } from '../openings/open-case.ts';

// The exercise is started by the county; 拟稿 and 审核 are asked of the street's two.
let at: StandIns;
beforeEach(async () => {
  at = await StandIns.open();
});
afterEach(() => at.house.close());

const theCase = () => at.db.case.findUniqueOrThrow({ where: { id: at.matter.caseId } });
/** The code with which a start about somebody is refused, or null. */
async function starts(who: string, personId: string): Promise<string | null> {
  const { room, desk, now } = at.house;
  const started = await room.db.$transaction(async (tx) =>
    openCase(tx, { desk, catalogue: room.catalogue }, { process: 'exercise', input: { personId }, actor: await at.actor(who), at: now }),
  );
  return isRefusal(started) ? started.refused : null;
}
const withdraws = (who: string) =>
  at.matter.does(who, (by) => at.house.desk.withdraw({ ...by, caseId: at.matter.caseId, reason: '发起有误' }));

describe('a substitute starts a case', () => {
  test('in the principal’s name: it is the principal’s, the record names both, and both are barred as its starters', async () => {
    await at.standsIn('street', 'countyHr');
    await at.begin('street');
    expect(await theCase()).toMatchObject({ starterId: at.idOf('countyHr'), startedById: at.idOf('street') });
    const [first] = await at.db.ledgerEntry.findMany({ where: { caseId: at.matter.caseId, verb: 'case.start' } });
    expect(JSON.parse(first!.body)).toMatchObject({
      actor: { accountId: at.idOf('street') },
      actingFor: { accountId: at.idOf('countyHr'), posts: [{ role: 'COUNTY_HR', unitCode: place.county }] },
    });
    expect(await at.drafts('street')).toBeNull();
    expect(await at.checks('street')).toBe('StarterMayNotDecide');
    await at.standsIn('countyHr', 'street2');
    expect(await at.checks('countyHr')).toBe('StarterMayNotDecide');
    expect(await at.checks('street2')).toBeNull();
  });

  test('only while it counts, for the processes it names, and never a case about either of the two', async () => {
    const { personId } = await at.house.cast.worker({ startedOn: '2026-03-01' });
    expect(await starts('street', personId)).toBe('NotInYourUnits');
    await at.standsIn('street', 'countyHr', { processes: ['probation'] });
    expect(await starts('street', personId)).toBe('NotInYourUnits');
    const id = await at.standsIn('street2', 'countyHr', { processes: ['exercise'] });
    for (const who of ['street2', 'countyHr']) {
      const own = await at.house.cast.worker({ startedOn: '2026-03-01', account: false });
      await at.db.account.update({ where: { id: at.idOf(who) }, data: { personId: own.personId } });
      expect(await starts('street2', own.personId)).toBe('OwnCase');
    }
    await at.ends(id, 'countyHr');
    expect(await starts('street2', personId)).toBe('NotInYourUnits');
  });

  test('whoever may start it themself does so in their own name', async () => {
    await at.standsIn('countyOrg', 'countyHr');
    await at.begin('countyOrg');
    expect(await theCase()).toMatchObject({ starterId: at.idOf('countyOrg'), startedById: null });
  });

  test('withdraws it in the principal’s name, for as long as the substitution lasts; the principal at any time', async () => {
    const id = await at.standsIn('street', 'countyHr');
    await at.begin('countyHr');
    expect(await withdraws('street2')).toBe('OnlyStarterWithdraws');
    expect(await withdraws('street')).toBeNull();
    expect(await at.lastEntry()).toMatchObject({ verb: 'case.withdraw', actingFor: { accountId: at.idOf('countyHr') } });
    await at.begin('street');
    await at.ends(id, 'countyHr');
    expect(await withdraws('street')).toBe('OnlyStarterWithdraws');
    expect(await withdraws('countyHr')).toBeNull();
    expect((await at.lastEntry()).actingFor).toBeUndefined();
  });

  test('whoever has no part in the case does not learn who started it', async () => {
    await at.begin('countyHr');
    const refused = async (who: string) =>
      (
        await at.db.ledgerEntry.findFirstOrThrow({
          where: { caseId: at.matter.caseId, accountId: at.idOf(who), accepted: false },
          orderBy: { id: 'desc' },
        })
      ).body;
    const name = await at.nameOf('countyHr');
    expect(await withdraws('otherStreet')).toBe('OnlyStarterWithdraws');
    expect(await refused('otherStreet')).not.toContain(name);
    expect(await withdraws('street')).toBe('OnlyStarterWithdraws');
    expect(await refused('street')).toContain(name);
  });
});

describe('a substitute declares an event', () => {
  const declares = async (who: string) => {
    const { desk, now } = at.house;
    const done = await desk.declare({
      caseId: at.matter.caseId,
      event: 'paused',
      answer: { why: '病假' },
      actor: await at.actor(who),
      at: now,
    });
    return isRefusal(done) ? done.refused : null;
  };
  beforeEach(async () => {
    const by = [{ subject: true }, { role: 'STREET_HR', level: 'street' }] as const;
    at.house.room.catalogue.exercise = { ...exercise, events: { paused: { title: '中止', by, answer: z.object({ why: z.string() }) } } };
    await at.begin();
  });

  test('that the principal’s post may declare, on record for both', async () => {
    expect(await declares('union')).toBe('NotYourEvent');
    await at.standsIn('union', 'street');
    expect(await declares('union')).toBeNull();
    expect(await at.lastEntry()).toMatchObject({ verb: 'event.paused', actingFor: { accountId: at.idOf('street') } });
    expect(await at.db.caseEvent.findFirstOrThrow()).toMatchObject({ byId: at.idOf('union') });
  });

  test('but not what only the person concerned may, nor in a case about the principal', async () => {
    await at.db.case.update({ where: { id: at.matter.caseId }, data: { subjectId: at.idOf('street') } });
    await at.standsIn('union', 'street');
    expect(await declares('union')).toBe('NotYourEvent');
    expect(await declares('street')).toBeNull();
  });
});

describe('mails reach the substitute too', () => {
  const mails = async (template: string) =>
    (await at.db.mail.findMany({ where: { template, caseId: at.matter.caseId } })).map(({ accountId, params }) => ({ accountId, params }));

  test('that a task was returned', async () => {
    await at.begin();
    await at.drafts('street');
    await at.standsIn('secretary', 'street');
    const { id: taskId } = await at.only('check');
    await at.matter.does('street2', (by) => at.house.desk.returnTask({ ...by, taskId, to: 'draft', reason: '缺附件', then: 'through' }));
    const told = await mails('task-returned');
    expect(told.map(({ accountId }) => accountId).sort()).toEqual([at.idOf('street'), at.idOf('secretary')].sort());
    const nameOf = async (who: string) =>
      (told.find(({ accountId }) => accountId === at.idOf(who))!.params as { inStead?: string }).inStead;
    expect([await nameOf('street'), await nameOf('secretary')]).toEqual([undefined, await at.nameOf('street')]);
  });

  test('that a date of the case comes near; not the person concerned, nor who stepped aside', async () => {
    await at.begin('countyHr');
    const { caseId } = at.matter;
    await at.standsIn('countyHr2', 'countyHr');
    await at.standsIn('secretary', 'street');
    await at.standsIn('union', 'street2');
    await at.db.recusal.create({ data: { caseId, accountId: at.idOf('union'), reason: '师生', at: at.house.now } });
    await at.db.caseDate.create({ data: { caseId, key: 'last', on: toDateColumn('2026-03-12'), title: '最后一天' } });
    await at.db.due.create({ data: { caseId, key: 'before/last/2026-03-12/10', kind: 'before', at: at.house.now } });
    await at.house.desk.whatIsDue({ caseId, at: at.house.now, awaits: [] });
    const told = await mails('worker-notice');
    expect(told.map(({ accountId }) => accountId).sort()).toEqual(
      ['countyHr', 'countyHr2', 'street', 'street2', 'secretary'].map(at.idOf).sort(),
    );
    const words = (who: string) => JSON.stringify(told.find(({ accountId }) => accountId === at.idOf(who))!.params);
    expect(words('secretary')).toContain(`代${await at.nameOf('street')}办理`);
    expect(words('street')).not.toContain('代理期');
  });
});
