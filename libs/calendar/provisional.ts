import { Lunar, Solar } from 'lunar-typescript';
import type { CalendarTable } from '../domain/calendar.ts';
import { addDays, type IsoDate } from '../domain/dates.ts';

const lunar = (year: number, month: number, day: number): IsoDate => Lunar.fromYmd(year, month, day).getSolar().toYmd();

function qingming(year: number): IsoDate {
  const term = Solar.fromYmd(year, 4, 1).getLunar().getJieQiTable()['清明'];
  if (!term) throw new Error(`No 清明 in ${year}`);
  return term.toYmd();
}

/**
 * A year's days off as the law fixes them (全国年节及纪念日放假办法, 2024 version): no moved days, so no make-up days. For use until the State
 * Council's notice is out; every deadline that meets it is tentative.
 */
export function provisionalTable(year: number): CalendarTable {
  const newYearsEve = addDays(lunar(year, 1, 1), -1);
  const days = (name: string, from: IsoDate, count: number) => ({ name, from, to: addDays(from, count - 1) });
  const off = [
    days('元旦', `${year}-01-01`, 1),
    days('春节', newYearsEve, 4),
    days('清明节', qingming(year), 1),
    days('劳动节', `${year}-05-01`, 2),
    days('端午节', lunar(year, 5, 5), 1),
    days('中秋节', lunar(year, 8, 15), 1),
    days('国庆节', `${year}-10-01`, 3),
  ];
  const source = '暂定：按《全国年节及纪念日放假办法》推算，国务院办公厅通知发布前使用';
  return { year, unitCode: '', official: false, source, off: off.sort((a, b) => (a.from < b.from ? -1 : 1)), makeUp: [], version: 1 };
}
