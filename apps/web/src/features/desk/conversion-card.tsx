import { routes } from '../../../../../libs/domain/api/routes.ts';
import { formatMoney } from '../../../../../libs/domain/post-grade.ts';
import { useRoute } from '../../shared/api/hooks.ts';
import { Problem } from '../../shared/api/problem.ts';
import { text } from '../../shared/text/zh-CN.ts';
import { DataTable } from '../../shared/ui/data-table.tsx';
import { Muted } from '../../shared/ui/small.tsx';
import { Failed, Notice, Waiting } from '../../shared/ui/states.tsx';
import css from './desk.module.css';

const words = text.batches.conversion;
const money = (fen: number | null) => (fen === null ? words.unknown : formatMoney(fen));
const signed = (fen: number) => `${fen > 0 ? '+' : fen < 0 ? '−' : ''}${formatMoney(Math.abs(fen))}`;

/** What a conversion comes to: the step and how it came about, pay before and after line by line, falls as plainly as rises. */
export function ConversionCard({ caseId, own }: { caseId: string; own: boolean }) {
  const found = useRoute(routes.conversion, { params: { id: caseId } });
  // not computed yet: there is nothing to show
  if (found.error instanceof Problem && found.error.status === 404) return null;
  if (!found.data) return found.error ? <Failed error={found.error} /> : <Waiting rows={4} />;
  const { label, before, globalStep, steps, inputs, pay, total, assumed } = found.data;
  const rows = [...pay, { title: words.total, before: total.before, after: total.after }];
  return (
    <section aria-labelledby="conversion-title" className={css.answer}>
      <h3 id="conversion-title">{words.title}</h3>
      <p className={css.figure}>
        <b>{label}</b> <Muted small>{[words.step(globalStep), before && words.before(before)].filter(Boolean).join(text.common.dot)}</Muted>
      </p>
      <p>
        <Muted small>{words.how({ years: inputs.years, ...steps })}</Muted>
      </p>
      <DataTable
        label={words.pay}
        rows={rows}
        rowKey={({ title }) => title}
        columns={[
          { key: 'title', title: words.pay, cell: ({ title }) => (title === words.total ? <b>{title}</b> : title), tight: true },
          { key: 'was', title: words.was, cell: (row) => money(row.before), right: true },
          { key: 'now', title: words.now, cell: (row) => <b>{money(row.after)}</b>, right: true },
          { key: 'change', title: words.change, cell: (row) => (row.before === null ? '' : signed(row.after - row.before)), right: true },
        ]}
      />
      <Muted small>{[words.floor, assumed ? words.assumed : ''].filter(Boolean).join('')}</Muted>
      {own && <Notice tone="info">{words.silence}</Notice>}
    </section>
  );
}
