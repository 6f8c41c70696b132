import { DeskHouse } from '../../test/support/matter-at-desk.ts';
import { readYear } from '../calendar/calendar.ts';
import type { CalendarTable } from '../domain/calendar.ts';
import { isRefusal } from '../domain/refusal.ts';

// Monday 2026-11-23 09:30: five working days end on Monday the 30th.
let house: DeskHouse;
let table: CalendarTable;
beforeEach(async () => {
  house = await DeskHouse.open('2026-11-23T01:30:00Z');
  table = (await readYear(house.room.db, 2026))!;
});
afterEach(() => house.close());

const end = (day: string) => new Date(`${day}T17:30:00+08:00`);
const withDayOff = (): CalendarTable => ({ ...table, off: [...table.off, { name: '临时放假', from: '2026-11-26', to: '2026-11-26' }] });
const change = async (to: CalendarTable, reason = '市里临时调整') =>
  house.desk.changeCalendar({ ...(await house.cast.by(house.cast.ids.system, house.now)), table: to, reason });

test('the preview names what would move, and changes nothing', async () => {
  const matter = await house.start();
  const held = await house.start();
  const by = await held.by('countyHr');
  expect(isRefusal(await house.desk.hold({ ...by, caseId: held.caseId, reason: '等批复', documentNo: '1号' }))).toBe(false);
  const found = await house.desk.previewCalendar({ table: withDayOff(), at: house.now });
  expect(found).toMatchObject({ reckoned: 2, more: false });
  expect((found as { moves: object[] }).moves).toMatchObject([
    { caseId: matter.caseId, stageTitle: '拟稿', before: end('2026-11-30'), after: end('2026-12-01') },
  ]);
  expect(await matter.run('draft')).toMatchObject({ dueAt: end('2026-11-30') });
  expect(await readYear(house.room.db, 2026)).toEqual(table);
});

test('confirmed, open deadlines move, the story sets its timer anew, and those asked are told', async () => {
  const matter = await house.start();
  expect(await change(withDayOff())).toMatchObject({ cases: 1 });
  await matter.told.goOn();
  await matter.sound();
  expect(await matter.run('draft')).toMatchObject({ dueAt: end('2026-12-01') });
  expect((await matter.tasks('draft'))[0]!.dueAt).toEqual(end('2026-12-01'));
  const told = await house.room.db.mail.findMany({ where: { caseId: matter.caseId, template: 'worker-notice' } });
  expect(told.map(({ accountId }) => accountId).sort()).toEqual([house.cast.ids.street, house.cast.ids.street2].sort());
  expect((told[0]!.params as { heading: string }).heading).toContain('12月1日');
  expect(await change(withDayOff())).toMatchObject({ cases: 0 });

  const entries = await house.room.db.ledgerEntry.findMany({ where: { chain: 'system', verb: 'calendar.change' } });
  expect(entries.map(({ body }) => (JSON.parse(body) as { detail: { reason: string } }).detail.reason)).toEqual(['市里临时调整']);
});

test('a reminder that the new table puts off is not sent by the old one', async () => {
  const matter = await house.start();
  // 50 % of five working days: 09:00 of the third, Thursday the 26th by the old table
  house.now = new Date('2026-11-26T01:00:00Z');
  await change(withDayOff());
  await matter.told.goOn();
  await matter.sound();
  expect(await house.room.db.mail.count({ where: { caseId: matter.caseId, template: 'task-reminder' } })).toBe(0);
});

test('a county’s own festival moves its own cases alone; an unsound table is refused on the record', async () => {
  const matter = await house.start();
  const festival = { name: '苗族四月八', from: '2026-11-25', to: '2026-11-25' };
  const own = { year: 2026, unitCode: '520628', official: true, source: '县政府通知', off: [festival], makeUp: [], version: 1 };
  expect(await house.desk.previewCalendar({ table: own, at: house.now })).toMatchObject({ reckoned: 0, moves: [] });
  expect(await house.desk.previewCalendar({ table: { ...own, unitCode: '520602' }, at: house.now })).toMatchObject({
    moves: [{ caseId: matter.caseId, after: end('2026-12-01') }],
  });
  const unsound = { ...table, makeUp: [...table.makeUp, { name: '国庆节', on: '2026-10-01' }] };
  expect(await change(unsound)).toMatchObject({ refused: 'CalendarNotSound' });
  expect(await change({ ...table, official: false })).toMatchObject({ refused: 'OfficialCalendarStands' });
  expect(await house.room.db.ledgerEntry.count({ where: { verb: 'calendar.change', accepted: false } })).toBe(2);
});
