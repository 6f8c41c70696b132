import type { ReactNode } from 'react';
import css from './ui.module.css';

interface Props {
  title?: ReactNode;
  note?: ReactNode;
  extra?: ReactNode;
  /** Content that brings its own edges (tables, lists). */
  flush?: boolean;
  className?: string;
  id?: string;
  children: ReactNode;
}

/** A white block with a 40 px head, named by its heading for screen readers. */
export function Card({ title, note, extra, flush = false, className, id, children }: Props) {
  return (
    <section className={[css.card, className].filter(Boolean).join(' ')} id={id}>
      {title !== undefined && (
        <div className={css.cardHead}>
          <h2>{title}</h2>
          {note !== undefined && <span className={css.cardNote}>{note}</span>}
          {extra !== undefined && <div className={css.cardExtra}>{extra}</div>}
        </div>
      )}
      {flush ? children : <div className={css.cardBody}>{children}</div>}
    </section>
  );
}
