import fc from 'fast-check';
import { addDays } from '../dates.ts';
import { defaultRules } from './rules.ts';
import { monthsServed, whyUnrated, type YearServed } from './unrated.ts';

test.each([
  ['2020-03-02', 12],
  ['2026-01-01', 12],
  ['2026-01-02', 11],
  ['2026-07-01', 6],
  ['2026-07-02', 5],
  ['2026-08-31', 4],
  ['2026-12-01', 1],
  ['2026-12-02', 0],
  ['2027-01-04', 0],
])('from %s on, %i whole months of 2026', (workedFrom, months) => expect(monthsServed(workedFrom, 2026)).toBe(months));

const usual: YearServed = { status: 'formal', workedFrom: '2020-03-02', leaveDays: 0 };
test.each<[string, Partial<YearServed>, string | null]>([
  ['a year in the post', {}, null],
  ['in probation at the end of the year', { status: 'probation', workedFrom: '2026-08-03' }, 'probation'],
  ['formal, in the post since 1 July', { workedFrom: '2026-07-01' }, null],
  ['formal, in the post since 2 July', { workedFrom: '2026-07-02' }, 'shortService'],
  ['six months on leave', { leaveDays: 180 }, null],
  ['a day more than six months on leave', { leaveDays: 181 }, 'longLeave'],
  ['in probation and on leave: the first ground', { status: 'probation', leaveDays: 200 }, 'probation'],
])('%s', (_, change, why) => expect(whyUnrated({ ...usual, ...change }, 2026, defaultRules.unrated)).toBe(why));

test('a county may rate those in probation', () => {
  const rules = { ...defaultRules.unrated, probation: false };
  expect(whyUnrated({ ...usual, status: 'probation', workedFrom: '2026-06-01' }, 2026, rules)).toBeNull();
});

test('whoever began later has never served longer', () =>
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 364 }), fc.integer({ min: 0, max: 60 }), (day, later) => {
      const from = addDays('2026-01-01', day);
      expect(monthsServed(addDays(from, later), 2026)).toBeLessThanOrEqual(monthsServed(from, 2026));
    }),
  ));
