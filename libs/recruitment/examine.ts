import type { Tx } from '../db.ts';
import { openingOf } from '../domain/recruitment/opening.ts';
import { rankTotals, rankWritten, type Examined, type Interviewed } from '../domain/recruitment/ranking.ts';
import type { OutReason } from '../domain/recruitment/standing.ts';
import { batchNow, writeMoved, type InBatch, type Moved } from './applicants.ts';
import { issueTickets } from './tickets.ts';

export const ofPost = (applicants: readonly InBatch[], code: string): InBatch[] =>
  applicants.filter(({ postCode, standing }) => postCode === code && standing !== 'out');

/** Those who passed the initial check, or whose appeal was upheld. */
const isQualified = ({ told }: InBatch) => told.check?.verdict === 'qualified' || told.appealAnswer?.result === 'upheld';

/**
 * 开考比例: who passed the check is qualified, the others are out; posts are reduced or cancelled by the ratio, and whoever sits the exam gets a ticket.
 * Returns for how many there is an exam.
 */
export async function openExam(tx: Tx, batchId: string, at: Date): Promise<number> {
  const { batch, posts, applicants } = await batchNow(tx, batchId);
  const moved: Moved[] = [];
  let sitting = 0;
  for (const post of posts) {
    const here = ofPost(applicants, post.code);
    const qualified = here.filter(isQualified);
    const { places, result } = openingOf({ code: post.code, planned: post.planned, qualified: qualified.length }, batch.rules);
    const openingReason = result === 'kept' ? null : `资格初审合格 ${qualified.length} 人，未达到 ${batch.rules.openRatio}:1 的开考比例`;
    await tx.recruitmentPost.update({
      where: { batchId_code: { batchId, code: post.code } },
      data: { places, opening: result, openingReason },
    });
    for (const one of here) {
      if (!isQualified(one))
        moved.push({ id: one.id, out: { reason: (one.told.check?.reason as OutReason) ?? 'otherCondition', stage: 'check' } });
      else if (result === 'cancelled') moved.push({ id: one.id, out: { reason: 'postCancelled', stage: 'opening' } });
      else moved.push({ id: one.id, standing: 'qualified', apart: null });
    }
    if (result !== 'cancelled') sitting += qualified.length;
  }
  await writeMoved(tx, moved, at);
  await issueTickets(tx, batchId, at);
  return sitting;
}

/** 笔试排名: who comes to the re-check stands on the list, the others wait as reserves; whoever did not come or is below the line is out. */
export async function rankExam(tx: Tx, batchId: string, at: Date): Promise<number> {
  const { batch, posts, applicants } = await batchNow(tx, batchId);
  const moved = posts.flatMap(({ code, places }): Moved[] => {
    const sat = ofPost(applicants, code).map(({ id, ticketNo, bonus, written = 'absent' }): Examined => ({ id, ticketNo, bonus, written }));
    return rankWritten(sat, places ?? 0, batch.rules).map(({ id, rank, out, admitted }) =>
      out ? { id, out: { reason: out, stage: 'written' } } : { id, writtenRank: rank, apart: admitted ? null : 'reserve' },
    );
  });
  await writeMoved(tx, moved, at);
  return moved.filter(({ out, apart }) => !out && apart === null).length;
}

/**
 * 总成绩排名: who is proposed stands on the list, the others wait as reserves; whoever did not come to the interview or failed it is out. Returns how many
 * are tied across the last place of a post: nobody of them is proposed before an extra interview has parted them.
 */
export async function rankAll(tx: Tx, batchId: string, at: Date): Promise<number> {
  const { batch, posts, applicants } = await batchNow(tx, batchId);
  let tied = 0;
  const moved = posts.flatMap(({ code, places }): Moved[] => {
    const interviewed = ofPost(applicants, code)
      .filter(({ standing }) => standing === 'interview' || standing === 'proposed')
      .map(({ id, ticketNo, bonus, written = 'absent', interview = 'absent', extra }): Interviewed => ({
        id,
        ticketNo,
        bonus,
        written,
        interview,
        extra,
      }));
    const ranks = rankTotals(interviewed, places ?? 0, batch.rules);
    tied += ranks.filter(({ needsExtra, proposed, rank }) => needsExtra && !proposed && rank !== null && rank <= (places ?? 0)).length;
    return ranks.map(({ id, total, rank, out, proposed }) =>
      out
        ? { id, total, out: { reason: out, stage: 'interview' } }
        : { id, total, rank, ...(proposed && { standing: 'proposed' as const }), apart: proposed ? null : 'reserve' },
    );
  });
  await writeMoved(tx, moved, at);
  return tied;
}
