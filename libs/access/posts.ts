import type { Tx } from '../db.ts';
import { toDateColumn, type IsoDate } from '../domain/dates.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Role } from '../domain/roles.ts';
import { append } from '../ledger/append.ts';
import { recordedActor } from './actor.ts';
import { separationFault } from './permission.ts';
import type { Witnessed } from './records.ts';

export interface Grant {
  accountId: string;
  role: Role;
  unitCode: string;
  title?: string | null;
  fromOn: IsoDate;
  toOn?: IsoDate | null;
}

/** Gives an account a post from a day on, recorded. `AdministratorsAreSeparate` where it would join what must stay apart in those days. */
export async function grantPost(
  tx: Tx,
  by: Witnessed,
  { accountId, role, unitCode, title = null, fromOn, toOn = null }: Grant,
): Promise<Refusal | { id: string }> {
  await tx.$queryRaw`SELECT 1 FROM account WHERE id = ${accountId}::uuid FOR UPDATE`;
  const held = await tx.$queryRaw<{ role: Role }[]>`
    SELECT DISTINCT role FROM post_held
    WHERE account_id = ${accountId}::uuid AND (to_on IS NULL OR to_on >= ${fromOn}::date) AND (${toOn}::date IS NULL OR from_on <= ${toOn}::date)`;
  const fault = separationFault(
    held.map((post) => post.role),
    role,
  );
  const entry = {
    chain: `account:${accountId}` as const,
    verb: 'post.grant',
    at: by.at,
    actor: recordedActor(by.actor),
    origin: by.origin,
    detail: { accountId, role, unitCode, fromOn, toOn },
  };
  if (fault) {
    await append(tx, { ...entry, accepted: false, refusal: { code: fault.refused, params: fault.params } });
    return fault;
  }
  const { id } = await tx.postHeld.create({
    data: { accountId, role, unitCode, title, fromOn: toDateColumn(fromOn), toOn: toOn && toDateColumn(toOn) },
  });
  await append(tx, { ...entry, accepted: true });
  return { id };
}
