import { refusalText, type Refusal } from '../domain/refusal.ts';

/** A verb on a page: allowed, or why not now, with the refusal's stable code. */
export interface Action {
  verb: string;
  title: string;
  allowed: boolean;
  why: string | null;
  code: string | null;
}

export const actionOf = (verb: string, title: string, refusal: Refusal | null): Action => ({
  verb,
  title,
  allowed: refusal === null,
  why: refusal && refusalText(refusal),
  code: refusal?.refused ?? null,
});
