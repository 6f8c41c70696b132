import { pairFaults, type HostPlace, type Secondee } from '../domain/secondment.ts';
import { assign } from './assign.ts';

const span = { fromOn: '2026-03-02', toOn: '2026-05-06' };
const subjects = ['物业管理', '网格治理', '志愿服务', '外来人口服务', '党群服务'];
const secondee = (n: number, wants: string[] = []): Secondee => ({
  caseId: `case-${String(n).padStart(2, '0')}`,
  community: `home-${n}`,
  county: '520602',
  wants,
});
const host = (n: number, offers: string[] = [], of: Partial<HostPlace> = {}): HostPlace => ({
  accountId: `account-${n}`,
  unitCode: `community-${String(n).padStart(3, '0')}`,
  town: `town-${n % 22}`,
  offers,
  taken: [],
  ...of,
});
const whole = (pairs: ReturnType<typeof assign>) => pairs.reduce((sum, { cost }) => sum + cost, 0);

/** Every list of pairs of three with three. */
const orders = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
];

test('the whole list is the cheapest there is, not the best for whoever comes first', () => {
  const people = [secondee(1, ['物业管理']), secondee(2, ['物业管理', '网格治理']), secondee(3, ['志愿服务'])];
  const places = [host(1, ['物业管理']), host(2, ['物业管理', '网格治理']), host(3, ['网格治理'])];
  const missing = (who: number, where: number) => people[who]!.wants.filter((each) => !places[where]!.offers.includes(each)).length * 10;
  const best = Math.min(...orders.map((order) => order.reduce((sum, where, who) => sum + missing(who, where), 0)));
  expect(whole(assign(people, places, { span }))).toBe(best);
});

test('thirty secretaries and 253 communities: thirty pairs one to one, the same list however the rows come', () => {
  const people = Array.from({ length: 30 }, (_, n) => secondee(n, [subjects[n % 5]!, subjects[(n + 2) % 5]!]));
  const places = Array.from({ length: 253 }, (_, n) => host(n, [subjects[n % 5]!, subjects[(n * 3) % 5]!]));
  const pairs = assign(people, places, { span });
  expect(pairs).toHaveLength(30);
  expect(pairFaults(pairs, people, places, span)).toEqual([]);
  expect(assign([...people].reverse(), [...places].reverse(), { span })).toEqual(pairs);
});

test('a place that is taken is given to nobody, even where somebody goes without', () => {
  const places = [host(1), host(2, [], { taken: [span] })];
  const pairs = assign([secondee(1), secondee(2)], places, { span });
  expect(pairs.map(({ accountId }) => accountId)).toEqual(['account-1']);
});

test('two contacts of one community are one place; more people than places leaves some over; nobody is no fault', () => {
  const twins = [host(1), host(9, [], { unitCode: 'community-001' })];
  expect(assign([secondee(1), secondee(2)], twins, { span })).toHaveLength(1);
  expect(assign([], twins, { span })).toEqual([]);
  expect(assign([secondee(1)], [], { span })).toEqual([]);
});
