import type { OpeningFacts, OpeningPerson } from '../../../libs/domain/contract.ts';
import { addDays, daysBetween } from '../../../libs/domain/dates.ts';
import { isRefusal } from '../../../libs/domain/refusal.ts';
import { contract } from './contract.ts';
import {
  checkLeaving,
  checkLength,
  checkService,
  checkSuspension,
  leavesOn,
  legalMaximum,
  probationDays,
  probationEnds,
} from './policy.ts';

describe('the longest probation that the law allows (art. 19)', () => {
  test.each([
    ['2026-01-05', '2026-04-03', 0, 'a day short of three months'],
    ['2026-01-05', '2026-04-04', 1, 'three months to the day'],
    ['2026-01-05', '2027-01-03', 1, 'a day short of one year'],
    ['2026-01-05', '2027-01-04', 2, 'one year to the day'],
    ['2026-01-05', '2029-01-03', 2, 'a day short of three years'],
    ['2026-01-05', '2029-01-04', 6, 'three years to the day'],
    ['2026-01-05', '2036-01-04', 6, 'ten years'],
    ['2026-01-05', null, 6, 'open-ended'],
  ])('%s to %s: %i months (%s)', (startsOn, endsOn, months, _which) => {
    expect(legalMaximum({ startsOn, endsOn }).months).toBe(months);
    expect(checkLength({ startsOn, endsOn }, months)).toBeNull();
    expect(checkLength({ startsOn, endsOn }, months + 1)).toMatchObject({
      refused: 'ProbationTooLong',
      params: { months: months + 1, max: months },
    });
  });

  test.each([null, '2036-01-04'])('a contract for a task has none, whatever its end (%s)', (endsOn) => {
    expect(legalMaximum({ startsOn: '2026-01-05', endsOn, taskBased: true }).months).toBe(0);
  });
});

describe('the days of a probation', () => {
  test.each([
    ['2026-01-05', 6, '2026-07-04'],
    ['2025-08-31', 6, '2026-02-28'],
    ['2026-03-01', 6, '2026-08-31'],
    ['2027-08-31', 6, '2028-02-29'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-12-01', 2, '2027-01-31'],
  ])('%s and %i months end on %s', (startedOn, months, lastDay) => {
    expect(probationEnds(startedOn, months)).toBe(lastDay);
  });

  test.each([
    ['2026-05-01', '2026-05-01', '2026-07-05'],
    ['2026-05-01', '2026-05-10', '2026-07-14'],
    ['2026-06-25', '2026-07-24', '2026-08-03'],
  ])('a suspension from %s to %s moves the last day to %s, rest days counted', (fromOn, toOn, lastDay) => {
    expect(probationEnds('2026-01-05', 6, { fromOn, toOn })).toBe(lastDay);
    const before = probationDays('2026-01-05', 6, 30);
    const after = probationDays('2026-01-05', 6, 30, { fromOn, toOn });
    expect(daysBetween(before.reviewOn, after.reviewOn)).toBe(daysBetween(before.lastDay, lastDay));
  });

  test.each([
    ['2026-01-05', 6, 30, { midpointOn: '2026-04-05', reviewOn: '2026-06-04', lastDay: '2026-07-04' }],
    ['2026-01-05', 6, 0, { midpointOn: '2026-04-05', reviewOn: '2026-07-04', lastDay: '2026-07-04' }],
    // a short probation is not reviewed before its middle
    ['2026-01-05', 1, 30, { midpointOn: '2026-01-20', reviewOn: '2026-01-20', lastDay: '2026-02-04' }],
    ['2026-01-05', 2, 30, { midpointOn: '2026-02-03', reviewOn: '2026-02-03', lastDay: '2026-03-04' }],
  ])('started on %s for %i months, reviewed %i days before the end', (startedOn, months, reviewBefore, days) => {
    expect(probationDays(startedOn, months, reviewBefore)).toEqual(days);
  });
});

describe('leaving during probation (art. 37)', () => {
  test.each([
    [undefined, '2026-03-05', 'three days later, over the end of a month'],
    ['2026-03-01', '2026-03-05', 'a wish that is too early'],
    ['2026-03-05', '2026-03-05', 'exactly three days'],
    ['2026-03-20', '2026-03-20', 'a later day of their own choice'],
  ])('declared on 2026-03-02, wished %s: leaves on %s (%s)', (wishedOn, leaves, _which) => {
    expect(leavesOn('2026-03-02', wishedOn)).toBe(leaves);
  });

  test.each([
    ['2026-03-02', '2026-07-04', null],
    ['2026-03-02', '2026-07-05', '2026-07-04'],
    // at the very end the three days may run over it, and no further
    ['2026-07-03', '2026-07-06', null],
    ['2026-07-03', '2026-07-07', '2026-07-06'],
    ['2026-07-03', undefined, null],
    ['2026-07-04', undefined, null],
    // formal from that day on, whether or not anybody has seen it
    ['2026-07-05', undefined, '2026-07-04'],
  ])('declared on %s with the wish %s', (declaredOn, wishedOn, latest) => {
    const refusal = checkLeaving(declaredOn, wishedOn, '2026-07-04');
    if (latest === null) expect(refusal).toBeNull();
    else expect(refusal).toMatchObject({ refused: 'LeavesAfterProbation', params: { latest } });
  });
});

test.each([
  ['2026-06-10', '2026-06-12', '2026-06-10', true],
  ['2026-06-12', '2026-06-12', '2026-06-12', true],
  ['2026-06-09', '2026-06-12', '2026-06-10', false],
  ['2026-06-13', '2026-06-12', '2026-06-10', false],
  ['2026-06-10', '2026-06-12', undefined, true],
])('notice served on %s, recorded on %s, the union heard on %s: %s', (servedOn, on, unionHeardOn, fits) => {
  expect(isRefusal(checkService({ servedOn }, on, { heardOn: unionHeardOn, objects: false }))).toBe(!fits);
});

test('where the union objected, notice says how that was dealt with', () => {
  const union = { heardOn: '2026-06-10', objects: true };
  expect(checkService({ servedOn: '2026-06-12' }, '2026-06-12', union)).toMatchObject({ refused: 'AnswerDoesNotFit' });
  expect(checkService({ servedOn: '2026-06-12', unionReply: '已研究，维持原决定。' }, '2026-06-12', union)).toBeNull();
});

test.each([
  ['2026-05-01', '2026-05-01', true, 'one day, from today'],
  ['2026-07-04', '2026-07-20', true, 'from the last day on'],
  ['2026-04-30', '2026-05-10', false, 'begun yesterday'],
  ['2026-05-10', '2026-05-09', false, 'ends before it begins'],
  ['2026-07-05', '2026-07-20', false, 'begins after the probation'],
])('a suspension from %s to %s, agreed on 2026-05-01: %s (%s)', (fromOn, toOn, fits) => {
  const refusal = checkSuspension({ fromOn, toOn }, '2026-05-01', '2026-07-04');
  if (fits) expect(refusal).toBeNull();
  else expect(refusal).toMatchObject({ refused: 'SuspensionBeforeToday' });
});

describe('opening a case', () => {
  const inForce = (value: Record<string, unknown>) => ({ fromOn: '2026-01-05', toOn: null, value, assumed: false });
  const term = { kind: 'LABOUR', startsOn: '2026-01-05', endsOn: '2029-01-04', probationMonths: 6 };
  const person = (facts: OpeningPerson['facts']): OpeningPerson => ({
    personId: '3b8f6f7a-5f0e-4b53-9c47-0d7f1a5e6c01',
    staffNo: 'SG000123',
    name: '田新人',
    unitCode: '520602005005',
    accountId: null,
    education: null,
    certificate: null,
    facts,
    ratings: [],
  });
  const onProbation = { employment: inForce({ status: 'probation' }), contract: inForce(term) };
  const open = (facts: OpeningPerson['facts'] | null, on = '2026-01-05', policies: OpeningFacts['policies'] = {}) =>
    contract.open({}, { on, person: facts && person(facts), policies });

  test.each([
    ['somebody unknown', null, 'NotFound'],
    ['no employment on record', { contract: inForce(term) }, 'NotOnProbation'],
    ['formal already', { ...onProbation, employment: inForce({ status: 'formal' }) }, 'NotOnProbation'],
    ['no contract in force', { employment: inForce({ status: 'probation' }) }, 'NotOnProbation'],
    ['a contract without probation', { ...onProbation, contract: inForce({ ...term, probationMonths: 0 }) }, 'NotOnProbation'],
    ['six months in two years', { ...onProbation, contract: inForce({ ...term, endsOn: '2028-01-04' }) }, 'ProbationTooLong'],
    ['seven months', { ...onProbation, contract: inForce({ ...term, probationMonths: 7 }) }, 'ProbationTooLong'],
  ])('%s: refused', (_who, facts, code) => {
    expect(open(facts as OpeningPerson['facts'] | null)).toMatchObject({ refused: code });
  });

  test('the last day is still in time, the day after is not', () => {
    expect(isRefusal(open(onProbation, '2026-07-04'))).toBe(false);
    expect(open(onProbation, '2026-07-05')).toMatchObject({ refused: 'ProbationOver', params: { lastDay: '2026-07-04' } });
  });

  test('an open-ended contract has no end to be counted', () => {
    expect(isRefusal(open({ ...onProbation, contract: inForce({ ...term, endsOn: null }) }))).toBe(false);
  });

  test('one open case a person and probation: the key is the staff number and the first day, on whatever day it is opened', () => {
    for (const on of ['2026-01-05', '2026-06-30']) expect(open(onProbation, on)).toMatchObject({ naturalKey: 'SG000123/2026-01-05' });
    expect(open({ ...onProbation, contract: inForce({ ...term, startsOn: '2026-01-06', endsOn: '2029-01-05' }) })).toMatchObject({
      naturalKey: 'SG000123/2026-01-06',
    });
  });

  test('what the story is given holds nobody’s name, and the policies are pinned with their versions', () => {
    const opened = open(onProbation, '2026-02-01', {
      'probation.reviewBefore': { value: 45, version: 3, assumed: true },
      pay: { value: {}, version: 1, assumed: true },
    });
    expect(opened).toMatchObject({
      storyInput: { startedOn: '2026-01-05', probationMonths: 6, openedOn: '2026-02-01' },
      pinned: { reviewBefore: 45, versions: { 'probation.reviewBefore': { version: 3, assumed: true } } },
    });
    if (isRefusal(opened)) throw new Error('refused');
    expect(JSON.stringify([opened.naturalKey, opened.storyInput, opened.pinned])).not.toContain('田新人');
    expect(Object.keys(opened.pinned.versions as object)).toEqual(['probation.reviewBefore']);
    const dates = contract.keyDates(opened.storyInput, opened.pinned);
    expect(dates).toContainEqual(expect.objectContaining({ key: 'lastDay', on: '2026-07-04' }));
    expect(dates).toContainEqual(expect.objectContaining({ key: 'review', on: addDays('2026-07-04', -45) }));
  });
});
