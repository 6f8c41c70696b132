import { addDays, type IsoDate } from '../domain/dates.ts';

/**
 * One cell as a rule may see it. `text` is what a reader sees, near enough; `date` is set for a number shown as a date;
 * `formula` is the formula behind the cached result.
 */
export interface Cell {
  text: string;
  number?: number;
  date?: IsoDate;
  formula?: string;
  rich?: true;
  error?: true;
  /** The value of a merged range, seen in one of its other cells. */
  merged?: true;
}

/** Columns as letters: 1 is A. */
export function columnLetter(column: number): string {
  let letters = '';
  for (let n = column; n > 0; n = Math.floor((n - 1) / 26)) letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters;
  return letters;
}

export function columnNumber(letters: string): number {
  let n = 0;
  for (const c of letters.toUpperCase()) n = n * 26 + c.charCodeAt(0) - 64;
  return n;
}

/** A1 as column and row; null when it is no cell reference. */
export function cellReference(reference: string): { column: number; row: number } | null {
  const found = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/i.exec(reference);
  return found && { column: columnNumber(found[1]!), row: Number(found[2]) };
}

/** The last serial that is taken for a date: 2149-06-06. Above and below the bounds a number is only a number. */
const LAST_SERIAL = 91_103;

/** The day of an Excel serial in a workbook's own system. 1900 has a 29 February there that never was: serial 60 is no day. */
export function serialDate(serial: number, date1904: boolean): IsoDate | null {
  const day = Math.floor(serial);
  if (!Number.isFinite(serial) || day < (date1904 ? 0 : 1) || day > LAST_SERIAL) return null;
  if (date1904) return addDays('1904-01-01', day);
  return day === 60 ? null : addDays('1899-12-30', day < 60 ? day + 1 : day);
}

const BUILT_IN_DATES = [
  [14, 17],
  [22, 22],
  [27, 36],
  [50, 58],
] as const;

/** Whether a number format shows days, months or years. Formats 27–36 and 50–58 are the Chinese ones. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return BUILT_IN_DATES.some(([from, to]) => from <= id && id <= to);
  // Words in quotes, escaped characters, colours and locales are no placeholders; elapsed hours ([h]) are a duration.
  const placeholders = code.replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '').toLowerCase();
  return /[yd]|(^|[^:hs])m(?![:s])/.test(placeholders) && !/general/.test(placeholders);
}

/** A number as people write it: at most 15 digits, as Excel keeps them. */
export const numberText = (value: number): string => String(Number(value.toPrecision(15)));
