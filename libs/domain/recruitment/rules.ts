import { z } from 'zod';
import { allowance, calendarDays, months, workingDays } from '../calendar.ts';
import { educations } from '../person-words.ts';
import { staffingStandard } from '../staffing.ts';
import { points } from './score.ts';

/** 放宽条件的人员: of whom some announcements accept a higher age or a lower education. */
export const exceptions = ['fullTimeBachelor', 'bachelor', 'veteran', 'westPlan', 'threeSupports', 'communityAward'] as const;
export type Exception = (typeof exceptions)[number];
export const exceptionTitles: Record<Exception, string> = {
  fullTimeBachelor: '全日制本科及以上学历',
  bachelor: '本科及以上学历',
  veteran: '退役军人',
  westPlan: '“西部计划”志愿者',
  threeSupports: '“三支一扶”人员',
  communityAward: '从事社区工作满一年、近五年获县级以上表彰',
};

/** 负面清单: what shuts somebody out of a recruitment, as a code with its sentence. */
export const negatives = [
  'notCitizen',
  'criminalRecord',
  'expelledFromParty',
  'expelledFromOffice',
  'underInvestigation',
  'sanctionInForce',
  'dishonest',
  'examFraud',
  'dismissed',
  'fullTimeStudent',
  'activeService',
  'onEstablishment',
  'kinship',
] as const;
export type Negative = (typeof negatives)[number];
export const negativeTitles: Record<Negative, string> = {
  notCitizen: '不具有中华人民共和国国籍',
  criminalRecord: '受过刑事处罚',
  expelledFromParty: '被开除中国共产党党籍',
  expelledFromOffice: '被开除公职',
  underInvestigation: '涉嫌违纪违法正在接受审查调查，尚未作出结论',
  sanctionInForce: '受党纪政务处分尚在影响期内',
  dishonest: '被依法列为失信联合惩戒对象',
  examFraud: '在招录（聘）考试中有违纪违规行为，尚在禁考期内',
  dismissed: '曾被社区工作者岗位解聘（连续两年考核不合格等）',
  fullTimeStudent: '全日制在读学生',
  activeService: '现役军人',
  onEstablishment: '机关、事业单位在编人员',
  kinship: '聘用后即构成回避关系',
};

const ratio = z.int().min(1).max(50);
const age = z.int().min(16).max(60);
const unique = <T>(values: readonly T[]) => new Set(values).size === values.length;

/** 加分: off while the list is empty. `addedTo` says whether points count in the written score (and so for the interview) or in the total. */
export const bonusRules = z.object({
  addedTo: z.enum(['written', 'total']),
  /** In points, over all items together. */
  cap: points,
  items: z
    .array(z.object({ code: z.string().regex(/^[A-Za-z][\w-]{0,39}$/), title: z.string().min(2).max(60), points }))
    .max(40)
    .refine((items) => unique(items.map(({ code }) => code)), '加分项代码重复'),
});

export const weights = z
  .object({ written: z.int().min(0).max(100), interview: z.int().min(0).max(100) })
  .refine(({ written, interview }) => written + interview === 100, '笔试、面试权重之和应为 100');

export const tieKeys = ['interview', 'written', 'extraInterview'] as const;
/** What decides between equal totals, in order; the extra interview is always the last word. */
export const tieOrder = z
  .array(z.enum(tieKeys))
  .refine((keys) => unique(keys) && keys.at(-1) === 'extraInterview', '同分处理最后一项应为加试面试，且不重复');

/** 资格条件中的年龄: whole years on the cut-off day; whoever has their birthday on it counts as that old and no older. */
export const ageRules = z
  .object({ min: age, max: age, extendedMax: age, extendedFor: z.array(z.enum(exceptions)) })
  .refine(({ min, max, extendedMax }) => min >= 18 && min <= max && max <= extendedMax, '招聘年龄应不低于 18 周岁，上限不低于下限');

export const educationRules = z.object({
  minimum: z.enum(educations),
  loweredTo: z.enum(educations),
  loweredFor: z.array(z.enum(exceptions)),
});

export const backfillRules = z.object({
  on: z.boolean(),
  /** Rounds at the re-check, and as many again after the ranking. */
  maxRounds: z.int().min(0).max(10),
  /** From there on a place stays empty. Never later than the contract. */
  noneAfter: z.enum(['approval', 'contract']),
});

/** Times of a batch that are no stage's time allowed. */
export const periods = z.object({
  /** At least so long stands the announcement before registration closes. */
  announced: allowance,
  registration: allowance,
  appeal: allowance,
  retest: allowance,
  investigate: allowance,
  reportIn: allowance,
  archive: allowance,
  /** 候补有效期 of the list after the last hire. */
  pool: allowance,
});

/** What a batch is run by: read from the county's policies at its opening and pinned into it. Points are points here, hundredths in scores. */
export const recruitmentRules = z.object({
  standard: staffingStandard,
  /** Applicants a post at least; below, its places are reduced. */
  openRatio: ratio,
  /** Admitted to the interview a place. */
  interviewRatio: ratio,
  weights,
  /** Of a total, rounded half up. */
  decimals: z.int().min(0).max(2),
  /** In points; null where there is none. */
  passLines: z.object({ written: points.nullable(), interview: points.nullable() }),
  bonus: bonusRules,
  tieOrder,
  /** Proposed for medical examination and review a place. */
  medicalRatio: z.literal(1),
  backfill: backfillRules,
  ages: ageRules,
  education: educationRules,
  negatives: z.array(z.enum(negatives)),
  contractYears: z.int().min(1).max(5),
  periods,
});
export type RecruitmentRules = z.infer<typeof recruitmentRules>;
type Key = keyof RecruitmentRules;

/** What holds where nobody has set anything else. */
export const defaultRules: RecruitmentRules = {
  standard: { per10000: 18 },
  openRatio: 3,
  interviewRatio: 3,
  weights: { written: 60, interview: 40 },
  decimals: 2,
  passLines: { written: null, interview: 60 },
  bonus: { addedTo: 'total', cap: 5, items: [] },
  tieOrder: ['interview', 'written', 'extraInterview'],
  medicalRatio: 1,
  backfill: { on: true, maxRounds: 2, noneAfter: 'approval' },
  ages: {
    min: 18,
    max: 40,
    extendedMax: 45,
    extendedFor: ['fullTimeBachelor', 'veteran', 'westPlan', 'threeSupports', 'communityAward'],
  },
  education: { minimum: '大专', loweredTo: '高中及以下', loweredFor: ['veteran', 'westPlan', 'threeSupports', 'communityAward'] },
  negatives: [...negatives],
  contractYears: 3,
  periods: {
    announced: calendarDays(7),
    registration: calendarDays(5),
    appeal: workingDays(2),
    retest: workingDays(3),
    investigate: workingDays(10),
    reportIn: workingDays(5),
    archive: calendarDays(30),
    pool: months(12),
  },
};

/** Where each rule stands among the policies, where it comes from, and whether it is a default of ours (假定). */
export const ruleSources: Record<Key, { policy: string; source: string; assumed: boolean }> = {
  standard: { policy: 'staffing.standard', source: '每万城镇常住人口配备 18 名社区工作者', assumed: false },
  openRatio: { policy: 'recruitment.openRatio', source: '开考比例 3:1，各地 2:1 至 5:1 不等；本系统假定', assumed: true },
  interviewRatio: { policy: 'recruitment.interviewRatio', source: '面试比例 1:3，末位同分一并进入；参照外地做法', assumed: true },
  weights: { policy: 'recruitment.weights', source: '笔试 60%、面试 40%；参照外地做法', assumed: true },
  decimals: { policy: 'recruitment.decimals', source: '总成绩保留两位小数，第三位四舍五入；参照外地做法', assumed: true },
  passLines: { policy: 'recruitment.passLines', source: '面试 60 分合格，笔试不设合格线；参照外地做法', assumed: true },
  bonus: { policy: 'recruitment.bonus', source: '默认不加分；设加分项时合计不超过 5 分，参照外地做法', assumed: true },
  tieOrder: { policy: 'recruitment.tieOrder', source: '总成绩相同的，依次比面试、笔试，仍相同的加试面试；参照外地做法', assumed: true },
  medicalRatio: { policy: 'recruitment.medicalRatio', source: '体检、考察按 1:1；各地一致', assumed: true },
  backfill: { policy: 'recruitment.backfill', source: '按成绩依次等额递补，最多两轮，审批后不再递补；本系统假定', assumed: true },
  ages: { policy: 'recruitment.ages', source: '18 至 40 周岁，全日制本科及退役军人等放宽到 45 周岁；贵州省内做法', assumed: true },
  education: { policy: 'recruitment.education', source: '大专以上，退役军人、基层服务项目人员等放宽到高中；贵州省内做法', assumed: true },
  negatives: { policy: 'recruitment.negatives', source: '不得报考的情形；参照省内外公告归纳', assumed: true },
  contractYears: { policy: 'recruitment.contractYears', source: '聘期三年；参照外地做法', assumed: true },
  periods: { policy: 'recruitment.periods', source: '报名 5 日、公告 7 日、复检 3 个工作日、报到 5 个工作日等；本系统假定', assumed: true },
};
export const ruleKeys = Object.keys(ruleSources) as Key[];

/** What the announcement of a batch may set for itself, within what the policies' schema allows. */
export const batchChoices = recruitmentRules
  .pick({ openRatio: true, interviewRatio: true, weights: true, passLines: true, bonus: true, tieOrder: true })
  .partial();
export type BatchChoices = z.infer<typeof batchChoices>;

/** The rules of a batch with what its announcement sets. */
export const withChoices = (rules: RecruitmentRules, choices: BatchChoices): RecruitmentRules => ({
  ...rules,
  ...(Object.fromEntries(Object.entries(choices).filter(([, value]) => value !== undefined)) as Partial<RecruitmentRules>),
});
