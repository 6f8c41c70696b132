import { provisionalTable } from '../../libs/calendar/provisional.ts';
import type { CalendarTable } from '../../libs/domain/calendar.ts';

const days = (name: string, from: string, to = from) => ({ name, from, to });
const makeUp = (name: string, ...list: string[]) => list.map((on) => ({ name, on }));
const official = { unitCode: '', official: true, version: 1 };

/** The State Council's notices as published, and the year to come as the law alone fixes it. */
export const calendarYears: readonly CalendarTable[] = [
  {
    ...official,
    year: 2025,
    source: '国务院办公厅关于2025年部分节假日安排的通知（2024年11月12日）',
    off: [
      days('元旦', '2025-01-01'),
      days('春节', '2025-01-28', '2025-02-04'),
      days('清明节', '2025-04-04', '2025-04-06'),
      days('劳动节', '2025-05-01', '2025-05-05'),
      days('端午节', '2025-05-31', '2025-06-02'),
      days('国庆节、中秋节', '2025-10-01', '2025-10-08'),
    ],
    makeUp: [
      ...makeUp('春节', '2025-01-26', '2025-02-08'),
      ...makeUp('劳动节', '2025-04-27'),
      ...makeUp('国庆节、中秋节', '2025-09-28', '2025-10-11'),
    ],
  },
  {
    ...official,
    year: 2026,
    source: '国务院办公厅关于2026年部分节假日安排的通知（2025年11月4日）',
    off: [
      days('元旦', '2026-01-01', '2026-01-03'),
      days('春节', '2026-02-15', '2026-02-23'),
      days('清明节', '2026-04-04', '2026-04-06'),
      days('劳动节', '2026-05-01', '2026-05-05'),
      days('端午节', '2026-06-19', '2026-06-21'),
      days('中秋节', '2026-09-25', '2026-09-27'),
      days('国庆节', '2026-10-01', '2026-10-07'),
    ],
    makeUp: [
      ...makeUp('元旦', '2026-01-04'),
      ...makeUp('春节', '2026-02-14', '2026-02-28'),
      ...makeUp('劳动节', '2026-05-09'),
      ...makeUp('国庆节', '2026-09-20', '2026-10-10'),
    ],
  },
  provisionalTable(2027),
];
