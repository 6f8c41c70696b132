import type { RefusalText } from '../refusal-text.ts';

/** What the desk refuses, each with what to do instead. */
export const deskRefusals = {
  TaskNotOpen: { status: 409, text: (p) => `这项待办已经${p.how ?? '办结或收回'}，不能再办理。请刷新页面查看最新进展。` },
  NotYourTask: { status: 403, text: (p) => `这项待办由${p.who ?? '其他人员'}办理，不在您的办理范围。` },
  OwnCase: { status: 403, text: (p) => `您是本件当事人，不能办理。请由${p.unit ?? '本单位'}其他人员办理。` },
  StarterMayNotDecide: { status: 403, text: () => '您是本件发起人，不能对本件提出意见或作决定。请由其他人员办理。' },
  FourEyes: { status: 403, text: (p) => `您办了“${p.earlier}”，不能再参加本件“${p.stage}”。` },
  Relative: { status: 403, text: () => '您与本件当事人有申报的近亲属关系，应当回避。' },
  AdministratorDecidesNothing: { status: 403, text: () => '系统、安全、审计管理员不能办理任何业务。' },
  AlreadyClaimed: { status: 409, text: (p) => `${p.name}（${p.unit}）已在 ${p.at} 认领。需要您办理时，请对方放回或转办给您。` },
  NotClaimed: { status: 409, text: () => '这项待办没有被您认领，不需要放回。' },
  AskedByName: { status: 409, text: (p) => `这项待办指定由${p.name ?? '本人'}办理，不需要认领，也不能放回。` },
  AnswerDoesNotFit: { status: 422, text: (p) => `填写的内容不符合要求：${p.detail}。` },
  LegalEndPassed: { status: 409, text: (p) => `本环节已于 ${p.at} 依法截止，不能再办理。` },
  NotAnEarlierStage: { status: 409, text: (p) => `“${p.to}”不是本件已经办过的更早环节，不能退回到那里。` },
  ReturnNotAllowed: { status: 409, text: (p) => `“${p.stage}”不能退回。${p.why ?? ''}` },
  AlreadyEffective: { status: 409, text: (p) => `决定已经生效，不能${p.verb ?? '撤回'}。${p.instead ?? '需要纠正时，请按规定另行办理。'}` },
  ChangeNotUndone: { status: 409, text: () => '退回要经过的环节已经改动了人员信息，须先撤销改动才能退回。' },
  NotYourCase: { status: 403, text: () => '您与本件没有办理关系，不能查看或操作。本次查阅已记录。' },
  OnlyStarterWithdraws: { status: 403, text: (p) => `只有发起人${p.name}可以撤回。` },
  CaseEnded: { status: 409, text: (p) => `本件已经${p.how ?? '办结'}，不能再操作。` },
  AlreadyRunning: { status: 409, text: (p) => `${p.title}已有正在办理的办件（${p.caseNo}），不能重复发起。` },
  NotYourRole: { status: 403, text: (p) => `只有${p.who}可以发起“${p.process}”。` },
  NotYourEvent: { status: 403, text: (p) => `“${p.event}”应由${p.who}申报。` },
  AlreadyDeclared: { status: 409, text: (p) => `本件已经申报过“${p.event}”，不能重复申报。` },
  FileTypeRefused: { status: 415, text: (p) => `不接受这种文件（${p.type}）。请上传 PDF、Word、Excel 或图片。` },
} satisfies Record<string, RefusalText>;
