import type { IsoDate } from './dates.ts';
import { isIsoDate } from './iso-date.ts';
import type { Sex } from './person-words.ts';

/** 公民身份号码 as GB 11643 has it: 17 digits and a check character; X is written in capitals. */
export interface IdNumber {
  idNo: string;
  bornOn: IsoDate;
  sex: Sex;
}
export type IdNumberFault = 'length' | 'characters' | 'birth-date' | 'checksum';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = '10X98765432';

/** Full-width digits, blanks and a small x are set right before the check. */
export function normaliseIdNumber(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s\u200B\uFEFF]/g, '')
    .toUpperCase();
}

/** Reads an ID number, or says the first thing that is wrong with it. */
export function readIdNumber(text: string): IdNumber | { fault: IdNumberFault } {
  const idNo = normaliseIdNumber(text);
  if (idNo.length !== 18) return { fault: 'length' };
  if (!/^[1-9]\d{16}[\dX]$/.test(idNo)) return { fault: 'characters' };
  const bornOn = `${idNo.slice(6, 10)}-${idNo.slice(10, 12)}-${idNo.slice(12, 14)}`;
  if (!isIsoDate(bornOn) || bornOn < '1900') return { fault: 'birth-date' };
  if (CHECKS[WEIGHTS.reduce((sum, weight, i) => sum + weight * Number(idNo[i]), 0) % 11] !== idNo[17]) return { fault: 'checksum' };
  return { idNo, bornOn, sex: Number(idNo[16]) % 2 === 1 ? '男' : '女' };
}

/** What most readers see: 5222************28. */
export function maskIdNumber(idNo: string): string {
  return idNo.length <= 6 ? '*'.repeat(idNo.length) : `${idNo.slice(0, 4)}${'*'.repeat(idNo.length - 6)}${idNo.slice(-2)}`;
}
