import fc from 'fast-check';
import { bonusOf, rankTotals, rankWritten, totalOf, type Interviewed } from './ranking.ts';
import { defaultRules, tieKeys, type RecruitmentRules } from './rules.ts';
import type { Mark } from './score.ts';

const person = (id: string, written: Mark, interview: Mark = 0, more: Partial<Interviewed> = {}): Interviewed => ({
  id,
  ticketNo: `2026${id}`,
  written,
  interview,
  ...more,
});
const withBonus = (bonus: Partial<RecruitmentRules['bonus']> = {}): RecruitmentRules => ({
  ...defaultRules,
  bonus: {
    addedTo: 'total',
    cap: 5,
    items: [
      { code: 'award', title: '县级表彰', points: 3 },
      { code: 'degree', title: '社会工作专业', points: 2.5 },
    ],
    ...bonus,
  },
});

describe('the written test', () => {
  test('three a place are admitted, with all who are tied at the last place', () => {
    const list = rankWritten(
      [person('a', 9000), person('b', 8000), person('c', 7000), person('d', 7000), person('e', 6999)],
      1,
      defaultRules,
    );
    expect(list.map(({ id, rank, admitted, tied }) => [id, rank, admitted, tied])).toEqual([
      ['a', 1, true, false],
      ['b', 2, true, false],
      ['c', 3, true, false],
      ['d', 3, true, true],
      ['e', 5, false, false],
    ]);
  });

  test('whoever was absent or below the line has no rank and is not admitted, however many places there are', () => {
    const rules = { ...defaultRules, passLines: { written: 60, interview: 60 } };
    const list = rankWritten([person('a', 'absent'), person('b', 5999), person('c', 6000)], 2, rules);
    expect(list.map(({ id, rank, out, admitted }) => [id, rank, out, admitted])).toEqual([
      ['c', 1, null, true],
      ['b', null, 'belowLine', false],
      ['a', null, 'absent', false],
    ]);
  });

  test('without a line a score of nothing is a rank still', () => {
    expect(rankWritten([person('a', 0)], 1, defaultRules)).toMatchObject([{ rank: 1, admitted: true }]);
  });

  test('bonus points in the written score decide who is admitted', () => {
    const candidates = [person('a', 8000), person('b', 7800, 0, { bonus: ['award'] })];
    const order = (rules: RecruitmentRules) =>
      rankWritten(candidates, 1, { ...rules, interviewRatio: 1 }).map(({ id, admitted }) => [id, admitted]);
    expect(order(withBonus({ addedTo: 'written' }))).toEqual([
      ['b', true],
      ['a', false],
    ]);
    expect(order(withBonus())).toEqual([
      ['a', true],
      ['b', false],
    ]);
  });
});

describe('the total', () => {
  test.each<[Mark, Mark, string[], RecruitmentRules, number | null]>([
    [8000, 8000, [], defaultRules, 8000],
    [8550, 7725, [], defaultRules, 8220],
    // 78.01 × 0.6 + 80.01 × 0.4 = 78.81
    [7801, 8001, [], defaultRules, 7881],
    // 70.01 × 0.5 + 70.00 × 0.5 = 70.005 → 70.01
    [7001, 7000, [], { ...defaultRules, weights: { written: 50, interview: 50 } }, 7001],
    // 1.15 × 0.5 + 0 = 0.575 → 0.58, which binary fractions make 0.57
    [115, 0, [], { ...defaultRules, weights: { written: 50, interview: 50 } }, 58],
    [8000, 8000, ['award'], withBonus(), 8300],
    [8000, 8000, ['award', 'degree'], withBonus(), 8500],
    [8000, 8000, ['award', 'degree'], withBonus({ addedTo: 'written' }), 8300],
    [8000, 8000, ['award', 'award', 'unknown'], withBonus(), 8300],
    [8000, 8000, ['award'], defaultRules, 8000],
    [8000, 'absent', [], defaultRules, null],
  ])('%s and %s with %j', (written, interview, bonus, rules, total) =>
    expect(totalOf(person('a', written, interview, { bonus }), rules)).toBe(total),
  );

  test('the cap is on all items together', () => expect(bonusOf(['award', 'degree'], withBonus({ cap: 4 }))).toBe(400));

  test('equal totals: the interview, then the written score', () => {
    // both 80.00: 84 / 74 and 76 / 86
    const candidates = [person('a', 8400, 7400), person('b', 7600, 8600)];
    const first = (rules: RecruitmentRules) => rankTotals(candidates, 1, rules).map(({ id, rank, proposed }) => [id, rank, proposed]);
    expect(first(defaultRules)).toEqual([
      ['b', 1, true],
      ['a', 2, false],
    ]);
    expect(first({ ...defaultRules, tieOrder: ['written', 'interview', 'extraInterview'] })).toEqual([
      ['a', 1, true],
      ['b', 2, false],
    ]);
  });

  test('totals are compared after rounding: what rounding makes equal is a tie', () => {
    // 80.006 and 80.010: both 80.01 after rounding, so the higher interview is first
    const list = rankTotals([person('a', 8001, 8000), person('b', 7999, 8004)], 1, defaultRules);
    expect(list.map(({ id, total, rank }) => [id, total, rank])).toEqual([
      ['b', 8001, 1],
      ['a', 8001, 2],
    ]);
  });

  test('a full tie shares the rank and asks for an extra interview; nobody in it is proposed across the last place', () => {
    const candidates = [person('a', 9000, 9000), person('b', 8000, 8000), person('c', 8000, 8000), person('d', 7000, 7000)];
    const list = rankTotals(candidates, 2, defaultRules);
    expect(list.map(({ id, rank, needsExtra, proposed }) => [id, rank, needsExtra, proposed])).toEqual([
      ['a', 1, false, true],
      ['b', 2, true, false],
      ['c', 2, true, false],
      ['d', 4, false, false],
    ]);
    expect(rankTotals(candidates, 3, defaultRules).map(({ needsExtra, proposed }) => [needsExtra, proposed])).toEqual([
      [false, true],
      [true, true],
      [true, true],
      [false, false],
    ]);
  });

  test('extra interviews part a tie, one after the other, once all in it have been marked', () => {
    const tie = (marks: Record<string, Mark[]>) =>
      rankTotals(
        Object.entries(marks).map(([id, extra]) => person(id, 8000, 8000, { extra })),
        1,
        defaultRules,
      ).map(({ id, rank, needsExtra }) => [id, rank, needsExtra]);
    expect(tie({ a: [7000], b: [8000] })).toEqual([
      ['b', 1, false],
      ['a', 2, false],
    ]);
    expect(tie({ a: [], b: [8000] })).toEqual([
      ['a', 1, true],
      ['b', 1, true],
    ]);
    expect(tie({ a: [9000], b: [8000, 7000], c: [8000, 7500], d: ['absent'] })).toEqual([
      ['a', 1, false],
      ['c', 2, false],
      ['b', 3, false],
      ['d', 4, false],
    ]);
    expect(tie({ a: [9000], b: [8000], c: [8000] })).toEqual([
      ['a', 1, false],
      ['b', 2, true],
      ['c', 2, true],
    ]);
  });

  test('an interview below the line or missed is listed without a rank, and its place goes to nobody below the line', () => {
    const list = rankTotals([person('a', 9900, 5999), person('b', 9000, 'absent'), person('c', 6000, 6000)], 3, defaultRules);
    expect(list.map(({ id, rank, out, proposed }) => [id, rank, out, proposed])).toEqual([
      ['c', 1, null, true],
      ['a', null, 'belowLine', false],
      ['b', null, 'absent', false],
    ]);
  });
});

const marks = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 50, max: 100 }).map((n) => n * 100) },
  fc.constant<Mark>('absent'),
  fc.integer({ min: 0, max: 10_000 }),
);
const people = fc
  .array(
    fc.record({ written: marks, interview: marks, extra: fc.array(marks, { maxLength: 1 }), bonus: fc.subarray(['award', 'degree']) }),
    { maxLength: 25 },
  )
  .map((all) => all.map((one, index): Interviewed => ({ ...one, id: `p${index}`, ticketNo: String(1000 + ((index * 7) % 25)) })));
const rulesOf = fc
  .record({
    written: fc.integer({ min: 0, max: 100 }),
    line: fc.constantFrom(null, 55, 60),
    decimals: fc.integer({ min: 0, max: 2 }),
    added: fc.constantFrom('written' as const, 'total' as const),
  })
  .map(({ written, line, decimals, added }): RecruitmentRules => ({
    ...withBonus({ addedTo: added }),
    weights: { written, interview: 100 - written },
    passLines: { written: line, interview: line },
    decimals,
  }));

describe('against a plain count of who is better', () => {
  const naiveBonus = (codes: readonly string[] = []) =>
    Math.min(500, (codes.includes('award') ? 300 : 0) + (codes.includes('degree') ? 250 : 0));

  test('written: a rank is one more than there are better scores; admitted is who has fewer better ones than there are seats', () =>
    fc.assert(
      fc.property(people, rulesOf, fc.integer({ min: 0, max: 5 }), (candidates, rules, places) => {
        const pointsOf = ({ written, bonus }: Interviewed) =>
          written === 'absent' ? null : written + (rules.bonus.addedTo === 'written' ? naiveBonus(bonus) : 0);
        const passing = candidates.filter((one) => pointsOf(one) !== null && pointsOf(one)! >= (rules.passLines.written ?? 0) * 100);
        const list = rankWritten(candidates, places, rules);
        expect(list.map(({ id }) => id).sort()).toEqual(candidates.map(({ id }) => id).sort());
        for (const one of candidates) {
          const better = passing.filter((other) => pointsOf(other)! > pointsOf(one)!).length;
          const passes = passing.includes(one);
          expect(list.find(({ id }) => id === one.id)).toMatchObject({
            rank: passes ? better + 1 : null,
            admitted: passes && better < places * rules.interviewRatio,
          });
        }
        const admitted = list.filter((one) => one.admitted);
        if (admitted.length > places * 3) expect(new Set(admitted.slice(places * 3 - 1).map(({ counted }) => counted)).size).toBe(1);
      }),
    ));

  test('total: reckoned in big whole numbers, compared key by key', () =>
    fc.assert(
      fc.property(
        people,
        rulesOf,
        fc.shuffledSubarray(['interview', 'written'] as const),
        fc.integer({ min: 0, max: 5 }),
        (candidates, base, ties, places) => {
          const rules = { ...base, tieOrder: [...ties, tieKeys[2]] };
          const totalsOf = ({ written, interview, bonus }: Interviewed): bigint | null => {
            if (written === 'absent' || interview === 'absent') return null;
            const extra = BigInt(naiveBonus(bonus));
            const own = BigInt(written) + (rules.bonus.addedTo === 'written' ? extra : 0n);
            const exact = own * BigInt(rules.weights.written) + BigInt(interview) * BigInt(rules.weights.interview);
            const unit = 10n ** BigInt(4 - rules.decimals);
            const all = exact + (rules.bonus.addedTo === 'total' ? extra * 100n : 0n);
            const over = all % unit;
            return (over * 2n >= unit ? all - over + unit : all - over) / 100n;
          };
          const value = (mark: Mark | undefined) => (mark === 'absent' || mark === undefined ? -1 : mark);
          const ownWritten = (one: Interviewed) => value(one.written) + (rules.bonus.addedTo === 'written' ? naiveBonus(one.bonus) : 0);
          const sameBefore = (a: Interviewed, b: Interviewed) =>
            totalsOf(a) === totalsOf(b) &&
            ties.every((key) => (key === 'interview' ? a.interview === b.interview : ownWritten(a) === ownWritten(b)));
          const passing = candidates.filter(
            (one) => totalsOf(one) !== null && value(one.interview) >= (rules.passLines.interview ?? 0) * 100,
          );
          const tieOf = (one: Interviewed) => passing.filter((other) => sameBefore(one, other));
          const isBetter = (a: Interviewed, b: Interviewed): boolean => {
            if (totalsOf(a) !== totalsOf(b)) return totalsOf(a)! > totalsOf(b)!;
            for (const key of ties) {
              const [ofA, ofB] = key === 'interview' ? [value(a.interview), value(b.interview)] : [ownWritten(a), ownWritten(b)];
              if (ofA !== ofB) return ofA > ofB;
            }
            return tieOf(a).every(({ extra }) => extra?.length === 1) && value(a.extra?.[0]) > value(b.extra?.[0]);
          };
          const list = rankTotals(candidates, places, rules);
          for (const one of candidates) {
            const entry = list.find(({ id }) => id === one.id)!;
            expect(entry.total).toBe(totalsOf(one) === null ? null : Number(totalsOf(one)));
            if (!passing.includes(one)) {
              expect(entry).toMatchObject({ rank: null, proposed: false });
              continue;
            }
            const better = passing.filter((other) => isBetter(other, one)).length;
            const notWorse = passing.filter((other) => !isBetter(one, other)).length;
            expect(entry).toMatchObject({ rank: better + 1, proposed: notWorse <= places, needsExtra: notWorse > better + 1 });
          }
          expect(list.filter(({ proposed }) => proposed).length).toBeLessThanOrEqual(places);
        },
      ),
    ));
});
