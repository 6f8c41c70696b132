import { text } from '../../shared/text/zh-CN.ts';
import type { Staffing } from './staffing-page.tsx';
import css from './staffing.module.css';

const words = text.staffing;

/** 10.10 */
export const ratioText = (hundredths: number | null): string => (hundredths === null ? words.unknown : (hundredths / 100).toFixed(2));

/** One bar a county, with the standard as a line through all of them; what is below it is hatched and says so. The table has the same figures. */
export function RatioChart({ staffing: { counties, standard } }: { staffing: Staffing }) {
  const line = Math.round(standard * 100);
  const most = Math.max(line, ...counties.map(({ ratio }) => ratio ?? 0)) * 1.1;
  const share = (hundredths: number) => `${((hundredths / most) * 100).toFixed(2)}%`;
  return (
    <div className={css.chart} aria-hidden>
      {counties.map(({ code, name, ratio }) => (
        <div key={code} className={css.row}>
          <span className={css.name}>{name}</span>
          <span className={css.track}>
            {ratio !== null && <span className={`${css.bar} ${ratio < line ? css.below : ''}`} style={{ width: share(ratio) }} />}
            <span className={css.line} style={{ left: share(line) }} />
          </span>
          <span className={css.value}>
            {ratio === null ? words.none : ratioText(ratio)}
            {ratio !== null && ratio < line && <span className={css.mark}>{words.below}</span>}
          </span>
        </div>
      ))}
      <div className={css.row}>
        <span />
        <span className={css.track}>
          <span className={css.lineLabel} style={{ left: share(line) }}>
            {words.line(standard)}
          </span>
        </span>
        <span />
      </div>
    </div>
  );
}
