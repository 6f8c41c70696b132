import type { routes } from '../../../../../libs/domain/api/routes.ts';
import type { Reply } from '../../shared/api/client.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { momentText } from '../../shared/time/due.ts';
import { StatusTag, type StatusKind } from '../../shared/ui/status-tag.tsx';

const words = text.notices;
export type Head = Reply<typeof routes.publicNotices>['items'][number];

const kinds: Record<Head['status'], StatusKind> = {
  open: 'notice',
  held: 'held',
  objections: 'objection',
  closed: 'closed',
  withdrawn: 'stopped',
};

export const NoticeTag = ({ status }: { status: Head['status'] }) => <StatusTag kind={kinds[status]}>{words.status[status]}</StatusTag>;

/** 还剩 3 个工作日 · 11月27日(周五) 17:30 止. */
export function endText({ status, daysLeft, endsAt, tentative }: Head, now: Date): string {
  if (!endsAt) return words.noEnd;
  const until = words.until(momentText(new Date(endsAt), now), tentative);
  return status === 'open' && daysLeft !== null ? [words.left(daysLeft), until].join(text.common.dot) : until;
}
