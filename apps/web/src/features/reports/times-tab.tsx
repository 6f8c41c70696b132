import { Segmented } from 'antd';
import { useState } from 'react';
import { routes } from '../../../../../libs/domain/api/routes.ts';
import type { Reply } from '../../shared/api/client.ts';
import { useRoute } from '../../shared/api/hooks.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Bars } from '../../shared/ui/bars.tsx';
import { Card } from '../../shared/ui/card.tsx';
import { DataTable, type Column } from '../../shared/ui/data-table.tsx';
import { Empty, Failed, Notice, Waiting } from '../../shared/ui/states.tsx';
import type { Asked } from './reports-page.tsx';
import css from './reports.module.css';

const words = text.reports.times;
type By = 'process' | 'stage';
interface Line {
  key: string;
  name: string;
  count: number;
  p50: number;
  p90: number;
  slowest: string | null;
}

function linesOf(processes: Reply<typeof routes.reportTimes>['processes'], by: By): Line[] {
  return processes.flatMap(({ process, title, stages, ...all }) => {
    if (by === 'stage')
      return stages.map(({ stage, title: name, ...one }) => ({
        key: `${process}/${stage}`,
        name: words.stageOf(title, name),
        ...one,
        slowest: null,
      }));
    const [slowest] = stages.toSorted((a, b) => b.p90 - a.p90);
    return [{ key: process, name: title, ...all, slowest: slowest ? words.slowest(slowest.title, slowest.p90) : null }];
  });
}

/** 办理用时: working days from start to end by process, or from opening to closing by stage. */
export function TimesTab({ asked: { unit, on, from } }: { asked: Asked }) {
  const [by, setBy] = useState<By>('process');
  const times = useRoute(routes.reportTimes, { query: { from, to: on, ...(unit && { unit }) } }, { keep: true });
  if (times.isPending) return <Waiting rows={12} />;
  if (!times.data) return <Failed error={times.error} retry={() => void times.refetch()} />;
  const { missingYear, processes } = times.data;
  const lines = linesOf(processes, by);
  const choices = [
    { value: 'process' as const, label: words.byProcess },
    { value: 'stage' as const, label: words.byStage },
  ];
  return (
    <Card title={words.title} note={words.note(from, on)} extra={<Segmented value={by} onChange={setBy} options={choices} />} flush>
      {missingYear !== null && <Notice tone="warning">{words.missingYear(missingYear)}</Notice>}
      {missingYear === null && lines.length === 0 && <Empty>{words.empty}</Empty>}
      {lines.length > 0 && (
        <div className={css.pair}>
          <div>
            <Legend />
            <Bars bars={lines.map(({ key, name, p50, p90 }) => ({ key, name, value: p50, second: p90, text: words.both(p50, p90) }))} />
          </div>
          <TimesTable lines={lines} by={by} />
        </div>
      )}
    </Card>
  );
}

const Legend = () => (
  <p className={css.legend} aria-hidden>
    <span>
      <i className={css.full} />
      {words.p50}
    </span>
    <span>
      <i />
      {words.p90}
    </span>
  </p>
);

function TimesTable({ lines, by }: { lines: readonly Line[]; by: By }) {
  const { columns } = words;
  const slowest: Column<Line> = { key: 'slowest', title: columns.slowest, cell: (line) => line.slowest };
  return (
    <DataTable
      label={words.title}
      rows={lines}
      rowKey={({ key }) => key}
      columns={[
        { key: 'name', title: by === 'process' ? columns.process : columns.stage, cell: ({ name }) => name },
        { key: 'count', title: columns.count, cell: ({ count }) => count.toLocaleString('zh-CN'), right: true },
        { key: 'p50', title: columns.p50, cell: ({ p50 }) => p50, right: true },
        { key: 'p90', title: columns.p90, cell: ({ p90 }) => p90, right: true },
        ...(by === 'process' ? [slowest] : []),
      ]}
    />
  );
}
