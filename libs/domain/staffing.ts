import { z } from 'zod';

/** 配备标准: community workers per 10,000 urban permanent residents (每万城镇常住人口 18 人). Policy `staffing.standard`. */
export const staffingStandard = z.object({ per10000: z.number().positive() });
export type StaffingStandard = z.infer<typeof staffingStandard>;

const PER = 10_000;
// whole hundredths, so that no binary fraction rounds a county up by one person
const hundredths = (per10000: number): number => Math.round(per10000 * 100);

/** 应配人数: standard × residents / 10,000, rounded up. */
export const requiredStaff = (residents: number, { per10000 }: StaffingStandard): number =>
  Math.ceil((hundredths(per10000) * residents) / (100 * PER));

/** 缺口: how many are wanting; never below zero. */
export const staffingGap = (required: number, headcount: number): number => Math.max(0, required - headcount);

/** 每万城镇常住人口配备, in hundredths of a person, half up; null without residents. */
export const staffingRatio = (headcount: number, residents: number): number | null =>
  residents > 0 ? Math.floor((headcount * PER * 100 * 2 + residents) / (2 * residents)) : null;
