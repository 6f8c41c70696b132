import fc from 'fast-check';
import { defaultRules, type Weights } from './rules.ts';
import { bandOf, missingFor, totalOf, type Evaluations } from './total.ts';

const of = (street: number, residents: number, community: number): Evaluations => ({
  street: { score: street, raters: 12 },
  residents: { score: residents, raters: 60 },
  community: { score: community, raters: 8 },
});

describe('the total of a year', () => {
  test.each<[string, Evaluations, Partial<Weights>, number]>([
    ['40, 40 and 20 percent', of(9000, 8500, 8000), {}, 8600],
    ['a half of a hundredth goes up', of(9000, 9000, 9003), { street: 30, residents: 20, community: 50 }, 9002], // 90.015
    ['less than half goes down', of(9000, 9000, 9002), {}, 9000], // 90.004
    ['residents who count sixty percent', of(8000, 9500, 8800), { street: 30, residents: 60, community: 10 }, 8980],
  ])('%s', (_, evaluations, change, total) => {
    const weights = { ...defaultRules.weights, ...change };
    expect(totalOf(evaluations, { ...defaultRules, weights })).toBe(total);
  });

  test('there is none while an evaluation is missing or has too few raters', () => {
    const { residents: _, ...without } = of(9000, 9000, 9000);
    expect(totalOf(without, defaultRules)).toBeNull();
    expect(missingFor(without, defaultRules)).toEqual([{ source: 'residents', fault: 'absent' }]);
    const few = { ...of(9000, 9000, 9000), residents: { score: 9900, raters: 49 } };
    expect(totalOf(few, defaultRules)).toBeNull();
    expect(missingFor(few, defaultRules)).toEqual([{ source: 'residents', fault: 'raters' }]);
  });

  test('what weighs nothing is asked of nobody', () => {
    const { community: _, ...without } = of(9000, 8000, 0);
    expect(totalOf(without, { ...defaultRules, weights: { street: 50, residents: 50, community: 0 } })).toBe(8500);
  });

  const scores = fc.integer({ min: 0, max: 10_000 });
  test('it lies between the lowest and the highest evaluation, and no better evaluation lowers it', () =>
    fc.assert(
      fc.property(scores, scores, scores, fc.integer({ min: 0, max: 500 }), (a, b, c, more) => {
        const total = totalOf(of(a, b, c), defaultRules)!;
        expect(total).toBeGreaterThanOrEqual(Math.min(a, b, c));
        expect(total).toBeLessThanOrEqual(Math.max(a, b, c));
        expect(totalOf(of(Math.min(10_000, a + more), b, c), defaultRules)!).toBeGreaterThanOrEqual(total);
      }),
    ));
});

test.each([
  [9000, 'excellent'],
  [8999, 'competent'],
  [7000, 'competent'],
  [6999, 'basic'],
  [6000, 'basic'],
  [5999, 'failed'],
  [0, 'failed'],
] as const)('a total of %i hundredths is %s', (total, rating) => expect(bandOf(total, defaultRules.bands)).toBe(rating));
