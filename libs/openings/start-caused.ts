import type { Db, Tx } from '../db.ts';
import { startCaused as startByCause, type Cause, type Started } from '../desk/start.ts';
import { unitsAbove } from '../desk/when.ts';
import type { Opening, OpeningPerson, ProcessContract } from '../domain/contract.ts';
import { dateOf } from '../domain/dates.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { policiesOn } from '../policies/policies.ts';
import { openingPeople } from './open-case.ts';

/** What the contract's own opening makes of a person as a rule or another case would start it. */
export async function openingFor(
  tx: Db | Tx,
  contract: ProcessContract,
  person: OpeningPerson | null,
  at: Date,
): Promise<Refusal | Opening> {
  const on = dateOf(at);
  const { county = '' } = person?.unitCode ? await unitsAbove(tx as Tx, person.unitCode) : {};
  const policies = await policiesOn(tx as Tx, contract.policies, county, on);
  return contract.open({ personId: person?.personId }, { on, person, policies });
}

/**
 * A case about a person starts by itself: by a rule, or because another case asks for it. It is nobody's own, so nobody is barred as its starter. Refuses
 * what the contract's own opening refuses.
 */
export async function startCausedFor(
  tx: Tx,
  contract: ProcessContract,
  { personId, cause, at }: { personId: string; cause: Cause; at: Date },
): Promise<Refusal | Started> {
  const person = (await openingPeople(tx, [personId], dateOf(at))).get(personId) ?? null;
  const opening = await openingFor(tx, contract, person, at);
  return isRefusal(opening) ? opening : startByCause(tx, contract, opening, { cause, actor: null, at });
}
