import fc from 'fast-check';
import { addDays, lastDayOfTerm } from './dates.ts';
import {
  averageMonthlyPay,
  compensationOf,
  endsByItself,
  fenOf,
  halfYearsOfService,
  isMassReduction,
  severanceOf,
  shields,
  type SeveranceInputs,
} from './severance.ts';

describe('years of service, in half years (art. 47)', () => {
  test.each([
    ['2026-01-05', '2026-01-05', 1, 'one day is less than six months: half a month’s pay'],
    ['2026-01-05', '2026-07-03', 1, 'a day short of six months'],
    ['2026-01-05', '2026-07-04', 2, 'six months to the day count as a year'],
    ['2026-01-05', '2027-01-03', 2, 'a day short of a year'],
    ['2026-01-05', '2027-01-04', 2, 'exactly a year adds no half'],
    ['2026-01-05', '2027-01-05', 3, 'a day over a year adds half'],
    ['2026-01-05', '2027-07-03', 3, 'a year and nearly six months'],
    ['2026-01-05', '2027-07-04', 4, 'a year and six months'],
    ['2025-08-31', '2026-02-27', 1, 'six months from 31 August end on the last of February'],
    ['2025-08-31', '2026-02-28', 2, 'the last of February completes them'],
    ['2024-02-29', '2025-02-28', 2, 'a year from 29 February ends on the 28th'],
    ['2010-03-01', '2027-04-15', 35, '17 years, a month and a half'],
  ])('%s to %s: %i (%s)', (from, to, halves) => expect(halfYearsOfService(from, to)).toBe(halves));

  test('an end before the beginning is a mistake of the caller', () =>
    expect(() => halfYearsOfService('2026-01-05', '2026-01-04')).toThrow());

  const day = fc.integer({ min: 0, max: 12_000 }).map((n) => addDays('1995-01-01', n));
  test('more days are never fewer half years, and a day more adds at most one', () => {
    fc.assert(
      fc.property(day, fc.nat(9_000), (from, length) => {
        const now = halfYearsOfService(from, addDays(from, length));
        const more = halfYearsOfService(from, addDays(from, length + 1));
        expect(more - now).toBeGreaterThanOrEqual(0);
        expect(more - now).toBeLessThanOrEqual(1);
      }),
    );
  });
  test('so many full years are twice as many half years', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 40 }), (from, years) =>
        expect(halfYearsOfService(from, lastDayOfTerm(from, years * 12))).toBe(years * 2),
      ),
    );
  });
});

const yuan = (amount: number) => amount * 100;
const usual: SeveranceInputs = {
  startedOn: '2020-03-02',
  lastOn: '2027-05-31',
  paidTotal: yuan(48_000),
  paidMonths: 12,
  cityAverage: yuan(6_500),
  minimumWage: yuan(1_890),
};

describe('severance', () => {
  test.each<[string, Partial<SeveranceInputs>, { base: number; paid: number; amount: number; capped?: true }]>([
    ['7 years and 3 months at 4,000', {}, { base: yuan(4_000), paid: 15, amount: yuan(30_000) }],
    ['less than six months', { startedOn: '2027-02-01' }, { base: yuan(4_000), paid: 1, amount: yuan(2_000) }],
    [
      'eight months worked: their average',
      { startedOn: '2026-10-01', paidTotal: yuan(33_600), paidMonths: 8 },
      { base: yuan(4_200), paid: 2, amount: yuan(4_200) },
    ],
    [
      'exactly three times the average is not capped, nor limited to twelve years',
      { startedOn: '2010-03-01', paidTotal: yuan(234_000) },
      { base: yuan(19_500), paid: 35, amount: yuan(341_250) },
    ],
    [
      'a fen above: three times, twelve years at most',
      { startedOn: '2010-03-01', paidTotal: yuan(234_000) + 12 },
      { base: yuan(19_500), paid: 24, amount: yuan(234_000), capped: true },
    ],
    [
      'above three times with seven years and a bit: three times',
      { paidTotal: yuan(360_000) },
      { base: yuan(19_500), paid: 15, amount: yuan(146_250), capped: true },
    ],
    ['below the minimum wage: the minimum wage', { paidTotal: yuan(18_000) }, { base: yuan(1_890), paid: 15, amount: yuan(14_175) }],
    ['half a fen goes up', { startedOn: '2027-05-01', paidTotal: 400_001, paidMonths: 1 }, { base: 400_001, paid: 1, amount: 200_001 }],
  ])('%s', (_what, changes, { base, paid, amount, capped = false }) => {
    expect(severanceOf({ ...usual, ...changes })).toMatchObject({ base, paidHalfYears: paid, amount, capped });
  });

  test('never less for longer service, never more than three times the average over twelve years once above it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100_000, max: 9_000_000 }), fc.nat(9_000), fc.nat(400), (monthly, length, longer) => {
        const at = (days: number) =>
          severanceOf({ ...usual, startedOn: '2000-01-01', lastOn: addDays('2000-01-01', days), paidTotal: monthly * 12 });
        const [short, long] = [at(length), at(length + longer)];
        expect(long.amount).toBeGreaterThanOrEqual(short.amount);
        expect(Number.isInteger(long.amount)).toBe(true);
        if (monthly > 3 * usual.cityAverage) expect(long.amount).toBeLessThanOrEqual(3 * usual.cityAverage * 12);
        else expect(long.base).toBe(Math.max(monthly, usual.minimumWage));
      }),
    );
  });

  test('the average is of the months worked, to the fen', () => {
    expect(averageMonthlyPay(yuan(10_000), 3)).toBe(333_333);
    expect(averageMonthlyPay(yuan(10_000), 12)).toBe(83_333);
    expect(averageMonthlyPay(5, 2)).toBe(3);
    expect(() => averageMonthlyPay(1, 0)).toThrow();
    expect(() => averageMonthlyPay(1, 13)).toThrow();
  });

  test('against the law: twice as much (art. 87)', () => expect(compensationOf(yuan(30_000))).toBe(yuan(60_000)));
});

test.each([
  ['4000', 400_000],
  ['4000.5', 400_050],
  ['0.05', 5],
  [' 12.30 ', 1_230],
  ['4,000', null],
  ['-1', null],
  ['1.005', null],
  ['', null],
])('%j in fen: %s', (text, fen) => expect(fenOf(text)).toBe(fen));

test.each([
  [1, 5, false],
  [1, 10, false],
  [2, 20, true],
  [2, 21, false],
  [19, 191, false],
  [19, 190, true],
  [20, 5_000, true],
])('%i of %i: the way of art. 41 is called for: %s', (people, staff, is) => expect(isMassReduction(people, staff)).toBe(is));

test('of the shields of art. 42 only long service before retirement has no end to wait for', () => {
  expect(shields.filter((shield) => !endsByItself(shield))).toEqual(['none', 'nearRetirement']);
});
