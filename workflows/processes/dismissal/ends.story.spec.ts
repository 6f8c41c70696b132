import { isRefusal } from '../../../libs/domain/refusal.ts';
import { GAPS, pagesOf, printed, wordsOf } from '../../../libs/forms/forms.fixture.ts';
import { owed, WatchHere, type Watch } from './watch.fixture.ts';

let here: WatchHere;
beforeEach(async () => {
  here = await WatchHere.at('2026-01-20');
});
afterEach(async () => {
  await here.sound();
  await here.close();
});
const statusOn = async (watch: Watch, on: string) => (await watch.recordOn(on)).employment!.value.status;
const accepted = { acceptedOn: '2027-04-01', documentNo: '碧劳人仲〔2027〕12号', claims: '撤销解除决定，继续履行劳动合同。' };
const awarded = (result: string) => ({ result, effectiveOn: '2027-06-01', documentNo: '碧劳人仲裁〔2027〕12号', opinion: '裁决已生效。' });

/** Served on 2027-01-20, ended on 2027-02-19, everything handed over. */
async function dismissed(): Promise<Watch> {
  const watch = await here.watched();
  await watch.failsAgain();
  await watch.goesOnTo('service');
  await watch.passes('service', { endsOn: '2027-02-22' });
  await here.until('2027-02-23');
  await watch.goesOnTo(null);
  return watch;
}

test('a rule has started it: it is the process owner’s to withdraw, until it takes effect', async () => {
  const watch = await here.watched();
  const withdraws = async (who: 'street' | 'countyHr') => {
    const by = await here.cast.by(here.cast.ids[who], here.now);
    const verdict = await here.desk.withdraw({ ...by, caseId: watch.caseId, reason: '考核结果正在复核' });
    await here.tick();
    return isRefusal(verdict) ? verdict.refused : null;
  };
  expect(await withdraws('street')).toBe('NotProcessOwner');
  expect(await withdraws('countyHr')).toBeNull();
  expect(await watch.outcome()).toBe('withdrawn');

  const served = await here.watched();
  await served.failsAgain();
  await served.goesOnTo('service');
  await served.passes('service');
  const by = await here.cast.by(here.cast.ids.countyHr, here.now);
  const verdict = await here.desk.withdraw({ ...by, caseId: served.caseId, reason: '考核结果正在复核' });
  expect(isRefusal(verdict) && verdict.refused).toBe('AlreadyEffective');
});

describe('people end it themselves', () => {
  test('the worker resigns in the watch: thirty days’ notice, no severance', async () => {
    const watch = await here.watched();
    expect(await watch.declares('self', 'resign', { reason: '另谋职业。' })).toBeNull();
    expect(await watch.open()).toEqual([]);
    await here.until('2026-02-20');
    expect([await statusOn(watch, '2026-02-19'), await statusOn(watch, '2026-02-20')]).toEqual(['formal', 'ended']);
    expect(await watch.open()).toEqual(['handover', 'certificate']);
    await watch.goesOnTo(null);
    await here.until('2027-02-20');
    await watch.passes('archive');
    expect(await watch.outcome()).toBe('resigned');
  });

  test.each([
    ['employer', ['severance', 'handover', 'certificate']],
    ['worker', ['handover', 'certificate']],
  ])('both agree, at the %s’s wish: what follows is %j', async (proposedBy, stages) => {
    const watch = await here.watched();
    await watch.failsAgain();
    await watch.goesOnTo('union');
    const agreed = { proposedBy, endsOn: '2027-02-28', documentNo: '协议〔2027〕3号', reason: '双方协商一致。' };
    expect(await watch.declares('self', 'agree', agreed)).toContain('应由');
    expect(await watch.declares('street', 'agree', { ...agreed, endsOn: '2027-01-19' })).toContain('不能早于今天');
    expect(await watch.declares('street', 'agree', agreed)).toBeNull();
    await here.until('2027-03-01');
    expect([await statusOn(watch, '2027-02-28'), await statusOn(watch, '2027-03-01')]).toEqual(['formal', 'ended']);
    expect(await watch.open()).toEqual(stages);
    // 7 years, 1 month and 23 days: 15 half months at 4,000
    await watch.goesOnTo(null);
    await here.until('2028-02-29');
    await watch.passes('archive');
    expect(await watch.outcome()).toBe('agreed');
  });

  test('once the notice is served nobody resigns or agrees any more', async () => {
    const watch = await here.watched();
    await watch.failsAgain();
    await watch.goesOnTo('service');
    await watch.passes('service');
    expect(await watch.declares('self', 'resign', { reason: '另谋职业。' })).toContain('已经生效');
  });
});

describe('a dispute', () => {
  test('holds the papers back from the archive; maintained, it ends as it was', async () => {
    const watch = await dismissed();
    await here.until('2027-04-01');
    expect(await watch.declares('self', 'arbitration', accepted)).toBeNull();
    expect(await watch.open()).toEqual(['litigation']);
    // a year after the end the papers are still held
    await here.until('2028-04-03');
    expect(await watch.open()).toEqual(['litigation']);
    await here.forgets();
    expect(await watch.answers('litigation', 'countyHr', awarded('maintained'))).toBeNull();
    await watch.passes('archive');
    expect(await watch.outcome()).toBe('dismissed');
  });

  test('reinstated: employment and contract stand as if they had never ended, with back pay', async () => {
    const watch = await dismissed();
    await here.until('2027-04-01');
    await watch.declares('self', 'arbitration', accepted);
    await here.until('2027-06-10');
    await watch.answers('litigation', 'countyHr', awarded('reinstated'));
    const back = { how: 'reinstated', on: '2027-06-15', amount: '16000', basis: '2 月 23 日至 6 月 14 日，按月工资 4000 元补发。' };
    expect(await watch.answers('reinstatement', 'street', { ...back, how: 'compensated' })).toContain('应当恢复劳动关系');
    await here.forgets();
    expect(await watch.answers('reinstatement', 'street', back)).toBeNull();
    expect(await statusOn(watch, '2027-03-15')).toBe('formal');
    expect((await watch.recordOn('2027-06-15')).contract).toBeDefined();
    await here.forgets();
    expect(await statusOn(watch, '2027-06-15')).toBe('formal');
    await watch.passes('archive');
    expect(await watch.outcome()).toBe('reinstated');
    expect(await watch.incidents()).toEqual([]);
  });

  test('ended against the law and not gone back to: twice the severance', async () => {
    const watch = await dismissed();
    await here.until('2027-04-01');
    await watch.declares('street', 'arbitration', accepted);
    await here.until('2027-06-10');
    await watch.answers('litigation', 'countyHr', awarded('compensated'));
    const paid = { how: 'compensated', on: '2027-06-15', severance: '30000', amount: '30000', basis: '经济补偿的二倍，已扣除已付部分。' };
    expect(await watch.answers('reinstatement', 'street', paid)).toContain('60,000.00 元');
    expect(await watch.answers('reinstatement', 'street', { ...paid, amount: '60000' })).toBeNull();
    await watch.passes('archive');
    expect([await watch.outcome(), await statusOn(watch, '2027-06-15')]).toEqual(['compensated', 'ended']);
  });

  test('won while the notice still runs: the contract does not end', async () => {
    const watch = await here.watched();
    expect(await watch.declares('self', 'arbitration', { ...accepted, acceptedOn: here.today })).toContain('还没有解除');
    await watch.failsAgain();
    await watch.goesOnTo('service');
    await watch.passes('service');
    await watch.declares('self', 'arbitration', { ...accepted, acceptedOn: here.today });
    expect(await watch.open()).toEqual(['litigation']);
    await here.until('2027-02-10');
    await watch.answers('litigation', 'countyHr', { ...awarded('reinstated'), effectiveOn: here.today });
    await here.until('2027-02-22');
    expect(await statusOn(watch, '2027-02-22')).toBe('formal');
    expect(await watch.open()).toEqual(['reinstatement']);
  });
});

test('each paper of a dismissal prints with what the case holds, on one sheet, without a gap', async () => {
  const watch = await here.watched();
  await watch.failsAgain();
  await watch.goesOnTo('union');
  await watch.passes('union', { stance: 'objects', opinion: '建议再给一次机会。' });
  await watch.goesOnTo('service');
  await watch.passes('service', { endsOn: '2027-02-22' });
  await here.until('2027-02-23');
  await watch.goesOnTo(null);
  await watch.declares('self', 'arbitration', { ...accepted, acceptedOn: here.today });
  await here.until('2027-06-10');
  await watch.answers('litigation', 'countyHr', awarded('reinstated'));
  await watch.answers('reinstatement', 'street', {
    how: 'reinstated',
    on: '2027-06-15',
    amount: '16000',
    basis: '按月工资 4000 元补发四个月。',
  });

  const by = { ...(await here.cast.by(here.cast.ids.countyHr, here.now)), origin: 'test' };
  const papers: [string, string[]][] = [
    ['talk', ['告诫谈话记录', '2025 年度不合格', '本人已签字']],
    ['improvement', ['限期改进通知书', '入户走访完成率达到八成']],
    ['training', ['网格业务培训二十四学时', '第四十条第二项']],
    ['review', ['培训已完成或者调岗已到位', '没有改进']],
    ['approval', ['2025 年度不合格、2026 年度不合格', '应到 7 人，已表决 4 人，同意 4 人', '家里有老人生病', '同意备案']],
    ['informing', ['五个工作日内', '陈述、申辩']],
    ['askingUnion', ['第四十三条', '不能胜任工作']],
    ['union', ['有异议', '建议再给一次机会']],
    ['replyToUnion', ['研究后维持解聘意见', '已逐条研究']],
    ['notice', ['提前三十日书面通知你', '2027年2月22日解除', '送 达 回 证', '当面送达签收']],
    ['severance', ['30,000.00 元', '折合 7.5 个月工资', '4,000.00 元']],
    ['handover', ['台账、钥匙、印章', '网格长']],
    ['certificate', ['2027年2月22日依法解除', '工作年限满 7 年', '2025年1月6日至2028年1月5日']],
    ['reinstatement', ['碧劳人仲裁〔2027〕12号', '工作年限连续计算', '16000 元']],
  ];
  for (const [form, says] of papers) {
    const words = await wordsOf(await printed(here.room, by, watch.caseId, form, 'docx'));
    for (const said of says) expect(words).toContain(said);
    expect(words).not.toMatch(GAPS);
    expect(pagesOf(await printed(here.room, by, watch.caseId, form, 'pdf'))).toBe(1);
  }
  expect(owed.severance).toBe('30000');
});
