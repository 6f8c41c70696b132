import { completedYears, yearOf, type IsoDate } from '../domain/dates.ts';
import { readIdNumber } from '../domain/id-number.ts';
import {
  normaliseText,
  type Certificate,
  type Education,
  type PoliticalStatus,
  type PostTitle,
  type Rating,
  type Sex,
} from '../domain/person-words.ts';
import { codesOf, isWithin, type Unit } from '../domain/unit.ts';
import { certificate, education, ethnicity, politicalStatus } from '../workbooks/word-rules.ts';
import type { SheetField } from '../workbooks/fields.ts';
import type { PlaceReader } from '../workbooks/place.ts';
import * as values from '../workbooks/row-values.ts';
import { RowNotes, type RawRow } from '../workbooks/verdict.ts';

/** A person as a good row tells of them. The ID number lives in memory only. */
export interface RosterRecord {
  row: number;
  unit: Unit;
  name: string;
  sex: Sex;
  ethnicity: string | null;
  bornOn: IsoDate;
  idNo: string;
  politicalStatus: PoliticalStatus | null;
  education: Education | null;
  certificate: Certificate | null;
  postTitle: PostTitle;
  joinedOn: IsoDate;
  phone: string | null;
  email: string | null;
  ratings: { field: SheetField; year: number; rating: Rating }[];
}

/** What could be read of a row. It is a `RosterRecord` when its notes hold no error. */
export interface CheckedRow {
  notes: RowNotes;
  draft: { [K in keyof RosterRecord]: RosterRecord[K] | null };
}

export interface RuleContext {
  on: IsoDate;
  date1904: boolean;
  places: PlaceReader;
  /** The unit whose people this officer may import, with all below it. */
  withinPath: string;
  learned: values.LearnedWords;
}

/**
 * Reads all rows and tells everything that is wrong with each. A check that leans on a value in doubt is left out: one mistake, one fault,
 * so a row with another person's ID number is not also blamed for the age that follows from it.
 */
export function checkRows(rows: readonly RawRow[], context: RuleContext): CheckedRow[] {
  const checked = rows.map((raw) => readRow(raw, context));
  compareRows(checked);
  for (const row of checked) compareDates(row, context.on);
  return checked;
}

/** The person of a row without errors. */
export const recordOf = ({ notes, draft }: CheckedRow): RosterRecord | null => (notes.good ? (draft as RosterRecord) : null);

function readRow(raw: RawRow, context: RuleContext): CheckedRow {
  const { date1904, on, learned } = context;
  const notes = new RowNotes(raw);
  values.refuseFormulas(notes);
  const name = values.readName(notes);
  const unit = readUnit(notes, context);
  const idNo = values.readId(notes);
  const fromId = idNo === null ? null : readIdNumber(idNo);
  const certain = fromId && 'sex' in fromId ? fromId : null;
  const scope = [...(unit ? codesOf(unit.path).reverse() : []), ''];
  const draft = {
    row: raw.row,
    name,
    unit,
    idNo,
    sex: values.readSex(notes, certain?.sex ?? null),
    bornOn: values.readBirth(notes, date1904, certain?.bornOn ?? null),
    ethnicity: values.readWord(notes, ethnicity, learned, scope),
    politicalStatus: values.readWord(notes, politicalStatus, learned, scope),
    education: values.readWord(notes, education, learned, scope),
    certificate: values.readWord(notes, certificate, learned, scope),
    postTitle: values.readPost(notes, learned, scope),
    joinedOn: values.readJoined(notes, date1904, on),
    phone: values.readPhone(notes),
    email: values.readEmail(notes),
    ratings: values.readRatings(notes, on),
  };
  return { notes, draft };
}

/** A longer word is no unit's name, and is not offered to be remembered. */
const LONGEST_TAUGHT = 40;

function readUnit(notes: RowNotes, { places, withinPath }: RuleContext): Unit | null {
  if (notes.doubts('county', 'street', 'community')) return null;
  const written = (field: 'county' | 'street' | 'community') => values.textOf(notes, field) ?? undefined;
  const community = written('community');
  if (community === undefined) return notes.fault('community', 'missing-community');
  const found = places.read({ county: written('county'), street: written('street'), community });
  if ('code' in found) {
    const { field, code, params, suggestion } = found;
    if (!suggestion || String(params['name']).length > LONGEST_TAUGHT) return notes.fault(field, code, params);
    const { unit, scopeCode } = suggestion;
    const taught = { kind: field, scopeCode, written: normaliseText(String(params['name'])), meaning: unit.code };
    return notes.fault(field, code, params, { label: `把它当作“${params['suggestion'] ?? unit.name}”`, ...taught });
  }
  for (const { field, kind, read } of found.corrections) notes.correct(field, kind, read);
  if (isWithin(found.unit.path, withinPath)) return found.unit;
  return notes.fault('community', 'not-in-your-units', { unit: places.line(found.unit) });
}

/** Checks of rows against each other. Of two equal ID numbers the later row is refused, and its dates are not judged by that number. */
function compareRows(rows: readonly CheckedRow[]): void {
  const seen = new Map<string, CheckedRow>();
  const earlier = (key: string | null, row: CheckedRow) => {
    const first = key === null ? undefined : seen.get(key);
    if (key !== null && !first) seen.set(key, row);
    return first;
  };
  for (const row of rows) {
    const { notes, draft } = row;
    const same = earlier(draft.idNo && `id ${draft.idNo}`, row);
    if (same) notes.fault('idNo', 'duplicate-id', { row: same.notes.raw.row, name: same.draft.name ?? '姓名未填' });
    const twin = earlier(draft.name && draft.bornOn && `person ${draft.name} ${draft.bornOn}`, row);
    if (twin && !same) notes.fault('name', 'possible-duplicate', { row: twin.notes.raw.row });
    const phone = earlier(draft.phone && `phone ${draft.phone}`, row);
    if (phone && !same) notes.fault('phone', 'same-phone', { row: phone.notes.raw.row });
    const email = earlier(draft.email && `email ${draft.email.toLowerCase()}`, row);
    if (email && !same) notes.fault('email', 'same-email', { row: email.notes.raw.row });
    const secretary = draft.unit && draft.postTitle?.includes('书记') ? earlier(`secretary ${draft.unit.code}`, row) : undefined;
    if (secretary && !same) notes.fault('postTitle', 'several-secretaries', { community: draft.unit!.name, row: secretary.notes.raw.row });
  }
}

const YOUNGEST = 16;
const ADULT = 18;
const ASKED_FROM = 60;

/** Checks of a row's dates against each other. */
function compareDates({ notes, draft: { bornOn, joinedOn, ratings } }: CheckedRow, on: IsoDate): void {
  if (joinedOn === null || notes.doubts('joinedOn')) return;
  if (bornOn !== null && !notes.doubts('idNo', 'bornOn')) {
    const age = joinedOn < bornOn ? 0 : completedYears(bornOn, joinedOn);
    if (age < YOUNGEST) notes.fault('joinedOn', 'joined-before-16', { age });
    else if (age < ADULT) notes.fault('joinedOn', 'joined-before-18', { age });
    if (completedYears(bornOn, on) >= ASKED_FROM) notes.fault('bornOn', 'over-60', { age: completedYears(bornOn, on) });
  }
  for (const { field, year } of ratings ?? []) {
    if (year < yearOf(joinedOn) && !notes.doubts('joinedOn')) notes.fault(field, 'rated-before-joining', { year });
  }
}
