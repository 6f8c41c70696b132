import type { Rating } from '../../../libs/domain/person-words.ts';
import { usual, WatchHere } from './watch.fixture.ts';

let here: WatchHere;
beforeEach(async () => {
  here = await WatchHere.at('2026-01-20');
});
afterEach(async () => {
  await here.sound();
  await here.close();
});
const found = (changes: Record<string, unknown>) => ({ ...usual.eligibility!.answer(''), ...changes });

describe('the next rating', () => {
  test('anything better ends the watch, 基本合格 too', async () => {
    const better: Rating[] = ['basic', 'competent', 'excellent'];
    const watches = [];
    for (const rating of better) watches.push({ rating, watch: await here.watched() });
    await here.until('2027-01-20');
    for (const { watch, rating } of watches) {
      await here.rates(watch.worker, 2026, rating);
      expect(await watch.case()).toMatchObject({ status: 'ended', outcome: 'recovered' });
    }
  });

  test('a year without rating keeps the watch open; failing after it is looked at by the county and proposed by nobody', async () => {
    const watch = await here.watched();
    await watch.passes('warning');
    await watch.passes('training');
    await here.until('2027-01-20');
    expect(await here.rates(watch.worker, 2026, 'unrated')).toEqual([]);
    await here.until('2028-01-18');
    await here.rates(watch.worker, 2027, 'failed');
    await watch.passes('eligibility');
    expect(await watch.open()).toEqual(['manual']);
    expect(await watch.answers('manual', 'countyOrg', { how: 'renew', opinion: '中间一年不定等次，再跟踪一年。' })).toBeNull();
    expect(await watch.outcome()).toBe('renewed');
    expect((await (await here.latest(watch.worker)).case()).input).toMatchObject({ year: 2027 });
  });

  test('one that does not come is asked for, as often as it takes; when it comes the case goes on by itself', async () => {
    const watch = await here.watched();
    await watch.goesOnTo(null);
    await here.until('2027-02-01', '12:00');
    // the review of 30 June was never done: its time is over with its year, and somebody must look at that
    expect(await watch.incidents()).toEqual(['StageLapsed']);
    expect(await watch.open()).toEqual(['chase']);
    expect(await watch.answers('chase', 'countyOrg', { expectedOn: '2027-02-01', reason: '考核方案下达较晚。' })).toContain('在今天以后');
    expect(await watch.answers('chase', 'countyOrg', { expectedOn: '2027-02-26', reason: '考核方案下达较晚。' })).toBeNull();
    expect(await watch.waitsFor()).toBe('等待年度考核结果');
    await here.until('2027-02-26');
    expect([await watch.open(), (await watch.run('chase')).round]).toEqual([['chase'], 2]);
    await here.forgets();
    await here.rates(watch.worker, 2026, 'failed');
    expect(await watch.open()).toEqual(['eligibility']);
  });
});

describe('may this way be gone at all', () => {
  test('without training on record nobody is dismissed: a new year of improvement, and a third failing year proposes again', async () => {
    const watch = await here.watched();
    await watch.passes('warning');
    await here.until('2027-01-20');
    await here.rates(watch.worker, 2026, 'failed');
    await watch.passes('eligibility');
    expect(await watch.answers('legal', 'countyHr', usual.legal!.answer(''))).toContain('培训或者调整岗位的记录');
    expect(await watch.answers('legal', 'countyHr', { result: 'renew', opinion: '没有培训记录，转入改进。' })).toBeNull();
    expect(await watch.outcome()).toBe('renewed');

    const again = await here.latest(watch.worker);
    expect(await again.case()).toMatchObject({ status: 'running', causeCaseId: watch.caseId, input: { year: 2026 } });
    await again.passes('warning');
    await again.passes('training');
    await here.until('2027-06-30');
    await again.passes('midyear');
    await here.until('2028-01-18');
    await here.rates(watch.worker, 2027, 'failed');
    await again.goesOnTo('proposal');
    expect(await again.open()).toEqual(['proposal']);
  });

  test('shielded by art. 42: held with the date, checked again after it, and again; free, it goes on', async () => {
    const watch = await here.watched();
    await watch.failsAgain();
    expect(await watch.answers('eligibility', 'street', found({ shield: 'maternity' }))).toContain('保护期届满日期');
    expect(await watch.answers('eligibility', 'street', found({ shield: 'maternity', shieldUntil: '2027-05-31' }))).toBeNull();
    expect(await watch.waitsFor()).toBe('法定保护期内，期满后再核查');
    const date = await here.db.caseDate.findFirstOrThrow({ where: { caseId: watch.caseId, key: 'shield' } });
    expect(date.on.toISOString()).toContain('2027-05-31');
    await here.until('2027-05-31', '23:00');
    expect(await watch.open()).toEqual([]);
    await here.forgets();
    await here.until('2027-06-01');
    expect([await watch.open(), (await watch.run('eligibility')).round]).toEqual([['eligibility'], 2]);
    expect(await watch.answers('eligibility', 'street', found({ shield: 'medicalPeriod', shieldUntil: '2027-08-31' }))).toBeNull();
    await here.until('2027-09-01');
    await here.forgets();
    await watch.passes('eligibility');
    expect(await watch.open()).toEqual(['legal']);
  });

  test.each([
    ['an elected member', { elected: 'yes' }, '终止'],
    ['a union officer', { unionOfficer: 'yes' }, '终止'],
    ['fifteen years of service and five to retirement', { shield: 'nearRetirement' }, '调整岗位'],
    ['dispatched staff', { employmentForm: 'DISPATCH' }, '派遣'],
  ])('%s goes a way of their own', async (_who, changes, says) => {
    const watch = await here.watched();
    await watch.failsAgain();
    await watch.answers('eligibility', 'street', found(changes));
    expect(await watch.open()).toEqual(['manual']);
    const proceed = { how: 'proceed', opinion: '按程序转入解聘。' + '依据见附件。' };
    expect(await watch.answers('manual', 'countyOrg', proceed)).toContain(says);
    if (says === '终止') {
      expect(await watch.answers('manual', 'countyOrg', { ...proceed, officeEndedOn: '2027-01-19' })).toBeNull();
      expect(await watch.open()).toEqual(['legal']);
    } else {
      expect(await watch.answers('manual', 'countyOrg', { how: 'adjusted', opinion: '调整到便民服务岗位。' })).toBeNull();
      expect(await watch.outcome()).toBe('otherwise');
    }
  });
});

describe('before the decision', () => {
  test('the person who says nothing within five working days has been heard, and that is no incident', async () => {
    const watch = await here.watched();
    await watch.failsAgain();
    await watch.goesOnTo('statement');
    await here.until('2027-01-27', '23:59');
    expect(await watch.open()).toEqual(['statement']);
    await here.until('2027-01-28', '00:30');
    expect([await watch.open(), (await watch.run('statement')).status]).toEqual([['union'], 'lapsed']);
    expect(await watch.incidents()).toEqual([]);
  });

  test('the union objects: its opinion is dealt with in writing before the committee is asked', async () => {
    const watch = await here.watched();
    await watch.failsAgain();
    await watch.goesOnTo('union');
    await watch.passes('union', { stance: 'objects', opinion: '培训时间太短，建议再给机会。' });
    expect(await watch.open()).toEqual(['unionReply']);
    await watch.passes('unionReply');
    expect(await watch.open()).toEqual(['committee']);
  });

  test.each([
    ['the street follows the union', 'unionReply', { result: 'dropped', reply: '采纳工会意见，再培训一年。' }],
    ['the committee is against it', 'committee', { result: 'fail', opinion: '不同意，再给机会。' }],
    ['the county is against it', 'county', { result: 'against', opinion: '证据还不够充分。' }],
  ])('%s: kept, and the second failing year is watched in its turn', async (_who, stage, changes) => {
    const watch = await here.watched();
    await watch.failsAgain();
    await watch.goesOnTo('union');
    await watch.passes('union', stage === 'unionReply' ? { stance: 'objects' } : {});
    await watch.goesOnTo(stage);
    await watch.passes(stage, changes);
    expect(await watch.outcome()).toBe('kept');
    expect((await (await here.latest(watch.worker)).case()).input).toMatchObject({ year: 2026 });
  });

  test('sent back to the proposal, everything after it is asked again; nobody goes back into the year of improvement', async () => {
    const watch = await here.watched();
    await watch.failsAgain();
    await watch.goesOnTo('committee');
    expect(await watch.returns('committee', 'chair', 'training')).toContain('退回');
    expect(await watch.returns('committee', 'chair', 'proposal')).toBeNull();
    expect(await watch.open()).toEqual(['proposal']);
    await watch.goesOnTo('committee');
    expect((await watch.run('union')).round).toBe(2);
  });

  test('two of a street at about the same time are a tenth of a small staff: the way of art. 41 is pointed out', async () => {
    const [one, other] = [await here.watched(), await here.watched()];
    for (const watch of [one, other]) {
      await watch.passes('warning');
      await watch.passes('training');
    }
    await here.until('2026-06-30');
    for (const watch of [one, other]) await watch.passes('midyear');
    await here.until('2027-01-20');
    for (const watch of [one, other]) await here.rates(watch.worker, 2026, 'failed');
    await one.goesOnTo('proposal');
    expect(await one.incidents()).toEqual([]);
    await other.goesOnTo('proposal');
    expect(await other.incidents()).toEqual(['MassReduction']);
  });
});

describe('the rating is contested or changed', () => {
  const contest = { appliedOn: '2027-01-20', grounds: '对第二年度的评分有异议。' };

  test('under review nothing further is asked; maintained, it goes on', async () => {
    const watch = await here.watched();
    expect(await watch.declares('self', 'contest', contest)).toContain('第二个不合格年度');
    await watch.failsAgain();
    await watch.goesOnTo('statement');
    expect(await watch.declares('self', 'contest', contest)).toBeNull();
    expect((await watch.open()).sort()).toEqual(['ratingReview', 'statement']);
    await watch.passes('statement');
    expect(await watch.open()).toEqual(['ratingReview']);
    await here.forgets();
    expect(await watch.open()).toEqual(['ratingReview']);
    const maintained = { result: 'maintained', documentNo: '碧组核〔2027〕1号', opinion: '评分依据充分。' };
    expect(await watch.answers('ratingReview', 'countyOrg', maintained)).toBeNull();
    expect(await watch.open()).toEqual(['union']);
  });

  test('contested when only the service is left: no notice is served until the review is over', async () => {
    const watch = await here.watched();
    await watch.failsAgain();
    await watch.goesOnTo('service');
    await watch.declares('self', 'contest', contest);
    expect(await watch.answers('service', 'street', usual.service!.answer(here.today))).toContain('复核');
    expect((await watch.case()).effectiveAt).toBeNull();
  });

  test('changed to better by the review: the case unwinds, and nothing has happened to the employment', async () => {
    const watch = await here.watched();
    await watch.failsAgain();
    await watch.goesOnTo('committee');
    expect(await here.rates(watch.worker, 2026, 'basic')).toEqual([{ caseId: watch.caseId, process: 'dismissal', how: 'told' }]);
    expect(await watch.outcome()).toBe('unwound');
    expect((await watch.recordOn('2027-03-01')).employment!.value.status).toBe('formal');
  });

  test('when the first year is the one changed, the second is a first failing year itself', async () => {
    const watch = await here.watched();
    await watch.failsAgain();
    await here.rates(watch.worker, 2025, 'competent');
    expect(await watch.outcome()).toBe('unwound');
    const next = await here.latest(watch.worker);
    expect(await next.case()).toMatchObject({ status: 'running', input: { year: 2026 } });
  });

  test('changed after the end has taken effect: an incident, and it is put right by people', async () => {
    const watch = await here.watched();
    await watch.failsAgain();
    await watch.goesOnTo('service');
    await watch.passes('service');
    await here.until('2027-02-20');
    await watch.goesOnTo(null);
    await here.rates(watch.worker, 2026, 'basic');
    expect(await watch.incidents()).toEqual(['RatingChangedLate']);
    expect(await watch.open()).toEqual(['reinstatement']);
  });
});

describe('what starts a watch', () => {
  test('the same result recorded again starts and tells nothing; nor does an older year', async () => {
    const watch = await here.watched();
    expect(await here.rates(watch.worker, 2025, 'failed')).toEqual([]);
    expect(await here.rates(watch.worker, 2024, 'failed', { finalOn: '2025-01-20' })).toEqual([]);
    const fine = await here.worker();
    await here.rates(fine, 2025, 'competent');
    expect(await here.rates(fine, 2024, 'failed', { finalOn: '2025-01-20' })).toEqual([]);
    expect(await here.db.case.count({ where: { process: 'dismissal' } })).toBe(1);
  });

  test('by hand only for whoever’s latest rating on record is failing, once', async () => {
    const watch = await here.watched();
    expect(await here.opens(watch.worker)).toMatchObject({ refused: 'AlreadyRunning' });
    expect(await here.opens(await here.worker())).toMatchObject({ refused: 'NotRatedFailing' });
  });
});
