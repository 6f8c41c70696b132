import { useId, type ReactNode } from 'react';
import css from './ui.module.css';

export interface Column<T> {
  key: string;
  title: ReactNode;
  cell: (row: T) => ReactNode;
  /** Numbers stand right. */
  right?: boolean;
  /** Broken between names, not within one. */
  whole?: boolean;
  /** Never broken into lines. */
  tight?: boolean;
  width?: number | string;
  /** Set off by a line from the columns before. */
  apart?: boolean;
  /** Under whose heading things go on now. */
  current?: boolean;
}

interface Props<T> {
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  /** The row of sums. */
  foot?: T;
  rowKey: (row: T) => string;
  chosen?: string | null;
  onChoose?: (row: T) => void;
}

/**
 * A plain HTML table: lists come as keyset pages without sorting or totals, so a table component's machinery would only cost
 * first load, and this prints and reads aloud as it is. Choosing a row by mouse doubles a link or button within it for the keyboard.
 */
export function DataTable<T>({ label, columns, rows, foot, rowKey, chosen, onChoose }: Props<T>) {
  const id = useId();
  const cells = (row: T) =>
    columns.map((column) => (
      <td key={column.key} className={classOf(column)}>
        {column.cell(row)}
      </td>
    ));
  return (
    // Focusable where it may scroll sideways, so that the keyboard reaches what is cut off.
    <div className={css.scroll} role="region" aria-labelledby={id} tabIndex={0}>
      <table className={css.table}>
        <caption className="sr-only" id={id}>
          {label}
        </caption>
        <thead>
          <tr>
            {columns.map(({ key, title, right, apart, current, width }) => (
              <th
                key={key}
                scope="col"
                className={classOf({ right, apart, current })}
                aria-current={current ? 'step' : undefined}
                style={width === undefined ? undefined : { width }}
              >
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const key = rowKey(row);
            const classes = [onChoose && css.pick, chosen === key && css.chosen].filter(Boolean).join(' ');
            return (
              <tr
                key={key}
                className={classes || undefined}
                onClick={onChoose && (() => onChoose(row))}
                aria-current={chosen === key ? true : undefined}
              >
                {cells(row)}
              </tr>
            );
          })}
        </tbody>
        {foot !== undefined && (
          <tfoot>
            <tr>{cells(foot)}</tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}

const classOf = ({ right, tight, whole, apart, current }: Partial<Column<never>>): string | undefined =>
  [right && css.right, tight && css.tight, whole && css.whole, apart && css.apart, current && css.current].filter(Boolean).join(' ') ||
  undefined;
