import fc from 'fast-check';
import { requiredStaff, staffingGap, staffingRatio } from './staffing.ts';

const standard = { per10000: 18 };

test.each([
  // residents, required
  [0, 0],
  [1, 1],
  [10_000, 18],
  [10_001, 19],
  [555_556, 1_001],
  [1_295_700, 2_333],
])('%i residents need %i', (residents, required) => expect(requiredStaff(residents, standard)).toBe(required));

test.each([
  // headcount, residents, hundredths
  [18, 10_000, 1_800],
  [1_010, 1_000_000, 1_010],
  [1_860, 1_000_000, 1_860],
  [1, 3_000, 333],
  [2, 3_000, 667],
  [1, 80_000_000, 0],
  [5, 0, null],
])('%i people for %i residents are %s hundredths per 10,000', (headcount, residents, ratio) =>
  expect(staffingRatio(headcount, residents)).toBe(ratio),
);

test('a standard with a fraction is not blurred by binary fractions', () => {
  expect(requiredStaff(100_000, { per10000: 17.9 })).toBe(179);
  expect(requiredStaff(10_000, { per10000: 18.29 })).toBe(19);
});

test('whoever has what is required is at the standard or above it, and one fewer is below it', () =>
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5_000_000 }), (residents) => {
      const required = requiredStaff(residents, standard);
      expect(required * 10_000).toBeGreaterThanOrEqual(18 * residents);
      expect((required - 1) * 10_000).toBeLessThan(18 * residents);
      expect(staffingGap(required, required)).toBe(0);
      expect(staffingGap(required, required - 1)).toBe(1);
      expect(staffingGap(required, required + 7)).toBe(0);
    }),
  ));
