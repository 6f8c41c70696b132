import { DeskHouse, MatterAtDesk } from '../../test/support/matter-at-desk.ts';
import type { Officer } from '../../test/support/cast.ts';
import { possibleTargets } from './targets.ts';
import { readCase, readTask } from './state.ts';
import { exercise } from '../../test/support/exercise.ts';

let house: DeskHouse;
beforeAll(async () => {
  house = await DeskHouse.open('2026-03-02T01:30:00Z');
});
afterAll(() => house.close());

const pass = { result: 'pass', opinion: '同意' };
const fail = { result: 'fail', opinion: '不同意' };
const draft = { text: '初稿' };

const transfer = (matter: MatterAtDesk, who: string, stage: string, to: string, reason = '外出开会') =>
  matter.does(who, async (by) =>
    house.desk.transfer({ ...by, taskId: await matter.taskOf(stage, who), to: house.cast.ids[to as Officer] ?? to, reason }),
  );
const sign = (matter: MatterAtDesk, who: string, where: 'before' | 'beside' | 'after', to: string, stage = 'check') =>
  matter.does(who, async (by) =>
    house.desk.addSigner({
      ...by,
      taskId: await matter.taskOf(stage, who),
      to: house.cast.ids[to as Officer] ?? to,
      where,
      reason: '请一并把关',
    }),
  );
const delegate = (matter: MatterAtDesk, who: string, to: string, stage = 'check') =>
  matter.does(who, async (by) =>
    house.desk.delegate({ ...by, taskId: await matter.taskOf(stage, who), to: house.cast.ids[to as Officer] ?? to, reason: '请提意见' }),
  );
const remove = (matter: MatterAtDesk, who: string, signer: string, stage = 'check') =>
  matter.does(who, async (by) => house.desk.removeSigner({ ...by, taskId: await matter.taskOf(stage, signer), reason: '不需要了' }));
/** A matter that has come to the check of the street. */
const atCheck = async (): Promise<MatterAtDesk> => {
  const matter = await house.start();
  expect(await matter.answers('draft', 'street', draft)).toBeNull();
  return matter;
};
const mailsTo = async (matter: MatterAtDesk, who: Officer) =>
  (await house.room.db.mail.findMany({ where: { caseId: matter.caseId, accountId: house.cast.ids[who] }, orderBy: { id: 'asc' } })).map(
    ({ template, params }) => `${template} ${(params as { how?: string }).how ?? ''}`.trim(),
  );

describe('转办', () => {
  test('a colleague of the same post owns the task, is told by whom and why, and the first owner keeps the case in view', async () => {
    const matter = await atCheck();
    expect(await transfer(matter, 'street', 'check', 'street2')).toBeNull();
    expect(await matter.answers('check', 'street', pass)).toBe('AlreadyClaimed');
    expect((await mailsTo(matter, 'street2')).at(-1)).toBe('task-opened transferred');
    expect(await house.room.db.copy.findMany({ where: { caseId: matter.caseId } })).toMatchObject([
      { accountId: house.cast.ids.street, how: 'transferred' },
    ]);
    expect(await matter.answers('check', 'street2', pass)).toBeNull();
    expect((await matter.run('check'))!.status).toBe('closed');
  });

  test('and the new owner may put it back to the group', async () => {
    const matter = await atCheck();
    await transfer(matter, 'street', 'check', 'street2');
    expect(
      await matter.does('street2', async (by) => house.desk.release({ ...by, taskId: await matter.taskOf('check', 'street2') })),
    ).toBeNull();
    expect(await matter.answers('check', 'street', pass)).toBeNull();
  });

  test.each([
    ['oneself', 'street'],
    ['the starter', 'countyHr'],
    ['the person concerned', 'worker'],
    ['a street elsewhere', 'otherStreet'],
    ['somebody of another post', 'deputy'],
    ['an administrator', 'system'],
  ])('not to %s', async (_, to) => {
    const matter = await atCheck();
    expect(await transfer(matter, 'street', 'check', to === 'worker' ? matter.worker.accountId : to)).toBe('NotAPossibleTarget');
  });

  test('not to a relative of the person concerned', async () => {
    const matter = await atCheck();
    await house.room.db.relative.create({ data: { accountId: house.cast.ids.street2, otherId: matter.worker.accountId } });
    expect(await transfer(matter, 'street', 'check', 'street2')).toBe('NotAPossibleTarget');
  });

  test('a vote is its member’s own', async () => {
    const matter = await atCheck();
    await matter.answers('check', 'street', pass);
    expect(await transfer(matter, 'chair', 'all', 'deputy')).toBe('HandOnNotAllowed');
  });

  test('only those asked hand it on', async () => {
    const matter = await atCheck();
    expect(await transfer(matter, 'union', 'check', 'street2')).toBe('NotYourTask');
  });
});

describe('委派', () => {
  test('the adviser is asked, the owner waits, and goes on with the advice', async () => {
    const matter = await atCheck();
    expect(await delegate(matter, 'street', 'secretary')).toBeNull();
    expect(await matter.answers('check', 'street', pass)).toBe('TaskWaits');
    expect(await matter.answers('check', 'secretary', {})).toBe('AnswerDoesNotFit');
    expect(await matter.answers('check', 'secretary', { opinion: '情况属实，建议通过。' })).toBeNull();
    expect((await matter.run('check'))!.status).toBe('open');
    expect(await mailsTo(matter, 'street')).toContain('task-opened advised');
    expect(await matter.answers('check', 'street', fail)).toBeNull();
    expect(matter.told.outcome).toBe('refused');
  });

  test('called back before it is answered, the owner goes on', async () => {
    const matter = await atCheck();
    await delegate(matter, 'street', 'secretary');
    expect(await remove(matter, 'union', 'secretary')).toBe('NotYourSigner');
    expect(await remove(matter, 'street', 'secretary')).toBeNull();
    expect(await matter.answers('check', 'secretary', { opinion: '晚了' })).toBe('NotYourTask');
    expect(await matter.answers('check', 'street', pass)).toBeNull();
  });

  test('an advice binds nobody: the adviser may vote later, and sends nothing back', async () => {
    const matter = await atCheck();
    await delegate(matter, 'street', 'deputy');
    const taskId = await matter.taskOf('check', 'deputy');
    expect(
      await matter.does('deputy', (by) => house.desk.returnTask({ ...by, taskId, to: 'draft', reason: '请补充', then: 'through' })),
    ).toBe('ReturnNotAllowed');
    await matter.answers('check', 'deputy', { opinion: '建议通过。' });
    await matter.answers('check', 'street', pass);
    expect(await matter.answers('all', 'deputy', pass)).toBeNull();
  });
});

describe('加签', () => {
  test('before: the owner waits for all of them', async () => {
    const matter = await atCheck();
    expect(await sign(matter, 'street', 'before', 'secretary')).toBeNull();
    expect(await sign(matter, 'street', 'before', 'union')).toBe('TaskWaits');
    expect(await matter.answers('check', 'street', pass)).toBe('TaskWaits');
    expect(await matter.answers('check', 'secretary', pass)).toBeNull();
    expect(await matter.answers('check', 'street', pass)).toBeNull();
    expect((await matter.run('check'))!.result).toEqual({ result: 'pass' });
  });

  test('beside: the stage is over when both have answered, in whatever order', async () => {
    for (const order of [
      ['street', 'secretary'],
      ['secretary', 'street'],
    ]) {
      const matter = await atCheck();
      await sign(matter, 'street', 'beside', 'secretary');
      expect(await matter.answers('check', order[0]!, pass)).toBeNull();
      expect((await matter.run('check'))!.status).toBe('open');
      expect(await matter.answers('check', order[1]!, pass)).toBeNull();
      expect((await matter.run('check'))!.status).toBe('closed');
    }
  });

  test('after: asked once the owner has answered, one after the other', async () => {
    const matter = await atCheck();
    await sign(matter, 'street', 'after', 'secretary');
    await sign(matter, 'street', 'after', 'union');
    expect(await matter.answers('check', 'secretary', pass)).toBe('TaskWaits');
    expect(await matter.answers('check', 'street', pass)).toBeNull();
    expect(await matter.answers('check', 'union', pass)).toBe('TaskWaits');
    expect(await mailsTo(matter, 'secretary')).toContain('task-opened added');
    expect(await matter.answers('check', 'secretary', pass)).toBeNull();
    expect(await matter.answers('check', 'union', pass)).toBeNull();
    expect((await matter.run('check'))!.status).toBe('closed');
  });

  test.each(['before', 'beside', 'after'] as const)('%s: one who is not for it decides', async (where) => {
    const matter = await atCheck();
    await sign(matter, 'street', where, 'secretary');
    const order = where === 'before' ? ['secretary', 'street'] : ['street', 'secretary'];
    for (const who of order) await matter.answers('check', who, who === 'secretary' ? fail : pass);
    expect((await matter.run('check'))!.result).toEqual({ result: 'fail' });
    expect(matter.told.outcome).toBe('refused');
  });

  test('taken away: the owner’s turn comes, or the stage is over', async () => {
    const before = await atCheck();
    await sign(before, 'street', 'before', 'secretary');
    expect(await remove(before, 'street', 'secretary')).toBeNull();
    expect(await before.answers('check', 'street', pass)).toBeNull();

    const after = await atCheck();
    await sign(after, 'street', 'after', 'secretary');
    await after.answers('check', 'street', pass);
    expect(await remove(after, 'street', 'secretary')).toBeNull();
    expect((await after.run('check'))!.result).toEqual({ result: 'pass' });
  });

  test('not who has answered already, and nobody twice', async () => {
    const matter = await atCheck();
    await sign(matter, 'street', 'beside', 'secretary');
    expect(await sign(matter, 'street', 'beside', 'secretary')).toBe('AlreadyAsked');
    await matter.answers('check', 'secretary', pass);
    expect(await remove(matter, 'street', 'secretary')).toBe('SignerAnswered');
  });

  test('nobody of another street, and no votes in a panel', async () => {
    const matter = await atCheck();
    expect(await sign(matter, 'street', 'beside', 'otherStreet')).toBe('NotAPossibleTarget');
    await matter.answers('check', 'street', pass);
    expect(await sign(matter, 'chair', 'beside', 'secretary', 'all')).toBe('HandOnNotAllowed');
  });

  test('a signer sends the case back; everybody of the stage is asked anew', async () => {
    const matter = await atCheck();
    await sign(matter, 'street', 'before', 'secretary');
    const taskId = await matter.taskOf('check', 'secretary');
    expect(
      await matter.does('secretary', (by) => house.desk.returnTask({ ...by, taskId, to: 'draft', reason: '请补充', then: 'through' })),
    ).toBeNull();
    expect(await matter.answers('draft', 'street', draft)).toBeNull();
    expect((await matter.tasks('check')).map(({ part, status }) => `${part} ${status}`)).toEqual(['main open']);
  });
});

test('those who may be asked are offered, without those barred', async () => {
  const matter = await atCheck();
  const taskId = await matter.taskOf('check', 'street');
  const state = (await readCase(house.room.db, matter.caseId))!;
  const task = await readTask(house.room.db, taskId, (await matter.by('street')).actor);
  const about = { state, contract: exercise, stage: exercise.stages.check };
  const offered = async (purpose: 'transfer' | 'delegate' | 'sign', q = '') =>
    (await possibleTargets(house.room.db, { about, task, purpose, at: house.now }, house.cast.ids.street, q)).map(
      ({ accountId }) => accountId,
    );
  expect(await offered('transfer')).toEqual([house.cast.ids.street2]);
  const signers = await offered('sign');
  for (const who of ['secretary', 'chair', 'union', 'countyOrg', 'cityOrg'] as const) expect(signers).toContain(house.cast.ids[who]);
  for (const who of ['countyHr', 'otherStreet', 'system', 'street'] as const) expect(signers).not.toContain(house.cast.ids[who]);
  expect(signers).not.toContain(matter.worker.accountId);
  expect(await offered('sign', '没有这个名字')).toEqual([]);
});
