import { Segmented, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import type { Reply } from '../../shared/api/client.ts';
import { useList } from '../../shared/api/hooks.ts';
import { useKeys } from '../../shared/keys/use-keys.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { DataTable } from '../../shared/ui/data-table.tsx';
import { Kbd, Muted } from '../../shared/ui/small.tsx';
import { ListState, MoreRow } from '../../shared/ui/states.tsx';
import { StatusTag } from '../../shared/ui/status-tag.tsx';
import css from './import.module.css';
import type { Batch } from './import-page.tsx';

const words = text.importing;
export type Fault = Reply<typeof routes.rosterFaults>['items'][number];
const keyOf = ({ row, letter, code }: Fault) => `${row}${letter}${code}`;

interface Props {
  batch: Batch;
  switcher: ReactNode;
  group: { group: string; codes: readonly string[] } | null;
  onAllGroups: () => void;
  chosen: Fault | null;
  onChoose: (fault: Fault) => void;
}

/** One line per fault, not per line of the sheet. */
export function FaultList({ batch, switcher, group, onAllGroups, chosen, onChoose }: Props) {
  const [severity, setSeverity] = useState<'' | 'error' | 'check'>('');
  const [letter, setLetter] = useState('');
  const only = group?.codes.length === 1 ? group.codes[0] : undefined;
  const list = useList(routes.rosterFaults, {
    params: { id: batch.id },
    query: { limit: 100, ...(severity && { severity }), ...(letter && { letter }), ...(only && { code: only }) },
  });
  // The API filters by one code; a group of several is picked out of what has been loaded.
  const shown = group ? list.items.filter(({ code }) => group.codes.includes(code)) : list.items;
  const index = shown.findIndex((fault) => chosen && keyOf(fault) === keyOf(chosen));
  const step = (by: number) => {
    const next = shown[index + by];
    if (next) onChoose(next);
  };
  useKeys({ j: () => step(1), k: () => step(-1) });
  const { summary } = batch;
  return (
    <Card
      title={switcher}
      extra={
        <div className={css.filters}>
          <Segmented
            value={severity}
            onChange={setSeverity}
            options={[
              { value: '' as const, label: text.common.all },
              { value: 'error' as const, label: words.severities.error(summary.faults) },
              { value: 'check' as const, label: words.severities.check },
            ]}
          />
          <Select
            aria-label={words.columnFilter}
            value={letter}
            onChange={setLetter}
            style={{ width: 128 }}
            options={[
              { value: '', label: words.allColumns },
              ...batch.columns.map((column) => ({ value: column.letter, label: `${column.letter} ${column.header}` })),
            ]}
          />
        </div>
      }
      flush
    >
      {group && (
        <p style={{ padding: '8px 12px' }}>
          {words.onlyGroup(group.group)}{' '}
          <button type="button" className={css.link} onClick={onAllGroups}>
            {text.common.clearFilter}
          </button>
        </p>
      )}
      <ListState
        query={list}
        empty={shown.length === 0}
        emptyText={severity || letter || group ? text.common.nothingFits : words.noFaults}
        rows={10}
      >
        <FaultTable faults={shown} chosen={chosen} onChoose={onChoose} />
        <MoreRow list={list} count={shown.length} />
        <p style={{ padding: '0 12px 10px' }}>
          <Kbd>j</Kbd> <Kbd>k</Kbd> <Muted small>{words.keysHint}</Muted>
        </p>
      </ListState>
    </Card>
  );
}

function FaultTable({ faults, chosen, onChoose }: { faults: readonly Fault[]; chosen: Fault | null; onChoose: (fault: Fault) => void }) {
  const { faultColumns: columns } = words;
  return (
    <DataTable
      label={words.faultsLabel}
      rows={faults}
      rowKey={keyOf}
      chosen={chosen && keyOf(chosen)}
      onChoose={onChoose}
      columns={[
        { key: 'severity', title: columns.severity, cell: ({ severity }) => <StatusTag kind={severity} />, tight: true },
        { key: 'row', title: columns.row, cell: ({ row }) => row, right: true },
        { key: 'column', title: columns.column, cell: ({ letter, header }) => `${letter} ${header}` },
        { key: 'written', title: columns.written, cell: ({ written }) => written || text.common.empty },
        {
          key: 'problem',
          title: columns.problem,
          cell: (fault) => (
            <button type="button" className={css.pick} onClick={() => onChoose(fault)}>
              {fault.problem}
            </button>
          ),
        },
        { key: 'fix', title: columns.fix, cell: ({ fix }) => <Muted>{fix}</Muted> },
      ]}
    />
  );
}
