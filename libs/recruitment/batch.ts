import type { RecruitmentBatch } from '../../prisma/generated/client.ts';
import { holdsOver } from '../access/permission.ts';
import type { Db, Tx } from '../db.ts';
import { unitsAbove } from '../desk/when.ts';
import type { CaseState } from '../desk/state.ts';
import { endOfDay, fromDateColumn, startOfDay, toDateColumn, type IsoDate } from '../domain/dates.ts';
import { announcement, type Announcement } from '../domain/recruitment/announcement.ts';
import { requirements, type RecruitmentPost } from '../domain/recruitment/posts.ts';
import { recruitmentRules, type RecruitmentRules } from '../domain/recruitment/rules.ts';
import { refuse, type Refusal } from '../domain/refusal.ts';
import type { Actor, Role } from '../domain/roles.ts';
import { unitPath } from '../units/units.ts';

/** Whose batch it is: the county's offices, and the city's over them. */
export const batchOfficers: readonly Role[] = ['COUNTY_ORG', 'COUNTY_HR', 'CITY_ORG'];

/** A batch with its rules and the path of its county. */
export interface Batch extends Omit<RecruitmentBatch, 'rules' | 'cutOffOn'> {
  rules: RecruitmentRules;
  cutOffOn: IsoDate | null;
  withinPath: string;
}

/** Opens the room of a batch, in the transaction in which its story begins to need it: once, with the rules that the case has pinned. */
export async function openBatch(tx: Tx, state: Pick<CaseState, 'id' | 'unitCode' | 'title'>, rules: RecruitmentRules): Promise<void> {
  const { county = state.unitCode } = await unitsAbove(tx, state.unitCode);
  await tx.recruitmentBatch.createMany({
    data: { batchId: state.id, countyCode: county, title: state.title, rules },
    skipDuplicates: true,
  });
}

/** A batch by its case; null where it has no room. */
export async function readRoom(tx: Db | Tx, batchId: string): Promise<Batch | null> {
  const row = await tx.recruitmentBatch.findUnique({ where: { batchId } });
  if (!row) return null;
  const rules = recruitmentRules.parse(row.rules);
  return {
    ...row,
    rules,
    cutOffOn: row.cutOffOn && fromDateColumn(row.cutOffOn),
    withinPath: (await unitPath(tx as Tx, row.countyCode)) ?? '',
  };
}

/** A batch for one of its officers: `NotFound` where there is none, `NotInYourUnits` where it is another's. */
export async function roomFor(tx: Db | Tx, batchId: string, actor: Actor): Promise<Batch | Refusal> {
  const batch = await readRoom(tx, batchId);
  if (!batch) return refuse('NotFound', { what: '这个招聘批次' });
  return holdsOver(actor, batchOfficers, batch.withinPath) ? batch : refuse('NotInYourUnits');
}

/** The post table in its order, with what the opening ratio has left of it. */
export async function postsOf(tx: Db | Tx, batchId: string) {
  const rows = await tx.recruitmentPost.findMany({ where: { batchId }, orderBy: { no: 'asc' } });
  return rows.map((row) => ({
    ...row,
    communities: row.communities as RecruitmentPost['communities'],
    requirements: requirements.parse(row.requirements),
  }));
}

/** 发布公告: from now on the public reads it and the post table stands. Refuses `NotFound`, `NoPostTable`, `PostTableFixed`. */
export async function announce(tx: Tx, batchId: string, given: Announcement, at: Date): Promise<Refusal | null> {
  await tx.$queryRaw`SELECT 1 FROM recruitment_batch WHERE batch_id = ${batchId}::uuid FOR UPDATE`;
  const batch = await readRoom(tx, batchId);
  if (!batch) return refuse('NotFound', { what: '这个招聘批次' });
  if (batch.postedAt) return refuse('PostTableFixed');
  if ((await tx.recruitmentPost.count({ where: { batchId } })) === 0) return refuse('NoPostTable');
  const { cutOffOn, registrationFrom, registrationTo, documentNo = null, ...rest } = announcement.parse(given);
  await tx.recruitmentBatch.update({
    where: { batchId },
    data: {
      ...rest,
      documentNo,
      cutOffOn: toDateColumn(cutOffOn),
      registrationFrom: startOfDay(registrationFrom),
      registrationTo: endOfDay(registrationTo),
      postedAt: at,
    },
  });
  return null;
}

/** 取消招聘: the announcement says so from now on, and why. */
export async function cancelBatch(tx: Tx, batchId: string, reason: string, at: Date): Promise<void> {
  await tx.recruitmentBatch.updateMany({ where: { batchId, cancelledAt: null }, data: { cancelledAt: at, cancelReason: reason } });
}
