import { loadCalendar } from '../calendar/calendar.ts';
import type { Tx } from '../db.ts';
import type { Calendar } from '../domain/calendar.ts';
import type { Level } from '../domain/roles.ts';
import { mailTiming, type MailDates, type MailTiming } from '../mail/policy.ts';

export type UnitsAbove = Partial<Record<Level, string>>;

// Codes of a unit's own chain never change while it is valid, so the chain is looked up once a process.
const chains = new Map<string, UnitsAbove>();

/** The codes of a unit's community, street, county and city, by level. */
export async function unitsAbove(tx: Tx, unitCode: string): Promise<UnitsAbove> {
  const known = chains.get(unitCode);
  if (known) return known;
  const rows = await tx.$queryRaw<{ level: Level; code: string }[]>`
    SELECT above.level, above.code FROM unit own JOIN unit above ON starts_with(own.path, above.path) WHERE own.code = ${unitCode}`;
  const chain: UnitsAbove = Object.fromEntries(rows.map(({ level, code }) => [level, code]));
  if (rows.length > 0) chains.set(unitCode, chain);
  return chain;
}

/** The working-day calendar of a unit: the State Council's tables with its county's overlay. */
export async function calendarOf(tx: Tx, unitCode: string): Promise<Calendar> {
  return loadCalendar(tx, (await unitsAbove(tx, unitCode)).county ?? '');
}

/** When a mail caused at `at` may leave, in the calendar of the unit. */
export async function mailMoment(tx: Tx, unitCode: string, at: Date): Promise<Date> {
  return (await mailTimingOf(tx, unitCode, at)).notBefore;
}

/** The same for a mail about a task or a date, with whether it presses. */
export async function mailTimingOf(tx: Tx, unitCode: string, at: Date, dates?: MailDates): Promise<MailTiming> {
  return mailTiming(await calendarOf(tx, unitCode), at, dates);
}
