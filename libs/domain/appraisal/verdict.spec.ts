import { ratingAfter } from './verdict.ts';

test.each([
  ['competent', [], 'competent'],
  ['excellent', ['asProposed', 'asProposed'], 'excellent'],
  ['excellent', ['competent', 'asProposed'], 'competent'],
  ['competent', ['excellent', 'competent'], 'competent'],
  ['basic', ['asProposed', undefined, 'failed'], 'failed'],
  ['unrated', ['asProposed'], 'unrated'],
  [null, ['asProposed'], null],
] as const)('%s, then %j: %s', (proposed, said, rating) => expect(ratingAfter(proposed, [...said])).toBe(rating));
