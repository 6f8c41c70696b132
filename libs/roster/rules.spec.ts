import type { FaultCode } from '../workbooks/fault-words.ts';
import { rosterFaults } from '../workbooks/roster-faults.ts';
import { codesOf, evaluated, idNumber, line, verdictOf, workbookOf, HEADER, type Line } from './roster.fixture.ts';
import { recordOf } from './rules.ts';

/** The verdicts of people who stand in a workbook in this order, from row 3. */
const verdicts = async (...people: Line[]) => (await evaluated(await workbookOf(people))).rows.map(verdictOf);
const one = async (changes: Line) => (await evaluated(await workbookOf([line(2, changes)]))).rows[0]!;

const CASES: readonly [string, Line, string][] = [
  ['as it should be', {}, 'ok'],
  ['name left out', { name: null }, 'reject:missing-name'],
  ['name a dash', { name: '—' }, 'reject:missing-name'],
  ['name with a title behind it', { name: '向文（书记）' }, 'reject:name-unreadable'],
  ['name with a character of a private font', { name: '向\uE123' }, 'reject:name-unreadable'],
  ['name of a minority with a dot', { name: '阿依古丽•买买提' }, 'ok'],
  ['name with blanks', { name: ' 向　文 ' }, 'ok:padded-name'],
  ['name in two fonts', { name: { richText: [{ text: '向' }, { text: '文' }] } }, 'ok:rich-text'],
  ['name a formula as text', { name: '=HYPERLINK("http://example.org","点我")' }, 'reject:formula-injection'],
  ['name a full-width formula', { name: '＝1+1' }, 'reject:formula-injection'],
  ['name beginning with @', { name: '@SUM(A1)' }, 'reject:formula-injection'],
  ['name a live link', { name: { formula: 'HYPERLINK("http://example.org","向文")', result: '向文' } }, 'reject:formula-injection'],
  ['sex by a formula', { sex: { formula: 'IF(1,"女","")', result: '女' } }, 'ok:formula-cell'],
  ['sex by a formula without a result', { sex: { formula: 'IF(1,"女","")' } }, 'reject:formula-no-result'],
  ['an error value', { education: { error: '#N/A' } }, 'reject:cell-error'],
  ['ID number left out', { idNo: null }, 'reject:missing-id'],
  ['ID number kept as a number', { idNo: 520_690_199_005_280_000 }, 'reject:id-as-number'],
  ['ID number of 15 digits', { idNo: '520690900528002' }, 'reject:id-length'],
  ['ID number with a letter inside', { idNo: '52069O199005280020' }, 'reject:id-characters'],
  ['ID number born on 30 February', { idNo: '520690199002300020' }, 'reject:id-birth-date'],
  ['ID number with a wrong digit', { idNo: idNumber(2).replace(/.$/, (c) => (c === '1' ? '2' : '1')) }, 'reject:id-checksum'],
  ['ID number with blanks', { idNo: idNumber(2).replace(/^(.{6})/, '$1 ') }, 'ok:id-spaces'],
  [
    'ID number full-width',
    { idNo: idNumber(2).replace(/\d/g, (d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0)) },
    'ok:full-width-digits',
  ],
  ['born another day than the ID number says', { bornOn: '1990-05-29' }, 'reject:id-birth-mismatch'],
  ['born in the month that it says', { bornOn: '1990.5' }, 'ok:date-dotted'],
  ['born in another month', { bornOn: '1990.6' }, 'reject:id-birth-mismatch'],
  ['birth left out', { bornOn: null }, 'ok:from-id'],
  ['sex left out', { sex: null }, 'ok:from-id'],
  ['the other sex', { sex: '男' }, 'reject:id-gender-mismatch'],
  ['sex in other words', { sex: '女性' }, 'ok:sex-synonym'],
  ['sex unknown', { sex: 'F' }, 'reject:unknown-sex'],
  ['people in short', { ethnicity: '土家' }, 'ok:ethnicity-synonym'],
  ['people of Guizhou', { ethnicity: '穿青人' }, 'ok'],
  ['people unknown', { ethnicity: '贵州族' }, 'reject:unknown-ethnicity'],
  ['politics in short', { politicalStatus: '党员' }, 'ok:political-synonym'],
  ['politics unknown', { politicalStatus: '积极分子' }, 'reject:unknown-political-status'],
  ['education in other words', { education: '大学本科' }, 'ok:education-synonym'],
  ['two educations in one cell', { education: '大专/本科' }, 'reject:unknown-education'],
  ['certificate in short', { certificate: '初级' }, 'ok:certificate-synonym'],
  ['no certificate', { certificate: '无' }, 'ok'],
  ['certificate unknown', { certificate: '社工证' }, 'reject:unknown-certificate'],
  ['post left out', { postTitle: null }, 'reject:missing-post'],
  ['post in other words', { postTitle: '两委成员' }, 'ok:post-synonym'],
  ['post with plain quotation marks', { postTitle: '社区"两委"专职成员' }, 'ok'],
  ['post part-time', { postTitle: '网格员（兼职）' }, 'reject:unknown-post'],
  ['post unknown', { postTitle: '副主任' }, 'reject:unknown-post'],
  ['community left out', { community: null }, 'reject:missing-community'],
  ['county unknown', { county: '凯里市' }, 'reject:unknown-county'],
  ['street unknown', { street: '没有街道' }, 'reject:unknown-street'],
  ['street of another county', { street: '玉水街道' }, 'reject:street-not-in-county'],
  ['community of another street', { street: '锦江街道' }, 'reject:community-not-in-street'],
  ['community unknown', { community: '不存在社区' }, 'reject:unknown-community'],
  [
    'a community of two towns, the town left out',
    { county: '沿河土家族自治县', street: null, community: '花桥社区' },
    'reject:ambiguous-unit',
  ],
  ['joined left out', { joinedOn: '/' }, 'reject:missing-joined'],
  ['joined on a day that is none', { joinedOn: '2019-02-30' }, 'reject:impossible-date'],
  ['joined in words', { joinedOn: '去年' }, 'reject:unreadable-date'],
  ['joined in a year', { joinedOn: '2018' }, 'reject:incomplete-date'],
  ['joined in October or January', { joinedOn: 2018.1 }, 'reject:ambiguous-date'],
  ['joined as a date', { joinedOn: new Date('2018-03-25T00:00:00Z') }, 'ok:excel-date-cell'],
  ['joined tomorrow', { joinedOn: '2026-11-25' }, 'reject:joined-in-future'],
  ['joined today', { joinedOn: '2026-11-24', 'rating:2025': null }, 'ok'],
  ['joined a day before 16', { joinedOn: '2006-05-27' }, 'reject:joined-before-16'],
  ['joined on the 16th birthday', { joinedOn: '2006-05-28' }, 'ok'],
  ['joined before being born', { joinedOn: '1980-01-01' }, 'reject:joined-before-16'],
  ['rated in a word that is none', { 'rating:2025': '良好' }, 'reject:unknown-rating'],
  ['rated before joining', { joinedOn: '2026-03-01' }, 'reject:rated-before-joining'],
  ['rated in the year of joining', { joinedOn: '2025-03-01' }, 'ok'],
  ['phone with a country code', { phone: '+86 199-0000-0001' }, 'ok'],
  ['phone a number', { phone: 19_900_000_001 }, 'ok'],
];

describe('a row', () => {
  test.each(CASES)('%s', async (_, changes, expected) => {
    expect(verdictOf(await one(changes))).toBe(expected);
  });

  test('outside the officer’s units', async () => {
    const bytes = await workbookOf([line(2)]);
    expect((await evaluated(bytes, { withinPath: '5206/520603/' })).rows.map(verdictOf)).toEqual(['reject:not-in-your-units']);
    expect((await evaluated(bytes, { withinPath: '5206/520602/' })).rows.map(verdictOf)).toEqual(['ok']);
  });

  test('rated for a year that is not over', async () => {
    const header = { ...HEADER, 'rating:2026': '2026年度考核' };
    const found = await evaluated(await workbookOf([line(2, { 'rating:2026': '合格' })], { header }));
    expect(found.rows.map(verdictOf)).toEqual(['reject:rated-too-early']);
  });

  test('with several mistakes tells each, and none that only follows from another', async () => {
    expect(await verdicts(line(2, { name: null, community: '不存在社区', 'rating:2025': '良好' }))).toEqual([
      'reject:missing-name+unknown-community+unknown-rating',
    ]);
    // The ID number is another person's: the age that follows from it is not held against the row.
    expect(await verdicts(line(2), line(2, { name: '冉文', joinedOn: '2001-01-01' }))).toEqual(['ok', 'reject:duplicate-id']);
  });

  test('what is worth a look does not keep it out', async () => {
    const looked = async (changes: Line) => {
      const row = await one(changes);
      expect(recordOf(row)).not.toBeNull();
      return row.notes.faults.map(({ code }) => code);
    };
    expect(await looked({ joinedOn: '2007-01-01' })).toEqual(['joined-before-18']);
    expect(await looked({ idNo: idNumber(2, '1966-05-28'), bornOn: '1966-05-28' })).toEqual(['over-60']);
    expect(await looked({ phone: '12345' })).toEqual(['phone-unreadable']);
    expect(await looked({ email: 'w2 at example' })).toEqual(['email-unreadable']);
    expect((await one({ phone: '12345', email: 'w2 at example' })).draft).toMatchObject({ phone: null, email: null });
  });
});

describe('rows beside each other', () => {
  test('the second of two equal ID numbers is refused and names the first', async () => {
    const { rows } = await evaluated(await workbookOf([line(2), line(4), line(2, { name: '冉文' })]));
    expect(rows.map(verdictOf)).toEqual(['ok', 'ok', 'reject:duplicate-id']);
    expect(rows[2]!.notes.faults[0]!.problem).toBe(`与第 3 行（${line(2)['name'] as string}）的身份证号相同`);
  });

  test('the same name and birth under another ID number, the same phone, the same address, a second secretary: worth a look', async () => {
    const secretary = { postTitle: '社区党组织书记' };
    const found = await evaluated(
      await workbookOf([
        line(2, secretary),
        line(4, { ...secretary, name: line(2)['name']!, phone: line(2)['phone']!, email: 'W2@example.org' }),
      ]),
    );
    expect(codesOf(found)).toEqual(['possible-duplicate', 'same-phone', 'same-email', 'several-secretaries']);
    expect(found.rows.every((row) => recordOf(row) !== null)).toBe(true);
  });
});

describe('lines that are no people', () => {
  test('totals, signatures, notes, repeated headers and numbered blanks are left out and told', async () => {
    const bytes = await workbookOf([line(2)], {
      change: (sheet) => {
        sheet.addRow(Object.values(HEADER));
        sheet.addRow([2]);
        sheet.addRow(['合计', null, null, null, '2人']);
        sheet.addRow(['填表人：张三', null, null, null, null, '审核人：李四']);
        sheet.mergeCells(sheet.addRow(['注：以上人员均为专职']).number, 1, 7, 17);
      },
    });
    const { rows, skipped } = await evaluated(bytes);
    expect(rows.map(({ notes }) => notes.raw.row)).toEqual([3]);
    expect(skipped).toEqual([4, 6, 7]);
  });

  test('a person with almost nothing filled in is a person all the same', async () => {
    const bare = Object.fromEntries(Object.keys(HEADER).map((field) => [field, null]));
    expect(await verdicts({ ...bare, name: '向文' })).toEqual(['reject:missing-community+missing-id+missing-post+missing-joined']);
    expect((await verdicts({ ...line(2), name: null, idNo: null }))[0]).toBe('reject:missing-name+missing-id');
  });

  test('a unit merged over its people belongs to each of them', async () => {
    const bytes = await workbookOf([line(2), line(4), line(6)], {
      change: (sheet) => {
        for (const column of [2, 3, 4]) {
          for (const row of [4, 5]) sheet.getCell(row, column).value = null;
          sheet.mergeCells(3, column, 5, column);
        }
      },
    });
    const { rows } = await evaluated(bytes);
    expect(rows.map(({ draft }) => draft.unit?.name)).toEqual(['北门社区', '北门社区', '北门社区']);
  });
});

test('every fault that one workbook can have is shown here; the rest need the record', async () => {
  const againstTheRecord: FaultCode[] = ['same-id-other-name', 'person-elsewhere', 'person-left', 'decided-in-case'];
  const text = (await import('node:fs')).readFileSync('libs/roster/rules.spec.ts', 'utf8');
  const unshown = (Object.keys(rosterFaults) as FaultCode[]).filter((code) => !againstTheRecord.includes(code) && !text.includes(code));
  expect(unshown).toEqual([]);
});
