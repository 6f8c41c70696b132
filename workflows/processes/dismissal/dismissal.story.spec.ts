import { owed, WatchHere } from './watch.fixture.ts';

let here: WatchHere;
beforeEach(async () => {
  here = await WatchHere.at('2026-01-20');
});
afterEach(async () => {
  await here.sound();
  await here.close();
});

test('the first failing year starts a watch by itself: talk and training within thirty days, a review on 30 June, then the next rating is waited for', async () => {
  const watch = await here.watched();
  expect(await watch.case()).toMatchObject({
    status: 'running',
    starterId: null,
    title: expect.stringContaining('2025 年度考核不合格') as string,
  });
  expect(await watch.open()).toEqual(['warning', 'training']);
  // thirty days from 20 January end in the Spring Festival, to the 23rd
  expect((await watch.run('warning')).dueAt!.toISOString()).toBe('2026-02-24T09:30:00.000Z');
  expect(await watch.waitsFor()).toBe('等待年中复查');
  await watch.passes('warning');
  await watch.passes('training');
  await here.until('2026-06-30');
  expect(await watch.open()).toEqual(['midyear']);
  await watch.passes('midyear');
  expect(await watch.waitsFor()).toBe('等待下一年度考核结果');
  await here.until('2027-01-20');
  expect(await here.rates(watch.worker, 2026, 'failed')).toEqual([{ caseId: watch.caseId, process: 'dismissal', how: 'told' }]);
  expect(await watch.open()).toEqual(['eligibility']);
});

test('two failing years: checked, heard, the union told first, decided, reviewed, served; thirty days, severance to the fen, certificate, archive after a year', async () => {
  const watch = await here.watched();
  await watch.failsAgain();
  await watch.passes('eligibility');
  await watch.passes('legal');
  await watch.passes('proposal');
  await watch.passes('statement');
  expect(await watch.open()).toEqual(['union']);
  await watch.passes('union');
  expect(await watch.open()).toEqual(['committee']);
  await watch.passes('committee');
  await here.until('2027-02-08');
  await watch.passes('county');
  expect((await watch.case()).effectiveAt).toBeNull();

  await here.until('2027-02-10');
  const served = {
    how: 'notice',
    servedOn: '2027-02-10',
    endsOn: '2027-03-11',
    way: 'inPerson',
    proof: '本人签收送达回证。',
    rechecked: 'yes',
  };
  expect(await watch.answers('service', 'street', served)).toContain('不能早于 2027-03-12');
  expect(await watch.answers('service', 'street', { ...served, servedOn: '2027-02-07', endsOn: '2027-03-12' })).toContain(
    '县（区）审查之日',
  );
  await watch.passes('service', { endsOn: '2027-03-12' });
  expect((await watch.case()).effectiveAt).not.toBeNull();
  expect(await watch.waitsFor()).toBe('等待劳动合同解除日');
  await here.until('2027-03-12', '23:59');
  expect((await watch.recordOn('2027-03-12')).employment!.value.status).toBe('formal');
  await here.until('2027-03-13', '10:00');
  expect((await watch.recordOn('2027-03-12')).employment!.value.status).toBe('formal');
  expect((await watch.recordOn('2027-03-13')).employment!.value).toMatchObject({ status: 'ended', reason: 'dismissed' });
  expect((await watch.recordOn('2027-03-13')).contract).toBeUndefined();
  expect(await watch.open()).toEqual(['severance', 'handover', 'certificate']);
  // fifteen days from 12 March end on a Saturday
  expect((await watch.run('certificate')).dueAt!.toISOString()).toBe('2027-03-29T09:30:00.000Z');
  expect(await watch.answers('severance', 'street', { ...owed, severance: '28000' })).toContain('经济补偿应为 30,000.00 元');
  expect(await watch.answers('severance', 'street', { ...owed, inLieu: '4100.50' })).toContain('应填 0');
  await watch.goesOnTo(null);
  expect(await watch.waitsFor()).toBe('保存证据，等待仲裁时效期满');
  await here.until('2028-03-12');
  expect(await watch.open()).toEqual([]);
  await here.until('2028-03-13');
  await watch.passes('archive');
  expect(await watch.case()).toMatchObject({ status: 'ended', outcome: 'dismissed' });
  expect(await watch.incidents()).toEqual([]);
});

test('with pay in lieu the contract ends on the day of service, and the last month’s wage is owed beside the severance', async () => {
  const watch = await here.watched();
  await watch.failsAgain();
  await watch.goesOnTo('service');
  await watch.passes('service', { how: 'inLieu', endsOn: here.today });
  await here.until('2027-01-21');
  const { severance } = owed;
  expect(await watch.answers('severance', 'street', { ...owed, severance })).toContain('代通知金应为 4,100.50 元');
  await watch.passes('severance', { inLieu: '4100.50', severance });
});

test('whatever the engine forgets, the story goes on from what the desk holds, in the watch as after the notice', async () => {
  const watch = await here.watched();
  await watch.passes('warning');
  await here.forgets();
  await watch.passes('training');
  await here.until('2026-06-30');
  await here.forgets();
  await watch.passes('midyear');
  await here.until('2027-01-20');
  await here.rates(watch.worker, 2026, 'failed');
  await watch.goesOnTo('union');
  await here.forgets();
  expect(await watch.open()).toEqual(['union']);
  await watch.goesOnTo('service');
  await watch.passes('service');
  await here.forgets();
  expect(await watch.waitsFor()).toBe('等待劳动合同解除日');
});
