import { readDate } from './read-date.ts';
import type { Cell } from './cell.ts';

const told = (cell: Cell) => {
  const read = readDate(cell, false);
  return 'fault' in read ? `${read.fault} ${read.why}` : `${read.date} ${read.precision} ${read.form ?? '-'}`;
};

test.each<[string, string]>([
  ['2018-03-25', '2018-03-25 day -'],
  ['2018-3-5', '2018-03-05 day -'],
  [' ２０１８－０３－２５ ', '2018-03-25 day -'],
  ['2018–03–25', '2018-03-25 day -'],
  ['2018-03-25 00:00:00', '2018-03-25 day -'],
  ['2018-03', '2018-03-01 month date-month'],
  ['1999/6/23', '1999-06-23 day date-slashed'],
  ['2018.6', '2018-06-01 month date-dotted'],
  ['2018.06.01', '2018-06-01 day date-dotted'],
  ['2018．6', '2018-06-01 month date-dotted'],
  ['2018年6月1日', '2018-06-01 day date-chinese'],
  ['2018 年 6 月', '2018-06-01 month date-chinese'],
  ['2018年', '2018-01-01 year date-chinese'],
  ['20180601', '2018-06-01 day date-compact'],
  ['201806', '2018-06-01 month date-compact'],
  ['2018', '2018-01-01 year -'],
  ['2019-02-30', 'impossible-date 没有 2 月 30 日'],
  ['2018.13', 'impossible-date 月份只能是 1 至 12'],
  ['2018-00-10', 'impossible-date 月份只能是 1 至 12'],
  ['20190230', 'impossible-date 没有 2 月 30 日'],
  ['2100-02-29', 'impossible-date 没有 2 月 29 日'],
  ['2024-02-29', '2024-02-29 day -'],
  ['6/1/2018', 'unreadable-date 认不出日期'],
  ['18.6', 'unreadable-date 认不出日期'],
  ['去年六月', 'unreadable-date 认不出日期'],
])('%s', (text, expected) => {
  expect(told({ text })).toBe(expected);
});

test.each<[Cell, string]>([
  [{ text: '2018-03-25', number: 43_184, date: '2018-03-25' }, '2018-03-25 day excel-date-cell'],
  [{ text: '41299', number: 41_299 }, '2013-01-25 day excel-serial'],
  [{ text: '41299.5', number: 41_299.5 }, '2013-01-25 day excel-serial'],
  [{ text: '20180601', number: 20_180_601 }, '2018-06-01 day date-compact'],
  [{ text: '201806', number: 201_806 }, '2018-06-01 month date-compact'],
  [{ text: '2018.6', number: 2018.6 }, '2018-06-01 month date-dotted'],
  [{ text: '2018.12', number: 2018.12 }, '2018-12-01 month date-dotted'],
  [{ text: '2018', number: 2018 }, '2018-01-01 year -'],
  // 2018.10 typed as a number is kept as 2018.1.
  [{ text: '2018.1', number: 2018.1 }, 'ambiguous-date 2018.1 是数字，看不出是 1 月还是 10 月'],
  [{ text: '95000', number: 95_000 }, 'unreadable-date 认不出日期'],
  [{ text: '-5', number: -5 }, 'unreadable-date 认不出日期'],
])('the number %j', (cell, expected) => {
  expect(told(cell)).toBe(expected);
});

test('a serial of a workbook of 1904', () => {
  expect(readDate({ text: '41722', number: 41_722 }, true)).toMatchObject({ date: '2018-03-25' });
});
