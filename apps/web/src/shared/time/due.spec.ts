import { dueText, momentText, pastText, type Due } from './due.ts';

const now = new Date('2026-11-24T02:12:00Z'); // 10:12 in Shanghai, a Tuesday
const due = (change: Partial<Due>): Due => ({ at: '2026-11-26T09:30:00Z', tentative: false, state: 'open', workingDaysLeft: 2, ...change });

describe('how a due moment reads', () => {
  test.each([
    ['two working days ahead', due({}), '还剩 2 个工作日', '11月26日(周四) 17:30', 'plain'],
    ['today', due({ at: '2026-11-24T09:30:00Z', state: 'soon', workingDaysLeft: 0 }), '今天到期', '11月24日(周二) 17:30', 'soon'],
    [
      'one working day late',
      due({ at: '2026-11-23T09:30:00Z', state: 'overdue', workingDaysLeft: -1 }),
      '已超期 1 个工作日',
      '11月23日(周一) 17:30',
      'late',
    ],
    [
      'late since this afternoon',
      due({ at: '2026-11-24T01:30:00Z', state: 'overdue', workingDaysLeft: 0 }),
      '今天已超期',
      '11月24日(周二) 09:30',
      'late',
    ],
    ['from a provisional table', due({ tentative: true }), '还剩 2 个工作日', '11月26日(周四) 17:30（暂定）', 'plain'],
    [
      'in another year',
      due({ at: '2027-05-23T16:00:00Z', workingDaysLeft: 120 }),
      '还剩 120 个工作日',
      '2027年5月23日(周日) 24:00',
      'plain',
    ],
    ['with no table at all', due({ at: null, state: 'unknown', workingDaysLeft: null }), '期限待定', '工作日历未导入', 'unknown'],
    ['without any time allowed', due({ at: null, state: 'none', workingDaysLeft: null }), '没有时限', null, 'plain'],
  ] as const)('%s', (_, value, left, when, tone) => {
    expect(dueText(value, now)).toEqual({ left, when, tone });
  });

  test('never says “no time left” of a date whose working days cannot be counted', () => {
    expect(dueText(due({ workingDaysLeft: null }), now).left).toBe('到期');
    expect(dueText(due({ state: 'overdue', workingDaysLeft: null }), now).left).toBe('已超期');
  });

  test('a legal end at midnight belongs to the day that it ends, across the turn of the year too', () => {
    expect(momentText(new Date('2026-12-31T16:00:00Z'), now)).toBe('12月31日(周四) 24:00');
  });
});

describe('how what has happened reads', () => {
  test.each([
    ['2026-11-24T01:46:00Z', '今天 09:46'],
    ['2026-11-23T15:59:00Z', '11月23日(周一) 23:59'],
    ['2026-11-23T16:00:00Z', '今天 00:00'],
    ['2025-11-20T08:48:00Z', '2025年11月20日(周四) 16:48'],
  ])('%s is %s', (at, words) => {
    expect(pastText(at, now)).toBe(words);
  });
});
