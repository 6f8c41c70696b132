import type { ReactNode } from 'react';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import { useList } from '../../shared/api/hooks.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { DataTable } from '../../shared/ui/data-table.tsx';
import { ListState, MoreRow } from '../../shared/ui/states.tsx';
import type { Batch } from './import-page.tsx';

const words = text.importing;

/** What was set right by itself: spaces, full-width digits, odd dates. */
export function CorrectionsTable({ batch, switcher }: { batch: Batch; switcher: ReactNode }) {
  const list = useList(routes.rosterCorrections, { params: { id: batch.id }, query: { limit: 100 } });
  const { correctionColumns: columns } = words;
  return (
    <Card title={switcher} flush>
      <ListState query={list} empty={list.items.length === 0} emptyText={words.noCorrections} rows={10}>
        <DataTable
          label={words.correctionsLabel}
          rows={list.items}
          rowKey={({ row, letter, kind }) => `${row}${letter}${kind}`}
          columns={[
            { key: 'row', title: columns.row, cell: ({ row }) => row, right: true, width: 64 },
            { key: 'column', title: columns.column, cell: ({ letter, header }) => `${letter} ${header}` },
            { key: 'what', title: columns.what, cell: ({ title }) => title },
            { key: 'written', title: columns.written, cell: ({ written }) => written },
            { key: 'read', title: columns.read, cell: ({ read }) => read },
          ]}
        />
        <MoreRow list={list} count={list.items.length} />
      </ListState>
    </Card>
  );
}
