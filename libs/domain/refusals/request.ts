import type { RefusalText } from '../refusal-text.ts';

/** What is wrong with a request itself. */
export const requestRefusals = {
  BadRequest: { status: 400, text: (p) => `提交的内容不符合要求：${p.detail ?? '格式有误'}。请改正后再提交。` },
  NotFound: { status: 404, text: (p) => `没有找到${p.what ?? '您要的内容'}。请核对后再试。` },
  WrongMethod: { status: 405, text: (p) => `这个地址不接受 ${p.method ?? '此'} 方法，只接受 ${p.allowed ?? '文档所列的方法'}。` },
  WrongContentType: {
    status: 415,
    text: (p) => `不接受这种格式的内容${p.type ? `（${p.type}）` : ''}。请按接口文档提交${p.accepted ? ` ${p.accepted}` : ''}。`,
  },
  TooManyRequests: { status: 429, text: (p) => `操作太频繁，请 ${p.seconds ?? 60} 秒后再试。` },
  TooLarge: { status: 413, text: (p) => `提交的内容超过 ${p.limitMb ?? 20} MB，请压缩或拆分后再提交。` },
  Internal: { status: 500, text: () => '系统出现故障，您的操作没有生效，已通知管理员。请稍后再试。' },
  Unavailable: { status: 503, text: () => '系统正在恢复，请稍候再试。您的操作没有生效。' },
} satisfies Record<string, RefusalText>;
