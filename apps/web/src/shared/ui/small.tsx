import type { ReactNode } from 'react';
import css from './ui.module.css';

export const Kbd = ({ children }: { children: ReactNode }) => <kbd className={css.kbd}>{children}</kbd>;

export const Muted = ({ children, small = false }: { children: ReactNode; small?: boolean }) => (
  <span className={small ? `${css.muted} ${css.small}` : css.muted}>{children}</span>
);

export const Small = ({ children }: { children: ReactNode }) => <span className={css.small}>{children}</span>;

/** Label and value in two columns. */
export function Facts({ items }: { items: readonly { label: ReactNode; value: ReactNode; key?: string }[] }) {
  return (
    <dl className={css.facts}>
      {items.map(({ label, value, key }) => (
        <div key={key ?? String(label)} style={{ display: 'contents' }}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The bar of acts at the foot of a page. */
export function ActionBar({ children, end }: { children: ReactNode; end?: ReactNode }) {
  return (
    <div className={`${css.bar} ${css.stick} no-print`}>
      {children}
      {end !== undefined && <div className={css.barEnd}>{end}</div>}
    </div>
  );
}
