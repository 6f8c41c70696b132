import { yearOf, type IsoDate } from '../domain/dates.ts';
import { normaliseIdNumber, readIdNumber } from '../domain/id-number.ts';
import {
  normaliseText,
  postTitles,
  postTitleWords,
  ratingTitles,
  readRating,
  readTerm,
  sexWords,
  type PostTitle,
  type Rating,
  type Sex,
  type Vocabulary,
} from '../domain/person-words.ts';
import type { CorrectionKind, FaultCode } from './fault-words.ts';
import { isRatingField, ratingYear, type SheetField } from './fields.ts';
import { readDate } from './read-date.ts';
import type { RowNotes, SynonymKind } from './verdict.ts';

/** Words that officers taught, by kind and the units they were taught in, the nearest first. */
export type LearnedWords = (kind: SynonymKind, scopeCodes: readonly string[], written: string) => string | undefined;

/** What a cell says, or null where it says nothing: blank, a dash, 无. A cell already in fault says nothing either. */
export function textOf(notes: RowNotes, field: SheetField): string | null {
  const text = notes.raw.cells.get(field)?.cell.text.normalize('NFKC').trim() ?? '';
  return notes.doubts(field) || /^(?:[-—–/\\]*|无|暂无|空)$/.test(text) ? null : text;
}

const REACHING_OUT = /\b(?:HYPERLINK|WEBSERVICE|FILTERXML|IMPORT\w+|CALL|REGISTER(?:\.ID)?|RTD|DDE|EXEC)\s*\(|\|\s*'|cmd\s*\|/i;

/** Whether a spreadsheet would take a text for a formula. */
export const looksLikeFormula = (text: string): boolean => /^[=+\-@\t\r]/.test(text) && !/^-+$/.test(text);

/** A text that a spreadsheet would run, a formula that reaches outside, an error value. A plain formula with a result is read as its result. */
export function refuseFormulas(notes: RowNotes): void {
  for (const [field, { cell }] of notes.raw.cells) {
    const text = cell.text.normalize('NFKC').trim();
    const phone = field === 'phone' && /^\+?\d[\d\s-]*$/.test(text);
    const runs = cell.number === undefined && looksLikeFormula(text) && !phone;
    if (runs || (cell.formula !== undefined && REACHING_OUT.test(cell.formula))) notes.fault(field, 'formula-injection');
    else if (cell.error) notes.fault(field, 'cell-error', { value: text });
    else if (cell.formula !== undefined && text === '') notes.fault(field, 'formula-no-result');
    else if (cell.formula !== undefined) notes.correct(field, 'formula-cell', text);
    else if (cell.rich) notes.correct(field, 'rich-text', text);
  }
}

export function readName(notes: RowNotes): string | null {
  if (notes.doubts('name')) return null;
  const text = textOf(notes, 'name');
  if (text === null) return notes.fault('name', 'missing-name');
  const han = /\p{Script=Han}/u.test(text);
  const name = (han ? text.replace(/\s+/g, '') : text.replace(/\s+/g, ' ')).replace(/[•‧・･.]/g, '·');
  if (!/^[\p{L}·' ]{2,50}$/u.test(name)) return notes.fault('name', 'name-unreadable');
  const written = notes.raw.cells.get('name')!.cell.text;
  if (written !== written.trim() || (han && /\s/.test(written))) notes.correct('name', 'padded-name', name);
  return name;
}

const ID_FAULTS = { length: 'id-length', characters: 'id-characters', 'birth-date': 'id-birth-date', checksum: 'id-checksum' } as const;

export function readId(notes: RowNotes): string | null {
  if (notes.doubts('idNo')) return null;
  const text = textOf(notes, 'idNo');
  if (text === null) return notes.fault('idNo', 'missing-id');
  const { cell } = notes.raw.cells.get('idNo')!;
  // A number keeps 15 digits at most: the rest of an 18-digit number is already lost.
  if (cell.number !== undefined && cell.number >= 1e15) return notes.fault('idNo', 'id-as-number');
  const idNo = normaliseIdNumber(text);
  const read = readIdNumber(idNo);
  if ('fault' in read) return notes.fault('idNo', ID_FAULTS[read.fault], { length: idNo.length, digits: idNo.slice(6, 14) });
  if (/[０-９Ｘｘ]/.test(cell.text)) notes.correct('idNo', 'full-width-digits', idNo);
  else if (cell.text.trim().endsWith('x')) notes.correct('idNo', 'lower-case-x', idNo);
  else if (/\s/.test(cell.text.trim())) notes.correct('idNo', 'id-spaces', idNo);
  return idNo;
}

export function readSex(notes: RowNotes, fromId: Sex | null): Sex | null {
  if (notes.doubts('sex')) return null;
  const text = textOf(notes, 'sex');
  if (text === null) {
    if (fromId && notes.raw.columns.has('sex')) notes.correct('sex', 'from-id', fromId);
    return fromId;
  }
  const read = termOf(sexWords, text);
  if (!read) return notes.fault('sex', 'unknown-sex');
  if (read.synonym) notes.correct('sex', 'sex-synonym', read.term);
  return fromId === null || fromId === read.term ? read.term : notes.fault('sex', 'id-gender-mismatch', { sex: fromId });
}

const COMPARED = { day: 10, month: 7, year: 4 } as const;

/** The day of birth is the ID number's; what is written beside it, a day, a month or a year, must agree. */
export function readBirth(notes: RowNotes, date1904: boolean, fromId: IsoDate | null): IsoDate | null {
  if (notes.doubts('bornOn')) return null;
  if (textOf(notes, 'bornOn') === null) {
    if (fromId && notes.raw.columns.has('bornOn')) notes.correct('bornOn', 'from-id', fromId);
    return fromId;
  }
  const read = readDate(notes.raw.cells.get('bornOn')!.cell, date1904);
  if ('fault' in read) return notes.fault('bornOn', read.fault, { why: read.why });
  const length = COMPARED[read.precision];
  if (fromId !== null && fromId.slice(0, length) !== read.date.slice(0, length)) {
    return notes.fault('bornOn', 'id-birth-mismatch', { bornOn: fromId });
  }
  if (read.form) notes.correct('bornOn', read.form, fromId ?? read.date);
  return fromId ?? (read.precision === 'day' ? read.date : null);
}

export function readJoined(notes: RowNotes, date1904: boolean, on: IsoDate): IsoDate | null {
  if (notes.doubts('joinedOn')) return null;
  if (textOf(notes, 'joinedOn') === null) return notes.fault('joinedOn', 'missing-joined');
  const read = readDate(notes.raw.cells.get('joinedOn')!.cell, date1904);
  if ('fault' in read) return notes.fault('joinedOn', read.fault, { why: read.why });
  if (read.precision === 'year') return notes.fault('joinedOn', 'incomplete-date');
  if (read.date > on) return notes.fault('joinedOn', 'joined-in-future', { on });
  if (read.form) notes.correct('joinedOn', read.form, read.date);
  return read.date;
}

const known = new WeakMap<Vocabulary, Map<string, ReturnType<typeof readTerm>>>();
/** The same few words stand in thousands of rows. The memory of them is bounded, for the words come from outside. */
function termOf<T extends string>(vocabulary: Vocabulary<T>, text: string): { term: T; synonym: boolean } | null {
  const words = known.get(vocabulary) ?? new Map<string, ReturnType<typeof readTerm>>();
  known.set(vocabulary, words);
  let found = words.get(text);
  if (found === undefined) {
    if (words.size >= 500) words.clear();
    words.set(text, (found = readTerm(vocabulary, text)));
  }
  return found as { term: T; synonym: boolean } | null;
}

/** How a column of words is read: its table, and what an unknown word and another spelling are called. */
export interface WordRule<T extends string> {
  field: SheetField;
  vocabulary: Vocabulary<T>;
  unknown: FaultCode;
  synonym: CorrectionKind;
}

/** An officer's word for a term counts where the table has none. Null where nothing is written or nobody knows the word. */
export function readWord<T extends string>(notes: RowNotes, rule: WordRule<T>, learned: LearnedWords, scope: readonly string[]): T | null {
  const text = textOf(notes, rule.field);
  if (text === null) return null;
  const terms = Object.keys(rule.vocabulary.terms) as T[];
  const read = termOf(rule.vocabulary, text) ?? taught(terms, learned(rule.field as SynonymKind, scope, normaliseText(text)));
  if (!read) return notes.fault(rule.field, rule.unknown, { terms: terms.join(' / ') });
  if (read.synonym) notes.correct(rule.field, rule.synonym, read.term);
  return read.term;
}

function taught<T extends string>(terms: readonly T[], meaning: string | undefined): { term: T; synonym: boolean } | null {
  const term = terms.find((one) => one === meaning);
  return term === undefined ? null : { term, synonym: true };
}

export function readPost(notes: RowNotes, learned: LearnedWords, scope: readonly string[]): PostTitle | null {
  if (notes.doubts('postTitle')) return null;
  const text = textOf(notes, 'postTitle');
  if (text === null) return notes.fault('postTitle', 'missing-post');
  const read = termOf(postTitleWords, text) ?? taught(postTitles, learned('postTitle', scope, normaliseText(text)));
  if (!read)
    return notes.fault('postTitle', 'unknown-post', { terms: postTitles.join(' / '), ...(text.includes('兼职') && { partTime: 1 }) });
  if (read.synonym) notes.correct('postTitle', 'post-synonym', read.term);
  return read.term;
}

/** Digits of a mobile or fixed line; what cannot be read is told and left out. */
export function readPhone(notes: RowNotes): string | null {
  const text = textOf(notes, 'phone');
  if (text === null) return null;
  const digits = text.replace(/[\s()-]/g, '').replace(/^(?:\+|00)?86(?=1\d{10}$)/, '');
  return /^1\d{10}$|^0\d{9,11}$|^\d{7,8}$/.test(digits) ? digits : notes.fault('phone', 'phone-unreadable');
}

export function readEmail(notes: RowNotes): string | null {
  const text = textOf(notes, 'email');
  if (text === null) return null;
  return /^[\w.%+-]{1,64}@(?:[a-z\d-]+\.)+[a-z]{2,}$/i.test(text) ? text : notes.fault('email', 'email-unreadable');
}

export function readRatings(notes: RowNotes, on: IsoDate): { field: SheetField; year: number; rating: Rating }[] {
  return [...notes.raw.cells.keys()].filter(isRatingField).flatMap((field) => {
    const text = textOf(notes, field);
    if (text === null) return [];
    const year = ratingYear(field);
    const rating = readRating(text);
    if (!rating) return notes.fault(field, 'unknown-rating', { terms: Object.values(ratingTitles).join(' / ') }) ?? [];
    if (year >= yearOf(on)) return notes.fault(field, 'rated-too-early', { year }) ?? [];
    if (normaliseText(text) !== ratingTitles[rating]) notes.correct(field, 'rating-synonym', ratingTitles[rating]);
    return [{ field, year, rating }];
  });
}
