import { verdicts } from '../../../libs/domain/appraisal/verdict.ts';
import type { IsoDate } from '../../../libs/domain/dates.ts';
import { ratingTitles } from '../../../libs/domain/person-words.ts';
import type { AppraisalRules } from '../../../libs/domain/appraisal/rules.ts';

/** What an officer may say of a proposed rating, in words. */
export const verdictTitles = {
  asProposed: '同意拟定等次',
  ...Object.fromEntries(
    verdicts.slice(1).map((verdict) => [verdict, `改为${ratingTitles[verdict as Exclude<typeof verdict, 'asProposed'>]}`]),
  ),
} as Record<(typeof verdicts)[number], string>;

/** The last day for the self-report of a year. */
export const selfReportBy = (year: number, { days }: Pick<AppraisalRules, 'days'>): IsoDate => `${year}-${days.selfReportBy}`;
