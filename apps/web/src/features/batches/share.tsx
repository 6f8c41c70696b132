import css from './batches.module.css';

/** A part of a whole as a whole per cent; everything only when it is everything. */
export const shareOf = (part: number, whole: number): string => `${whole === 0 ? 0 : Math.floor((part / whole) * 100)}%`;

/** The same as a bar with its number. */
export function Share({ part, whole }: { part: number; whole: number }) {
  const share = shareOf(part, whole);
  return (
    <span className={css.share}>
      <span className={css.track} aria-hidden>
        <span style={{ width: share }} />
      </span>
      <span className={css.per}>{share}</span>
    </span>
  );
}
