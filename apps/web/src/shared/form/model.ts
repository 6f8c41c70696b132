import { z } from 'zod';

/** What a person can fill in: one field of a form, read from the schema that also checks it on the server. */
export interface FieldModel {
  name: string;
  title: string;
  help?: string;
  widget: Widget;
  required: boolean;
  /** Choices, in the schema's order; the first is the one that lets the case go on. */
  choices?: { value: string; label: string }[];
  /** For people: which list they come from. */
  source?: string;
  minLength?: number;
  maxLength?: number;
  min?: number;
  max?: number;
  rows?: number;
}

const widgets = ['text', 'textarea', 'radio', 'select', 'checkbox', 'date', 'person', 'unit', 'number', 'score'] as const;
export type Widget = (typeof widgets)[number];

/** A property of the JSON schema that zod makes, with the contract's own words (`meta`) merged in. */
interface Property {
  type?: string;
  enum?: string[];
  const?: unknown;
  anyOf?: Property[];
  format?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  title?: string;
  help?: string;
  widget?: string;
  options?: Record<string, string> | string;
  rows?: number;
  max?: number;
}

/** The fields of a contract's schema, in its order. */
export function fieldsOf(schema: z.ZodObject): FieldModel[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, Property>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => fieldOf(name, withoutNull(property), required.includes(name)));
}

function withoutNull(property: Property): Property {
  const inner = property.anyOf?.find(({ type }) => type !== 'null');
  return inner ? { ...inner, ...property } : property;
}

function fieldOf(name: string, property: Property, required: boolean): FieldModel {
  const { title = name, help, options, minLength, maxLength, minimum, maximum, max, rows } = property;
  const number = property.type === 'integer' || property.type === 'number';
  return {
    name,
    title,
    help,
    widget: widgetOf(property),
    required,
    choices: choicesOf(property),
    source: typeof options === 'string' ? options : undefined,
    minLength,
    maxLength,
    ...(number && { min: minimum, max: max ?? maximum }),
    rows,
  };
}

function widgetOf({ widget, type, enum: values, format }: Property): Widget {
  const named = widgets.find((one) => one === widget);
  if (named) return named;
  if (values) return values.length > 5 ? 'select' : 'radio';
  if (format === 'date') return 'date';
  if (type === 'integer' || type === 'number') return 'number';
  return type === 'boolean' ? 'checkbox' : 'text';
}

function choicesOf({ enum: values, const: only, options }: Property): FieldModel['choices'] {
  const given = values ?? (typeof only === 'string' ? [only] : undefined);
  const labels = typeof options === 'object' ? options : {};
  return given?.map((value) => ({ value, label: labels[value] ?? value }));
}

export type Values = Record<string, unknown>;

/** What is handed to the schema: a field left empty is a field not given. */
export function given(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).filter(
      ([, value]) => value !== undefined && value !== null && value !== '' && !(typeof value === 'string' && value.trim() === ''),
    ),
  );
}

/** Scores that follow each other are one table with a sum. */
export type FieldBlock = { kind: 'field'; field: FieldModel } | { kind: 'scores'; fields: FieldModel[] };

export function blocksOf(fields: readonly FieldModel[]): FieldBlock[] {
  const blocks: FieldBlock[] = [];
  for (const field of fields) {
    const last = blocks.at(-1);
    if (field.widget !== 'score') blocks.push({ kind: 'field', field });
    else if (last?.kind === 'scores') last.fields.push(field);
    else blocks.push({ kind: 'scores', fields: [field] });
  }
  return blocks;
}

/** The sum of the scores that are filled in; null while none is. */
export function sumOf(fields: readonly FieldModel[], values: Values): number | null {
  const filled = fields
    .map(({ name }) => values[name])
    .filter((value): value is number | string => value !== undefined && value !== null && value !== '');
  return filled.length === 0 ? null : filled.reduce<number>((sum, value) => sum + Number(value), 0);
}

/**
 * What a new round starts from: the last round's values, except its verdict, because a conclusion is drawn anew each time.
 */
export function startingFrom(lastRound: Values | null | undefined, verdictField: string | undefined): Values {
  if (!lastRound) return {};
  const { [verdictField ?? '']: _concluded, ...kept } = lastRound;
  return kept;
}
