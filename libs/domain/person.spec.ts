import { contract, factTitle, inForce, postGradeStep } from './person.ts';
import { UNIFORM_4X2 } from './post-grade.ts';

const sound = { kind: 'LABOUR', startsOn: '2026-06-01', endsOn: '2029-05-31', probationMonths: 6, probationEndsOn: '2026-11-30' };

describe('what a fact may say', () => {
  test('a contract holds its probation', () => expect(contract.parse(sound)).toEqual(sound));

  test.each([
    ['an end before its start', { endsOn: '2026-05-31' }],
    ['a probation beyond its end', { endsOn: '2026-09-30' }],
    ['a probation before its start', { probationEndsOn: '2026-05-31' }],
    ['months without a last day', { probationEndsOn: null }],
    ['a last day without months', { probationMonths: 0 }],
    ['more than the six months of the law', { probationMonths: 12 }],
  ])('a contract with %s is refused', (_, fault) => expect(contract.safeParse({ ...sound, ...fault }).success).toBe(false));

  test('a step outside its post is refused', () => {
    expect(postGradeStep.safeParse({ post: 3, globalStep: 22, profile: UNIFORM_4X2 }).success).toBe(true);
    expect(postGradeStep.safeParse({ post: 3, globalStep: 25, profile: UNIFORM_4X2 }).success).toBe(false);
  });

  test('a fact is in force from its first to its last day, unless corrected', () => {
    const fact = { fromOn: '2026-06-01', toOn: '2026-11-30', endedAt: null };
    expect(['2026-05-31', '2026-06-01', '2026-11-30', '2026-12-01'].map((on) => inForce(fact, on))).toEqual([false, true, true, false]);
    expect(inForce({ ...fact, toOn: null }, '2036-01-01')).toBe(true);
    expect(inForce({ ...fact, endedAt: new Date('2026-07-01T00:00:00Z') }, '2026-08-01')).toBe(false);
  });

  test('each kind is told in one line', () => {
    expect(factTitle('employment', { status: 'probation', postTitle: '社区专职工作人员', post: 5, joinedOn: '2026-06-01' })).toBe(
      '试用期 · 社区专职工作人员（五岗）',
    );
    expect(factTitle('contract', contract.parse(sound))).toBe('劳动合同 · 至 2029年5月31日 · 试用期至 2026年11月30日');
    expect(factTitle('contract', { ...contract.parse(sound), endsOn: null, probationMonths: 0, probationEndsOn: null })).toBe(
      '劳动合同 · 无固定期限',
    );
    expect(factTitle('post-grade-step', { post: 3, globalStep: 22, profile: UNIFORM_4X2 })).toBe('三岗三级二档');
    expect(factTitle('rating', { year: 2025, rating: 'excellent' })).toBe('2025 年度考核优秀');
  });
});
