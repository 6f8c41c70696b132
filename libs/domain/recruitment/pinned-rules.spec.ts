import { defaultRules, ruleKeys, ruleSources } from './rules.ts';
import { recruitmentPolicies, rulesFrom, versionsFrom } from './pinned-rules.ts';

const policies = Object.fromEntries(
  ruleKeys.map((key, index) => [
    ruleSources[key].policy,
    { value: defaultRules[key] as unknown, version: index + 1, assumed: ruleSources[key].assumed },
  ]),
);

test('a batch reads its rules from the county’s policies', () => {
  expect(rulesFrom({ ...policies, 'recruitment.interviewRatio': { value: 2, version: 4, assumed: false } })).toEqual({
    ...defaultRules,
    interviewRatio: 2,
  });
});

test('a policy that is missing or does not read opens no batch', () => {
  const { 'recruitment.weights': _, ...missing } = policies;
  expect(() => rulesFrom(missing)).toThrow('weights');
  expect(() =>
    rulesFrom({ ...policies, 'recruitment.weights': { value: { written: 60, interview: 60 }, version: 2, assumed: false } }),
  ).toThrow('权重');
});

test('each policy is pinned with its version, and whether it is assumed', () => {
  expect(Object.keys(versionsFrom(policies))).toEqual(recruitmentPolicies);
  expect(versionsFrom(policies)).toMatchObject({
    'staffing.standard': { version: 1, assumed: false },
    'recruitment.openRatio': { version: 2, assumed: true },
  });
});
