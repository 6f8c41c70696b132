import { sourceTitles, sources } from '../../../libs/domain/appraisal/rules.ts';
import { appraisalResult, appraised, ratingNow, type AppraisalResult, type Appraised } from '../../../libs/domain/appraisal/result.ts';
import { unratedTitles } from '../../../libs/domain/appraisal/unrated.ts';
import { yearOf } from '../../../libs/domain/dates.ts';
import type { FormFacts } from '../../../libs/domain/official-form.ts';
import { ratingTitles } from '../../../libs/domain/person-words.ts';
import { formatScore } from '../../../libs/domain/recruitment/score.ts';

// What the forms of a rating say in common.

export const resultOf = ({ listed }: FormFacts): AppraisalResult | null => appraisalResult.safeParse(listed?.result).data ?? null;
export const rosterOf = ({ listed }: FormFacts): Appraised | null => appraised.safeParse(listed?.roster).data ?? null;
export const yearOfForm = ({ listed }: FormFacts): number | null => (listed ? yearOf(listed.cutOffOn) : null);
export const yearWords = (facts: FormFacts): string => `${yearOfForm(facts) ?? ''} 年度`;

/** The rating in words after everybody whose answer is on the form; blank while there is none. */
export function ratingWords(facts: FormFacts, without: readonly string[] = []): string {
  const told = Object.fromEntries(
    Object.entries(facts.answers).flatMap(([stage, [answer]]) => (answer && !without.includes(stage) ? [[stage, answer.values]] : [])),
  );
  const rating = ratingNow(resultOf(facts), told);
  return rating ? ratingTitles[rating] : '';
}

/** The evaluations in one line each, with their raters; why there is none where somebody is not rated. */
export function scoreWords(facts: FormFacts): string {
  const result = resultOf(facts);
  if (!result) return '';
  if (result.unrated) return `${unratedTitles[result.unrated]}，不定等次。`;
  const lines = sources.flatMap((source) => {
    const given = result.evaluations[source];
    return given ? [`${sourceTitles[source]} ${formatScore(given.score)} 分（${given.raters} 人）`] : [];
  });
  return [...lines, result.total === null ? '' : `总分 ${formatScore(result.total)} 分`].filter(Boolean).join('；');
}
