import { createHash, randomUUID } from 'node:crypto';
import { isRefusal } from '../../../libs/domain/refusal.ts';
import { posting } from '../../../test/support/announcement.ts';
import { place } from '../../../test/support/cast.ts';
import { ToldHere } from '../../../test/support/told-here.ts';
import { objectionStory } from '../objection/workflow.ts';
import { RecruitmentHere } from './recruitment.fixture.ts';

let here: RecruitmentHere;
let handler: string;
beforeEach(async () => {
  here = await RecruitmentHere.at('2026-03-02');
  handler = await here.cast.appoint('COUNTY_ORG', place.county, '组织部干部监督股股长');
  await here.toCheck(6);
  await here.goesOnTo('written');
  await here.marks('written', [9000, 8500, 8000, 7500, 7000, 6500]);
  await here.goesOnTo('interview');
  await here.marks('interview', [8000, 8000, 9000, 8500, 7000, 7000]);
  await here.goesOnTo('notice');
  await here.must('notice', 'countyOrg2', posting);
});
afterEach(() => here.close());

/** Somebody objects to whoever stands in this line of the notice; the objection with its own story. */
async function objects(no: number): Promise<{ caseId: string; told: ToldHere }> {
  const { id: noticeId } = await here.db.notice.findFirstOrThrow({ where: { caseId: here.batchId }, orderBy: { round: 'desc' } });
  const started = await here.desk.receiveObjection({
    id: randomUUID(),
    noticeId,
    no,
    named: true,
    sealed: new Uint8Array([1]),
    codeHash: createHash('sha256').update(randomUUID()).digest('hex'),
    at: here.now,
    origin: 'test',
    actor: null,
  });
  if (isRefusal(started)) throw new Error(started.refused);
  const { caseId } = started;
  const told = new ToldHere({ desk: here.desk, room: here.room, caseId, story: objectionStory, now: () => here.now });
  await told.begin();
  return { caseId, told };
}

/** It is accepted, investigated and concluded. */
async function concludes({ caseId, told }: { caseId: string; told: ToldHere }, conclusion: string): Promise<void> {
  const check = { identity: 'verified', result: 'accepted', handlerId: here.cast.ids.countyHr2 };
  await here.must('check', handler, check, caseId);
  await told.goOn();
  const by = await here.cast.by(here.cast.ids.countyHr2, here.now);
  const task = await here.db.task.findFirstOrThrow({ where: { caseId, stage: 'investigate', status: 'open' } });
  const findings = '调阅了报名材料和人事档案，向原单位和所在社区核实了情况。';
  const verdict = await here.desk.answer({ ...by, taskId: task.id, answer: { conclusion, findings, basis: '有档案和原单位证明为证。' } });
  if (isRefusal(verdict)) throw new Error(verdict.refused);
  await told.goOn();
  await here.goOn();
}

test('an objection that is sustained: they are out, the next by total goes the same way and is made public; the others lose nothing', async () => {
  await concludes(await objects(1), 'upheld');
  await here.publish();
  expect((await here.all()).slice(0, 3)).toEqual(['out objected', 'proposed', 'proposed']);
  expect(await here.application(1)).toMatchObject({ backfilledFrom: here.applicants[0], backfillWhy: 'objected' });
  expect(await here.openAt()).toEqual(['choose']);
  await here.goesOnTo('completion');
  expect(await here.db.notice.count({ where: { caseId: here.batchId } })).toBe(2);
  await here.hires(1);
  await here.hires(2);
  await here.must('completion', 'countyOrg2');
  expect(here.batch.outcome).toBe('completed');
  await here.sound();
});

test('what cannot be found out holds one candidate only, until people decide', async () => {
  await concludes(await objects(1), 'undecided');
  await here.publish();
  expect(await here.openAt()).toEqual(['approval']);
  await here.list('approval');
  const held = here.applicants[0]!;
  expect(await here.openAt(held)).toEqual(['afterObjection']);
  await here.hires(2);
  expect(await here.answers('completion', 'countyOrg2', { done: 'done' })).toBe('ListNotDone');
  await here.must('afterObjection', 'countyOrg2', { decision: 'cancelled', opinion: '查无实据前不宜聘用' }, held);
  // past the approval no place is filled any more
  expect((await here.all()).slice(0, 3)).toEqual(['out objected', 'out notFilled', 'hired']);
  await here.must('completion', 'countyOrg2');
  await here.sound();
});

test('an objection that is still open at the end holds whom it is about; not sustained, they are approved and hired by themselves', async () => {
  const objection = await objects(1);
  await here.publish();
  await here.list('approval');
  expect(await here.openAt()).toEqual(['objections']);
  await here.hires(2);
  await concludes(objection, 'rejected');
  const held = here.applicants[0]!;
  expect(await here.openAt(held)).toEqual(['afterObjection']);
  await here.must('afterObjection', 'countyOrg2', { decision: 'goesOn', opinion: '反映不属实' }, held);
  await here.must('approval', 'countyOrg2', { verdict: 'approved' }, held);
  await here.hires(0);
  expect((await here.all())[0]).toBe('hired');
  await here.must('completion', 'countyOrg2');
  expect(here.batch.outcome).toBe('completed');
  await here.sound();
});
