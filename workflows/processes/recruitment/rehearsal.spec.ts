import { provisionalTable } from '../../../libs/calendar/provisional.ts';
import { makeCalendar, workingDays } from '../../../libs/domain/calendar.ts';
import { addDays, instantOf } from '../../../libs/domain/dates.ts';
import { defaultRules } from '../../../libs/domain/recruitment/rules.ts';
import { rehearsed } from '../../rehearsal.ts';
import { contract } from './contract.ts';
import { checkAnnouncement } from './policy.ts';

const calendar = makeCalendar([2026, 2027].map((year) => ({ ...provisionalTable(year), official: true })));

test('the whole calendar before the start: every stage of the main line once, registration waited for, the notice for its period', async () => {
  const { outcome, dates } = await rehearsed({
    process: 'recruitment',
    input: { unitCode: '520602', no: 1, asked: 10, cutOffOn: '2026-03-02' },
    pinned: { recruitment: defaultRules, notices: { notice: workingDays(7) } },
    calendar,
    at: instantOf('2026-03-02', '10:00').toISOString(),
  });
  expect(outcome).toBe('completed');
  const stages = dates.filter(({ kind }) => kind === 'stage').map(({ title }) => title);
  const titles: Record<string, { title: string }> = contract.stages;
  const main = contract.order.filter((stage) => !['extra', 'objections'].includes(stage)).map((stage) => titles[stage]!.title);
  expect([...stages].sort()).toEqual([...main].sort());
  const dayOf = (title: string, kind: string) => dates.find((date) => date.title === title && date.kind === kind)!.on;
  // the answer of the rehearsal opens registration three days after the announcement, for five
  expect(dayOf('报名', 'wait')).toBe(addDays(dayOf('发布招聘公告', 'stage'), 9));
  expect(dates.find(({ title }) => title === '拟聘公示期满')!.rule).toBe('7 个工作日');
  expect(dates.some(({ unknown, tentative }) => unknown || tentative)).toBe(false);
});

test.each([
  ['2026-03-02', '2026-03-09', null],
  ['2026-03-02', '2026-03-08', '不少于 7 日'],
  ['2026-03-01', '2026-03-20', '不能早于今天'],
  ['2026-03-12', '2026-03-11', '早于开始日期'],
])('announced on 2 March, registration %s to %s: %s', (registrationFrom, registrationTo, why) => {
  const refusal = checkAnnouncement({ registrationFrom, registrationTo }, '2026-03-02', { recruitment: defaultRules });
  if (why === null) expect(refusal).toBeNull();
  else expect(refusal?.params.detail).toContain(why);
});
