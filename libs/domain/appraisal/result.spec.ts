import { appraise, overCap, ratingNow, type Evaluated } from './result.ts';
import { defaultRules } from './rules.ts';

const given: Evaluated = {
  evaluations: { street: { score: 9500, raters: 10 }, residents: { score: 9000, raters: 50 }, community: { score: 8500, raters: 3 } },
  leaveDays: 0,
  hostOpinion: null,
};
const formal = { status: 'formal', workedFrom: '2020-03-02' } as const;

test('somebody’s year by the rules: a total and its band, nothing yet, or not rated', () => {
  expect(appraise(formal, given, 2026, defaultRules)).toMatchObject({ total: 9100, proposed: 'excellent', unrated: null, missing: [] });
  expect(appraise(formal, null, 2026, defaultRules)).toMatchObject({ total: null, proposed: null });
  expect(appraise(formal, null, 2026, defaultRules).missing).toHaveLength(3);
  expect(appraise({ ...formal, workedFrom: '2026-07-02' }, given, 2026, defaultRules)).toMatchObject({
    total: null,
    proposed: 'unrated',
    unrated: 'shortService',
    missing: [],
  });
});

test('the latest who set another rating wins, whatever else their stages told', () => {
  const told = { scoring: { verdict: 'excellent' }, committee: { verdict: 'asProposed' }, selfReport: { verdict: 'failed' }, review: null };
  expect(ratingNow({ proposed: 'competent' }, told)).toBe('excellent');
  expect(ratingNow({ proposed: 'competent' }, { ...told, appealAnswer: { verdict: 'competent' } })).toBe('competent');
  expect(ratingNow(null, {})).toBeNull();
});

test('the cap is each street’s own', () => {
  const person = (id: string, street: string, rating: 'excellent' | 'competent') => ({ id, street, rating, total: 9000 });
  const street = (code: string, best: number, others: number) => [
    ...Array.from({ length: best }, (_, n) => person(`${code}e${n}`, code, 'excellent')),
    ...Array.from({ length: others }, (_, n) => person(`${code}c${n}`, code, 'competent')),
  ];
  expect(overCap([...street('a', 2, 8), ...street('b', 1, 9)], defaultRules)).toEqual([]);
  expect(overCap([...street('a', 0, 20), ...street('b', 2, 7)], defaultRules)).toMatchObject([{ street: 'b', places: 1, over: 1 }]);
});
