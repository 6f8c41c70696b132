import { codesOf, countyCodeOf, isWithin, placeCharacter, placeName } from './unit.ts';

describe('units and their paths', () => {
  const county = '5206/520602/';
  const street = '5206/520602/520602002/';

  test('a unit is within itself and all above it', () => {
    expect(isWithin(street, street)).toBe(true);
    expect(isWithin(street, county)).toBe(true);
    expect(isWithin(county, street)).toBe(false);
    expect(isWithin('5206/520603/', county)).toBe(false);
    expect(isWithin('5206/5206020/', county)).toBe(false);
  });

  test('the county is read off the path; a city has none, nor has a city without counties', () => {
    expect(codesOf(street)).toEqual(['5206', '520602', '520602002']);
    expect([street, county, '5206/', '4419/441900003/'].map(countyCodeOf)).toEqual(['520602', '520602', '', '']);
  });

  test.each([
    ['碧江区', '碧江', '碧'],
    ['玉屏侗族自治县', '玉屏', '玉'],
    ['印江土家族苗族自治县', '印江', '印'],
    ['沿河土家族自治县', '沿河', '沿'],
    ['石阡县', '石阡', '石'],
    ['铜仁市', '铜仁', '铜'],
  ])('%s is called %s, and %s in numbers', (name, short, character) => {
    expect(placeName(name)).toBe(short);
    expect(placeCharacter(name)).toBe(character);
  });
});
