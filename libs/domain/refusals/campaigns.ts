import type { RefusalText } from '../refusal-text.ts';

/** Batches (批次): lists of people, and what is done with many of them at once. */
export const campaignRefusals = {
  ListNotDone: { status: 409, text: (p) => `本单位名册还有 ${p.count} 人没有办完，不能报送。请先逐人办完，或按规定转为例外。` },
  ListClosed: { status: 409, text: (p) => `“${p.stage}”的名册现在没有开放，或本单位已经报送，不能再办理。` },
  NotOnYourList: { status: 403, text: () => '此人不在您办理的名册上。' },
  NotAtStage: { status: 409, text: (p) => `此人现在不在“${p.stage}”环节，或已转为单独办理。请刷新名册。` },
  AlreadyDecided: { status: 409, text: (p) => `此人在“${p.stage}”已经办理。需要更正时，请先撤销。` },
  NothingToUndo: { status: 409, text: (p) => `此人在“${p.stage}”没有可以撤销的办理。` },
  VerdictStands: { status: 409, text: () => '后面已经据此办理（已通知本人或已生效），不能撤销。' },
  NotInBatch: { status: 404, text: () => '此人不在这个批次中。' },
  JoinedByApplying: { status: 409, text: () => '报考人员由本人报名或由报名工作簿列入，不在这里加入。' },
  BatchClosedToJoin: { status: 409, text: () => '本批已经开始公示，不能再加入人员。请列入下一批。' },
  NobodyInScope: { status: 422, text: (p) => `${p.unit}在基准日没有在任的社区工作者，不能开展认定套转。请核对基准日和名册。` },
  CutOffInFuture: { status: 422, text: () => '基准日不能晚于今天。' },
  StartedByBatch: { status: 409, text: (p) => `“${p.process}”由批次统一发起，不能单独发起。` },
  AppraisalTooEarly: { status: 422, text: (p) => `${p.year} 年度考核从 ${p.on} 起开展，现在还不能发起。` },
  EvaluationsMissing: { status: 409, text: (p) => `还有 ${p.count} 人没有完整的测评得分：${p.names}。请上传测评汇总表。` },
  CapExceeded: {
    status: 409,
    text: (p) =>
      `${p.street}参加定等 ${p.rated} 人，优秀最多 ${p.places} 人，现有 ${p.excellent} 人，超出 ${p.over} 人。按总分应调整：${p.who}。请重新评定后再报送。`,
  },
  UnratedStays: { status: 409, text: (p) => `有 ${p.count} 人按规定不定等次，不能评定等次：${p.names}。请撤销后重新办理。` },
} satisfies Record<string, RefusalText>;
