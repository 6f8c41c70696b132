import type { RefusalText } from '../refusal-text.ts';

/** Mail, incidents and the running of the system. */
export const operationRefusals = {
  MailNotFailed: { status: 409, text: () => '这封邮件没有失败，不需要重新发送。' },
  MailWithoutAddress: { status: 409, text: () => '收件人还没有登记邮箱，不能发送。请先在账号管理中填写邮箱。' },
  DossierTooLarge: { status: 409, text: (p) => `附件合计超过 ${p.limitMb ?? 200} MB，不能一次导出。请分办件导出。` },
  IncidentResolved: { status: 409, text: () => '这个事件已经处理。' },
} satisfies Record<string, RefusalText>;
