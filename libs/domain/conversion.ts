import { z } from 'zod';
import { addMonths, completedYears, type IsoDate } from './dates.ts';
import { isoDate } from './iso-date.ts';
import { certificates, educations, postTitles } from './person-words.ts';
import {
  defaultRolePosts,
  entryPolicy,
  entryStep,
  payOf,
  payPolicy,
  placementLabel,
  placementOf,
  post,
  postGradeProfile,
  rolePosts,
  type Pay,
  type Placement,
  type PostGradeProfile,
} from './post-grade.ts';

/** What a conversion is computed by: the policies of a county on the day of the opening, pinned into the batch with their versions. */
export const conversionRules = z.object({
  entry: entryPolicy,
  roles: rolePosts,
  pay: payPolicy,
  versions: z.record(z.string(), z.object({ version: z.int(), assumed: z.boolean() })),
});
export type ConversionRules = z.infer<typeof conversionRules>;

/**
 * What is known of a person at the cut-off date (基准日): from the roster, put right by the survey. `joinedOn` is the latest proven first day of community
 * work; `guaranteedBefore` the guaranteed pay a month in fen where somebody has registered it.
 */
export const conversionFacts = z.object({
  joinedOn: isoDate,
  postTitle: z.string(),
  education: z.enum(educations).nullable(),
  certificate: z.enum(certificates).nullable(),
  placed: z.object({ post, globalStep: z.int().min(1).max(40), profile: postGradeProfile }).nullable(),
  retainedBefore: z.int().min(0).default(0),
  guaranteedBefore: z.int().min(0).nullable().default(null),
  /** The day on which a role taken up in the middle of the batch counts; the cut-off date otherwise. */
  effectiveOn: isoDate.optional(),
});
export type ConversionFacts = z.infer<typeof conversionFacts>;

/** What a survey puts right, field by field. */
export const surveyed = z
  .object({
    joinedOn: isoDate,
    postTitle: z.enum(postTitles),
    education: z.enum(educations),
    certificate: z.enum(certificates),
    guaranteedBefore: z.int().min(0),
  })
  .partial();

/** The facts that count: what each later survey says takes the place of what was known before. */
export function factsAfter(roster: ConversionFacts, answers: readonly Record<string, unknown>[]): ConversionFacts {
  return answers.reduce<ConversionFacts>((known, answer) => {
    const { data = {} } = surveyed.safeParse(answer);
    return { ...known, ...Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined)) };
  }, roster);
}

export interface PayLine extends Pay {
  /** 保留差额: what keeps the guaranteed pay from falling, until raises have absorbed it. */
  retained: number;
}

/** Inputs and outputs of one conversion, as they are kept and shown. Amounts in fen a month. */
export interface Conversion {
  inputs: ConversionFacts & { years: number; countedOn: IsoDate };
  placement: Placement;
  /** The grades of each post, kept with what was computed by them. */
  profile: PostGradeProfile;
  label: string;
  /** How the step came about: start, seniority, education, certificate, and the post's ceiling. */
  steps: { seniority: number; education: number; certificate: number; capped: boolean };
  before: PayLine | null;
  after: PayLine;
  versions: ConversionRules['versions'];
}

/** Guaranteed pay as nobody's may fall: post, grade and performance pay, at least the floor, with what is retained. */
export const guaranteedOf = ({ guaranteed, topUp, retained }: PayLine): number => guaranteed + topUp + retained;

/** What stays of a retained difference (保留差额) when guaranteed pay goes up by so much. */
export const absorb = (retained: number, raise: number): number => Math.max(0, retained - Math.max(0, raise));

/** 套改: post from the role, grade and step from seniority, education and certificate, pay before and after; no guaranteed pay falls. */
export function convert(facts: ConversionFacts, cutOffOn: IsoDate, rules: ConversionRules): Conversion {
  const countedOn = facts.effectiveOn ?? cutOffOn;
  const years = Math.max(0, completedYears(facts.joinedOn, countedOn));
  const of = rules.roles[facts.postTitle] ?? defaultRolePosts[facts.postTitle as keyof typeof defaultRolePosts] ?? 5;
  const { education, certificate } = facts;
  const placement = entryStep({ post: of, years, education, certificate, policy: rules.entry });
  const steps = {
    seniority: Math.floor(years / rules.entry.yearsPerStep),
    education: education ? (rules.entry.educationSteps[education] ?? 0) : 0,
    certificate: certificate ? (rules.entry.certificateSteps[certificate] ?? 0) : 0,
  };
  const pay = { education, certificate, policy: rules.pay };
  const before = facts.placed && { ...payOf({ ...pay, ...facts.placed }), retained: facts.retainedBefore };
  const guaranteedBefore = facts.guaranteedBefore ?? (before ? guaranteedOf(before) : 0);
  const now = payOf({ ...pay, post: of, globalStep: placement.globalStep });
  const retained = absorb(guaranteedBefore, now.guaranteed + now.topUp);
  return {
    inputs: { ...facts, years, countedOn },
    placement,
    profile: rules.entry.profile,
    label: placementLabel(placement),
    steps: { ...steps, capped: placement.localStep < 1 + steps.seniority + steps.education + steps.certificate },
    before,
    after: { ...now, retained, total: now.total + retained },
    versions: rules.versions,
  };
}

/** 新工资自次月 1 日起执行: the first of the month after a day. */
export const paidFrom = (on: IsoDate): IsoDate => addMonths(`${on.slice(0, 7)}-01`, 1);

/** How the place before the conversion reads. */
export const placedLabel = (placed: ConversionFacts['placed']): string | null => {
  const placement = placed && placementOf(placed.profile, placed.post, placed.globalStep);
  return placement ? placementLabel(placement) : null;
};
