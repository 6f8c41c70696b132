import { z } from 'zod';
import { randomUUID } from 'node:crypto';
import type { Person } from '../../prisma/generated/client.ts';
import type { Tx } from '../db.ts';
import { fromDateColumn, type IsoDate } from '../domain/dates.ts';
import { factTitle, type Fact, type FactKind } from '../domain/person.ts';
import type { Certificate, Education, PoliticalStatus, Sex } from '../domain/person-words.ts';
import { refuse, type Refusal } from '../domain/refusal.ts';
import type { Unit } from '../domain/unit.ts';
import { unitChain } from '../units/units.ts';
import { asFact } from './facts.ts';
import { indexOf, openIdNumber, sealIdNumber, type PersonKeys } from './keys.ts';

/** A person to be put on record. Without `staffNo` the next free number is given. */
export interface NewPerson {
  staffNo?: string;
  name: string;
  sex: Sex;
  ethnicity: string | null;
  bornOn: IsoDate;
  idNo: string;
  politicalStatus: PoliticalStatus | null;
  education: Education | null;
  certificate: Certificate | null;
  phone: string | null;
  email: string | null;
}

/** Puts people on record and returns their ids in the same order. An ID number that is already on record fails the transaction: look first. */
export async function addPeople(
  tx: Tx,
  keys: PersonKeys,
  people: readonly NewPerson[],
  at: Date,
): Promise<{ id: string; staffNo: string }[]> {
  const free = await nextStaffNumbers(tx, people.filter(({ staffNo }) => staffNo === undefined).length);
  const rows = people.map(({ idNo, staffNo, ...person }) => {
    const { idNoCipher, ...sealed } = sealIdNumber(keys, idNo);
    const cipher = Buffer.from(idNoCipher).toString('base64');
    return { ...person, ...sealed, cipher, id: randomUUID(), staffNo: staffNo ?? (free.shift() as string) };
  });
  await tx.$executeRaw`
    INSERT INTO person (id, staff_no, name, sex, ethnicity, born_on, id_no_cipher, id_no_index, id_no_masked, political_status, education, certificate,
      phone, email, created_at)
    SELECT id, "staffNo", name, sex, ethnicity, "bornOn", decode(cipher, 'base64'), "idNoIndex", "idNoMasked", "politicalStatus", education, certificate,
      phone, email, ${at}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS row (id uuid, "staffNo" text, name text, sex text, ethnicity text, "bornOn" date,
      cipher text, "idNoIndex" text, "idNoMasked" text, "politicalStatus" text, education text, certificate text, phone text, email text)`;
  return rows.map(({ id, staffNo }) => ({ id, staffNo }));
}

/** Puts somebody on record whose ID number is sealed already (an applicant who is hired). Who has it on record already is the same person. */
export async function addSealedPerson(
  tx: Tx,
  person: Omit<Person, 'id' | 'staffNo' | 'createdAt'>,
  at: Date,
): Promise<{ id: string; staffNo: string }> {
  const select = { id: true, staffNo: true } as const;
  const known = await tx.person.findUnique({ where: { idNoIndex: person.idNoIndex }, select });
  if (known) return known;
  const [staffNo] = await nextStaffNumbers(tx, 1);
  return tx.person.create({ data: { ...person, staffNo: staffNo!, createdAt: at }, select });
}

/** E00001, E00002 … behind the highest in use. Whoever asks second waits for the first one's transaction. */
async function nextStaffNumbers(tx: Tx, count: number): Promise<string[]> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('staffNo'))`;
  const [row] = await tx.$queryRaw<
    [{ last: number | null }]
  >`SELECT max(substr(staff_no, 2)::int) AS last FROM person WHERE staff_no ~ '^E[0-9]{5,8}$'`;
  return Array.from({ length: count }, (_, i) => `E${String((row.last ?? 0) + i + 1).padStart(5, '0')}`);
}

/** Which of these ID numbers are on record already, and whose they are. */
export async function peopleByIdNumber(
  tx: Tx,
  keys: PersonKeys,
  idNos: readonly string[],
): Promise<Map<string, { id: string; staffNo: string; name: string }>> {
  const byIndex = new Map(idNos.map((idNo) => [indexOf(keys, idNo), idNo]));
  const select = { id: true, staffNo: true, name: true, idNoIndex: true } as const;
  const rows = await tx.person.findMany({ where: { idNoIndex: { in: [...byIndex.keys()] } }, select });
  return new Map(rows.map(({ idNoIndex, ...person }) => [byIndex.get(idNoIndex) as string, person]));
}

/** The full ID number. Who may see it, and that they did, is the caller's to check and record. */
export async function revealIdNumber(tx: Tx, keys: PersonKeys, id: string): Promise<string | Refusal> {
  const row = await tx.person.findUnique({ where: { id }, select: { idNoCipher: true, idNoIndex: true } });
  return row ? openIdNumber(keys, row) : refuse('NotFound', { what: '这名人员' });
}

/** A recorded fact with its line for people. */
export type TitledFact = Fact & { title: string };

/** A person as they stood on a day, by what was known at a moment. */
export interface PersonAsOf extends Omit<Person, 'idNoCipher' | 'idNoIndex' | 'bornOn'> {
  bornOn: IsoDate;
  on: IsoDate;
  /** From the city down to the community of the employment in force; empty when there is none. */
  units: Unit[];
  /** The fact of each kind that was true on the day; of ratings the latest year begun by then. */
  inForce: { [K in FactKind]?: Fact<K> };
  /** Everything recorded, the latest first; what was corrected carries the moment at which its record ended. */
  facts: TitledFact[];
}

/** One person on a day. `knownAt`: as the record stood at that moment, without what was added or corrected since. */
export async function personAsOf(tx: Tx, id: string, on: IsoDate, knownAt?: Date): Promise<PersonAsOf | null> {
  const row = await tx.person.findUnique({ where: { id }, omit: { idNoCipher: true, idNoIndex: true } });
  if (!row) return null;
  const where = { personId: id, ...(knownAt && { recordedAt: { lte: knownAt } }) };
  const rows = await tx.personFact.findMany({ where, orderBy: [{ fromOn: 'desc' }, { recordedAt: 'desc' }] });
  const facts = rows.map(asFact).map((fact) => (knownAt && fact.endedAt && fact.endedAt > knownAt ? { ...fact, endedAt: null } : fact));
  const inForce = factsOn(facts, on);
  const unitCode = inForce.employment?.unitCode;
  return {
    ...row,
    bornOn: fromDateColumn(row.bornOn),
    on,
    units: unitCode ? await unitChain(tx, unitCode) : [],
    inForce,
    facts: facts.map((fact) => ({ ...fact, title: factTitle(fact.kind, fact.value) })),
  };
}

function factsOn(facts: readonly Fact[], on: IsoDate): PersonAsOf['inForce'] {
  const known = facts.filter(({ fromOn, endedAt }) => endedAt === null && fromOn <= on);
  const held = known.filter(({ kind, toOn }) => kind === 'rating' || toOn === null || on <= toOn);
  const byKind: Partial<Record<FactKind, Fact>> = {};
  for (const fact of held) byKind[fact.kind] ??= fact;
  return byKind as PersonAsOf['inForce'];
}

const isId = (value: unknown): value is string => z.uuid().safeParse(value).success;

/**
 * Holds people on record to the end of the transaction: whoever would take their import back waits, and then finds what was begun with them. Those whose
 * import was taken back a moment before are not there any more. The ids that are held.
 */
export async function holdPeople(tx: Tx, personIds: readonly unknown[]): Promise<Set<string>> {
  const rows = await tx.$queryRaw<
    { id: string }[]
  >`SELECT id FROM person WHERE id = ANY(${personIds.filter(isId)}::uuid[]) ORDER BY id FOR KEY SHARE`;
  return new Set(rows.map(({ id }) => id));
}
