import { z } from 'zod';
import { ratings } from '../person-words.ts';
import { score } from '../recruitment/score.ts';
import { capCheck, type CapCheck, type Proposed } from './cap.ts';
import { sources, type AppraisalRules } from './rules.ts';
import { bandOf, missingFor, totalOf } from './total.ts';
import { whyUnrated, type YearServed } from './unrated.ts';
import { ratingAfter, ratingStages, verdicts, type Verdict } from './verdict.ts';

const evaluation = z.object({ score, raters: z.int().min(1) });

/** 测评得分 of somebody, as the street has it: means by source with their raters, and what else decides. */
export const evaluated = z.object({
  evaluations: z.object({ street: evaluation, residents: evaluation, community: evaluation }).partial(),
  leaveDays: z.int().min(0).max(366),
  hostOpinion: z.string().max(500).nullable(),
});
export type Evaluated = z.infer<typeof evaluated>;

/** What an appraisal knows of somebody from the record, as it is kept with them on the list. */
export const appraised = z.object({ status: z.enum(['probation', 'formal', 'ended']), workedFrom: z.string(), postTitle: z.string() });
export type Appraised = z.infer<typeof appraised>;

/** What the rules make of somebody's year: kept with them on the list. */
export const appraisalResult = evaluated.extend({
  /** Why they are not rated; null for whoever is. */
  unrated: z.enum(['probation', 'shortService', 'longLeave']).nullable(),
  /** Null while an evaluation is missing, and for whoever is not rated. */
  total: score.nullable(),
  /** The rating that the rules propose; null while there is no total. */
  proposed: z.enum(ratings).nullable(),
  missing: z.array(z.object({ source: z.enum(sources), fault: z.enum(['absent', 'raters']) })),
});
export type AppraisalResult = z.infer<typeof appraisalResult>;

const NOTHING: Evaluated = { evaluations: {}, leaveDays: 0, hostOpinion: null };

/** Somebody's year by the rules: total, band, or why they are not rated. */
export function appraise(
  served: Omit<YearServed, 'leaveDays'>,
  given: Evaluated | null,
  year: number,
  rules: AppraisalRules,
): AppraisalResult {
  const { evaluations, leaveDays, hostOpinion } = given ?? NOTHING;
  const unrated = whyUnrated({ ...served, leaveDays }, year, rules.unrated);
  const kept = { evaluations, leaveDays, hostOpinion, unrated };
  if (unrated) return { ...kept, total: null, proposed: 'unrated', missing: [] };
  const total = totalOf(evaluations, rules);
  return { ...kept, total, proposed: total === null ? null : bandOf(total, rules.bands), missing: missingFor(evaluations, rules) };
}

/** What somebody's stages have told, as far as they decide on a rating. */
export type ToldOfRating = Partial<Record<string, Record<string, unknown> | null>>;

/** Somebody's rating after everybody who has decided on it; null while there is nothing to start from. */
export function ratingNow(result: Pick<AppraisalResult, 'proposed'> | null, told: ToldOfRating) {
  const said = ratingStages
    .map((stage) => told[stage]?.verdict as Verdict | undefined)
    .map((verdict) => (verdict && verdicts.includes(verdict) ? verdict : undefined));
  return ratingAfter(result?.proposed ?? null, said);
}

export interface OfStreet extends Proposed {
  street: string;
}

/** The streets in which more are 优秀 than the cap allows, each with its check. */
export function overCap(people: readonly OfStreet[], { cap }: Pick<AppraisalRules, 'cap'>): (CapCheck & { street: string })[] {
  const streets = [...new Set(people.map(({ street }) => street))].sort();
  return streets
    .map((street) => ({
      street,
      ...capCheck(
        people.filter((one) => one.street === street),
        cap,
      ),
    }))
    .filter(({ over }) => over > 0);
}
