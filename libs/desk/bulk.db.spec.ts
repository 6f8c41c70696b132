import { randomUUID } from 'node:crypto';
import { DeskHouse, type MatterAtDesk } from '../../test/support/matter-at-desk.ts';
import { refusedOf } from './bulk.ts';

let house: DeskHouse;
beforeAll(async () => {
  house = await DeskHouse.open('2026-03-02T01:30:00Z');
});
afterAll(() => house.close());

const matters = (count: number) => Promise.all(Array.from({ length: count }, () => house.start()));
const drafts = (of: readonly MatterAtDesk[]) => Promise.all(of.map((matter) => matter.taskOf('draft', 'street')));

test('each is decided by itself; what is refused is named, the rest stands', async () => {
  const all = await matters(6);
  const taskIds = await drafts(all);
  await all[2]!.does('street2', (by) => house.desk.claim({ ...by, taskId: taskIds[2]! }));
  await all[4]!.answers('draft', 'street', { text: '已经办过' });
  const other = await all[4]!.taskOf('check', 'street');
  const missing = randomUUID();
  const by = { ...(await all[0]!.by('street')), requestKey: randomUUID() };
  const verdicts = await house.desk.answerMany({ ...by, taskIds: [...taskIds, other, missing, taskIds[0]!], answer: { text: '同意上报' } });
  expect(verdicts.map(({ taskId }) => taskId)).toEqual([...taskIds, other, missing]);
  expect(refusedOf(verdicts).map(({ taskId, refusal }) => [taskId, refusal.refused])).toEqual([
    [taskIds[2], 'AlreadyClaimed'],
    [taskIds[4], 'TaskNotOpen'],
    [other, 'NotSameKind'],
    [missing, 'NotFound'],
  ]);
  for (const [i, matter] of all.entries()) {
    await matter.told.goOn();
    await matter.sound();
    expect((await matter.run('draft'))!.status).toBe(i === 2 ? 'open' : 'closed');
  }

  const again = await house.desk.answerMany({ ...by, taskIds, answer: { text: '同意上报' } });
  expect(again.filter(({ taskId }) => taskId !== taskIds[2] && taskId !== taskIds[4]).map(({ verdict }) => verdict)).toEqual(
    verdicts.filter((_, i) => [0, 1, 3, 5].includes(i)).map(({ verdict }) => verdict),
  );
  for (const matter of all) await matter.sound();
});
