import type { IsoDate } from '../domain/dates.ts';
import { isIsoDate } from '../domain/iso-date.ts';
import { serialDate, type Cell } from './cell.ts';

/** How a date was written other than 2018-06-01. */
export type DateForm = 'excel-date-cell' | 'excel-serial' | 'date-slashed' | 'date-dotted' | 'date-chinese' | 'date-compact' | 'date-month';

/** `precision` says how much was written: of 2018.6 the day is unknown and read as the first. */
export interface ReadDate {
  date: IsoDate;
  precision: 'day' | 'month' | 'year';
  form: DateForm | null;
}
export type DateFault = 'impossible-date' | 'ambiguous-date' | 'unreadable-date';
/** `why` is the problem in words: 没有 2 月 30 日. */
export interface NoDate {
  fault: DateFault;
  why: string;
}

/** A date as rosters have it: text in many forms, a date cell, a bare serial, a year and month. */
export function readDate(cell: Cell, date1904: boolean): ReadDate | NoDate {
  if (cell.date) return { date: cell.date, precision: 'day', form: 'excel-date-cell' };
  return cell.number === undefined ? readText(cell.text) : readNumber(cell.number, cell.text, date1904);
}

function readNumber(number: number, text: string, date1904: boolean): ReadDate | NoDate {
  // Below any day of this century's rosters: a year, or a year and month typed as a decimal.
  if (number < 10_000) {
    const decimals = text.split('.')[1];
    if (decimals === '1') return { fault: 'ambiguous-date', why: `${text} 是数字，看不出是 1 月还是 10 月` };
    return readText(text);
  }
  if (number > 99_999) return readText(text);
  const date = serialDate(number, date1904);
  return date ? { date, precision: 'day', form: 'excel-serial' } : unreadable;
}

const unreadable: NoDate = { fault: 'unreadable-date', why: '认不出日期' };

const FORMS: readonly [RegExp, DateForm | null][] = [
  [/^(\d{4})-(\d{1,2})(?:-(\d{1,2}))?$/, null],
  [/^(\d{4})\/(\d{1,2})(?:\/(\d{1,2}))?$/, 'date-slashed'],
  [/^(\d{4})[.。、](\d{1,2})(?:[.。、](\d{1,2})[.。]?)?$/, 'date-dotted'],
  [/^(\d{4})年(?:(\d{1,2})月(?:份|(\d{1,2})[日号])?)?$/, 'date-chinese'],
  [/^((?:19|20)\d{2})(\d{2})(\d{2})?$/, 'date-compact'],
  [/^((?:19|20)\d{2})$/, null],
];

function readText(written: string): ReadDate | NoDate {
  const text = written
    .normalize('NFKC')
    .replace(/[\s\u200B\uFEFF]+/g, ' ')
    .trim()
    .replace(/[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$/, '')
    .replace(/ ?([-–—‐/.年月日号]) ?/g, (_, sign: string) => (/[–—‐]/.test(sign) ? '-' : sign));
  for (const [form, name] of FORMS) {
    const found = form.exec(text);
    if (found) return fromParts(found[1]!, found[2], found[3], name);
  }
  return unreadable;
}

function fromParts(year: string, month: string | undefined, day: string | undefined, form: DateForm | null): ReadDate | NoDate {
  if (month !== undefined && (Number(month) < 1 || Number(month) > 12)) return { fault: 'impossible-date', why: '月份只能是 1 至 12' };
  const date = `${year}-${(month ?? '1').padStart(2, '0')}-${(day ?? '1').padStart(2, '0')}`;
  if (!isIsoDate(date)) return { fault: 'impossible-date', why: `没有 ${Number(month)} 月 ${Number(day)} 日` };
  const precision = day !== undefined ? 'day' : month !== undefined ? 'month' : 'year';
  return { date, precision, form: form ?? (precision === 'month' ? 'date-month' : null) };
}
