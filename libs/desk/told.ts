import type { Told } from '../domain/story.ts';

/** Ids and verdicts only: the fields of an answer or event that the contract lets the story hear. */
export const toldOf = (tells: readonly string[] | undefined, given: Record<string, unknown>): Told =>
  Object.fromEntries((tells ?? []).filter((field) => given[field] !== undefined).map((field) => [field, given[field]]));
