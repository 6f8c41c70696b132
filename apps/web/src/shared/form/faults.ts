import { z } from 'zod';
import { text } from '../text/zh-CN.ts';
import { given, type FieldModel, type Values } from './model.ts';

const words = text.form;
export type Faults = Record<string, string>;

/** How many characters are written and missing, as the line under a field says it. */
export function countText(field: FieldModel, value: unknown): string | null {
  if (field.minLength === undefined || field.minLength < 5) return null;
  const written = typeof value === 'string' ? value.trim().length : 0;
  if (written >= field.minLength) return words.written(written, field.minLength);
  return written === 0 ? words.atLeast(field.minLength) : words.missing(field.minLength - written, field.minLength);
}

type Issue = z.core.$ZodRawIssue;

/** Sentences for issues that the contract has no own words for. */
function sentence(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined || Number.isNaN(issue.input) ? words.required : words.wrong;
    case 'invalid_value':
      return words.choose;
    case 'too_small':
      return issue.origin === 'string' ? words.atLeast(Number(issue.minimum)) : words.minimum(Number(issue.minimum));
    case 'too_big':
      return issue.origin === 'string' ? words.atMost(Number(issue.maximum)) : words.maximum(Number(issue.maximum));
    default:
      return words.wrong;
  }
}

/** The first fault of each field; none when the answer fits. A text that is only too short says how much is missing. */
export function faultsOf(schema: z.ZodObject, fields: readonly FieldModel[], values: Values): Faults {
  const result = schema.safeParse(given(values), { error: sentence });
  if (result.success) return {};
  const faults: Faults = {};
  for (const issue of result.error.issues) {
    const name = String(issue.path[0] ?? '');
    faults[name] ??= issue.code === 'too_small' ? (shortText(fields, name, values[name]) ?? issue.message) : issue.message;
  }
  return faults;
}

function shortText(fields: readonly FieldModel[], name: string, value: unknown): string | null {
  const field = fields.find((one) => one.name === name);
  if (!field?.minLength || typeof value !== 'string' || value.trim() === '') return null;
  return words.missing(Math.max(1, field.minLength - value.trim().length), field.minLength);
}
