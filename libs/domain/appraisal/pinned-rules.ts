import type { OpeningFacts } from '../contract.ts';
import { appraisalRules, ruleKeys, ruleSources, type AppraisalRules } from './rules.ts';

type Policies = OpeningFacts['policies'];

/** The policies that an appraisal reads at its opening. */
export const appraisalPolicies: readonly string[] = ruleKeys.map((key) => ruleSources[key].policy);

/** The rules of appraisal as a county's policies have them on the day. Throws where one is missing or does not read: each has a default from the seed. */
export const rulesFrom = (policies: Policies): AppraisalRules =>
  appraisalRules.parse(Object.fromEntries(ruleKeys.map((key) => [key, policies[ruleSources[key].policy]?.value])));
