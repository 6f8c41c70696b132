import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { WordFilter } from '../../shared/form/word-filter.tsx';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { DataTable } from '../../shared/ui/data-table.tsx';
import { Muted } from '../../shared/ui/small.tsx';
import { Empty } from '../../shared/ui/states.tsx';
import { Mark, StatusTag } from '../../shared/ui/status-tag.tsx';
import type { Candidate } from './start-many-page.tsx';

const words = text.start.many;

interface Props {
  items: readonly Candidate[];
  picked: ReadonlySet<string>;
  onToggle: (ids: readonly string[], picked: boolean) => void;
  onSubmit: () => void;
  busy: boolean;
}

/** Everyone on probation, picked unless struck out; what was inferred from the roster is marked. */
export function CandidateTable({ items, picked, onToggle, onSubmit, busy }: Props) {
  const [filter, setFilter] = useState('');
  const shown = items.filter(({ name, unitLine }) => `${name}${unitLine}`.includes(filter));
  const act = (
    <>
      <WordFilter label={words.filter} value={filter} onChange={setFilter} width={200} />
      <Button type="primary" disabled={picked.size === 0} loading={busy} onClick={onSubmit}>
        {picked.size === 0 ? words.none : words.act(picked.size)}
      </Button>
    </>
  );
  return (
    <Card title={words.label} note={words.chosen(picked.size, items.length)} extra={act} flush>
      {shown.length === 0 ? <Empty>{text.common.nothingFits}</Empty> : <Candidates shown={shown} picked={picked} onToggle={onToggle} />}
    </Card>
  );
}

function Candidates({ shown, picked, onToggle }: Pick<Props, 'picked' | 'onToggle'> & { shown: readonly Candidate[] }) {
  const startable = shown.filter(({ runningCaseId }) => runningCaseId === null).map(({ personId }) => personId);
  const all = startable.length > 0 && startable.every((id) => picked.has(id));
  const some = startable.some((id) => picked.has(id));
  const { columns } = words;
  return (
    <DataTable
      label={words.label}
      rows={shown}
      rowKey={({ personId }) => personId}
      columns={[
        {
          key: 'pick',
          title: (
            <Checkbox
              aria-label={words.pickAll}
              checked={all}
              indeterminate={some && !all}
              onChange={({ target }) => onToggle(startable, target.checked)}
            />
          ),
          width: 40,
          cell: ({ personId, name, runningCaseId }) => (
            <Checkbox
              aria-label={words.pickOne(name)}
              disabled={runningCaseId !== null}
              checked={picked.has(personId)}
              onChange={({ target }) => onToggle([personId], target.checked)}
            />
          ),
        },
        {
          key: 'name',
          title: columns.name,
          cell: ({ personId, name, staffNo }) => (
            <>
              <Link to={`/people/${personId}`}>{name}</Link> <Muted small>{staffNo}</Muted>
            </>
          ),
          tight: true,
        },
        { key: 'unit', title: columns.unit, cell: ({ unitLine }) => unitLine },
        { key: 'started', title: columns.started, cell: ({ startedOn }) => startedOn, tight: true },
        { key: 'last', title: columns.last, cell: ({ lastDay }) => lastDay, tight: true },
        { key: 'left', title: columns.left, cell: ({ daysLeft }) => words.daysLeft(daysLeft), right: true, tight: true },
        { key: 'state', title: columns.state, cell: (one) => <Checks one={one} /> },
      ]}
    />
  );
}

function Checks({ one: { runningCaseId, assumed, midpointPast } }: { one: Candidate }) {
  if (runningCaseId) return <Link to={`/cases/${runningCaseId}`}>{words.running}</Link>;
  return (
    <>
      {assumed && <StatusTag kind="assumed" />} {midpointPast && <Mark tone="gold">{words.midpointPast}</Mark>}
    </>
  );
}
