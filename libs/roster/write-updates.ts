import { randomUUID } from 'node:crypto';
import type { PostHeld } from '../../prisma/generated/client.ts';
import type { Tx } from '../db.ts';
import { addDays, fromDateColumn, toDateColumn } from '../domain/dates.ts';
import { isRefusal } from '../domain/refusal.ts';
import { addFact, addFirstFacts, correctFact, undoFactChange, type FactChange, type NewFact } from '../people/facts.ts';
import { currentEmployment, PARTICULARS, type FieldChange, type Known, type Particular, type Planned } from './compare.ts';
import type { Writing, Written } from './writing.ts';
import { placement, postOf, postsOf, ratingFact, standing, statusOn } from './derive.ts';
import type { RosterRecord } from './rules.ts';

type Update = Extract<Planned, { known: Known }>;

/** What an update replaced, so that it can be taken back: particulars before and after, facts by id, posts as they were. */
export interface UpdateUndo {
  particulars: Partial<Record<Particular, { before: string | null; after: string }>>;
  facts: FactChange;
  posts: { added: string[]; closed: PostHeld[] };
}

/** Brings people on record up to date. Particulars and new ratings go in bulk, the rare moves and corrections one by one. */
export async function writeUpdates(writing: Writing, updates: readonly Update[]): Promise<Written[]> {
  if (updates.length === 0) return [];
  await writeParticulars(writing.tx, updates);
  await addNewRatings(writing, updates);
  const written: Written[] = [];
  for (const update of updates) {
    const facts = await writeFacts(writing, update);
    const posts = moves(update.changes) ? await writePosts(writing, update) : { added: [], closed: [] };
    const undo: UpdateUndo = { particulars: particularsOf(update), facts, posts };
    written.push({ row: update.record.row, personId: update.known.id, action: 'update', undo, ...entryOf(update.changes) });
  }
  return written;
}

/** Phone numbers and addresses do not stand in the ledger, only that they changed. */
function entryOf(changes: readonly FieldChange[]): { before: object; after: object } {
  const open = (field: string, value: string | null) => (field === 'phone' || field === 'email' ? value && '…' : value);
  return {
    before: Object.fromEntries(changes.map(({ field, before }) => [field, open(field, before)])),
    after: Object.fromEntries(changes.map(({ field, after }) => [field, open(field, after)])),
  };
}

const isParticular = (field: string): field is Particular => PARTICULARS.some((one) => one === field);
const particularsOf = ({ changes }: Update): UpdateUndo['particulars'] =>
  Object.fromEntries(changes.filter(({ field }) => isParticular(field)).map(({ field, before, after }) => [field, { before, after }]));

async function writeParticulars(tx: Tx, updates: readonly Update[]): Promise<void> {
  const rows = updates.flatMap(({ known, changes }) => {
    const changed = Object.fromEntries(changes.filter(({ field }) => isParticular(field)).map(({ field, after }) => [field, after]));
    return Object.keys(changed).length > 0 ? [{ id: known.id, ...known.particulars, ...changed }] : [];
  });
  if (rows.length === 0) return;
  await tx.$executeRaw`
    UPDATE person p SET ethnicity = r.ethnicity, political_status = r."politicalStatus", education = r.education, certificate = r.certificate, phone = r.phone, email = r.email
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r (id uuid, ethnicity text, "politicalStatus" text, education text, certificate text, phone text, email text)
    WHERE p.id = r.id`;
  // An account that nobody uses yet takes the address on record; one in use is its holder's own.
  await tx.$executeRaw`
    UPDATE account a SET email = p.email FROM person p
    WHERE p.id = a.person_id AND a.status = 'inactive' AND a.email IS DISTINCT FROM p.email AND p.id = ANY(${rows.map(({ id }) => id)}::uuid[])`;
}

const ratingOf = ({ known }: Update, year: number) =>
  known.facts.find(({ kind, value }) => kind === 'rating' && 'year' in value && value.year === year);

/** Ratings of years that had none stand beside the others: nothing can be in their way. */
async function addNewRatings({ tx, ground, at }: Writing, updates: readonly Update[]): Promise<void> {
  const facts = updates.flatMap((update): NewFact[] =>
    update.record.ratings
      .filter(({ year }) => !ratingOf(update, year))
      .map((one) => ({ ...ratingFact(one, ground), personId: update.known.id })),
  );
  await addFirstFacts(tx, facts, at);
}

const has = (changes: readonly FieldChange[], ...fields: string[]) => changes.some(({ field }) => fields.includes(field));
const moves = (changes: readonly FieldChange[]) => has(changes, 'community', 'postTitle', 'joinedOn');

async function writeFacts(writing: Writing, update: Update): Promise<FactChange> {
  const { tx, ground, at } = writing;
  const { record, known, changes } = update;
  const change: FactChange = { added: [], ended: [] };
  const keep = (one: { change: FactChange } | object) => {
    if (isRefusal(one) || !('change' in one)) throw new Error('A fact that an import may change was in the way of another');
    const { added, ended } = one.change as FactChange;
    change.added.push(...added);
    change.ended.push(...ended);
  };
  for (const one of record.ratings) {
    const fact = ratingOf(update, one.year);
    if (fact && 'rating' in fact.value && fact.value.rating !== one.rating)
      keep(await correctFact(tx, { id: fact.id, value: ratingFact(one, ground).value, ground }, at));
  }
  if (has(changes, 'joinedOn')) await standAnew(writing, update, keep);
  else if (has(changes, 'community', 'postTitle')) {
    for (const fact of moved(writing, record, known)) keep(await addFact(tx, { ...fact, personId: known.id }, at));
  }
  return change;
}

/** Another first day changes everything that was counted from it: the import's earlier word is withdrawn and said again. */
async function standAnew(
  { tx, ground, on, at, assumptions }: Writing,
  { record, known }: Update,
  keep: (one: object) => void,
): Promise<void> {
  const old = known.facts.filter(({ kind }) => kind !== 'rating').map(({ id }) => id);
  const withdrawn = await undoFactChange(tx, { added: old, ended: [] }, at);
  keep({ change: withdrawn });
  for (const fact of standing(record, on, ground, assumptions(record))) keep(await addFact(tx, { ...fact, personId: known.id }, at));
}

/** Another community or post from the day of the import on; with another post another grade, unless on probation. */
function moved({ ground, on, assumptions }: Writing, record: RosterRecord, known: Known) {
  const current = currentEmployment(known, on);
  const post = postOf(record, assumptions(record));
  const status = current?.value.status ?? statusOn(record, on, assumptions(record));
  const value = { status, postTitle: record.postTitle, post, joinedOn: record.joinedOn };
  const employment = {
    kind: 'employment' as const,
    fromOn: current ? on : record.joinedOn,
    value,
    unitCode: record.unit.code,
    ground,
    assumed: true,
  };
  const placed = status === 'formal' && current?.value.post !== post;
  return placed ? [employment, placement(record, on, ground, assumptions(record))] : [employment];
}

/** Posts follow the person: those in the old community end the day before, those in the new one begin with the import. */
async function writePosts({ tx, on }: Writing, { record, known }: Update): Promise<UpdateUndo['posts']> {
  const changed: UpdateUndo['posts'] = { added: [], closed: [] };
  if (!known.account) return changed;
  const accountId = known.account.id;
  const wanted = postsOf(record, on);
  const unitCode = record.unit.code;
  const held = await tx.postHeld.findMany({
    where: { accountId, role: { in: ['WORKER', 'COMMUNITY_SECRETARY'] }, OR: [{ toOn: null }, { toOn: { gte: toDateColumn(on) } }] },
  });
  for (const post of held) {
    const still = wanted.find(({ role }) => role === post.role && post.unitCode === unitCode);
    if (still && post.title === record.postTitle) continue;
    changed.closed.push(post);
    // A post that would end before it began never was.
    if (fromDateColumn(post.fromOn) >= on) await tx.postHeld.delete({ where: { id: post.id } });
    else await tx.postHeld.update({ where: { id: post.id }, data: { toOn: toDateColumn(addDays(on, -1)) } });
  }
  const closed = new Set(changed.closed.map(({ id }) => id));
  const kept = held.filter(({ id }) => !closed.has(id));
  for (const { role } of wanted) {
    if (kept.some((post) => post.role === role)) continue;
    const id = randomUUID();
    await tx.postHeld.create({ data: { id, accountId, role, unitCode, title: record.postTitle, fromOn: toDateColumn(on) } });
    changed.added.push(id);
  }
  return changed;
}
