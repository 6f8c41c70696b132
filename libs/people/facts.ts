import { randomUUID } from 'node:crypto';
import type { PersonFact } from '../../prisma/generated/client.ts';
import type { Tx } from '../db.ts';
import { addDays, fromDateColumn, toDateColumn, type IsoDate } from '../domain/dates.ts';
import { factValues, successiveKinds, type Fact, type FactKind, type FactValue } from '../domain/person.ts';
import { refuse, type Refusal } from '../domain/refusal.ts';

/** A dated fact to be recorded. Without `toOn` it holds until the next one of its kind. `ground` says from where: `case:<id>`, `import:<id>`. */
export interface NewFact<K extends FactKind = FactKind> {
  personId: string;
  kind: K;
  fromOn: IsoDate;
  toOn?: IsoDate | null;
  value: FactValue<K>;
  unitCode?: string | null;
  ground: string;
  assumed?: boolean;
}

/** Rows that an act wrote and rows whose record it ended, by id: all that is needed to take it back. */
export interface FactChange {
  added: string[];
  ended: string[];
}
/** `before` is the fact that held until then, or that was corrected; null when there was none. */
export interface FactRecorded<K extends FactKind = FactKind> {
  fact: Fact<K>;
  before: Fact<K> | null;
  change: FactChange;
}

export function asFact(row: PersonFact): Fact {
  const { personId: _, fromOn, toOn, value, ...rest } = row;
  return {
    ...rest,
    kind: row.kind as FactKind,
    fromOn: fromDateColumn(fromOn),
    toOn: toOn && fromDateColumn(toOn),
    value: value as Fact['value'],
  };
}

/**
 * Records a fact. Of the kinds that succeed each other the one before is closed on the day before; a fact from the same day is thereby
 * corrected. Refuses one that would run into a later fact. Rows are only ever added: a changed one ends, and stands again as it is now known.
 */
export async function addFact<K extends FactKind>(tx: Tx, input: NewFact<K>, at: Date): Promise<FactRecorded<K> | Refusal> {
  const { personId, kind, fromOn } = input;
  const value = factValues[kind].parse(input.value) as FactValue<K>;
  const current = await lockedFacts(tx, personId, kind);
  const succeeds = successiveKinds.includes(kind);
  const next = succeeds ? current.find((fact) => fact.fromOn > fromOn) : undefined;
  const toOn = input.toOn ?? (next ? addDays(next.fromOn, -1) : null);
  if (toOn !== null && toOn < fromOn) throw new RangeError(`A fact from ${fromOn} to ${toOn}`);
  if (next && toOn !== null && toOn >= next.fromOn) return refuse('FactOverlaps', { fromOn: next.fromOn });
  const before =
    current.find((fact) => fact.fromOn === fromOn || (succeeds && fact.fromOn < fromOn && (fact.toOn ?? fromOn) >= fromOn)) ?? null;
  const change: FactChange = { added: [], ended: [] };
  if (before) {
    await endRow(tx, before, change, at);
    if (before.fromOn < fromOn) await writeRow(tx, personId, { ...before, toOn: addDays(fromOn, -1) }, change, at);
  }
  const { unitCode = null, ground, assumed = false } = input;
  const fact = await writeRow(tx, personId, { kind, fromOn, toOn, value, unitCode, ground, assumed }, change, at);
  return { fact: fact as Fact<K>, before: before as Fact<K> | null, change };
}

/** Closes a fact on its last day. Refuses one that is no longer the recorded truth. */
export async function endFact(tx: Tx, { id, toOn }: { id: string; toOn: IsoDate }, at: Date): Promise<FactRecorded | Refusal> {
  return correctFact(tx, { id, toOn }, at);
}

/** Corrects a fact as it was recorded: the wrong row stays with the moment at which it ended. Refuses where it would run into a neighbour. */
export async function correctFact(
  tx: Tx,
  { id, ...corrections }: { id: string } & Partial<Pick<Fact, 'fromOn' | 'toOn' | 'value' | 'unitCode' | 'ground' | 'assumed'>>,
  at: Date,
): Promise<FactRecorded | Refusal> {
  const found = await currentFact(tx, id);
  if (!found) return refuse('FactNotCurrent');
  const { personId, fact: before } = found;
  const corrected = { ...before, ...corrections };
  factValues[before.kind].parse(corrected.value);
  if (corrected.toOn !== null && corrected.toOn < corrected.fromOn)
    throw new RangeError(`A fact from ${corrected.fromOn} to ${corrected.toOn}`);
  const others = (await lockedFacts(tx, personId, before.kind)).filter((fact) => fact.id !== id);
  const hit = successiveKinds.includes(before.kind) ? others.find((fact) => overlap(fact, corrected)) : undefined;
  if (hit) return refuse('FactOverlaps', { fromOn: hit.fromOn });
  const change: FactChange = { added: [], ended: [] };
  await endRow(tx, before, change, at);
  return { fact: await writeRow(tx, personId, corrected, change, at), before, change };
}

/** Takes a change back: what it added ends, what it ended stands again. Refuses when something was built on it since. */
export async function undoFactChange(tx: Tx, { added, ended }: FactChange, at: Date): Promise<FactChange | Refusal> {
  const change: FactChange = { added: [], ended: [] };
  const stands = added.filter((id) => !ended.includes(id)); // the others came and went within the change
  for (const id of stands) {
    const found = await currentFact(tx, id);
    if (!found) return refuse('FactNotCurrent');
    await endRow(tx, found.fact, change, at);
  }
  for (const row of await tx.personFact.findMany({ where: { id: { in: ended.filter((id) => !added.includes(id)) } } }))
    await writeRow(tx, row.personId, asFact(row), change, at);
  return change;
}

/** The first facts of new people, many at a time: nothing can stand before or after them. */
export async function addFirstFacts(tx: Tx, facts: readonly NewFact[], at: Date): Promise<void> {
  const rows = facts.map(({ kind, value, toOn = null, unitCode = null, assumed = false, ...fact }) => ({
    ...fact,
    kind,
    toOn,
    unitCode,
    assumed,
    value: factValues[kind].parse(value),
  }));
  await tx.$executeRaw`
    INSERT INTO person_fact (id, person_id, kind, from_on, to_on, value, unit_code, ground, assumed, recorded_at)
    SELECT gen_random_uuid(), "personId", kind, "fromOn", "toOn", value, "unitCode", ground, assumed, ${at}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS row
      ("personId" uuid, kind text, "fromOn" date, "toOn" date, value jsonb, "unitCode" text, ground text, assumed boolean)`;
}

const overlap = (a: Pick<Fact, 'fromOn' | 'toOn'>, b: Pick<Fact, 'fromOn' | 'toOn'>) =>
  (b.toOn === null || a.fromOn <= b.toOn) && (a.toOn === null || b.fromOn <= a.toOn);

/** The recorded facts of a kind in order of time. Acts on one person's facts wait for each other. */
async function lockedFacts(tx: Tx, personId: string, kind: FactKind): Promise<Fact[]> {
  const people = await tx.$queryRaw<unknown[]>`SELECT id FROM person WHERE id = ${personId}::uuid FOR NO KEY UPDATE`;
  if (people.length === 0) throw new Error(`No person ${personId}`);
  const rows = await tx.personFact.findMany({ where: { personId, kind, endedAt: null }, orderBy: { fromOn: 'asc' } });
  return rows.map(asFact);
}

async function currentFact(tx: Tx, id: string): Promise<{ personId: string; fact: Fact } | null> {
  const seen = await tx.personFact.findUnique({ where: { id }, select: { personId: true, kind: true } });
  if (!seen) return null;
  const fact = (await lockedFacts(tx, seen.personId, seen.kind as FactKind)).find((each) => each.id === id);
  return fact ? { personId: seen.personId, fact } : null;
}

async function endRow(tx: Tx, { id }: Fact, change: FactChange, at: Date): Promise<void> {
  await tx.personFact.update({ where: { id }, data: { endedAt: at } });
  change.ended.push(id);
}

async function writeRow(
  tx: Tx,
  personId: string,
  { kind, fromOn, toOn, value, unitCode, ground, assumed }: Omit<Fact, 'id' | 'recordedAt' | 'endedAt'>,
  change: FactChange,
  at: Date,
): Promise<Fact> {
  const row = await tx.personFact.create({
    data: {
      id: randomUUID(),
      personId,
      kind,
      fromOn: toDateColumn(fromOn),
      toOn: toOn && toDateColumn(toOn),
      value: value as object,
      unitCode,
      ground,
      assumed,
      recordedAt: at,
    },
  });
  change.added.push(row.id);
  return asFact(row);
}
