import { committee, type Officer } from '../../test/support/cast.ts';
import { DeskHouse, MatterAtDesk } from '../../test/support/matter-at-desk.ts';
import { answerTo } from '../../workflows/processes/probation/probation.fixture.ts';
import { probationStory } from '../../workflows/processes/probation/workflow.ts';
import { addDays, dateOf } from '../domain/dates.ts';
import { isRefusal } from '../domain/refusal.ts';

let house: DeskHouse;
beforeAll(async () => {
  house = await DeskHouse.open('2026-11-24T02:00:00Z');
});
afterEach(async () => {
  await house.room.db.postHeld.updateMany({ data: { toOn: null } });
});
afterAll(() => house.close());

const draft = { text: '初稿' };
const vote = (result: 'pass' | 'fail' | 'abstain') => ({ result, opinion: '见会议记录' });
const idOf = (who: string) => house.cast.ids[who as Officer] ?? who;
const recuses = (matter: MatterAtDesk, who: string) =>
  matter.does(who, (by) => house.desk.recuse({ ...by, caseId: matter.caseId, reason: '与当事人是亲戚' }));
const open = async (matter: MatterAtDesk, stage: string) =>
  (await matter.tasks(stage))
    .filter(({ status }) => status === 'open')
    .map(({ assigneeId, audienceRole, note }) => ({ assigneeId, audienceRole, note }));
const inbox = async (matter: MatterAtDesk, who: string) => {
  const { actor, at } = await matter.by(who);
  const { items } = await house.desk.tasksPage({ actor, at, box: 'open', limit: 20, caseId: matter.caseId });
  return items.map(({ stage }) => stage);
};
/** A matter that has come to a panel. */
const atPanel = async (panel: 'all' | 'inOrder' | 'ballot') => {
  const matter = await house.start();
  expect(await matter.answers('draft', 'street', draft)).toBeNull();
  expect(await matter.answers('check', 'street2', vote('pass'))).toBeNull();
  for (const stage of ['all', 'any', 'inOrder'] as const) {
    if (stage === panel) return matter;
    if (stage === 'any') expect(await matter.answers(stage, 'chair', vote('pass'))).toBeNull();
    else await matter.everyoneAnswers(stage, vote('pass'));
  }
  return matter;
};

describe('a task of a group', () => {
  test('what was claimed goes back to the group, and whoever declared may do nothing more in the case', async () => {
    const matter = await house.start();
    expect(
      await matter.does('street', async (by) => house.desk.claim({ ...by, taskId: await matter.taskOf('draft', 'street') })),
    ).toBeNull();
    expect(await recuses(matter, 'street')).toBeNull();
    expect(await open(matter, 'draft')).toEqual([{ assigneeId: null, audienceRole: 'STREET_HR', note: null }]);
    expect([await inbox(matter, 'street'), await inbox(matter, 'street2')]).toEqual([[], ['draft']]);
    expect(await matter.answers('draft', 'street', draft)).toBe('Recused');
    expect(await recuses(matter, 'street')).toBe('Recused');
    expect(await matter.answers('draft', 'street2', draft)).toBeNull();
    expect(await matter.answers('check', 'street', vote('pass'))).toBe('Recused');
    expect(await recuses(matter, 'street2')).toBeNull();
    const done = await matter.taskOf('draft', 'street2');
    expect(await matter.does('street2', (by) => house.desk.takeBack({ ...by, taskId: done, reason: '填写有误' }))).toBe('Recused');
    const [entry] = await house.room.db.ledgerEntry.findMany({
      where: { caseId: matter.caseId, verb: 'case.recuse' },
      orderBy: { id: 'asc' },
    });
    expect(JSON.parse(entry!.body)).toMatchObject({ accepted: true, detail: { reason: '与当事人是亲戚' } });
  });

  test('the last of the group: it goes to the level above at once, with the reason and a mail', async () => {
    const matter = await house.start('countyOrg');
    await house.room.db.mailWish.create({ data: { accountId: idOf('countyHr'), pace: 'each', copies: true, changedAt: house.now } });
    expect(await recuses(matter, 'street')).toBeNull();
    expect(await recuses(matter, 'street2')).toBeNull();
    const [asked] = await open(matter, 'draft');
    expect(asked).toMatchObject({ assigneeId: null, audienceRole: 'COUNTY_HR', note: expect.stringContaining('没有可以办理的人员') });
    const mails = await house.room.db.mail.findMany({
      where: { caseId: matter.caseId, template: 'task-opened', accountId: idOf('countyHr') },
    });
    expect(mails).toMatchObject([{ params: { how: 'level-above' } }]);
    expect(await matter.answers('draft', 'countyHr', draft)).toBeNull();
    // the stage after it is asked of the level above from the start
    expect(await open(matter, 'check')).toMatchObject([{ audienceRole: 'COUNTY_HR' }]);
  });

  test('nobody at any level: an incident, and the stage waits for its reminders', async () => {
    const matter = await house.start('countyHr');
    for (const who of ['street', 'street2']) expect(await recuses(matter, who)).toBeNull();
    for (const who of ['countyHr', 'countyHr2']) expect(await recuses(matter, who)).toBeNull();
    for (const who of ['countyOrg', 'countyOrg2']) expect(await recuses(matter, who)).toBeNull();
    expect(await open(matter, 'draft')).toMatchObject([{ audienceRole: 'CITY_ORG' }]);
    expect(await recuses(matter, 'cityOrg')).toBeNull();
    expect(await open(matter, 'draft')).toEqual([]);
    expect(await house.room.db.incident.count({ where: { caseId: matter.caseId, kind: 'NobodyToAsk', resolvedAt: null } })).toBe(1);
    // and the county that declared can no longer decide about the case
    expect(await matter.does('countyHr', (by) => house.desk.cancel({ ...by, caseId: matter.caseId, reason: '政策调整' }))).toBe('Recused');
  });

  test('only whoever is asked, while the case runs and is not held; never the person concerned', async () => {
    const matter = await house.start();
    for (const who of ['worker', 'chair', 'countyHr', 'auditor']) expect(await recuses(matter, who)).toBe('NotAsked');
    expect(await matter.does('countyHr', (by) => house.desk.withdraw({ ...by, caseId: matter.caseId, reason: '重复' }))).toBeNull();
    expect(await recuses(matter, 'street')).toBe('CaseEnded');
  });

  test('the same request twice is one declaration; with the answer at once, the lock decides', async () => {
    const matter = await house.start();
    const by = { ...(await matter.by('street')), requestKey: 'recuse-once' };
    const twice = await Promise.all([1, 2].map(() => house.desk.recuse({ ...by, caseId: matter.caseId, reason: '亲戚' })));
    expect(twice[1]).toEqual(twice[0]);
    const taskId = await matter.taskOf('draft', 'street2');
    const at = await matter.by('street2');
    const [declared, answered] = await Promise.all([
      house.desk.recuse({ ...at, caseId: matter.caseId, reason: '亲戚' }),
      house.desk.answer({ ...at, taskId, answer: draft }),
    ]);
    const [first, second] = [declared, answered].map((verdict) => (isRefusal(verdict) ? verdict.refused : null));
    // recused first, the task is closed and asked of others; answered first, nothing is asked any more
    expect([first, second]).toEqual(second === null ? ['NotAsked', null] : [null, 'TaskNotOpen']);
    await matter.told.goOn();
    await matter.sound();
  });
});

test('a task by name goes to others as at the stage’s opening', async () => {
  const worker = await house.cast.worker({ startedOn: addDays(dateOf(house.now), -165) });
  const matter = await MatterAtDesk.start(house, { process: 'probation', story: probationStory, starter: 'countyHr', worker });
  const mentor = { mentorId: idOf('deputy'), plan: '每周一次，共六个月，走访带教。' };
  for (const [stage, who, answer] of [
    ['mentor', 'street', mentor],
    ['summary', worker.accountId, answerTo['本人总结']!('')],
    ['community', 'secretary', answerTo['社区意见']!('')],
  ] as const)
    expect(await matter.answers(stage, who, answer)).toBeNull();
  expect(await open(matter, 'mentorOpinion')).toMatchObject([{ assigneeId: idOf('deputy') }]);
  expect(await recuses(matter, 'deputy')).toBeNull();
  expect(await open(matter, 'mentorOpinion')).toEqual([
    { assigneeId: null, audienceRole: 'STREET_HR', note: '指定的办理人不能办理（离任或应当回避），由街道办理' },
  ]);
});

describe('a panel', () => {
  test('shrinks, and the last vote that counts closes it without another', async () => {
    const matter = await atPanel('all');
    for (const who of committee.slice(1)) expect(await matter.answers('all', who, vote('pass'))).toBeNull();
    expect((await matter.run('all'))!.status).toBe('open');
    expect(await recuses(matter, 'chair')).toBeNull();
    expect(await matter.run('all')).toMatchObject({ status: 'closed', result: { result: 'pass', for: 6, against: 0, members: 6 } });
    // the story has heard of it
    expect((await matter.run('any'))!.status).toBe('open');
    expect((await matter.tasks('any')).map(({ assigneeId }) => assigneeId)).not.toContain(idOf('chair'));
  });

  test('a ballot’s majority is that of the members who are left', async () => {
    const matter = await atPanel('ballot');
    // three of seven are no majority, of five they are
    for (const who of ['chair', 'deputy', 'member3']) expect(await matter.answers('ballot', who, vote('pass'))).toBeNull();
    expect(await recuses(matter, 'member4')).toBeNull();
    expect((await matter.run('ballot'))!.status).toBe('open');
    expect(await recuses(matter, 'member5')).toBeNull();
    expect(await matter.run('ballot')).toMatchObject({ status: 'closed', result: { result: 'pass', for: 3, members: 5 } });
  });

  test('with too few left it goes to the level above', async () => {
    const matter = await atPanel('ballot');
    for (const who of committee.slice(0, 4)) expect(await recuses(matter, who)).toBeNull();
    expect((await open(matter, 'ballot')).map(({ audienceRole }) => audienceRole)).toEqual([null, null, null]);
    expect(await recuses(matter, 'member5')).toBeNull();
    expect(await open(matter, 'ballot')).toEqual([
      { assigneeId: null, audienceRole: 'COUNTY_ORG', note: expect.stringContaining('可以参加表决的人数不足') },
    ]);
  });

  test('one after the other: the turn goes on to the next', async () => {
    const matter = await atPanel('inOrder');
    const [first] = await open(matter, 'inOrder');
    expect(await recuses(matter, first!.assigneeId!)).toBeNull();
    const [next] = await open(matter, 'inOrder');
    expect(next!.assigneeId).not.toBe(first!.assigneeId);
    await matter.everyoneAnswers('inOrder', vote('pass'));
    expect(await matter.run('inOrder')).toMatchObject({ status: 'closed', result: { members: 6 } });
  });
});

describe('signers beside the owner', () => {
  const sign = (matter: MatterAtDesk, where: 'before' | 'after', to: string) =>
    matter.does('street', async (by) =>
      house.desk.addSigner({ ...by, taskId: await matter.taskOf('check', 'street'), to: idOf(to), where, reason: '请一并把关' }),
    );
  const atCheck = async () => {
    const matter = await house.start();
    expect(await matter.answers('draft', 'street2', draft)).toBeNull();
    expect(
      await matter.does('street', async (by) => house.desk.claim({ ...by, taskId: await matter.taskOf('check', 'street') })),
    ).toBeNull();
    return matter;
  };

  test('a signer before the owner steps aside, and it is the owner’s turn', async () => {
    const matter = await atCheck();
    expect(await sign(matter, 'before', 'chair')).toBeNull();
    expect(await recuses(matter, 'chair')).toBeNull();
    expect(await open(matter, 'check')).toMatchObject([{ assigneeId: idOf('street') }]);
    expect(await matter.answers('check', 'street', vote('pass'))).toBeNull();
    expect((await matter.run('check'))!.status).toBe('closed');
  });

  test('the last signer after the owner steps aside, and the stage closes with what the owner said', async () => {
    const matter = await atCheck();
    expect(await sign(matter, 'after', 'chair')).toBeNull();
    expect(await matter.answers('check', 'street', vote('pass'))).toBeNull();
    expect((await matter.run('check'))!.status).toBe('open');
    expect(await recuses(matter, 'chair')).toBeNull();
    expect(await matter.run('check')).toMatchObject({ status: 'closed', result: { result: 'pass' } });
    expect((await matter.run('all'))!.status).toBe('open');
  });

  test('the owner steps aside while the signer is at work: the task goes back to the group', async () => {
    const matter = await atCheck();
    expect(await sign(matter, 'before', 'chair')).toBeNull();
    await house.room.db.taskEscalation.create({
      data: {
        taskId: (await matter.tasks('check')).find(({ part }) => part === 'before')!.id,
        role: 'STREET_HR',
        unitCode: '520602005',
        at: house.now,
      },
    });
    expect(await recuses(matter, 'street')).toBeNull();
    expect((await matter.tasks('check')).find(({ part }) => part === 'main')).toMatchObject({
      assigneeId: null,
      claimed: false,
      status: 'waiting',
    });
    expect(await matter.answers('check', 'chair', vote('pass'))).toBeNull();
    expect(await matter.answers('check', 'street2', vote('pass'))).toBeNull();
    expect((await matter.run('check'))!.status).toBe('closed');
  });
});

describe('票决 without its chair', () => {
  const chairOf = async (matter: MatterAtDesk) => (await matter.tasks('ballot')).filter(({ chair }) => chair);
  const returns = (matter: MatterAtDesk, who: string) =>
    matter.does(who, async (by) =>
      house.desk.returnTask({ ...by, taskId: await matter.taskOf('ballot', who), to: 'draft', reason: '缺材料', then: 'through' }),
    );

  test('the next of its order presides: on record, told in the task, and alone able to return', async () => {
    const matter = await atPanel('ballot');
    expect(await returns(matter, 'deputy')).toBe('ReturnNotAllowed');
    expect(await recuses(matter, 'chair')).toBeNull();
    expect(await chairOf(matter)).toMatchObject([{ assigneeId: idOf('deputy'), note: '原主持人离任或回避，由您主持' }]);
    const entry = await house.room.db.ledgerEntry.findFirstOrThrow({ where: { caseId: matter.caseId, verb: 'panel.recuse' } });
    expect(JSON.parse(entry.body)).toMatchObject({ detail: { accountIds: [idOf('chair')], chairId: idOf('deputy') } });
    expect(await returns(matter, 'member3')).toBe('ReturnNotAllowed');
    expect(await returns(matter, 'deputy')).toBeNull();
    expect((await matter.run('draft'))!).toMatchObject({ round: 2, status: 'open' });
  });

  test('the veto goes with the chair, but a vote that was given before never becomes one', async () => {
    const matter = await atPanel('ballot');
    expect(await matter.answers('ballot', 'deputy', vote('fail'))).toBeNull();
    expect(await recuses(matter, 'chair')).toBeNull();
    const [next] = await chairOf(matter);
    expect(next!.assigneeId).not.toBe(idOf('deputy'));
    expect((await matter.run('ballot'))!.status).toBe('open');
    expect(await matter.answers('ballot', next!.assigneeId!, vote('fail'))).toBeNull();
    expect((await matter.run('ballot'))!.result).toMatchObject({ result: 'fail', against: 2, members: 6 });
  });

  test('it goes on to the one after, when that one steps aside too', async () => {
    const matter = await atPanel('ballot');
    expect(await recuses(matter, 'chair')).toBeNull();
    expect(await recuses(matter, 'deputy')).toBeNull();
    const chairs = await chairOf(matter);
    expect(chairs).toHaveLength(1);
    expect([idOf('chair'), idOf('deputy')]).not.toContain(chairs[0]!.assigneeId);
  });
});
