import { ExclamationCircleFilled, WarningOutlined } from '@ant-design/icons';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { DataTable, type Column } from '../../shared/ui/data-table.tsx';
import type { Board } from './batch-page.tsx';
import css from './batches.module.css';
import { Share } from './share.tsx';

const words = text.batches;

/** Whose names are listed: those of a cell, of an exception, or those whom one may decide on. */
export interface Chosen {
  unit?: string | undefined;
  stage?: string | undefined;
  apart?: string | undefined;
  mine?: boolean | undefined;
}

type Row = Board['rows'][number];
const ALL = '';
const NOTICE = 'notice';

/** Units × stages: rows and columns add up, and a person in 例外 is counted nowhere else. */
export function BoardTable({ board, chosen, onChoose }: { board: Board; chosen: Chosen; onChoose: (chosen: Chosen) => void }) {
  const columns: Column<Row>[] = [
    { key: 'unit', title: words.unit, cell: ({ unit }) => <b>{unit.name}</b>, tight: true },
    ...board.columns.map(({ key, title }, i): Column<Row> => ({
      key,
      title: `${i + 1} ${title}`,
      right: true,
      current: board.open.some(({ stage }) => stage === key),
      cell: ({ unit, cells }) => (
        <Count
          {...cells[i]!}
          label={words.cellLabel(unit.name, title, cells[i]!.count)}
          pressed={!chosen.mine && chosen.stage === key && (chosen.unit ?? ALL) === unit.code}
          onClick={() => onChoose({ unit: unit.code || undefined, stage: key })}
        />
      ),
    })),
    {
      key: 'apart',
      title: (
        <>
          <WarningOutlined aria-hidden /> {words.apart}
        </>
      ),
      right: true,
      apart: true,
      cell: ({ unit, apart }) => (
        <Count
          count={apart}
          overdue={0}
          label={words.cellLabel(unit.name, words.apart, apart)}
          pressed={chosen.apart === 'any' && (chosen.unit ?? ALL) === unit.code}
          onClick={() => onChoose({ unit: unit.code || undefined, apart: 'any' })}
        />
      ),
    },
    { key: 'total', title: words.total, right: true, cell: ({ total }) => <b>{total}</b> },
    { key: 'passed', title: words.passed, width: 130, cell: (row) => <Share part={past(board, row)} whole={row.total} /> },
  ];
  return (
    <Card title={words.boardTitle} note={words.boardNote} flush>
      <DataTable label={words.boardTitle} rows={board.rows} foot={sumOf(board)} rowKey={({ unit }) => unit.code} columns={columns} />
    </Card>
  );
}

/** How many of a row are past the notice. */
const past = (board: Board, { cells }: Row): number =>
  cells.slice(board.columns.findIndex(({ key }) => key === NOTICE) + 1).reduce((sum, { count }) => sum + count, 0);

function sumOf({ rows, columns }: Board): Row {
  const sum = (of: (row: Row) => number) => rows.reduce((all, row) => all + of(row), 0);
  return {
    unit: { code: ALL, name: words.total },
    cells: columns.map(({ key }, i) => ({
      stage: key,
      count: sum(({ cells }) => cells[i]?.count ?? 0),
      overdue: sum(({ cells }) => cells[i]?.overdue ?? 0),
    })),
    apart: sum(({ apart }) => apart),
    total: sum(({ total }) => total),
  };
}

interface CountProps {
  count: number;
  overdue: number;
  label: string;
  pressed: boolean;
  onClick: () => void;
}

function Count({ count, overdue, label, pressed, onClick }: CountProps) {
  if (count === 0) return <span className={css.none}>0</span>;
  return (
    <>
      {overdue > 0 && (
        <span className={css.late} title={words.overdue(overdue)}>
          <ExclamationCircleFilled aria-hidden /> {overdue}
        </span>
      )}
      <button
        type="button"
        className={css.cell}
        aria-label={[label, overdue > 0 ? words.overdue(overdue) : ''].filter(Boolean).join(text.common.comma)}
        aria-pressed={pressed}
        onClick={onClick}
      >
        {count}
      </button>
    </>
  );
}
