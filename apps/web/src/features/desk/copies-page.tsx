import { Segmented } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { useLookAgain, useList } from '../../shared/api/hooks.ts';
import { serverNow } from '../../shared/time/clock.ts';
import { pastText } from '../../shared/time/due.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { DataTable } from '../../shared/ui/data-table.tsx';
import { Muted } from '../../shared/ui/small.tsx';
import { ListState, MoreRow } from '../../shared/ui/states.tsx';

const words = text.caseActs.copies;
const tabs = ['unread', 'all'] as const;

/** 抄送我的: cases given to this reader, the newest first. */
export default function CopiesPage() {
  const [search, setSearch] = useSearchParams();
  const box = tabs.find((one) => one === search.get('box')) ?? 'all';
  const list = useList(routes.copies, { query: { box, limit: 50 } }, { every: useLookAgain() });
  const now = serverNow();
  return (
    <Card
      title={words.label}
      extra={
        <Segmented
          value={box}
          onChange={(value) => setSearch({ box: value }, { replace: true })}
          options={tabs.map((value) => ({ value, label: words.tabs[value] }))}
        />
      }
      flush
    >
      <ListState query={list} empty={list.items.length === 0} emptyText={words.empty}>
        <DataTable
          label={words.label}
          rows={list.items}
          rowKey={({ id }) => id}
          columns={[
            {
              key: 'case',
              title: words.columns.case,
              cell: ({ id, title, caseNo }) => (
                <>
                  <Link to={`/cases/${id}`}>{title}</Link> <Muted small>{caseNo}</Muted>
                </>
              ),
            },
            { key: 'unit', title: words.columns.unit, cell: ({ unitLine }) => unitLine },
            { key: 'at', title: words.columns.at, cell: (one) => one.at ?? one.outcomeTitle },
            {
              key: 'from',
              title: words.columns.from,
              cell: ({ givenBy, givenAt }) => [givenBy, pastText(givenAt, now)].join(' '),
              tight: true,
            },
            { key: 'note', title: words.columns.note, cell: ({ note }) => note },
            {
              key: 'read',
              title: words.columns.read,
              cell: ({ readAt }) => (readAt ? pastText(readAt, now) : text.caseActs.unread),
              tight: true,
            },
          ]}
        />
        <MoreRow list={list} count={list.items.length} />
      </ListState>
    </Card>
  );
}
