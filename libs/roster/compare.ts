import type { Tx } from '../db.ts';
import type { IsoDate } from '../domain/dates.ts';
import { inForce, type Fact } from '../domain/person.ts';
import { ratingTitles } from '../domain/person-words.ts';
import { isWithin } from '../domain/unit.ts';
import { asFact } from '../people/facts.ts';
import { indexOf, type PersonKeys } from '../people/keys.ts';
import { fieldTitle, type SheetField } from '../workbooks/fields.ts';
import type { PlaceReader } from '../workbooks/place.ts';
import { recordOf, type CheckedRow, type RosterRecord } from './rules.ts';

/** A field that an import would change, in words. */
export interface FieldChange {
  field: SheetField;
  label: string;
  before: string | null;
  after: string;
}

/** Personal particulars that a roster may bring up to date. */
export const PARTICULARS = ['ethnicity', 'politicalStatus', 'education', 'certificate', 'phone', 'email'] as const;
export type Particular = (typeof PARTICULARS)[number];

export interface Known {
  id: string;
  staffNo: string;
  name: string;
  particulars: Record<Particular, string | null>;
  facts: Fact[];
  account: { id: string; status: string } | null;
}

/** What an import makes of a row. */
export type Planned =
  { action: 'new'; record: RosterRecord } | { action: 'update' | 'unchanged'; record: RosterRecord; known: Known; changes: FieldChange[] };

export interface CompareContext {
  on: IsoDate;
  places: PlaceReader;
  withinPath: string;
  unitPath: (code: string) => string | undefined;
}

/** Reads what is on record of these people, by their ID numbers: one query a table, whatever the number. */
export async function loadKnown(tx: Tx, keys: PersonKeys, records: readonly RosterRecord[]): Promise<Map<string, Known>> {
  const byIndex = new Map(records.map(({ idNo }) => [indexOf(keys, idNo), idNo]));
  const people = await tx.person.findMany({ where: { idNoIndex: { in: [...byIndex.keys()] } }, omit: { idNoCipher: true } });
  if (people.length === 0) return new Map();
  const ids = people.map(({ id }) => id);
  const facts = new Map<string, Fact[]>(ids.map((id) => [id, []]));
  for (const row of await tx.personFact.findMany({ where: { personId: { in: ids }, endedAt: null } }))
    facts.get(row.personId)!.push(asFact(row));
  const accounts = await tx.account.findMany({ where: { personId: { in: ids } }, select: { id: true, status: true, personId: true } });
  const accountOf = new Map(accounts.map(({ personId, ...account }) => [personId, account]));
  return new Map(
    people.map(({ id, staffNo, name, idNoIndex, ethnicity, politicalStatus, education, certificate, phone, email }) => [
      byIndex.get(idNoIndex)!,
      {
        id,
        staffNo,
        name,
        particulars: { ethnicity, politicalStatus, education, certificate, phone, email },
        facts: facts.get(id) ?? [],
        account: accountOf.get(id) ?? null,
      },
    ]),
  );
}

/**
 * Holds good rows against the record: new, changed or unchanged. A row that contradicts it gets a fault instead. What was decided in a case
 * is never changed by a spreadsheet; what a row leaves blank is left as it is.
 */
export function compareWithRecord(rows: readonly CheckedRow[], known: ReadonlyMap<string, Known>, context: CompareContext): Planned[] {
  return rows.flatMap((row): Planned[] => {
    const record = recordOf(row);
    if (!record) return [];
    const person = known.get(record.idNo);
    if (!person) return [{ action: 'new', record }];
    const changes = changesOf(row, record, person, context);
    if (!row.notes.good) return [];
    return [{ action: changes.length > 0 ? 'update' : 'unchanged', record, known: person, changes }];
  });
}

function changesOf({ notes }: CheckedRow, record: RosterRecord, person: Known, context: CompareContext): FieldChange[] {
  if (person.name !== record.name) {
    notes.fault('idNo', 'same-id-other-name', { name: person.name, staffNo: person.staffNo });
    return [];
  }
  const employment = currentEmployment(person, context.on);
  if (employment?.value.status === 'ended') {
    notes.fault('name', 'person-left', { staffNo: person.staffNo });
    return [];
  }
  const path = employment?.unitCode ? context.unitPath(employment.unitCode) : undefined;
  if (employment && (!path || !isWithin(path, context.withinPath))) {
    notes.fault('name', 'person-elsewhere', { unit: path ? context.places.line({ path }) : '其他单位' });
    return [];
  }
  const changes = [
    ...particularChanges(record, person),
    ...employmentChanges(record, person, employment, context),
    ...ratingChanges(record, person),
  ];
  for (const { field, before, decided } of changes) if (decided) notes.fault(field, 'decided-in-case', { value: before ?? '' });
  return changes.map(({ decided: _, ...change }) => change);
}

type Weighed = FieldChange & { decided: boolean };

/** Whether a fact came by an import and nothing else, so that an import may put it right. */
export const fromImport = ({ ground }: Pick<Fact, 'ground'>): boolean => ground.startsWith('import:');

/** The employment of a day, or the one that begins next. */
export function currentEmployment(person: Known, on: IsoDate): Fact<'employment'> | undefined {
  const all = person.facts
    .filter((fact): fact is Fact<'employment'> => fact.kind === 'employment')
    .sort((a, b) => (a.fromOn < b.fromOn ? -1 : 1));
  return all.find((fact) => inForce(fact, on)) ?? all.at(-1);
}

function particularChanges(record: RosterRecord, person: Known): Weighed[] {
  return PARTICULARS.flatMap((field) => {
    const [before, after] = [person.particulars[field], record[field]];
    return after === null || after === before ? [] : [{ field, label: fieldTitle(field), before, after, decided: false }];
  });
}

function employmentChanges(
  record: RosterRecord,
  person: Known,
  employment: Fact<'employment'> | undefined,
  { places, unitPath }: CompareContext,
): Weighed[] {
  const line = (code: string | null) => (code && unitPath(code) ? places.line({ path: unitPath(code)! }) : null);
  // A post's grade and step, and what is counted from the first day, are decided with them.
  const decidedBy = (...kinds: Fact['kind'][]) => person.facts.some((fact) => kinds.includes(fact.kind) && !fromImport(fact));
  const compare = (field: SheetField, before: string | null | undefined, after: string, decided: boolean): Weighed[] =>
    before === after ? [] : [{ field, label: fieldTitle(field), before: before ?? null, after, decided }];
  const moved = employment?.unitCode !== record.unit.code;
  return [
    ...(moved ? compare('community', line(employment?.unitCode ?? null), places.line(record.unit), decidedBy('employment')) : []),
    ...compare('postTitle', employment?.value.postTitle, record.postTitle, decidedBy('employment', 'post-grade-step')),
    ...compare('joinedOn', employment?.value.joinedOn, record.joinedOn, decidedBy('employment', 'post-grade-step', 'contract')),
  ];
}

function ratingChanges(record: RosterRecord, person: Known): Weighed[] {
  const known = person.facts.filter((fact): fact is Fact<'rating'> => fact.kind === 'rating');
  return record.ratings.flatMap(({ field, year, rating }) => {
    const fact = known.find(({ value }) => value.year === year);
    if (fact?.value.rating === rating) return [];
    const before = fact ? ratingTitles[fact.value.rating] : null;
    return [{ field, label: fieldTitle(field), before, after: ratingTitles[rating], decided: fact !== undefined && !fromImport(fact) }];
  });
}
