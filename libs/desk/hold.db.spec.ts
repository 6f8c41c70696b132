import type { Officer } from '../../test/support/cast.ts';
import { DeskHouse, MatterAtDesk } from '../../test/support/matter-at-desk.ts';
import { answerTo } from '../../workflows/processes/probation/probation.fixture.ts';
import { probationStory } from '../../workflows/processes/probation/workflow.ts';
import { provisionalTable } from '../calendar/provisional.ts';
import { addDays, dateOf, formatEnd, instantOf } from '../domain/dates.ts';
import { isRefusal } from '../domain/refusal.ts';

let house: DeskHouse;
beforeAll(async () => {
  house = await DeskHouse.open('2026-09-28T02:00:00Z');
});
beforeEach(() => {
  house.now = instantOf('2026-09-28', '10:00');
});
afterAll(() => house.close());

const onPaper = { reason: '等待上级批复', documentNo: '碧组发〔2026〕12号' };
const holds = (matter: MatterAtDesk, who = 'countyHr') =>
  matter.does(who, (by) => house.desk.hold({ ...by, caseId: matter.caseId, ...onPaper }));
const resumes = (matter: MatterAtDesk, who = 'countyHr') =>
  matter.does(who, (by) => house.desk.resume({ ...by, caseId: matter.caseId, ...onPaper }));
/** Time passes, and the story does what has fallen due. */
const until = async (matter: MatterAtDesk, on: string, time: string) => {
  house.now = instantOf(on, time);
  await matter.told.goOn();
  await matter.sound();
};
const dueOf = async (matter: MatterAtDesk, stage: string) => {
  const at = (await matter.run(stage))!.dueAt;
  return at && formatEnd(at);
};
const ahead = async ({ caseId }: MatterAtDesk) =>
  (await house.room.db.due.findMany({ where: { caseId, doneAt: null }, orderBy: { at: 'asc' } })).map(
    ({ kind, at }) => `${kind} ${formatEnd(at)}`,
  );
const mails = (matter: MatterAtDesk, template: string, who?: Officer) =>
  house.room.db.mail.findMany({
    where: { caseId: matter.caseId, template, ...(who && { accountId: house.cast.ids[who] }) },
    orderBy: { id: 'asc' },
  });
const draft = { text: '初稿' };

describe('挂起', () => {
  test('nobody acts, nothing falls due, and what is said of the case goes on', async () => {
    const matter = await house.start();
    expect(await ahead(matter)).toEqual(['reminder50 10月8日(周四) 09:00', 'reminder80 10月9日(周五) 09:00', 'due 10月10日(周六) 17:30']);
    expect(await holds(matter)).toBeNull();
    expect(await ahead(matter)).toEqual([]);
    expect([await dueOf(matter, 'draft'), matter.told.waits?.until]).toEqual([null, null]);
    const taskId = await matter.taskOf('draft', 'street');
    expect(await matter.answers('draft', 'street', draft)).toBe('CaseHeld');
    expect(await matter.does('street', (by) => house.desk.claim({ ...by, taskId }))).toBe('CaseHeld');
    expect(await matter.does('countyOrg', (by) => house.desk.urge({ ...by, taskId }))).toBe('CaseHeld');
    expect(await matter.does('street', (by) => house.desk.recuse({ ...by, caseId: matter.caseId, reason: '亲属' }))).toBe('CaseHeld');
    expect(await matter.answers('draft', 'union', draft)).toBe('NotYourTask');
    expect(await matter.does('street', (by) => house.desk.comment({ ...by, caseId: matter.caseId, text: '等批复' }))).toBeNull();
    await until(matter, '2026-11-20', '09:00');
    expect((await matter.run('draft'))!.status).toBe('open');
    expect(await mails(matter, 'task-reminder')).toEqual([]);
    expect((await mails(matter, 'case-held', 'street')).map(({ params }) => (params as { kind: string }).kind)).toEqual(['held']);
  });

  test('nor is anything handed on, sent back or taken back', async () => {
    const matter = await house.start();
    const done = await matter.taskOf('draft', 'street');
    expect(await matter.answers('draft', 'street', draft)).toBeNull();
    const taskId = await matter.taskOf('check', 'street2');
    expect(await holds(matter)).toBeNull();
    const { street, chair } = house.cast.ids;
    expect(await matter.does('street', (by) => house.desk.takeBack({ ...by, taskId: done, reason: '填写有误' }))).toBe('CaseHeld');
    for (const [who, act] of [
      ['street2', 'transfer'],
      ['street2', 'delegate'],
    ] as const)
      expect(
        await matter.does(who, (by) => house.desk[act]({ ...by, taskId, to: act === 'transfer' ? street : chair, reason: '外出' })),
      ).toBe('CaseHeld');
    const sentBack = await matter.does('street2', (by) =>
      house.desk.returnTask({ ...by, taskId, to: 'draft', reason: '请补充', then: 'through' }),
    );
    expect(sentBack).toBe('CaseHeld');
    expect(await resumes(matter)).toBeNull();
    expect(await matter.does('street', (by) => house.desk.takeBack({ ...by, taskId: done, reason: '填写有误' }))).toBeNull();
  });

  test('only the county that owns the process, and nobody whom separation of duty bars', async () => {
    const matter = await house.start();
    for (const who of ['street', 'cityOrg', 'secretary', 'worker'] as const) expect(await holds(matter, who)).toBe('NotProcessOwner');
    for (const who of ['system', 'security', 'auditor'] as const) expect(await holds(matter, who)).toBe('AdministratorDecidesNothing');
    const { countyOrg2 } = house.cast.ids;
    await house.room.db.relative.create({ data: { accountId: countyOrg2, otherId: matter.worker.accountId } });
    expect(await holds(matter, 'countyOrg2')).toBe('Relative');
    expect(await resumes(matter)).toBe('NotHeld');
    expect(await holds(matter, 'countyOrg')).toBeNull();
    expect(await holds(matter)).toBe('AlreadyHeld');
    expect(await resumes(matter, 'street')).toBe('NotProcessOwner');
    expect(await resumes(matter)).toBeNull();
  });

  test('the same request twice is one hold; of a hold and an answer at once the case’s lock decides', async () => {
    const matter = await house.start();
    const by = { ...(await matter.by('countyHr')), requestKey: 'once' };
    const both = await Promise.all([1, 2].map(() => house.desk.hold({ ...by, caseId: matter.caseId, ...onPaper })));
    expect(both[1]).toEqual(both[0]);
    expect(await house.room.db.hold.count({ where: { caseId: matter.caseId } })).toBe(1);
    expect(await resumes(matter)).toBeNull();
    const taskId = await matter.taskOf('draft', 'street');
    const [held, answered] = await Promise.all([
      house.desk.hold({ ...(await matter.by('countyHr')), caseId: matter.caseId, ...onPaper }),
      house.desk.answer({ ...(await matter.by('street')), taskId, answer: draft }),
    ]);
    expect(isRefusal(held)).toBe(false);
    expect(isRefusal(answered) ? answered.refused : null).toBe((await matter.run('draft'))!.status === 'open' ? 'CaseHeld' : null);
    await matter.told.goOn();
    await matter.sound();
    // what the story opens while the case is held has no dates yet
    for (const dueAt of (await house.room.db.stageRun.findMany({ where: { caseId: matter.caseId, status: 'open' } })).map(
      (run) => run.dueAt,
    ))
      expect(dueAt).toBeNull();
  });

  test('a held case can be withdrawn and cancelled; the hold is over with it', async () => {
    for (const verb of ['withdraw', 'cancel'] as const) {
      const matter = await house.start();
      expect(await holds(matter)).toBeNull();
      expect(await matter.does('countyHr', (by) => house.desk[verb]({ ...by, caseId: matter.caseId, reason: '重复发起' }))).toBeNull();
      expect(matter.told.outcome).toBe(verb === 'withdraw' ? 'withdrawn' : 'cancelled');
      expect(await holds(matter)).toBe('CaseEnded');
    }
  });
});

describe('恢复', () => {
  test('over the National Day week and its make-up Saturday, the working days held are added, and a later count gives the same', async () => {
    const matter = await house.start();
    house.now = instantOf('2026-09-29', '15:00');
    expect(await holds(matter)).toBeNull();
    house.now = instantOf('2026-10-09', '10:00');
    expect(await resumes(matter, 'countyOrg')).toBeNull();
    const moved = ['reminder50 10月12日(周一) 09:00', 'reminder80 10月13日(周二) 09:00', 'due 10月14日(周三) 17:30'];
    expect(await ahead(matter)).toEqual(moved);
    expect((await matter.tasks('draft')).map(({ dueAt }) => dueAt && formatEnd(dueAt))).toEqual(['10月14日(周三) 17:30']);
    expect(matter.told.waits?.until).toBe(instantOf('2026-10-12', '09:00').toISOString());
    // told anew, the story asks the stage again
    await matter.told.kill();
    await matter.told.begin();
    expect(await ahead(matter)).toEqual(moved);
    expect(await matter.answers('draft', 'street', draft)).toBeNull();
  });

  test('what was overdue before is pressed again from the next working day on', async () => {
    const matter = await house.start();
    await until(matter, '2026-10-10', '17:30');
    expect(await ahead(matter)).toEqual(['escalate 10月12日(周一) 09:00']);
    house.now = instantOf('2026-10-10', '18:00');
    expect(await holds(matter)).toBeNull();
    const before = (await mails(matter, 'task-reminder')).length;
    await until(matter, '2026-10-20', '10:00');
    expect([await dueOf(matter, 'draft'), (await mails(matter, 'task-reminder')).length]).toEqual(['10月10日(周六) 17:30', before]);
    expect(await resumes(matter)).toBeNull();
    expect(await ahead(matter)).toEqual(['escalate 10月21日(周三) 09:00']);
    await until(matter, '2026-10-21', '09:00');
    expect((await mails(matter, 'task-reminder')).length).toBeGreaterThan(before);
  });

  test('in a year without a table the stage waits, and is counted when the table has come', async () => {
    const table = await house.room.db.calendarYear.delete({ where: { year_unitCode: { year: 2027, unitCode: '' } } });
    house.now = instantOf('2026-12-22', '10:00');
    const matter = await house.start();
    expect(await dueOf(matter, 'draft')).toBe('12月29日(周二) 17:30');
    house.now = instantOf('2026-12-28', '10:00');
    expect(await holds(matter)).toBeNull();
    house.now = instantOf('2026-12-31', '16:00');
    expect(await resumes(matter)).toBeNull();
    expect(await ahead(matter)).toEqual(['recount 1月1日(周五) 09:00']);
    expect(await house.room.db.incident.count({ where: { kind: 'MissingCalendar', resolvedAt: null } })).toBe(1);
    const { off, makeUp } = provisionalTable(2027);
    await house.room.db.calendarYear.create({ data: { ...table, off, makeUp } });
    await until(matter, '2027-01-01', '09:00');
    // five days and the three held: 23, 24, 25, 28 (held from here), 29, 30, 31 December, then the first working day of the year, 4 January
    expect(await dueOf(matter, 'draft')).toBe('1月4日(周一) 17:30');
  });
});

test('a held probation still ends by law: it converts on the last day, and goes on when it is resumed', async () => {
  const worker = await house.cast.worker({ startedOn: addDays(dateOf(house.now), -165) });
  const matter = await MatterAtDesk.start(house, { process: 'probation', story: probationStory, starter: 'countyHr', worker });
  expect(await matter.answers('summary', worker.accountId, answerTo['本人总结']!(''))).toBeNull();
  expect((await matter.run('community'))!.status).toBe('open');
  expect(await holds(matter)).toBeNull();
  expect((await ahead(matter)).filter((line) => !line.startsWith('before'))).toEqual(
    Array<string>(4).fill(`legalEnd ${formatEnd(instantOf(addDays(worker.lastDay, 1), '00:00'))}`),
  );
  await until(matter, addDays(worker.lastDay, 1), '00:00');
  expect((await matter.run('community'))!.status).toBe('lapsed');
  expect(await house.room.db.incident.count({ where: { caseId: matter.caseId, kind: 'ConvertedBySilence' } })).toBe(1);
  const facts = await house.room.db.personFact.findMany({ where: { personId: worker.personId, kind: 'employment', endedAt: null } });
  expect(facts.map(({ value }) => (value as { status: string }).status)).toContain('formal');
  // in effect, and still held
  expect((await matter.run('filing'))!.dueAt).toBeNull();
  expect(await matter.answers('filing', 'countyOrg', answerTo['县级备案']!(''))).toBe('CaseHeld');
  house.now = instantOf(addDays(worker.lastDay, 3), '10:00');
  expect(await resumes(matter)).toBeNull();
  expect((await matter.run('filing'))!.dueAt).not.toBeNull();
  expect(await matter.answers('filing', 'countyOrg', answerTo['县级备案']!(''))).toBeNull();
  expect(await matter.answers('notice', worker.accountId, answerTo['告知本人']!(''))).toBeNull();
  expect(matter.told.outcome).toBe('converted');
});
