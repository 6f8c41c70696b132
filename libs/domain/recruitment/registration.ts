import { z } from 'zod';
import { certificates, educations, politicalStatuses } from '../person-words.ts';
import { exceptions, negatives } from './rules.ts';

const county = z
  .string()
  .regex(/^\d{6}$/, '请选择区县')
  .nullable()
  .default(null);

/** What of the form the conditions are asked about; answered at once, also before anybody has signed in. */
export const conditions = z.object({
  postCode: z.string({ error: '请选择报考岗位' }).trim().min(1, '请选择报考岗位').max(20),
  bornOn: z.iso.date({ error: '请填写出生日期' }),
  education: z.enum(educations, { error: '请选择学历' }),
  fullTime: z.boolean().default(false),
  politicalStatus: z.enum(politicalStatuses).nullable().default(null),
  household: county,
  origin: county,
  exceptions: z.array(z.enum(exceptions)).max(exceptions.length).default([]),
  negatives: z.array(z.enum(negatives)).max(negatives.length).default([]),
});
export type Conditions = z.infer<typeof conditions>;

/** 报名表. Sex and day of birth are the ID number's; whoever hands it in has promised that it is true. */
export const registration = conditions.omit({ bornOn: true }).extend({
  name: z
    .string({ error: '请填写姓名' })
    .trim()
    .regex(/^[\p{L}·' ]{2,50}$/u, '姓名只填姓名本身'),
  idNo: z.string({ error: '请填写身份证号' }).trim().min(15, '身份证号应为 18 位').max(24),
  ethnicity: z.string().trim().max(20).nullable().default(null),
  school: z.string({ error: '请填写毕业院校' }).trim().min(2, '请填写毕业院校').max(60),
  major: z.string({ error: '请填写所学专业' }).trim().min(2, '请填写所学专业').max(60),
  certificate: z.enum(certificates).nullable().default(null),
  phone: z
    .string({ error: '请填写手机号' })
    .trim()
    .regex(/^1\d{10}$/, '请填写 11 位手机号'),
  bonus: z.array(z.string().max(40)).max(40).default([]),
  promised: z.literal(true, { error: '请确认所填信息真实、准确' }),
});
export type Registration = z.infer<typeof registration>;

/** A half-finished form: anything of it, as far as it goes. */
export const registrationDraft = z.partialRecord(
  z.enum(Object.keys(registration.shape) as [keyof Registration, ...(keyof Registration)[]]),
  z.union([z.string().max(200), z.boolean(), z.null(), z.array(z.string().max(60)).max(40)]),
);
export type RegistrationDraft = z.infer<typeof registrationDraft>;
