import type { StageContract } from '../domain/contract.ts';
import type { Actor, Post, Principal } from '../domain/roles.ts';
import type { CaseState, TaskState } from './state.ts';

/** In whose name somebody acts on a task: their own, or in the stead (代理) of `principal`, whose account and posts these then are. */
export interface Seat {
  accountId: string;
  name: string;
  posts: Post[];
  principal: Principal | null;
}

export const ownSeat = ({ accountId, name, posts }: Actor): Seat => ({ accountId, name, posts, principal: null });

/** Every name in which the actor may act in cases of a process: their own first. */
const seatsOf = (actor: Actor, process: string): Seat[] => [
  ownSeat(actor),
  ...actor.standsInFor
    .filter(({ processes }) => processes.length === 0 || processes.includes(process))
    .map(({ accountId, name, posts, ...rest }) => ({ accountId, name, posts, principal: { accountId, name, posts, ...rest } })),
];

/** The name in which the actor may do what is a matter of posts: their own before another's; null when in nobody's. */
export const seatHolding = (actor: Actor, process: string, fits: (post: Post) => boolean): Seat | null =>
  seatsOf(actor, process).find(({ posts }) => posts.some(fits)) ?? null;

/** The one of those for whom the actor stands in whose account it is; null when it is none of theirs, or the case is about the actor. */
export const principalWho = (
  actor: Actor,
  { process, subjectId }: Pick<CaseState, 'process' | 'subjectId'>,
  accountId: string | null,
): Principal | null =>
  actor.accountId === subjectId
    ? null
    : (seatsOf(actor, process).find(({ principal }) => principal?.accountId === accountId)?.principal ?? null);

export type Lying = Pick<TaskState, 'assigneeId' | 'audienceRole' | 'audienceUnit' | 'escalations' | 'panelPost'>;

const holds = ({ posts }: Seat, role: string | null, unitCode: string | null) =>
  posts.some((post) => post.role === role && post.unitCode === unitCode);

/** Whether the task was also put before a level that is held in this name. */
const isAbove = (task: Lying, seat: Seat): boolean => task.escalations.some((level) => holds(seat, level.role, level.unitCode));

/** Whether somebody else has the task: another claimed it or was named. Someone at the level above may act all the same. */
export const isAnothers = (task: Lying, seat: Seat): boolean =>
  task.assigneeId !== null && task.assigneeId !== seat.accountId && !isAbove(task, seat);

/** Whether it is asked of this name: by name, by a post held, or at the level before which it also lies. */
function isAskedAs(task: Lying, seat: Seat): boolean {
  // leaving the post counts as recusal from its panel
  if (task.assigneeId === seat.accountId) return task.panelPost === null || holds(seat, task.panelPost.role, task.panelPost.unitCode);
  return holds(seat, task.audienceRole, task.audienceUnit) || isAbove(task, seat);
}

/** The names in which the actor is asked: those with whom the task lies now before those of whose group another has claimed it, their own before others'. */
export function seatsAsked(task: Lying, process: string, actor: Actor): Seat[] {
  const asked = seatsOf(actor, process).filter((seat) => isAskedAs(task, seat));
  return [...asked.filter((seat) => !isAnothers(task, seat)), ...asked.filter((seat) => isAnothers(task, seat))];
}

/**
 * What nobody does in another's stead: a person's own receipt, and a member's vote in a ballot. Where either went to a group (the person has no account,
 * the level above was asked) it is an office's task like any other.
 */
export const isInPerson = (
  { audience, panel }: Pick<StageContract, 'audience' | 'panel'>,
  { audienceRole }: Pick<TaskState, 'audienceRole'>,
): boolean => audienceRole === null && ('subject' in audience || panel?.rule === 'ballot');
