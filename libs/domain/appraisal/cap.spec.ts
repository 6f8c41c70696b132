import fc from 'fast-check';
import { capCheck, excellentPlaces, type Proposed } from './cap.ts';
import type { ExcellentCap } from './rules.ts';

const cap = (percent: number, fraction: ExcellentCap['fraction'] = 'down'): ExcellentCap => ({ percent, fraction });

describe('places for 优秀', () => {
  test.each([
    [10, 20, 'down', 2],
    [14, 20, 'down', 2], // 2.8
    [15, 20, 'down', 3],
    [4, 20, 'down', 0], // 0.8
    [0, 20, 'down', 0],
    [100, 29, 'down', 29], // 0.29 × 100 is 28.999… in binary fractions
    [100, 7, 'down', 7],
    [37, 12.5, 'down', 4], // 4.625
    [14, 20, 'halfUp', 3],
    [12, 20, 'halfUp', 2], // 2.4
    [5, 10, 'halfUp', 1], // 0.5
  ] as const)('%i rated at %f%%, a fraction %s: %i', (rated, percent, fraction, places) =>
    expect(excellentPlaces(rated, cap(percent, fraction))).toBe(places),
  );

  test('never more than the share, and never a whole place less', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: 0, max: 3_000 }), (rated, hundredths) => {
        const places = BigInt(excellentPlaces(rated, cap(hundredths / 100)));
        expect(places * 10_000n <= BigInt(hundredths) * BigInt(rated)).toBe(true);
        expect((places + 1n) * 10_000n > BigInt(hundredths) * BigInt(rated)).toBe(true);
      }),
    ));
});

const street = (totals: readonly number[], others = 0, unrated = 0): Proposed[] => [
  ...totals.map((total, n) => ({ id: `e${n}`, rating: 'excellent' as const, total })),
  ...Array.from({ length: others }, (_, n) => ({ id: `c${n}`, rating: 'competent' as const, total: 8_000 })),
  ...Array.from({ length: unrated }, (_, n) => ({ id: `u${n}`, rating: 'unrated' as const, total: null })),
];

describe('the check of a street', () => {
  test('at the cap nobody comes down', () =>
    expect(capCheck(street([9500, 9200], 8), cap(20))).toEqual({
      rated: 10,
      places: 2,
      excellent: 2,
      over: 0,
      down: [],
      tied: { ids: [], choose: 0 },
    }));

  test('one above it: the lowest comes down', () =>
    expect(capCheck(street([9500, 9100, 9200], 7), cap(20))).toMatchObject({ over: 1, down: ['e1'], tied: { ids: [], choose: 0 } }));

  test('who is not rated makes no place', () => {
    expect(capCheck(street([9500, 9200], 8, 5), cap(20)).places).toBe(2);
    expect(capCheck(street([9500, 9200], 7, 6), cap(20))).toMatchObject({ rated: 9, places: 1, over: 1, down: ['e1'] });
  });

  test('a tie at the last place is the street’s to decide', () =>
    expect(capCheck(street([9500, 9200, 9200], 7), cap(20))).toMatchObject({ over: 1, down: [], tied: { ids: ['e1', 'e2'], choose: 1 } }));

  test('below a tie some come down for certain', () =>
    expect(capCheck(street([9500, 9200, 9200, 9100], 6), cap(20))).toMatchObject({
      over: 2,
      down: ['e3'],
      tied: { ids: ['e1', 'e2'], choose: 1 },
    }));

  test('a tie in which nobody finds a place is none', () =>
    expect(capCheck(street([9500, 9400, 9200, 9200], 6), cap(20))).toMatchObject({
      over: 2,
      down: ['e2', 'e3'],
      tied: { ids: [], choose: 0 },
    }));

  test('four people have no place at all', () =>
    expect(capCheck(street([9900], 3), cap(20))).toMatchObject({ places: 0, over: 1, down: ['e0'] }));

  const people = fc
    .array(fc.record({ rating: fc.constantFrom('excellent', 'competent', 'unrated'), total: fc.integer({ min: 90, max: 96 }) }), {
      maxLength: 40,
    })
    .map((all) => all.map(({ rating, total }, n) => ({ id: `p${n}`, rating, total }) as Proposed));
  test('with those down, and so many of the tied as are to be chosen, the cap is kept to the place, and nobody above comes down for somebody below', () =>
    fc.assert(
      fc.property(people, fc.integer({ min: 0, max: 30 }), (all, percent) => {
        const { places, over, down, tied, excellent } = capCheck(all, cap(percent));
        expect(down.length + tied.choose).toBe(over);
        expect(tied.choose).toBeLessThanOrEqual(Math.max(0, tied.ids.length - 1));
        const gone = new Set([...down, ...tied.ids.slice(0, tied.choose)]);
        const stay = all.filter(({ id, rating }) => rating === 'excellent' && !gone.has(id));
        expect(stay.length).toBe(Math.min(excellent, places));
        const least = Math.min(Infinity, ...stay.map(({ total }) => total!));
        for (const { id, total } of all) if (gone.has(id)) expect(total!).toBeLessThanOrEqual(least);
      }),
    ));
});
