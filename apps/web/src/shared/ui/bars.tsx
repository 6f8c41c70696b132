import css from './bars.module.css';

export interface Bar {
  key: string;
  name: string;
  /** Null where there is nothing to draw. */
  value: number | null;
  /** A second one below the first, drawn hollow. */
  second?: number;
  text: string;
  /** Under the line: hatched, and said in words. */
  below?: string | false;
}

/**
 * Lying bars of one measure, with a line through all of them where there is a standard. Everything on it stands in the table beside it, so screen readers
 * pass it by. A chart library would weigh ten times this page for bars that a grid draws, prints and zooms.
 */
export function Bars({ bars, line }: { bars: readonly Bar[]; line?: { value: number; label: string } }) {
  const most = Math.max(line?.value ?? 0, 1e-9, ...bars.flatMap(({ value, second }) => [value ?? 0, second ?? 0])) * 1.1;
  const share = (value: number) => `${((value / most) * 100).toFixed(2)}%`;
  return (
    <div className={css.chart} aria-hidden>
      {bars.map(({ key, name, value, second, text, below }) => (
        <div key={key} className={css.row}>
          <span className={css.name}>{name}</span>
          <span className={css.track}>
            {value !== null && value > 0 && <span className={`${css.bar} ${below ? css.below : ''}`} style={{ width: share(value) }} />}
            {second !== undefined && second > 0 && <span className={`${css.bar} ${css.hollow}`} style={{ width: share(second) }} />}
            {line && <span className={css.line} style={{ left: share(line.value) }} />}
          </span>
          <span className={css.value}>
            {text}
            {below && <span className={css.mark}>{below}</span>}
          </span>
        </div>
      ))}
      {line && (
        <div className={css.row}>
          <span />
          <span className={css.track}>
            <span className={css.lineLabel} style={{ left: share(line.value) }}>
              {line.label}
            </span>
          </span>
          <span />
        </div>
      )}
    </div>
  );
}
