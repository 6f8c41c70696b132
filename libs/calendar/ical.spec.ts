import fc from 'fast-check';
import { readCalendar, timeOf } from '../../test/support/ical.ts';
import { writeCalendar, type IcalEntry } from './ical.ts';

const entry: IcalEntry = {
  kind: 'VEVENT',
  uid: 'a@example.org',
  changedAt: new Date('2026-11-24T01:02:03.456Z'),
  time: { on: '2026-11-30' },
  summary: '到期',
};
const read = (...entries: IcalEntry[]) => readCalendar(Buffer.from(writeCalendar({ name: '苗圃', refreshHours: 1 }, entries)));

test('a day is the day, its end the first day after it; a moment is in UTC', () => {
  const { components } = read(entry, { ...entry, uid: 'b', time: { at: new Date('2026-11-30T17:30:00+08:00') } });
  expect(components[0]!.props.DTSTART).toEqual({ value: '20261130', params: { VALUE: 'DATE' } });
  expect(components[0]!.props.DTEND).toEqual({ value: '20261201', params: { VALUE: 'DATE' } });
  expect(timeOf(components[1]!.props.DTSTART!)).toEqual(new Date('2026-11-30T09:30:00Z'));
  expect(components[0]!.props.DTSTAMP!.value).toBe('20261124T010203Z');
});

test('something to do has a due time, or none while it is not known', () => {
  const { components } = read(
    { ...entry, kind: 'VTODO', time: { on: '2026-12-31' } },
    { ...entry, kind: 'VTODO', uid: 'b', time: { at: new Date('2026-11-30T09:30:00Z') } },
    { ...entry, kind: 'VTODO', uid: 'c', time: null },
  );
  expect(components.map(({ props }) => props.DUE?.value)).toEqual(['20261231', '20261130T093000Z', undefined]);
});

test('whatever a title holds, it is read back as it was but for control characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.string({ unit: 'grapheme', maxLength: 200 }), (summary, description) => {
      const { components } = read({ ...entry, summary, description: `;${description}` });
      expect(components).toHaveLength(1);
      const plain = (text: string) => text.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\t\n]/gu, '');
      expect(components[0]!.props.SUMMARY!.value).toBe(plain(summary));
      expect(components[0]!.props.DESCRIPTION!.value).toBe(plain(`;${description}`));
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['two components by one UID', () => read(entry, entry)],
  ['an unfolded line', () => readCalendar(Buffer.from(`BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:${'x'.repeat(70)}\r\nEND:VCALENDAR\r\n`))],
  ['bare line feeds', () => readCalendar(Buffer.from('BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nEND:VCALENDAR\r\n'))],
  ['a comma that is not escaped', () => readCalendar(Buffer.from('BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:a,b\r\nEND:VCALENDAR\r\n'))],
  ['a day that does not exist', () => timeOf({ value: '20260230', params: { VALUE: 'DATE' } })],
])("the tests' reader refuses %s", (_, reads) => expect(reads).toThrow(/iCalendar/));
