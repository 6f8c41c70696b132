import { completedYears, lastDayOfTerm, type IsoDate } from '../domain/dates.ts';
import type { EmploymentStatus } from '../domain/person.ts';
import { defaultEntryPolicy, defaultRolePosts, entryStep, type EntryPolicy, type Post } from '../domain/post-grade.ts';
import type { Role } from '../domain/roles.ts';
import type { NewFact } from '../people/facts.ts';
import type { RosterRecord } from './rules.ts';

/** What a county has decided that a roster does not say. */
export interface Assumptions {
  entry: EntryPolicy;
  rolePosts: Record<string, Post>;
  probationMonths: number;
}
export const defaultAssumptions: Assumptions = { entry: defaultEntryPolicy, rolePosts: defaultRolePosts, probationMonths: 6 };

/** A roster does not tell the contract: whoever may still be on probation is taken to have one of three years, as section 3 of the rules has it. */
const CONTRACT_MONTHS = 36;

export const postOf = ({ postTitle }: RosterRecord, { rolePosts }: Assumptions): Post =>
  rolePosts[postTitle] ?? defaultRolePosts[postTitle];

export const probationEndsOn = (joinedOn: IsoDate, { probationMonths }: Assumptions): IsoDate | null =>
  probationMonths === 0 ? null : lastDayOfTerm(joinedOn, probationMonths);

/** 试用期 up to the last day of the assumed probation, 正式 from the day after. */
export function statusOn({ joinedOn }: RosterRecord, on: IsoDate, assumptions: Assumptions): EmploymentStatus {
  const last = probationEndsOn(joinedOn, assumptions);
  return last !== null && on <= last ? 'probation' : 'formal';
}

/** A fact before it is known whose it is. */
export type DerivedFact = Omit<NewFact, 'personId'>;

/** Who a person is on the day of the import: their employment, with an assumed contract while on probation, or an assumed grade and step after it. */
export function standing(record: RosterRecord, on: IsoDate, ground: string, assumptions: Assumptions): DerivedFact[] {
  const { joinedOn, unit, postTitle } = record;
  const status = statusOn(record, on, assumptions);
  const value = { status, postTitle, post: postOf(record, assumptions), joinedOn };
  const employment: DerivedFact = {
    kind: 'employment',
    fromOn: joinedOn,
    value,
    unitCode: unit.code,
    ground,
    assumed: status === 'probation',
  };
  const further = status === 'probation' ? contractOf(joinedOn, ground, assumptions) : placement(record, on, ground, assumptions);
  return [employment, further];
}

function contractOf(joinedOn: IsoDate, ground: string, assumptions: Assumptions): DerivedFact {
  const endsOn = lastDayOfTerm(joinedOn, CONTRACT_MONTHS);
  const { probationMonths } = assumptions;
  const value = {
    kind: 'LABOUR' as const,
    startsOn: joinedOn,
    endsOn,
    probationMonths,
    probationEndsOn: probationEndsOn(joinedOn, assumptions),
  };
  return { kind: 'contract', fromOn: joinedOn, toOn: endsOn, value, ground, assumed: true };
}

/** 9.3 of the rules, from the day of the import on: what was before is not known. */
export function placement(record: RosterRecord, on: IsoDate, ground: string, assumptions: Assumptions): DerivedFact {
  const { education, certificate, joinedOn } = record;
  const post = postOf(record, assumptions);
  const { globalStep } = entryStep({ post, years: completedYears(joinedOn, on), education, certificate, policy: assumptions.entry });
  return { kind: 'post-grade-step', fromOn: on, value: { post, globalStep, profile: assumptions.entry.profile }, ground, assumed: true };
}

export function ratingFact({ year, rating }: RosterRecord['ratings'][number], ground: string): DerivedFact {
  return { kind: 'rating', fromOn: `${year}-01-01`, toOn: `${year}-12-31`, value: { year, rating }, ground };
}

export const factsOfNew = (record: RosterRecord, on: IsoDate, ground: string, assumptions: Assumptions): DerivedFact[] => [
  ...standing(record, on, ground, assumptions),
  ...record.ratings.map((one) => ratingFact(one, ground)),
];

/** Posts that a person holds in their community. Since when a secretary has been one is not told: they act as such from the import on. */
export function postsOf({ postTitle, joinedOn }: RosterRecord, on: IsoDate): { role: Role; fromOn: IsoDate }[] {
  const worker = { role: 'WORKER' as const, fromOn: joinedOn };
  return postTitle.includes('书记') ? [worker, { role: 'COMMUNITY_SECRETARY', fromOn: on }] : [worker];
}
