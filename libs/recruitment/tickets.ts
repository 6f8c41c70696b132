import type { Tx } from '../db.ts';
import { dateOf, yearOf } from '../domain/dates.ts';

/**
 * 编发准考证: a number for each application that passed the initial check, by post and then in the order in which they came in. Year, county, five digits:
 * 2026 03 00017. Numbers that were given stay. Returns how many were given now.
 */
export async function issueTickets(tx: Tx, batchId: string, at: Date): Promise<number> {
  const { countyCode } = await tx.recruitmentBatch.findUniqueOrThrow({ where: { batchId }, select: { countyCode: true } });
  await tx.$queryRaw`SELECT 1 FROM recruitment_batch WHERE batch_id = ${batchId}::uuid FOR UPDATE`;
  const prefix = `${yearOf(dateOf(at))}${countyCode.slice(4, 6)}`;
  return tx.$executeRaw`
    WITH last AS (SELECT coalesce(max(right(ticket_no, 5)::int), 0) AS n FROM application WHERE batch_id = ${batchId}::uuid),
    wanted AS (
      SELECT a.case_id, row_number() OVER (ORDER BY p.no, a.submitted_at, a.import_row NULLS LAST, c.id_no_index) AS n
      FROM application a JOIN recruitment_post p ON p.batch_id = a.batch_id AND p.code = a.post_code JOIN candidate c ON c.id = a.candidate_id
      WHERE a.batch_id = ${batchId}::uuid AND a.standing = 'qualified' AND a.ticket_no IS NULL AND p.opening IS DISTINCT FROM 'cancelled'
    )
    UPDATE application SET ticket_no = ${prefix} || lpad((last.n + wanted.n)::text, 5, '0') FROM wanted, last WHERE application.case_id = wanted.case_id`;
}
