import { refusalText } from '../../../libs/domain/refusal.ts';
import { checkQuotas } from './policy.ts';

test.each([
  [{ places: 30 }, null],
  [{ places: 8, quotas: '碧江区 5\n万山区 3' }, null],
  [{ places: 30, quotas: '碧江区 5\n万山区 3' }, '合计 8'],
  [{ places: 30, quotas: '碧江区五名' }, '一行一个区县'],
])('%j: %s', (answer, why) => {
  const refusal = checkQuotas(answer);
  if (why) expect(refusal && refusalText(refusal)).toContain(why);
  else expect(refusal).toBeNull();
});
