import fc from 'fast-check';
import { choiceFault, choiceFaults, chooseByWish, slotsLeft, whoseTurn, type Chosen } from './choose.ts';

const slots = [
  { unitCode: 'east', number: 1 },
  { unitCode: 'west', number: 2 },
];
const order = ['a', 'b', 'c'];

describe('choosing by rank', () => {
  test.each<[string, Chosen[], Chosen, string | null]>([
    ['the first may choose', [], { id: 'a', unitCode: 'east' }, null],
    ['the second may not choose before the first', [], { id: 'b', unitCode: 'east' }, 'notYourTurn'],
    ['a community that is full', [{ id: 'a', unitCode: 'east' }], { id: 'b', unitCode: 'east' }, 'full'],
    ['a community of another post', [], { id: 'a', unitCode: 'north' }, 'elsewhere'],
    ['twice', [{ id: 'a', unitCode: 'east' }], { id: 'a', unitCode: 'west' }, 'chosenBefore'],
    ['a stranger', [], { id: 'x', unitCode: 'east' }, 'notYours'],
    ['waiving before one’s turn', [], { id: 'c', unitCode: null }, null],
    ['the next after one who waived', [{ id: 'a', unitCode: null }], { id: 'b', unitCode: 'east' }, null],
  ])('%s', (_, chosen, choice, fault) => {
    expect(choiceFault(order, slots, chosen, choice)).toBe(fault);
    expect(Object.keys(choiceFaults)).toEqual(expect.arrayContaining(fault === null ? [] : [fault]));
  });

  test('whose turn it is, and what is left', () => {
    const chosen = [
      { id: 'a', unitCode: 'west' },
      { id: 'b', unitCode: null },
    ];
    expect(whoseTurn(order, chosen)).toBe('c');
    expect(slotsLeft(slots, chosen)).toEqual([
      { unitCode: 'east', number: 1 },
      { unitCode: 'west', number: 1 },
    ]);
    expect(whoseTurn(order, [...chosen, { id: 'c', unitCode: 'east' }])).toBeNull();
  });

  test('by wishes: nobody could have had an earlier wish, and each choice would have been allowed in its turn', () => {
    const units = ['east', 'west', 'north'];
    const wish = fc.shuffledSubarray(units);
    fc.assert(
      fc.property(
        fc.array(wish, { maxLength: 6 }),
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 3, maxLength: 3 }),
        (all, numbers) => {
          const ids = all.map((_, index) => `p${index}`);
          const open = units.map((unitCode, index) => ({ unitCode, number: numbers[index]! }));
          const chosen = chooseByWish(ids, open, Object.fromEntries(ids.map((id, index) => [id, all[index]!])));
          chosen.forEach((choice, index) => {
            const before = chosen.slice(0, index);
            expect(choiceFault(ids, open, before, choice)).toBeNull();
            const better = all[index]!.slice(0, choice.unitCode === null ? undefined : all[index]!.indexOf(choice.unitCode));
            for (const unitCode of better) expect(choiceFault(ids, open, before, { id: ids[index]!, unitCode })).toBe('full');
          });
        },
      ),
    );
  });
});
