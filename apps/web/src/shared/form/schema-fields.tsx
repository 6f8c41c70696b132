import { Checkbox, Input, Radio, Select } from 'antd';
import { DateInput } from './date-input.tsx';
import { Field, tie } from './field.tsx';
import { countText } from './faults.ts';
import css from './form.module.css';
import { blocksOf, type FieldModel, type Values } from './model.ts';
import { PersonSelect, type Choice } from './person-select.tsx';
import { ScoreTable } from './score-table.tsx';
import { controlId, type SchemaForm } from './use-schema-form.ts';

interface Props {
  form: SchemaForm;
  /** Of every control's id, unlike on the rest of the page. */
  prefix: string;
  lastRound?: Values | null;
  /** People that the server names, by field. */
  choices?: Record<string, readonly Choice[]>;
}

/** The controls of a generated form, in the contract's order. */
export function SchemaFields({ form, prefix, lastRound, choices = {} }: Props) {
  return (
    <div className={css.form}>
      {blocksOf(form.fields).map((block) =>
        block.kind === 'scores' ? (
          <ScoreTable key={block.fields[0]?.name} fields={block.fields} form={form} prefix={prefix} lastRound={lastRound} />
        ) : (
          <OneField key={block.field.name} field={block.field} form={form} prefix={prefix} choices={choices[block.field.name]} />
        ),
      )}
    </div>
  );
}

interface OneProps {
  field: FieldModel;
  form: SchemaForm;
  prefix: string;
  choices?: readonly Choice[];
}

function OneField({ field, form, prefix, choices }: OneProps) {
  const { name, title, required, widget } = field;
  const id = controlId(prefix, name);
  const fault = form.faults[name];
  const help = [fault ? null : countText(field, form.values[name]), field.help].filter(Boolean).join(' ') || undefined;
  const group = widget === 'radio';
  return (
    <Field id={id} label={title} required={required} help={help} fault={fault} group={group}>
      <Control field={field} form={form} choices={choices} attributes={tie({ id, required, fault, help, group })} />
    </Field>
  );
}

interface ControlProps {
  field: FieldModel;
  form: SchemaForm;
  choices?: readonly Choice[];
  attributes: ReturnType<typeof tie>;
}

function Control({ field, form, choices, attributes }: ControlProps) {
  const { name, title, widget, source } = field;
  const value = form.values[name];
  const words = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  const status = form.faults[name] ? ('error' as const) : undefined;
  const onBlur = () => form.leave(name);
  const set = (next: unknown) => form.set(name, next);
  switch (widget) {
    case 'textarea':
      return (
        <Input.TextArea
          {...attributes}
          value={words}
          onChange={({ target }) => set(target.value)}
          onBlur={onBlur}
          status={status}
          autoSize={{ minRows: field.rows ?? 3, maxRows: 18 }}
        />
      );
    case 'radio':
      return (
        <Radio.Group {...attributes} value={value ?? null} onChange={({ target }) => set(target.value)} className={css.radios}>
          {field.choices?.map((choice) => (
            <Radio key={choice.value} value={choice.value}>
              {choice.label}
            </Radio>
          ))}
        </Radio.Group>
      );
    case 'select':
      return (
        <Select
          {...attributes}
          value={words || undefined}
          onChange={set}
          onBlur={onBlur}
          status={status}
          options={field.choices}
          allowClear
          style={{ width: '100%' }}
        />
      );
    case 'checkbox':
      return (
        <Checkbox {...attributes} checked={value === true} onChange={({ target }) => set(target.checked || undefined)}>
          {title}
        </Checkbox>
      );
    case 'date':
      return <DateInput {...attributes} value={words || undefined} onChange={set} onBlur={onBlur} fault={Boolean(status)} />;
    case 'person':
      return (
        <PersonSelect
          {...attributes}
          value={words || undefined}
          onChange={set}
          onBlur={onBlur}
          fault={Boolean(status)}
          choices={choices}
          source={source}
        />
      );
    default:
      return (
        <Input
          {...attributes}
          value={words}
          onChange={({ target }) => set(target.value)}
          onBlur={onBlur}
          status={status}
          inputMode={widget === 'number' ? 'decimal' : undefined}
        />
      );
  }
}
