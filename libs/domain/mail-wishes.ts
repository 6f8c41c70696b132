import { z } from 'zod';

/** 提醒方式: as the house does it, all in the daily digest, or each mail at once. */
export const paces = ['usual', 'digest', 'each'] as const;
export type Pace = (typeof paces)[number];

/** How a person wants their mails; `copies`: whether 抄送 comes by mail too. */
export const mailWishes = z.object({ pace: z.enum(paces), copies: z.boolean() });
export type MailWishes = z.infer<typeof mailWishes>;

/** Of whoever has set nothing. */
export const USUAL: MailWishes = { pace: 'usual', copies: true };
