import { verdicts } from '../../../libs/domain/appraisal/verdict.ts';
import { ratingTitles } from '../../../libs/domain/person-words.ts';

/** What an officer may say of a proposed rating, in words. */
export const verdictTitles = {
  asProposed: '同意拟定等次',
  ...Object.fromEntries(
    verdicts.slice(1).map((verdict) => [verdict, `改为${ratingTitles[verdict as Exclude<typeof verdict, 'asProposed'>]}`]),
  ),
} as Record<(typeof verdicts)[number], string>;
