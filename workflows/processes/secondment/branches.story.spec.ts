import { isRefusal, refusalText } from '../../../libs/domain/refusal.ts';
import { StaysHere, type Stay } from './stay.fixture.ts';

let here: StaysHere;
beforeAll(async () => {
  here = await StaysHere.at('2026-01-19');
});
afterEach(() => here.turn());
afterAll(() => here.close());

describe('who is sent', () => {
  test.each([
    [{ postTitle: '社区专职工作人员' }, '不是社区党组织书记'],
    [{ postTitle: '社区党组织副书记' }, '不是社区党组织书记'],
    [{ rating: 'basic' as const }, '没有达到合格'],
    [{ rating: null }, '没有达到合格'],
  ])('%j is not started: %s', async (of, why) => {
    const refused = await here.opens(await here.secretary(of));
    expect(isRefusal(refused) && refusalText(refused)).toContain(why);
  });

  test('whoever does not want to is not sent; whoever has an open matter does not pass', async () => {
    const unwilling = await here.begun();
    await unwilling.passes('nomination');
    await unwilling.passes('consent', { consent: 'no' });
    expect(await unwilling.outcome()).toBe('declined');
    const barred = await here.begun({ community: '520602005006' });
    await barred.passes('nomination');
    await barred.passes('consent');
    const review = { noCase: 'no', healthy: 'yes', opinion: '有未结的信访核查。' };
    expect(await barred.answers('review', 'countyOrg', { ...review, result: 'pass' })).toContain('不能审核通过');
    expect(await barred.answers('review', 'countyOrg', { ...review, result: 'fail' })).toBeNull();
    expect(await barred.outcome()).toBe('notPassed');
  });

  test.each([
    ['upheld', 'objected', []],
    ['rejected', null, ['approval']],
  ] as const)('an objection to the notice that is %s: %s', async (conclusion, outcome, open) => {
    const stay = await here.begun();
    for (const stage of ['nomination', 'consent', 'review', 'notice']) await stay.passes(stage);
    await stay.objected(conclusion);
    await here.until('2026-01-27');
    expect(await stay.outcome()).toBe(outcome);
    expect(await stay.open()).toEqual(open);
  });

  test('the city refuses, or keeps a reserve who is called when a place comes free, or not by the end of the year', async () => {
    const stay = await here.begun();
    await stay.proposed();
    await stay.passes('approval', { result: 'reserve' });
    expect(await stay.open()).toEqual(['callUp']);
    await stay.passes('callUp');
    expect(await stay.open()).toEqual(['match']);
    expect(await stay.withdraws()).toBeNull();

    const late = await here.begun({ community: '520602005006' });
    await late.proposed();
    await late.passes('approval', { result: 'reserve' });
    await here.until('2027-01-01');
    expect(await late.outcome()).toBe('notCalled');
    expect(await late.incidents()).toEqual([]);
  });
});

describe('before the start', () => {
  let stay: Stay;
  beforeEach(async () => {
    stay = await here.begun();
    await stay.proposed();
    await stay.passes('approval');
  });

  test('a host that cannot receive: matched with another one, which the first one no longer sees', async () => {
    await stay.matched('2026-03-02');
    const first = await stay.by('host');
    const seen = () => here.desk.caseView({ caseId: stay.caseId, actor: first.actor, at: here.now });
    expect(isRefusal(await seen())).toBe(false);
    expect(await stay.answers('acceptance', 'host', { result: 'cannot', opinion: '没有住处。' })).toBeNull();
    expect(await stay.open()).toEqual(['match']);
    expect(await stay.matched('2026-03-02', 1)).toBeNull();
    expect(await seen()).toMatchObject({ refused: 'NotYourCase' });
    expect((await stay.run('acceptance')).round).toBe(2);
    await stay.passes('acceptance');
    expect(await stay.open()).toEqual(['dispatch']);
  });

  test('a host that is promised to another on these days is not asked: the city matches anew', async () => {
    await stay.matched('2026-03-02');
    const other = await here.begun({ community: '520602005006' });
    await other.proposed();
    await other.passes('approval');
    await other.matched('2026-04-15');
    expect(await other.open()).toEqual(['match']);
    expect(await other.run('match')).toMatchObject({ round: 2 });
    // from the day after the other's end there is room
    expect(await other.matched('2026-05-07')).toBeNull();
    expect(await other.open()).toEqual(['acceptance']);
  });

  test('sent back from the preparation for another host: the new one is asked, whichever way the case comes back', async () => {
    await stay.matched('2026-03-02');
    await stay.passes('acceptance');
    expect(await stay.returns('dispatch', 'street', 'match', 'straightBack')).toBeNull();
    expect(await stay.matched('2026-03-09', 2)).toBeNull();
    expect(await stay.open()).toEqual(['acceptance']);
    await stay.passes('acceptance');
    await stay.passes('dispatch');
    await here.until('2026-03-09');
    await stay.passes('arrival');
    expect(await stay.endsOn()).toBe('2026-05-09');
  });

  test('a secretary who gives it up ends the case and frees the host; nobody gives up after the arrival', async () => {
    await stay.matched('2026-03-02');
    expect(await stay.declares('self', 'decline', { reason: '家中有事。' })).toBeNull();
    expect(await stay.outcome()).toBe('declined');
    const next = await here.begun({ community: '520602005006' });
    await next.arrives('2026-03-02');
    expect(await next.declares('self', 'decline', { reason: '家中有事。' })).toContain('已经生效');
    expect(await next.withdraws()).toContain('已经生效');
  });

  test('the street takes its nomination back', async () => {
    await stay.matched('2026-03-02');
    expect(await stay.withdraws()).toBeNull();
    expect(await stay.outcome()).toBe('withdrawn');
    expect(await stay.recordOn('2026-03-10')).toBeUndefined();
  });

  test('whoever does not arrive is not sent: overdue it goes before the city, and nothing stands on record', async () => {
    await stay.matched('2026-03-02');
    await stay.passes('acceptance');
    await stay.passes('dispatch');
    await here.until('2026-03-04');
    const { id: taskId } = await here.db.task.findFirstOrThrow({ where: { caseId: stay.caseId, stage: 'arrival' } });
    const above = await here.db.taskEscalation.findMany({ where: { taskId }, select: { role: true, unitCode: true } });
    expect(above).toEqual([{ role: 'CITY_ORG', unitCode: '5206' }]);
    expect(await stay.answers('arrival', 'host', { result: 'arrived', arrivedOn: '2026-03-01' })).toContain('不能早于');
    expect(await stay.answers('arrival', 'host', { result: 'arrived' })).toContain('请填写报到日期');
    expect(await stay.answers('arrival', 'cityOrg', { result: 'noShow', opinion: '联系不上。' })).toBeNull();
    expect(await stay.case()).toMatchObject({ outcome: 'noShow', effectiveAt: null });
    expect(await stay.recordOn('2026-03-10')).toBeUndefined();
  });
});

describe('in the stay', () => {
  let stay: Stay;
  beforeEach(async () => {
    stay = await here.begun();
    await stay.arrives('2026-03-02');
  });
  const recall = { why: 'emergency', documentNo: '碧组召〔2026〕1号', reason: '汛情紧急，须返回社区。' };
  const extension = { homeNo: '碧组函〔2026〕2号', hostNo: '东组函〔2026〕7号', reason: '项目尚未结束。' };

  test('recalled early: what is open ends, the host appraises what there was, and the record says so', async () => {
    await here.until('2026-03-20');
    expect(await stay.declares('street', 'recall', { ...recall, lastOn: '2026-05-02' })).toContain('以前');
    expect(await stay.declares('street', 'recall', { ...recall, lastOn: '2026-03-22' })).toBeNull();
    expect(await stay.open()).toEqual([]);
    await here.until('2026-03-22');
    expect(await stay.open()).toEqual(expect.arrayContaining(['appraisal', 'returned', 'summary']));
    for (const stage of ['appraisal', 'returned', 'summary']) await stay.passes(stage);
    expect(await stay.outcome()).toBe('recalled');
    expect(await stay.recordOn('2026-03-22')).toMatchObject({ value: { recalled: true, rating: 'excellent' } });
    expect(await stay.recordOn('2026-03-23')).toBeUndefined();
    // the host has room again
    const next = await here.begun({ community: '520602005006' });
    await next.arrives('2026-04-20');
    expect(await next.open()).toContain('plan');
  });

  test('extended once by both sides, by a month at most: logs go on, the end moves, the host keeps the days', async () => {
    await here.until('2026-04-20');
    expect(await stay.declares('street', 'extend', { ...extension, until: '2026-06-03' })).toContain('最多延长 1 个月');
    expect(await stay.declares('street', 'extend', { ...extension, until: '2026-05-02' })).toContain('应晚于');
    expect(await stay.declares('street', 'extend', { ...extension, until: '2026-06-02', hostNo: '' })).toContain('接收地同意文号');
    expect(await stay.declares('street', 'extend', { ...extension, until: '2026-05-30' })).toBeNull();
    // a Saturday: to Monday
    expect(await stay.endsOn()).toBe('2026-06-01');
    expect(await stay.recordOn('2026-06-01')).toBeDefined();
    expect(await stay.declares('countyOrg', 'extend', { ...extension, until: '2026-06-02' })).toContain('已经申报');
    await here.until('2026-05-06');
    expect(await stay.open()).not.toContain('appraisal');
    await here.until('2026-05-29');
    expect(await stay.open()).toContain('week13');
    await here.until('2026-06-01');
    expect(await stay.open()).toContain('appraisal');
  });

  test('after the end nobody recalls or extends', async () => {
    await here.until('2026-05-06');
    expect(await stay.declares('street', 'recall', { ...recall, lastOn: '2026-05-05' })).toContain('已经期满');
    expect(await stay.declares('street', 'extend', { ...extension, until: '2026-06-01' })).toContain('已经期满');
  });

  test('the host sees the stay and nothing of the home side; another host sees nothing', async () => {
    await here.until('2026-03-06');
    const host = await stay.by('host');
    const view = await here.desk.caseView({ caseId: stay.caseId, ...host });
    if (isRefusal(view)) throw new Error(view.refused);
    expect(view.subject!.name).toBe(stay.worker.name);
    expect(view.stages.map(({ stage }) => stage)).toEqual(['acceptance', 'arrival', 'plan', 'week1', 'agreement']);
    const said = JSON.stringify(view);
    for (const secret of ['任书记八年', '同意推荐', '同意选派', '碧组派〔2026〕3号']) expect(said).not.toContain(secret);
    const review = await here.db.task.findFirstOrThrow({ where: { caseId: stay.caseId, stage: 'review' } });
    expect(await here.desk.taskView({ taskId: review.id, ...host })).toMatchObject({ refused: 'NotYourTask' });
    stay.host = 1;
    expect(await here.desk.caseView({ caseId: stay.caseId, ...(await stay.by('host')) })).toMatchObject({ refused: 'NotYourCase' });
  });
});
