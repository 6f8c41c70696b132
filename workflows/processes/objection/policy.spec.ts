import { checkAcceptance, checkReply, repliesTo } from './policy.ts';

const [handler, barred] = ['10000000-0000-4000-8000-000000000001', '10000000-0000-4000-8000-000000000002'];
const about = (named: boolean) => ({ named, barred: [barred] });

describe('受理', () => {
  test.each([
    ['named and known', true, { result: 'accepted', identity: 'verified', handlerId: handler } as const, null],
    ['named, not known, but it can be checked', true, { result: 'accepted', identity: 'clues', handlerId: handler } as const, null],
    ['without a name, but it can be checked', false, { result: 'accepted', identity: 'clues', handlerId: handler } as const, null],
    ['without a name there is nobody to know', false, { result: 'accepted', identity: 'verified', handlerId: handler } as const, '不具名'],
    ['nothing to go by is not accepted', true, { result: 'accepted', identity: 'neither', handlerId: handler } as const, '不能受理'],
    ['somebody has to deal with it', true, { result: 'accepted', identity: 'verified' } as const, '指定承办人'],
    ['and nobody who is out of it', true, { result: 'accepted', identity: 'verified', handlerId: barred } as const, '应当回避'],
    ['what can be checked is not turned away', false, { result: 'notAccepted', identity: 'clues', reason: '不想查' } as const, '应当受理'],
    ['turned away with a reason', false, { result: 'notAccepted', identity: 'neither', reason: '没有线索' } as const, null],
    ['not without one', false, { result: 'notAccepted', identity: 'neither' } as const, '理由'],
  ])('%s', (_, named, given, wrong) => {
    const told = checkAcceptance(given, about(named));
    if (wrong === null) expect(told).toBeNull();
    else expect(told).toContain(wrong);
  });
});

test('whoever gave a name is answered, and nobody else', () => {
  expect([repliesTo(true), repliesTo(false)]).toEqual([true, false]);
});

test.each([
  ['2026-05-20', null],
  ['2026-05-21', '不能晚于今天'],
  ['2026-05-17', '不能早于'],
])('a reply of %s, recorded on 20 May, concluded on 18 May', (repliedOn, wrong) => {
  const told = checkReply({ repliedOn }, '2026-05-20', '2026-05-18');
  if (wrong === null) expect(told).toBeNull();
  else expect(told).toContain(wrong);
});
