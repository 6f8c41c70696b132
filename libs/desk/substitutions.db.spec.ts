import { randomUUID } from 'node:crypto';
import { place, type Officer } from '../../test/support/cast.ts';
import { DeskHouse } from '../../test/support/matter-at-desk.ts';
import { actorOf } from '../access/actor.ts';
import { addDays, dateOf, toDateColumn } from '../domain/dates.ts';
import { isRefusal, refusalText, type Refusal, type RefusalCode } from '../domain/refusal.ts';
import type { Role } from '../domain/roles.ts';
import { ownSubstitutions, principalChoices, substituteChoices, unitSubstitutions } from './substitute-lists.ts';
import { endSubstitution, setSubstitution, type NewSubstitution } from './substitutes.ts';

// A Monday at half past nine.
const today = '2026-03-02';
let house: DeskHouse;
beforeAll(async () => {
  house = await DeskHouse.open('2026-03-02T01:30:00Z');
});
afterAll(() => house.close());
beforeEach(async () => {
  house.now = new Date('2026-03-02T01:30:00Z');
  await house.room.db.substitution.deleteMany();
  await house.room.db.mail.deleteMany();
});

const idOf = (who: string): string => house.cast.ids[who as Officer] ?? who;
const by = (who: string, at = house.now) => house.cast.by(idOf(who), at);

interface Asked extends Partial<Omit<NewSubstitution, 'principalId' | 'substituteId'>> {
  for?: string;
  key?: string;
}
/** Somebody names a substitute for themself, or for another. */
async function names(
  who: string,
  substitute: string,
  { for: principal = who, key, ...more }: Asked = {},
): Promise<Refusal | { id: string }> {
  const asked = { processes: [], fromOn: today, toOn: addDays(today, 4), reason: '外出学习', ...more };
  return setSubstitution(house.room, {
    ...(await by(who)),
    ...(key && { requestKey: key }),
    ...asked,
    principalId: idOf(principal),
    substituteId: idOf(substitute),
  });
}
const said = async (verdict: Promise<unknown>): Promise<RefusalCode | null> => {
  const told = await verdict;
  return isRefusal(told) ? told.refused : null;
};
async function named(...args: Parameters<typeof names>): Promise<string> {
  const set = await names(...args);
  if (isRefusal(set)) throw new Error(refusalText(set));
  return set.id;
}
const standsInFor = async (who: string, on = today) =>
  (await actorOf(house.room.db, idOf(who), on))!.standsInFor.map(({ accountId }) => accountId);
const entries = (who: string) =>
  house.room.db.ledgerEntry.findMany({
    where: { chain: `account:${idOf(who)}`, verb: { startsWith: 'substitute.' } },
    orderBy: { seq: 'asc' },
  });
let unique = 0;
async function account(...posts: [Role, string][]): Promise<string> {
  const { id } = await house.room.db.account.create({
    data: { userName: `made-${(unique += 1)}`, displayName: `石某${unique}`, status: 'active', email: `made-${unique}@example.org` },
  });
  for (const [role, unitCode] of posts) await grant(id, role, unitCode);
  return id;
}
const grant = (accountId: string, role: Role, unitCode: string, fromOn = '2020-01-01', toOn: string | null = null) =>
  house.room.db.postHeld.create({ data: { accountId, role, unitCode, fromOn: toDateColumn(fromOn), toOn: toOn && toDateColumn(toOn) } });

describe('setting a substitute', () => {
  test('for oneself: it counts on its days alone, the last one included, and is on the principal’s record', async () => {
    const before = (await entries('street')).length;
    await named('street', 'secretary', { fromOn: '2026-03-03', toOn: '2026-03-05' });
    const days = ['2026-03-02', '2026-03-03', '2026-03-05', '2026-03-06'];
    expect(await Promise.all(days.map(async (on) => (await standsInFor('secretary', on)).length))).toEqual([0, 1, 1, 0]);
    const made = (await entries('street')).slice(before);
    expect(made.map(({ verb, accepted, accountId }) => [verb, accepted, accountId])).toEqual([['substitute.set', true, idOf('street')]]);
    expect(JSON.parse(made[0]!.body)).toMatchObject({
      detail: { substituteId: idOf('secretary'), fromOn: '2026-03-03', reason: '外出学习' },
    });
  });

  test('by the administrator for somebody absent: nothing is granted to the administrator', async () => {
    await named('system', 'secretary', { for: 'street' });
    expect(await standsInFor('secretary')).toEqual([idOf('street')]);
    expect(await standsInFor('system')).toEqual([]);
    expect((await entries('street')).at(-1)).toMatchObject({ accountId: idOf('system'), accepted: true });
  });

  test('the substitute stands there with the posts that the principal holds that day', async () => {
    const principal = await account(['STREET_HR', place.street]);
    await grant(principal, 'UNION', place.street, '2026-03-04');
    await named(principal, 'secretary', { processes: ['probation'] });
    const roles = async (on: string) =>
      (await actorOf(house.room.db, idOf('secretary'), on))!.standsInFor[0]!.posts.map(({ role }) => role);
    expect([await roles('2026-03-03'), await roles('2026-03-04')]).toEqual([['STREET_HR'], ['STREET_HR', 'UNION']]);
    expect((await actorOf(house.room.db, idOf('secretary'), today))!.standsInFor[0]!.processes).toEqual(['probation']);
  });

  test.each<[string, string, string, Asked, RefusalCode | null]>([
    ['somebody of the same group', 'street', 'street2', {}, null],
    ['somebody of another street of the county', 'street', 'otherStreet', {}, null],
    ['somebody of the county for a street', 'street', 'countyHr', {}, null],
    ['somebody of the city for a county', 'countyHr', 'cityOrg', {}, null],
    ['somebody of a county for the city', 'cityOrg', 'countyOrg', {}, 'NotEligibleSubstitute'],
    ['oneself', 'street', 'street', {}, 'NotEligibleSubstitute'],
    ['the auditor', 'street', 'auditor', {}, 'NotEligibleSubstitute'],
    ['nobody known', 'street', randomUUID(), {}, 'NotFound'],
    ['for nobody known', 'system', 'secretary', { for: randomUUID() }, 'NotFound'],
    ['for a colleague', 'street', 'secretary', { for: 'street2' }, 'NotAllowed'],
    ['the security administrator for others', 'security', 'secretary', { for: 'street' }, 'NotAllowed'],
    ['an administrator for themself', 'system', 'secretary', {}, 'NoOffice'],
    ['an administrator for another administrator', 'system', 'secretary', { for: 'auditor' }, 'NotAllowed'],
    ['from yesterday', 'street', 'secretary', { fromOn: '2026-03-01' }, 'PeriodNotSound'],
    ['backwards', 'street', 'secretary', { fromOn: '2026-03-05', toOn: '2026-03-04' }, 'PeriodNotSound'],
    ['for more than a year', 'street', 'secretary', { toOn: '2027-03-02' }, 'PeriodNotSound'],
    ['for a process that is not there', 'street', 'secretary', { processes: ['gardening'] }, 'NotFound'],
  ])('%s: %s names %s', async (_, who, substitute, asked, code) => {
    const principal = asked.for ?? who;
    const before = (await entries(principal)).length;
    expect(await said(names(who, substitute, asked))).toBe(code);
    const known = principal in house.cast.ids;
    expect((await entries(principal)).slice(before).map(({ accepted }) => accepted)).toEqual(known ? [code === null] : []);
    expect(await house.room.db.substitution.count()).toBe(code === null ? 1 : 0);
  });

  test('nobody of another county, without an office on the first day, without an active account, or with nothing but matters of their own', async () => {
    const elsewhere = await account(['COUNTY_HR', '520603']);
    const notYet = await account();
    await grant(notYet, 'STREET_HR', place.street, '2026-04-01');
    const worker = await account(['WORKER', place.community]);
    const closed = await account(['STREET_HR', place.street]);
    await house.room.db.account.update({ where: { id: closed }, data: { status: 'disabled' } });
    for (const substitute of [elsewhere, notYet, worker, closed])
      expect(await said(names('street', substitute))).toBe('NotEligibleSubstitute');
    expect(await said(names('street', notYet, { fromOn: '2026-04-01', toOn: '2026-04-02' }))).toBeNull();
    expect(await said(names(worker, 'secretary'))).toBe('NoOffice');
  });

  test('an administrator arranges for those alone whose offices all lie in their unit', async () => {
    const county = await account(['SYSTEM_ADMIN', place.county]);
    expect(await said(names(county, 'secretary', { for: 'street' }))).toBeNull();
    expect(await said(names(county, 'street2', { for: 'cityOrg' }))).toBe('NotAllowed');
    const both = await account(['STREET_HR', place.street], ['STREET_HR', '520603']);
    expect(await said(names(county, 'secretary', { for: both }))).toBe('NotAllowed');
  });

  test('one substitute at a time for the same process', async () => {
    await named('street', 'secretary', { processes: ['probation'] });
    expect(await said(names('street', 'street2'))).toBe('SubstituteAlready');
    expect(await said(names('street', 'street2', { processes: ['probation', 'exercise'], fromOn: '2026-03-06', toOn: '2026-03-06' }))).toBe(
      'SubstituteAlready',
    );
    expect(await said(names('street', 'street2', { processes: ['exercise'] }))).toBeNull();
    expect(await said(names('street', 'street2', { fromOn: '2026-03-07', toOn: '2026-03-08' }))).toBeNull();
  });

  test('two who name substitutes at one moment are seen by each other', async () => {
    const codes = await Promise.all([said(names('street', 'secretary')), said(names('street', 'street2')), said(names('street', 'union'))]);
    expect(codes.filter((code) => code === null)).toHaveLength(1);
  });

  describe('no circle', () => {
    test('of two', async () => {
      await named('street', 'secretary');
      const refused = await names('secretary', 'street');
      expect(isRefusal(refused) && refusalText(refused)).toMatch(/循环代理（.+→.+）/);
    });

    test('of three', async () => {
      await named('street', 'secretary');
      await named('secretary', 'union');
      expect(await said(names('union', 'street'))).toBe('SubstituteCircle');
    });

    test('a chain is none', async () => {
      await named('street', 'secretary');
      expect(await said(names('secretary', 'union'))).toBeNull();
      // who stands in for a substitute does not thereby stand in for the first
      expect(await standsInFor('union')).toEqual([idOf('secretary')]);
    });

    test.each<[string, Asked, Asked, Asked, RefusalCode | null]>([
      ['days that never meet', { toOn: '2026-03-04' }, {}, { fromOn: '2026-03-05' }, null],
      ['days that meet in two of three', { toOn: '2026-03-03' }, { fromOn: '2026-03-03' }, { fromOn: '2026-03-04' }, null],
      ['a single day in common', { toOn: '2026-03-04' }, { fromOn: '2026-03-04' }, { fromOn: '2026-03-04' }, 'SubstituteCircle'],
      ['other processes', { processes: ['probation'] }, {}, { processes: ['exercise'] }, null],
      ['one process in common', { processes: ['probation', 'exercise'] }, { processes: ['exercise'] }, {}, 'SubstituteCircle'],
    ])('%s', async (_, first, second, third, code) => {
      await named('street', 'secretary', first);
      await named('secretary', 'union', second);
      expect(await said(names('union', 'street', third))).toBe(code);
    });

    test('one that was ended closes none', async () => {
      const id = await named('street', 'secretary');
      await endSubstitution(house.room, { ...(await by('street')), id });
      expect(await said(names('secretary', 'street'))).toBeNull();
    });

    test('two who would close one at one moment do not', async () => {
      const codes = await Promise.all([said(names('street', 'secretary')), said(names('secretary', 'street'))]);
      expect(codes.sort()).toEqual(['SubstituteCircle', null].sort());
    });
  });

  test('the same request sent twice has one effect', async () => {
    const [first, second] = [await names('street', 'secretary', { key: 'k' }), await names('street', 'secretary', { key: 'k' })];
    expect(second).toEqual(first);
    expect(await house.room.db.substitution.count()).toBe(1);
  });

  test('both are told of it, except whoever did it', async () => {
    const told = async () =>
      (await house.room.db.mail.findMany({ where: { template: 'substitution' }, orderBy: { id: 'asc' } })).map(
        ({ accountId }) => accountId,
      );
    await named('street', 'secretary');
    expect(await told()).toEqual([idOf('secretary')]);
    await named('system', 'deputy', { for: 'chair' });
    expect((await told()).slice(1).sort()).toEqual([idOf('chair'), idOf('deputy')].sort());
  });
});

describe('ending one early', () => {
  const ends = async (who: string, id: string) => said(endSubstitution(house.room, { ...(await by(who)), id }));

  test.each(['street', 'system'])('by %s: at once, and once', async (who) => {
    const id = await named('street', 'secretary');
    expect(await ends(who, id)).toBeNull();
    expect(await standsInFor('secretary')).toEqual([]);
    expect(await ends(who, id)).toBe('SubstitutionOver');
    expect((await entries('street')).slice(-2).map(({ verb, accepted, accountId }) => [verb, accepted, accountId])).toEqual([
      ['substitute.end', true, idOf(who)],
      ['substitute.end', false, idOf(who)],
    ]);
  });

  test.each(['secretary', 'street2', 'security'])('not by %s', async (who) => {
    const id = await named('street', 'secretary');
    expect(await ends(who, id)).toBe('NotAllowed');
    expect(await standsInFor('secretary')).toEqual([idOf('street')]);
  });

  test('not after its last day; one still to come may be called off', async () => {
    const [id, coming] = [await named('street', 'secretary'), await named('chair', 'deputy', { fromOn: '2026-04-01', toOn: '2026-04-02' })];
    house.now = new Date('2026-03-06T16:30:00Z');
    expect(await ends('street', id)).toBe('SubstitutionOver');
    expect(await ends('chair', coming)).toBeNull();
    expect(await ends('chair', randomUUID())).toBe('NotFound');
  });
});

describe('lists', () => {
  const own = async (who: string) => ownSubstitutions(house.room, await by(who));

  test('one’s own, given and taken, with where each stands', async () => {
    const ended = await named('street', 'secretary', { processes: ['probation'] });
    await endSubstitution(house.room, { ...(await by('street')), id: ended });
    await named('street', 'secretary');
    await named('street', 'union', { fromOn: '2026-05-01', toOn: '2026-05-02' });
    const { given, taken } = await own('street');
    expect(given.map(({ state, mayEnd, substitute }) => [state, mayEnd, substitute.accountId])).toEqual([
      ['coming', true, idOf('union')],
      ['current', true, idOf('secretary')],
      ['ended', false, idOf('secretary')],
    ]);
    expect(taken).toEqual([]);
    const theirs = await own('secretary');
    expect(theirs.taken.map(({ state, mayEnd, processes }) => [state, mayEnd, processes.map(({ title }) => title)])).toEqual([
      ['current', false, []],
      ['ended', false, ['试用转正']],
    ]);
    house.now = new Date('2026-03-10T01:30:00Z');
    expect((await own('street')).given[1]!.state).toBe('over');
  });

  test('an administrator’s, page by page, of those whose offices lie in their unit', async () => {
    for (const [n, principal] of ['street', 'chair', 'deputy', 'union'].entries()) {
      house.now = new Date(house.now.getTime() + n * 1_000);
      await named(principal, 'secretary');
    }
    await named('cityOrg', await account(['CITY_ORG', place.city]));
    const county = await account(['SYSTEM_ADMIN', place.county]);
    const { actor, at } = await by(county);
    const first = await unitSubstitutions(house.room, { actor, at, limit: 3 });
    const second = await unitSubstitutions(house.room, { actor, at, limit: 3, after: first.next! });
    expect([...first.items, ...second.items].map(({ principal }) => principal.accountId)).toEqual(
      ['union', 'deputy', 'chair', 'street'].map(idOf),
    );
    expect([first.items.length, second.next]).toEqual([3, null]);
  });

  test('whom one may name is whom one is let name', async () => {
    const found = await substituteChoices(house.room, { ...(await by('street')), q: '' });
    const shown = isRefusal(found) ? [] : found.map(({ accountId }) => accountId);
    const people = await house.room.db.account.findMany({ select: { id: true } });
    const accepted: string[] = [];
    for (const { id } of people) {
      if ((await said(names('street', id))) === null) accepted.push(id);
      await house.room.db.substitution.deleteMany();
    }
    // no more than twenty are shown at once
    expect(accepted).toEqual(expect.arrayContaining(shown));
    expect(shown).toHaveLength(Math.min(20, accepted.length));
    const { displayName } = await house.room.db.account.findUniqueOrThrow({ where: { id: idOf('secretary') } });
    const byName = await substituteChoices(house.room, { ...(await by('street')), q: displayName.slice(0, 2) });
    expect(byName).toEqual([{ accountId: idOf('secretary'), name: displayName, posts: expect.stringContaining('党组织书记') as string }]);
  });

  test('an administrator finds the people of their unit, and for each whom they may name', async () => {
    const county = await account(['SYSTEM_ADMIN', place.county]);
    const people = (await principalChoices(house.room, { ...(await by(county)), q: '办件' })).map(({ accountId }) => accountId);
    expect(people).toEqual(expect.arrayContaining([idOf('street'), idOf('countyHr')]));
    expect(people).not.toContain(idOf('cityOrg'));
    expect(people).not.toContain(idOf('auditor'));
    const forStreet = { ...(await by(county)), q: '', principalId: idOf('street') };
    expect(isRefusal(await substituteChoices(house.room, forStreet))).toBe(false);
    expect(await said(substituteChoices(house.room, { ...forStreet, principalId: idOf('cityOrg') }))).toBe('NotAllowed');
    expect(await said(substituteChoices(house.room, { ...forStreet, ...(await by('street2')) }))).toBe('NotAllowed');
  });
});

test('days are those of Shanghai', async () => {
  // 2026-03-02 in UTC still, the third in Shanghai
  house.now = new Date('2026-03-02T16:30:00Z');
  expect(dateOf(house.now)).toBe('2026-03-03');
  expect(await said(names('street', 'secretary', { fromOn: '2026-03-02' }))).toBe('PeriodNotSound');
  expect(await said(names('street', 'secretary', { fromOn: '2026-03-03' }))).toBeNull();
});
