import { createDesk } from '../../../../libs/desk/desk.ts';
import { listForNotice } from '../../../../libs/desk/notice.ts';
import { addDays, dateOf, instantOf } from '../../../../libs/domain/dates.ts';
import { catalogue } from '../../../../workflows/catalogue.ts';
import { calendarsFor } from '../../../../test/support/cast.ts';
import type { Db } from '../../../../libs/db.ts';

/** A batch's public notice with so many people on it, posted today as the desk posts one; `endedDaysAgo`: it is over. */
export async function postNotice(
  db: Db,
  { unitCode, posterId, people = 3, endedDaysAgo }: { unitCode: string; posterId: string; people?: number; endedDaysAgo?: number },
): Promise<{ noticeId: string; caseId: string }> {
  const [at, stage] = [new Date(), 'notice'];
  await calendarsFor(db, [at.getFullYear(), at.getFullYear() + 1]);
  const { id: caseId } = await db.case.create({
    data: {
      caseNo: `公示-${at.getTime()}`,
      process: 'certification',
      naturalKey: `test/${at.getTime()}`,
      run: 1,
      title: '认定套转批次',
      unitCode,
      status: 'running',
      input: {},
      pinned: {},
      startedAt: at,
    },
  });
  const desk = createDesk({ db, catalogue });
  const rows = Array.from({ length: people }, (_, i) => ({ key: `p${i + 1}`, name: `公示人${i + 1}`, unitName: '锦江街道', post: '五岗' }));
  await db.$transaction((tx) => listForNotice(tx, { caseId, stage, rows, at }));
  await desk.openStages({ caseId, at, stages: [{ stage, round: 1 }] });
  const posting = {
    issuer: '中共碧江区委组织部',
    documentNo: '碧组公〔2026〕11号',
    places: '区政府网站',
    phone: '0856-0000000',
    address: '组织二科',
  };
  const task = await db.task.updateManyAndReturn({
    where: { caseId, stage },
    data: { status: 'done', answer: posting, answeredById: posterId, closedAt: at },
  });
  if (task.length !== 1) throw new Error('The notice is asked of nobody');
  const { id: noticeId } = await db.notice.update({
    where: { caseId_stage_round: { caseId, stage, round: 1 } },
    data: { ...posting, postedAt: at },
  });
  const dueAt = instantOf(addDays(dateOf(at), endedDaysAgo === undefined ? 7 : -endedDaysAgo), '17:30');
  await db.stageRun.update({ where: { caseId_stage_round: { caseId, stage, round: 1 } }, data: { dueAt } });
  return { noticeId, caseId };
}

/** The objection's own case comes before those who deal with it, as its story asks. */
export async function askCheck(db: Db, noticeId: string): Promise<string> {
  const { objectionCaseId } = await db.objection.findFirstOrThrow({ where: { noticeId }, orderBy: { receivedAt: 'desc' } });
  const caseId = objectionCaseId!;
  await createDesk({ db, catalogue }).openStages({ caseId, at: new Date(), stages: [{ stage: 'check', round: 1 }] });
  return caseId;
}
