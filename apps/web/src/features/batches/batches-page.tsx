import { Link } from 'react-router';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { useLookAgain, useRoute } from '../../shared/api/hooks.ts';
import { caseTag } from '../../shared/cases/cases.ts';
import { holds, useMe } from '../../shared/session/me.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { DataTable } from '../../shared/ui/data-table.tsx';
import { ListState } from '../../shared/ui/states.tsx';
import { StatusTag } from '../../shared/ui/status-tag.tsx';
import { Share } from './share.tsx';

const words = text.batches;

/** 批次: every batch that touches one's units, newest first. */
export default function BatchesPage() {
  const me = useMe();
  const found = useRoute(routes.batches, {}, { every: useLookAgain() });
  const items = found.data?.items ?? [];
  const starts = holds(me, 'COUNTY_ORG', 'CITY_ORG');
  return (
    <Card title={words.listTitle} extra={starts && <Link to="/start?process=certification">{words.start}</Link>} flush>
      <ListState query={found} empty={items.length === 0} emptyText={words.empty}>
        <DataTable
          label={words.listTitle}
          rows={items}
          rowKey={({ id }) => id}
          columns={[
            { key: 'title', title: words.columns.title, cell: ({ id, title }) => <Link to={`/batches/${id}`}>{title}</Link> },
            { key: 'unit', title: words.columns.unit, cell: ({ unitName }) => unitName, tight: true },
            { key: 'cutOff', title: words.columns.cutOff, cell: ({ cutOffOn }) => cutOffOn, tight: true },
            {
              key: 'at',
              title: words.columns.at,
              cell: (one) => <StatusTag kind={caseTag({ ...one, held: false })}>{one.status === 'running' ? one.at : undefined}</StatusTag>,
              tight: true,
            },
            { key: 'total', title: words.columns.total, cell: ({ total }) => total, right: true },
            { key: 'apart', title: words.columns.apart, cell: ({ apart }) => apart, right: true },
            { key: 'ended', title: words.columns.ended, cell: ({ ended }) => ended, right: true },
            { key: 'share', title: words.columns.share, cell: ({ ended, total }) => <Share part={ended} whole={total} />, width: 150 },
          ]}
        />
      </ListState>
    </Card>
  );
}
