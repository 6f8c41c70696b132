import { noticePeriod, noticeRow, noticeTold } from './notice.ts';
import { codeOf, contentOf, objectionForm, shownCode } from './objection.ts';

const row = { key: 'a1', name: '公示人', unitName: '锦江街道', post: '五岗' };

describe('what stands on a notice', () => {
  test.each([
    ['an ID number', '522201199001011234'],
    ['an ID number with an X', '52220119900101123X'],
    ['an ID number in groups', '522201-19900101-1234'],
    ['an old ID number', '522201900101123'],
    ['a mobile number', '五岗 139 0000 0000'],
  ])('%s does not', (_, text) => {
    for (const field of ['name', 'unitName', 'post', 'detail']) expect(noticeRow.safeParse({ ...row, [field]: text }).success).toBe(false);
  });

  test('name, unit, post and a detail do, and nothing else', () => {
    expect(noticeRow.safeParse({ ...row, detail: '五岗一级一档，自2026年6月1日起' }).success).toBe(true);
    expect(noticeRow.safeParse({ ...row, phone: '0856' }).success).toBe(false);
    expect(noticeRow.safeParse({ ...row, key: '田新人' }).success).toBe(false);
  });

  test.each([
    [2, false],
    [3, true],
    [15, true],
    [16, false],
  ])('%i working days: %s', (n, allowed) => expect(noticePeriod.safeParse({ workingDays: n }).success).toBe(allowed));
});

test('of several objections to one person an open one holds, then the gravest counts', () => {
  const told = noticeTold([
    { key: 'b', outcome: 'rejected' },
    { key: 'b', outcome: 'undecided' },
    { key: 'a', outcome: 'upheld' },
    { key: 'a', outcome: 'undecided' },
    { key: 'c', outcome: 'upheld' },
    { key: 'c', outcome: null },
    { key: 'd', outcome: 'dismissed' },
  ]);
  expect(told).toEqual({ result: 'objected', objections: 7, upheld: ['a'], undecided: ['b'], rejected: ['d'], held: ['c'] });
  expect(noticeTold([{ key: 'd', outcome: 'rejected' }]).result).toBe('clear');
});

describe('an objection', () => {
  const form = {
    no: 1,
    named: true,
    name: '吴先明',
    phone: '13985600000',
    text: '本人在该社区居住，反映其工作年限计算有误。',
    truthful: true,
  };
  test.each([
    ['as it should be', {}, true],
    ['without a name it needs none', { named: false, name: undefined, phone: undefined }, true],
    ['named without a name', { name: ' ' }, false],
    ['a number too short', { phone: '1398561' }, false],
    ['too few words', { text: '有问题' }, false],
    ['too many', { text: '一'.repeat(2_001) }, false],
    ['not confirmed', { truthful: false }, false],
    ['filled in by a program', { website: 'http://example.org' }, false],
    ['nobody on the list', { no: 0 }, false],
  ])('%s', (_, changes, sound) => expect(objectionForm.safeParse({ ...form, ...changes }).success).toBe(sound));

  test('whoever does not want to be named is not, whatever they typed', () => {
    const parsed = objectionForm.parse({ ...form, named: false });
    expect(contentOf(parsed)).toEqual({ name: null, phone: null, contact: null, text: form.text });
  });

  test('its code is read however it is typed', () => {
    expect(codeOf(' abcd-efgh jkmn-pqrs')).toBe('ABCDEFGHJKMNPQRS');
    expect(shownCode('ABCDEFGHJKMNPQRS')).toBe('ABCD-EFGH-JKMN-PQRS');
    for (const wrong of ['', 'ABCD', 'ABCD-EFGH-JKMN-PQR0', 'ABCD-EFGH-JKMN-PQRSX']) expect(codeOf(wrong)).toBe('');
  });
});
