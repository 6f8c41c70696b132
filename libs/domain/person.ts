import { z } from 'zod';
import { formatDate, type IsoDate } from './dates.ts';
import { isoDate } from './iso-date.ts';
import { ratings, ratingTitles } from './person-words.ts';
import { hostRatings, hostRatingTitles } from './secondment.ts';
import { formatMoney, placementLabel, placementOf, post, postGradeProfile, postLabel } from './post-grade.ts';

export const employmentStatuses = ['probation', 'formal', 'ended'] as const;
export type EmploymentStatus = (typeof employmentStatuses)[number];
export const employmentStatusTitles: Record<EmploymentStatus, string> = { probation: '试用期', formal: '正式', ended: '已离职' };

export const contractKinds = ['LABOUR', 'PUBLIC_INSTITUTION', 'DISPATCH', 'PUBLIC_WELFARE'] as const;
export type ContractKind = (typeof contractKinds)[number];
export const contractKindTitles: Record<ContractKind, string> = {
  LABOUR: '劳动合同',
  PUBLIC_INSTITUTION: '事业单位聘用合同',
  DISPATCH: '劳务派遣',
  PUBLIC_WELFARE: '公益性岗位',
};

/** 任职. The fact's `unitCode` is the community. `joinedOn` is the first day of community work that service years count from. */
export const employment = z.object({
  status: z.enum(employmentStatuses),
  postTitle: z.string().min(1),
  post,
  joinedOn: isoDate,
  /** Why it ended, as an outcome or in words; only with `ended`. */
  reason: z.string().optional(),
});
export type Employment = z.infer<typeof employment>;

/** 合同, both days counted; `endsOn` null is open-ended. `probationEndsOn` is null where none was agreed. */
export const contract = z
  .object({
    kind: z.enum(contractKinds),
    startsOn: isoDate,
    endsOn: isoDate.nullable(),
    probationMonths: z.int().min(0).max(6),
    probationEndsOn: isoDate.nullable(),
  })
  .superRefine((value, context) => {
    const { startsOn, endsOn, probationMonths, probationEndsOn } = value;
    if (endsOn !== null && endsOn < startsOn) context.addIssue({ code: 'custom', path: ['endsOn'], message: '合同终止日期早于起始日期' });
    if ((probationMonths === 0) !== (probationEndsOn === null)) {
      context.addIssue({ code: 'custom', path: ['probationEndsOn'], message: '试用期月数与试用期满日期不一致' });
    }
    if (probationEndsOn !== null && (probationEndsOn < startsOn || (endsOn !== null && probationEndsOn > endsOn))) {
      context.addIssue({ code: 'custom', path: ['probationEndsOn'], message: '试用期应包含在合同期限内' });
    }
  });
export type Contract = z.infer<typeof contract>;

/** 岗位、等级、档次. The profile's ranges are kept with the fact, so that it reads the same after the policy has changed. */
export const postGradeStep = z
  .object({ post, globalStep: z.int().min(1).max(40), profile: postGradeProfile })
  .refine(({ profile, post: of, globalStep }) => placementOf(profile, of, globalStep) !== null, { error: '档次不在该岗位的等级范围内' });
export type PostGradeStep = z.infer<typeof postGradeStep>;

/** 年度考核 of a calendar year. */
export const rating = z.object({
  year: z.int().min(2000).max(2100),
  rating: z.enum(ratings),
  score: z.number().min(0).max(100).optional(),
  /** From when it was final, and the paper that says so; an imported one has neither. */
  finalOn: isoDate.optional(),
  documentNo: z.string().optional(),
});

const fen = z.int().min(0);
/** 薪酬, in fen a month. `retained` is 保留差额: what keeps guaranteed pay from falling until raises have absorbed it. `ruleset` names the tables. */
export const pay = z.object({
  postPay: fen,
  gradePay: fen,
  educationAllowance: fen,
  certificateAllowance: fen,
  performance: fen,
  topUp: fen,
  retained: fen,
  total: fen,
  ruleset: z.string(),
});

/** 跟岗学习: from the day of arrival to the last one; employment stays with the home street. `rating` is the host's, once it is given. */
export const secondment = z.object({
  year: z.int().min(2000).max(2100),
  hostUnit: z.string(),
  host: z.string().min(1),
  rating: z.enum(hostRatings).optional(),
  /** The two Party organisations have signed an agreement (联建共建协议). */
  agreement: z.boolean().optional(),
  recalled: z.boolean().optional(),
});

/** What a dated fact of each kind says. */
export const factValues = { employment, contract, 'post-grade-step': postGradeStep, pay, rating, secondment } as const;
export type FactKind = keyof typeof factValues;
export type FactValue<K extends FactKind> = z.infer<(typeof factValues)[K]>;

/** Kinds of which only one is in force on a day: a new fact closes the one before. Ratings are one a year and stand beside each other. */
export const successiveKinds: readonly FactKind[] = ['employment', 'contract', 'post-grade-step', 'pay', 'secondment'];

/** A dated fact as people's rooms hand it on. `endedAt` is set when it was corrected: kept, and no longer the recorded truth. */
export interface Fact<K extends FactKind = FactKind> {
  id: string;
  kind: K;
  fromOn: IsoDate;
  toOn: IsoDate | null;
  value: FactValue<K>;
  unitCode: string | null;
  ground: string;
  assumed: boolean;
  recordedAt: Date;
  endedAt: Date | null;
}

/** Whether a fact was true on a day, by what is recorded today. */
export const inForce = ({ fromOn, toOn, endedAt }: Pick<Fact, 'fromOn' | 'toOn' | 'endedAt'>, on: IsoDate): boolean =>
  endedAt === null && fromOn <= on && (toOn === null || on <= toOn);

const titles: { [K in FactKind]: (value: FactValue<K>) => string } = {
  employment: ({ status, postTitle, post: of }) => `${employmentStatusTitles[status]} · ${postTitle}（${postLabel(of)}）`,
  contract: ({ kind, endsOn, probationEndsOn }) =>
    [
      contractKindTitles[kind],
      endsOn === null ? '无固定期限' : `至 ${formatDate(endsOn)}`,
      ...(probationEndsOn === null ? [] : [`试用期至 ${formatDate(probationEndsOn)}`]),
    ].join(' · '),
  'post-grade-step': ({ post: of, globalStep, profile }) => {
    const placement = placementOf(profile, of, globalStep);
    return placement ? placementLabel(placement) : postLabel(of);
  },
  pay: ({ total, retained }) => `每月 ${formatMoney(total)} 元${retained > 0 ? `（含保留差额 ${formatMoney(retained)} 元）` : ''}`,
  rating: ({ year, rating: level }) => `${year} 年度考核${ratingTitles[level]}`,
  secondment: ({ host, rating: level, recalled }) =>
    [`${host}跟岗学习`, ...(recalled ? ['提前召回'] : []), ...(level ? [`接收地鉴定${hostRatingTitles[level]}`] : [])].join(' · '),
};

/** A fact in one line: 三岗三级二档. */
export function factTitle<K extends FactKind>(kind: K, value: FactValue<K>): string {
  return titles[kind](value);
}
