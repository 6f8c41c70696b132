import { z } from 'zod';
import { educations } from '../person-words.ts';

/** 户籍要求: no one's, or household (or origin) in the city, in the county of the post. */
export const householdScopes = ['any', 'city', 'county'] as const;
export type HouseholdScope = (typeof householdScopes)[number];
export const householdTitles: Record<HouseholdScope, string> = { any: '不限', city: '本市户籍或生源', county: '本县（区）户籍或生源' };

const age = z.int({ error: '年龄应为整数' }).min(18, '年龄下限不低于 18 周岁').max(60, '年龄上限不高于 60 周岁');

/** 岗位资格条件: what a post asks beyond the rules of the batch; what is not said here is as the rules have it. */
export const requirements = z
  .object({
    ageMax: age.optional(),
    education: z.enum(educations, { error: '学历应为：高中及以下、大专、本科、硕士或博士' }).optional(),
    household: z.enum(householdScopes, { error: '户籍应为：不限、本市或本县（区）' }).default('any'),
    /** 中共党员（含预备党员）. */
    party: z.boolean({ error: '是否限中共党员应填“是”或“否”' }).default(false),
    /** Checked by people: majors, certificates, whatever is written in words. */
    other: z.string().trim().max(200, '其他条件不超过 200 字').default(''),
  })
  .prefault({});
export type Requirements = z.infer<typeof requirements>;

const unitCode = z.string({ error: '请填写用人单位' }).regex(/^\d{9}(\d{3})?$/, '用人单位应为街道（乡镇）或社区');
const number = z.int({ error: '人数应为整数' }).min(1, '人数至少 1 人').max(200, '一个岗位最多 200 人');

/** A line of the post table (岗位表). `unitCode` is a street, or a community. */
export const recruitmentPost = z
  .object({
    code: z.string({ error: '请填写岗位代码' }).regex(/^[A-Z0-9][A-Z0-9-]{0,19}$/, '岗位代码用大写字母、数字和“-”，最多 20 位'),
    title: z.string({ error: '请填写岗位名称' }).trim().min(2, '岗位名称至少 2 个字').max(60, '岗位名称不超过 60 字'),
    unitCode,
    planned: number,
    /** 选岗: the communities among which those hired choose by rank, with how many places each; none where the post is one community's. */
    communities: z
      .array(z.object({ unitCode: z.string().regex(/^\d{12}$/, '选岗的单位应为社区'), number }))
      .max(60, '一个岗位最多 60 个社区')
      .default([]),
    requirements,
  })
  .superRefine(({ unitCode: unit, planned, communities }, context) => {
    if (communities.length === 0) return;
    const issue = (message: string) => context.addIssue({ code: 'custom', path: ['communities'], message });
    if (communities.some((community) => !community.unitCode.startsWith(unit.slice(0, 9)))) issue('选岗的社区应在本岗位的街道（乡镇）内');
    if (new Set(communities.map((community) => community.unitCode)).size < communities.length) issue('选岗的社区重复');
    const sum = communities.reduce((total, community) => total + community.number, 0);
    if (sum !== planned) issue(`各社区人数之和 ${sum} 与计划数 ${planned} 不一致`);
  });
export type RecruitmentPost = z.infer<typeof recruitmentPost>;

/** The post table of a batch: at least one post, no code twice. */
export const postTable = z
  .array(recruitmentPost)
  .min(1, '岗位表没有岗位')
  .max(2000, '岗位表最多 2000 个岗位')
  .superRefine((posts, context) => {
    const seen = new Set<string>();
    posts.forEach(({ code }, index) => {
      if (seen.has(code)) context.addIssue({ code: 'custom', path: [index, 'code'], message: `岗位代码 ${code} 重复` });
      seen.add(code);
    });
  });

/** 计划数 of the table: how many people the batch is for. */
export const plannedPlaces = (posts: readonly Pick<RecruitmentPost, 'planned'>[]): number =>
  posts.reduce((sum, { planned }) => sum + planned, 0);

/** The county of a post's unit. */
export const countyOfPost = ({ unitCode: unit }: Pick<RecruitmentPost, 'unitCode'>): string => unit.slice(0, 6);
