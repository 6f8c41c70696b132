import { DeskHouse, type MatterAtDesk } from '../../test/support/matter-at-desk.ts';
import { committee, type Officer } from '../../test/support/cast.ts';
import { addDays, dateOf, toDateColumn } from '../domain/dates.ts';
import { isRefusal } from '../domain/refusal.ts';
import { taskView } from './task-view.ts';

let house: DeskHouse;
beforeAll(async () => {
  house = await DeskHouse.open('2026-03-02T01:30:00Z');
});
afterEach(() => house.room.db.postHeld.updateMany({ data: { toOn: null } }));
afterAll(() => house.close());

const vote = (result: 'pass' | 'fail' | 'abstain') => ({ result, opinion: '见会议记录' });
const through: [string, (matter: MatterAtDesk) => Promise<void>][] = [
  ['draft', async (matter) => void (await matter.answers('draft', 'street', { text: '初稿' }))],
  ['check', async (matter) => void (await matter.answers('check', 'street', vote('pass')))],
  ['all', (matter) => everyone(matter, 'all')],
  ['any', async (matter) => void (await matter.answers('any', 'member3', vote('pass')))],
  ['inOrder', (matter) => everyone(matter, 'inOrder')],
];
const everyone = (matter: MatterAtDesk, stage: string) => matter.everyoneAnswers(stage, vote('pass'));
const upTo = async (stage: string): Promise<MatterAtDesk> => {
  const matter = await house.start();
  for (const [name, go] of through) {
    if (name === stage) break;
    await go(matter);
  }
  return matter;
};
const leaves = (who: Officer) =>
  house.room.db.postHeld.updateMany({
    where: { accountId: house.cast.ids[who] },
    data: { toOn: toDateColumn(addDays(dateOf(house.now), -1)) },
  });
const turns = async (matter: MatterAtDesk) => {
  const names = Object.fromEntries(committee.map((who) => [house.cast.ids[who], who]));
  return (await matter.tasks('inOrder')).filter(({ status }) => status === 'open').map(({ assigneeId }) => names[assigneeId!]);
};

test('会签: all have to be for it, and one against closes it', async () => {
  const passed = await upTo('all');
  await everyone(passed, 'all');
  expect((await passed.run('all'))!.result).toMatchObject({ result: 'pass', for: 7, against: 0, members: 7 });

  const refused = await upTo('all');
  await refused.answers('all', 'member4', vote('pass'));
  await refused.answers('all', 'member5', vote('fail'));
  expect((await refused.run('all'))!.result).toMatchObject({ result: 'fail', for: 1, against: 1 });
  expect(await refused.answers('all', 'chair', vote('pass'))).toBe('TaskNotOpen');
});

test('或签: the first who decides decides; an abstention leaves it to the others', async () => {
  const matter = await upTo('any');
  await matter.answers('any', 'member4', vote('abstain'));
  expect((await matter.run('any'))!.status).toBe('open');
  await matter.answers('any', 'member5', vote('pass'));
  expect((await matter.run('any'))!.result).toMatchObject({ result: 'pass', for: 1, members: 7 });
});

test('依次: one after the other, the chair first; nobody before their turn', async () => {
  const matter = await upTo('inOrder');
  expect(await turns(matter)).toEqual(['chair']);
  expect(await matter.answers('inOrder', 'deputy', vote('pass'))).toBe('TaskWaits');
  await matter.answers('inOrder', 'chair', vote('pass'));
  expect(await turns(matter)).toEqual(['deputy']);
  const told = await house.room.db.mail.count({
    where: { caseId: matter.caseId, accountId: house.cast.ids.deputy, template: 'task-opened' },
  });
  expect(told).toBe(3); // 会签, 或签, and now their turn here
  await matter.answers('inOrder', 'deputy', vote('fail'));
  expect((await matter.run('inOrder'))!.result).toMatchObject({ result: 'fail', for: 1, against: 1 });
});

test('the page of a vote says by what rule it is summed up, and offers the way back to whom it is open', async () => {
  const matter = await upTo('inOrder');
  const pageOf = async (stage: string, who: Officer) => {
    const view = await taskView(house.room, {
      taskId: await matter.taskOf(stage, who),
      actor: (await matter.by(who)).actor,
      at: house.now,
    });
    if (isRefusal(view)) throw new Error(view.refused);
    return { rule: view.panel, back: view.actions.find(({ verb }) => verb === 'return')! };
  };
  expect(await pageOf('inOrder', 'chair')).toMatchObject({ rule: '依次：7 人按顺序办理，须全部同意', back: { allowed: true } });
  await everyone(matter, 'inOrder');
  expect(await pageOf('ballot', 'chair')).toMatchObject({ rule: expect.stringContaining('票签'), back: { allowed: true } });
  const member = await pageOf('ballot', 'member3');
  expect(member.back).toMatchObject({ allowed: false, code: 'ReturnNotAllowed', why: expect.stringContaining('只有主持人可以退回') });
  const returns = await matter.does('member3', async (by) =>
    house.desk.returnTask({ ...by, taskId: await matter.taskOf('ballot', 'member3'), to: 'draft', reason: '再议', then: 'through' }),
  );
  expect(returns).toBe(member.back.code);
});

test('依次: whoever has left the post is passed over', async () => {
  const matter = await upTo('inOrder');
  await leaves('deputy');
  await matter.answers('inOrder', 'chair', vote('pass'));
  const [next] = await turns(matter);
  expect(next).toMatch(/^member/);
  expect((await matter.tasks('inOrder')).find(({ assigneeId }) => assigneeId === house.cast.ids.deputy)!.status).toBe('closed');
});

test('票决: the chair’s vote against decides alone, and a majority waits for the chair', async () => {
  const vetoed = await upTo('ballot');
  for (const who of ['member3', 'member4', 'member5', 'member6'] as const) await vetoed.answers('ballot', who, vote('pass'));
  expect((await vetoed.run('ballot'))!.status).toBe('open');
  await vetoed.answers('ballot', 'chair', vote('fail'));
  expect((await vetoed.run('ballot'))!.result).toMatchObject({ result: 'fail', for: 4, against: 1 });
});

test('a ballot shrinks with those who have left, and its arithmetic with it', async () => {
  const matter = await upTo('ballot');
  for (const who of ['member5', 'member6', 'member7'] as const) await leaves(who);
  await matter.answers('ballot', 'chair', vote('pass'));
  await matter.answers('ballot', 'deputy', vote('pass'));
  expect((await matter.run('ballot'))!.status).toBe('open');
  await matter.answers('ballot', 'member3', vote('pass'));
  expect((await matter.run('ballot'))!.result).toMatchObject({ result: 'pass', for: 3, members: 4 });
});

test('with too few left the level above is asked', async () => {
  const matter = await upTo('ballot');
  for (const who of ['member3', 'member4', 'member5', 'member6', 'member7'] as const) await leaves(who);
  await matter.answers('ballot', 'chair', vote('pass'));
  expect((await matter.tasks('ballot')).find(({ status }) => status === 'open')).toMatchObject({ audienceRole: 'COUNTY_ORG' });
});
