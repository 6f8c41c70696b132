import { makeCalendar, type CalendarTable } from './calendar.ts';

// For tests: the notices of 12 November 2024 and 4 November 2025, typed a second time apart from the tables that the product ships.
export const year2025: CalendarTable = {
  year: 2025,
  unitCode: '',
  official: true,
  version: 1,
  source: 'notice of 2024-11-12',
  off: [
    { name: '元旦', from: '2025-01-01', to: '2025-01-01' },
    { name: '春节', from: '2025-01-28', to: '2025-02-04' },
    { name: '清明节', from: '2025-04-04', to: '2025-04-06' },
    { name: '劳动节', from: '2025-05-01', to: '2025-05-05' },
    { name: '端午节', from: '2025-05-31', to: '2025-06-02' },
    { name: '国庆节、中秋节', from: '2025-10-01', to: '2025-10-08' },
  ],
  makeUp: ['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11'].map((on) => ({ name: '调休', on })),
};
export const year2026: CalendarTable = {
  year: 2026,
  unitCode: '',
  official: true,
  version: 1,
  source: 'notice of 2025-11-04',
  off: [
    { name: '元旦', from: '2026-01-01', to: '2026-01-03' },
    { name: '春节', from: '2026-02-15', to: '2026-02-23' },
    { name: '清明节', from: '2026-04-04', to: '2026-04-06' },
    { name: '劳动节', from: '2026-05-01', to: '2026-05-05' },
    { name: '端午节', from: '2026-06-19', to: '2026-06-21' },
    { name: '中秋节', from: '2026-09-25', to: '2026-09-27' },
    { name: '国庆节', from: '2026-10-01', to: '2026-10-07' },
  ],
  makeUp: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'].map((on) => ({ name: '调休', on })),
};
/** An autonomous county with its festival on a weekday, on a make-up day, and over a weekend. */
export const festivals: CalendarTable = {
  year: 2026,
  unitCode: '520628',
  official: true,
  version: 1,
  source: 'county notice',
  off: [
    { name: '四月八', from: '2026-05-24', to: '2026-05-25' },
    { name: '自治县庆', from: '2026-05-09', to: '2026-05-09' },
  ],
  makeUp: [],
};
export const national = makeCalendar([year2025, year2026]);
export const county = makeCalendar([year2025, year2026], [festivals]);
