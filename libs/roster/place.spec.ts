import { makePlaceReader } from '../workbooks/place.ts';
import { tongren } from './roster.fixture.ts';
import { wordSynonyms, type Synonym } from '../workbooks/synonyms.ts';

const units = tongren();
const reader = (synonyms: readonly Synonym[] = []) => makePlaceReader(units, wordSynonyms(synonyms));
const told = (county: string | undefined, street: string | undefined, community: string, synonyms: readonly Synonym[] = []) => {
  const places = reader(synonyms);
  const found = places.read({ county, street, community });
  return 'unit' in found
    ? [places.line(found.unit), ...found.corrections.map(({ kind }) => kind)].join(' ')
    : `${found.field} ${found.code}`;
};
const NORTH = '碧江区 · 环北街道 · 北门社区';

test.each<[string | undefined, string | undefined, string, string]>([
  ['碧江区', '环北街道', '北门社区', NORTH],
  ['碧江', '环北街道办事处', '北门社区居委会', NORTH],
  ['碧江区', undefined, '北门社区', NORTH],
  ['碧江区', '环北', '北门', `${NORTH} unit-short-name unit-short-name`],
  ['铜仁市碧江区', '环北街道', '北门社区', `${NORTH} unit-short-name`],
  [undefined, undefined, '碧江区环北街道北门社区', `${NORTH} unit-short-name`],
  [undefined, undefined, '贵州省铜仁市碧江区/环北街道/北门社区', `${NORTH} unit-short-name`],
  ['碧江区', '环北街道', '环北街道北门社区', `${NORTH} unit-short-name`],
  // A community may be called after its town.
  ['印江土家族苗族自治县', '朗溪镇', '朗溪镇社区', '印江土家族苗族自治县 · 朗溪镇 · 朗溪镇社区'],
  ['沿河县', '黄土镇', '花桥社区', '沿河土家族自治县 · 黄土镇 · 花桥社区'],
  ['沿河土家族自治县', undefined, '花桥社区', 'community ambiguous-unit'],
  ['凯里市', '环北街道', '北门社区', 'county unknown-county'],
  ['碧江区', '没有街道', '北门社区', 'street unknown-street'],
  ['碧江区', '玉水街道', '四坪社区', 'street street-not-in-county'],
  ['碧江区', '锦江街道', '北门社区', 'community community-not-in-street'],
  ['碧江区', '环北街道', '不存在社区', 'community unknown-community'],
])('%s, %s, %s', (county, street, community, expected) => {
  expect(told(county, street, community)).toBe(expected);
});

test('of an ambiguous name both places are told', () => {
  const found = reader().read({ county: '沿河土家族自治县', community: '花桥社区' });
  const towns = units
    .filter(({ name, code }) => name === '花桥社区' && code.startsWith('520627'))
    .map(({ parentCode }) => units.find(({ code }) => code === parentCode)!.name);
  expect(towns).toHaveLength(2);
  for (const town of towns) expect('params' in found && found.params['places']).toContain(town);
});

test('a name that is nearly one is not taken for it, but offered', () => {
  const found = reader().read({ county: '碧江区', street: '环北街道', community: '北门居委会' });
  expect('suggestion' in found && found.suggestion?.unit.name).toBe('北门社区');
});

test('a word once taught counts where it was taught, and nowhere else', () => {
  const street = units.find(({ name }) => name === '环北街道')!;
  const north = units.find(({ name, parentCode }) => name === '北门社区' && parentCode === street.code)!;
  const taught: Synonym[] = [{ kind: 'community', scopeCode: street.code, written: '老北门', meaning: north.code }];
  expect(told('碧江区', '环北街道', '老北门', taught)).toBe(`${NORTH} unit-synonym`);
  expect(told('碧江区', '锦江街道', '老北门', taught)).toBe('community unknown-community');
  expect(told('碧江区', '环北街道', '老北门')).toBe('community unknown-community');
});
