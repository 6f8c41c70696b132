import { lastDayOfTerm, monthsOfTerm, type IsoDate } from './dates.ts';

// 经济补偿 and what goes with it (Labour Contract Law arts. 40, 42, 46–48, 87; its Regulation arts. 12, 20, 27). Money is in fen.

/** Service in half years: a full year is two, six months and more of a broken one two, less than six months one (art. 47). The first and the last day count. */
export function halfYearsOfService(startedOn: IsoDate, lastOn: IsoDate): number {
  if (lastOn < startedOn) throw new RangeError(`Service from ${startedOn} to ${lastOn}`);
  const months = monthsOfTerm(startedOn, lastOn);
  const full = Math.floor(months / 12) * 2;
  if (months % 12 >= 6) return full + 2;
  const days = months === 0 || lastDayOfTerm(startedOn, months) < lastOn;
  return months % 12 > 0 || days ? full + 1 : full;
}

/** What was due in the last months before the end, bonus and allowances in it, a month; fewer than twelve months worked: their average. Half a fen goes up. */
export function averageMonthlyPay(total: number, months: number): number {
  if (!Number.isInteger(months) || months < 1 || months > 12) throw new RangeError(`The average of ${months} months`);
  return divide(total, months);
}

/** Whole fen of a quotient, half up. */
const divide = (amount: number, by: number): number => Math.floor((2 * amount + by) / (2 * by));

/** 12 years, but only for whoever earns more than three times the average (art. 47). */
const MOST_HALF_YEARS = 24;

export interface SeveranceInputs {
  startedOn: IsoDate;
  lastOn: IsoDate;
  /** What was due in the last months, and how many of them (12, fewer where less was worked). */
  paidTotal: number;
  paidMonths: number;
  /** 上年度职工月平均工资 as the municipality has published it. */
  cityAverage: number;
  /** 当地最低工资标准: the base is never below it (Regulation art. 27). */
  minimumWage: number;
}
export interface Severance {
  halfYears: number;
  average: number;
  /** What a year counts with: the average, not below the minimum wage, not above three times the city's average. */
  base: number;
  capped: boolean;
  /** Half years that are paid. */
  paidHalfYears: number;
  amount: number;
}

/** Severance by art. 47, each step kept for the table that is filed. */
export function severanceOf({ startedOn, lastOn, paidTotal, paidMonths, cityAverage, minimumWage }: SeveranceInputs): Severance {
  const halfYears = halfYearsOfService(startedOn, lastOn);
  const average = averageMonthlyPay(paidTotal, paidMonths);
  const capped = paidTotal > 3 * cityAverage * paidMonths;
  const base = capped ? 3 * cityAverage : Math.max(average, minimumWage);
  const paidHalfYears = capped ? Math.min(halfYears, MOST_HALF_YEARS) : halfYears;
  return { halfYears, average, base, capped, paidHalfYears, amount: divide(base * paidHalfYears, 2) };
}

/** 赔偿金 for an ending against the law: twice the severance (art. 87). */
export const compensationOf = (severance: number): number => 2 * severance;

/** 1250.50 → 125050; null for anything but yuan with at most two decimals. */
export function fenOf(yuan: string): number | null {
  const found = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(yuan.trim());
  return found ? Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0')) : null;
}

/** Whom art. 42 shields from an end by art. 40: while it lasts there is no notice. */
export const shields = ['none', 'occupationalDisease', 'workInjury', 'medicalPeriod', 'maternity', 'nearRetirement'] as const;
export type Shield = (typeof shields)[number];
export const shieldTitles: Record<Shield, string> = {
  none: '没有第四十二条规定的情形',
  occupationalDisease: '接触职业病危害作业未作离岗前健康检查，或疑似职业病在诊断、观察期',
  workInjury: '患职业病或因工负伤并被确认丧失或部分丧失劳动能力',
  medicalPeriod: '患病或非因工负伤，在规定的医疗期内',
  maternity: '女职工在孕期、产期、哺乳期',
  nearRetirement: '在本单位连续工作满十五年，且距法定退休年龄不足五年',
};

/** A shield that ends with a day is waited for; one that does not leads to another post instead. */
export const endsByItself = (shield: Shield): boolean => shield !== 'none' && shield !== 'nearRetirement';

/**
 * Whether so many ends at about the same time in a unit of so many staff call for the way of art. 41 (consultation and report to the authority): twenty
 * people, or a tenth of the staff. One person alone is no reduction of staff, however small the unit.
 */
export const isMassReduction = (people: number, staff: number): boolean => people >= 20 || (people >= 2 && people * 10 >= staff);
