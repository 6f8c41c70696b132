import { CloseCircleOutlined } from '@ant-design/icons';
import type { routes } from '../../../../../libs/domain/api/routes.ts';
import type { Reply } from '../../shared/api/client.ts';
import { text } from '../../shared/text/zh-CN.ts';
import css from './import.module.css';

const words = text.importing;

/** Neighbouring rows as they stand in the sheet, the faulty cells framed. Scrolls to the column asked for. */
export function Excerpt({ excerpt, row, letter }: { excerpt: Reply<typeof routes.rosterExcerpt>; row: number; letter: string }) {
  const { columns, rows } = excerpt;
  return (
    <div className={css.scroll} role="region" aria-label={words.excerptLabel} tabIndex={0}>
      <table className={css.excerpt}>
        <thead>
          <tr>
            <th scope="col">{words.faultColumns.row}</th>
            {columns.map((column) => (
              <th
                key={column.letter}
                scope="col"
                ref={column.letter === letter ? (cell) => cell?.scrollIntoView({ block: 'nearest', inline: 'center' }) : undefined}
              >
                {column.letter} {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((line) => (
            <tr key={line.row} className={line.row === row ? css.this : undefined}>
              <th scope="row">{line.row}</th>
              {columns.map((column, index) => {
                const faulty = line.faulty.includes(column.letter);
                return (
                  <td key={column.letter} className={faulty ? css.faulty : undefined}>
                    {faulty && <CloseCircleOutlined aria-label={words.faultyCell} className={css.danger} />} {line.cells[index]}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
