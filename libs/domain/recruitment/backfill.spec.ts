import fc from 'fast-check';
import {
  backfill,
  chainOf,
  fallReasons,
  fallReasonTitles,
  isTooLate,
  roundsOf,
  vacancyTitles,
  type Backfill,
  type BackfillPhase,
  type Fallen,
} from './backfill.ts';
import { defaultRules } from './rules.ts';

const order = ['a', 'b', 'c', 'd', 'e'];
const called = ['a', 'b'];
const fell = (...ids: string[]): Fallen[] => ids.map((id) => ({ id, why: 'medicalFailed' }));

test('the next in order is called, and the record says for whom', () => {
  expect(backfill({ order, called, chain: [] }, fell('b'), 'ranking', defaultRules)).toEqual({
    filled: [{ round: 1, id: 'c', for: 'b', why: 'medicalFailed' }],
    vacant: [],
  });
});

test('two places at once: an equal number, the better place to the better', () => {
  const { filled } = backfill({ order, called, chain: [] }, fell('b', 'a'), 'ranking', defaultRules);
  expect(filled.map(({ id, for: of }) => [id, of])).toEqual([
    ['c', 'a'],
    ['d', 'b'],
  ]);
});

test('whoever was called in a backfill may fall as well; the third time nobody is called', () => {
  const one = backfill({ order, called, chain: [] }, fell('b'), 'ranking', defaultRules).filled;
  const two = [...one, ...backfill({ order, called, chain: one }, fell('c'), 'ranking', defaultRules).filled];
  expect(two.map(({ round, id }) => [round, id])).toEqual([
    [1, 'c'],
    [2, 'd'],
  ]);
  expect(chainOf('d', two).map(({ for: of }) => of)).toEqual(['c', 'b']);
  expect(backfill({ order, called, chain: two }, fell('d'), 'ranking', defaultRules)).toEqual({
    filled: [],
    vacant: [{ id: 'd', why: 'medicalFailed', because: 'rounds' }],
  });
});

test('a place that was given already is not given again', () => {
  const chain: Backfill[] = [{ round: 1, id: 'c', for: 'b', why: 'waived' }];
  expect(backfill({ order, called, chain }, fell('b'), 'ranking', defaultRules)).toEqual({ filled: [], vacant: [] });
});

test('whoever withdraws while waiting frees no place and is passed over', () => {
  expect(backfill({ order, called, chain: [] }, fell('b', 'c'), 'ranking', defaultRules).filled).toEqual([
    { round: 1, id: 'd', for: 'b', why: 'medicalFailed' },
  ]);
});

test('with nobody left the place stays empty', () => {
  expect(backfill({ order: called, called, chain: [] }, fell('a'), 'recheck', defaultRules).vacant).toMatchObject([
    { because: 'nobodyLeft' },
  ]);
});

test.each<[BackfillPhase, 'approval' | 'contract', boolean]>([
  ['recheck', 'approval', false],
  ['ranking', 'approval', false],
  ['approved', 'approval', true],
  ['approved', 'contract', false],
  ['contracted', 'approval', true],
  ['contracted', 'contract', true],
])('at %s with none after %s: too late %s', (phase, noneAfter, late) => {
  const rules = { backfill: { on: true, maxRounds: 2, noneAfter } };
  expect(isTooLate(phase, rules)).toBe(late);
  const { filled, vacant } = backfill({ order, called, chain: [] }, fell('a'), phase, rules);
  expect([filled.length, vacant.map(({ because }) => because)]).toEqual(late ? [0, ['tooLate']] : [1, []]);
});

test('where a batch does not backfill, nobody is called', () => {
  const rules = { backfill: { on: false, maxRounds: 2, noneAfter: 'approval' as const } };
  expect(backfill({ order, called, chain: [] }, fell('a'), 'ranking', rules).vacant).toMatchObject([{ because: 'off' }]);
});

test('against a queue with a list of seats: same people in the seats, nobody twice, rounds in bounds', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 12 }),
      fc.integer({ min: 0, max: 5 }),
      fc.array(fc.array(fc.integer({ min: 0, max: 11 }), { minLength: 1, maxLength: 4 }), { maxLength: 5 }),
      fc.integer({ min: 0, max: 3 }),
      (size, places, rounds, maxRounds) => {
        const ids = Array.from({ length: size }, (_, index) => `p${String(index).padStart(2, '0')}`);
        const first = ids.slice(0, places);
        const rules = { backfill: { on: true, maxRounds, noneAfter: 'approval' as const } };
        let waiting = ids.slice(places);
        let seats: (string | null)[] = [...first];
        let used = 0;
        let chain: Backfill[] = [];
        const gone = new Set<string>();
        for (const round of rounds) {
          const out = [...new Set(round)].map((n) => ids[n]).filter((id): id is string => id !== undefined && !gone.has(id));
          for (const id of out) gone.add(id);
          waiting = waiting.filter((id) => !out.includes(id));
          const may = used < maxRounds;
          let any = false;
          // seats stand in the order of those who sit in them
          const free = seats.filter((id): id is string => id !== null && out.includes(id)).sort();
          for (const id of free) {
            const next = may ? waiting.shift() : undefined;
            any ||= next !== undefined;
            seats = seats.map((seat) => (seat === id ? (next ?? null) : seat));
          }
          if (any) used += 1;
          const living = ids.filter((id) => !gone.has(id) || out.includes(id));
          const { filled } = backfill(
            { order: living, called: first, chain },
            out.map((id) => ({ id, why: 'waived' as const })),
            'ranking',
            rules,
          );
          chain = [...chain, ...filled];
        }
        const seated = [...first, ...chain.map(({ id }) => id)].filter((id) => !gone.has(id));
        expect(seated.sort()).toEqual(seats.filter((id) => id !== null).sort());
        expect(new Set(chain.map(({ id }) => id)).size).toBe(chain.length);
        expect(roundsOf(chain)).toBe(used);
      },
    ),
  );
});

test('each reason has its own words', () => {
  expect(new Set(fallReasons.map((why) => fallReasonTitles[why])).size).toBe(fallReasons.length);
  const { vacant } = backfill({ order: called, called, chain: [] }, fell('a'), 'recheck', defaultRules);
  expect(vacant.map(({ because }) => vacancyTitles[because])).toEqual(['没有可以递补的人员']);
});
