import fc from 'fast-check';
import { formatMark, hundredths, mark, points, readScore, roundHalfUp, saysAbsent, score } from './score.ts';

describe('a score as people write it', () => {
  test.each([
    ['85', 8500],
    ['85.5', 8550],
    ['85.50', 8550],
    ['85.500', 8550],
    ['85.', 8500],
    ['0', 0],
    ['100', 10000],
    ['８５．５', 8550],
    [' 72 分', 7200],
    ['8.05', 805],
  ])('%s is %i hundredths', (text, value) => expect(readScore(text)).toEqual({ score: value }));

  test.each([
    ['', 'empty'],
    ['良好', 'text'],
    ['85,5', 'text'],
    ['八十五', 'text'],
    ['85.555', 'decimals'],
    ['-1', 'range'],
    ['100.01', 'range'],
    ['1000', 'range'],
  ] as const)('%s is refused: %s', (text, fault) => expect(readScore(text)).toEqual({ fault }));

  test('every score reads back as it was written', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), (value) => {
        expect(readScore(formatMark(value))).toEqual({ score: value });
        expect(score.safeParse(value).success).toBe(true);
      }),
    ));

  test.each(['缺考', ' 缺 考 ', '弃考', '未参加'])('%s says that somebody was absent', (text) => expect(saysAbsent(text)).toBe(true));
  test.each([
    [8550, true],
    ['absent', true],
    [10_001, false],
    [85.5, false],
    ['缺考', false],
  ])('%s is kept as a mark: %s', (value, kept) => expect(mark.safeParse(value).success).toBe(kept));
  test.each(['', '0', '作弊'])('“%s” does not', (text) => expect(saysAbsent(text)).toBe(false));
});

describe('rounding half up, in whole numbers', () => {
  test.each([
    // ten-thousandths, decimals, hundredths
    [801_250, 2, 8013], // 80.125 → 80.13
    [801_249, 2, 8012],
    [100_500, 2, 1005],
    [100_500, 1, 1010], // 10.05 → 10.1
    [805_000, 0, 8100], // 80.5 → 81
    [804_999, 0, 8000],
    [0, 2, 0],
  ])('%i to %i decimals is %i', (value, decimals, rounded) => expect(roundHalfUp(value, decimals)).toBe(rounded));

  test('what it is not far from it rounds to, a half upwards', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_100_000 }), fc.integer({ min: 0, max: 2 }), (value, decimals) => {
        const unit = 10 ** (4 - decimals);
        const difference = roundHalfUp(value, decimals) * 100 - value;
        expect((roundHalfUp(value, decimals) * 100) % unit).toBe(0);
        expect(difference * 2).toBeLessThanOrEqual(unit);
        expect(difference * 2).toBeGreaterThan(-unit);
      }),
    ));

  test('points of a policy are hundredths without blur', () => {
    expect([0.07, 1.15, 2.5, 60].map(hundredths)).toEqual([7, 115, 250, 6000]);
    expect(points.safeParse(1.155).success).toBe(false);
    expect(points.safeParse(1.15).success).toBe(true);
  });
});
