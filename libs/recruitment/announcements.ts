import type { z } from 'zod';
import type { Db } from '../db.ts';
import { dateOf } from '../domain/dates.ts';
import type { announcementLine, announcementView } from '../domain/api/candidates.ts';
import { bornBetween } from '../domain/recruitment/eligibility.ts';
import { examPlans } from '../domain/recruitment/announcement.ts';
import { plannedPlaces } from '../domain/recruitment/posts.ts';
import { postsOf, readRoom, type Batch } from './batch.ts';

type Line = z.infer<typeof announcementLine>;
type View = z.infer<typeof announcementView>;

/** What the public may read of a batch at a moment, as a word. */
export function phaseOf({ cancelledAt, registrationFrom, registrationTo }: Batch, at: Date): Line['phase'] {
  if (cancelledAt) return 'cancelled';
  if (registrationFrom && at < registrationFrom) return 'soon';
  return registrationTo && at < registrationTo ? 'open' : 'closed';
}

/** Announcements of the last year, the latest first. */
export async function publicAnnouncements(db: Db, at: Date): Promise<Line[]> {
  const since = new Date(at.getTime() - 366 * 86_400_000);
  const rows = await db.recruitmentBatch.findMany({
    where: { postedAt: { gte: since, lte: at } },
    orderBy: { postedAt: 'desc' },
    take: 100,
  });
  return Promise.all(rows.map(async ({ batchId }) => lineOf(db, (await readRoom(db, batchId))!, at)));
}

async function lineOf(db: Db, batch: Batch, at: Date): Promise<Line> {
  const posts = await db.recruitmentPost.findMany({ where: { batchId: batch.batchId }, select: { planned: true } });
  return {
    id: batch.batchId,
    title: batch.title,
    issuer: batch.issuer ?? '',
    documentNo: batch.documentNo,
    postedAt: batch.postedAt!.toISOString(),
    registrationFrom: batch.registrationFrom!.toISOString(),
    registrationTo: batch.registrationTo!.toISOString(),
    phase: phaseOf(batch, at),
    posts: posts.length,
    places: plannedPlaces(posts),
  };
}

/** One announcement with its post table; null before it is posted. */
export async function publicAnnouncement(db: Db, id: string, at: Date): Promise<View | null> {
  const batch = await readRoom(db, id);
  if (!batch?.postedAt || batch.postedAt > at || !batch.cutOffOn) return null;
  const posts = await postsOf(db, id);
  const codes = posts.flatMap(({ unitCode, communities }) => [unitCode, unitCode.slice(0, 9), ...communities.map((one) => one.unitCode)]);
  const units = await db.unit.findMany({ where: { code: { in: codes } }, select: { code: true, name: true } });
  const counties = await db.unit.findMany({
    where: { level: 'county', path: { startsWith: batch.withinPath.split('/')[0]! } },
    orderBy: { code: 'asc' },
    select: { code: true, name: true },
  });
  const nameOf = (code: string) => units.find((unit) => unit.code === code)?.name ?? code;
  const { ages, education, interviewRatio, openRatio, weights, passLines, bonus, negatives } = batch.rules;
  return {
    ...(await lineOf(db, batch, at)),
    cutOffOn: batch.cutOffOn,
    contact: batch.contact ?? '',
    exams: examPlans.parse(batch.exams),
    cancelReason: batch.cancelReason,
    rules: {
      ages,
      born: bornBetween(ages.min, ages.max, batch.cutOffOn),
      education,
      interviewRatio,
      openRatio,
      weights,
      passLine: passLines.interview,
      bonus: bonus.items.map(({ code, title, points }) => ({ code, title, points })),
      negatives,
    },
    table: posts.map(({ code, title, unitCode, planned, places, opening, openingReason, communities, requirements }) => ({
      code,
      title,
      street: nameOf(unitCode.slice(0, 9)),
      unit: nameOf(unitCode),
      planned,
      places,
      opening: opening as View['table'][number]['opening'],
      openingReason,
      communities: communities.map((one) => ({ name: nameOf(one.unitCode), number: one.number })),
      requirements,
    })),
    counties,
    today: dateOf(at),
  };
}
