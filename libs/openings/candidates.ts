import type { Db, Tx } from '../db.ts';
import { unitsAbove } from '../desk/when.ts';
import type { Catalogue } from '../domain/contract.ts';
import { daysBetween, type IsoDate } from '../domain/dates.ts';
import { isRefusal } from '../domain/refusal.ts';
import type { Actor } from '../domain/roles.ts';
import { policiesOn } from '../policies/policies.ts';
import { openingPeople } from './open-case.ts';

export interface ProbationCandidate {
  personId: string;
  staffNo: string;
  name: string;
  unitLine: string;
  startedOn: IsoDate;
  lastDay: IsoDate;
  daysLeft: number;
  /** The contract was assumed at import: the officer strikes out who is not on probation. */
  assumed: boolean;
  runningCaseId: string | null;
  midpointOn: IsoDate;
  midpointPast: boolean;
}

/** Everybody on probation in the actor's units for whom the process's own rules allow a start (or one is running), nearest last day first. */
export async function probationCandidates(
  db: Db,
  catalogue: Catalogue,
  { actor, on }: { actor: Actor; on: IsoDate },
): Promise<ProbationCandidate[]> {
  const contract = catalogue.probation!;
  const principals = actor.standsInFor.filter(({ processes }) => processes.length === 0 || processes.includes(contract.name));
  const posts = [...actor.posts, ...principals.flatMap((principal) => principal.posts)];
  const paths = posts.filter(({ role }) => role === 'CITY_ORG' || contract.startedBy.includes(role)).map(({ unitPath }) => unitPath);
  const found = await db.$queryRaw<{ id: string; unitLine: string; runningCaseId: string | null }[]>`
    SELECT f.person_id AS id, concat_ws(' · ', (SELECT name FROM unit s WHERE s.code = u.parent_code), u.name) AS "unitLine",
      (SELECT c.id FROM "case" c WHERE c.person_id = f.person_id AND c.process = 'probation' AND c.status <> 'ended' LIMIT 1) AS "runningCaseId"
    FROM person_fact f JOIN unit u ON u.code = f.unit_code
    WHERE f.kind = 'employment' AND f.ended_at IS NULL AND f.value ->> 'status' = 'probation' AND f.from_on <= ${on}::date AND (f.to_on IS NULL OR f.to_on >= ${on}::date)
      AND EXISTS (SELECT 1 FROM unnest(${paths}::text[]) AS reach WHERE starts_with(u.path, reach))`;
  const people = await openingPeople(
    db,
    found.map(({ id }) => id),
    on,
  );
  const policies = new Map<string, Awaited<ReturnType<typeof policiesOn>>>();
  const candidates: ProbationCandidate[] = [];
  for (const { id, unitLine, runningCaseId } of found) {
    const person = people.get(id)!;
    const { county = '' } = await unitsAbove(db as unknown as Tx, person.unitCode);
    if (!policies.has(county)) policies.set(county, await policiesOn(db as unknown as Tx, contract.policies, county, on));
    const opening = contract.open({ personId: id }, { on, person, policies: policies.get(county)! });
    if (isRefusal(opening)) continue;
    const days = Object.fromEntries((contract.keyDates?.(opening.storyInput, opening.pinned) ?? []).map(({ key, on: day }) => [key, day]));
    candidates.push({
      personId: id,
      staffNo: person.staffNo,
      name: person.name,
      unitLine,
      startedOn: String(opening.storyInput.startedOn),
      lastDay: days.lastDay!,
      daysLeft: daysBetween(on, days.lastDay!),
      assumed: person.facts.contract?.assumed ?? false,
      runningCaseId,
      midpointOn: days.midpoint!,
      midpointPast: days.midpoint! < on,
    });
  }
  return candidates.sort((a, b) => (a.lastDay < b.lastDay ? -1 : a.lastDay > b.lastDay ? 1 : a.staffNo < b.staffNo ? -1 : 1));
}
