import { roles, type Actor, type Role } from '../domain/roles.ts';
import { mayReadPerson, reachOf, requirePost, separationFault } from './permission.ts';

const CITY = '5206/';
const COUNTY = '5206/520602/';
const STREET = '5206/520602/520602001/';
const COMMUNITY = '5206/520602/520602001/520602001001/';

const holding = (...posts: [Role, string][]): Actor => ({
  accountId: 'a',
  name: '杨华',
  personId: 'p-own',
  posts: posts.map(([role, unitPath]) => ({ role, unitPath, unitCode: unitPath.split('/').at(-2)!, unitName: '', title: null })),
  standsInFor: [],
});
const person = { personId: 'p', unitPath: COMMUNITY, unitName: '东门社区' };

describe('who reads a personnel record', () => {
  const readers: [Role, string][] = [
    ['CITY_ORG', CITY],
    ['COUNTY_ORG', COUNTY],
    ['COUNTY_HR', COUNTY],
    ['STREET_HR', STREET],
    ['STREET_PARTY_COMMITTEE', STREET],
    ['COMMUNITY_SECRETARY', COMMUNITY],
    ['AUDITOR', CITY],
  ];
  test.each(readers)('%s over the unit', (role, path) => expect(mayReadPerson(holding([role, path]), person)).toBeNull());
  test.each(readers.slice(1, 6))('not %s of another unit', (role, path) => {
    const elsewhere = path.replace('520602', '520603');
    expect(mayReadPerson(holding([role, elsewhere]), person)).toEqual({ refused: 'NotInYourUnits', params: { unit: '东门社区' } });
  });
  test.each(roles.filter((role) => !readers.some(([reader]) => reader === role)))('never %s, even of the city', (role) => {
    expect(mayReadPerson(holding([role, CITY]), person)).toMatchObject({ refused: 'NotInYourUnits' });
  });
  test('everyone their own', () => expect(mayReadPerson(holding(), { ...person, personId: 'p-own' })).toBeNull());
  test('a unit whose code begins alike is another unit', () => {
    expect(mayReadPerson(holding(['COUNTY_HR', COUNTY]), { ...person, unitPath: '5206/5206021/' })).not.toBeNull();
  });
  test('who is in no unit is read at the city level', () => {
    const nowhere = { personId: 'p', unitPath: null, unitName: null };
    expect(mayReadPerson(holding(['CITY_ORG', CITY]), nowhere)).toBeNull();
    expect(mayReadPerson(holding(['COUNTY_ORG', COUNTY]), nowhere)).not.toBeNull();
  });
});

test('a reach names no unit twice', () => {
  expect(reachOf(holding(['COUNTY_ORG', COUNTY], ['STREET_PARTY_COMMITTEE', STREET], ['STREET_HR', '5206/520603/520603001/']))).toEqual([
    COUNTY,
    '5206/520603/520603001/',
  ]);
});

test('a post counts over its unit, or anywhere when no unit is named', () => {
  const officer = holding(['STREET_HR', STREET]);
  expect(requirePost(officer, ['STREET_HR'], COMMUNITY, '改名册')).toBeNull();
  expect(requirePost(officer, ['STREET_HR'], null, '改名册')).toBeNull();
  expect(requirePost(officer, ['STREET_HR'], COUNTY, '改名册')).toEqual({ refused: 'NotAllowed', params: { what: '改名册' } });
  expect(requirePost(officer, ['COUNTY_HR'], COMMUNITY, '改名册')).not.toBeNull();
});

test.each([
  [['COUNTY_ORG'], 'AUDITOR', false],
  [['AUDITOR'], 'COUNTY_ORG', false],
  [['AUDITOR'], 'SYSTEM_ADMIN', false],
  [['SECURITY_ADMIN'], 'SECURITY_ADMIN', true],
  [[], 'SYSTEM_ADMIN', true],
  [['COUNTY_ORG'], 'STREET_PARTY_COMMITTEE', true],
] as [Role[], Role, boolean][])('holder of %j granted %s: %s', (held, granted, allowed) => {
  expect(separationFault(held, granted)).toEqual(allowed ? null : { refused: 'AdministratorsAreSeparate', params: {} });
});
