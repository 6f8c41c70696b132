import type { Tx } from '../db.ts';
import type { RecruitmentPost } from '../domain/recruitment/posts.ts';
import type { Batch, postsOf } from './batch.ts';
import type { PlannedRow } from './evaluate.ts';
import type { ReadRow } from './read-posts.ts';

type Standing = Awaited<ReturnType<typeof postsOf>>;

const line = ({ code, title, unitCode, planned, communities, requirements }: RecruitmentPost) =>
  JSON.stringify([
    code,
    title,
    unitCode,
    planned,
    communities.map(({ unitCode: unit, number }) => [unit, number]),
    Object.entries(requirements).sort(([a], [b]) => (a < b ? -1 : 1)),
  ]);

/** What the new table does to each line of the one that stands. */
export function planPosts(rows: readonly ReadRow<RecruitmentPost>[], standing: Standing): PlannedRow<RecruitmentPost>[] {
  const before = new Map(standing.map((post) => [post.code, line(post)]));
  return rows.map((row) => {
    const old = row.record && before.get(row.record.code);
    return { ...row, action: row.record ? (old === undefined ? 'new' : old === line(row.record) ? 'unchanged' : 'update') : null };
  });
}

/** Puts the table in the place of the one before, under the next version. Returns the version. */
export async function writePosts(tx: Tx, { batchId }: Batch, posts: readonly RecruitmentPost[]): Promise<number> {
  await tx.recruitmentPost.deleteMany({ where: { batchId } });
  await tx.recruitmentPost.createMany({ data: posts.map((post, index) => ({ batchId, no: index + 1, ...post })) });
  const { tableVersion } = await tx.recruitmentBatch.update({ where: { batchId }, data: { tableVersion: { increment: 1 } } });
  return tableVersion;
}
