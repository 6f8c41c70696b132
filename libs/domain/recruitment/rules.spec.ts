import {
  defaultRules,
  negatives,
  negativeTitles,
  recruitmentRules,
  ruleKeys,
  ruleSources,
  withChoices,
  type RecruitmentRules,
} from './rules.ts';

test('the defaults are rules, each with its policy and source; only the standard is not ours', () => {
  expect(recruitmentRules.parse(defaultRules)).toEqual(defaultRules);
  expect([...ruleKeys].sort()).toEqual(Object.keys(recruitmentRules.shape).sort());
  expect(new Set(ruleKeys.map((key) => ruleSources[key].policy)).size).toBe(ruleKeys.length);
  expect(ruleKeys.filter((key) => !ruleSources[key].assumed)).toEqual(['standard']);
  expect(ruleKeys.filter((key) => ruleSources[key].source.length < 5)).toEqual([]);
});

test.each<[string, Partial<Record<keyof RecruitmentRules, unknown>>]>([
  ['weights that are not a hundred', { weights: { written: 60, interview: 50 } }],
  ['an age below eighteen', { ages: { ...defaultRules.ages, min: 17 } }],
  ['an upper age below the lower', { ages: { ...defaultRules.ages, max: 17, extendedMax: 17 } }],
  ['a ratio of nobody', { interviewRatio: 0 }],
  ['a third decimal', { decimals: 3 }],
  ['a tie order that ends before the extra interview', { tieOrder: ['interview', 'written'] }],
  ['a tie order that says one thing twice', { tieOrder: ['interview', 'interview', 'extraInterview'] }],
  [
    'a bonus item twice',
    { bonus: { addedTo: 'total', cap: 5, items: [1, 2].map((n) => ({ code: 'award', title: '县级表彰', points: n })) } },
  ],
  ['a pass line with a third decimal', { passLines: { written: 60.005, interview: null } }],
  ['backfill after the contract', { backfill: { on: true, maxRounds: 2, noneAfter: 'never' } }],
])('%s is no rule', (_, change) => expect(recruitmentRules.safeParse({ ...defaultRules, ...change }).success).toBe(false));

test('an announcement sets its own weights and leaves the rest as it is', () => {
  const own = withChoices(defaultRules, { weights: { written: 40, interview: 60 }, openRatio: undefined });
  expect(own).toEqual({ ...defaultRules, weights: { written: 40, interview: 60 } });
});

test('every reason of the negative list has its sentence', () => expect(Object.keys(negativeTitles)).toEqual([...negatives]));
