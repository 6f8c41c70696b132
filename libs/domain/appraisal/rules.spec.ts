import { appraisalPolicies, rulesFrom } from './pinned-rules.ts';
import { appraisalRules, defaultRules, ruleKeys, ruleSources, withPlan, type AppraisalRules } from './rules.ts';

const policies = Object.fromEntries(
  ruleKeys.map((key) => [ruleSources[key].policy, { value: defaultRules[key] as unknown, version: 1, assumed: true }]),
);

test('the defaults are rules, each with its policy and source', () => {
  expect(appraisalRules.parse(defaultRules)).toEqual(defaultRules);
  expect([...ruleKeys].sort()).toEqual(Object.keys(appraisalRules.shape).sort());
  expect(new Set(appraisalPolicies).size).toBe(ruleKeys.length);
  expect(ruleKeys.filter((key) => ruleSources[key].source.length < 5)).toEqual([]);
});

test.each<[string, Partial<Record<keyof AppraisalRules, unknown>>]>([
  ['weights that are not a hundred', { weights: { street: 40, residents: 40, community: 30 } }],
  ['a weight of half a percent', { weights: { street: 40.5, residents: 39.5, community: 20 } }],
  ['bands that do not fall', { bands: { excellent: 90, competent: 90, basic: 60 } }],
  ['a band with a third decimal', { bands: { excellent: 90.005, competent: 70, basic: 60 } }],
  ['a cap above three in ten', { cap: { percent: 31, fraction: 'down' } }],
  ['a cap with a third decimal', { cap: { percent: 12.345, fraction: 'down' } }],
  ['a day that is none', { days: { ...defaultRules.days, finalBy: '13-01' } }],
  ['a review of two months and a day', { review: { ...defaultRules.review, request: { calendarDays: 61 } } }],
])('%s is no rule', (_, change) => expect(appraisalRules.safeParse({ ...defaultRules, ...change }).success).toBe(false));

test('an appraisal reads its rules from the county’s policies; one that is missing opens none', () => {
  expect(
    rulesFrom({ ...policies, 'appraisal.cap': { value: { percent: 15, fraction: 'down' }, version: 2, assumed: false } }).cap.percent,
  ).toBe(15);
  const { 'appraisal.bands': _, ...missing } = policies;
  expect(() => rulesFrom(missing)).toThrow('bands');
});

test('a plan sets what it names and leaves the rest as it is', () => {
  const own = withPlan(defaultRules, { weights: { street: 30, residents: 60, community: 10 }, cap: undefined });
  expect(own).toEqual({ ...defaultRules, weights: { street: 30, residents: 60, community: 10 } });
});
