import { z } from 'zod';
import { ratings } from '../person-words.ts';
import { hundredths, points } from '../recruitment/score.ts';

/** 测评主体: whose evaluation a score comes from. */
export const sources = ['street', 'residents', 'community'] as const;
export type Source = (typeof sources)[number];
export const sourceTitles: Record<Source, string> = { street: '街道评价', residents: '居民评议', community: '社区测评' };

const percent = (most: number) => z.number().min(0).max(most).refine(isHundredths, '比例最多两位小数');
const monthDay = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, '应为 MM-DD');
const window = z.object({ calendarDays: z.int().min(1).max(60) });

/** In whole percent; together a hundred. */
export const weights = z
  .object({ street: z.int().min(0).max(100), residents: z.int().min(0).max(100), community: z.int().min(0).max(100) })
  .refine((of) => of.street + of.residents + of.community === 100, '街道、居民、社区权重之和应为 100');
export type Weights = z.infer<typeof weights>;

/** The lowest total, in points, of each rating that has one; below the last is 不合格. */
export const bands = z
  .object({ excellent: points, competent: points, basic: points })
  .refine(({ excellent, competent, basic }) => excellent > competent && competent > basic, '优秀、合格、基本合格的分数线应依次降低');
export type Bands = z.infer<typeof bands>;

/** 优秀比例: share of those rated in a street, in percent, and what becomes of a fraction of a place. */
export const excellentCap = z.object({ percent: percent(30), fraction: z.enum(['down', 'halfUp']) });
export type ExcellentCap = z.infer<typeof excellentCap>;

/** 不定等次: who is not rated. */
export const unratedRules = z.object({
  /** In probation on the last day of the year. */
  probation: z.boolean(),
  /** Fewer whole months than this in the post in the year. */
  minMonths: z.int().min(0).max(12),
  /** More days on leave than this in the year; thirty are a month. */
  maxLeaveDays: z.int().min(30).max(365),
});
export type UnratedRules = z.infer<typeof unratedRules>;

/** MM-DD of the year rated, or of January after it. */
export const appraisalDays = z.object({
  opensOn: monthDay,
  selfReportBy: monthDay,
  streetBy: monthDay,
  countyBy: monthDay,
  finalBy: monthDay,
});
export type AppraisalDays = z.infer<typeof appraisalDays>;

/** What an appraisal is run by: read from the county's policies at its opening and pinned into it. Points are points here, hundredths in scores. */
export const appraisalRules = z.object({
  weights,
  bands,
  cap: excellentCap,
  /** 测评人数: with fewer an evaluation does not stand. */
  minRaters: z.object({ street: z.int().min(1), residents: z.int().min(1), community: z.int().min(1) }),
  unrated: unratedRules,
  days: appraisalDays,
  review: z.object({ request: window, answer: window, complaint: window }),
  /** 绩效系数 of each rating; one that is not there is decided by hand. */
  bonus: z.partialRecord(z.enum(ratings), points),
});
export type AppraisalRules = z.infer<typeof appraisalRules>;
type Key = keyof AppraisalRules;

/** What holds where nobody has set anything else. */
export const defaultRules: AppraisalRules = {
  weights: { street: 40, residents: 40, community: 20 },
  bands: { excellent: 90, competent: 70, basic: 60 },
  cap: { percent: 20, fraction: 'down' },
  minRaters: { street: 10, residents: 50, community: 3 },
  unrated: { probation: true, minMonths: 6, maxLeaveDays: 180 },
  days: { opensOn: '12-01', selfReportBy: '12-10', streetBy: '12-31', countyBy: '01-10', finalBy: '01-31' },
  review: { request: { calendarDays: 10 }, answer: { calendarDays: 10 }, complaint: { calendarDays: 30 } },
  bonus: { excellent: 1.2, competent: 1, basic: 0.7, failed: 0 },
};

/** Where each rule stands among the policies, and where it comes from. All are defaults of ours (假定): no document of the city that we have read fixes them. */
export const ruleSources: Record<Key, { policy: string; source: string }> = {
  weights: { policy: 'appraisal.weights', source: '街道 40%、居民 40%、社区 20%；月度记录计入街道评价；本系统假定' },
  bands: { policy: 'appraisal.bands', source: '90 分以上优秀、70 分以上合格、60 分以上基本合格；本系统假定' },
  cap: { policy: 'appraisal.cap', source: '优秀不超过参加定等人数的 20%，按街道计算，不足一人舍去；参照事业单位做法' },
  minRaters: { policy: 'appraisal.minRaters', source: '街道评价 10 人、居民评议 50 人、社区测评 3 人以上；参照外地做法' },
  unrated: { policy: 'appraisal.unrated', source: '年末在试用期、当年工作不满 6 个月、请假累计超过 6 个月的不定等次；本系统假定' },
  days: {
    policy: 'appraisal.days',
    source: '12 月 1 日启动，12 月 10 日前述职，年底前街道评定，1 月 10 日前县级审核，1 月 31 日前确定；本系统假定',
  },
  review: { policy: 'appraisal.review', source: '10 日内申请复核、10 日内答复、30 日内申诉；参照事业单位做法' },
  bonus: { policy: 'appraisal.bonus', source: '绩效系数：优秀 1.2、合格 1.0、基本合格 0.7、不合格 0；参照外地做法' },
};
export const ruleKeys = Object.keys(ruleSources) as Key[];

/** 指导方案: what the county's plan of a year sets for itself, within what the policies' schema allows. */
export const planChoices = appraisalRules.pick({ weights: true, bands: true, cap: true }).partial();
export type PlanChoices = z.infer<typeof planChoices>;

/** The rules of an appraisal with what its plan sets. */
export const withPlan = (rules: AppraisalRules, plan: PlanChoices): AppraisalRules => ({
  ...rules,
  ...(Object.fromEntries(Object.entries(plan).filter(([, value]) => value !== undefined)) as Partial<AppraisalRules>),
});

function isHundredths(value: number): boolean {
  return Math.abs(value * 100 - hundredths(value)) < 1e-6;
}
