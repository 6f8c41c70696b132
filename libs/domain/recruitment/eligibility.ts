import { z } from 'zod';
import { addDays, addMonths, completedYears, formatDate, type IsoDate } from '../dates.ts';
import { isoDate } from '../iso-date.ts';
import { educations, politicalStatuses, type Education } from '../person-words.ts';
import { countyOfPost, householdTitles, type RecruitmentPost } from './posts.ts';
import { exceptions, exceptionTitles, negatives, negativeTitles, type Exception, type Negative, type RecruitmentRules } from './rules.ts';

/** What a candidate's 报名表 says, as far as the conditions ask for it. */
export const candidateFacts = z.object({
  bornOn: isoDate,
  education: z.enum(educations),
  /** 全日制 of the highest education. */
  fullTime: z.boolean().default(false),
  politicalStatus: z.enum(politicalStatuses).nullable().default(null),
  /** County of the household and of origin (生源), by code; null where it is not known. */
  household: z
    .string()
    .regex(/^\d{6}$/)
    .nullable()
    .default(null),
  origin: z
    .string()
    .regex(/^\d{6}$/)
    .nullable()
    .default(null),
  /** Proven reasons for a higher age or a lower education; those of education follow from it and need not be named. */
  exceptions: z.array(z.enum(exceptions)).default([]),
  /** 负面清单: declared by the candidate or found by the check. */
  negatives: z.array(z.enum(negatives)).default([]),
});
export type CandidateFacts = z.infer<typeof candidateFacts>;

export type IneligibleCode = 'tooYoung' | 'tooOld' | 'educationTooLow' | 'householdElsewhere' | 'notPartyMember' | Negative;

/** Why somebody does not meet the conditions: a code for the record, a sentence for the person. */
export interface Ineligible {
  code: IneligibleCode;
  text: string;
}

// 研究生 without a degree counts as 硕士 (domain 11A no. 5)
const levelOf = (education: Education): number => (education === '研究生' ? educations.indexOf('硕士') : educations.indexOf(education));
const reaches = (has: Education, wanted: Education) => levelOf(has) >= levelOf(wanted);

/** The exceptions that hold for a candidate: those proven, and those of a full-time or any bachelor's degree. */
function exceptionsOf({ exceptions: proven, education, fullTime }: CandidateFacts): Exception[] {
  const bachelor = reaches(education, '本科');
  return [...proven, ...(bachelor ? (['bachelor'] as const) : []), ...(bachelor && fullTime ? (['fullTimeBachelor'] as const) : [])];
}

/** Whether somebody is so old at least on a day: the birthday itself counts. */
const hasTurned = (bornOn: IsoDate, years: number, on: IsoDate) => completedYears(bornOn, on) >= years;
/** Whether somebody is past an age on a day: on the birthday itself they are not yet. */
const isPast = (bornOn: IsoDate, years: number, on: IsoDate) => addMonths(bornOn, years * 12) < on;

/** The days of birth between which an age condition is met on the cut-off day, both counted; as announcements print them. */
export function bornBetween(min: number, max: number, cutOffOn: IsoDate): { from: IsoDate; to: IsoDate } {
  // 29 February: the corresponding date may be missing in the year of birth or in that of the cut-off
  let from = addDays(addMonths(cutOffOn, -max * 12), -1);
  while (isPast(from, max, cutOffOn)) from = addDays(from, 1);
  let to = addDays(addMonths(cutOffOn, -min * 12), 1);
  while (!hasTurned(to, min, cutOffOn)) to = addDays(to, -1);
  return { from, to };
}

type Rules = Pick<RecruitmentRules, 'ages' | 'education' | 'negatives'>;

function ageReasons({ requirements }: RecruitmentPost, facts: CandidateFacts, { ages }: Rules, cutOffOn: IsoDate): Ineligible[] {
  const { bornOn } = facts;
  if (!hasTurned(bornOn, ages.min, cutOffOn)) {
    return [{ code: 'tooYoung', text: `${formatDate(bornOn)}出生，截至 ${formatDate(cutOffOn)}未满 ${ages.min} 周岁` }];
  }
  const ground = exceptionsOf(facts).find((exception) => ages.extendedFor.includes(exception));
  const limit = ground ? ages.extendedMax : ages.max;
  const max = requirements.ageMax === undefined ? limit : Math.min(requirements.ageMax, limit);
  if (!isPast(bornOn, max, cutOffOn)) return [];
  const widened = ground && max === ages.extendedMax ? `（${exceptionTitles[ground]}）` : '';
  return [{ code: 'tooOld', text: `${formatDate(bornOn)}出生，截至 ${formatDate(cutOffOn)}超过 ${max} 周岁${widened}` }];
}

function educationReasons({ requirements }: RecruitmentPost, facts: CandidateFacts, { education }: Rules): Ineligible[] {
  const lowered = exceptionsOf(facts).some((exception) => education.loweredFor.includes(exception));
  // what a post asks for itself is no general minimum: nobody is let off it
  const wanted = requirements.education ?? (lowered ? education.loweredTo : education.minimum);
  return reaches(facts.education, wanted)
    ? []
    : [{ code: 'educationTooLow', text: `学历为${facts.education}，岗位要求${wanted}${wanted === '博士' ? '' : '及以上'}` }];
}

function householdReasons(post: RecruitmentPost, { household, origin }: CandidateFacts): Ineligible[] {
  const scope = post.requirements.household;
  if (scope === 'any') return [];
  const within = countyOfPost(post).slice(0, scope === 'city' ? 4 : 6);
  const local = [household, origin].some((county) => county?.startsWith(within));
  return local ? [] : [{ code: 'householdElsewhere', text: `岗位要求${householdTitles[scope]}` }];
}

/**
 * 资格条件: why a candidate does not meet a post's conditions on the cut-off day; empty where they do. What a post asks in words (`requirements.other`) is
 * for people to check.
 */
export function eligibility(post: RecruitmentPost, candidate: CandidateFacts, rules: Rules, cutOffOn: IsoDate): Ineligible[] {
  const party = candidate.politicalStatus === '中共党员' || candidate.politicalStatus === '中共预备党员';
  const against = rules.negatives.filter((negative) => candidate.negatives.includes(negative));
  return [
    ...ageReasons(post, candidate, rules, cutOffOn),
    ...educationReasons(post, candidate, rules),
    ...householdReasons(post, candidate),
    ...(post.requirements.party && !party ? [{ code: 'notPartyMember' as const, text: '岗位要求中共党员（含预备党员）' }] : []),
    ...against.map((code) => ({ code, text: negativeTitles[code] })),
  ];
}
