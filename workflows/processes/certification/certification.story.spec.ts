import { paidFrom } from '../../../libs/domain/conversion.ts';
import { BatchHere, OTHER_COMMUNITY } from './batch.fixture.ts';

let here: BatchHere;
beforeEach(async () => {
  here = await BatchHere.at('2026-10-12');
});
afterEach(() => here.close());

describe('a batch of one street', () => {
  test('goes from the opening to the new pay: lists by community, street and county, each worker confirms, one contract each', async () => {
    const workers = [await here.worker(), await here.worker({ joinedOn: '2012-05-01' }), await here.worker({ community: OTHER_COMMUNITY })];
    await here.open();
    expect(await here.db.case.count({ where: { process: 'conversion', status: 'running' } })).toBe(3);
    expect(here.told.length).toBe(0);

    await here.goesOnTo('confirm', workers);
    expect(here.told.length).toBe(3);
    await here.goesOnTo('contract', workers);
    await here.listPasses('contract');
    // everybody's case is over: nothing is left to be done for the batch
    expect(here.batch.outcome).toBe('completed');
    for (const worker of workers) expect(await here.outcomeOf(worker)).toBe('converted');
    const { 'post-grade-step': placed, pay } = await here.recordOn(workers[1]!, paidFrom(here.today));
    // five posts, lowest: fourteen years are seven steps, a bachelor one more, capped at eight
    expect(placed?.value).toMatchObject({ post: 5, globalStep: 8 });
    expect(pay).toMatchObject({
      fromOn: paidFrom(here.today),
      value: { postPay: 210_000, gradePay: 25_500, educationAllowance: 20_000, retained: 0 },
    });
    await here.sound();
  });
});
