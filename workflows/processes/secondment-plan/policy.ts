import { refuse, type Refusal } from '../../../libs/domain/refusal.ts';
import { readQuotas } from '../../../libs/domain/secondment.ts';

/** Places written down by county must add up to the plan's; left out, they are shared by largest remainder. */
export function checkQuotas({ places, quotas }: Record<string, unknown>): Refusal | null {
  if (!quotas) return null;
  const read = readQuotas(String(quotas));
  if (!read) return refuse('AnswerDoesNotFit', { detail: '名额请一行一个区县填写，例如：碧江区 5' });
  const sum = Object.values(read).reduce((all, each) => all + each, 0);
  return sum === Number(places) ? null : refuse('AnswerDoesNotFit', { detail: `各区县名额合计 ${sum}，与总名额 ${String(places)} 不一致` });
}
