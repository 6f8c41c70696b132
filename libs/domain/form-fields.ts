import { z } from 'zod';
import { isoDate } from './iso-date.ts';

// The fields that contracts make their forms of: schema, words and widget in one.

/** Text that must say something: at least `min` characters, at most 2000, in a box of `rows` lines. */
export const text = (title: string, min: number, rows = 4, help?: string) =>
  z
    .string({ error: `请填写${title}` })
    .trim()
    .min(min, `${title}至少 ${min} 个字`)
    .max(2000, `${title}不超过 2000 字`)
    .meta({ title, widget: 'textarea', rows, minimum: min, ...(help && { help }) });

/** Text that may be left out. */
export const optionalText = (title: string, rows = 2) =>
  z.string().trim().max(2000, `${title}不超过 2000 字`).optional().meta({ title, widget: 'textarea', rows });

export const date = (title: string, help?: string) => isoDate.meta({ title, widget: 'date', ...(help && { help }) });

/** One of a few values, each with its words. */
export const choice = <const T extends readonly [string, ...string[]]>(title: string, values: T, labels: Record<T[number], string>) =>
  z.enum(values, { error: `请选择${title}` }).meta({ title, widget: 'radio', options: labels });

/** Yuan with at most two decimals, as a decimal string: nothing is lost between what is typed and what is counted. */
export const money = (title: string, help?: string) =>
  z
    .string({ error: `请填写${title}` })
    .trim()
    .regex(/^\d{1,9}(\.\d{1,2})?$/, `${title}请填写金额（元），最多两位小数`)
    .meta({ title, help: `${help ? `${help}；` : ''}元，最多两位小数` });

/** One of several values out of a list that opens. */
export const pick = <const T extends readonly [string, ...string[]]>(title: string, values: T, labels: Record<T[number], string>) =>
  z.enum(values, { error: `请选择${title}` }).meta({ title, widget: 'select', options: labels });

/** 文号. */
export const documentNo = (title: string) =>
  z
    .string({ error: `请填写${title}` })
    .trim()
    .min(2, `请填写${title}`)
    .max(60, `${title}不超过 60 字`)
    .meta({ title });
