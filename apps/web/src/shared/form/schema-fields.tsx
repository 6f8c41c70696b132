import { Checkbox, Input, Radio, Select } from 'antd';
import { DateInput } from './date-input.tsx';
import { Field, tie } from './field.tsx';
import { countText } from './faults.ts';
import css from './form.module.css';
import { blocksOf, type FieldModel, type Values } from './model.ts';
import { PersonSelect, type Choice } from './person-select.tsx';
import { ScoreTable } from './score-table.tsx';
import { UnitSelect } from './unit-select.tsx';
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
  const set = (next: unknown) => form.set(name, next);
  const common = { ...attributes, onBlur: () => form.leave(name) };
  const fault = Boolean(form.faults[name]);
  switch (widget) {
    case 'radio':
      // one choice is no choice between circles: it is ticked or not
      if (field.choices?.length === 1) {
        const [only] = field.choices;
        // required is said of the field, for a group cannot be
        const { 'aria-required': _, ...tied } = attributes;
        return (
          <span {...tied} role="group">
            <Checkbox checked={value === only!.value} onChange={({ target }) => set(target.checked ? only!.value : undefined)}>
              {only!.label}
            </Checkbox>
          </span>
        );
      }
      return (
        <Radio.Group {...attributes} value={value ?? null} onChange={({ target }) => set(target.value)} className={css.radios}>
          {field.choices?.map((choice) => (
            <Radio key={choice.value} value={choice.value}>
              {choice.label}
            </Radio>
          ))}
        </Radio.Group>
      );
    case 'checkbox':
      return (
        <Checkbox {...attributes} checked={value === true} onChange={({ target }) => set(target.checked || undefined)}>
          {title}
        </Checkbox>
      );
    case 'select':
      return (
        <Select
          {...common}
          value={words || undefined}
          onChange={set}
          status={fault ? 'error' : undefined}
          options={field.choices}
          allowClear
          style={{ width: '100%' }}
        />
      );
    case 'date':
      return <DateInput {...common} value={words || undefined} onChange={set} fault={fault} />;
    case 'person':
      return <PersonSelect {...common} value={words || undefined} onChange={set} fault={fault} choices={choices} source={source} />;
    case 'unit':
      return <UnitSelect {...common} value={words || undefined} onChange={set} fault={fault} />;
    case 'textarea':
    case 'text':
    case 'number':
    case 'score':
      return <Written {...common} field={field} value={words} onChange={set} fault={fault} />;
  }
}

interface WrittenProps extends ReturnType<typeof tie> {
  field: FieldModel;
  value: string;
  onChange: (words: string) => void;
  onBlur: () => void;
  fault: boolean;
}

function Written({ field, onChange, fault, ...rest }: WrittenProps) {
  const status = fault ? ('error' as const) : undefined;
  if (field.widget === 'textarea') {
    return (
      <Input.TextArea
        {...rest}
        status={status}
        onChange={({ target }) => onChange(target.value)}
        autoSize={{ minRows: field.rows ?? 3, maxRows: 18 }}
      />
    );
  }
  return (
    <Input
      {...rest}
      status={status}
      onChange={({ target }) => onChange(target.value)}
      inputMode={field.widget === 'number' ? 'decimal' : undefined}
    />
  );
}
