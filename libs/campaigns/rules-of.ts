import { conversionRules, type ConversionRules } from '../domain/conversion.ts';

/** The rules that a batch pinned for a county at its opening. */
export function rulesOf(pinned: Record<string, unknown>, county: string): ConversionRules {
  const rules = pinned.rules as Record<string, unknown>;
  return conversionRules.parse(rules[county] ?? rules['']);
}
