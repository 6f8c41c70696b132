import { z } from 'zod';
import { isoDate } from './iso-date.ts';

/** What a city lays down for its secondments; every figure but the two months and the 30 places is assumed where no document says it. */
export const secondmentRules = z.object({
  /** How long it lasts; calendar months. */
  months: z.int().min(1).max(6),
  /** Once, by both sides; at most so many months more. */
  extendMonths: z.int().min(0).max(3),
  /** Places a year, where a plan says nothing else. */
  places: z.int().min(1).max(500),
  /** Days before the end on which people are reminded. */
  remindBefore: z.array(z.int().min(1).max(60)),
  /** Months after the end in which the county looks at what was copied. */
  followUpMonths: z.tuple([z.int().min(1).max(24), z.int().min(1).max(24)]),
  /** 换届选举期: nobody is away in it. Both days count. */
  electionWindows: z.array(z.object({ fromOn: isoDate, toOn: isoDate })),
  /** 结对共建: which town or street a county is paired with, by name and code. */
  pairings: z.array(z.object({ county: z.string(), town: z.string() })),
  /** What a receiving community has to teach, by its code. */
  offers: z.record(z.string(), z.array(z.string())),
});
export type SecondmentRules = z.infer<typeof secondmentRules>;
export const defaultSecondmentRules: SecondmentRules = {
  months: 2,
  extendMonths: 1,
  places: 30,
  remindBefore: [14, 7, 1],
  followUpMonths: [3, 6],
  electionWindows: [],
  pairings: [],
  offers: {},
};
