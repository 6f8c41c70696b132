import { readFileSync } from 'node:fs';
import { freshDatabase, type TestDatabase } from '../../test/support/database.ts';
import { placeCharacter } from '../domain/unit.ts';
import { childrenOf, loadUnits, readUnitTable, unitByCode, unitChain, unitPath, unitsWithin } from './units.ts';

const table = (place: string) => readUnitTable(readFileSync(`prisma/seed/data/${place}-divisions.csv`, 'utf8'));
let testing: TestDatabase;
beforeAll(async () => {
  testing = await freshDatabase();
  await testing.db.$transaction((tx) => loadUnits(tx, [...table('tongren'), ...table('dongguan')], '2023-01-01'));
});
afterAll(() => testing.close());

const count = (path: string, level: string) => testing.db.unit.count({ where: { level, path: { startsWith: path } } });

describe('the tree of units', () => {
  test('Tongren has 10 counties, 181 streets and townships, 335 communities', async () => {
    expect(await Promise.all(['city', 'county', 'street', 'community'].map((level) => count('5206/', level)))).toEqual([1, 10, 181, 335]);
  });

  test('Dongguan has 36 towns and streets right below the city, and 253 communities', async () => {
    expect(await Promise.all(['city', 'county', 'street', 'community'].map((level) => count('4419/', level)))).toEqual([1, 0, 36, 253]);
  });

  test('loading again changes nothing; a new name changes one row', async () => {
    const rows = table('tongren');
    expect(await loadUnits(testing.db, rows, '2023-01-01')).toBe(0);
    const renamed = rows.map((row) => (row.code === '520602002' ? { ...row, name: '环北新街道' } : row));
    expect(await loadUnits(testing.db, renamed, '2023-01-01')).toBe(1);
    expect((await unitByCode(testing.db, '520602002'))?.name).toBe('环北新街道');
    expect(await loadUnits(testing.db, rows, '2023-01-01')).toBe(1);
  });

  test('a path is the chain of codes, each followed by a slash', async () => {
    expect(await unitPath(testing.db, '520602002')).toBe('5206/520602/520602002/');
    expect(await unitPath(testing.db, '999999')).toBeNull();
    expect((await unitChain(testing.db, '520602002')).map(({ name }) => name)).toEqual(['铜仁市', '碧江区', '环北街道']);
    expect(await unitChain(testing.db, '999999')).toEqual([]);
  });

  test('the level below, and all below', async () => {
    expect((await childrenOf(testing.db, null)).map(({ name }) => name)).toEqual(['东莞市', '铜仁市']);
    expect(await childrenOf(testing.db, '5206')).toHaveLength(10);
    const below = await unitsWithin(testing.db, '5206/520602/', '2026-01-01');
    expect(below[0]?.code).toBe('520602');
    expect(below.every(({ path }) => path.startsWith('5206/520602/'))).toBe(true);
    expect(await unitsWithin(testing.db, '5206/520602/', '2020-01-01')).toEqual([]);
  });

  test('each county has its own character in numbers', async () => {
    const characters = (await childrenOf(testing.db, '5206')).map(({ name }) => placeCharacter(name));
    expect(new Set(characters).size).toBe(10);
  });

  test('a unit without a parent, or under itself, is refused', async () => {
    const orphan = { code: '520699001', name: '无主街道', level: 'street', parentCode: '520699' } as const;
    await expect(loadUnits(testing.db, [orphan], '2023-01-01')).rejects.toThrow('520699');
    const circle = [
      { code: '520691', name: '甲区', level: 'county', parentCode: '520692' },
      { code: '520692', name: '乙区', level: 'county', parentCode: '520691' },
    ] as const;
    await expect(loadUnits(testing.db, circle, '2023-01-01')).rejects.toThrow('under itself');
  });
});
