import type { RefusalText } from '../refusal-text.ts';

/** Sign-in, permission and accounts. */
export const accessRefusals = {
  WrongCredentials: {
    status: 401,
    text: (p) => `账号或密码不正确，还可再试 ${p.left} 次，之后锁定 15 分钟。第一次登录请先用激活码设置密码。`,
  },
  AccountLocked: { status: 423, text: (p) => `密码连续输错，账号已锁定到 ${p.until}。请到时再试，或联系安全管理员。` },
  AccountInactive: { status: 403, text: () => '账号已停用，不能登录。请联系本单位管理员。' },
  NotSignedIn: { status: 401, text: () => '请先登录。' },
  CsrfRefused: { status: 403, text: () => '页面已过期，请刷新后重试。您填写的内容还在。' },
  NotAllowed: { status: 403, text: (p) => `您的职务不能进行“${p.what ?? '这项操作'}”。本次操作已记录。` },
  NotInYourUnits: { status: 403, text: (p) => `此人属于${p.unit ?? '其他单位'}，不在您的管理范围。本次查阅已记录。` },
  AlreadyActive: { status: 409, text: () => '此账号已经激活，不需要激活码。' },
  ActivationRefused: { status: 403, text: () => '激活码不正确或已过期。请联系所在街道重新发送。' },
  AdministratorsAreSeparate: { status: 409, text: () => '系统、安全、审计管理员三员分设，不能与其他职务由同一人担任。' },
  WeakPassword: { status: 422, text: () => '密码至少 10 位，不能包含账号，也不能是连续字符、重复字符或常见密码。' },
} satisfies Record<string, RefusalText>;
