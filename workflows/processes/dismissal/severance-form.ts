import type { IsoDate } from '../../../libs/domain/dates.ts';
import { formatMoney } from '../../../libs/domain/post-grade.ts';
import { refuse, type Refusal } from '../../../libs/domain/refusal.ts';
import { compensationOf, fenOf, severanceOf, type Severance } from '../../../libs/domain/severance.ts';
import type { Told } from '../../../libs/domain/story.ts';

/** What is owed at the end: severance with its working, and pay in lieu of notice, in fen. */
export interface Owed {
  severance: Severance;
  /** Nobody in a public-welfare post is owed severance (Regulation art. 12). */
  due: number;
  inLieu: number;
}

const fen = (value: unknown): number => fenOf(String(value ?? '0')) ?? 0;

/** From what the officer has filled in; pay in lieu is last month's wage (Regulation art. 20), for public-welfare posts too. */
export function owedBy(
  answer: Record<string, unknown>,
  { lastOn, employmentForm, how }: { lastOn: IsoDate; employmentForm: unknown; how: unknown },
): Owed {
  const severance = severanceOf({
    startedOn: String(answer.startedOn),
    lastOn,
    paidTotal: fen(answer.paidTotal),
    paidMonths: Number(answer.paidMonths),
    cityAverage: fen(answer.cityAverage),
    minimumWage: fen(answer.minimumWage),
  });
  const due = employmentForm === 'PUBLIC_WELFARE' ? 0 : severance.amount;
  return { severance, due, inLieu: how === 'inLieu' ? fen(answer.lastMonthPay) : 0 };
}

/** How the amount came about: 工作年限 7.5 年 × 4,000.00 元. */
export const workingOf = ({ halfYears, paidHalfYears, base, capped }: Severance): string =>
  `工作年限折合 ${halfYears / 2} 个月${paidHalfYears === halfYears ? '' : `，按十二年封顶计 ${paidHalfYears / 2} 个月`} × 月工资 ${formatMoney(base)} 元${capped ? '（按上年度职工月平均工资三倍计）' : ''}`;

/** When the contract ends by what the case holds, however it came to that. */
export function endOf(told: Record<string, Told>, events: Record<string, { told: Told }>): { lastOn: IsoDate; how: unknown } | null {
  if (events.agree) return { lastOn: String(events.agree.told.endsOn), how: 'agreed' };
  return told.service ? { lastOn: String(told.service.endsOn), how: told.service.how } : null;
}

/** Refuses amounts that the figures do not come to, and says what they come to. */
export function checkOwed(
  answer: Record<string, unknown>,
  { told, events }: { told: Record<string, Told>; events: Record<string, { told: Told }> },
): Refusal | null {
  const wrong = (detail: string) => refuse('AnswerDoesNotFit', { detail });
  const end = endOf(told, events);
  if (!end) return wrong('还没有解除日期');
  if (String(answer.startedOn) > end.lastOn) return wrong('参加工作日期不能晚于解除日期');
  const { severance, due, inLieu } = owedBy(answer, { ...end, employmentForm: told.eligibility?.employmentForm ?? answer.employmentForm });
  if (fen(answer.severance) !== due)
    return wrong(
      due === 0 ? '公益性岗位不支付经济补偿，经济补偿应填 0' : `按所填数据，经济补偿应为 ${formatMoney(due)} 元（${workingOf(severance)}）`,
    );
  return fen(answer.inLieu) === inLieu
    ? null
    : wrong(inLieu === 0 ? '提前三十日通知的不支付代通知金，应填 0' : `代通知金应为 ${formatMoney(inLieu)} 元（上一个月工资标准）`);
}

/** Refuses compensation that is not twice the severance (art. 87). */
export function checkCompensation({ how, severance, amount }: Record<string, unknown>): Refusal | null {
  if (how !== 'compensated') return null;
  const due = compensationOf(fen(severance));
  return due > 0 && fen(amount) === due
    ? null
    : refuse('AnswerDoesNotFit', { detail: `赔偿金应为经济补偿的二倍${due > 0 ? `，即 ${formatMoney(due)} 元` : '，请填写经济补偿金额'}` });
}
