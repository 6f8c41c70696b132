import type { RefusalText } from '../refusal-text.ts';

/** Secondment (跟岗学习). */
export const secondmentRefusals = {
  NotSecretary: { status: 409, text: (p) => `${p.name ?? '此人'}现在不是社区党组织书记。东莞跟岗学习只选派在任的书记。` },
  RatedTooLow: { status: 409, text: (p) => `${p.name ?? '此人'}最近一个年度考核没有达到合格，不能选派跟岗学习。` },
  PairsDoNotStand: { status: 422, text: (p) => `对接名单不能保存：${p.detail}。请调整后再提交。` },
} satisfies Record<string, RefusalText>;
