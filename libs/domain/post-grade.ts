import { z } from 'zod';
import { certificates, educations, type Certificate, type Education, type PostTitle } from './person-words.ts';

/** 岗位: 1 is 一岗, the highest; 5 is 五岗, where new staff enter. */
export const post = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]);
export type Post = z.infer<typeof post>;
export const posts: readonly Post[] = [1, 2, 3, 4, 5];

const grade = z.int().min(1).max(20);
const steps = z.int().min(0).max(40);
const fen = z.int().min(0);
const byPost = <T extends z.ZodType>(value: T) => z.object({ 1: value, 2: value, 3: value, 4: value, 5: value });

/** Grades of each post, lowest and highest. Posts may share grades. */
export const postGradeProfile = z.object({ name: z.string(), ranges: byPost(z.tuple([grade, grade])) });
export type PostGradeProfile = z.infer<typeof postGradeProfile>;

export const UNIFORM_4X2: PostGradeProfile = {
  name: 'UNIFORM_4X2',
  ranges: { 5: [1, 4], 4: [5, 8], 3: [9, 12], 2: [13, 16], 1: [17, 20] },
};
/** Shandong's overlapping ranges, widened to five posts. */
export const OVERLAP_12: PostGradeProfile = {
  name: 'OVERLAP_12',
  ranges: { 5: [1, 12], 4: [3, 14], 3: [5, 16], 2: [7, 18], 1: [9, 20] },
};
const STEPS_PER_GRADE = 2;

/** What places a person on a step: policy `postGrade.entry`. */
export const entryPolicy = z.object({
  profile: postGradeProfile,
  yearsPerStep: z.int().min(1),
  educationSteps: z.partialRecord(z.enum(educations), steps),
  certificateSteps: z.partialRecord(z.enum(certificates), steps),
});
export type EntryPolicy = z.infer<typeof entryPolicy>;

export const defaultEntryPolicy: EntryPolicy = {
  profile: UNIFORM_4X2,
  yearsPerStep: 2,
  educationSteps: { 大专: 0, 本科: 1, 研究生: 2, 硕士: 2, 博士: 3 },
  certificateSteps: { 助理社会工作师: 1, 社会工作师: 2, 高级社会工作师: 3 },
};

/** Which post a role stands for: policy `postGrade.roles`, a versioned table per county. */
export const rolePosts = z.record(z.string(), post);
export const defaultRolePosts: Record<PostTitle, Post> = {
  社区党组织书记兼居委会主任: 1,
  社区党组织书记: 2,
  居委会主任: 2,
  '社区“两委”专职成员': 3,
  社区专职工作人员: 5,
  专职网格员: 5,
};

/** A place in the structure: `globalStep` 1–40 over the city, `localStep` from 1 within the post, `grade` 1–20, `step` 1 or 2. */
export interface Placement {
  post: Post;
  localStep: number;
  globalStep: number;
  grade: number;
  step: 1 | 2;
}

/** Steps that a post has. */
export function ceilingOf(profile: PostGradeProfile, of: Post): number {
  const [lowest, highest] = profile.ranges[of];
  return STEPS_PER_GRADE * (highest - lowest + 1);
}

/** The placement at a step within a post; a step above the post's ceiling is the ceiling. */
export function placeAt(profile: PostGradeProfile, of: Post, localStep: number): Placement {
  const local = Math.max(1, Math.min(localStep, ceilingOf(profile, of)));
  const globalStep = STEPS_PER_GRADE * (profile.ranges[of][0] - 1) + local;
  return {
    post: of,
    localStep: local,
    globalStep,
    grade: Math.ceil(globalStep / STEPS_PER_GRADE),
    step: globalStep % STEPS_PER_GRADE === 1 ? 1 : 2,
  };
}

/** The placement of a global step in a post; null when the post does not reach there. */
export function placementOf(profile: PostGradeProfile, of: Post, globalStep: number): Placement | null {
  const local = globalStep - STEPS_PER_GRADE * (profile.ranges[of][0] - 1);
  return local >= 1 && local <= ceilingOf(profile, of) ? placeAt(profile, of, local) : null;
}

/** What entry and conversion look at: full years of community service, highest education, professional certificate. */
export interface EntryFacts {
  post: Post;
  years: number;
  education: Education | null;
  certificate: Certificate | null;
  policy?: EntryPolicy;
}

/** Step on entry, conversion and a move between posts: seniority, education and certificate, up to the post's ceiling. */
export function entryStep({ post: of, years, education, certificate, policy = defaultEntryPolicy }: EntryFacts): Placement {
  const seniority = Math.floor(Math.max(0, years) / policy.yearsPerStep);
  const forEducation = education ? (policy.educationSteps[education] ?? 0) : 0;
  const forCertificate = certificate ? (policy.certificateSteps[certificate] ?? 0) : 0;
  return placeAt(policy.profile, of, 1 + seniority + forEducation + forCertificate);
}

const NUMERALS = [
  '零',
  '一',
  '二',
  '三',
  '四',
  '五',
  '六',
  '七',
  '八',
  '九',
  '十',
  '十一',
  '十二',
  '十三',
  '十四',
  '十五',
  '十六',
  '十七',
  '十八',
  '十九',
  '二十',
];

/** 五岗. */
export const postLabel = (of: Post): string => `${NUMERALS[of]}岗`;

/** 五岗一级二档: grade and step are counted within the post. */
export function placementLabel({ post: of, localStep }: Pick<Placement, 'post' | 'localStep'>): string {
  const gradeInPost = Math.ceil(localStep / STEPS_PER_GRADE);
  return `${postLabel(of)}${NUMERALS[gradeInPost] ?? gradeInPost}级${localStep % STEPS_PER_GRADE === 1 ? '一' : '二'}档`;
}

/** Monthly pay by post, step and personal merits, in fen: policy `pay`. */
export const payPolicy = z.object({
  postPay: byPost(fen),
  floor: byPost(fen),
  gradePay: z.object({ first: fen, perStep: fen }),
  educationAllowance: z.partialRecord(z.enum(educations), fen),
  certificateAllowance: z.partialRecord(z.enum(certificates), fen),
  /** Performance pay as a fraction of post and grade pay. */
  performance: z.object({ numerator: z.int().min(0), denominator: z.int().min(1) }),
});
export type PayPolicy = z.infer<typeof payPolicy>;

export const defaultPayPolicy: PayPolicy = {
  postPay: { 1: 310_000, 2: 290_000, 3: 260_000, 4: 230_000, 5: 210_000 },
  floor: { 1: 530_000, 2: 480_000, 3: 420_000, 4: 360_000, 5: 320_000 },
  gradePay: { first: 15_000, perStep: 1_500 },
  educationAllowance: { 大专: 10_000, 本科: 20_000, 研究生: 40_000, 硕士: 40_000, 博士: 60_000 },
  certificateAllowance: { 助理社会工作师: 10_000, 社会工作师: 20_000, 高级社会工作师: 30_000 },
  performance: { numerator: 3, denominator: 7 },
};

/** All amounts in fen a month. `guaranteed` is post, grade and performance pay at factor 1.0, which the floor is held against. */
export interface Pay {
  postPay: number;
  gradePay: number;
  educationAllowance: number;
  certificateAllowance: number;
  performance: number;
  guaranteed: number;
  floor: number;
  topUp: number;
  total: number;
}

const roundHalfUp = (numerator: number, denominator: number) => Math.floor((2 * numerator + denominator) / (2 * denominator));

export interface PayFacts {
  post: Post;
  globalStep: number;
  education: Education | null;
  certificate: Certificate | null;
  /** Rating factor in percent: 100 for 合格. */
  factorPercent?: number;
  policy?: PayPolicy;
}

/** Monthly pay; each part is rounded to the fen by itself, half up. The floor tops up no year with a factor below 1.0. */
export function payOf({ post: of, globalStep, education, certificate, factorPercent = 100, policy = defaultPayPolicy }: PayFacts): Pay {
  const postPay = policy.postPay[of];
  const gradePay = policy.gradePay.first + policy.gradePay.perStep * (globalStep - 1);
  const { numerator, denominator } = policy.performance;
  const performanceAt = (percent: number) => roundHalfUp((postPay + gradePay) * numerator * percent, denominator * 100);
  const educationAllowance = education ? (policy.educationAllowance[education] ?? 0) : 0;
  const certificateAllowance = certificate ? (policy.certificateAllowance[certificate] ?? 0) : 0;
  const guaranteed = postPay + gradePay + performanceAt(100);
  const floor = policy.floor[of];
  const topUp = factorPercent >= 100 ? Math.max(0, floor - guaranteed) : 0;
  const performance = performanceAt(factorPercent);
  const total = postPay + gradePay + performance + educationAllowance + certificateAllowance + topUp;
  return { postPay, gradePay, educationAllowance, certificateAllowance, performance, guaranteed, floor, topUp, total };
}

/** 4,678.57 */
export function formatMoney(amount: number): string {
  const [yuan, cents] = [Math.trunc(Math.abs(amount) / 100), Math.abs(amount) % 100];
  return `${amount < 0 ? '-' : ''}${String(yuan).replace(/\B(?=(\d{3})+$)/g, ',')}.${String(cents).padStart(2, '0')}`;
}
