import { CloseCircleOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { text } from '../text/zh-CN.ts';
import css from './form.module.css';
import { sumOf, type FieldModel, type Values } from './model.ts';
import { controlId, type SchemaForm } from './use-schema-form.ts';

const words = text.form;

interface Props {
  fields: readonly FieldModel[];
  form: SchemaForm;
  prefix: string;
  lastRound?: Values | null;
}

/** Scores with their full marks and sum, the last round's beside them. */
export function ScoreTable({ fields, form, prefix, lastRound }: Props) {
  const full = fields.reduce((sum, { max = 0 }) => sum + max, 0);
  const shown = (value: number | null) => (value === null ? words.notScored : String(value));
  return (
    <table className={css.scores}>
      <thead>
        <tr>
          <th scope="col">{words.scoreItem}</th>
          <th scope="col" className={css.number}>
            {words.fullScore}
          </th>
          <th scope="col" className={css.cell}>
            {words.score}
          </th>
          {lastRound && (
            <th scope="col" className={css.number}>
              {words.lastRound}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <tr key={field.name}>
            <th scope="row">
              {field.title}
              <ScoreFault id={controlId(prefix, field.name)} fault={form.faults[field.name]} />
            </th>
            <td className={css.number}>{field.max}</td>
            <td className={css.cell}>
              <ScoreInput field={field} form={form} id={controlId(prefix, field.name)} />
            </td>
            {lastRound && <td className={`${css.number} ${css.last}`}>{shown(sumOf([field], lastRound))}</td>}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{words.total}</th>
          <td className={css.number}>{full}</td>
          <td className={css.number} aria-live="polite">
            {sumOf(fields, form.values) ?? ''}
          </td>
          {lastRound && <td className={css.number}>{shown(sumOf(fields, lastRound))}</td>}
        </tr>
      </tfoot>
    </table>
  );
}

function ScoreInput({ field, form, id }: { field: FieldModel; form: SchemaForm; id: string }) {
  const value = form.values[field.name];
  const fault = form.faults[field.name];
  return (
    <Input
      id={id}
      aria-label={words.scoreOf(field.title, field.max ?? 0)}
      aria-required={field.required || undefined}
      aria-invalid={fault ? true : undefined}
      aria-describedby={fault ? `${id}-fault` : undefined}
      status={fault ? 'error' : undefined}
      inputMode="numeric"
      value={value === undefined || value === null ? '' : String(value)}
      onChange={({ target }) => form.set(field.name, target.value)}
      onBlur={() => form.leave(field.name)}
    />
  );
}

function ScoreFault({ id, fault }: { id: string; fault?: string }) {
  if (!fault) return null;
  return (
    <div className={css.fault} id={`${id}-fault`} role="alert">
      <CloseCircleOutlined aria-hidden />
      {fault}
    </div>
  );
}
