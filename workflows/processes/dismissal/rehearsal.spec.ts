import { provisionalTable } from '../../../libs/calendar/provisional.ts';
import { makeCalendar } from '../../../libs/domain/calendar.ts';
import { addMonths, instantOf } from '../../../libs/domain/dates.ts';
import { rehearsed } from '../../rehearsal.ts';
import { contract } from './contract.ts';
import { defaultWatchPolicy } from './policy.ts';

const calendar = makeCalendar([2026, 2027, 2028].map((year) => ({ ...provisionalTable(year), official: true })));
const rehearsal = () =>
  rehearsed({
    process: 'dismissal',
    input: { personId: 'x', year: 2025, openedOn: '2026-01-20' },
    pinned: { days: defaultWatchPolicy, within: {}, panels: { committee: {} } },
    calendar,
    at: instantOf('2026-01-20', '10:00').toISOString(),
  });

test('the whole calendar before the start: a year of improvement, the second failing year, every step to the archive', async () => {
  const { outcome, dates } = await rehearsal();
  expect(outcome).toBe('dismissed');
  const stages = dates.filter(({ kind }) => kind === 'stage').map(({ title }) => title);
  const main = contract.order.filter((stage) => {
    const aside = contract.map.filter(({ to }) => to === stage);
    return aside.length === 0 || aside.some((arrow) => !('lane' in arrow));
  });
  const titles: Record<string, { title: string }> = contract.stages;
  expect([...stages].sort()).toEqual(main.map((stage) => titles[stage]!.title).sort());
  expect(dates.some(({ unknown, tentative }) => unknown || tentative)).toBe(false);
});

test('nobody is asked to improve after the year is over, and the papers stay open for a year after the contract has ended', async () => {
  const { dates } = await rehearsal();
  const dayOf = (title: string) => dates.find((date) => date.title === title && date.kind !== 'legal')!.on;
  const { warning, training, midyear, eligibility, archive } = contract.stages;
  for (const { title } of [warning, training, midyear]) expect(dayOf(title) <= '2026-12-31').toBe(true);
  expect(dayOf(eligibility.title) > '2027-01-31').toBe(true);
  const ended = dates.find(({ title }) => title === '劳动合同解除日')!.on;
  expect(dayOf(archive.title) > addMonths(ended, defaultWatchPolicy.archiveMonths)).toBe(true);
});
