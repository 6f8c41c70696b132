import { addDays, type IsoDate } from '../domain/dates.ts';

/** A whole day by the clock of Shanghai, or a moment. */
export type IcalTime = { on: IsoDate } | { at: Date };

/** One entry of a calendar: something to do by a time, or a time to know of. `changedAt` is when it last got its present form. */
export interface IcalEntry {
  kind: 'VTODO' | 'VEVENT';
  /** Stays the same for the same thing, so that a reader's calendar moves it and does not double it. */
  uid: string;
  changedAt: Date;
  time: IcalTime | null;
  summary: string;
  description?: string;
  url?: string;
  tentative?: boolean;
}

/** Octets in a line, its break not counted (RFC 5545, 3.1). */
const LINE = 75;

/** An iCalendar object (RFC 5545), in UTF-8 with CRLF. Moments are in UTC, days have no zone: no reader has to know one. */
export function writeCalendar({ name, refreshHours }: { name: string; refreshHours: number }, entries: readonly IcalEntry[]): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Miaopu//Deadlines//ZH',
    'CALSCALE:GREGORIAN',
    `NAME:${asText(name)}`,
    `X-WR-CALNAME:${asText(name)}`,
    `REFRESH-INTERVAL;VALUE=DURATION:PT${refreshHours}H`,
    ...entries.flatMap(component),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function component({ kind, uid, changedAt, time, summary, description, url, tentative }: IcalEntry): string[] {
  return [
    `BEGIN:${kind}`,
    `UID:${asText(uid)}`,
    `DTSTAMP:${utc(changedAt)}`,
    ...(time ? times(kind, time) : []),
    `SUMMARY:${asText(summary)}`,
    ...(description ? [`DESCRIPTION:${asText(description)}`] : []),
    ...(url ? [`URL:${url}`] : []),
    // a deadline takes nobody's time: it shows nobody as busy
    ...(kind === 'VTODO' ? ['STATUS:NEEDS-ACTION'] : ['TRANSP:TRANSPARENT', `STATUS:${tentative ? 'TENTATIVE' : 'CONFIRMED'}`]),
    `END:${kind}`,
  ];
}

/** An end of a day is that day: the end of a VEVENT is the first day after it (3.6.1). */
function times(kind: IcalEntry['kind'], time: IcalTime): string[] {
  if ('at' in time) return [kind === 'VTODO' ? `DUE:${utc(time.at)}` : `DTSTART:${utc(time.at)}`];
  if (kind === 'VTODO') return [`DUE;VALUE=DATE:${basic(time.on)}`];
  return [`DTSTART;VALUE=DATE:${basic(time.on)}`, `DTEND;VALUE=DATE:${basic(addDays(time.on, 1))}`];
}

const basic = (on: IsoDate): string => on.replaceAll('-', '');
const utc = (at: Date): string => at.toISOString().replace(/[-:]|\.\d{3}/g, '');

/** A value of type TEXT (3.3.11): what would end or divide it is escaped, control characters are left out. */
const asText = (text: string): string =>
  text
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\r\n?|\n/g, '\\n')
    .replace(/[^\P{Cc}\t]/gu, '');

/** A long line goes on after a break and a space, never within a character. */
function folded(line: string): string {
  let text = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > LINE) {
      text += '\r\n ';
      octets = 1;
    }
    text += character;
    octets += size;
  }
  return text;
}
