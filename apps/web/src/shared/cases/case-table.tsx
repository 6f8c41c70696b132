import { Link } from 'react-router';
import { serverNow } from '../time/clock.ts';
import { pastText } from '../time/due.ts';
import { text } from '../text/zh-CN.ts';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { DueLabel } from '../ui/due-label.tsx';
import { Muted } from '../ui/small.tsx';
import { StatusTag } from '../ui/status-tag.tsx';
import { caseTag, type CaseLine } from './cases.ts';

const words = text.desk.started.columns;

/** Cases as lines: what, where it stands, when it is due. */
export function CaseTable({ label, cases, short = false }: { label: string; cases: readonly CaseLine[]; short?: boolean }) {
  const columns: Column<CaseLine>[] = [
    {
      key: 'case',
      title: words.case,
      cell: (one) => (
        <>
          <Link to={`/cases/${one.id}`}>{one.title}</Link> <Muted small>{one.caseNo}</Muted>
        </>
      ),
    },
    ...(short ? [] : [{ key: 'unit', title: words.unit, cell: (one: CaseLine) => one.unitLine }]),
    { key: 'at', title: words.at, cell: (one) => one.at ?? one.outcomeTitle },
    {
      key: 'due',
      title: words.due,
      cell: (one) => (one.status === 'ended' ? one.endedAt && pastText(one.endedAt, serverNow()) : <DueLabel due={one.due} />),
      tight: true,
    },
    { key: 'status', title: words.status, cell: (one) => <StatusTag kind={caseTag(one)} />, tight: true },
    ...(short
      ? []
      : [{ key: 'started', title: words.startedAt, cell: (one: CaseLine) => pastText(one.startedAt, serverNow()), tight: true }]),
  ];
  return <DataTable label={label} columns={columns} rows={cases} rowKey={({ id }) => id} />;
}
