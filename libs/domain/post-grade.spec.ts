import fc from 'fast-check';
import {
  ceilingOf,
  defaultEntryPolicy,
  defaultPayPolicy,
  entryStep,
  formatMoney,
  OVERLAP_12,
  payOf,
  placementLabel,
  placementOf,
  posts,
  UNIFORM_4X2,
  type EntryFacts,
  type Post,
} from './post-grade.ts';

const place = (facts: Partial<EntryFacts>) => {
  const { grade, step } = entryStep({ post: 5, years: 0, education: '大专', certificate: null, ...facts });
  return `G${grade}/${step}`;
};

describe('the step on entry and conversion', () => {
  test.each<[string, Partial<EntryFacts>, string]>([
    ['五岗, new, 大专', {}, 'G1/1'],
    ['五岗, new, 本科', { education: '本科' }, 'G1/2'],
    ['五岗, ten years, 大专', { years: 10 }, 'G3/2'],
    ['五岗, twenty years: the ceiling', { years: 20 }, 'G4/2'],
    ['三岗, six years, 本科, 初级', { post: 3, years: 6, education: '本科', certificate: '助理社会工作师' }, 'G11/2'],
    ['一岗, twelve years, 本科', { post: 1, years: 12, education: '本科' }, 'G20/2'],
    ['an odd year does not count yet', { years: 1 }, 'G1/1'],
    ['高中及以下 adds nothing', { education: '高中及以下' }, 'G1/1'],
    ['no education recorded adds nothing', { education: null }, 'G1/1'],
    ['研究生 counts as 硕士', { education: '研究生' }, place({ education: '硕士' })],
    ['硕士', { education: '硕士' }, 'G2/1'],
    ['博士', { education: '博士' }, 'G2/2'],
    ['中级', { certificate: '社会工作师' }, 'G2/1'],
    ['高级', { certificate: '高级社会工作师' }, 'G2/2'],
  ])('%s', (_, facts, expected) => expect(place(facts)).toBe(expected));

  test('ceiling and base follow the ranges, not the number eight', () => {
    const policy = { ...defaultEntryPolicy, profile: OVERLAP_12 };
    expect(posts.map((post) => ceilingOf(UNIFORM_4X2, post))).toEqual([8, 8, 8, 8, 8]);
    expect(posts.map((post) => ceilingOf(OVERLAP_12, post))).toEqual([24, 24, 24, 24, 24]);
    expect(entryStep({ post: 3, years: 20, education: '本科', certificate: null, policy })).toEqual({
      post: 3,
      localStep: 12,
      globalStep: 20,
      grade: 10,
      step: 2,
    });
    expect(entryStep({ post: 5, years: 60, education: null, certificate: null, policy }).globalStep).toBe(24);
  });

  test('a county may leave education and certificates to the allowances', () => {
    const policy = { ...defaultEntryPolicy, educationSteps: {}, certificateSteps: {} };
    expect(place({ education: '博士', certificate: '高级社会工作师', policy })).toBe('G1/1');
  });

  test('more service or education never places anyone lower, and never outside the post', () => {
    const anyPost = fc.constantFrom<Post>(...posts);
    const profile = fc.constantFrom(UNIFORM_4X2, OVERLAP_12);
    fc.assert(
      fc.property(anyPost, fc.nat(45), fc.nat(10), profile, (post, years, more, ranges) => {
        const policy = { ...defaultEntryPolicy, profile: ranges };
        const before = entryStep({ post, years, education: '大专', certificate: null, policy });
        const after = entryStep({ post, years: years + more, education: '本科', certificate: null, policy });
        expect(after.globalStep).toBeGreaterThanOrEqual(before.globalStep);
        const [lowest, highest] = ranges.ranges[post];
        expect(after.grade).toBeGreaterThanOrEqual(lowest);
        expect(after.grade).toBeLessThanOrEqual(highest);
        expect(2 * (after.grade - 1) + after.step).toBe(after.globalStep);
        expect(placementOf(ranges, post, after.globalStep)).toEqual(after);
      }),
    );
  });
});

describe('labels', () => {
  test.each<[Post, number, string]>([
    [5, 1, '五岗一级一档'],
    [5, 8, '五岗四级二档'],
    [4, 9, '四岗一级一档'],
    [3, 22, '三岗三级二档'],
    [1, 40, '一岗四级二档'],
  ])('post %i, step %i of the city: %s', (post, globalStep, label) => {
    const placement = placementOf(UNIFORM_4X2, post, globalStep);
    expect(placement && placementLabel(placement)).toBe(label);
  });

  test('a step outside the post is no placement', () => {
    expect(placementOf(UNIFORM_4X2, 4, 8)).toBeNull();
    expect(placementOf(UNIFORM_4X2, 4, 17)).toBeNull();
  });

  test('overlapping posts count grades within the post', () => {
    const placement = placementOf(OVERLAP_12, 3, 32);
    expect(placement && placementLabel(placement)).toBe('三岗十二级二档');
  });
});

describe('pay to the fen', () => {
  test.each<[Post, number, string, string]>([
    [5, 1, '3,214.29', '3,200.00'],
    [4, 9, '3,671.43', '3,600.00'],
    [3, 17, '4,271.43', '4,200.00'],
    [2, 25, '4,871.43', '4,800.00'],
    [1, 33, '5,328.57', '5,300.00'],
  ])('guaranteed at the first step of post %i (step %i): %s over a floor of %s', (post, globalStep, guaranteed, floor) => {
    const pay = payOf({ post, globalStep, education: null, certificate: null });
    expect(formatMoney(pay.guaranteed)).toBe(guaranteed);
    expect(formatMoney(pay.floor)).toBe(floor);
    expect(pay.topUp).toBe(0);
    expect(pay.total).toBe(pay.guaranteed);
  });

  test('三岗三级二档 with 本科 and 初级', () => {
    const pay = payOf({ post: 3, globalStep: 22, education: '本科', certificate: '助理社会工作师' });
    const told = [pay.postPay, pay.gradePay, pay.educationAllowance, pay.certificateAllowance, pay.performance, pay.total].map(formatMoney);
    expect(told).toEqual(['2,600.00', '465.00', '200.00', '100.00', '1,313.57', '4,678.57']);
  });

  test('the rating factor moves the performance part alone, rounded once', () => {
    const at = (factorPercent: number) => payOf({ post: 5, globalStep: 1, education: null, certificate: null, factorPercent });
    expect([120, 100, 70, 0].map((percent) => formatMoney(at(percent).performance))).toEqual(['1,157.14', '964.29', '675.00', '0.00']);
    expect(at(0).total).toBe(225_000);
  });

  test('the floor is held against factor 1.0 and tops up no failing year', () => {
    const policy = { ...defaultPayPolicy, floor: { ...defaultPayPolicy.floor, 5: 330_000 } };
    const at = (factorPercent: number) => payOf({ post: 5, globalStep: 1, education: null, certificate: null, factorPercent, policy });
    expect([at(120).topUp, at(100).topUp, at(70).topUp, at(0).topUp]).toEqual([8_571, 8_571, 0, 0]);
    expect(at(100).total).toBe(330_000);
  });

  test('allowances are paid over the floor', () => {
    const policy = { ...defaultPayPolicy, floor: { ...defaultPayPolicy.floor, 5: 330_000 } };
    expect(payOf({ post: 5, globalStep: 1, education: '研究生', certificate: null, policy }).total).toBe(370_000);
  });

  test.each([
    [467_857, '4,678.57'],
    [5, '0.05'],
    [100_000_000, '1,000,000.00'],
    [-24_000, '-240.00'],
  ])('%i fen are written %s', (amount, text) => expect(formatMoney(amount)).toBe(text));
});
