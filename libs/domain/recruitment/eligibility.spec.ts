import fc from 'fast-check';
import { addDays } from '../dates.ts';
import { bornBetween, candidateFacts, eligibility, type CandidateFacts } from './eligibility.ts';
import { recruitmentPost, type Requirements } from './posts.ts';
import { defaultRules, negatives, negativeTitles } from './rules.ts';

const CUT_OFF = '2026-06-01';
const postWith = (requirements: Partial<Requirements> = {}) =>
  recruitmentPost.parse({ code: 'BJ01', title: '社区专职工作人员', unitCode: '520602005001', planned: 1, requirements });
const candidate = (facts: Partial<CandidateFacts> = {}) => candidateFacts.parse({ bornOn: '1995-03-08', education: '大专', ...facts });
const codes = (facts: Partial<CandidateFacts>, requirements: Partial<Requirements> = {}, on = CUT_OFF) =>
  eligibility(postWith(requirements), candidate(facts), defaultRules, on).map(({ code }) => code);

describe('age on the cut-off day, birthdays included', () => {
  test.each<[string, Partial<CandidateFacts>, string[]]>([
    ['eighteen on the day itself', { bornOn: '2008-06-01' }, []],
    ['eighteen a day later', { bornOn: '2008-06-02' }, ['tooYoung']],
    ['forty on the day itself', { bornOn: '1986-06-01' }, []],
    ['forty a day before', { bornOn: '1986-05-31' }, ['tooOld']],
    ['a full-time bachelor of forty-five', { bornOn: '1981-06-01', education: '本科', fullTime: true }, []],
    ['a full-time bachelor a day older', { bornOn: '1981-05-31', education: '本科', fullTime: true }, ['tooOld']],
    ['a part-time bachelor of forty-one', { bornOn: '1985-05-01', education: '本科' }, ['tooOld']],
    ['a veteran of forty-four', { bornOn: '1982-01-01', exceptions: ['veteran'] }, []],
    ['whoever served in the west, forty-four', { bornOn: '1982-01-01', exceptions: ['westPlan'] }, []],
  ])('%s', (_, facts, expected) => expect(codes(facts)).toEqual(expected));

  test('a post’s own limit holds for those of the exceptions as well, and widens nothing', () => {
    expect(codes({ bornOn: '1990-05-31' }, { ageMax: 35 })).toEqual(['tooOld']);
    expect(codes({ bornOn: '1990-05-31', exceptions: ['veteran'] }, { ageMax: 35 })).toEqual(['tooOld']);
    expect(codes({ bornOn: '1984-01-01' }, { ageMax: 45 })).toEqual(['tooOld']);
  });

  test('born on 29 February: a year older on 28 February of common years', () => {
    expect(codes({ bornOn: '2008-02-29' }, {}, '2026-02-28')).toEqual([]);
    expect(codes({ bornOn: '2008-02-29' }, {}, '2026-02-27')).toEqual(['tooYoung']);
    expect(codes({ bornOn: '1984-02-29' }, {}, '2024-02-29')).toEqual([]);
    expect(codes({ bornOn: '1984-02-29' }, {}, '2024-03-01')).toEqual(['tooOld']);
  });

  test('the days that an announcement prints are the first and the last that pass', () => {
    expect(bornBetween(18, 40, CUT_OFF)).toEqual({ from: '1986-06-01', to: '2008-06-01' });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_000 }), fc.constantFrom(40, 41, 43), (days, max) => {
        const on = addDays('2024-01-01', days);
        const rules = { ...defaultRules, ages: { min: 18, max, extendedMax: 45, extendedFor: [] } };
        const passes = (bornOn: string) => eligibility(postWith(), candidate({ bornOn }), rules, on).length === 0;
        const { from, to } = bornBetween(18, max, on);
        expect([addDays(from, -1), from, to, addDays(to, 1)].map(passes)).toEqual([false, true, true, false]);
      }),
    );
  });
});

describe('education', () => {
  test.each<[string, Partial<CandidateFacts>, Partial<Requirements>, string[]]>([
    ['high school', { education: '高中及以下' }, {}, ['educationTooLow']],
    ['high school, a veteran', { education: '高中及以下', exceptions: ['veteran'] }, {}, []],
    ['high school, awarded as a community worker', { education: '高中及以下', exceptions: ['communityAward'] }, {}, []],
    [
      'a veteran, where the post asks for a bachelor',
      { education: '大专', exceptions: ['veteran'] },
      { education: '本科' },
      ['educationTooLow'],
    ],
    ['graduate studies count as a master', { education: '研究生' }, { education: '硕士' }, []],
    ['a bachelor where a master is asked for', { education: '本科' }, { education: '硕士' }, ['educationTooLow']],
    ['a doctor where a master is asked for', { education: '博士' }, { education: '硕士' }, []],
    ['a post that asks for less than the rules', { education: '高中及以下' }, { education: '高中及以下' }, []],
  ])('%s', (_, facts, requirements, expected) => expect(codes(facts, requirements)).toEqual(expected));
});

describe('household and Party', () => {
  test.each<[string, Partial<CandidateFacts>, Partial<Requirements>, string[]]>([
    ['from anywhere', { household: '440106' }, {}, []],
    ['of the county', { household: '520602' }, { household: 'county' }, []],
    ['from another county, studied from here', { household: '440106', origin: '520602' }, { household: 'county' }, []],
    ['from the next county', { household: '520603' }, { household: 'county' }, ['householdElsewhere']],
    ['from the next county of the city', { household: '520603' }, { household: 'city' }, []],
    ['unknown', {}, { household: 'city' }, ['householdElsewhere']],
    ['a probationary member', { politicalStatus: '中共预备党员' }, { party: true }, []],
    ['no member', { politicalStatus: '群众' }, { party: true }, ['notPartyMember']],
    ['no word about it', {}, { party: true }, ['notPartyMember']],
  ])('%s', (_, facts, requirements, expected) => expect(codes(facts, requirements)).toEqual(expected));
});

describe('the negative list', () => {
  test.each(negatives.map((code) => [code, negativeTitles[code]] as const))('%s: %s', (code, text) =>
    expect(eligibility(postWith(), candidate({ negatives: [code] }), defaultRules, CUT_OFF)).toEqual([{ code, text }]),
  );

  test('a reason that the county’s policy does not name is none', () => {
    const rules = { ...defaultRules, negatives: negatives.filter((code) => code !== 'onEstablishment') };
    expect(eligibility(postWith(), candidate({ negatives: ['onEstablishment'] }), rules, CUT_OFF)).toEqual([]);
  });
});

test('every reason is told at once, in sentences with the figures', () => {
  const all = eligibility(
    postWith({ household: 'county', party: true }),
    candidate({ bornOn: '1980-01-02', education: '高中及以下', household: '520603', negatives: ['criminalRecord'] }),
    defaultRules,
    CUT_OFF,
  );
  expect(all.map(({ text }) => text)).toEqual([
    '1980年1月2日出生，截至 2026年6月1日超过 40 周岁',
    '学历为高中及以下，岗位要求大专及以上',
    '岗位要求本县（区）户籍或生源',
    '岗位要求中共党员（含预备党员）',
    '受过刑事处罚',
  ]);
});
