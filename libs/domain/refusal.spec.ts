import { isRefusal, refuse } from './refusal.ts';

test('a refusal is known by its code', () => {
  expect(isRefusal(refuse('NotSignedIn'))).toBe(true);
});

test('an answer that lists what was refused is not taken for a refusal', () => {
  expect(isRefusal({ finished: true, refused: [] })).toBe(false);
});
