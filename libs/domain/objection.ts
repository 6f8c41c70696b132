import { z } from 'zod';
import { MOST_LISTED } from './notice.ts';

const blank = (text: string) => (text === '' ? undefined : text);
const optional = (title: string, max: number) =>
  z.string().trim().max(max, `${title}不超过 ${max} 字`).transform(blank).optional().meta({ title });

/**
 * What somebody says against a person on a notice, by their number on the list. Named, they are answered; without a name there must be clues that can be
 * checked. `website` is for programs that fill in every field: people never see it.
 */
export const objectionForm = z
  .object({
    no: z.number({ error: '请选择反映的是谁' }).int().min(1, '请选择反映的是谁').max(MOST_LISTED),
    named: z.boolean({ error: '请选择提出方式' }),
    name: optional('姓名', 40),
    phone: optional('手机', 20),
    contact: optional('联系地址或邮箱', 120),
    text: z
      .string({ error: '请填写情况说明' })
      .trim()
      .min(20, '情况说明至少 20 个字')
      .max(2_000, '情况说明不超过 2000 字')
      .meta({ title: '情况说明' }),
    truthful: z.literal(true, { error: '请确认以上属实' }),
    website: z.string().max(0, '请留空').optional(),
  })
  .superRefine(({ named, name, phone }, context) => {
    if (!named) return;
    if (!name) context.addIssue({ code: 'custom', path: ['name'], message: '实名反映请填写姓名' });
    if (!/^1\d{10}$/.test(phone ?? '')) context.addIssue({ code: 'custom', path: ['phone'], message: '手机应为 11 位数字' });
  });
export type ObjectionForm = z.output<typeof objectionForm>;

/** Who objects and what they say: kept encrypted, opened for those alone who deal with it. */
export const objectionContent = z.object({
  name: z.string().nullable(),
  phone: z.string().nullable(),
  contact: z.string().nullable(),
  text: z.string(),
});
export type ObjectionContent = z.infer<typeof objectionContent>;

/** What is kept of a form; who chose not to be named is not named, whatever they typed. */
export const contentOf = ({ named, name, phone, contact, text }: ObjectionForm): ObjectionContent => ({
  name: (named && name) || null,
  phone: (named && phone) || null,
  contact: (named && contact) || null,
  text,
});

/** 受理编号: four groups of four, without letters and digits that are mistaken for others. */
export const CODE_LETTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
/** A query code as people type it, brought to one form; empty when it is none. */
export function codeOf(typed: string): string {
  const letters = typed.toUpperCase().replace(/[\s-]/g, '');
  return letters.length === 16 && [...letters].every((letter) => CODE_LETTERS.includes(letter)) ? letters : '';
}
export const shownCode = (code: string): string => code.match(/.{4}/g)!.join('-');
