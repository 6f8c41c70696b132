import fc from 'fast-check';
import { maskIdNumber, readIdNumber } from './id-number.ts';

describe('ID numbers by GB 11643', () => {
  test('the standard’s own example', () => {
    expect(readIdNumber('11010519491231002X')).toEqual({ idNo: '11010519491231002X', bornOn: '1949-12-31', sex: '女' });
  });

  test.each([
    ['full-width digits', '１１０１０５１９４９１２３１００２Ｘ'],
    ['a small x', '11010519491231002x'],
    ['blanks around and within', ' 110105 19491231 002X '],
  ])('%s are set right', (_, text) => expect(readIdNumber(text)).toMatchObject({ idNo: '11010519491231002X' }));

  test.each([
    ['a digit short', '11010519491231002', 'length'],
    ['the old fifteen digits', '110105491231002', 'length'],
    ['nothing', '', 'length'],
    ['a letter within', '1101051949123I002X', 'characters'],
    ['X before the end', '1101051949123X0020', 'characters'],
    ['a zero first', '01010519491231002X', 'characters'],
    ['30 February', '110105194902300021', 'birth-date'],
    ['month 13', '110105194913310021', 'birth-date'],
    ['a wrong check character', '110105194912310021', 'checksum'],
  ])('%s: %s is refused for its %s', (_, text, fault) => expect(readIdNumber(text)).toEqual({ fault }));

  test('the last but one digit tells the sex', () => {
    expect(readIdNumber('110105194912310038')).toMatchObject({ sex: '男' });
  });

  test('one mistyped digit never passes unseen', () => {
    const number = '110105194912310038';
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 17 }), fc.integer({ min: 0, max: 9 }), (at, digit) => {
        fc.pre(number[at] !== String(digit));
        expect(readIdNumber(number.slice(0, at) + digit + number.slice(at + 1))).toHaveProperty('fault');
      }),
    );
  });

  test('a mask shows four digits and two, at the same length', () => {
    expect(maskIdNumber('11010519491231002X')).toBe('1101************2X');
    expect(maskIdNumber('12345')).toBe('*****');
  });
});
