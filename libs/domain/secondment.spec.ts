import { weekdayOf } from './dates.ts';
import { defaultSecondmentRules, secondmentRules } from './secondment-rules.ts';
import {
  costOf,
  electionIn,
  isRatedWell,
  isSecretary,
  logDays,
  midtermOn,
  pairFaults,
  plannedEnd,
  quotasOf,
  readQuotas,
  type HostPlace,
  type Secondee,
} from './secondment.ts';

const span = { fromOn: '2026-03-02', toOn: '2026-05-06' };
const secondee = (n: number, of: Partial<Secondee> = {}): Secondee => ({
  caseId: `case-${n}`,
  community: `home-${n}`,
  county: '520602',
  wants: [],
  ...of,
});
const host = (n: number, of: Partial<HostPlace> = {}): HostPlace => ({
  accountId: `host-${n}`,
  unitCode: `community-${n}`,
  town: 'town-1',
  offers: [],
  taken: [],
  ...of,
});

describe('places by largest remainder', () => {
  test.each([
    // exact shares need no remainder
    [10, { a: 50, b: 50 }, { a: 5, b: 5 }],
    // 3.75 · 3.75 · 2.5: the two larger remainders get the two places left
    [10, { a: 30, b: 30, c: 20 }, { a: 4, b: 4, c: 2 }],
    // 0.5 · 0.5: equal, so the first by code
    [1, { a: 1, b: 1 }, { a: 1, b: 0 }],
    // 1.2 · 0.6 · 0.2: one whole place, the other to the largest remainder, and none to the smallest county
    [2, { a: 6, b: 3, c: 1 }, { a: 1, b: 1, c: 0 }],
    [0, { a: 6 }, { a: 0 }],
    [5, { a: 0, b: 2 }, { a: 0, b: 2 }],
  ])('%i over %j is %j', (places, sizes, quotas) => {
    const counties = Object.entries(sizes).map(([code, communities]) => ({ code, communities }));
    expect(quotasOf(places, counties)).toEqual(quotas);
  });

  test('whatever the sizes, every place is given and each county is within one of its share', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const counties = Array.from({ length: 10 }, (_, i) => ({ code: `c${i}`, communities: (seed * 31 + i * i * 17) % 60 }));
      const all = counties.reduce((sum, { communities }) => sum + communities, 0);
      const places = Math.min(30, all);
      const quotas = quotasOf(places, counties);
      expect(Object.values(quotas).reduce((sum, each) => sum + each, 0)).toBe(places);
      for (const { code, communities } of counties) {
        expect(Math.abs(quotas[code]! - (places * communities) / all)).toBeLessThan(1);
        expect(quotas[code]).toBeLessThanOrEqual(communities);
      }
    }
  });

  test('a plan writes one county a line', () => {
    expect(readQuotas('碧江区 5名\n万山区：3')).toEqual({ 碧江区: 5, 万山区: 3 });
  });
  test.each(['碧江区 五', '碧江区 5\n碧江区 3', '5'])('%j is refused', (lines) => expect(readQuotas(lines)).toBeNull());
});

describe('who may go, and when', () => {
  test.each([
    ['社区党组织书记', true],
    ['社区党组织书记兼居委会主任', true],
    ['社区党组织副书记', false],
    ['社区专职工作人员', false],
    [undefined, false],
  ])('%s: %s', (title, may) => expect(isSecretary(title)).toBe(may));

  test.each([
    ['excellent', true],
    ['competent', true],
    ['basic', false],
    ['failed', false],
    [undefined, false],
  ] as const)('rated %s: %s', (rating, may) => expect(isRatedWell(rating)).toBe(may));

  test.each([
    ['2026-03-02', '2026-05-02'],
    ['2026-12-31', '2027-02-28'],
    ['2026-08-31', '2026-10-31'],
  ])('two calendar months from %s end on %s', (from, to) => expect(plannedEnd(from, 2)).toBe(to));

  test('the middle is a month after the beginning, never after the end', () => {
    expect(midtermOn('2026-01-31', '2026-03-31')).toBe('2026-02-28');
    expect(midtermOn('2026-03-02', '2026-03-20')).toBe('2026-03-20');
  });

  test('a week’s log is asked on Fridays after the first day, the last day among them', () => {
    const days = logDays('2026-03-02', '2026-05-06');
    expect(days[0]).toBe('2026-03-06');
    expect(days.at(-1)).toBe('2026-05-01');
    expect(new Set(days.map(weekdayOf))).toEqual(new Set([5]));
    expect(logDays('2026-03-06', '2026-03-13')).toEqual(['2026-03-13']);
  });

  test('nobody is away in an election, not even for a day of it', () => {
    const rules = { ...defaultSecondmentRules, electionWindows: [{ fromOn: '2026-05-06', toOn: '2026-06-30' }] };
    expect(electionIn(rules, span)).toEqual(rules.electionWindows[0]);
    expect(electionIn(rules, { ...span, toOn: '2026-05-05' })).toBeNull();
  });

  test('the rules that the product starts with are sound', () => {
    expect(secondmentRules.parse(defaultSecondmentRules)).toEqual(defaultSecondmentRules);
  });
});

describe('what suits whom', () => {
  const wanting = secondee(1, { wants: ['物业管理', '网格治理'] });
  test('a subject that a place does not offer counts, a paired town counts more', () => {
    const at = { span, pairings: [{ county: '520602', town: 'town-1' }] };
    expect(costOf(wanting, host(1, { offers: ['物业管理', '网格治理'] }), at)).toBe(0);
    const one = costOf(wanting, host(1, { offers: ['物业管理'] }), at)!;
    const elsewhere = costOf(wanting, host(1, { offers: ['物业管理', '网格治理'], town: 'town-2' }), at)!;
    expect(one).toBeGreaterThan(0);
    expect(elsewhere).toBeGreaterThan(one);
  });
  test('a county without a paired town goes anywhere', () => {
    expect(costOf(secondee(1), host(1), { span, pairings: [{ county: '520603', town: 'town-9' }] })).toBe(0);
  });
  test('a place with somebody there on the last day is none; from the day after it is', () => {
    expect(costOf(wanting, host(1, { taken: [{ fromOn: '2026-05-06', toOn: '2026-07-06' }] }), { span })).toBeNull();
    expect(costOf(wanting, host(1, { taken: [{ fromOn: '2026-05-07', toOn: '2026-07-06' }] }), { span })).not.toBeNull();
  });
});

describe('a list of pairs', () => {
  const people = [secondee(1), secondee(2), secondee(3, { community: 'home-1' })];
  const places = [host(1), host(2), host(3, { unitCode: 'community-1' }), host(4, { taken: [span] })];
  const pair = (who: number, where: number) => ({ caseId: `case-${who}`, accountId: `host-${where}` });

  test('one to one stands', () => expect(pairFaults([pair(1, 1), pair(2, 2)], people, places, span)).toEqual([]));
  test.each([
    ['a host twice', [pair(1, 1), pair(2, 1)], '同一个接收社区只能接收一人'],
    ['two contacts of one host community', [pair(1, 1), pair(2, 3)], '同一个接收社区只能接收一人'],
    ['a secretary twice', [pair(1, 1), pair(1, 2)], '同一名人员出现两次'],
    ['two of one home community', [pair(1, 1), pair(3, 2)], '同一个社区同时只能派出一人'],
    ['a host with somebody there', [pair(1, 4)], '接收社区在这段时间已经安排了人员'],
    ['somebody who does not wait', [pair(9, 1)], '名单里有不在等待对接的人员'],
    ['a host that is none', [pair(1, 9)], '名单里有没有联系人的接收社区'],
  ])('%s does not', (_, pairs, fault) => expect(pairFaults(pairs, people, places, span)).toEqual([fault]));
});
