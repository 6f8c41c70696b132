import type { RatingNews } from '../../../libs/domain/contract.ts';
import type { Rating } from '../../../libs/domain/person-words.ts';
import {
  asidesOf,
  checkLegal,
  checkManual,
  checkService,
  checkShield,
  checkWarning,
  defaultWatchPolicy,
  earliestEnd,
  evidenceGaps,
  followRating,
  leavesOn,
  watchDays,
} from './policy.ts';

test('the days of a watch: evidence within the year after the failing one, its review at midsummer, the next result in the January after', () => {
  expect(watchDays(2025, defaultWatchPolicy)).toEqual({ improveBy: '2026-12-31', midyearOn: '2026-06-30', nextFinalBy: '2027-01-31' });
});

describe('what a final rating starts, tells or leaves alone', () => {
  type Ratings = Record<number, Rating>;
  const news = (ratings: Ratings, year: number, before: Rating | null, open: RatingNews['open'] = null): RatingNews => ({
    year,
    rating: ratings[year]!,
    before,
    ratings: Object.entries(ratings).map(([of, rating]) => ({ year: Number(of), rating })),
    open,
  });
  const told = (year: number, rating: Rating) => ({ told: { year, rating }, on: '2027-01-20' });
  const watch = (events: NonNullable<RatingNews['open']>['events'] = {}, inEffect = false) => ({ input: { year: 2025 }, events, inEffect });
  const again = { rating: told(2026, 'failed') };
  const says = (follows: ReturnType<typeof followRating>) => {
    if (!follows) return null;
    return 'start' in follows ? 'start' : `${follows.tell} ${Object.values(follows.told).join(' ')}`;
  };

  test.each<[string, RatingNews, string | null]>([
    ['the first failing year', news({ 2024: 'competent', 2025: 'failed' }, 2025, null), 'start'],
    ['a result corrected to failing', news({ 2025: 'failed' }, 2025, 'basic'), 'start'],
    ['failing as it was', news({ 2025: 'failed' }, 2025, 'failed'), null],
    ['an older year than the latest', news({ 2024: 'failed', 2025: 'competent' }, 2024, null), null],
    ['an older year, the latest without rating', news({ 2024: 'failed', 2025: 'unrated' }, 2024, null), 'start'],
    ['anything better', news({ 2025: 'basic' }, 2025, null), null],
    ['the next year fails too', news({ 2025: 'failed', 2026: 'failed' }, 2026, null, watch()), 'rating 2026 failed'],
    ['the next year is better', news({ 2025: 'failed', 2026: 'basic' }, 2026, null, watch()), 'rating 2026 basic'],
    ['the next year has no rating', news({ 2025: 'failed', 2026: 'unrated' }, 2026, null, watch()), null],
    ['the year after one without', news({ 2025: 'failed', 2026: 'unrated', 2027: 'failed' }, 2027, null, watch()), 'rating 2027 failed'],
    ['an older year, in the watch', news({ 2024: 'failed', 2025: 'failed' }, 2024, null, watch()), null],
    ['the first is corrected', news({ 2025: 'basic' }, 2025, 'failed', watch()), 'corrected 2025 basic'],
    ['the second is corrected', news({ 2025: 'failed', 2026: 'basic' }, 2026, 'failed', watch(again)), 'corrected 2026 basic'],
    ['corrected after the notice', news({ 2025: 'failed', 2026: 'basic' }, 2026, 'failed', watch(again, true)), 'corrected 2026 basic'],
    ['a third year', news({ 2025: 'failed', 2026: 'failed', 2027: 'failed' }, 2027, null, watch(again)), null],
    [
      'failing again while the recovered case is about to end',
      news({ 2025: 'failed', 2026: 'competent', 2027: 'failed' }, 2027, null, watch({ rating: told(2026, 'competent') })),
      'start',
    ],
    [
      'its own year while the corrected case is about to end',
      news({ 2025: 'failed' }, 2025, 'basic', watch({ corrected: told(2025, 'basic') })),
      null,
    ],
  ])('%s', (_which, given, expected) => expect(says(followRating(given))).toBe(expected));

  test.each<[string, RatingNews, string]>([
    ['a start is no dismissal', news({ 2025: 'failed' }, 2025, null), '不是解聘'],
    [
      'two adjacent failing years propose, and decide nothing',
      news({ 2025: 'failed', 2026: 'failed' }, 2026, null, watch()),
      '不会自动解聘',
    ],
    ['failing years apart go to the county', news({ 2025: 'failed', 2027: 'failed' }, 2027, null, watch()), '县（区）核定'],
    ['recovered, the watch ends', news({ 2025: 'failed', 2026: 'competent' }, 2026, null, watch()), '跟踪结束'],
    ['corrected before the notice', news({ 2025: 'failed', 2026: 'basic' }, 2026, 'failed', watch(again)), '终止'],
    ['corrected in the first year only', news({ 2025: 'basic', 2026: 'failed' }, 2025, 'failed', watch(again)), '重新开始跟踪'],
    ['corrected after the notice', news({ 2025: 'failed', 2026: 'basic' }, 2026, 'failed', watch(again, true)), '恢复劳动关系'],
    [
      'corrected after leaving of one’s own will',
      news({ 2025: 'basic' }, 2025, 'failed', watch({ resign: { told: {}, on: '2026-05-01' } }, true)),
      '不改变离职',
    ],
  ])('%s, in words', (_which, given, words) => expect(followRating(given)!.means).toContain(words));
});

describe('the evidence of art. 40(2)', () => {
  const whole = { warning: { signature: 'signed' }, training: { measure: 'training' }, midyear: { carriedOut: 'yes' } };
  test.each([
    ['all of it', whole, 0],
    ['nothing', {}, 2],
    ['the talk lapsed', { ...whole, warning: { lapsed: true } }, 1],
    ['training never asked', { warning: whole.warning }, 1],
    ['training without a review', { ...whole, midyear: { lapsed: true } }, 1],
    ['training that was not carried out', { ...whole, midyear: { carriedOut: 'no' } }, 1],
  ])('%s', (_which, told, gaps) => expect(evidenceGaps(told)).toHaveLength(gaps));

  test('without it nobody goes on; with it, or by the regulation for public institutions, one may', () => {
    const proceed = { result: 'proceed' };
    expect(checkLegal(proceed, {})).toMatchObject({ refused: 'EvidenceMissing' });
    expect(checkLegal(proceed, whole)).toBeNull();
    expect(checkLegal({ result: 'renew' }, {})).toBeNull();
    expect(checkLegal(proceed, { eligibility: { employmentForm: 'PUBLIC_INSTITUTION' } })).toBeNull();
  });
});

describe('whom this way does not fit', () => {
  const free = { employmentForm: 'LABOUR', shield: 'none', elected: 'no', unionOfficer: 'no' };
  const on = '2027-01-20';
  test.each([
    ['nobody of these', 'adjacent', free, 0],
    ['a year between', 'apart', free, 1],
    ['elected and in the union', 'adjacent', { ...free, elected: 'yes', unionOfficer: 'yes' }, 2],
    ['dispatched', 'adjacent', { ...free, employmentForm: 'DISPATCH' }, 1],
    ['near retirement', 'adjacent', { ...free, shield: 'nearRetirement' }, 1],
  ] as const)('%s', (_which, chain, found, reasons) => expect(asidesOf(chain, found)).toHaveLength(reasons));

  test.each([
    ['dispatched', { employmentForm: 'DISPATCH' }, undefined, true],
    ['near retirement', { shield: 'nearRetirement' }, undefined, true],
    ['an elected seat that is still held', { elected: 'yes' }, undefined, true],
    ['an office that ends tomorrow', { unionOfficer: 'yes' }, '2027-01-21', true],
    ['a seat given up today', { elected: 'yes' }, on, false],
    ['failing years apart, looked at', {}, undefined, false],
  ])('%s: refused to go on: %s', (_which, found, officeEndedOn, refused) => {
    expect(checkManual({ how: 'proceed', officeEndedOn }, { ...free, ...found }, on) !== null).toBe(refused);
    expect(checkManual({ how: 'renew' }, { ...free, ...found }, on)).toBeNull();
  });

  test.each([
    ['none', undefined, false],
    ['nearRetirement', undefined, false],
    ['maternity', undefined, true],
    ['maternity', '2027-01-19', true],
    ['maternity', on, false],
  ])('a shield (%s until %s) has its day, and not one that is past', (shield, shieldUntil, refused) =>
    expect(checkShield({ shield, shieldUntil }, on) !== null).toBe(refused),
  );
});

test.each([
  ['signed', undefined, false],
  ['refused', undefined, true],
  ['refused', '王一', true],
  ['refused', '王一、', true],
  ['refused', '王一、李二', false],
  ['refused', '王一 李二', false],
])('a talk (%s, witnesses %s) not signed has two witnesses', (signature, witnesses, refused) =>
  expect(checkWarning({ talkedOn: '2026-02-01', signature, witnesses }, '2026-02-01') !== null).toBe(refused),
);
test('nor is a talk dated ahead', () => expect(checkWarning({ talkedOn: '2026-02-02', signature: 'signed' }, '2026-02-01')).not.toBeNull());

describe('the end of the contract', () => {
  test.each([
    ['2027-02-10', 'notice', '2027-03-12', 'the day of service is not counted'],
    ['2028-01-31', 'notice', '2028-03-01', 'over a leap day'],
    ['2027-02-10', 'inLieu', '2027-02-10', 'at once with a month’s pay'],
  ])('served on %s by %s: %s at the earliest (%s)', (servedOn, how, end, _why) => {
    expect(earliestEnd(servedOn, how)).toBe(end);
    const served = { servedOn, how, endsOn: end };
    const about = { countyOn: servedOn, underReview: false };
    expect(checkService(served, servedOn, about)).toBeNull();
    expect(checkService({ ...served, endsOn: '2027-01-01' }, servedOn, about)).not.toBeNull();
  });

  test('not served ahead, before the county’s review, nor while the rating is under review', () => {
    const served = { servedOn: '2027-02-10', how: 'notice', endsOn: '2027-03-12' };
    expect(checkService(served, '2027-02-09', { countyOn: undefined, underReview: false })).not.toBeNull();
    expect(checkService(served, '2027-02-10', { countyOn: '2027-02-11', underReview: false })).not.toBeNull();
    expect(checkService(served, '2027-02-10', { countyOn: '2027-02-10', underReview: true })).toMatchObject({
      refused: 'RatingUnderReview',
    });
  });

  test('whoever resigns leaves thirty days later, or on a later day of their choice', () => {
    expect(leavesOn('2026-05-01')).toBe('2026-05-31');
    expect(leavesOn('2026-05-01', '2026-05-10')).toBe('2026-05-31');
    expect(leavesOn('2026-05-01', '2026-06-15')).toBe('2026-06-15');
  });
});
