import { DeskHouse, MatterAtDesk } from '../../test/support/matter-at-desk.ts';
import { probationStory } from '../../workflows/processes/probation/workflow.ts';
import { addDays, dateOf } from '../domain/dates.ts';

let house: DeskHouse;
beforeAll(async () => {
  house = await DeskHouse.open('2026-03-02T01:30:00Z');
});
afterAll(() => house.close());

const pass = { result: 'pass', opinion: '同意' };
const draft = { text: '初稿' };
const doneTask = async (matter: MatterAtDesk, stage: string): Promise<string> =>
  (await matter.tasks(stage)).find(({ status, part }) => status === 'done' && part === 'main')!.id;
const takeBack = (matter: MatterAtDesk, who: string, taskId: string) =>
  matter.does(who, (by) => house.desk.takeBack({ ...by, taskId, reason: '数字写错了' }));
const opens = async (matter: MatterAtDesk, who: string, stage: string): Promise<void> => {
  const { actor, at } = await matter.by(who);
  await house.desk.noteRead({ taskId: await matter.taskOf(stage, who), actor, at });
};

test('what nobody has opened yet is taken back and done again; the next stage starts anew', async () => {
  const matter = await house.start();
  await matter.answers('draft', 'street', draft);
  expect(await takeBack(matter, 'street', await doneTask(matter, 'draft'))).toBeNull();
  expect(await matter.run('draft')).toMatchObject({ status: 'open', round: 2 });
  expect(await matter.run('check')).toMatchObject({ status: 'pending', round: 2 });
  expect(await matter.answers('draft', 'street', { text: '改稿' })).toBeNull();
  expect(await matter.answers('check', 'street2', pass)).toBeNull();
  expect((await matter.run('check'))!.result).toEqual({ result: 'pass' });
});

test('a look by one who is asked ends it; a look by others does not', async () => {
  const matter = await house.start();
  await matter.answers('draft', 'street', draft);
  await opens(matter, 'countyHr', 'check');
  await opens(matter, 'union', 'check');
  const [before] = await matter.tasks('check');
  expect(before!.readAt).toBeNull();
  await opens(matter, 'street2', 'check');
  expect(await takeBack(matter, 'street', await doneTask(matter, 'draft'))).toBe('NothingToTakeBack');
});

test('a claim ends it as a look does', async () => {
  const matter = await house.start();
  await matter.answers('draft', 'street', draft);
  await matter.does('street2', async (by) => house.desk.claim({ ...by, taskId: await matter.taskOf('check', 'street2') }));
  expect(await takeBack(matter, 'street', await doneTask(matter, 'draft'))).toBe('NothingToTakeBack');
});

test('what the next has answered is not taken back', async () => {
  const matter = await house.start();
  await matter.answers('draft', 'street', draft);
  await matter.answers('check', 'street2', pass);
  expect(await takeBack(matter, 'street', await doneTask(matter, 'draft'))).toBe('NothingToTakeBack');
  expect(await takeBack(matter, 'street', await doneTask(matter, 'check'))).toBe('NothingToTakeBack');
});

test('the engine away: the answer is taken back before the story has heard of it, and nothing of the next stage is opened', async () => {
  const matter = await house.start();
  const taskId = await matter.taskOf('draft', 'street');
  await house.desk.answer({ ...(await matter.by('street')), taskId, answer: draft });
  expect(await house.desk.takeBack({ ...(await matter.by('street')), taskId, reason: '数字写错了' })).toMatchObject({
    caseId: matter.caseId,
  });
  await matter.told.goOn();
  await matter.sound();
  expect(await matter.run('draft')).toMatchObject({ status: 'open', round: 2 });
  expect(await matter.run('check')).toBeNull();
});

test('a vote is not taken back, and nothing once the case has taken effect', async () => {
  const matter = await house.start();
  await matter.answers('draft', 'street', draft);
  await matter.answers('check', 'street2', pass);
  await matter.everyoneAnswers('all', pass);
  const [vote] = await matter.tasks('all');
  expect(await takeBack(matter, 'chair', vote!.id)).toBe('NothingToTakeBack');
  await matter.answers('any', 'deputy', pass);
  for (const stage of ['inOrder', 'ballot']) await matter.everyoneAnswers(stage, pass);
  await matter.answers('file', 'countyOrg', { docNo: '1号' });
  expect(await takeBack(matter, 'countyOrg', await doneTask(matter, 'file'))).toBe('CaseEnded');
  expect(matter.told.outcome).toBe('done');
});

test('started late, an answer that stands beside the summary is taken back: what was asked with it begins anew, and the story waits for it', async () => {
  const startedOn = addDays(dateOf(house.now), -170);
  const matter = await MatterAtDesk.start(house, {
    process: 'probation',
    story: probationStory,
    starter: 'countyHr',
    worker: await house.cast.worker({ startedOn }),
  });
  expect(await matter.answers('conditions', matter.worker.accountId, { acknowledged: 'yes' })).toBeNull();
  expect(await takeBack(matter, matter.worker.accountId, await doneTask(matter, 'conditions'))).toBeNull();
  for (const stage of ['conditions', 'mentor', 'midpoint']) expect(await matter.run(stage)).toMatchObject({ round: 2, status: 'open' });
  expect(await matter.run('summary')).toMatchObject({ round: 2, status: 'pending' });
});
