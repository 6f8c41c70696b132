import type { RefusalText } from '../refusal-text.ts';

/** Final ratings, and dismissal after two failing years (连续两年考核不合格解聘). */
export const dismissalRefusals = {
  RatingNotSound: { status: 422, text: (p) => `考核结果不能登记：${p.detail}。` },
  NotRatedFailing: {
    status: 409,
    text: (p) => `${p.name ?? '此人'}最近一个年度的考核结果不是不合格，不能发起。请先在个人档案页登记年度考核结果。`,
  },
  NotEmployed: { status: 409, text: (p) => `${p.name ?? '此人'}现在不在职，不能发起。` },
  EvidenceMissing: {
    status: 409,
    text: (p) =>
      `还缺少：${p.gaps}。没有培训或者调整岗位后仍不能胜任的证据，不能解除劳动合同（《劳动合同法》第四十条第二项）。请选择“证据不足，转入新的改进年度”。`,
  },
  RatingUnderReview: { status: 409, text: () => '本人已申请复核考核结果，复核结论作出前不能送达解除通知。' },
} satisfies Record<string, RefusalText>;
