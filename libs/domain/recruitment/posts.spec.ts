import { plannedPlaces, postTable, recruitmentPost } from './posts.ts';

const post = { code: 'BJ01', title: '社区专职工作人员', unitCode: '520602005', planned: 2 };
const faultsOf = (value: unknown) => postTable.safeParse(value).error?.issues.map(({ message }) => message) ?? [];

test('a post that says nothing of requirements asks what the rules ask', () => {
  expect(recruitmentPost.parse(post)).toEqual({ ...post, communities: [], requirements: { household: 'any', party: false, other: '' } });
});

test.each<[string, Record<string, unknown>, string]>([
  ['a code in small letters', { code: 'bj01' }, '岗位代码用大写字母、数字和“-”，最多 20 位'],
  ['no place at all', { planned: 0 }, '人数至少 1 人'],
  ['half a place', { planned: 1.5 }, '人数应为整数'],
  ['a county as its unit', { unitCode: '520602' }, '用人单位应为街道（乡镇）或社区'],
  ['an age above sixty', { requirements: { ageMax: 61 } }, '年龄上限不高于 60 周岁'],
  ['an unknown education', { requirements: { education: '初中' } }, '学历应为：高中及以下、大专、本科、硕士或博士'],
  ['a community of another street', { communities: [{ unitCode: '520602007001', number: 2 }] }, '选岗的社区应在本岗位的街道（乡镇）内'],
  ['communities that do not add up', { communities: [{ unitCode: '520602005001', number: 1 }] }, '各社区人数之和 1 与计划数 2 不一致'],
  ['a community twice', { communities: [1, 1].map((number) => ({ unitCode: '520602005001', number })) }, '选岗的社区重复'],
])('%s is refused', (_, change, message) => expect(faultsOf([{ ...post, ...change }])).toEqual([message]));

test('a table has posts, each code once', () => {
  expect(faultsOf([])).toEqual(['岗位表没有岗位']);
  expect(faultsOf([post, { ...post, code: 'BJ02' }])).toEqual([]);
  expect(faultsOf([post, post])).toEqual(['岗位代码 BJ01 重复']);
  expect(plannedPlaces([post, post])).toBe(4);
});
