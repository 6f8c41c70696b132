import { addDays } from '../../../libs/domain/dates.ts';
import { paidFrom } from '../../../libs/domain/conversion.ts';
import { place, type Worker } from '../../../test/support/cast.ts';
import { posting } from '../../../test/support/announcement.ts';
import { BatchHere, OTHER_COMMUNITY, usual } from './batch.fixture.ts';

let here: BatchHere;
let ann: Worker;
let ben: Worker;
beforeEach(async () => {
  here = await BatchHere.at('2026-10-12');
  [ann, ben] = [await here.worker(), await here.worker({ community: OTHER_COMMUNITY })];
});
afterEach(() => here.close());

const item = async (worker: Worker) => here.db.batchItem.findUniqueOrThrow({ where: { caseId: await here.caseOf(worker) } });
const openIn = async (worker: Worker) =>
  (await here.db.stageRun.findMany({ where: { caseId: await here.caseOf(worker), status: 'open' } })).map(({ stage }) => stage);
const decide = (stage: string, answer = usual[stage]!.answer) => ({ act: 'decide' as const, stage, answer });

describe('who may decide on whom', () => {
  test('a unit decides on its own people, once; its part is refused while somebody of it is open', async () => {
    await here.open();
    expect(await here.refusalOf('secretary', decide('survey'), ben)).toBe('NotOnYourList');
    expect(await here.answers('survey', 'secretary', { done: 'done' })).toBe('ListNotDone');
    expect(await here.refusalOf('secretary', decide('survey'), ann)).toBeNull();
    expect(await here.refusalOf('secretary', decide('survey'), ann)).toBe('AlreadyDecided');
    expect(await here.refusalOf('street', decide('preliminary'), ann)).toBe('ListClosed');
    expect(await here.answers('survey', 'secretary', { done: 'done' })).toBeNull();
    expect(await here.refusalOf('secretary', { act: 'undo', stage: 'survey' }, ann)).toBe('ListClosed');
    await here.sound();
  });

  test('the secretary of a community is surveyed by the street, and the opener of the batch certifies nobody', async () => {
    const boss = await here.worker({ also: [['COMMUNITY_SECRETARY', place.community, '党组织书记']] });
    await here.cast.leavesPost(here.cast.ids.secretary, '2026-01-01');
    await here.open();
    expect((await item(boss)).listUnit).toBe(`STREET_HR@${place.street}`);
    expect((await item(ann)).listUnit).toBe(`COMMUNITY_SECRETARY@${place.community}`);
    expect(await here.refusalOf(boss.accountId, decide('survey'), boss)).toBe('NotOnYourList');
    expect(await here.refusalOf('street', decide('survey'), boss)).toBeNull();
    expect(await here.refusalOf(boss.accountId, decide('survey'), ann)).toBeNull();
    await here.refusalOf(here.otherSecretary, decide('survey'), ben);
    for (const who of [boss.accountId, 'street', here.otherSecretary]) await here.must('survey', who);
    await here.goesOnTo('review', []);
    expect(await here.refusalOf('countyOrg', decide('review'), ann)).toBe('StarterMayNotDecide');
    await here.sound();
  });

  test('a verdict is undone while its list is open, and given anew', async () => {
    await here.open();
    await here.listPasses('survey');
    const against = { verdict: 'notCertified', opinion: '工作年限证据不足，不符合认定条件。' };
    expect(await here.refusalOf('street', decide('preliminary', against), ann)).toBeNull();
    expect((await item(ann)).apart).toBe('notCertified');
    expect(await here.refusalOf('street', { act: 'undo', stage: 'preliminary' }, ann)).toBeNull();
    expect((await item(ann)).apart).toBeNull();
    await here.listPasses('preliminary');
    expect(here.told.length).toBe(0);
    await here.sound();
  });
});

describe('ways of their own', () => {
  test('sent back for evidence: five working days, then the same stages by themselves, and onto the list again at the notice', async () => {
    await here.open();
    await here.listPasses('survey');
    expect(
      await here.refusalOf('street', { act: 'sendBack', stage: 'preliminary', reason: '缺少 2019 年以前的工作证明。' }, ann),
    ).toBeNull();
    expect(await openIn(ann)).toEqual(['evidence']);
    expect(await here.refusalOf('street', decide('preliminary'), ann)).toBe('NotAtStage');
    const id = await here.caseOf(ann);
    const task = await here.db.task.findFirstOrThrow({ where: { caseId: id, stage: 'evidence' } });
    expect(task.dueAt?.toISOString()).toBe('2026-10-19T09:30:00.000Z');

    // the batch goes on without her, and she catches up
    await here.goesOnTo('confirm', []);
    await here.must('evidence', 'secretary', { joinedOn: '2016-09-01', evidence: '街道出具的 2016 年起工作证明。' }, id);
    await here.must('preliminary', 'street', usual.preliminary!.answer, id);
    await here.must('review', 'countyOrg2', usual.review!.answer, id);
    await here.must('computation', 'countyOrg2', usual.computation!.answer, id);
    await here.confirms(ann);
    expect((await item(ann)).apart).toBeNull();
    await here.goesOnTo('contract', [ben]);
    await here.listPasses('contract');
    expect([await here.outcomeOf(ann), await here.outcomeOf(ben)]).toEqual(['converted', 'converted']);
    // ten years from the proven day: five steps, and one for the bachelor
    expect((await here.recordOn(ann, paidFrom(here.today)))['post-grade-step']?.value).toMatchObject({ globalStep: 7 });
    await here.sound();
  });

  test('not certified: told when the list is closed, ten days to ask for a review, and silence leaves it at that', async () => {
    await here.open();
    await here.listPasses('survey');
    const against = { verdict: 'notCertified', opinion: '属于非专职人员，不在认定范围。' };
    expect(await here.refusalOf('street', decide('preliminary', { ...against, opinion: '不符' }), ann)).toBe('AnswerDoesNotFit');
    await here.refusalOf('street', decide('preliminary', against), ann);
    expect(await openIn(ann)).toEqual([]);
    await here.goesOnTo('review', []);
    expect(await openIn(ann)).toEqual(['appeal']);
    await here.until(addDays(here.today, 11));
    expect(await here.outcomeOf(ann)).toBe('notCertified');
    await here.sound();
  });

  test('not certified, and the review is upheld: they go on by themselves', async () => {
    await here.open();
    await here.listPasses('survey');
    await here.refusalOf('street', decide('preliminary', { verdict: 'notCertified', opinion: '属于非专职人员，不在认定范围。' }), ann);
    await here.goesOnTo('review', []);
    const id = await here.caseOf(ann);
    await here.must('appeal', ann.accountId, { wish: 'appeals', grounds: '有专职聘用合同。' }, id);
    await here.must('appealAnswer', 'countyOrg2', { result: 'upheld', opinion: '经查系专职人员，复核成立。' }, id);
    expect(await openIn(ann)).toEqual(['review']);
    await here.sound();
  });

  test('the worker does not agree: back to the computation, computed anew, confirmed anew', async () => {
    await here.open();
    await here.goesOnTo('confirm', []);
    const id = await here.caseOf(ann);
    expect(await here.returns('confirm', ann.accountId, 'computation', id)).toBeNull();
    expect((await item(ann)).apart).toBe('own');
    expect(await openIn(ann)).toEqual(['computation']);
    await here.must('computation', 'countyOrg2', usual.computation!.answer, id);
    expect(await openIn(ann)).toEqual(['confirm']);
    expect(await here.db.ledgerEntry.count({ where: { caseId: id, verb: 'conversion.compute' } })).toBe(2);
    await here.sound();
  });

  test('a role taken up in the middle: computed from its own day, on a way of their own', async () => {
    await here.open();
    await here.goesOnTo('confirm', []);
    const does = { act: 'takeRole' as const, postTitle: '居委会主任', effectiveOn: here.today, reason: '换届当选。' };
    expect(await here.refusalOf('street', does, ann)).toBe('NotProcessOwner');
    expect(await here.refusalOf('countyOrg', does, ann)).toBeNull();
    expect((await item(ann)).result).toMatchObject({ placement: { post: 2 }, inputs: { countedOn: does.effectiveOn } });
    expect((await item(ann)).apart).toBe('recompute');
    expect(await openIn(ann)).toEqual(['computation']);
    await here.sound();
  });

  test('whoever never answers holds nobody up once the county has set them apart; nothing is approved by their silence', async () => {
    await here.open();
    await here.goesOnTo('confirm', []);
    await here.confirms(ben);
    expect(await here.answers('confirm', 'countyOrg2', { done: 'done' })).toBe('ListNotDone');
    expect(await here.refusalOf('countyOrg', { act: 'setApart', reason: '长期病假，联系不上。' }, ann)).toBeNull();
    expect(await here.answers('confirm', 'countyOrg2', { done: 'done' })).toBeNull();
    expect(await openIn(ann)).toEqual(['confirm']);
    await here.goesOnTo('contract', []);
    await here.listPasses('contract');
    expect(here.batch.outcome).toBe('completed');
    expect(await here.outcomeOf(ann)).toBeNull();
    await here.sound();
  });

  test('withdrawal ends one case at any time before the approval, and none after it', async () => {
    await here.open();
    expect(await here.declares(ann.accountId, 'withdraw', { reason: '本人另有安排。' }, await here.caseOf(ann))).toBeNull();
    expect(await here.outcomeOf(ann)).toBe('withdrawn');
    await here.goesOnTo('contract', [ben]);
    expect(await here.declares(ben.accountId, 'withdraw', { reason: '本人另有安排。' }, await here.caseOf(ben))).toBe('AlreadyEffective');
    await here.sound();
  });

  test('a contract that is declined: written request, then the end of the employment in writing', async () => {
    await here.open();
    await here.goesOnTo('contract', [ann, ben]);
    await here.refusalOf('street', decide('contract', { how: 'declined', signedOn: here.today }), ann);
    const id = await here.caseOf(ann);
    expect(await openIn(ann)).toEqual(['request']);
    await here.must('request', 'street', { how: 'ends', on: here.today, proof: '邮寄送达回执。' }, id);
    expect(await here.outcomeOf(ann)).toBe('declined');
    expect((await here.recordOn(ann, addDays(here.today, 1))).employment?.value).toMatchObject({ status: 'ended', reason: 'declined' });
    await here.sound();
  });
});

describe('the batch as a whole', () => {
  test('withdrawn before the approval, it takes the cases of its people with it', async () => {
    await here.open();
    await here.goesOnTo('confirm', []);
    const by = await here.cast.by(here.cast.ids.countyOrg, here.now);
    await here.desk.withdraw({ ...by, caseId: here.batchId, reason: '方案调整，重新开展。' });
    await here.goOn();
    expect(here.batch.outcome).toBe('withdrawn');
    expect([await here.outcomeOf(ann), await here.outcomeOf(ben)]).toEqual(['cancelled', 'cancelled']);
    await here.sound();
  });

  test('told again from the top at every stage, it opens nobody twice and asks nothing twice', async () => {
    await here.open();
    for (const stage of ['survey', 'preliminary', 'review', 'computation']) {
      await here.batch.kill();
      await here.batch.begin();
      await here.listPasses(stage);
    }
    await here.batch.kill();
    await here.batch.begin();
    expect(await here.db.batchItem.count()).toBe(2);
    await here.goesOnTo('notice', [ann, ben]);
    await here.must('notice', 'countyOrg2', posting);
    await here.batch.kill();
    await here.batch.begin();
    expect(await here.db.noticeRow.count({ where: { caseId: here.batchId } })).toBe(2);
    await here.sound();
  });

  test('a story that hears of the confirmation when the notice is just over stays on the list', async () => {
    await here.open();
    await here.goesOnTo('confirm', []);
    const id = await here.caseOf(ann);
    here.slow.add(id);
    await here.confirms(ann);
    await here.confirms(ben);
    await here.must('confirm', 'countyOrg2');
    await here.must('notice', 'countyOrg2', posting);
    const { dueAt } = await here.db.stageRun.findFirstOrThrow({ where: { caseId: here.batchId, stage: 'notice' } });
    here.now = dueAt!;
    await here.desk.whatIsDue({ caseId: here.batchId, at: here.now, awaits: [] });
    here.slow.clear();
    await here.storyOf(id).goOn();
    expect((await item(ann)).apart).toBeNull();
    await here.batch.goOn();
    await here.goOn();
    await here.goesOnTo('completion', []);
    expect([await here.outcomeOf(ann), await here.outcomeOf(ben)]).toEqual(['converted', 'converted']);
    await here.sound();
  });
});
