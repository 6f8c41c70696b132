import type { Db, Tx } from '../db.ts';
import type { Desk } from '../desk/desk.ts';
import { recordedActor } from '../access/actor.ts';
import type { By } from '../desk/room.ts';
import { unitsAbove } from '../desk/when.ts';
import { seatHolding } from '../desk/seat.ts';
import type { Started } from '../desk/start.ts';
import type { Catalogue, Opening, OpeningPerson } from '../domain/contract.ts';
import { dateOf, type IsoDate } from '../domain/dates.ts';
import { isRefusal, refuse, type Refusal } from '../domain/refusal.ts';
import type { Actor, Level, Post } from '../domain/roles.ts';
import { append } from '../ledger/append.ts';
import { holdPeople } from '../people/people.ts';
import { policiesOn } from '../policies/policies.ts';

export interface OpenCase extends By {
  process: string;
  input: Record<string, unknown>;
}

/** People as a start sees them on a day, by id: the facts in force, and the account that is asked. */
export async function openingPeople(tx: Db | Tx, ids: readonly string[], on: IsoDate): Promise<Map<string, OpeningPerson>> {
  const rows = await tx.$queryRaw<{ person: OpeningPerson }[]>`
    SELECT jsonb_build_object('personId', p.id, 'staffNo', p.staff_no, 'name', p.name, 'education', p.education, 'certificate', p.certificate,
      'accountId', (SELECT a.id FROM account a WHERE a.person_id = p.id),
      'unitCode', (SELECT f.unit_code FROM person_fact f WHERE f.person_id = p.id AND f.kind = 'employment' AND f.ended_at IS NULL AND f.from_on <= ${on}::date ORDER BY f.from_on DESC LIMIT 1),
      'facts', coalesce((SELECT jsonb_object_agg(f.kind, jsonb_build_object('fromOn', f.from_on, 'toOn', f.to_on, 'value', f.value, 'assumed', f.assumed))
        FROM (SELECT DISTINCT ON (kind) * FROM person_fact WHERE person_id = p.id AND ended_at IS NULL AND from_on <= ${on}::date AND (to_on IS NULL OR to_on >= ${on}::date) ORDER BY kind, from_on DESC) f), '{}'),
      'ratings', coalesce((SELECT jsonb_agg(r.value ORDER BY r.from_on) FROM person_fact r WHERE r.person_id = p.id AND r.kind = 'rating' AND r.ended_at IS NULL), '[]')) AS person
    FROM person p WHERE p.id = ANY(${[...ids]}::uuid[])`;
  return new Map(rows.map(({ person }) => [person.personId, person]));
}

/**
 * Works out an opening by the process's own rules from the person's facts and the policies in force, without starting anything.
 * Refuses `BadRequest`, `NotFound`, `NotInYourUnits` and what the contract says.
 */
export async function openingOf(
  tx: Db | Tx,
  catalogue: Catalogue,
  { process, input, actor, at }: { process: string; input: Record<string, unknown>; actor: Actor; at: Date },
): Promise<Refusal | Opening> {
  const contract = catalogue[process];
  if (!contract || contract.caused) return refuse('NotFound', { what: '这种流程' });
  const parsed = contract.input.safeParse(input);
  if (!parsed.success) return refuse('BadRequest', { detail: parsed.error.issues.map(({ message }) => message).join('；') });
  const on = dateOf(at);
  const personId = (parsed.data as { personId?: string }).personId;
  const person = personId ? ((await openingPeople(tx, [personId], on)).get(personId) ?? null) : null;
  if (personId && !person) return refuse('NotFound', { what: '这名人员' });
  const units = person?.unitCode ? await unitsAbove(tx as Tx, person.unitCode) : {};
  const over = ({ role, unitCode }: Post) => contract.startedBy.includes(role) && Object.values(units).includes(unitCode);
  if (person && !seatHolding(actor, process, over)) {
    const unit = await tx.unit.findUnique({ where: { code: units.county ?? person.unitCode }, select: { name: true } });
    return refuse('NotInYourUnits', { unit: unit?.name ?? '' });
  }
  const scope = await scopeOf(tx, contract.policies, (parsed.data as { unitCode?: string }).unitCode, on);
  if (scope && 'missing' in scope) return refuse('NotFound', { what: '这个单位' });
  const within = ({ role, unitPath }: Post) => contract.startedBy.includes(role) && scope!.path.startsWith(unitPath);
  if (scope && !seatHolding(actor, process, within)) return refuse('NotInYourUnits', { unit: scope.name });
  const policies = await policiesOn(tx as Tx, contract.policies, units.county ?? '', on);
  return contract.open(parsed.data, { on, person, policies, unit: scope });
}

/** The unit that a start is for, with the policies of every county that it holds or lies in. */
async function scopeOf(tx: Db | Tx, keys: readonly string[], unitCode: string | undefined, on: IsoDate) {
  if (!unitCode) return null;
  const unit = await tx.unit.findUnique({ where: { code: unitCode } });
  if (!unit) return { missing: true as const };
  const found = await tx.$queryRaw<{ code: string }[]>`
    SELECT code FROM unit WHERE level = 'county' AND (starts_with(path, ${unit.path}) OR starts_with(${unit.path}, path)) ORDER BY code`;
  const counties: Record<string, Awaited<ReturnType<typeof policiesOn>>> = {};
  for (const { code } of found) counties[code] = await policiesOn(tx as Tx, keys, code, on);
  return { code: unit.code, name: unit.name, level: unit.level as Level, path: unit.path, counties };
}

/** Opens a case: the opening worked out and the case started, in the caller's transaction. A refusal leaves its ledger entry and nothing else. */
export async function openCase(
  tx: Tx,
  { desk, catalogue }: { desk: Desk; catalogue: Catalogue },
  start: OpenCase,
): Promise<Refusal | Started> {
  await holdPeople(tx, [start.input.personId]);
  const opening = await openingOf(tx, catalogue, start);
  if (!isRefusal(opening)) return desk.startCase(tx, { ...start, opening });
  await append(tx, {
    chain: `account:${start.actor.accountId}`,
    verb: 'case.start',
    accepted: false,
    at: start.at,
    actor: recordedActor(start.actor),
    origin: start.origin ?? null,
    refusal: { code: opening.refused, params: opening.params },
    detail: { process: start.process },
  });
  return opening;
}
