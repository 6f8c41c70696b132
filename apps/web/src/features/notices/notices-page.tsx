import { Segmented } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { LOOK_AGAIN_MS, useRoute } from '../../shared/api/hooks.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { serverNow } from '../../shared/time/clock.ts';
import { Card } from '../../shared/ui/card.tsx';
import { DataTable } from '../../shared/ui/data-table.tsx';
import { ListState } from '../../shared/ui/states.tsx';
import { endText, NoticeTag } from './notice-state.tsx';

const words = text.notices.office;

/** 公示 of one's own units: how each stands, and what objections there are. */
export default function NoticesPage() {
  const [box, setBox] = useState<'current' | 'all'>('current');
  const list = useRoute(routes.notices, { query: { box } }, { every: 4 * LOOK_AGAIN_MS, keep: true });
  const now = serverNow();
  const { columns } = words;
  const tabs = [
    { value: 'current' as const, label: words.current },
    { value: 'all' as const, label: words.every },
  ];
  return (
    <Card title={text.notices.title} extra={<Segmented value={box} onChange={setBox} options={tabs} />} flush>
      <ListState query={list} empty={list.data?.items.length === 0} emptyText={words.empty}>
        <DataTable
          label={words.label}
          rows={list.data?.items ?? []}
          rowKey={({ id }) => id}
          columns={[
            { key: 'title', title: columns.title, cell: ({ id, title }) => <Link to={`/notices/${id}`}>{title}</Link> },
            { key: 'case', title: columns.case, cell: ({ caseId, caseNo }) => <Link to={`/cases/${caseId}`}>{caseNo}</Link>, tight: true },
            { key: 'state', title: columns.state, cell: ({ status }) => <NoticeTag status={status} />, tight: true },
            { key: 'ends', title: columns.ends, cell: (head) => endText(head, now) },
            { key: 'listed', title: columns.listed, cell: ({ listed }) => listed, right: true },
            {
              key: 'objections',
              title: columns.objections,
              cell: ({ objections, openObjections }) => words.objections(objections, openObjections),
            },
          ]}
        />
      </ListState>
    </Card>
  );
}
