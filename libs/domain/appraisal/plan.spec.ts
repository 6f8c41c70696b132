import { isRefusal } from '../refusal.ts';
import { planForm, planTells, rulesOfPlan } from './plan.ts';
import { defaultRules } from './rules.ts';

const pinned = { rules: defaultRules };
const rules = (plan: Record<string, string> | undefined) => {
  const made = rulesOfPlan(pinned, plan);
  return isRefusal(made) ? made.params.detail : made;
};

test('a plan that sets nothing leaves the policies as they are', () => {
  expect(rules(undefined)).toEqual(defaultRules);
  expect(rules({})).toEqual(defaultRules);
});

test('what a plan sets counts for its year', () => {
  expect(rules({ street: '30', residents: '60', community: '10', cap: '12.5', excellent: '92' })).toEqual({
    ...defaultRules,
    weights: { street: 30, residents: 60, community: 10 },
    bands: { ...defaultRules.bands, excellent: 92 },
    cap: { percent: 12.5, fraction: 'down' },
  });
});

test.each([
  [{ residents: '60' }, '之和应为 100'],
  [{ competent: '95' }, '依次降低'],
  [{ cap: '40' }, ''],
])('%j is no plan', (plan, why) => {
  const detail = rules(plan as Record<string, string>);
  expect(typeof detail).toBe('string');
  expect(detail).toContain(why);
});

test('the form asks for everything that a plan may set', () =>
  expect(Object.keys(planForm.shape)).toEqual(expect.arrayContaining([...planTells])));
