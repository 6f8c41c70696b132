import type { CheckedAgainst } from '../../../libs/domain/contract.ts';
import { refusalText, type Refusal } from '../../../libs/domain/refusal.ts';
import { defaultSecondmentRules } from '../../../libs/domain/secondment-rules.ts';
import { checkArrival, checkExtension, checkMatch, checkRecall, checkReview, endOf, logsOf } from './policy.ts';

const elections = [{ fromOn: '2026-06-01', toOn: '2026-06-30' }];
const about = (on: string, of: Partial<CheckedAgainst> = {}): CheckedAgainst => ({
  on,
  input: {},
  pinned: { rules: { ...defaultSecondmentRules, electionWindows: elections } },
  told: { match: { startOn: '2026-03-02' }, arrival: { result: 'arrived', arrivedOn: '2026-03-02' } },
  closedOn: {},
  events: {},
  ...of,
});
const said = (refusal: Refusal | null) => refusal && refusalText(refusal);

test.each([
  ['2026-03-01', '今天以后'],
  ['2026-03-02', null],
  // two months from 1 April reach into the election of 1 June
  ['2026-03-31', null],
  ['2026-04-01', '换届选举期'],
])('a stay from %s: %s', (startOn, why) => {
  const refused = said(checkMatch({ startOn }, about('2026-03-01')));
  if (why) expect(refused).toContain(why);
  else expect(refused).toBeNull();
});

test.each([
  [{ result: 'noShow' }, null],
  [{ result: 'arrived' }, '请填写报到日期'],
  [{ result: 'arrived', arrivedOn: '2026-03-04' }, '不能晚于今天'],
  [{ result: 'arrived', arrivedOn: '2026-03-01' }, '不能早于'],
  [{ result: 'arrived', arrivedOn: '2026-03-03' }, null],
])('an arrival %j on 3 March: %s', (answer, why) => {
  const refused = said(checkArrival(answer, about('2026-03-03')));
  if (why) expect(refused).toContain(why);
  else expect(refused).toBeNull();
});

test('a review that finds something cannot pass', () => {
  expect(checkReview({ result: 'pass', noCase: 'yes', healthy: 'no' })).not.toBeNull();
  expect(checkReview({ result: 'fail', noCase: 'no', healthy: 'no' })).toBeNull();
  expect(checkReview({ result: 'pass', noCase: 'yes', healthy: 'yes' })).toBeNull();
});

test.each([
  ['2026-04-20', '2026-05-31', null],
  ['2026-04-20', '2026-06-01', '换届选举'],
  ['2026-04-20', '2026-06-03', '最多延长 1 个月'],
  ['2026-05-02', '2026-05-20', '已经期满'],
])('extended on %s until %s: %s', (on, until, why) => {
  const refused = said(checkExtension({ until }, about(on)));
  if (why) expect(refused).toContain(why);
  else expect(refused).toBeNull();
});

test('after an extension the stay may be recalled until its new end; before the arrival there is nothing to recall', () => {
  const extended = about('2026-05-10', { events: { extend: { told: { until: '2026-05-20' }, on: '2026-04-20' } } });
  expect(endOf(extended)).toBe('2026-05-20');
  expect(checkRecall({ lastOn: '2026-05-11' }, extended)).toBeNull();
  expect(said(checkRecall({ lastOn: '2026-05-11' }, about('2026-05-10')))).toContain('已经期满');
  expect(said(checkRecall({ lastOn: '2026-03-01' }, about('2026-03-01', { told: {} })))).toContain('放弃派出');
});

test('a log a week, two months and one more fit', () => {
  expect(logsOf('2026-03-02', '2026-05-06').map(({ stage }) => stage)).toHaveLength(9);
  expect(logsOf('2026-03-02', '2026-06-02').at(-1)).toEqual({ stage: 'week13', on: '2026-05-29' });
});
