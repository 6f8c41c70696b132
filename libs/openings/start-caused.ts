import type { Tx } from '../db.ts';
import { startCaused as startByCause, type Cause, type Started } from '../desk/start.ts';
import { unitsAbove } from '../desk/when.ts';
import type { ProcessContract } from '../domain/contract.ts';
import { dateOf } from '../domain/dates.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { policiesOn } from '../policies/policies.ts';
import { openingPeople } from './open-case.ts';

/**
 * A case about a person starts by itself: by a rule, or because another case asks for it. It is nobody's own, so nobody is barred as its starter. Refuses
 * what the contract's own opening refuses.
 */
export async function startCausedFor(
  tx: Tx,
  contract: ProcessContract,
  { personId, cause, at }: { personId: string; cause: Cause; at: Date },
): Promise<Refusal | Started> {
  const on = dateOf(at);
  const person = (await openingPeople(tx, [personId], on)).get(personId) ?? null;
  const { county = '' } = person?.unitCode ? await unitsAbove(tx, person.unitCode) : {};
  const policies = await policiesOn(tx, contract.policies, county, on);
  const opening = contract.open({ personId }, { on, person, policies });
  return isRefusal(opening) ? opening : startByCause(tx, contract, opening, { cause, actor: null, at });
}
