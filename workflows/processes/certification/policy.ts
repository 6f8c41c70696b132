import { conversionRules, type ConversionRules } from '../../../libs/domain/conversion.ts';
import type { OpeningFacts } from '../../../libs/domain/contract.ts';

type Policies = OpeningFacts['policies'];

/** The rules of conversion as a county's policies have them on the day, with their versions. */
export function rulesFrom(policies: Policies): ConversionRules {
  const of = (key: string) => policies[key]?.value;
  return conversionRules.parse({
    entry: of('postGrade.entry'),
    roles: of('postGrade.roles'),
    pay: of('pay'),
    versions: Object.fromEntries(
      Object.entries(policies)
        .filter(([key]) => ['postGrade.entry', 'postGrade.roles', 'pay'].includes(key))
        .map(([key, { version, assumed }]) => [key, { version, assumed }]),
    ),
  });
}
