import type { Tx } from '../db.ts';
import { fromDateColumn, toDateColumn, type IsoDate } from '../domain/dates.ts';

/** A policy in force. `unitCode` is the county it was set for, or "" where it holds everywhere; `assumed` marks a default of ours. */
export interface PolicyInForce {
  key: string;
  unitCode: string;
  effectiveFrom: IsoDate;
  version: number;
  value: unknown;
  assumed: boolean;
  source: string | null;
}

interface Row extends Omit<PolicyInForce, 'effectiveFrom'> {
  effectiveFrom: Date;
}

/** The policies of these keys in force in a county on a day, by key: the county's own before the general one, the latest first. Unset keys are absent. */
export async function policiesOn(tx: Tx, keys: readonly string[], countyCode: string, on: IsoDate): Promise<Record<string, PolicyInForce>> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT DISTINCT ON (key) key, unit_code AS "unitCode", effective_from AS "effectiveFrom", version, value, assumed, source
    FROM policy WHERE key = ANY(${[...keys]}::text[]) AND unit_code IN ('', ${countyCode}) AND effective_from <= ${on}::date
    ORDER BY key, unit_code DESC, effective_from DESC`;
  return Object.fromEntries(rows.map((row) => [row.key, { ...row, effectiveFrom: fromDateColumn(row.effectiveFrom) }]));
}

/** The policy of one key in force in a county on a day. Throws where none is: each key the product reads has a default from the seed. */
export async function policyOn(tx: Tx, key: string, countyCode: string, on: IsoDate): Promise<PolicyInForce> {
  const policy = (await policiesOn(tx, [key], countyCode, on))[key];
  if (!policy) throw new Error(`No policy ${key} on ${on}`);
  return policy;
}

export type NewPolicy = Omit<PolicyInForce, 'version'>;

/** Sets a policy from a day on; the same day again replaces it under the next version. What runs keeps what it has pinned. */
export async function putPolicy(tx: Tx, policy: NewPolicy): Promise<PolicyInForce> {
  const { key, unitCode, effectiveFrom, value, assumed, source } = policy;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('policy'), hashtext(${key}))`;
  const latest = await tx.policy.aggregate({ where: { key, unitCode }, _max: { version: true } });
  const version = (latest._max.version ?? 0) + 1;
  const day = toDateColumn(effectiveFrom);
  const content = { value: value as object, assumed, source, version };
  await tx.policy.upsert({
    where: { key_unitCode_effectiveFrom: { key, unitCode, effectiveFrom: day } },
    create: { key, unitCode, effectiveFrom: day, ...content },
    update: content,
  });
  return { ...policy, version };
}
