import { householdTitles, recruitmentPost, type HouseholdScope, type RecruitmentPost } from '../domain/recruitment/posts.ts';
import { normaliseText } from '../domain/person-words.ts';
import { isWithin } from '../domain/unit.ts';
import type { PlaceReader } from '../workbooks/place.ts';
import { readWord, refuseFormulas, textOf } from '../workbooks/row-values.ts';
import { RowNotes, type RawRow } from '../workbooks/verdict.ts';
import type { PlainField } from '../workbooks/fields.ts';
import { education } from '../workbooks/word-rules.ts';

/** A row as read: what it says where its notes hold no error. */
export interface ReadRow<T> {
  notes: RowNotes;
  /** For the list of verdicts: whom or what the row is about. */
  label: string | null;
  record: T | null;
}

const noWords = () => undefined;

/** The lines of a post table, each checked by itself and against the others. `withinPath`: the batch's county. */
export function readPosts(rows: readonly RawRow[], places: PlaceReader, withinPath: string): ReadRow<RecruitmentPost>[] {
  const seen = new Map<string, number>();
  return rows.map((raw) => {
    const notes = new RowNotes(raw);
    refuseFormulas(notes);
    const code = textOf(notes, 'postCode')?.toUpperCase() ?? notes.fault('postCode', 'missing-post-code');
    const before = code && seen.get(code);
    if (code && before !== undefined && before !== null) notes.fault('postCode', 'duplicate-post-code', { row: before });
    else if (code) seen.set(code, raw.row);
    const unit = readUnit(notes, places, withinPath);
    const draft = {
      code,
      title: required(notes, 'vacancy', '岗位名称'),
      unitCode: unit?.code,
      planned: whole(notes, 'planned') ?? (notes.doubts('planned') ? null : notes.fault('planned', 'missing-cell', { title: '招聘人数' })),
      communities: unit ? readChoices(notes, places, unit.path) : [],
      requirements: {
        ...optional('ageMax', whole(notes, 'ageMax')),
        ...optional('education', readWord(notes, education, noWords, [''])),
        household: readScope(notes),
        party: readYes(notes, 'partyOnly'),
        other: textOf(notes, 'otherConditions') ?? '',
      },
    };
    if (!notes.good) return { notes, label: draft.title, record: null };
    const parsed = recruitmentPost.safeParse(draft);
    if (parsed.success) return { notes, label: `${parsed.data.code} ${parsed.data.title}`, record: parsed.data };
    for (const { path, message } of parsed.error.issues)
      notes.fault(columnOf[String(path.at(-1))] ?? columnOf[String(path[0])] ?? 'postCode', 'post-rule', { why: message });
    return { notes, label: draft.title, record: null };
  });
}

const columnOf: Record<string, PlainField> = {
  code: 'postCode',
  title: 'vacancy',
  unitCode: 'street',
  planned: 'planned',
  communities: 'choices',
  ageMax: 'ageMax',
  education: 'education',
  household: 'localOnly',
  party: 'partyOnly',
  other: 'otherConditions',
};

const optional = <T>(key: string, value: T | null) => (value === null ? {} : { [key]: value });

function required(notes: RowNotes, field: PlainField, title: string): string | null {
  return textOf(notes, field) ?? (notes.doubts(field) ? null : notes.fault(field, 'missing-cell', { title }));
}

/** A whole number as people write it (5, 5人, 40周岁); null where nothing is written. */
function whole(notes: RowNotes, field: PlainField): number | null {
  const text = textOf(notes, field);
  if (text === null) return null;
  const [, digits] = /^(\d{1,4})(?:人|名|周岁|岁)?(?:及以下|以下)?$/.exec(text.replace(/\s/g, '')) ?? [];
  return digits === undefined ? notes.fault(field, 'number-unreadable') : Number(digits);
}

export function readYes(notes: RowNotes, field: PlainField): boolean {
  const text = textOf(notes, field);
  if (text === null || /^(否|不限|非|不是|非全日制|在职)$/.test(text)) return false;
  return /^(是|限|✓|√|全日制|普通全日制)$/.test(text) || (notes.fault(field, 'yes-or-no') ?? false);
}

function readScope(notes: RowNotes): HouseholdScope {
  const text = normaliseText(textOf(notes, 'localOnly') ?? '不限');
  const found = (Object.entries(householdTitles) as [HouseholdScope, string][]).find(([, title]) => normaliseText(title).startsWith(text));
  if (found) return found[0];
  if (/^本市|^全市|^铜仁/.test(text)) return 'city';
  if (/^本[县区]/.test(text)) return 'county';
  return notes.fault('localOnly', 'unknown-scope') ?? 'any';
}

function readUnit(notes: RowNotes, places: PlaceReader, withinPath: string) {
  if (notes.doubts('county', 'street', 'community')) return null;
  const names = Object.fromEntries((['county', 'street', 'community'] as const).flatMap((level) => optionalName(notes, level)));
  const found = places.read(names);
  if ('code' in found) return notes.fault(found.field, found.code, found.params);
  for (const { field, kind, read } of found.corrections) notes.correct(field, kind, read);
  return isWithin(found.unit.path, withinPath) ? found.unit : notes.fault('street', 'not-in-your-units', { unit: places.line(found.unit) });
}

function optionalName(notes: RowNotes, level: 'county' | 'street' | 'community') {
  const text = textOf(notes, level);
  return text === null ? [] : [[level, text] as const];
}

/** 北门社区2、东门社区1: where those hired choose, with how many places each. */
function readChoices(notes: RowNotes, places: PlaceReader, unitPath: string): RecruitmentPost['communities'] {
  const text = textOf(notes, 'choices');
  if (text === null) return [];
  const [street] = places.line({ path: unitPath }).split(' · ').slice(1, 2);
  return text.split(/[、,，;；\n]+/).flatMap((part) => {
    const [, name, number = '1'] = /^(.+?)[（(:：]?\s*(\d{1,3})?\s*(?:人|名)?[)）]?$/.exec(part.trim()) ?? [];
    const found = name === undefined ? null : places.read({ ...(street && { street }), community: name.trim() });
    if (!found || 'code' in found) return notes.fault('choices', 'choices-unreadable', { part: part.trim() }) ?? [];
    return [{ unitCode: found.unit.code, number: Number(number) }];
  });
}
