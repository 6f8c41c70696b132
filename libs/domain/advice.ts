import { z } from 'zod';

/** What an adviser (委派) answers with, whatever the stage. */
export const adviceForm = z.object({
  opinion: z
    .string({ error: '请填写意见' })
    .trim()
    .min(2, '意见至少 2 个字')
    .max(2000, '意见不超过 2000 字')
    .meta({ title: '意见', widget: 'textarea', rows: 4, minimum: 2 }),
});
