import type { Rating } from '../person-words.ts';
import { hundredths, roundHalfUp, type Score } from '../recruitment/score.ts';
import { sources, type AppraisalRules, type Bands, type Source, type Weights } from './rules.ts';

/** One source's evaluation of somebody: the mean of its raters in hundredths of a point, and how many they were. */
export interface Evaluation {
  score: Score;
  raters: number;
}
export type Evaluations = Partial<Record<Source, Evaluation>>;

/** The sources that count (a weight of nothing asks for nothing). */
export const sourcesOf = (of: Weights): Source[] => sources.filter((source) => of[source] > 0);

export interface Missing {
  source: Source;
  fault: 'absent' | 'raters';
}

/** What keeps a total from being reckoned: sources without an evaluation, or with fewer raters than it takes. */
export function missingFor(evaluations: Evaluations, { weights, minRaters }: Pick<AppraisalRules, 'weights' | 'minRaters'>): Missing[] {
  return sourcesOf(weights).flatMap((source): Missing[] => {
    const given = evaluations[source];
    if (!given) return [{ source, fault: 'absent' }];
    return given.raters < minRaters[source] ? [{ source, fault: 'raters' }] : [];
  });
}

/** 年度考核总分 in hundredths: the weighted sum, rounded half up to two decimals; null while an evaluation is missing or does not stand. */
export function totalOf(evaluations: Evaluations, rules: Pick<AppraisalRules, 'weights' | 'minRaters'>): Score | null {
  if (missingFor(evaluations, rules).length > 0) return null;
  // whole hundredths of a point times whole percent are ten-thousandths of a point
  const sum = sourcesOf(rules.weights).reduce((all, source) => all + rules.weights[source] * evaluations[source]!.score, 0);
  return roundHalfUp(sum, 2);
}

/** The rating of a total by the bands; each line belongs to the better rating. */
export function bandOf(total: Score, { excellent, competent, basic }: Bands): Exclude<Rating, 'unrated'> {
  if (total >= hundredths(excellent)) return 'excellent';
  if (total >= hundredths(competent)) return 'competent';
  return total >= hundredths(basic) ? 'basic' : 'failed';
}
