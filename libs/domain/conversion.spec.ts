import { absorb, convert, factsAfter, guaranteedOf, paidFrom, type ConversionFacts, type ConversionRules } from './conversion.ts';
import { defaultEntryPolicy, defaultPayPolicy, defaultRolePosts, UNIFORM_4X2 } from './post-grade.ts';

const rules: ConversionRules = { entry: defaultEntryPolicy, roles: defaultRolePosts, pay: defaultPayPolicy, versions: {} };
const known: ConversionFacts = {
  joinedOn: '2016-09-30',
  postTitle: '社区专职工作人员',
  education: '大专',
  certificate: null,
  placed: null,
  retainedBefore: 0,
  guaranteedBefore: null,
};
const CUT_OFF = '2026-09-30';

describe('conversion at the cut-off date', () => {
  test.each<[string, Partial<ConversionFacts>, string]>([
    ['a new person with a college diploma starts at the first step', { joinedOn: '2026-09-01' }, '五岗一级一档'],
    ['a bachelor starts one step higher', { joinedOn: '2026-09-01', education: '本科' }, '五岗一级二档'],
    ['ten full years are five steps', {}, '五岗三级二档'],
    ['a day short of ten years is nine', { joinedOn: '2016-10-01' }, '五岗三级一档'],
    ['twenty years are capped at the post’s ceiling', { joinedOn: '2006-01-01' }, '五岗四级二档'],
    [
      'a committee member, six years, bachelor, first certificate',
      { joinedOn: '2020-09-30', postTitle: '社区“两委”专职成员', education: '本科', certificate: '助理社会工作师' },
      '三岗三级二档',
    ],
    ['both offices in one person', { joinedOn: '2014-09-30', postTitle: '社区党组织书记兼居委会主任', education: '本科' }, '一岗四级二档'],
    ['high school counts nothing', { joinedOn: '2026-09-01', education: '高中及以下' }, '五岗一级一档'],
  ])('%s', (_, change, label) => {
    expect(convert({ ...known, ...change }, CUT_OFF, rules).label).toBe(label);
  });

  test('a role taken up in the middle of the batch counts from its own day', () => {
    const elected = convert({ ...known, postTitle: '居委会主任', effectiveOn: '2026-10-20', joinedOn: '2016-10-15' }, CUT_OFF, rules);
    expect(elected).toMatchObject({ label: '二岗三级二档', inputs: { years: 10, countedOn: '2026-10-20' } });
  });

  test('how the step came about is told, and whether the ceiling cut it', () => {
    expect(convert({ ...known, education: '本科', certificate: '社会工作师' }, CUT_OFF, rules).steps).toEqual({
      seniority: 5,
      education: 1,
      certificate: 2,
      capped: true,
    });
  });
});

describe('pay before and after', () => {
  test('to the fen: post 2,100, step 5 of grade pay, three sevenths of both', () => {
    const { after } = convert({ ...known, joinedOn: '2018-09-30' }, CUT_OFF, rules);
    // 2,100.00 + 210.00 and 2,310.00 × 3/7 = 990.00; diploma 100.00
    expect(after).toMatchObject({
      postPay: 210_000,
      gradePay: 21_000,
      performance: 99_000,
      guaranteed: 330_000,
      retained: 0,
      total: 340_000,
    });
  });

  test('guaranteed pay never falls: the difference is retained, exactly', () => {
    const higher = { post: 4 as const, globalStep: 16, profile: UNIFORM_4X2 };
    const { before, after } = convert({ ...known, placed: higher }, CUT_OFF, rules);
    expect(guaranteedOf(after)).toBe(guaranteedOf(before!));
    expect(after.retained).toBeGreaterThan(0);
    expect(after.total).toBe(after.postPay + after.gradePay + after.performance + after.educationAllowance + after.topUp + after.retained);
  });

  test('what somebody registered as pay before goes before what the tables say', () => {
    expect(convert({ ...known, guaranteedBefore: 500_000 }, CUT_OFF, rules).after.retained).toBe(500_000 - 332_143);
  });

  test('unknown pay before keeps nothing and invents nothing', () => {
    expect(convert(known, CUT_OFF, rules)).toMatchObject({ before: null, after: { retained: 0 } });
  });

  test.each([
    [10_000, 0, 10_000],
    [10_000, 4_000, 6_000],
    [10_000, 12_000, 0],
    [10_000, -5_000, 10_000],
  ])('of %i retained a raise of %i leaves %i', (retained, raise, left) => expect(absorb(retained, raise)).toBe(left));

  test.each([
    ['2026-11-30', '2026-12-01'],
    ['2026-12-01', '2027-01-01'],
  ])('signed on %s, paid from %s', (on, from) => expect(paidFrom(on)).toBe(from));
});

test('a later survey takes the place of an earlier one, field by field', () => {
  const after = factsAfter(known, [{ joinedOn: '2017-03-01', verdict: 'verified' }, { education: '本科' }, { joinedOn: '2018-01-01' }]);
  expect(after).toEqual({ ...known, joinedOn: '2018-01-01', education: '本科' });
});
