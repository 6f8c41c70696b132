import { place } from '../../test/support/cast.ts';
import { StandIns } from '../../test/support/stand-ins.ts';
import { toDateColumn } from '../domain/dates.ts';
import { isRefusal, refusalText } from '../domain/refusal.ts';

// The stage 拟稿 is asked of the street's two: street and street2.
const monday = '2026-03-02';
let at: StandIns;
beforeEach(async () => {
  at = await StandIns.open();
});
afterEach(() => at.house.close());

describe('in another’s name', () => {
  beforeEach(async () => void (await at.begin()));

  test('the substitute answers: both are on the task, on the record and in the timeline', async () => {
    await at.standsIn('secretary', 'street');
    expect(await at.drafts('secretary')).toBeNull();
    expect(await at.only('draft')).toMatchObject({ status: 'done', answeredById: at.idOf('secretary'), answeredForId: at.idOf('street') });
    expect(await at.lastEntry()).toMatchObject({
      verb: 'task.answer',
      accepted: true,
      actor: { accountId: at.idOf('secretary') },
      actingFor: { accountId: at.idOf('street'), posts: [{ role: 'STREET_HR', unitCode: place.street }] },
    });
    const view = await at.house.desk.caseView({ caseId: at.matter.caseId, actor: await at.actor('secretary'), at: at.house.now });
    if (isRefusal(view)) throw new Error(refusalText(view));
    expect(view.timeline.filter(({ verb }) => verb === 'task.answer').map(({ who, actingFor }) => [who, actingFor])).toEqual([
      [await at.nameOf('secretary'), await at.nameOf('street')],
    ]);
    expect(view.stages[0]!.rounds[0]!.who).toBe(`${await at.nameOf('secretary')}（代${await at.nameOf('street')}）`);
  });

  test('a claim makes the task the principal’s; the two of them may put it back, nobody else', async () => {
    await at.standsIn('secretary', 'street');
    expect(await at.claims('secretary')).toBeNull();
    expect(await at.only('draft')).toMatchObject({ assigneeId: at.idOf('street'), claimed: true });
    const { id: taskId } = await at.only('draft');
    const release = (who: string) => at.matter.does(who, (by) => at.house.desk.release({ ...by, taskId }));
    expect(await release('street2')).toBe('AlreadyClaimed');
    expect(await release('secretary')).toBeNull();
    expect(await at.lastEntry()).toMatchObject({ verb: 'task.release', actingFor: { accountId: at.idOf('street') } });
    expect(await at.claims('secretary')).toBeNull();
    expect(await release('street')).toBeNull();
    expect((await at.lastEntry()).actingFor).toBeUndefined();
  });

  test('who is asked anyway acts for themself, and for the principal only when the task has become theirs', async () => {
    await at.standsIn('street2', 'street');
    expect(await at.claims('street2')).toBeNull();
    expect(await at.only('draft')).toMatchObject({ assigneeId: at.idOf('street2') });
    const { id: taskId } = await at.only('draft');
    await at.matter.does('street2', (by) => at.house.desk.release({ ...by, taskId }));
    expect(await at.claims('street')).toBeNull();
    expect(await at.drafts('street2')).toBeNull();
    expect(await at.only('draft')).toMatchObject({ answeredById: at.idOf('street2'), answeredForId: at.idOf('street') });
  });

  test('it ends by itself: the open task is the principal’s, with nothing to do', async () => {
    await at.standsIn('secretary', 'street', { toOn: '2026-03-03' });
    await at.claims('secretary');
    at.later('2026-03-03', '23:30');
    expect(await at.inbox('secretary')).toHaveLength(1);
    at.later('2026-03-04', '00:30');
    expect(await at.inbox('secretary')).toEqual([]);
    expect(await at.drafts('secretary')).toBe('NotYourTask');
    expect(await at.drafts('street')).toBeNull();
    expect(await at.only('draft')).toMatchObject({ answeredById: at.idOf('street'), answeredForId: null });
  });

  test('it begins by itself, and not before its day', async () => {
    await at.standsIn('secretary', 'street', { fromOn: '2026-03-03' });
    expect(await at.drafts('secretary')).toBe('NotYourTask');
    at.later('2026-03-03', '00:10');
    expect(await at.drafts('secretary')).toBeNull();
  });

  test('ended early it is over at once', async () => {
    const id = await at.standsIn('secretary', 'street');
    await at.ends(id, 'street');
    expect(await at.drafts('secretary')).toBe('NotYourTask');
    expect(await at.inbox('secretary')).toEqual([]);
  });

  test('for the processes named alone', async () => {
    await at.standsIn('secretary', 'street', { processes: ['probation'] });
    expect(await at.drafts('secretary')).toBe('NotYourTask');
    expect(await at.inbox('secretary')).toEqual([]);
    await at.standsIn('union', 'street', { processes: ['exercise'] });
    expect(await at.drafts('union')).toBeNull();
  });

  test('with what the principal holds today, and while the substitute holds an office', async () => {
    await at.standsIn('secretary', 'street');
    await at.house.cast.leavesPost(at.idOf('secretary'), monday);
    expect(await at.drafts('secretary')).toBe('NotYourTask');
    await at.db.postHeld.updateMany({ where: { accountId: at.idOf('secretary') }, data: { toOn: null } });
    await at.house.cast.leavesPost(at.idOf('street'), monday);
    expect(await at.drafts('secretary')).toBe('NotYourTask');
  });

  test('not any more when the principal’s account is closed, and never as an administrator', async () => {
    await at.standsIn('secretary', 'street');
    await at.db.account.update({ where: { id: at.idOf('street') }, data: { status: 'disabled' } });
    expect(await at.drafts('secretary')).toBe('NotYourTask');
    await at.db.account.update({ where: { id: at.idOf('street') }, data: { status: 'active' } });
    await at.db.postHeld.updateMany({ where: { accountId: at.idOf('secretary') }, data: { toOn: toDateColumn('2026-03-01') } });
    await at.db.postHeld.create({
      data: { accountId: at.idOf('secretary'), role: 'AUDITOR', unitCode: place.city, fromOn: toDateColumn(monday) },
    });
    expect(await at.drafts('secretary')).toBe('AdministratorDecidesNothing');
  });

  test('returns, hands on and takes back in that name too', async () => {
    await at.standsIn('secretary', 'street');
    await at.drafts('street2');
    const { id: taskId } = await at.only('check');
    expect(
      await at.matter.does('secretary', (by) =>
        at.house.desk.returnTask({ ...by, taskId, to: 'draft', reason: '请补充材料', then: 'through' }),
      ),
    ).toBeNull();
    expect(await at.lastEntry()).toMatchObject({ verb: 'task.return', actingFor: { accountId: at.idOf('street') } });
    const { id: again } = await at.only('draft');
    expect(
      await at.matter.does('secretary', (by) =>
        at.house.desk.transfer({ ...by, taskId: again, to: at.idOf('street2'), reason: '情况更熟' }),
      ),
    ).toBeNull();
    expect(await at.lastEntry()).toMatchObject({ verb: 'task.transfer', actingFor: { accountId: at.idOf('street') } });
    expect(await at.db.copy.findMany({ where: { caseId: at.matter.caseId } })).toMatchObject([{ accountId: at.idOf('street') }]);
    await at.drafts('street2');
    expect(await at.checks('secretary')).toBeNull();
    const { id: answered } = await at.only('check');
    const takeBack = (who: string) => at.matter.does(who, (by) => at.house.desk.takeBack({ ...by, taskId: answered, reason: '写错了' }));
    expect(await takeBack('street2')).toBe('NothingToTakeBack');
    expect(await takeBack('secretary')).toBeNull();
    expect(await at.lastEntry()).toMatchObject({ verb: 'task.takeBack', actingFor: { accountId: at.idOf('street') } });
  });

  test('the principal takes back what was answered in their name, the substitute no longer after the period', async () => {
    const id = await at.standsIn('secretary', 'street');
    await at.drafts('secretary');
    const { id: taskId } = await at.only('draft');
    const takeBack = (who: string) => at.matter.does(who, (by) => at.house.desk.takeBack({ ...by, taskId, reason: '写错了' }));
    await at.ends(id, 'street');
    expect(await takeBack('secretary')).toBe('NothingToTakeBack');
    expect(await takeBack('street')).toBeNull();
  });

  test('at the level above, once a task lies there too', async () => {
    await at.standsIn('otherStreet', 'countyHr', { toOn: '2026-03-31' });
    expect(await at.drafts('otherStreet')).toBe('NotYourTask');
    at.later('2026-03-09', '17:30');
    await at.house.desk.whatIsDue({ caseId: at.matter.caseId, at: at.house.now, awaits: [] });
    expect(await at.inbox('otherStreet')).toEqual([{ stage: 'draft', inStead: await at.nameOf('countyHr'), mine: false }]);
    await at.matter.told.goOn();
    expect(await at.drafts('otherStreet')).toBeNull();
    expect(await at.only('draft')).toMatchObject({ answeredForId: at.idOf('countyHr') });
  });
});
