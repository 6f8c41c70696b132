import { requiredStaff, staffingGap, staffingRatio } from '../staffing.ts';
import type { RecruitmentRules } from './rules.ts';

/** What a county's 用人需求 is reckoned from. */
export interface Staffed {
  /** 城镇常住人口. */
  residents: number;
  /** 在岗. */
  active: number;
  /** Posts that are approved and not filled yet, of batches still under way. */
  approvedOpen: number;
}

export interface Gap {
  required: number;
  /** 缺口: never below zero. */
  gap: number;
  /** Per 10,000, in hundredths, now and when the posts asked for are filled as well; null without residents. */
  ratio: number | null;
  ratioAfter: number | null;
  /** The posts asked for lead above the standard: shown and explained, not stopped. */
  above: boolean;
}

/** 用人缺口 = ⌈standard × residents / 10,000⌉ − active − approved open posts; `asked`: how many posts the batch wants. */
export function gapOf({ residents, active, approvedOpen }: Staffed, asked: number, { standard }: Pick<RecruitmentRules, 'standard'>): Gap {
  const required = requiredStaff(residents, standard);
  const after = active + approvedOpen + asked;
  return {
    required,
    gap: staffingGap(required, active + approvedOpen),
    ratio: staffingRatio(active, residents),
    ratioAfter: staffingRatio(after, residents),
    above: after > required,
  };
}
