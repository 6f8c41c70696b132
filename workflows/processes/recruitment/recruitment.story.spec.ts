import { addDays, dateOf } from '../../../libs/domain/dates.ts';
import { place } from '../../../test/support/cast.ts';
import { RecruitmentHere } from './recruitment.fixture.ts';

let here: RecruitmentHere;
beforeEach(async () => {
  here = await RecruitmentHere.at('2026-03-02');
});
afterEach(() => here.close());

const written = [9000, 8500, 8000, 7500, 7000, 6500, 6000];
const interview = [8000, 8000, 9000, 8500, 7000, 7000, null];

/** Seven apply for two places; six come to the re-check, and the batch to the choice of posts. */
async function ranked(): Promise<void> {
  await here.toCheck(7);
  await here.list('check');
  await here.goesOnTo('written');
  await here.marks('written', written);
  await here.must('written', 'countyHr');
  await here.goesOnTo('interview');
  await here.marks('interview', interview);
  await here.must('interview', 'countyOrg2');
}

test('from the gap to the contract: two of seven are hired by rank, and their probation begins', async () => {
  await ranked();
  expect(await here.openAt()).toEqual(['choose']);
  // 60/40: 甲 86.00, 乙 83.00, 丙 84.00
  expect(await Promise.all([0, 1, 2].map(async (n) => (await here.application(n)).total))).toEqual([8600, 8300, 8400]);
  expect(await here.all()).toEqual(['proposed', 'interview', 'proposed', 'interview', 'interview', 'interview', 'qualified']);
  await here.list('choose', { 2: { how: 'chosen', wishes: '520602005006' } });
  await here.goesOnTo('completion');
  expect(await here.all()).toEqual([
    'proposed',
    'out notFilled',
    'proposed',
    'out notFilled',
    'out notFilled',
    'out notFilled',
    'out notAdmitted',
  ]);
  expect(await here.answers('completion', 'countyOrg2', { done: 'done' })).toBe('ListNotDone');
  await here.hires(0);
  await here.hires(2);
  const hired = await here.application(2);
  expect(hired).toMatchObject({ standing: 'hired', chosenUnit: '520602005006' });
  expect(await here.application(0)).toMatchObject({ standing: 'hired', chosenUnit: place.community });
  const today = dateOf(here.now);
  const facts = await here.db.personFact.findMany({ where: { personId: hired.hiredPersonId! }, orderBy: { kind: 'asc' } });
  expect(facts.map(({ kind, value }) => [kind, value])).toEqual([
    ['contract', expect.objectContaining({ startsOn: today, probationMonths: 6 })],
    ['employment', { status: 'probation', postTitle: '社区专职工作人员', post: 5, joinedOn: today }],
  ]);
  const probation = await here.db.case.findFirst({ where: { process: 'probation', personId: hired.hiredPersonId! } });
  expect(probation).toMatchObject({ status: 'running', causeCaseId: here.applicants[2] });
  await here.must('completion', 'countyOrg2');
  expect(here.batch.outcome).toBe('completed');
  // an applicant who was never asked anything has no story
  expect(here.told.sort()).toEqual([here.applicants[0], here.applicants[2]].sort());
  await here.sound();
});

test('rejected at the check: one appeal; upheld they stand on the list again, silence leaves it at that', async () => {
  await here.toCheck(8);
  const rejected = { verdict: 'rejected', reason: 'educationTooLow' };
  await here.list('check', { 0: rejected, 1: rejected, 2: rejected });
  expect(await here.openAt()).toEqual(['appeals']);
  await here.must('appeal', 'countyHr', { wish: 'appeals', grounds: '学历证书可查' }, here.applicants[0]);
  await here.must('appealAnswer', 'countyOrg2', { result: 'upheld', opinion: '学历证书核实无误' }, here.applicants[0]);
  await here.must('appeal', 'countyHr', { wish: 'appeals' }, here.applicants[1]);
  await here.must('appealAnswer', 'countyOrg2', { result: 'rejected', opinion: '确不符合学历条件' }, here.applicants[1]);
  expect(await here.answers('appeals', 'countyHr', { done: 'done' })).toBe('ListNotDone');
  await here.until(addDays(dateOf(here.now), 5));
  expect((await here.all()).slice(0, 3)).toEqual(['registered', 'out educationTooLow', 'out educationTooLow']);
  await here.must('appeals', 'countyHr');
  await here.must('opening', 'countyOrg2');
  expect((await here.application(0)).ticketNo).not.toBeNull();
  expect((await here.all())[0]).toBe('qualified');
  await here.sound();
});

test('the opening ratio reduces a post, and cancels it when nothing is left', async () => {
  await here.toCheck(5);
  await here.list('check');
  await here.must('opening', 'countyOrg2');
  const post = await here.db.recruitmentPost.findFirstOrThrow({ where: { batchId: here.batchId } });
  expect(post).toMatchObject({ planned: 2, places: 1, opening: 'reduced' });
  expect(await here.openAt()).toEqual(['written']);
});

test('nobody left to examine: the batch is over, and so is everybody in it', async () => {
  await here.toCheck(2);
  await here.list('check');
  await here.must('opening', 'countyOrg2');
  expect(here.batch.outcome).toBe('nobodyLeft');
  expect(await here.all()).toEqual(['out postCancelled', 'out postCancelled']);
  await here.sound();
});

test('an announcement without a post table, or above the quota, is asked again', async () => {
  await here.open(2);
  await here.must('quota', 'cityOrg', { verdict: 'approved', places: 1, opinion: '核定一名' });
  expect(await here.announces()).toBeNull();
  await here.putPosts();
  expect(await here.announces()).toBeNull();
  expect(await here.openAt()).toEqual(['announcement']);
  await here.db.recruitmentPost.updateMany({ data: { planned: 1 } });
  await here.announces();
  expect(await here.openAt()).toEqual([]);
  expect((await here.db.recruitmentBatch.findFirstOrThrow()).postedAt).not.toBeNull();
});

test('a declined plan, or one that is cancelled under way, is said in public and ends everybody’s case', async () => {
  await here.toCheck(7);
  const by = await here.cast.by(here.cast.ids.countyOrg2, here.now);
  const answer = { documentNo: '碧组公〔2026〕9号', reason: '机构调整，计划取消' };
  await here.desk.declare({ ...by, caseId: here.batchId, event: 'cancelPlan', answer });
  await here.goOn();
  expect(here.batch.outcome).toBe('planCancelled');
  expect(new Set(await here.all())).toEqual(new Set(['cancelled batchCancelled']));
  expect(await here.db.recruitmentBatch.findFirst()).toMatchObject({ cancelReason: answer.reason });
  await here.sound();
});

describe('places that come free', () => {
  test('at the re-check: absent and waived are out, the next by score are called, in two rounds at most', async () => {
    await here.toCheck(7, 1);
    await here.list('check');
    await here.goesOnTo('written');
    await here.marks('written', [9000, 8500, 8000, 7500, 7000, 6500, 'absent']);
    await here.must('written', 'countyHr');
    expect((await here.all())[6]).toBe('waived absent');
    await here.list('recheck', { 0: { verdict: 'absent' }, 1: { verdict: 'waived' } });
    // places for three, two of them free: the fourth and the fifth
    expect(await here.openAt()).toEqual(['recheck']);
    expect(await here.application(3)).toMatchObject({ backfilledFrom: here.applicants[0], backfillRound: 1, backfillWhy: 'absent' });
    await here.list('recheck', { 3: { verdict: 'recheckFailed' } });
    expect(await here.application(5)).toMatchObject({ backfilledFrom: here.applicants[3], backfillRound: 2 });
    await here.list('recheck', { 5: { verdict: 'waived' } });
    expect(await here.openAt()).toEqual(['interview']);
    expect(await here.all()).toEqual([
      'waived absent',
      'waived waived',
      'interview',
      'out recheckFailed',
      'interview',
      'waived waived',
      'waived absent',
    ]);
    await here.sound();
  });

  test('at the medical examination: one re-test; failed again, the next by total is called and goes the same way', async () => {
    await ranked();
    await here.list('choose');
    await here.list('medical', { 0: { verdict: 'failed' }, 2: { verdict: 'failed' } });
    expect(await here.openAt()).toEqual(['retests']);
    expect(await here.answers('retests', 'countyHr', { done: 'done' })).toBe('ListNotDone');
    await here.must('retest', 'countyHr', { verdict: 'failed' }, here.applicants[0]);
    await here.must('retest', 'countyHr', { verdict: 'passed' }, here.applicants[2]);
    await here.must('retests', 'countyHr');
    await here.list('review');
    // 乙 takes the place of 甲
    expect(await here.openAt()).toEqual(['choose']);
    expect(await here.application(1)).toMatchObject({
      standing: 'proposed',
      backfilledFrom: here.applicants[0],
      backfillWhy: 'medicalFailed',
    });
    await here.goesOnTo('notice');
    const rows = await here.db.notice.findFirstOrThrow({ where: { caseId: here.batchId } });
    expect(rows).toBeTruthy();
    expect((await here.all()).slice(0, 3)).toEqual(['out medicalFailed', 'proposed', 'proposed']);
    await here.sound();
  });

  test('a waiver by declaration before the approval frees the place; none is filled once it is approved, and who comes late has waived', async () => {
    await ranked();
    await here.goesOnTo('review');
    expect(await here.waives(0)).toBeNull();
    expect((await here.all())[0]).toBe('waived waived');
    await here.list('review');
    expect((await here.application(1)).backfilledFrom).toBe(here.applicants[0]);
    await here.goesOnTo('completion');
    expect(await here.waives(1)).toBe('AlreadyEffective');
    await here.must('reportIn', 'street', { how: 'absent' }, here.applicants[1]);
    await here.hires(2);
    expect((await here.all()).slice(0, 4)).toEqual(['waived waived', 'waived absent', 'hired', 'out notFilled']);
    await here.must('completion', 'countyOrg2');
    expect(here.batch.outcome).toBe('completed');
    await here.sound();
  });

  test('a tie across the last place is parted by an extra interview', async () => {
    await here.toCheck(6, 1);
    await here.list('check');
    await here.goesOnTo('written');
    await here.marks('written', [8000, 8000, 7000, null, null, null]);
    await here.must('written', 'countyHr');
    await here.goesOnTo('interview');
    await here.marks('interview', [8000, 8000, 9000]);
    await here.must('interview', 'countyOrg2');
    expect(await here.openAt()).toEqual(['extra']);
    expect((await here.all()).slice(0, 3)).toEqual(['interview', 'interview', 'interview']);
    await here.marks('extra', [8000, 8100]);
    await here.must('extra', 'countyOrg2');
    expect(await here.openAt()).toEqual(['choose']);
    expect((await here.all()).slice(0, 3)).toEqual(['interview', 'proposed', 'interview']);
  });
});
