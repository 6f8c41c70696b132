import { Prisma } from '../../prisma/generated/client.ts';
import type { Db, Tx } from '../db.ts';
import type { Act } from './entry.ts';

/** What to look for. `q` finds people by name or staff number and officers by name; `before` is the cursor of the page above. */
export interface EntriesQuery {
  caseId?: string;
  personId?: string;
  accountId?: string;
  verb?: string;
  accepted?: boolean;
  from?: Date;
  to?: Date;
  q?: string;
  before?: string;
  limit: number;
}

/** An entry as the audit page shows it: who, what, about whom, the whole recorded act, and the seal that covers it. */
export interface EntryRow {
  id: string;
  chain: string;
  seq: number;
  hash: string;
  at: Date;
  verb: string;
  accepted: boolean;
  account: { id: string; name: string | null } | null;
  case: { id: string; caseNo: string | null; title: string | null; process: string | null } | null;
  person: { id: string; name: string | null; staffNo: string | null } | null;
  act: Omit<Act, 'at'> & { at: string };
  sealNo: number | null;
}

interface Row extends Omit<EntryRow, 'id' | 'hash' | 'account' | 'case' | 'person' | 'act'> {
  id: bigint;
  hash: Uint8Array;
  body: string;
  accountId: string | null;
  accountName: string | null;
  caseId: string | null;
  caseNo: string | null;
  caseTitle: string | null;
  process: string | null;
  personId: string | null;
  personName: string | null;
  staffNo: string | null;
}

/** Entries, newest first, by keyset: `next` is the cursor of the page below, null on the last one. `from` is included, `to` is not. */
export async function entriesPage(db: Db | Tx, query: EntriesQuery): Promise<{ items: EntryRow[]; next: string | null }> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT e.id, e.chain, e.seq, e.hash, e.at, e.verb, e.accepted, e.body, i.seal_no AS "sealNo",
      e.account_id AS "accountId", a.display_name AS "accountName",
      e.case_id AS "caseId", c.case_no AS "caseNo", c.title AS "caseTitle", c.process,
      e.person_id AS "personId", p.name AS "personName", p.staff_no AS "staffNo"
    FROM (SELECT * FROM ledger_entry e WHERE ${conditions(query)} ORDER BY e.id DESC LIMIT ${query.limit + 1}) e
    LEFT JOIN account a ON a.id = e.account_id
    LEFT JOIN "case" c ON c.id = e.case_id
    LEFT JOIN person p ON p.id = e.person_id
    LEFT JOIN ledger_seal_item i ON i.entry_id = e.id
    ORDER BY e.id DESC`;
  const page = rows.slice(0, query.limit).map(rowOf);
  return { items: page, next: rows.length > query.limit ? page.at(-1)!.id : null };
}

function conditions({ caseId, personId, accountId, verb, accepted, from, to, q, before }: EntriesQuery): Prisma.Sql {
  const all = [Prisma.sql`true`];
  if (caseId) all.push(Prisma.sql`e.case_id = ${caseId}::uuid`);
  if (personId) all.push(Prisma.sql`e.person_id = ${personId}::uuid`);
  if (accountId) all.push(Prisma.sql`e.account_id = ${accountId}::uuid`);
  if (verb) all.push(Prisma.sql`e.verb = ${verb}`);
  if (accepted !== undefined) all.push(Prisma.sql`e.accepted = ${accepted}`);
  if (from) all.push(Prisma.sql`e.at >= ${from}`);
  if (to) all.push(Prisma.sql`e.at < ${to}`);
  if (before) all.push(Prisma.sql`e.id < ${BigInt(before)}`);
  if (q?.trim()) all.push(namedBy(q.trim()));
  return Prisma.join(all, ' AND ');
}

// Names first, entries by their indexes after: the arrays are small, the ledger is not.
function namedBy(q: string): Prisma.Sql {
  const like = `%${q.replace(/[\\%_]/g, '\\$&')}%`;
  return Prisma.sql`(
    e.person_id = ANY(ARRAY(SELECT id FROM person WHERE name LIKE ${like} OR staff_no ILIKE ${like}))
    OR e.account_id = ANY(ARRAY(SELECT id FROM account WHERE display_name LIKE ${like})))`;
}

function rowOf({
  id,
  hash,
  body,
  accountId,
  accountName,
  caseId,
  caseNo,
  caseTitle,
  process,
  personId,
  personName,
  staffNo,
  ...row
}: Row): EntryRow {
  return {
    ...row,
    id: String(id),
    hash: Buffer.from(hash).toString('hex'),
    account: accountId ? { id: accountId, name: accountName } : null,
    case: caseId ? { id: caseId, caseNo, title: caseTitle, process } : null,
    person: personId ? { id: personId, name: personName, staffNo } : null,
    act: JSON.parse(body) as EntryRow['act'],
  };
}
