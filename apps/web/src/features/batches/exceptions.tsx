import { formatDay, dateOf } from '../../../../../libs/domain/dates.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { Card } from '../../shared/ui/card.tsx';
import { DataTable } from '../../shared/ui/data-table.tsx';
import type { Board } from './batch-page.tsx';
import css from './batches.module.css';
import type { Chosen } from './board-table.tsx';

const words = text.batches;

/** 例外: who goes their own way, by reason. */
export function Exceptions({ board, chosen, onChoose }: { board: Board; chosen: Chosen; onChoose: (chosen: Chosen) => void }) {
  const count = board.exceptions.reduce((sum, one) => sum + one.count, 0);
  return (
    <Card title={words.exceptionsTitle(count)} note={words.exceptionsNote} flush>
      <DataTable
        label={words.exceptionsTitle(count)}
        rows={board.exceptions}
        rowKey={({ kind }) => kind}
        columns={[
          {
            key: 'why',
            title: words.reason,
            cell: ({ kind, title }) => (
              <button type="button" className={css.cell} aria-pressed={chosen.apart === kind} onClick={() => onChoose({ apart: kind })}>
                {title}
              </button>
            ),
          },
          { key: 'count', title: words.count, cell: (one) => one.count, right: true },
          {
            key: 'due',
            title: words.earliest,
            cell: ({ earliestDueAt }) => (earliestDueAt ? formatDay(dateOf(new Date(earliestDueAt))) : text.common.none),
            right: true,
            tight: true,
          },
        ]}
      />
    </Card>
  );
}
