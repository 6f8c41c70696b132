import { z } from 'zod';

/** The schema of a date in forms, contracts and requests. Apart from `dates.ts`, which every story loads and which therefore makes no schemas. */
export const isoDate = z.iso.date({ error: '请填写日期，例如 2026-06-01' });

/** Whether the text is a date that exists, written `YYYY-MM-DD`. */
export function isIsoDate(text: string): boolean {
  return isoDate.safeParse(text).success;
}
