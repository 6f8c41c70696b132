import type { Tx } from '../db.ts';
import { backfill, fallReasons, type BackfillPhase, type Fallen, type FallReason } from '../domain/recruitment/backfill.ts';
import { chooseByWish, slotsLeft } from '../domain/recruitment/choose.ts';
import type { OutReason } from '../domain/recruitment/standing.ts';
import { batchNow, writeMoved, type BatchNow, type InBatch, type Moved } from './applicants.ts';
import { ofPost } from './examine.ts';

const byRank = (rankOf: (one: InBatch) => number | null) => (a: InBatch, b: InBatch) =>
  (rankOf(a) ?? Infinity) - (rankOf(b) ?? Infinity) || (a.ticketNo < b.ticketNo ? -1 : 1);

const hasFallen = ({ standing, outReason }: InBatch): boolean => standing === 'out' && fallReasons.includes(outReason as FallReason);

/** Who was called without a backfill: within the ratio at the re-check; after the ranking within the places, with all that tie. */
function firstCalled(post: readonly InBatch[], phase: BackfillPhase, places: number, interviewRatio: number): InBatch[] {
  if (phase === 'recheck') return post.filter(({ writtenRank }) => writtenRank !== null && writtenRank <= places * interviewRatio);
  return post.filter(({ rank }) => rank !== null && rank - 1 + post.filter((other) => other.rank === rank).length <= places);
}

/** 递补: calls the next in order for each place that has come free, by the batch's rules. What it comes to, for those called. */
function called({ batch, posts, applicants }: BatchNow, phase: 'recheck' | 'ranking'): Moved[] {
  const rankOf = (one: InBatch) => (phase === 'recheck' ? one.writtenRank : one.rank);
  return posts.flatMap(({ code, places }) => {
    const post = applicants.filter(({ postCode }) => postCode === code).sort(byRank(rankOf));
    const fallen = post.filter(hasFallen).map(({ id, outReason }): Fallen => ({ id, why: outReason as FallReason }));
    const { filled } = backfill(
      {
        order: post.filter((one) => one.standing !== 'out' && rankOf(one) !== null).map(({ id }) => id),
        called: firstCalled(post, phase, places ?? 0, batch.rules.interviewRatio).map(({ id }) => id),
        chain: post.flatMap(({ id, backfill: link }) => (link?.phase === phase ? [{ ...link, id }] : [])),
      },
      fallen,
      phase,
      batch.rules,
    );
    return filled.map(({ id, round, for: of, why }) => ({
      id,
      apart: null,
      backfill: { phase, round, for: of, why },
      ...(phase === 'ranking' && { standing: 'proposed' as const }),
    }));
  });
}

/** 资格复审: who passed comes to the interview, who did not is out, and their places are filled. Returns how many were called. */
export async function afterRecheck(tx: Tx, batchId: string, at: Date): Promise<number> {
  const now = await batchNow(tx, batchId);
  const moved = now.applicants.flatMap(({ id, standing, told: { recheck } }): Moved[] => {
    if (standing !== 'qualified' || !recheck) return [];
    return recheck.verdict === 'passed'
      ? [{ id, standing: 'interview' }]
      : [{ id, out: { reason: recheck.verdict as OutReason, stage: 'recheck' } }];
  });
  await writeMoved(tx, moved, at);
  return call(tx, batchId, 'recheck', at);
}

async function call(tx: Tx, batchId: string, phase: 'recheck' | 'ranking', at: Date): Promise<number> {
  const filled = called(await batchNow(tx, batchId), phase);
  await writeMoved(tx, filled, at);
  return filled.length;
}

/** What medical examination and review have put out; null for whoever is still in. */
function whyOut({ told: { medical, retest, review } }: InBatch): Moved['out'] | null {
  if (medical?.verdict === 'absent' || medical?.verdict === 'waived') return { reason: medical.verdict, stage: 'medical' };
  if (medical?.verdict === 'failed' && retest && retest.verdict !== 'passed') return { reason: 'medicalFailed', stage: 'medical' };
  if (review && review.verdict !== 'passed') return { reason: review.verdict as OutReason, stage: 'review' };
  return null;
}

/** After medical examination, review or notice: who is out, and who is called for the places that came free. Returns how many. */
export async function fillPlaces(tx: Tx, batchId: string, at: Date): Promise<number> {
  const { applicants } = await batchNow(tx, batchId);
  const moved = applicants.flatMap((one): Moved[] => {
    const out = one.standing === 'proposed' ? whyOut(one) : null;
    return out ? [{ id: one.id, out }] : [];
  });
  await writeMoved(tx, moved, at);
  return call(tx, batchId, 'ranking', at);
}

/** 公示反映问题属实: they are out. */
export const putOut = (tx: Tx, cases: readonly string[], at: Date): Promise<void> =>
  writeMoved(
    tx,
    cases.map((id) => ({ id, out: { reason: 'objected' as const, stage: 'notice' } })),
    at,
  );

const wishesOf = (told: Record<string, unknown> | undefined, all: readonly string[]): string[] => {
  const said = typeof told?.wishes === 'string' ? told.wishes.split(/[\s、，,]+/).filter(Boolean) : [];
  return told?.how === 'chosen' && said.length > 0 ? said : [...all];
};

/** 选岗: each of those proposed gets the first of their wishes that is left, the higher rank first; whoever waives, or wishes nothing that is left, is out. */
export async function giveChoices(tx: Tx, batchId: string, at: Date): Promise<void> {
  const { posts, applicants } = await batchNow(tx, batchId);
  const moved = posts.flatMap((post): Moved[] => {
    const proposed = ofPost(applicants, post.code)
      .filter(({ standing, told }) => standing === 'proposed' && told.choose)
      .sort(byRank(({ rank }) => rank));
    const waived = proposed.filter(({ told }) => told.choose?.how === 'waived');
    const choosing = proposed.filter((one) => !waived.includes(one) && one.chosenUnit === null);
    const out = waived.map(({ id }): Moved => ({ id, out: { reason: 'waived', stage: 'choose' } }));
    if (post.communities.length === 0)
      return post.unitCode.length < 12 ? out : [...out, ...choosing.map(({ id }) => ({ id, chosenUnit: post.unitCode }))];
    const before = proposed.filter(({ chosenUnit }) => chosenUnit !== null).map(({ id, chosenUnit }) => ({ id, unitCode: chosenUnit }));
    const slots = slotsLeft(post.communities, before);
    const all = slots.map(({ unitCode }) => unitCode);
    const chosen = chooseByWish(
      choosing.map(({ id }) => id),
      slots,
      Object.fromEntries(choosing.map(({ id, told }) => [id, wishesOf(told.choose, all)])),
    );
    return [
      ...out,
      ...chosen.map(({ id, unitCode }): Moved =>
        unitCode === null ? { id, out: { reason: 'waived', stage: 'choose' } } : { id, chosenUnit: unitCode },
      ),
    ];
  });
  await writeMoved(tx, moved, at);
}

/** Nobody is called any more: whoever waits is out. With `everybody` the batch is over for all who are not hired. */
export async function closeList(tx: Tx, batchId: string, at: Date, everybody: boolean): Promise<void> {
  const { applicants } = await batchNow(tx, batchId);
  const moved = applicants.flatMap(({ id, standing, rank, apart }): Moved[] => {
    if (standing === 'out' || standing === 'hired') return [];
    if (everybody) return [{ id, out: { reason: 'batchCancelled', stage: 'batch' } }];
    return apart === 'reserve' ? [{ id, out: { reason: rank === null ? 'notAdmitted' : 'notFilled', stage: 'approval' } }] : [];
  });
  await writeMoved(tx, moved, at);
}
