import fc from 'fast-check';
import { openingOf, openingSentence } from './opening.ts';
import { defaultRules } from './rules.ts';

test.each([
  // planned, qualified, places, result
  [2, 6, 2, 'kept'],
  [2, 60, 2, 'kept'],
  [2, 5, 1, 'reduced'],
  [2, 3, 1, 'reduced'],
  [2, 2, 0, 'cancelled'],
  [1, 0, 0, 'cancelled'],
  [10, 29, 9, 'reduced'],
])('%i planned with %i applicants: %i places', (planned, qualified, places, result) =>
  expect(openingOf({ code: 'A01', planned, qualified }, defaultRules)).toEqual({ code: 'A01', planned, qualified, places, result }),
);

test('the notice says what was cut and why, and nothing of posts that are kept', () => {
  const told = (planned: number, qualified: number) =>
    openingSentence(openingOf({ code: 'A01', planned, qualified }, defaultRules), defaultRules);
  expect(told(2, 6)).toBeNull();
  expect(told(2, 5)).toBe('A01 岗位计划 2 人，资格初审合格 5 人，未达到 3:1 的开考比例，核减为 1 人。');
  expect(told(2, 2)).toBe('A01 岗位计划 2 人，资格初审合格 2 人，未达到 3:1 的开考比例，取消招聘。');
});

test('places are handed out one at a time while each still has its applicants', () =>
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 0, max: 120 }),
      fc.integer({ min: 1, max: 6 }),
      (planned, qualified, openRatio) => {
        let [places, left] = [0, qualified];
        while (places < planned && left >= openRatio) [places, left] = [places + 1, left - openRatio];
        const opening = openingOf({ code: 'A', planned, qualified }, { openRatio });
        expect(opening.places).toBe(places);
        expect(opening.result === 'cancelled').toBe(qualified < openRatio);
        expect(opening.result === 'kept').toBe(qualified >= openRatio * planned);
      },
    ),
  ));
