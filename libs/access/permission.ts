import { refuse, type Refusal } from '../domain/refusal.ts';
import { administratorRoles, type Actor, type Role } from '../domain/roles.ts';
import { isWithin } from '../domain/unit.ts';

/** Roles whose holders may read the personnel records of their unit and below. Bureaus and unions see what a case shows them, no more. */
export const recordReaders: readonly Role[] = [
  'CITY_ORG',
  'COUNTY_ORG',
  'COUNTY_HR',
  'STREET_HR',
  'STREET_PARTY_COMMITTEE',
  'COMMUNITY_SECRETARY',
  'AUDITOR',
];

export const holds = (actor: Actor, roles: readonly Role[]): boolean => actor.posts.some(({ role }) => roles.includes(role));

/** Whether one of these roles is held today in the unit of the path or above it. */
export const holdsOver = (actor: Actor, roles: readonly Role[], unitPath: string): boolean =>
  actor.posts.some((post) => roles.includes(post.role) && isWithin(unitPath, post.unitPath));

/** `NotAllowed` unless one of the roles is held today over the unit; without a path, in any unit. `what` is the act in words. */
export function requirePost(actor: Actor, roles: readonly Role[], unitPath: string | null, what: string): Refusal | null {
  const may = unitPath === null ? holds(actor, roles) : holdsOver(actor, roles, unitPath);
  return may ? null : refuse('NotAllowed', { what });
}

/** The paths of units whose people this person may read, none within another: "in reach" is "the path starts with one of these". */
export function reachOf(actor: Actor, roles: readonly Role[] = recordReaders): string[] {
  const paths = [...new Set(actor.posts.filter(({ role }) => roles.includes(role)).map(({ unitPath }) => unitPath))];
  return paths.filter((path) => !paths.some((other) => other !== path && isWithin(path, other))).sort();
}

/** A person as far as reading their record is concerned; `unitPath` is null for someone in no unit on the day. */
export interface ReadPerson {
  personId: string;
  unitPath: string | null;
  unitName: string | null;
}

/** One's own record, and those of people in one's units; `NotInYourUnits` otherwise. Who is in no unit is read at the city's level. */
export function mayReadPerson(actor: Actor, { personId, unitPath, unitName }: ReadPerson): Refusal | null {
  if (actor.personId === personId) return null;
  const may = unitPath === null ? holds(actor, ['CITY_ORG', 'AUDITOR']) : holdsOver(actor, recordReaders, unitPath);
  return may ? null : refuse('NotInYourUnits', unitName ? { unit: unitName } : {});
}

/**
 * The three administrators are three persons, and none of them decides: an administrator's role goes with no other role.
 * The database refuses such a row too, whoever writes it (trigger `post_held_separate`).
 */
export function separationFault(held: readonly Role[], granted: Role): Refusal | null {
  const others = held.filter((role) => role !== granted);
  const apart = administratorRoles.includes(granted) ? others.length > 0 : others.some((role) => administratorRoles.includes(role));
  return apart ? refuse('AdministratorsAreSeparate') : null;
}
