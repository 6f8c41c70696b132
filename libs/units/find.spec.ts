import { readFileSync } from 'node:fs';
import { isRefusal, refusalText } from '../domain/refusal.ts';
import { childPath, codesOf, type Unit } from '../domain/unit.ts';
import { makeUnitFinder, type UnitNames } from './find.ts';
import { readUnitTable } from './units.ts';

const paths = new Map<string, string>([['', '']]);
const units: Unit[] = readUnitTable(readFileSync('prisma/seed/data/tongren-divisions.csv', 'utf8')).map((row) => {
  const path = childPath(paths.get(row.parentCode) ?? '?', row.code);
  paths.set(row.code, path);
  return { ...row, parentCode: row.parentCode || null, path };
});
const finder = makeUnitFinder(units);
const told = (names: UnitNames) => {
  const found = finder.find(names);
  return isRefusal(found) ? refusalText(found) : found.code;
};

describe('finding a unit by its names', () => {
  test.each<[string, UnitNames, string]>([
    ['all three named', { county: '碧江区', street: '环北街道', community: '北门社区' }, '铜仁市 碧江区 环北街道 北门社区'],
    ['the county short', { county: '沿河', street: '官舟镇' }, '铜仁市 沿河土家族自治县 官舟镇'],
    [
      'as offices write themselves',
      { county: '碧江区', street: '环北街道办事处', community: '北门社区居委会' },
      '铜仁市 碧江区 环北街道 北门社区',
    ],
    ['with blanks', { county: ' 玉屏侗族 自治县 ' }, '铜仁市 玉屏侗族自治县'],
    ['a community alone in its county', { county: '碧江区', community: '北门社区' }, '铜仁市 碧江区 环北街道 北门社区'],
  ])('%s', (_, names, place) => {
    const found = finder.find(names);
    expect(
      isRefusal(found)
        ? refusalText(found)
        : codesOf(found.path)
            .map((code) => finder.byCode(code)?.name)
            .join(' '),
    ).toBe(place);
  });

  test('花桥社区 in 沿河 stands in two towns: both are named, and the street decides', () => {
    expect(told({ county: '沿河土家族自治县', community: '花桥社区' })).toMatch(
      /^有不止一个“花桥社区”（.+、.+）。请写明所在街道（乡镇）。$/,
    );
    const places = units.filter(({ name, code }) => name === '花桥社区' && code.startsWith('520627'));
    expect(places).toHaveLength(2);
    for (const place of places) {
      const street = units.find(({ code }) => code === place.parentCode)?.name ?? '';
      expect(told({ county: '沿河土家族自治县', community: '花桥社区' })).toContain(street);
      expect(told({ county: '沿河土家族自治县', street, community: '花桥社区' })).toBe(place.code);
    }
  });

  test('花桥社区 is not 花花桥社区', () => {
    expect(told({ county: '沿河', community: '花花桥社区' })).toBe('520627002002');
  });

  test('a street of another county is told with its place', () => {
    expect(told({ county: '碧江区', street: '官舟镇' })).toBe('“官舟镇”不属于碧江区，它在沿河土家族自治县。请核对上级单位。');
  });

  test('an unknown name is not guessed', () => {
    expect(told({ county: '碧江区', street: '环北街道', community: '没有社区' })).toBe(
      '环北街道没有名为“没有社区”的社区。请按区划名称填写。',
    );
    expect(told({ county: '凯里市' })).toBe('没有找到名为“凯里市”的区（县）。请按区划名称填写。');
    expect(isRefusal(finder.find({}))).toBe(true);
  });

  test('each unit is found by its full names', () => {
    const nameOf = (code: string | null) => finder.byCode(code ?? '')?.name;
    for (const unit of units.filter(({ level }) => level === 'community')) {
      const street = finder.byCode(unit.parentCode ?? '');
      expect(told({ county: nameOf(street?.parentCode ?? null), street: street?.name, community: unit.name })).toBe(unit.code);
    }
  });
});
