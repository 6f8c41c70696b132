import type { RefusalText } from '../refusal-text.ts';

/** Recruitment: a batch's workbooks, and what a candidate may do. */
export const recruitmentRefusals = {
  PostTableFixed: { status: 409, text: () => '招聘公告已经发布，岗位表不能再改。需要变更的，请发布补充公告或撤销后重新发布。' },
  NoPostTable: { status: 409, text: () => '岗位表还没有确认，不能发布公告。' },
  NotAnnounced: { status: 409, text: () => '招聘公告还没有发布，不能登记报名人员。' },
  NoTickets: { status: 409, text: () => '本批次还没有编发准考证，不能登记成绩。' },
  CorrectionNeedsReason: { status: 409, text: (p) => `有 ${p.rows} 行更正了已登记的成绩，请填写更正原因后再确认。` },
  RegistrationClosed: { status: 409, text: (p) => `现在不在报名时间内（${p.period}）。` },
  NoSuchPost: { status: 422, text: (p) => `岗位表中没有代码“${p.code}”，或该岗位已取消招聘。` },
  NotEligible: { status: 422, text: (p) => `不符合报考条件：${p.why}。` },
  AppliedAlready: { status: 409, text: (p) => `您在本批次已经报名（岗位 ${p.code}），每人限报一个岗位。` },
  OtherCandidate: { status: 409, text: () => '这个身份证号已由另一邮箱登记。请用当时的邮箱登录，或与招聘单位联系。' },
  IdNumberFaulty: { status: 422, text: () => '身份证号不正确，请对照身份证逐位核对。' },
  NoTicketYet: { status: 404, text: () => '准考证还没有编发。资格初审合格、开考后可以下载。' },
  ApplicationOver: { status: 409, text: () => '您的报名已经办结，不能再放弃。' },
  CodeRefused: { status: 401, text: () => '验证码不对或已过期。请核对邮件中的六位数字，或重新获取。' },
  TooManyCodes: { status: 429, text: (p) => `验证码发送过于频繁，请在 ${p.minutes} 分钟后再试。` },
} satisfies Record<string, RefusalText>;
