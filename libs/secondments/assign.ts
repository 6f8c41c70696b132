import { munkres } from 'munkres';
import { costOf, type HostPlace, type Match, type Pairing, type Secondee, type Span } from '../domain/secondment.ts';

/** Dearer than any list of pairs that can be: taken only where there is nothing else, and then left out. */
const CANNOT = 1_000_000;

export interface Suggested extends Match {
  /** How ill the pair suits, from 0. */
  cost: number;
}

/**
 * 一对一对接的建议: the cheapest assignment of secretaries to places, each place once (Hungarian method). Whoever no place can take stays without one. The same
 * input gives the same list; of two contacts in one community one is taken.
 */
export function assign(
  secondees: readonly Secondee[],
  hosts: readonly HostPlace[],
  about: { span: Span; pairings?: readonly Pairing[] },
): Suggested[] {
  const people = [...secondees].sort((a, b) => (a.caseId < b.caseId ? -1 : 1));
  const places = [...hosts]
    .sort((a, b) => (a.unitCode + a.accountId < b.unitCode + b.accountId ? -1 : 1))
    .filter(({ unitCode }, i, all) => all.findIndex((other) => other.unitCode === unitCode) === i);
  if (people.length === 0 || places.length === 0) return [];
  const costs = people.map((person) => places.map((place) => costOf(person, place, about) ?? CANNOT));
  return munkres(costs)
    .map(([row, column]) => ({ caseId: people[row]!.caseId, accountId: places[column]!.accountId, cost: costs[row]![column]! }))
    .filter(({ cost }) => cost < CANNOT);
}
