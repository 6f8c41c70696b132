import type { Db, Tx } from '../db.ts';
import { readCase } from '../desk/state.ts';
import { unitsAbove } from '../desk/when.ts';
import type { Catalogue, ForeseenChange } from '../domain/contract.ts';
import type { IsoDate } from '../domain/dates.ts';
import { policiesOn } from '../policies/policies.ts';
import { openingPeople } from './open-case.ts';

/** 同意后这些内容会改变: what the process says of a stage for the person concerned, by the policies in force on the day. */
export async function foreseenChanges(
  db: Db,
  catalogue: Catalogue,
  { caseId, stage, on }: { caseId: string; stage: string; on: IsoDate },
): Promise<ForeseenChange[]> {
  const state = await readCase(db, caseId);
  const contract = state && catalogue[state.process];
  if (!state || !contract?.foresees) return [];
  const personId = state.input.personId as string | undefined;
  const person = personId ? ((await openingPeople(db, [personId], on)).get(personId) ?? null) : null;
  const { county = '' } = await unitsAbove(db as unknown as Tx, state.unitCode);
  const policies = await policiesOn(db as unknown as Tx, contract.policies, county, on);
  return contract.foresees(stage, { on, person, policies, input: state.input, pinned: state.pinned });
}
