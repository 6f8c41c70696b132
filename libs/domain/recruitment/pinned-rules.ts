import type { OpeningFacts } from '../contract.ts';
import { recruitmentRules, ruleKeys, ruleSources, type RecruitmentRules } from './rules.ts';

type Policies = OpeningFacts['policies'];

/** The policies that a batch reads at its opening. */
export const recruitmentPolicies: readonly string[] = ruleKeys.map((key) => ruleSources[key].policy);

/** The rules of recruitment as a county's policies have them on the day. Throws where one is missing or does not read: each has a default from the seed. */
export function rulesFrom(policies: Policies): RecruitmentRules {
  return recruitmentRules.parse(Object.fromEntries(ruleKeys.map((key) => [key, policies[ruleSources[key].policy]?.value])));
}

/** Which version of each policy the rules came from, and which are defaults of ours (假定), to be pinned beside them. */
export function versionsFrom(policies: Policies): Record<string, { version: number; assumed: boolean }> {
  return Object.fromEntries(
    recruitmentPolicies.flatMap((key) => {
      const policy = policies[key];
      return policy ? [[key, { version: policy.version, assumed: policy.assumed }]] : [];
    }),
  );
}
