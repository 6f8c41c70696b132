import { z } from 'zod';

/**
 * A score in whole hundredths of a point: 85.5 points are 8550. Marks, bonus points and totals are reckoned in these whole numbers only, so that no binary
 * fraction turns an order over.
 */
export type Score = number;
/** What stands beside a name after an exam: the score, or that the person was absent (缺考). */
export type Mark = Score | 'absent';

export const POINT = 100;
export const MOST_POINTS = 100;
/** What an extra interview may score beside the ordinary range, so that whoever was absent from it comes last. */
const ABSENT = -1;

/** A score as it is kept: 0 to 100 points in hundredths. */
export const score = z
  .int({ error: '成绩应为 0 至 100 分，最多两位小数' })
  .min(0, '成绩不低于 0 分')
  .max(MOST_POINTS * POINT, '成绩不高于 100 分');
export const mark = z.union([score, z.literal('absent')]);

/** Points as policies write them, at most two decimals: 60, 2.5. */
export const points = z
  .number()
  .min(0)
  .max(MOST_POINTS)
  .refine((value) => Math.abs(value * POINT - Math.round(value * POINT)) < 1e-6, '分值最多两位小数');

/** Points of a policy in hundredths. */
export const hundredths = (value: number): Score => Math.round(value * POINT);

export type ScoreFault = 'empty' | 'text' | 'decimals' | 'range';

/** Reads a score as people write it (85, 85.5, ８５．５０, 85分), without going through a binary fraction; or says what is wrong with it. */
export function readScore(text: string): { score: Score } | { fault: ScoreFault } {
  const written = text
    .normalize('NFKC')
    .replace(/[\s\u200B\uFEFF]/g, '')
    .replace(/分$/, '');
  if (written === '') return { fault: 'empty' };
  const [, sign, whole = '', fraction = ''] = /^([+-]?)(\d+)(?:\.(\d*))?$/.exec(written) ?? [];
  if (sign === undefined) return { fault: 'text' };
  if (/[1-9]/.test(fraction.slice(2))) return { fault: 'decimals' };
  const value = Number(whole) * POINT + Number(`${fraction}00`.slice(0, 2));
  return sign === '-' || value > MOST_POINTS * POINT ? { fault: 'range' } : { score: value };
}

/** Whether the words of a mark say that the person did not come. */
export const saysAbsent = (text: string): boolean => /^(缺考|缺席|弃考|未参加|未到考)$/.test(text.normalize('NFKC').replace(/\s/g, ''));

/** 85.50: always two decimals, as score lists have them. */
export function formatScore(value: Score): string {
  return `${Math.floor(value / POINT)}.${String(value % POINT).padStart(2, '0')}`;
}

/** 85.50, or 缺考. */
export const formatMark = (value: Mark): string => (value === 'absent' ? '缺考' : formatScore(value));

/** A mark as it counts in an order: absence comes after every score. */
export const countedMark = (value: Mark): number => (value === 'absent' ? ABSENT : value);

/** Half up, to so many decimals (0–2), of a whole number of ten-thousandths of a point; in hundredths. */
export function roundHalfUp(tenThousandths: number, decimals: number): Score {
  const unit = 10 ** (4 - decimals);
  return (Math.floor((2 * tenThousandths + unit) / (2 * unit)) * unit) / 100;
}
