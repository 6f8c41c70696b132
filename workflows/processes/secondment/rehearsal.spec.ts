import { provisionalTable } from '../../../libs/calendar/provisional.ts';
import { makeCalendar, rollForward } from '../../../libs/domain/calendar.ts';
import { addMonths, instantOf } from '../../../libs/domain/dates.ts';
import { defaultSecondmentRules } from '../../../libs/domain/secondment-rules.ts';
import { rehearsed } from '../../rehearsal.ts';

const calendar = makeCalendar([2026, 2027].map((year) => ({ ...provisionalTable(year), official: true })));

test('the whole calendar before the start: sending, two months with a log each Friday, appraisal, return, twice a look', async () => {
  const { outcome, dates } = await rehearsed({
    process: 'secondment',
    input: { personId: 'x', year: 2026, openedOn: '2026-01-19' },
    pinned: { rules: defaultSecondmentRules, within: {}, notices: {} },
    calendar,
    at: instantOf('2026-01-19', '10:00').toISOString(),
  });
  expect(outcome).toBe('completed');
  const dayOf = (title: string, of: 'stage' | 'legal') => dates.find((date) => date.title === title && date.kind === of)!.on;
  // everybody is received on the last day for it
  expect(rollForward(calendar, addMonths(dayOf('报到', 'stage'), 2))).toMatchObject({ on: dayOf('跟岗期满', 'legal') });
  const asked = dates.filter(({ kind }) => kind === 'stage').map(({ title }) => title);
  for (const title of ['街道推荐', '公示', '一对一对接', '学习计划', '第一周记录', '第八周记录', '中期评价', '接收地鉴定', '六个月跟踪'])
    expect(asked).toContain(title);
  expect(asked).not.toContain('替补递补');
  expect(dates.some(({ unknown }) => unknown)).toBe(false);
});
