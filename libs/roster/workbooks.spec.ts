import { defaultAssumptions, statusOn } from './derive.ts';
import { evaluated, testdata, verdictOf } from './roster.fixture.ts';
import { recordOf } from './rules.ts';

describe('the two workbooks of a city', () => {
  test('roster.xlsx: each of its 2,411 people is good as it is, and 53 are on probation on 24 November 2026', async () => {
    const { rows, mapping, skipped, problems } = await evaluated(testdata('roster.xlsx'));
    expect({ people: rows.length, headerTop: mapping.headerTop, headerBottom: mapping.headerBottom, skipped, problems }).toEqual({
      people: 2411,
      headerTop: 2,
      headerBottom: 2,
      skipped: [],
      problems: [],
    });
    expect([...new Set(rows.map(verdictOf))]).toEqual(['ok']);
    const probation = (on: string) => rows.filter((row) => statusOn(recordOf(row)!, on, defaultAssumptions) === 'probation');
    expect(probation('2026-11-24')).toHaveLength(53);
    // Whoever joined on 25 May has their last day today, whoever joined on the 24th had it yesterday.
    for (const row of probation('2026-11-24')) expect(recordOf(row)!.joinedOn >= '2026-05-25').toBe(true);
  });

  test('roster-messy.xlsx: every row has exactly the verdict that is expected of it', async () => {
    const [heading, ...lines] = testdata('roster-messy.expected.csv').toString().trim().split(/\r?\n/);
    const listed = new Map(lines.map((text) => text.split(',') as [string, string]));
    const { rows } = await evaluated(testdata('roster-messy.xlsx'));
    const expected = Object.fromEntries(rows.map(({ notes }) => [notes.raw.row, listed.get(String(notes.raw.row)) ?? 'ok']));
    expect(heading).toBe('row,outcome');
    expect(rows).toHaveLength(500);
    expect(listed.size).toBeGreaterThan(70);
    expect(Object.fromEntries(rows.map((row) => [row.notes.raw.row, verdictOf(row)]))).toEqual(expected);
  });

  test('each fault names row, column, what was written, the problem and how to mend it, in Chinese', async () => {
    const { rows } = await evaluated(testdata('roster-messy.xlsx'));
    for (const { notes } of rows) {
      for (const { row, header, problem, fix, message } of notes.faults) {
        expect(message.startsWith(`第 ${row} 行“${header}”：${problem}。${fix}`)).toBe(true);
        expect(message).toMatch(/\p{Script=Han}.*[。？]$/u);
      }
    }
    const fault = (row: number) => rows.find(({ notes }) => notes.raw.row === row)?.notes.faults[0];
    expect(fault(115)?.message).toBe('第 115 行“参加社区工作时间”：没有 2 月 30 日。改成实际的日期，如 2018-12-01 或 2018-12。');
    expect(fault(199)).toMatchObject({ letter: 'C', header: '街道（乡镇）', written: '玉水街道', problem: '不属于碧江区，属于德江县' });
    // Of an ID number the last four digits are never told.
    expect(fault(11)?.written).toBe('52069019900528****');
  });

  test('both in a moment', async () => {
    const started = performance.now();
    await evaluated(testdata('roster.xlsx'));
    console.info(`read and checked 2,411 rows in ${Math.round(performance.now() - started)} ms`);
    expect(performance.now()).toBeGreaterThan(started);
  });
});
