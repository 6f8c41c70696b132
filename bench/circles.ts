/** A county, a street and a community in it, whose posts have as many holders as there are virtual users: an opened stage is told to each of them. */
export interface Circle {
  name: string;
  users: number;
  county: string;
  street: string;
  community: string;
}

const circle = (name: string, users: number, county: string): Circle => ({
  name,
  users,
  county,
  street: `${county}001`,
  community: `${county}001001`,
});

export const circles: readonly Circle[] = [
  circle('one', 1, '520621'),
  circle('eight', 8, '520622'),
  circle('many', 32, '520623'),
  circle('crowded', 8, '520625'),
];

export function circleOf(name: string): Circle {
  const found = circles.find((each) => each.name === name);
  if (!found) throw new Error(`No circle ${name}`);
  return found;
}

export const SIGNERS = 200;
export const SIGNERS_STREET = '520624001';
/** Whoever starts cases in a circle: officers of the county. */
export const STARTERS = 4;
/** The one password of all invented accounts of a benchmark's own database. */
export const PASSWORD = 'kept-in-a-thrown-away-database';
