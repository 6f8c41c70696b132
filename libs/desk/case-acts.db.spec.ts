import type { Officer } from '../../test/support/cast.ts';
import { DeskHouse, MatterAtDesk } from '../../test/support/matter-at-desk.ts';
import { probationStory } from '../../workflows/processes/probation/workflow.ts';
import { addDays, dateOf, instantOf } from '../domain/dates.ts';
import { isRefusal, refusalText } from '../domain/refusal.ts';
import { caseView } from './case-view.ts';
import { workCounts } from './workbench.ts';

let house: DeskHouse;
beforeAll(async () => {
  house = await DeskHouse.open('2026-11-24T01:00:00Z');
});
beforeEach(() => {
  house.now = instantOf('2026-11-24', '09:00');
});
afterAll(() => house.close());

const draft = { text: '初稿' };
const idOf = (who: string) => house.cast.ids[who as Officer] ?? who;
const toldBy = async ({ caseId }: MatterAtDesk, template: string) =>
  (await house.room.db.mail.findMany({ where: { caseId, template } })).map(({ accountId }) => accountId).sort();
const ids = (...who: string[]) => who.map(idOf).sort();
const entriesOf = ({ caseId }: MatterAtDesk, verb: string) =>
  house.room.db.ledgerEntry.findMany({ where: { caseId, verb }, orderBy: { id: 'asc' }, select: { accepted: true, accountId: true } });

describe('撤销', () => {
  const cancels = (matter: MatterAtDesk, who: string) =>
    matter.does(who, (by) => house.desk.cancel({ ...by, caseId: matter.caseId, reason: '政策调整' }));

  test('by the county alone; the story undoes and ends it as cancelled, and everyone who had a part is told', async () => {
    const matter = await house.start();
    expect(await matter.answers('draft', 'street', draft)).toBeNull();
    expect(await matter.does('street', (by) => house.desk.copy({ ...by, caseId: matter.caseId, to: [idOf('cityOrg')] }))).toBeNull();
    for (const who of ['street', 'cityOrg', 'worker', 'chair'] as const) expect(await cancels(matter, who)).toBe('NotProcessOwner');
    for (const who of ['system', 'security', 'auditor'] as const) expect(await cancels(matter, who)).toBe('AdministratorDecidesNothing');
    expect(await cancels(matter, 'countyOrg')).toBeNull();
    expect(matter.told.outcome).toBe('cancelled');
    const ended = await house.room.db.case.findUniqueOrThrow({ where: { id: matter.caseId } });
    expect(ended).toMatchObject({ status: 'ended', outcome: 'cancelled', ending: 'cancelled' });
    expect(await toldBy(matter, 'case-withdrawn')).toEqual(ids('countyHr', 'street', 'street2', 'cityOrg', matter.worker.accountId));
    expect(await cancels(matter, 'countyOrg')).toBe('CaseEnded');
    expect((await entriesOf(matter, 'case.cancel')).map(({ accepted }) => accepted)).toEqual([
      ...Array<boolean>(7).fill(false),
      true,
      false,
    ]);
  });

  test('in effect, its parts need their own reversal, and the refusal says so', async () => {
    const matter = await house.start();
    await house.room.db.case.update({ where: { id: matter.caseId }, data: { effectiveAt: house.now } });
    const verdict = await house.desk.cancel({ ...(await matter.by('countyHr')), caseId: matter.caseId, reason: '政策调整' });
    expect(isRefusal(verdict) && verdict.refused).toBe('AlreadyEffective');
    expect(isRefusal(verdict) && refusalText(verdict)).toContain('按各自的纠正流程另行撤销');
  });

  test.each(['cancel', 'withdraw'] as const)('%s comes before an end of which the story has not heard yet', async (verb) => {
    const matter = await house.start();
    expect(await matter.answers('draft', 'street', draft)).toBeNull();
    const taskId = await matter.taskOf('check', 'street2');
    const refused = { result: 'fail', opinion: '不同意' };
    expect(isRefusal(await house.desk.answer({ ...(await matter.by('street2')), taskId, answer: refused }))).toBe(false);
    expect(isRefusal(await house.desk[verb]({ ...(await matter.by('countyHr')), caseId: matter.caseId, reason: '重复' }))).toBe(false);
    await matter.told.goOn();
    expect(matter.told.outcome).toBe(verb === 'cancel' ? 'cancelled' : 'withdrawn');
    await matter.sound();
  });

  test('so does an answer taken back: the case does not end by it', async () => {
    const matter = await house.start();
    expect(await matter.answers('draft', 'street', draft)).toBeNull();
    const taskId = await matter.taskOf('check', 'street2');
    const by = async () => ({ ...(await matter.by('street2')), taskId });
    expect(isRefusal(await house.desk.answer({ ...(await by()), answer: { result: 'fail', opinion: '不同意' } }))).toBe(false);
    expect(isRefusal(await house.desk.takeBack({ ...(await by()), reason: '填写有误' }))).toBe(false);
    await matter.told.goOn();
    expect(matter.told.outcome).toBeNull();
    expect((await matter.run('check'))!).toMatchObject({ status: 'open', round: 2 });
    await matter.sound();
  });

  test('the same request twice is one cancellation, and a story told from the top ends the same way', async () => {
    const matter = await house.start();
    const by = { ...(await matter.by('countyHr')), requestKey: 'cancel-once' };
    const [first, second] = [
      await house.desk.cancel({ ...by, caseId: matter.caseId, reason: '政策调整' }),
      await house.desk.cancel({ ...by, caseId: matter.caseId, reason: '政策调整' }),
    ];
    expect(second).toEqual(first);
    const desk = await house.desk.recall({ caseId: matter.caseId });
    expect(desk).toMatchObject({ status: 'withdrawing', ending: 'cancelled' });
    // the engine forgets it before it has heard
    await matter.told.kill();
    await matter.told.begin();
    expect(matter.told.outcome).toBe('cancelled');
    await matter.sound();
  });
});

describe('催办', () => {
  const urges = async (matter: MatterAtDesk, who: string, stage = 'draft') => {
    const [task] = (await matter.tasks(stage)).filter(({ status }) => status === 'open');
    return matter.does(who, (by) => house.desk.urge({ ...by, taskId: task!.id, note: '材料急用' }));
  };

  test('by starter, person concerned and process owner; a mail to whoever is asked, and a mark in their inbox', async () => {
    const matter = await house.start('countyHr');
    for (const who of ['street', 'chair', 'cityOrg', 'auditor'] as const) expect(await urges(matter, who)).toBe('MayNotUrge');
    const urgedAt = house.now.toISOString();
    expect(await urges(matter, 'worker')).toBeNull();
    expect(await toldBy(matter, 'task-urged')).toEqual(ids('street', 'street2'));
    const { actor, at } = await matter.by('street');
    const { items } = await house.desk.tasksPage({ actor, at, box: 'open', limit: 20, caseId: matter.caseId });
    expect(items).toMatchObject([{ urgedAt }]);
  });

  test('once in a half working day and task, whoever asks; the refusal says from when it is possible again', async () => {
    const matter = await house.start();
    expect(await urges(matter, 'countyHr')).toBeNull();
    const taskId = await matter.taskOf('draft', 'street');
    const verdict = await house.desk.urge({ ...(await matter.by('countyOrg')), taskId });
    expect(verdict).toEqual({ refused: 'UrgedAlready', params: { again: '11月24日(周二) 12:00' } });
    house.now = instantOf('2026-11-24', '12:00');
    expect(await urges(matter, 'countyOrg')).toBeNull();
    house.now = instantOf('2026-11-25', '08:29');
    expect(await urges(matter, 'countyHr')).toBe('UrgedAlready');
    house.now = instantOf('2026-11-25', '08:30');
    expect(await urges(matter, 'countyHr')).toBeNull();
    expect(await toldBy(matter, 'task-urged')).toHaveLength(6);
  });

  test('two at once are one; a new task may be urged at once, a closed one not, nor one’s own', async () => {
    const matter = await house.start();
    const taskId = await matter.taskOf('draft', 'street');
    const both = await Promise.all(['countyHr', 'countyOrg'].map(async (who) => house.desk.urge({ ...(await matter.by(who)), taskId })));
    expect(both.map((verdict) => (isRefusal(verdict) ? verdict.refused : null)).sort()).toEqual(['UrgedAlready', null].sort());
    expect(await matter.answers('draft', 'street', draft)).toBeNull();
    expect(await matter.does('countyHr', (by) => house.desk.urge({ ...by, taskId }))).toBe('TaskNotOpen');
    expect(await urges(matter, 'countyHr', 'check')).toBeNull();
    const own = await MatterAtDesk.start(house, {
      process: 'probation',
      story: probationStory,
      starter: 'countyHr',
      worker: await house.cast.worker({ startedOn: addDays(dateOf(house.now), -165) }),
    });
    expect(await urges(own, 'worker', 'summary')).toBe('UrgesOneself');
  });
});

describe('抄送', () => {
  const copies = (matter: MatterAtDesk, who: string, ...to: string[]) =>
    matter.does(who, (by) => house.desk.copy({ ...by, caseId: matter.caseId, to: to.map(idOf), note: '请阅知' }));
  const looks = async (matter: MatterAtDesk, who: string) => {
    const { actor, at } = await matter.by(who);
    return caseView(house.room, { caseId: matter.caseId, actor, at });
  };

  test('who is given the case may read it and nothing more; when they read it first is seen by all', async () => {
    const matter = await house.start();
    expect(await looks(matter, 'chair')).toMatchObject({ refused: 'NotYourCase' });
    expect(await copies(matter, 'street', 'chair')).toBeNull();
    const { actor, at } = await matter.by('chair');
    expect((await workCounts(house.room, actor, at)).unread).toBe(1);
    expect(await house.desk.copiesPage({ actor, at, unread: true, limit: 20 })).toMatchObject({
      items: [{ id: matter.caseId, note: '请阅知', readAt: null }],
    });
    house.now = instantOf('2026-11-25', '10:00');
    expect(isRefusal(await looks(matter, 'chair'))).toBe(false);
    house.now = instantOf('2026-11-26', '10:00');
    const seen = await looks(matter, 'chair');
    if (isRefusal(seen)) throw new Error(seen.refused);
    expect(seen.readers).toMatchObject([{ name: actor.name, readAt: instantOf('2026-11-25', '10:00').toISOString() }]);
    expect(seen.actions.filter(({ allowed }) => allowed).map(({ verb }) => verb)).toEqual(['comment', 'attach']);
    expect((await workCounts(house.room, actor, at)).unread).toBe(0);
    expect((await house.desk.copiesPage({ actor, at, unread: true, limit: 20 })).items).toEqual([]);
    expect((await house.desk.copiesPage({ actor, at, limit: 20 })).items.map(({ id }) => id)).toContain(matter.caseId);
    expect(await matter.answers('draft', 'chair', draft)).toBe('NotYourTask');
    expect(await toldBy(matter, 'task-copied')).toEqual(ids('chair'));
  });

  test('by starter, process owner, and whoever is or was asked', async () => {
    const matter = await house.start();
    for (const who of ['chair', 'cityOrg', 'worker', 'auditor', 'union'] as const)
      expect(await copies(matter, who, 'secretary')).toBe('MayNotCopy');
    expect(await copies(matter, 'countyOrg', 'secretary')).toBeNull();
    expect(await matter.answers('draft', 'street', draft)).toBeNull();
    expect(await copies(matter, 'street', 'union')).toBeNull();
    // to be asked now is enough, to have been given it is not
    expect(await copies(matter, 'street2', 'deputy')).toBeNull();
    expect(await copies(matter, 'union', 'deputy')).toBe('MayNotCopy');
  });

  test('only to officers of units above the case’s or in the same street', async () => {
    const matter = await house.start();
    const relative = await house.cast.appoint('STREET_HR', '520602005', '干部');
    await house.room.db.relative.create({ data: { accountId: relative, otherId: matter.worker.accountId } });
    const gone = await house.cast.appoint('STREET_HR', '520602005', '干部');
    await house.cast.leavesPost(gone, '2026-11-01');
    const colleague = await house.cast.worker({ startedOn: '2026-09-01' });
    const nobody = '00000000-0000-4000-8000-000000000000';
    for (const who of ['otherStreet', 'auditor', 'system', matter.worker.accountId, colleague.accountId, relative, gone, nobody])
      expect(await copies(matter, 'countyHr', 'secretary', who)).toBe('OutsideConfidentiality');
    expect(await house.room.db.copy.count({ where: { caseId: matter.caseId } })).toBe(0);
    expect(await copies(matter, 'countyHr', 'secretary', 'cityOrg', 'chair')).toBeNull();
    const choices = await house.desk.readersToChoose({ caseId: matter.caseId, ...(await matter.by('countyHr')) });
    if (isRefusal(choices)) throw new Error(choices.refused);
    const offered = choices.map(({ accountId }) => accountId);
    expect(offered).toEqual(expect.arrayContaining(ids('deputy', 'street', 'countyOrg')));
    for (const who of ['secretary', 'countyHr', 'otherStreet', matter.worker.accountId, relative, gone])
      expect(offered).not.toContain(idOf(who));
    expect(await house.desk.readersToChoose({ caseId: matter.caseId, ...(await matter.by('union')) })).toMatchObject({
      refused: 'MayNotCopy',
    });
  });

  test('who has it already is passed over; when all have it, it is refused', async () => {
    const matter = await house.start();
    expect(await copies(matter, 'countyHr', 'chair')).toBeNull();
    expect(await copies(matter, 'street', 'chair')).toBe('AlreadyCopied');
    expect(await copies(matter, 'street', 'chair', 'deputy', 'deputy')).toBeNull();
    expect(await toldBy(matter, 'task-copied')).toEqual(ids('chair', 'deputy'));
    expect(await matter.does('countyHr', (by) => house.desk.withdraw({ ...by, caseId: matter.caseId, reason: '重复' }))).toBeNull();
    expect(await copies(matter, 'countyHr', 'member3')).toBe('CaseEnded');
  });
});
