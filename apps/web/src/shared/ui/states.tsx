import { CheckCircleFilled, CloseCircleFilled, ExclamationCircleFilled, InfoCircleFilled } from '@ant-design/icons';
import { Button, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { sentenceOf } from '../api/problem.ts';
import { text } from '../text/zh-CN.ts';
import css from './ui.module.css';

const icons = { info: InfoCircleFilled, warning: ExclamationCircleFilled, error: CloseCircleFilled, good: CheckCircleFilled };
const grounds = { info: css.noticeInfo, warning: css.noticeWarning, error: css.noticeError, good: css.noticeGood };

/** A block of words with an icon; an error is announced at once, the rest politely. */
export function Notice({ tone, children, extra }: { tone: keyof typeof icons; children: ReactNode; extra?: ReactNode }) {
  const Icon = icons[tone];
  return (
    <div className={`${css.notice} ${grounds[tone]}`} role={tone === 'error' ? 'alert' : 'status'}>
      <Icon aria-hidden />
      <div className={css.words}>{children}</div>
      {extra}
    </div>
  );
}

/** What happened, what is safe, and the way to try again. */
export function Failed({ error, retry }: { error: unknown; retry?: () => void }) {
  return (
    <Notice tone="error" extra={retry && <Button onClick={retry}>{text.common.retry}</Button>}>
      {sentenceOf(error)}
    </Notice>
  );
}

export function Empty({ children }: { children: ReactNode }) {
  return <div className={css.note}>{children}</div>;
}

/** Lines in the shape of what is coming. */
export function Waiting({ rows = 6 }: { rows?: number }) {
  return (
    <div role="status" aria-label={text.common.loading} style={{ padding: 12 }}>
      <Skeleton active={false} title={false} paragraph={{ rows }} />
    </div>
  );
}

interface ListStateProps {
  query: { isPending: boolean; error: unknown; refetch: () => unknown };
  empty: boolean;
  emptyText: ReactNode;
  rows?: number;
  children: ReactNode;
}

/** One of four: loading, failed, empty, or the list itself. What was loaded before stays on the page under a later failure. */
export function ListState({ query, empty, emptyText, rows, children }: ListStateProps) {
  if (query.isPending) return <Waiting rows={rows} />;
  if (query.error && empty) return <Failed error={query.error} retry={() => void query.refetch()} />;
  return (
    <>
      {query.error ? <Failed error={query.error} retry={() => void query.refetch()} /> : null}
      {empty ? <Empty>{emptyText}</Empty> : children}
    </>
  );
}

interface MoreProps {
  list: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
  count: number;
}

/** The foot of a keyset list: no exact totals are counted, so it says what is shown and offers the rest. */
export function MoreRow({ list, count }: MoreProps) {
  return (
    <div className={css.moreRow}>
      {list.hasNextPage ? (
        <Button onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
          {text.common.more}
        </Button>
      ) : (
        <span className={css.small}>{text.common.allShown(count)}</span>
      )}
    </div>
  );
}
