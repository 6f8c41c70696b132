import { Button, Input } from 'antd';
import type { ReactNode } from 'react';
import { dateOf } from '../../../../../libs/domain/dates.ts';
import type { routes } from '../../../../../libs/domain/api/routes.ts';
import type { Reply } from '../../shared/api/client.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { dayText } from '../../shared/time/due.ts';
import { DataTable } from '../../shared/ui/data-table.tsx';
import { Facts } from '../../shared/ui/small.tsx';
import { Notice } from '../../shared/ui/states.tsx';
import { endText, NoticeTag } from './notice-state.tsx';
import css from '../../shared/ui/public.module.css';

const words = text.notices;
export type Whole = Omit<Reply<typeof routes.publicNotice>, 'now'>;

interface Props {
  notice: Whole;
  now: Date;
  page: number;
  onPage: (page: number) => void;
  q: string;
  onFind: (q: string) => void;
}

/** A notice as it hangs on the board: heading, period, whom it lists, where it hangs and whom to turn to. */
export function NoticePaper({ notice, now, page, onPage, q, onFind }: Props) {
  const posted = dayText(dateOf(new Date(notice.postedAt)), now);
  return (
    <article className={css.paper}>
      <h1>{notice.title}</h1>
      <p className={css.by}>{[notice.documentNo, notice.issuer, words.posted(posted)].join(text.common.dot)}</p>
      {notice.status === 'withdrawn' ? (
        <Notice tone="warning">{words.withdrawn}</Notice>
      ) : (
        <>
          <div className={css.band}>
            <NoticeTag status={notice.status} />
            <span>{endText(notice, now)}</span>
            <span className={css.small}>{words.counting(notice.days, notice.dayNo)}</span>
          </div>
          <p className={css.opening}>{words.opening(notice.basis, notice.listed, notice.what)}</p>
          {notice.listed > 50 && (
            <Input.Search
              className="no-print"
              aria-label={words.find}
              placeholder={words.find}
              allowClear
              defaultValue={q}
              onSearch={onFind}
              style={{ maxWidth: 280 }}
            />
          )}
          <ListedTable notice={notice} />
          <div className={css.foot}>
            <span>{words.count(notice.found)}</span>
            <Pages page={page} pages={notice.pages} onPage={onPage} />
          </div>
        </>
      )}
      <Facts
        items={[
          { label: words.places, value: notice.places },
          { label: words.phone, value: notice.phone },
          { label: words.address, value: notice.address },
        ]}
      />
    </article>
  );
}

function ListedTable({ notice }: { notice: Whole }) {
  const { columns } = words;
  return (
    <DataTable
      label={words.list}
      rows={notice.rows}
      rowKey={({ no }) => String(no)}
      columns={[
        { key: 'no', title: columns.no, cell: ({ no }) => no, right: true, width: 56 },
        { key: 'name', title: columns.name, cell: ({ name }): ReactNode => <b>{name}</b>, tight: true },
        { key: 'unit', title: columns.unit, cell: ({ unitName }) => unitName },
        { key: 'post', title: columns.post, cell: ({ post }) => post },
        ...(notice.detailTitle ? [{ key: 'detail', title: notice.detailTitle, cell: ({ detail }: Whole['rows'][number]) => detail }] : []),
      ]}
    />
  );
}

function Pages({ page, pages, onPage }: { page: number; pages: number; onPage: (page: number) => void }) {
  return (
    <span className="no-print">
      {pages > 1 && (
        <>
          <Button type="link" size="small" disabled={page <= 1} onClick={() => onPage(page - 1)}>
            {words.previous}
          </Button>
          {words.pageOf(page, pages)}
          <Button type="link" size="small" disabled={page >= pages} onClick={() => onPage(page + 1)}>
            {words.next}
          </Button>
        </>
      )}
      <Button type="link" size="small" onClick={() => print()}>
        {words.print}
      </Button>
    </span>
  );
}
