import { place } from '../../test/support/cast.ts';
import { exercise } from '../../test/support/exercise.ts';
import { StandIns } from '../../test/support/stand-ins.ts';
import { isRefusal, refusalText } from '../domain/refusal.ts';
import { eligible } from './audience.ts';
import { readCase, readTask } from './state.ts';

const opinion = { result: 'pass', opinion: '情况属实' };
let at: StandIns;
beforeEach(async () => {
  at = await StandIns.open();
});
afterEach(() => at.house.close());

describe('the bars of both', () => {
  // who is barred, how it comes about, what the refusal begins with
  const own = (text: string) => expect(text.startsWith('您')).toBe(true);
  const principals = async (text: string) => expect(text.startsWith(await at.nameOf('street'))).toBe(true);
  async function refusedAt(stage: 'draft' | 'check', code: string): Promise<string> {
    const { id: taskId } = await at.only(stage);
    const by = await at.matter.by('secretary');
    const told = await at.house.desk.answer({ ...by, taskId, answer: stage === 'draft' ? { text: '初稿' } : opinion });
    expect(isRefusal(told) && told.refused).toBe(code);
    expect(await at.lastEntry()).toMatchObject({ accepted: false, refusal: { code }, actingFor: { accountId: at.idOf('street') } });
    await at.matter.sound();
    return refusalText(told as never);
  }

  test('the substitute is the person concerned', async () => {
    await at.begin();
    await at.standsIn('secretary', 'street');
    await at.db.case.update({ where: { id: at.matter.caseId }, data: { subjectId: at.idOf('secretary') } });
    own(await refusedAt('draft', 'OwnCase'));
  });

  test('the principal is the person concerned', async () => {
    await at.begin();
    await at.standsIn('secretary', 'street');
    await at.db.case.update({ where: { id: at.matter.caseId }, data: { subjectId: at.idOf('street') } });
    await principals(await refusedAt('draft', 'OwnCase'));
  });

  test.each(['secretary', 'street'])('%s is a declared relative', async (barred) => {
    await at.begin();
    await at.standsIn('secretary', 'street');
    await at.relatives(at.idOf(barred), at.matter.worker.accountId);
    const text = await refusedAt('draft', 'Relative');
    if (barred === 'secretary') own(text);
    else await principals(text);
  });

  test.each(['secretary', 'street'])('%s declared a conflict', async (barred) => {
    await at.begin();
    await at.standsIn('secretary', 'street');
    expect(await at.matter.does(barred, (by) => at.house.desk.recuse({ ...by, caseId: at.matter.caseId, reason: '曾共事' }))).toBeNull();
    const text = await refusedAt('draft', 'Recused');
    if (barred === 'secretary') own(text);
    else await principals(text);
  });

  test.each(['secretary', 'street'] as const)('%s started the case: plain work yes, an opinion no', async (barred) => {
    await at.grant(at.idOf(barred), 'COUNTY_HR', place.county);
    await at.begin(barred);
    await at.standsIn('secretary', 'street');
    expect(await at.drafts('secretary')).toBeNull();
    const text = await refusedAt('check', 'StarterMayNotDecide');
    if (barred === 'secretary') own(text);
    else await principals(text);
  });

  describe('where four eyes are asked for', () => {
    const { draft, check } = exercise.stages;
    beforeEach(async () => {
      at.house.room.catalogue.exercise = {
        ...exercise,
        stages: { ...exercise.stages, draft: { ...draft, fourEyes: 'both' }, check: { ...check, fourEyes: 'both' } },
      };
      await at.begin();
      await at.standsIn('secretary', 'street');
    });
    const asked = async () => {
      const { catalogue } = at.house.room;
      const about = {
        state: (await readCase(at.db, at.matter.caseId))!,
        contract: catalogue.exercise!,
        stage: catalogue.exercise!.stages.check!,
      };
      return at.db.$transaction((tx) => eligible(tx, about, { role: 'STREET_HR', unitCode: place.street }, at.house.now));
    };

    test('what was done in one’s stead counts as one’s own, and the principal is not even asked again', async () => {
      await at.drafts('secretary');
      expect(await at.checks('street')).toBe('FourEyes');
      expect(await asked()).toEqual([at.idOf('street2')]);
    });

    test('who did one thing does not do the other in another’s stead', async () => {
      await at.drafts('secretary');
      await at.ends((await at.db.substitution.findFirstOrThrow()).id, 'street');
      await at.standsIn('secretary', 'street2');
      own(await refusedFor('street2'));
    });

    test('nor does a substitute do what their principal may not', async () => {
      await at.drafts('street');
      await principals(await refusedFor('street'));
    });
    async function refusedFor(principal: string): Promise<string> {
      const { id: taskId } = await at.only('check');
      const told = await at.house.desk.answer({ ...(await at.matter.by('secretary')), taskId, answer: opinion });
      expect(isRefusal(told) && told.refused).toBe('FourEyes');
      expect((await at.lastEntry()).actingFor).toMatchObject({ accountId: at.idOf(principal) });
      return refusalText(told as never);
    }

    test('both are asked in one look', async () => {
      await at.drafts('secretary');
      const { id } = await at.only('check');
      const { accounts } = await readTask(at.db, id, await at.actor('secretary'));
      expect(accounts[at.idOf('secretary')]!.answeredStages).toEqual(['draft']);
      expect(accounts[at.idOf('street')]!.answeredStages).toEqual(['draft']);
    });
  });

  test('one principal barred, another not: for the one who may', async () => {
    await at.begin();
    await at.standsIn('secretary', 'street');
    await at.standsIn('secretary', 'street2');
    await at.relatives(at.idOf('street'), at.matter.worker.accountId);
    expect(await at.drafts('secretary')).toBeNull();
    expect(await at.only('draft')).toMatchObject({ answeredForId: at.idOf('street2') });
  });
});
