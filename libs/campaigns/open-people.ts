import { randomUUID } from 'node:crypto';
import type { Tx } from '../db.ts';
import { caseNoPrefix } from '../desk/start.ts';
import { holdPeople } from '../people/people.ts';
import type { CaseState } from '../desk/state.ts';
import { unitsAbove } from '../desk/when.ts';
import { contractOf, type DeskRoom } from '../desk/room.ts';
import type { ConversionFacts } from '../domain/conversion.ts';
import { dateOf, yearOf, type IsoDate } from '../domain/dates.ts';
import { appendMany } from '../ledger/append.ts';

/** People in one transaction. */
export const AT_ONCE = 500;

/** The room of those who are in post: who belongs, where a contract says so by this name. */
export const EMPLOYED = 'employed';

interface Found {
  personId: string;
  staffNo: string;
  name: string;
  accountId: string | null;
  unitCode: string;
  facts: ConversionFacts;
}

/** Who may be put on a batch's list. */
export type Wanted = { scope: string; limit: number } | { personIds: readonly string[] };

/**
 * Full-time community workers in their posts on the cut-off date and still there, who are in no such batch yet: with what is known of them. In the order
 * of their staff numbers.
 */
export async function peopleFor(
  tx: Tx,
  process: string,
  batchId: string,
  cutOffOn: IsoDate,
  on: IsoDate,
  wanted: Wanted,
): Promise<Found[]> {
  const scope = 'scope' in wanted ? wanted.scope : null;
  const ids = 'personIds' in wanted ? [...wanted.personIds] : [];
  return tx.$queryRaw<Found[]>`
    SELECT p.id AS "personId", p.staff_no AS "staffNo", p.name, (SELECT a.id FROM account a WHERE a.person_id = p.id) AS "accountId", f.unit_code AS "unitCode",
      jsonb_build_object('joinedOn', f.value ->> 'joinedOn', 'postTitle', f.value ->> 'postTitle', 'education', p.education, 'certificate', p.certificate,
        'placed', (SELECT jsonb_build_object('post', g.value -> 'post', 'globalStep', g.value -> 'globalStep', 'profile', g.value -> 'profile') FROM person_fact g
          WHERE g.person_id = p.id AND g.kind = 'post-grade-step' AND g.ended_at IS NULL AND g.from_on <= ${on}::date AND (g.to_on IS NULL OR g.to_on >= ${on}::date) LIMIT 1),
        'retainedBefore', coalesce((SELECT (g.value ->> 'retained')::int FROM person_fact g
          WHERE g.person_id = p.id AND g.kind = 'pay' AND g.ended_at IS NULL AND g.from_on <= ${on}::date AND (g.to_on IS NULL OR g.to_on >= ${on}::date) LIMIT 1), 0)) AS facts
    FROM person_fact f JOIN person p ON p.id = f.person_id JOIN unit u ON u.code = f.unit_code
    WHERE f.kind = 'employment' AND f.ended_at IS NULL AND f.value ->> 'status' <> 'ended' AND f.from_on <= ${cutOffOn}::date AND (f.to_on IS NULL OR f.to_on >= ${cutOffOn}::date)
      AND (${scope}::text IS NULL OR starts_with(u.path, ${scope})) AND (${scope}::text IS NOT NULL OR p.id = ANY(${ids}::uuid[]))
      AND NOT EXISTS (SELECT FROM person_fact e WHERE e.person_id = p.id AND e.kind = 'employment' AND e.ended_at IS NULL AND e.value ->> 'status' = 'ended' AND e.from_on <= ${on}::date)
      AND NOT EXISTS (SELECT FROM batch_item i WHERE i.batch_id = ${batchId}::uuid AND i.person_id = p.id)
      AND NOT EXISTS (SELECT FROM "case" c WHERE c.process = ${process} AND c.person_id = p.id AND c.status <> 'ended')
    ORDER BY p.staff_no LIMIT ${'limit' in wanted ? wanted.limit : ids.length}`;
}

/**
 * Gives each person a case of their own on the batch's list, with its ledger entry and without a story: in the caller's transaction, in a few statements
 * for all. `apart` puts them beside the list from the beginning, and their stories begin at once. Returns how many.
 */
export async function openCases(
  tx: Tx,
  room: DeskRoom,
  batch: CaseState,
  people: readonly Found[],
  at: Date,
  apart: { kind: string; reason: string } | null = null,
): Promise<string[]> {
  if (people.length === 0) return [];
  const contract = contractOf(room, contractOf(room, batch.process).people!);
  const prefixes = new Map<string, string>();
  const rows = [];
  const held = await holdPeople(
    tx,
    people.map(({ personId }) => personId),
  );
  for (const { personId, staffNo, name, accountId, unitCode, facts } of people) {
    // their import was taken back a moment ago
    if (!held.has(personId)) continue;
    const { community = unitCode, street = unitCode, county = unitCode } = await unitsAbove(tx, unitCode);
    if (!prefixes.has(county)) prefixes.set(county, await caseNoPrefix(tx, unitCode, contract.short, yearOf(dateOf(at))));
    const title = `${name} · ${contract.title}`;
    rows.push({
      id: randomUUID(),
      prefix: prefixes.get(county),
      key: staffNo,
      name,
      title,
      unitCode,
      accountId,
      personId,
      community,
      street,
      county,
      facts,
    });
  }
  const made = await tx.$queryRaw<{ id: string }[]>`
    WITH people AS (SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS p
      (id uuid, prefix text, key text, name text, title text, "unitCode" text, "accountId" uuid, "personId" uuid, community text, street text, county text, facts jsonb)),
    cases AS (
      INSERT INTO "case" (id, case_no, process, natural_key, run, title, unit_code, subject_id, person_id, starter_id, started_by_id, status, input, pinned, started_at, next_message_no)
      SELECT id, prefix || lpad(nextval('case_no_seq')::text, 5, '0'), ${contract.name}, key, (SELECT count(*)::int + 1 FROM "case" c WHERE c.process = ${contract.name} AND c.natural_key = key), title, "unitCode", "accountId", "personId", ${batch.starterId}::uuid, ${batch.startedById}::uuid,
        'running', ${JSON.stringify(inputOf(batch))}::jsonb || jsonb_build_object('personId', "personId", 'batchId', ${batch.id}::text), ${JSON.stringify(pinnedOf(batch))}::jsonb, ${at}, ${apart ? 2 : 1}
      FROM people ORDER BY key ON CONFLICT DO NOTHING RETURNING id
    ), told AS (
      INSERT INTO message (case_id, no, body, created_at) SELECT id, 1, '{"no": 1, "kind": "started"}'::jsonb, ${at} FROM cases WHERE ${apart !== null}
    )
    INSERT INTO batch_item (case_id, batch_id, person_id, no, name, community, street, county, apart, reason, roster, joined_at)
    SELECT p.id, ${batch.id}::uuid, "personId", key, p.name, community, street, county, ${apart?.kind ?? null}, ${apart?.reason ?? null}, facts, ${at} FROM people p JOIN cases ON cases.id = p.id
    RETURNING case_id AS id`;
  const ids = new Set(made.map(({ id }) => id));
  await appendMany(
    tx,
    rows
      .filter(({ id }) => ids.has(id))
      .map(({ id, personId, title, key }) => ({
        chain: `case:${id}` as const,
        verb: 'case.start',
        accepted: true,
        at,
        actor: batch.starterId ? { accountId: batch.starterId } : null,
        caseId: id,
        personId,
        after: { batchId: batch.id, cutOffOn: batch.input.cutOffOn },
        detail: { process: contract.name, naturalKey: key, title, batchNo: batch.caseNo },
      })),
  );
  return [...ids];
}

/** Puts those in post within the batch's unit on its list, some hundred at a time; whether there are more. */
export async function enrolEmployed(tx: Tx, room: DeskRoom, batch: CaseState, at: Date): Promise<boolean> {
  const { path: scope } = await tx.unit.findUniqueOrThrow({ where: { code: batch.unitCode } });
  const process = contractOf(room, batch.process).people!;
  const found = await peopleFor(tx, process, batch.id, String(batch.input.cutOffOn), dateOf(at), { scope, limit: AT_ONCE });
  await openCases(tx, room, batch, found, at);
  return found.length === AT_ONCE;
}
const inputOf = ({ input: { unitCode: _, ...input } }: CaseState) => input;
const pinnedOf = ({ pinned: { notices = {}, within = {} } }: CaseState) => ({ notices, within });
