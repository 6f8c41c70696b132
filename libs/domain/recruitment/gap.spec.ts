import { gapOf } from './gap.ts';
import { defaultRules } from './rules.ts';

test.each([
  // residents, active, approved open, asked → required, gap, ratio after, above
  [100_000, 101, 0, 79, 180, 79, 1_800, false],
  [100_000, 101, 40, 39, 180, 39, 1_800, false],
  [100_000, 101, 40, 40, 180, 39, 1_810, true],
  [100_001, 180, 0, 1, 181, 1, 1_810, false],
  [100_000, 186, 0, 0, 180, 0, 1_860, true],
  [100_000, 170, 20, 0, 180, 0, 1_900, true],
  [0, 3, 0, 0, 0, 0, null, true],
])('%i residents, %i active, %i open, %i asked for', (residents, active, approvedOpen, asked, required, gap, ratioAfter, above) =>
  expect(gapOf({ residents, active, approvedOpen }, asked, defaultRules)).toMatchObject({ required, gap, ratioAfter, above }),
);
