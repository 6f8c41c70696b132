import { rulesOfPlan } from '../../../libs/domain/appraisal/plan.ts';
import { overCap, ratingNow, type AppraisalResult } from '../../../libs/domain/appraisal/result.ts';
import type { AppraisalDays } from '../../../libs/domain/appraisal/rules.ts';
import type { ListedTogether } from '../../../libs/domain/contract.ts';
import type { IsoDate } from '../../../libs/domain/dates.ts';
import { isRefusal, refuse, type Refusal } from '../../../libs/domain/refusal.ts';

/** The days of a year's appraisal, those after its end in January. */
export const appraisalDates = (year: number, { selfReportBy, streetBy, countyBy, finalBy }: AppraisalDays) => [
  { key: 'selfReportBy', title: '个人述职截止', on: `${year}-${selfReportBy}` },
  { key: 'streetBy', title: '街道评定完成', on: `${year}-${streetBy}` },
  { key: 'countyBy', title: '县（区）审核完成', on: `${year + 1}-${countyBy}` },
  { key: 'finalBy', title: '考核结果确定', on: `${year + 1}-${finalBy}` },
];

/** A year is not appraised before the county's day for it. */
export const yearNotOver = (year: number, on: IsoDate, { opensOn }: Pick<AppraisalDays, 'opensOn'>): Refusal | null =>
  on < `${year}-${opensOn}` ? refuse('AppraisalTooEarly', { year, on: `${year}-${opensOn}` }) : null;

const NAMES = 20;
const names = (people: readonly { name: string }[]): string =>
  `${people
    .slice(0, NAMES)
    .map(({ name }) => name)
    .join('、')}${people.length > NAMES ? '等' : ''}`;
const resultOf = ({ result }: ListedTogether['people'][number]) => result as AppraisalResult | null;

/** Everybody who is to be rated has a total. */
export function checkEvaluated({ people }: ListedTogether): Refusal | null {
  const without = people.filter(({ onList, ...one }) => onList && !resultOf({ ...one, onList })?.proposed);
  return without.length > 0 ? refuse('EvaluationsMissing', { count: without.length, names: names(without) }) : null;
}

/**
 * 优秀比例核对 of each street: refuses `CapExceeded` with whom it takes down, and `UnratedStays` where somebody is rated whom the rules leave unrated. Whoever has
 * gone their own way counts for the places, with the rating that they have by now.
 */
export function checkCap({ people, pinned, told }: ListedTogether): Refusal | null {
  const rated = people.flatMap((one) => {
    const rating = ratingNow(resultOf(one), one.told);
    return rating ? [{ ...one, id: one.caseId, rating, total: resultOf(one)?.total ?? null }] : [];
  });
  const stays = rated.filter(({ rating, ...one }) => resultOf(one)?.unrated && rating !== 'unrated');
  if (stays.length > 0) return refuse('UnratedStays', { count: stays.length, names: names(stays) });
  const rules = rulesOfPlan(pinned, told.plan);
  if (isRefusal(rules)) return rules;
  const [over] = overCap(rated, rules);
  if (!over) return null;
  const named = (ids: readonly string[]) => names(rated.filter(({ id }) => ids.includes(id)));
  const down = named(over.down);
  const tied = over.tied.choose > 0 ? `${named(over.tied.ids)}总分相同，须确定其中 ${over.tied.choose} 人` : '';
  return refuse('CapExceeded', {
    street: rated.find(({ street }) => street === over.street)?.streetName ?? over.street,
    rated: over.rated,
    places: over.places,
    excellent: over.excellent,
    over: over.over,
    who: [down, tied].filter(Boolean).join('；'),
  });
}
