import type { Db, Tx } from '../db.ts';
import { contractOf, type DeskRoom } from '../desk/room.ts';
import { listedOf } from '../domain/campaign-words.ts';
import type { Conversion } from '../domain/conversion.ts';
import type { ToCompute } from '../domain/listed.ts';
import { appendMany } from '../ledger/append.ts';

type Waiting = Omit<ToCompute, 'batch'> & { caseId: string; batchId: string; personId: string | null; process: string };

/**
 * Computes the result of up to a hundred people of one batch under their cases' locks, as their process says: from the roster, the answers that count in
 * their order, and a role taken up since, by what the batch pinned. Inputs and outputs stand with the person and in their chain of the ledger.
 */
export async function computeFor(tx: Tx, room: DeskRoom, caseIds: readonly string[], at: Date): Promise<void> {
  const ids = [...caseIds].sort();
  await tx.$queryRaw`SELECT 1 FROM "case" WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE`;
  const [first] = await tx.case.findMany({ where: { id: { in: ids } }, select: { process: true }, take: 1 });
  const computes = first && listedOf(contractOf(room, first.process)).computes;
  if (!computes) return;
  const people = await tx.$queryRaw<Waiting[]>`
    SELECT i.case_id AS "caseId", i.batch_id AS "batchId", i.person_id AS "personId", i.county, i.roster, i.override, c.process,
      coalesce((SELECT jsonb_agg(t.answer ORDER BY t.closed_at) FROM task t JOIN stage_run r ON r.case_id = t.case_id AND r.stage = t.stage AND r.round = t.round AND r.status = 'closed'
        WHERE t.case_id = c.id AND t.stage = ANY(${[...computes.from]}::text[]) AND t.status = 'done' AND t.part <> 'advice'), '[]') AS answers
    FROM batch_item i JOIN "case" c ON c.id = i.case_id WHERE i.case_id = ANY(${ids}::uuid[]) ORDER BY i.case_id`;
  if (people.length === 0) return;
  const batch = await tx.case.findUniqueOrThrow({ where: { id: people[0]!.batchId }, select: { input: true, pinned: true } });
  const about = batch as unknown as ToCompute['batch'];
  const results = people.map((person) => ({ ...person, result: computes.result({ ...person, batch: about }) }));
  await tx.$executeRaw`
    UPDATE batch_item i SET result = r.result FROM jsonb_to_recordset(${JSON.stringify(results.map(({ caseId, result }) => ({ caseId, result })))}::jsonb) AS r ("caseId" uuid, result jsonb)
    WHERE i.case_id = r."caseId"`;
  await appendMany(
    tx,
    results.map(({ caseId, personId, result }) => ({
      chain: `case:${caseId}` as const,
      accepted: true,
      at,
      actor: null,
      caseId,
      personId,
      ...computes.entry(result as never),
    })),
  );
}

/** The conversion as it was computed last; null before. */
export async function conversionOf(db: Db | Tx, caseId: string): Promise<Conversion | null> {
  const item = await db.batchItem.findUnique({ where: { caseId }, select: { result: true } });
  return (item?.result ?? null) as unknown as Conversion | null;
}
