import { Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { useList } from '../../shared/api/hooks.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { Changes } from '../../shared/ui/change.tsx';
import { DataTable } from '../../shared/ui/data-table.tsx';
import { ListState, MoreRow } from '../../shared/ui/states.tsx';
import { Mark } from '../../shared/ui/status-tag.tsx';
import type { Batch } from './import-page.tsx';

const words = text.importing;
const verdicts = ['new', 'update', 'unchanged', 'refused'] as const;
const tones = { new: 'green', update: 'blue', unchanged: 'grey', refused: 'red' } as const;

/** What would become of each row, an update with its before and after. */
export function RowsTable({ batch, switcher }: { batch: Batch; switcher: ReactNode }) {
  const [verdict, setVerdict] = useState<(typeof verdicts)[number] | ''>('');
  const list = useList(routes.rosterRows, { params: { id: batch.id }, query: { limit: 100, ...(verdict && { verdict }) } });
  const { rowColumns: columns } = words;
  return (
    <Card
      title={switcher}
      extra={
        <Select
          aria-label={columns.verdict}
          value={verdict}
          onChange={setVerdict}
          style={{ width: 128 }}
          options={[
            { value: '' as const, label: words.allVerdicts },
            ...verdicts.map((value) => ({ value, label: words.verdicts[value] })),
          ]}
        />
      }
      flush
    >
      <ListState query={list} empty={list.items.length === 0} emptyText={text.common.nothingFits} rows={10}>
        <DataTable
          label={words.rowsLabel}
          rows={list.items}
          rowKey={({ row }) => String(row)}
          columns={[
            { key: 'row', title: columns.row, cell: ({ row }) => row, right: true, width: 64 },
            { key: 'name', title: columns.name, cell: ({ name }) => name ?? text.common.empty, tight: true },
            { key: 'unit', title: columns.unit, cell: ({ unit }) => unit },
            {
              key: 'verdict',
              title: columns.verdict,
              cell: (row) => <Mark tone={tones[row.verdict]}>{words.verdicts[row.verdict]}</Mark>,
              tight: true,
            },
            { key: 'changes', title: columns.changes, cell: ({ changes }) => <Changes changes={changes} /> },
          ]}
        />
        <MoreRow list={list} count={list.items.length} />
      </ListState>
    </Card>
  );
}
