import fc from 'fast-check';
import { sumUp } from './panel.ts';

const votes = (list: Record<string, string>) => new Map(Object.entries(list));

describe('a panel of all', () => {
  const panel = { rule: 'all', for: 'agree', against: 'refuse' } as const;
  test('waits for everyone', () => expect(sumUp(panel, ['a', 'b', 'c'], votes({ a: 'agree', b: 'agree' }))).toEqual({ closed: false }));
  test('passes when everyone agrees', () =>
    expect(sumUp(panel, ['a', 'b'], votes({ a: 'agree', b: 'agree' }))).toMatchObject({ closed: true, result: 'agree', for: 2 }));
  test('one against closes it at once', () =>
    expect(sumUp(panel, ['a', 'b', 'c'], votes({ b: 'refuse' }))).toMatchObject({ closed: true, result: 'refuse', against: 1 }));
});

describe('a panel of any', () => {
  const panel = { rule: 'any', for: 'agree', against: 'refuse' } as const;
  test.each([
    ['the first for it passes', { b: 'agree' }, 'agree'],
    ['the first against it closes it', { b: 'refuse' }, 'refuse'],
    ['abstentions alone pass nothing', { a: 'abstain', b: 'abstain', c: 'abstain' }, 'refuse'],
  ])('%s', (_, cast, result) => expect(sumUp(panel, ['a', 'b', 'c'], votes(cast))).toMatchObject({ closed: true, result }));
  test('an abstention leaves it to the others', () =>
    expect(sumUp(panel, ['a', 'b', 'c'], votes({ a: 'abstain' }))).toEqual({ closed: false }));
});

describe('a ballot in which the chair has a veto', () => {
  const panel = { rule: 'ballot', for: 'pass', against: 'fail', share: 0.5, quorum: 0.5, veto: 'chair' } as const;
  const five = ['a', 'b', 'c', 'd', 'e'];
  test('the chair against it decides alone', () =>
    expect(sumUp(panel, five, votes({ a: 'fail', b: 'pass', c: 'pass', d: 'pass', e: 'pass' }), 'a')).toMatchObject({ result: 'fail' }));
  test('a majority waits for the chair', () =>
    expect(sumUp(panel, five, votes({ b: 'pass', c: 'pass', d: 'pass' }), 'a')).toEqual({ closed: false }));
  test('and passes when the chair abstains', () =>
    expect(sumUp(panel, five, votes({ a: 'abstain', b: 'pass', c: 'pass', d: 'pass' }), 'a')).toMatchObject({ result: 'pass' }));
  test('a chair who was recused holds nothing up', () =>
    expect(sumUp(panel, ['b', 'c', 'd', 'e'], votes({ b: 'pass', c: 'pass', d: 'pass' }), 'a')).toMatchObject({
      result: 'pass',
      members: 4,
    }));
});

describe('a ballot of the committee', () => {
  const panel = { rule: 'ballot', for: 'pass', against: 'fail', share: 0.5, quorum: 0.5, minMembers: 3 } as const;
  const seven = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  test.each([
    ['four of seven for it: passed', { a: 'pass', b: 'pass', c: 'pass', d: 'pass' }, 'pass'],
    ['four of seven against it: failed', { a: 'fail', b: 'fail', c: 'fail', d: 'fail' }, 'fail'],
    [
      'three and three and an abstention is no majority',
      { a: 'pass', b: 'pass', c: 'pass', d: 'fail', e: 'fail', f: 'fail', g: 'abstain' },
      'fail',
    ],
  ])('%s', (_, cast, result) => expect(sumUp(panel, seven, votes(cast))).toMatchObject({ closed: true, result }));
  test('three of seven may still turn either way', () =>
    expect(sumUp(panel, seven, votes({ a: 'pass', b: 'pass', c: 'pass' }))).toEqual({ closed: false }));
  test('a vote of someone recused no longer counts', () =>
    expect(sumUp(panel, ['a', 'b', 'c'], votes({ a: 'pass', b: 'pass', x: 'fail' }))).toMatchObject({ result: 'pass', members: 3 }));

  test('once closed, no further vote would have changed the result', () => {
    const cast = fc.array(fc.constantFrom('pass', 'fail', 'abstain', null), { minLength: 3, maxLength: 9 });
    fc.assert(
      fc.property(cast, cast, (first, second) => {
        const members = first.map((_, i) => `m${i}`);
        const early = new Map<string, string>(first.flatMap((vote, i) => (vote ? [[`m${i}`, vote] as const] : [])));
        const state = sumUp(panel, members, early);
        if (!state.closed) return;
        const late = new Map(early);
        members.forEach((member, i) => late.has(member) || late.set(member, second[i % second.length] ?? 'abstain'));
        const recount = [...late.values()].filter((vote) => vote === 'pass').length > members.length / 2 ? 'pass' : 'fail';
        expect(state.result).toBe(recount);
      }),
    );
  });
});
