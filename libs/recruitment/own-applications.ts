import type { z } from 'zod';
import type { Db } from '../db.ts';
import type { ownApplication } from '../domain/api/candidates.ts';
import { examPlans } from '../domain/recruitment/announcement.ts';
import { outReasonTitle, standingTitles, type Standing } from '../domain/recruitment/standing.ts';

/** The applications of an account, the latest first, with what their candidate may know: no scores before they are ranked, nothing of anybody else. */
export async function ownApplications(db: Db, accountId: string): Promise<z.infer<typeof ownApplication>[]> {
  const candidate = await db.candidate.findUnique({ where: { accountId }, select: { id: true, name: true, idNoMasked: true } });
  if (!candidate) return [];
  const rows = await db.application.findMany({
    where: { candidateId: candidate.id },
    orderBy: [{ submittedAt: 'desc' }, { caseId: 'asc' }],
  });
  return Promise.all(
    rows.map(async (row) => {
      const batch = await db.recruitmentBatch.findUniqueOrThrow({ where: { batchId: row.batchId } });
      const post = await db.recruitmentPost.findUniqueOrThrow({ where: { batchId_code: { batchId: row.batchId, code: row.postCode } } });
      const unit = await db.unit.findUnique({ where: { code: post.unitCode }, select: { name: true } });
      const { caseNo } = await db.case.findUniqueOrThrow({ where: { id: row.caseId }, select: { caseNo: true } });
      const scores = await db.$queryRaw<{ paper: string; value: number | null }[]>`
        SELECT s.paper, s.value FROM score s WHERE s.case_id = ${row.caseId}::uuid AND NOT EXISTS (SELECT FROM score n WHERE n.replaces = s.id)`;
      const told = (paper: string, when: boolean) => {
        const score = when ? scores.find((one) => one.paper === paper) : undefined;
        return score ? (score.value ?? 'absent') : null;
      };
      const standing = row.standing as Standing;
      return {
        caseId: row.caseId,
        caseNo,
        batchId: row.batchId,
        batchTitle: batch.title,
        post: { code: post.code, title: post.title, unit: unit?.name ?? '' },
        name: candidate.name,
        idNoMasked: candidate.idNoMasked,
        submittedAt: row.submittedAt.toISOString(),
        standing,
        standingTitle: standingTitles[standing],
        reason: row.outReason && outReasonTitle(row.outReason),
        ticketNo: row.ticketNo,
        exams: examPlans.parse(batch.exams),
        written: told('written', row.writtenRank !== null || row.outStage === 'written'),
        writtenRank: row.writtenRank,
        interview: told('interview', row.total !== null),
        total: row.total,
        rank: row.rank,
        mayWaive: standing !== 'out' && standing !== 'hired',
      };
    }),
  );
}
