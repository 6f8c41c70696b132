import { makeCalendar } from './calendar.ts';
import { national } from './calendar.fixture.ts';
import { formatMoment, instantOf } from './dates.ts';
import { halfDayOf } from './half-day.ts';

const at = (text: string) => instantOf(`2026-${text.slice(0, 5)}`, text.slice(6));
const told = (text: string, calendar = national) => {
  const { half, until } = halfDayOf(calendar, at(text));
  return `${half}, until ${formatMoment(until)}`;
};

test.each([
  ['a morning', '11-24 08:30', '2026-11-24 am, until 11月24日(周二) 12:00'],
  ['its last minute', '11-24 11:59', '2026-11-24 am, until 11月24日(周二) 12:00'],
  ['an afternoon lasts until work begins again', '11-24 12:00', '2026-11-24 pm, until 11月25日(周三) 08:30'],
  ['before work begins it is still the day before', '11-25 07:00', '2026-11-24 pm, until 11月25日(周三) 08:30'],
  ['a Friday afternoon lasts over the week-end', '11-27 16:00', '2026-11-27 pm, until 11月30日(周一) 08:30'],
  ['a Sunday belongs to it', '11-29 10:00', '2026-11-27 pm, until 11月30日(周一) 08:30'],
  ['so does a holiday week', '10-05 10:00', '2026-09-30 pm, until 10月8日(周四) 08:30'],
  ['a make-up Saturday has its own morning', '10-10 09:00', '2026-10-10 am, until 10月10日(周六) 12:00'],
])('%s', (_, moment, expected) => expect(told(moment)).toBe(expected));

test('in a year without a table every day counts', () =>
  expect(told('11-29 10:00', makeCalendar([]))).toBe('2026-11-29 am, until 11月29日(周日) 12:00'));
