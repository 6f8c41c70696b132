import type { RefusalText } from '../refusal-text.ts';

/** Mail, incidents and the running of the system. */
export const operationRefusals = {
  MailNotFailed: { status: 409, text: () => '这封邮件没有失败，不需要重新发送。' },
  IncidentResolved: { status: 409, text: () => '这个事件已经处理。' },
} satisfies Record<string, RefusalText>;
