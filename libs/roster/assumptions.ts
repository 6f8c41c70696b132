import { z } from 'zod';
import type { Tx } from '../db.ts';
import type { IsoDate } from '../domain/dates.ts';
import { entryPolicy, rolePosts } from '../domain/post-grade.ts';
import { countyCodeOf } from '../domain/unit.ts';
import { policiesOn } from '../policies/policies.ts';
import { defaultAssumptions, type Assumptions } from './derive.ts';
import type { RosterRecord } from './rules.ts';

const KEYS = ['postGrade.entry', 'postGrade.roles', 'probation.months'];
/** The legal maximum for the contract of three years that is assumed. */
const probationMonths = z.int().min(0).max(6);

/** What each county has decided, for the people of an import; a county that decided nothing has the defaults. */
export async function assumptionsOf(tx: Tx, records: readonly RosterRecord[], on: IsoDate): Promise<(record: RosterRecord) => Assumptions> {
  const byCounty = new Map<string, Assumptions>();
  for (const { unit } of records) {
    const county = countyCodeOf(unit.path);
    if (byCounty.has(county)) continue;
    const policies = await policiesOn(tx, KEYS, county, on);
    byCounty.set(county, {
      entry: entryPolicy.safeParse(policies['postGrade.entry']?.value).data ?? defaultAssumptions.entry,
      rolePosts: rolePosts.safeParse(policies['postGrade.roles']?.value).data ?? defaultAssumptions.rolePosts,
      probationMonths: probationMonths.safeParse(policies['probation.months']?.value).data ?? defaultAssumptions.probationMonths,
    });
  }
  return ({ unit }) => byCounty.get(countyCodeOf(unit.path)) ?? defaultAssumptions;
}
