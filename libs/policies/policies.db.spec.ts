import { freshDatabase, type TestDatabase } from '../../test/support/database.ts';
import { policiesOn, policyOn, putPolicy, type NewPolicy } from './policies.ts';

let testing: TestDatabase;
beforeEach(async () => {
  testing = await freshDatabase();
});
afterEach(() => testing.close());

const put = (policy: Partial<NewPolicy>) =>
  testing.db.$transaction((tx) =>
    putPolicy(tx, {
      key: 'probation.reviewBefore',
      unitCode: '',
      effectiveFrom: '2025-01-01',
      value: 30,
      assumed: true,
      source: null,
      ...policy,
    }),
  );
const valueOn = async (county: string, on: string) => (await policyOn(testing.db, 'probation.reviewBefore', county, on)).value;

describe('policy by county and day', () => {
  test('the latest in force on the day counts, from its first day on', async () => {
    await put({});
    await put({ effectiveFrom: '2026-07-01', value: 45, assumed: false, source: '铜社工〔2026〕1号' });
    expect(await valueOn('520602', '2026-06-30')).toBe(30);
    expect(await valueOn('520602', '2026-07-01')).toBe(45);
    expect(await policyOn(testing.db, 'probation.reviewBefore', '520602', '2026-07-01')).toMatchObject({
      version: 2,
      assumed: false,
      source: '铜社工〔2026〕1号',
      effectiveFrom: '2026-07-01',
    });
  });

  test('a county’s own goes before a general one, even an older one, and stays in that county', async () => {
    await put({});
    await put({ unitCode: '520628', effectiveFrom: '2025-06-01', value: 20 });
    await put({ effectiveFrom: '2026-01-01', value: 40 });
    expect(await valueOn('520628', '2026-06-01')).toBe(20);
    expect(await valueOn('520628', '2025-03-01')).toBe(30);
    expect(await valueOn('520602', '2026-06-01')).toBe(40);
  });

  test('setting the same day again makes a new version', async () => {
    await put({});
    expect(await put({ value: 35 })).toMatchObject({ version: 2 });
    expect(await valueOn('', '2026-06-01')).toBe(35);
  });

  test('a key that is not set is absent, and asking for it alone is an error', async () => {
    await put({});
    expect(Object.keys(await policiesOn(testing.db, ['probation.reviewBefore', 'none'], '', '2026-01-01'))).toEqual([
      'probation.reviewBefore',
    ]);
    await expect(policyOn(testing.db, 'none', '', '2026-01-01')).rejects.toThrow('none');
    await expect(policyOn(testing.db, 'probation.reviewBefore', '', '2024-12-31')).rejects.toThrow('2024-12-31');
  });
});
