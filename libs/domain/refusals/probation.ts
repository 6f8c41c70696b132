import type { RefusalText } from '../refusal-text.ts';

/** Probation → formal hire (试用转正). */
export const probationRefusals = {
  NotOnProbation: { status: 409, text: (p) => `${p.name ?? '此人'}现在不在试用期，不能发起试用转正。请核对名册中的合同与试用期。` },
  ProbationTooLong: {
    status: 422,
    text: (p) =>
      `试用期 ${p.months} 个月超过法定上限：合同期${p.term}的，试用期不得超过 ${p.max} 个月（《劳动合同法》第十九条）。请更正合同或试用期后再发起。`,
  },
  ProbationOver: { status: 409, text: (p) => `试用期已于 ${p.lastDay} 届满，依法视为已转正，不能再按试用期考核发起。` },
  ConditionsNotConfirmed: {
    status: 409,
    text: () => '录用条件没有经本人确认，不能以不符合录用条件为由作出不合格决定（《劳动合同法》第三十九条）。',
  },
  NoTransferInProbation: { status: 409, text: () => '试用期内不办理调动。请在转正后按流动程序申请。本次申请已记录。' },
  LeavesAfterProbation: {
    status: 422,
    text: (p) => `希望离职日期不能晚于 ${p.latest}。试用期满后离职，应提前三十日书面通知（《劳动合同法》第三十七条）。`,
  },
  SuspensionBeforeToday: { status: 422, text: () => '中止的起止日期不对：应当从今天或以后开始、止日不早于起日，并在试用期届满前。' },
} satisfies Record<string, RefusalText>;
