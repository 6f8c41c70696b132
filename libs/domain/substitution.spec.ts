import { isInLine, lineOf, periodFault } from './substitution.ts';

describe('the period of a substitution', () => {
  test.each([
    ['a day, today', '2026-11-24', '2026-11-24', true],
    ['from tomorrow', '2026-11-25', '2026-12-04', true],
    ['a year to the day', '2026-11-24', '2027-11-23', true],
    ['a day more than a year', '2026-11-24', '2027-11-24', false],
    ['from a leap day for a year', '2028-02-29', '2029-02-27', true],
    ['begun yesterday', '2026-11-23', '2026-11-30', false],
    ['ends before it begins', '2026-11-26', '2026-11-25', false],
  ])('%s (%s to %s): %s', (_, fromOn, toOn, sound) => {
    expect(periodFault({ fromOn, toOn }, fromOn === '2028-02-29' ? fromOn : '2026-11-24') === null).toBe(sound);
  });
});

describe('who is in the line of an office', () => {
  const [city, county, other, street] = ['5206/', '5206/520602/', '5206/520603/', '5206/520602/520602005/'];
  const community = `${street}520602005005/`;
  test.each([
    ['a community’s office and another street of the county', community, '5206/520602/520602007/', true],
    ['a community’s office and its county', community, county, true],
    ['a community’s office and its city', community, city, true],
    ['a county’s office and one of its streets', county, street, true],
    ['a street’s office and another county', street, other, false],
    ['a county whose code begins alike', county, '5206/5206021/', false],
    ['a city’s office and the same city', city, city, true],
    ['a city’s office and one of its counties', city, county, false],
    ['another city', community, '4419/', false],
    ['a street of a city without counties and its city', '4419/441900003/', '4419/', true],
    ['two streets of a city without counties', '4419/441900003/', '4419/441900004/', true],
  ])('%s: %s, %s → %s', (_, principal, substitute, inLine) => expect(isInLine(substitute, lineOf(principal))).toBe(inLine));
});
