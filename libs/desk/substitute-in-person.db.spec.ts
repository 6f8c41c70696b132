import { place } from '../../test/support/cast.ts';
import { MatterAtDesk } from '../../test/support/matter-at-desk.ts';
import { StandIns } from '../../test/support/stand-ins.ts';
import { probationStory } from '../../workflows/processes/probation/workflow.ts';
import { isRefusal, refusalText } from '../domain/refusal.ts';
import { hasPart } from './reach.ts';

const monday = '2026-03-02';
let at: StandIns;
beforeEach(async () => {
  at = await StandIns.open();
});
afterEach(() => at.house.close());

describe('not in another’s stead', () => {
  const vote = (who: string, stage: string) => at.matter.answers(stage, who, { result: 'pass', opinion: '同意' });
  async function upTo(stage: string): Promise<void> {
    await at.begin();
    await at.drafts('street');
    for (const before of ['check', 'all', 'any', 'inOrder']) {
      if (before === stage) return;
      await (before === 'check' ? at.checks('street2') : at.matter.everyoneAnswers(before, { result: 'pass', opinion: '同意' }));
    }
  }
  const seatOf = async (stage: string, who: string) =>
    (await at.matter.tasks(stage)).find(({ assigneeId }) => assigneeId === at.idOf(who))!.id;

  test('a vote in a ballot: refused with the reason, and not in the substitute’s list', async () => {
    await upTo('ballot');
    await at.standsIn('secretary', 'member3');
    const taskId = await seatOf('ballot', 'member3');
    const told = await at.house.desk.answer({ ...(await at.matter.by('secretary')), taskId, answer: { result: 'pass', opinion: '同意' } });
    expect(isRefusal(told) && [told.refused, refusalText(told)]).toEqual([
      'InPersonOnly',
      `“票决”须由${await at.nameOf('member3')}本人投票，不能由他人代理。`,
    ]);
    expect(await at.inbox('secretary')).toEqual([]);
    const view = await at.house.desk.taskView({ taskId, actor: await at.actor('secretary'), at: at.house.now });
    expect(isRefusal(view) ? null : view.actions.find(({ verb }) => verb === 'answer')).toMatchObject({
      allowed: false,
      code: 'InPersonOnly',
    });
    expect(await vote('member3', 'ballot')).toBeNull();
  });

  test('a countersignature is answered by a substitute, once a person: the arithmetic counts seats', async () => {
    await upTo('all');
    await at.standsIn('secretary', 'member3');
    await at.standsIn('secretary', 'member4');
    expect(
      await at.matter.does('secretary', async (by) =>
        at.house.desk.answer({ ...by, taskId: await seatOf('all', 'member3'), answer: { result: 'pass', opinion: '同意' } }),
      ),
    ).toBeNull();
    expect(
      await at.matter.does('secretary', async (by) =>
        at.house.desk.answer({ ...by, taskId: await seatOf('all', 'member4'), answer: { result: 'pass', opinion: '同意' } }),
      ),
    ).toBe('SignsOnce');
    await at.matter.everyoneAnswers('all', { result: 'pass', opinion: '同意' });
    expect((await at.matter.run('all'))?.result).toMatchObject({ result: 'pass', for: 7, members: 7 });
  });

  test('a member of the panel signs for nobody but themself, whether or not they have signed', async () => {
    await upTo('all');
    await at.standsIn('deputy', 'member3');
    const forOther = () =>
      at.matter.does('deputy', async (by) =>
        at.house.desk.answer({ ...by, taskId: await seatOf('all', 'member3'), answer: { result: 'pass', opinion: '同意' } }),
      );
    expect(await forOther()).toBe('SignsOnce');
    expect(await vote('deputy', 'all')).toBeNull();
    expect(await forOther()).toBe('SignsOnce');
  });

  test('an earlier signer is no substitute at that stage, nor the other way round', async () => {
    await at.begin();
    const { id: taskId } = await at.only('draft');
    await at.standsIn('union', 'street');
    expect(
      await at.matter.does('street', (by) =>
        at.house.desk.addSigner({ ...by, taskId, to: at.idOf('union'), reason: '请会签', where: 'before' }),
      ),
    ).toBeNull();
    expect(await at.drafts('union')).toBeNull();
    expect(await at.matter.does('union', (by) => at.house.desk.answer({ ...by, taskId, answer: { text: '初稿' } }))).toBe('SignsOnce');
    expect(await at.matter.does('street', (by) => at.house.desk.answer({ ...by, taskId, answer: { text: '初稿' } }))).toBeNull();
  });

  test('a receipt: refused with the reason, not shown, and neither is the case about the principal', async () => {
    const worker = await at.house.cast.worker({ startedOn: monday });
    await at.grant(worker.accountId, 'UNION', place.street);
    at.matter = await MatterAtDesk.start(at.house, { process: 'probation', story: probationStory, starter: 'countyHr', worker });
    await at.standsIn('secretary', worker.accountId);
    const { id: taskId } = await at.only('conditions');
    expect(await at.matter.does('secretary', (by) => at.house.desk.answer({ ...by, taskId, answer: { acknowledged: 'yes' } }))).toBe(
      'InPersonOnly',
    );
    expect(await at.inbox('secretary')).toEqual([]);
    expect(await at.house.desk.taskView({ taskId, actor: await at.actor('secretary'), at: at.house.now })).toMatchObject({
      refused: 'NotYourTask',
    });
    expect(await hasPart(at.db, at.matter.caseId, await at.actor('secretary'))).toBe(false);
    expect(await at.matter.does('worker', (by) => at.house.desk.answer({ ...by, taskId, answer: { acknowledged: 'yes' } }))).toBeNull();
  });
});
