import { text } from '../text/zh-CN.ts';
import css from './ui.module.css';

export interface FieldChange {
  label: string;
  before: string | null;
  after: string | null;
}

export const Before = ({ value }: { value: string | null }) => <del className={css.before}>{value ?? text.common.none}</del>;
export const After = ({ value }: { value: string | null }) => <ins className={css.after}>{value ?? text.common.none}</ins>;

/** 群众评价：较好 → 走访 12 户 */
export function Changes({ changes }: { changes: readonly FieldChange[] }) {
  if (changes.length === 0) return null;
  return (
    <ul className={css.small}>
      {changes.map(({ label, before, after }) => (
        <li key={label}>
          {label}
          {text.common.colon}
          <Before value={before} /> <span aria-hidden>→</span> <After value={after} />
        </li>
      ))}
    </ul>
  );
}
